//! The tables.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};

use crate::store::log::wait_for_lock;

/// How long to wait for another process that writes the index.
const PATIENCE: Duration = Duration::from_secs(10);

/// Rises whenever the tables or what is folded into them change.
const VERSION: &str = "5";

/// A card's `hidden` is the last day it is left out; a row of the contents repeats where its card stands; of
/// several origins of one deck id, that `in_use` is the one whose aliases count.
const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE log (
    name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, tail INTEGER NOT NULL, length INTEGER NOT NULL,
    modified INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE card (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, deck TEXT NOT NULL,
    phase INTEGER NOT NULL, step INTEGER NOT NULL, stability REAL, difficulty REAL, due_at INTEGER, due_day INTEGER,
    last_at INTEGER, last_offset INTEGER, last_day INTEGER, first_day INTEGER, interval INTEGER NOT NULL,
    reps INTEGER NOT NULL, lapses INTEGER NOT NULL, leech INTEGER NOT NULL, suspended INTEGER NOT NULL,
    buried INTEGER, rev INTEGER NOT NULL, planned INTEGER, misjudged INTEGER NOT NULL, ladder INTEGER NOT NULL,
    history BLOB NOT NULL,
    hidden INTEGER NOT NULL AS (CASE WHEN suspended THEN 9999999 ELSE coalesce(buried, -9999999) END));
CREATE TABLE origin (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, deck TEXT NOT NULL, stamp TEXT NOT NULL);
CREATE TABLE content (
    origin INTEGER NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL,
    lesson TEXT NOT NULL, kind TEXT NOT NULL, tier TEXT, tags TEXT NOT NULL, rev INTEGER NOT NULL,
    source INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, confusable TEXT NOT NULL,
    seen INTEGER NOT NULL, due_day INTEGER, due_at INTEGER, hidden INTEGER NOT NULL, PRIMARY KEY (origin, position)) WITHOUT ROWID;
CREATE TABLE alias (
    origin INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, PRIMARY KEY (origin, old)) WITHOUT ROWID;
CREATE TABLE in_use (deck TEXT PRIMARY KEY, origin INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
";

/// The indexes of the cards that are made after the rows when there are many.
pub(super) const CARD_INDEXES: &str = "
CREATE INDEX card_last ON card (last_day, first_day);
CREATE INDEX card_touched ON card (last_at);
CREATE INDEX card_ladder ON card (deck) WHERE ladder;
";

const CARD_KEY: &str = "CREATE UNIQUE INDEX card_key ON card (key);";

/// The indexes of the contents hold all that is needed to count: the rows themselves are read for single cards only.
const CONTENT_INDEXES: &str = "
CREATE INDEX content_key ON content (key);
CREATE INDEX content_fresh ON content (origin, seen, position, kind, hidden);
CREATE INDEX content_due ON content (origin, due_day, kind, hidden) WHERE due_day IS NOT NULL;
CREATE INDEX content_step ON content (origin, due_at, kind, hidden) WHERE due_at IS NOT NULL;
CREATE INDEX content_interview ON content (origin) WHERE kind = 'interview';
";

/// The database file in the cache folder.
const FILE: &str = "index.db";

/// Whether a database can be used.
pub(super) enum Standing {
    /// It was made by these very rules.
    Ours(Connection),
    /// It is not there, was made by other rules, or is damaged: it has to be made anew.
    Unfit,
    /// It cannot be used now, and making it anew would not help: it is busy, the disk is full, or it is not allowed.
    OutOfReach,
}

/// Opens the database of a cache folder as it is; nothing is made.
pub(super) fn open_file(cache: &Path, rules: &str) -> Standing {
    let path = cache.join(FILE);
    if !path.exists() {
        return Standing::Unfit;
    }
    let flags = OpenFlags::default().difference(OpenFlags::SQLITE_OPEN_CREATE);
    match Connection::open_with_flags(path, flags).and_then(settle).and_then(|db| Ok((is_ours(&db, rules)?, db))) {
        Ok((true, db)) => Standing::Ours(db),
        Ok((false, _)) => Standing::Unfit,
        Err(error) if is_damage(&error) => Standing::Unfit,
        Err(_) => Standing::OutOfReach,
    }
}

/// Makes the database of a cache folder anew, empty. The caller holds the [`Lock`].
pub(super) fn make_file(cache: &Path, rules: &str) -> rusqlite::Result<()> {
    remove_files(cache);
    make(&settle(Connection::open(cache.join(FILE))?)?, rules)
}

/// Makes the database in memory.
pub(super) fn open_memory(rules: &str) -> rusqlite::Result<Connection> {
    let db = settle(Connection::open_in_memory()?)?;
    make(&db, rules)?;
    Ok(db)
}

/// Deletes the database of a cache folder. The caller holds the [`Lock`].
pub(super) fn remove_files(cache: &Path) {
    // The database first: SQLite never applies a journal that is left over to an empty database.
    for ending in ["", "-journal", "-wal", "-shm"] {
        let _ = std::fs::remove_file(cache.join(format!("{FILE}{ending}")));
    }
}

/// The right to make or delete the database file. Without it, a process that comes first could have its new database
/// deleted under its hands by the next one, which saw the file before there was anything in it.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the right, and makes the cache folder; none where the folder cannot be written or locked.
    pub(super) fn wait(cache: &Path) -> Option<Self> {
        std::fs::create_dir_all(cache).ok()?;
        let path = cache.join("index.lock");
        let file = File::options().create(true).append(true).open(&path).ok()?;
        wait_for_lock(&file, &path).ok()?;
        Some(Self { _file: file })
    }
}

/// Tells whether an error means that the database is damaged. All others say something about the system.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    use ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, FileLockingProtocolFailed, OutOfMemory, PermissionDenied,
        ReadOnly, SystemIoFailure,
    };
    let system = [
        CannotOpen,
        DatabaseBusy,
        DatabaseLocked,
        DiskFull,
        FileLockingProtocolFailed,
        OutOfMemory,
        PermissionDenied,
        ReadOnly,
        SystemIoFailure,
    ];
    error.sqlite_error_code().is_none_or(|code| !system.contains(&code))
}

fn settle(db: Connection) -> rusqlite::Result<Connection> {
    db.busy_timeout(PATIENCE)?;
    db.execute_batch("PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;")?;
    Ok(db)
}

fn is_ours(db: &Connection, rules: &str) -> rusqlite::Result<bool> {
    let read = |name: &str| {
        db.query_row("SELECT value FROM meta WHERE name = ?", [name], |row| row.get::<_, String>(0)).optional()
    };
    Ok(read("version")?.as_deref() == Some(VERSION) && read("rules")?.as_deref() == Some(rules))
}

fn make(db: &Connection, rules: &str) -> rusqlite::Result<()> {
    db.execute_batch(&format!("BEGIN IMMEDIATE; {TABLES} {CARD_KEY} {CARD_INDEXES} {CONTENT_INDEXES}"))?;
    for (name, value) in [("version", VERSION), ("rules", rules)] {
        db.execute("INSERT INTO meta VALUES (?, ?)", params![name, value])?;
    }
    db.execute_batch("COMMIT")
}

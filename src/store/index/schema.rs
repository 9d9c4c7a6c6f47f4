//! The tables.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::PATIENCE;

/// Rises whenever the tables or what is folded into them change.
const VERSION: &str = "1";

const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE log (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, tail INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE card (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, deck TEXT NOT NULL,
    phase INTEGER NOT NULL, step INTEGER NOT NULL, stability REAL, difficulty REAL, due_at INTEGER, due_day INTEGER,
    last_at INTEGER, last_offset INTEGER, last_day INTEGER, first_day INTEGER, interval INTEGER NOT NULL,
    reps INTEGER NOT NULL, lapses INTEGER NOT NULL, leech INTEGER NOT NULL, suspended INTEGER NOT NULL,
    buried INTEGER, rev INTEGER NOT NULL, history BLOB NOT NULL);
CREATE TABLE origin (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, deck TEXT NOT NULL, stamp TEXT NOT NULL);
CREATE TABLE content (
    origin INTEGER NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL, part TEXT NOT NULL,
    lesson TEXT NOT NULL, kind TEXT NOT NULL, tier TEXT, tags TEXT NOT NULL, rev INTEGER NOT NULL,
    source INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, confusable TEXT NOT NULL,
    seen INTEGER NOT NULL, PRIMARY KEY (origin, position)) WITHOUT ROWID;
CREATE TABLE alias (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
";

/// Made after the rows when there are many.
pub(super) const INDEXES: &str = "
CREATE UNIQUE INDEX IF NOT EXISTS card_key ON card (key);
CREATE INDEX IF NOT EXISTS card_due ON card (deck, due_day) WHERE due_day IS NOT NULL;
CREATE INDEX IF NOT EXISTS card_step ON card (deck, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS card_first ON card (first_day);
CREATE INDEX IF NOT EXISTS card_last ON card (last_day);
CREATE INDEX IF NOT EXISTS card_touched ON card (last_at);
CREATE INDEX IF NOT EXISTS content_key ON content (key);
CREATE INDEX IF NOT EXISTS content_fresh ON content (origin, position) WHERE seen = 0;
";

/// Opens the database file if it was made by these very rules, else makes it anew; none if neither can be done.
pub(super) fn open_file(path: &Path, rules: &str) -> Option<Connection> {
    let folder = path.parent()?;
    std::fs::create_dir_all(folder).ok()?;
    if let Some(db) = Connection::open(path).ok().filter(|db| is_ours(db, rules)) {
        return settle(db).ok();
    }
    super::Index::reset(folder);
    let db = Connection::open(path).ok()?;
    db.busy_timeout(PATIENCE).ok()?;
    make(&db, rules).ok()?;
    settle(db).ok()
}

/// Makes the database in memory.
pub(super) fn open_memory(rules: &str) -> rusqlite::Result<Connection> {
    let db = Connection::open_in_memory()?;
    make(&db, rules)?;
    settle(db)
}

fn settle(db: Connection) -> rusqlite::Result<Connection> {
    db.execute_batch("PRAGMA synchronous=OFF; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;")?;
    Ok(db)
}

fn is_ours(db: &Connection, rules: &str) -> bool {
    let _ = db.busy_timeout(PATIENCE);
    let read = |name: &str| {
        db.query_row("SELECT value FROM meta WHERE name = ?", [name], |row| row.get::<_, String>(0)).optional()
    };
    matches!((read("version"), read("rules")), (Ok(Some(v)), Ok(Some(r))) if v == VERSION && r == rules)
}

fn make(db: &Connection, rules: &str) -> rusqlite::Result<()> {
    // Two processes may make it at once: the second finds the tables there.
    let made = db.execute_batch(&format!("BEGIN IMMEDIATE; {TABLES} {INDEXES}"));
    if made.is_err() {
        let _ = db.execute_batch("ROLLBACK");
        return if is_ours(db, rules) { Ok(()) } else { made };
    }
    for (name, value) in [("version", VERSION), ("rules", rules)] {
        db.execute("INSERT INTO meta VALUES (?, ?)", params![name, value])?;
    }
    db.execute_batch("COMMIT")
}

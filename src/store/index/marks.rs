//! What has been folded in of each log, and what that leaves to do.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, params};

use crate::store::{StoreError, log_files};

/// How much of a log's end is compared to know it again, in bytes.
const TAIL: u64 = 4096;

/// What has been folded in of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// How many bytes, up to the end of a line.
    bytes: u64,
    /// Checksum of the last of these.
    tail: u32,
    /// The whole file then; a line that is cut off makes it longer.
    file: Stamp,
}

/// What tells, without reading a file, that nothing of it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    /// When it was last written, in nanoseconds since 1970; 0 where the system does not say.
    modified: i64,
}

impl Stamp {
    fn of(file: &File) -> io::Result<Self> {
        let found = file.metadata()?;
        Ok(Self { length: found.len(), modified: found.modified().map_or(0, nanoseconds) })
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    let whole = |nanoseconds: u128| i64::try_from(nanoseconds).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since.as_nanos()),
        Err(before) => -whole(before.duration().as_nanos()),
    }
}

/// A log with something to fold in. It is opened once for all that is done with it: a file that is put in its place
/// meanwhile is another log, for the next time.
pub(super) struct Pending {
    pub path: PathBuf,
    pub file: File,
    pub from: u64,
    /// What it was before any of it was read: a later change leaves another.
    stamp: Stamp,
}

impl Pending {
    /// Opens a log to be folded in from its beginning.
    pub(super) fn open(path: PathBuf) -> Result<Self, StoreError> {
        let opened = File::open(&path).and_then(|file| Ok((Stamp::of(&file)?, file)));
        let (stamp, file) = opened.map_err(StoreError::io("read", &path))?;
        Ok(Self { path, file, from: 0, stamp })
    }
}

/// What is to be done.
pub(super) enum Plan {
    Nothing,
    More(Vec<Pending>),
    Anew,
}

/// Compares the logs with what has been folded in.
///
/// # Errors
/// A log cannot be read, or is shorter than it was.
pub(super) fn plan(db: &Connection, logs: &Path) -> Result<Plan, StoreError> {
    let (mut known, mut pending, mut anew) = (marks(db)?, Vec::new(), false);
    for path in log_files(logs)? {
        let mark = known.remove(&name_of(&path));
        let mut log = Pending::open(path)?;
        match mark.map(|mark| standing(&log, mark)).transpose()? {
            None => {}
            Some(Standing::Same) => continue,
            Some(Standing::Longer) => log.from = mark.map_or(0, |mark| mark.bytes),
            Some(Standing::Other) => anew = true,
        }
        pending.push(log);
    }
    if let Some((name, mark)) = known.into_iter().next() {
        return Err(StoreError::Shrunk { path: logs.join(name), was: mark.bytes, now: 0 });
    }
    Ok(match (anew, pending.is_empty()) {
        (true, _) => Plan::Anew,
        (false, true) => Plan::Nothing,
        (false, false) => Plan::More(pending),
    })
}

/// Remembers that a log has been folded in up to the byte `end`.
pub(super) fn put(db: &Connection, log: &Pending, end: u64) -> Result<(), StoreError> {
    let tail = tail(&log.file, end).map_err(StoreError::io("read", &log.path))?;
    let sql = "INSERT OR REPLACE INTO log VALUES (?, ?, ?, ?, ?)";
    let Stamp { length, modified } = log.stamp;
    db.execute(sql, params![name_of(&log.path), end.cast_signed(), tail, length.cast_signed(), modified])?;
    Ok(())
}

fn marks(db: &Connection) -> rusqlite::Result<HashMap<String, Mark>> {
    let mut statement = db.prepare_cached("SELECT name, bytes, tail, length, modified FROM log")?;
    let rows = statement.query_map([], |row| {
        let bytes = |column: usize| row.get(column).map(i64::cast_unsigned);
        let file = Stamp { length: bytes(3)?, modified: row.get(4)? };
        Ok((row.get(0)?, Mark { bytes: bytes(1)?, tail: row.get(2)?, file }))
    })?;
    rows.collect()
}

/// Names a log in the table; two names that are no text are told apart by their bytes.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    let bytes = || crc32fast::hash(name.as_encoded_bytes());
    name.to_str().map_or_else(|| format!("{} ({:08x})", name.to_string_lossy(), bytes()), str::to_owned)
}

enum Standing {
    Same,
    Longer,
    Other,
}

/// Compares a log with its mark. One that is no longer than it was must not have been written since; one that grew is
/// known by its end, as nobody reads all of it again for one more answer.
fn standing(log: &Pending, mark: Mark) -> Result<Standing, StoreError> {
    let (now, failed) = (log.stamp, StoreError::io("read", &log.path));
    if now.length < mark.bytes {
        return Err(StoreError::Shrunk { path: log.path.clone(), was: mark.bytes, now: now.length });
    }
    let is_same = now == mark.file;
    let is_rewritten = !is_same && now.length <= mark.file.length;
    if is_rewritten || tail(&log.file, mark.bytes).map_err(failed)? != mark.tail {
        return Ok(Standing::Other);
    }
    Ok(if is_same && now.length == mark.bytes { Standing::Same } else { Standing::Longer })
}

/// Gives the checksum of the last bytes before `end`.
fn tail(mut file: &File, end: u64) -> io::Result<u32> {
    let start = end.saturating_sub(TAIL);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(end - start).read_to_end(&mut bytes)?;
    Ok(crc32fast::hash(&bytes))
}

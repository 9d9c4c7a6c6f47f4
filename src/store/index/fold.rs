//! Folding the logs into the tables.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Notes, history, row, schema};
use crate::schedule::{CardEvent, CardState, Event, Scheduler, fold, step};
use crate::store::{StoreError, log_files, scan};

/// How much of a log's end is compared to know it again, in bytes.
const TAIL: u64 = 4096;

/// From this many new events on, rows are written before their indexes.
const MANY: usize = 20_000;

/// What has been folded in of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    bytes: u64,
    tail: u32,
}

/// A log with something to fold in.
struct Pending {
    path: PathBuf,
    name: String,
    from: u64,
}

/// Folds in what is new; folds everything anew where a log is no longer what it was.
pub(super) fn refresh(db: &mut Connection, logs: &Path, scheduler: &Scheduler) -> Result<Notes, StoreError> {
    let paths = log_files(logs)?;
    if let Plan::Nothing = plan(db, logs, &paths)? {
        return Ok(Notes::default());
    }
    // Another process may have folded the same lines meanwhile: look again under the write lock.
    let work = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (pending, rebuilt) = match plan(&work, logs, &paths)? {
        Plan::Nothing => return Ok(Notes::default()),
        Plan::More(pending) => (pending, false),
        Plan::Anew(pending) => {
            work.execute_batch("DELETE FROM card; DELETE FROM log; UPDATE content SET seen = 0;")?;
            (pending, true)
        }
    };
    let bad = fold_in(&work, &pending, scheduler)?;
    work.commit()?;
    Ok(Notes { bad, rebuilt })
}

/// Folds everything anew, as after a change of what ids stand for.
pub(super) fn rebuild(db: &mut Connection, logs: &Path, scheduler: &Scheduler) -> Result<Notes, StoreError> {
    db.execute_batch("DELETE FROM card; DELETE FROM log; UPDATE content SET seen = 0;")?;
    refresh(db, logs, scheduler)
}

enum Plan {
    Nothing,
    More(Vec<Pending>),
    Anew(Vec<Pending>),
}

fn plan(db: &Connection, logs: &Path, paths: &[PathBuf]) -> Result<Plan, StoreError> {
    let known = marks(db)?;
    if let Some((name, mark)) = known.iter().find(|(name, _)| !paths.iter().any(|path| name_of(path) == **name)) {
        return Err(StoreError::Shrunk { path: logs.join(name), was: mark.bytes, now: 0 });
    }
    let (mut pending, mut anew) = (Vec::new(), false);
    for path in paths {
        let name = name_of(path);
        let from = match known.get(&name) {
            None => 0,
            Some(mark) => match standing(path, *mark)? {
                Standing::Same => continue,
                Standing::Longer => mark.bytes,
                Standing::Other => {
                    anew = true;
                    0
                }
            },
        };
        pending.push(Pending { path: path.clone(), name, from });
    }
    if anew {
        let all = paths.iter().map(|path| Pending { path: path.clone(), name: name_of(path), from: 0 });
        return Ok(Plan::Anew(all.collect()));
    }
    Ok(if pending.is_empty() { Plan::Nothing } else { Plan::More(pending) })
}

fn marks(db: &Connection) -> rusqlite::Result<HashMap<String, Mark>> {
    let mut statement = db.prepare_cached("SELECT name, bytes, tail FROM log")?;
    let rows = statement.query_map([], |row| {
        let bytes: i64 = row.get(1)?;
        Ok((row.get(0)?, Mark { bytes: bytes.cast_unsigned(), tail: row.get(2)? }))
    })?;
    rows.collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

enum Standing {
    Same,
    Longer,
    Other,
}

fn standing(path: &Path, mark: Mark) -> Result<Standing, StoreError> {
    let failed = || StoreError::io("read", path);
    let mut file = File::open(path).map_err(failed())?;
    let now = file.metadata().map_err(failed())?.len();
    if now < mark.bytes {
        return Err(StoreError::Shrunk { path: path.to_owned(), was: mark.bytes, now });
    }
    if tail(&mut file, mark.bytes).map_err(failed())? != mark.tail {
        return Ok(Standing::Other);
    }
    Ok(if now == mark.bytes { Standing::Same } else { Standing::Longer })
}

/// Gives the checksum of the last bytes before `end`.
fn tail(file: &mut File, end: u64) -> io::Result<u32> {
    let start = end.saturating_sub(TAIL);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(end - start).read_to_end(&mut bytes)?;
    Ok(crc32fast::hash(&bytes))
}

type Fresh = HashMap<String, Vec<CardEvent>>;

fn fold_in(db: &Transaction<'_>, logs: &[Pending], scheduler: &Scheduler) -> Result<Vec<super::BadLine>, StoreError> {
    let aliases = aliases(db)?;
    let (mut fresh, mut bad, mut count) = (Fresh::new(), Vec::new(), 0);
    for log in logs {
        let found = scan(&log.path, log.from, |record| {
            let Some((event, card)) = history::card_event(&record.event).zip(record.event.what.card()) else { return };
            count += 1;
            let key = if aliases.is_empty() { None } else { renamed(card, &aliases) };
            match fresh.get_mut(key.as_deref().unwrap_or(card)) {
                Some(events) => events.push(event),
                None => {
                    fresh.insert(key.unwrap_or_else(|| card.to_owned()), vec![event]);
                }
            }
        })?;
        let mut file = File::open(&log.path).map_err(StoreError::io("read", &log.path))?;
        let tail = tail(&mut file, found.end).map_err(StoreError::io("read", &log.path))?;
        let end = found.end.cast_signed();
        db.execute("INSERT OR REPLACE INTO log VALUES (?, ?, ?)", params![log.name, end, tail])?;
        bad.extend(found.bad.into_iter().filter(|_| !found.torn));
    }
    write(db, fresh, count, scheduler)?;
    Ok(bad)
}

fn write(db: &Transaction<'_>, fresh: Fresh, count: usize, scheduler: &Scheduler) -> rusqlite::Result<()> {
    let empty: bool = db.query_row("SELECT NOT EXISTS (SELECT 1 FROM card)", [], |row| row.get(0))?;
    if !(empty && count >= MANY) {
        return fresh.into_iter().try_for_each(|(key, events)| merge(db, &key, &events, scheduler));
    }
    db.execute_batch("DROP INDEX card_key; DROP INDEX card_due; DROP INDEX card_step; DROP INDEX card_first; DROP INDEX card_last; DROP INDEX card_touched;")?;
    let mut keys: Vec<&String> = fresh.keys().collect();
    keys.sort_unstable();
    let (mut add, mut packed) = (db.prepare(row::ADD)?, Vec::new());
    for key in keys {
        packed.clear();
        fresh[key].iter().for_each(|event| history::pack(event, &mut packed));
        row::write(&mut add, key, &fold(scheduler, key, &fresh[key]), &packed)?;
    }
    drop(add);
    db.execute_batch(schema::INDEXES)?;
    super::contents::mark_all_seen(db)
}

/// Folds new events of one card into its row: onto its state where they come later than all before, else by a replay.
fn merge(db: &Transaction<'_>, key: &str, events: &[CardEvent], scheduler: &Scheduler) -> rusqlite::Result<()> {
    let known = db
        .prepare_cached(&format!("SELECT k.history, {} FROM card k WHERE k.key = ?", row::STATE))?
        .query_row([key], |row| Ok((row.get::<_, Vec<u8>>(0)?, row::state(row, 1)?)))
        .optional()?;
    let (mut packed, state) = known.unwrap_or_default();
    let before = history::unpack(&packed).unwrap_or_default();
    let added: Vec<&CardEvent> = events.iter().filter(|event| before.iter().all(|old| old.id != event.id)).collect();
    added.iter().for_each(|event| history::pack(event, &mut packed));
    let after = match onward(&before, &added) {
        true => added.into_iter().fold(state, |state, event| step(scheduler, key, &state, event)),
        false => fold(scheduler, key, &history::unpack(&packed).unwrap_or_default()),
    };
    let mut put = db.prepare_cached(row::PUT)?;
    row::write(&mut put, key, &after, &packed)?;
    mark_seen(db, key, &after)
}

/// Tells whether the new events simply come after the old ones, each once.
fn onward(before: &[CardEvent], added: &[&CardEvent]) -> bool {
    let last = before.iter().map(|event| (event.at_ms, event.id)).max();
    let times: Vec<(i64, u128)> = last.into_iter().chain(added.iter().map(|event| (event.at_ms, event.id))).collect();
    let undone = |event: &CardEvent| matches!(event.what, Event::Undo { .. });
    times.is_sorted_by(|a, b| a < b) && !before.iter().chain(added.iter().copied()).any(undone)
}

fn mark_seen(db: &Connection, key: &str, state: &CardState) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached("UPDATE content SET seen = ? WHERE key = ?")?;
    statement.execute(params![super::contents::is_seen(state), key])?;
    Ok(())
}

/// Reads which items (`deck/item`) hand their history to which others.
fn aliases(db: &Connection) -> rusqlite::Result<HashMap<String, String>> {
    let mut statement = db.prepare_cached("SELECT old, new FROM alias")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Gives the key of the card that now stands for `card`, if another does. Chains are followed, circles are not.
fn renamed(card: &str, aliases: &HashMap<String, String>) -> Option<String> {
    let (item, part) = card.split_once('#').map_or((card, None), |(item, part)| (item, Some(part)));
    let mut now = aliases.get(item)?;
    for _ in 0..aliases.len() {
        let Some(next) = aliases.get(now) else { break };
        now = next;
    }
    Some(part.map_or_else(|| now.clone(), |part| format!("{now}#{part}")))
}

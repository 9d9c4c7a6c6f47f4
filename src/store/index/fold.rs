//! Folding the logs into the tables.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::fresh::Fresh;
use super::marks::{self, Pending, Plan, plan};
use super::{Notes, alias, contents, history, row, schema};
use crate::schedule::{CardEvent, Event, Scheduler, fold, step};
use crate::store::scan::scan_open;
use crate::store::{Scan, StoreError, log_files};

/// From this many new events on, rows are written before their indexes.
const MANY: usize = 20_000;

/// Folds in what is new; folds everything anew where a log is no longer what it was.
pub(super) fn refresh(db: &mut Connection, logs: &Path, scheduler: &Scheduler) -> Result<Notes, StoreError> {
    if let Plan::Nothing = plan(db, logs)? {
        return Ok(Notes::default());
    }
    // Another process may have folded the same lines meanwhile: look again under the write lock.
    let work = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let notes = match plan(&work, logs)? {
        Plan::Nothing => return Ok(Notes::default()),
        Plan::More(pending) => fold_in(&work, &pending, scheduler)?,
        Plan::Anew => anew(&work, logs, scheduler)?,
    };
    work.commit()?;
    Ok(notes)
}

/// Folds everything anew within a transaction, as after a change of what ids stand for.
pub(super) fn anew(work: &Transaction<'_>, logs: &Path, scheduler: &Scheduler) -> Result<Notes, StoreError> {
    work.execute_batch("DELETE FROM card; DELETE FROM log;")?;
    contents::restate_all(work)?;
    let all: Result<Vec<Pending>, StoreError> = log_files(logs)?.into_iter().map(Pending::open).collect();
    Ok(Notes { rebuilt: true, ..fold_in(work, &all?, scheduler)? })
}

fn fold_in(db: &Transaction<'_>, logs: &[Pending], scheduler: &Scheduler) -> Result<Notes, StoreError> {
    let aliases = alias::in_use(db)?;
    let (mut fresh, mut notes) = (Fresh::default(), Notes::default());
    for log in logs {
        let found = scan_open(&log.path, &log.file, log.from, |record| {
            let Some((event, card)) = history::card_event(&record.event).zip(record.event.what.card()) else { return };
            let key = if aliases.is_empty() { None } else { alias::renamed(card, &aliases) };
            fresh.add(key.as_deref().unwrap_or(card), &event);
        })?;
        marks::put(db, log, found.end)?;
        notes.take_in(found);
    }
    write(db, &fresh, scheduler)?;
    Ok(notes)
}

impl Notes {
    fn take_in(&mut self, mut found: Scan) {
        let end = found.end;
        self.torn.extend(found.bad.pop_if(|bad| found.torn && bad.offset == end));
        self.bad_lines += found.bad_lines - u64::from(found.torn);
        self.bad.append(&mut found.bad);
    }
}

fn write(db: &Transaction<'_>, fresh: &Fresh, scheduler: &Scheduler) -> rusqlite::Result<()> {
    let empty: bool = db.query_row("SELECT NOT EXISTS (SELECT 1 FROM card)", [], |row| row.get(0))?;
    if !(empty && fresh.len() >= MANY) {
        return fresh.each(|key, packed| merge(db, key, &history::unpack(packed)?, scheduler));
    }
    // Cards come in the order of their keys, which that index takes as they come.
    db.execute_batch("DROP INDEX card_last; DROP INDEX card_touched; DROP INDEX card_ladder;")?;
    let mut add = db.prepare(row::ADD)?;
    fresh.each(|key, packed| {
        let state = fold(scheduler, key, &history::unpack(packed)?);
        row::write(&mut add, key, &state, packed)
    })?;
    drop(add);
    db.execute_batch(schema::CARD_INDEXES)?;
    contents::restate_all(db)
}

/// Folds new events of one card into its row: onto its state where they come later than all before, else by a replay.
fn merge(db: &Transaction<'_>, key: &str, events: &[CardEvent], scheduler: &Scheduler) -> rusqlite::Result<()> {
    let known = db
        .prepare_cached(&format!("SELECT k.history, {} FROM card k WHERE k.key = ?", row::STATE))?
        .query_row([key], |row| Ok((row.get::<_, Vec<u8>>(0)?, row::state(row, 1)?)))
        .optional()?;
    let (mut packed, state) = known.unwrap_or_default();
    let mut all = history::unpack(&packed)?;
    let added = missing(&all, events);
    added.iter().for_each(|event| history::pack(event, &mut packed));
    let after = if onward(&all, &added) {
        added.iter().fold(state, |state, event| step(scheduler, key, &state, event))
    } else {
        all.extend(added);
        fold(scheduler, key, &all)
    };
    let mut put = db.prepare_cached(row::PUT)?;
    row::write(&mut put, key, &after, &packed)?;
    contents::restate(db, key)
}

/// Lists the events that are not among the known ones. Both may be many: a log may be all about one card.
fn missing(known: &[CardEvent], events: &[CardEvent]) -> Vec<CardEvent> {
    let met: BTreeSet<&CardEvent> = events.iter().collect();
    let doubled: BTreeSet<&CardEvent> = known.iter().filter(|event| met.contains(event)).collect();
    events.iter().filter(|event| !doubled.contains(event)).copied().collect()
}

/// Tells whether the new events simply come after the old ones, each once.
fn onward(before: &[CardEvent], added: &[CardEvent]) -> bool {
    let last = before.iter().map(|event| (event.at_ms, event.id)).max();
    let times: Vec<(i64, u128)> = last.into_iter().chain(added.iter().map(|event| (event.at_ms, event.id))).collect();
    let mut ids: BTreeSet<u128> = before.iter().map(|event| event.id).collect();
    let undone = |event: &CardEvent| matches!(event.what, Event::Undo { .. });
    times.is_sorted_by(|a, b| a < b)
        && added.iter().all(|event| ids.insert(event.id))
        && !before.iter().chain(added).any(undone)
}

//! Which items hand their history to which others. Every deck says that of its own items; of several decks with one id
//! only the deck in use counts, which is the one that was asked about last. So the index is what a fresh one would be,
//! whichever decks were looked at before.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::fold;
use crate::schedule::Scheduler;
use crate::store::StoreError;

/// Items (`deck/item`), each with the one that takes over its history.
pub(super) type Aliases = HashMap<String, String>;

/// Reads the aliases of the decks in use.
pub(super) fn in_use(db: &Connection) -> rusqlite::Result<Aliases> {
    read(db, "SELECT a.old, a.new FROM in_use u JOIN alias a ON a.origin = u.origin", [])
}

/// Reads the aliases of one deck, in use or not.
pub(super) fn of(db: &Connection, origin: i64) -> rusqlite::Result<Aliases> {
    read(db, "SELECT old, new FROM alias WHERE origin = ?", [origin])
}

fn read(db: &Connection, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<Aliases> {
    db.prepare_cached(sql)?.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Replaces the aliases of a deck.
pub(super) fn put(db: &Connection, origin: i64, aliases: &Aliases) -> rusqlite::Result<()> {
    db.execute("DELETE FROM alias WHERE origin = ?", [origin])?;
    let mut add = db.prepare("INSERT INTO alias VALUES (?, ?, ?)")?;
    aliases.iter().try_for_each(|(old, new)| add.execute(params![origin, old, new]).map(drop))
}

/// Tells whether a deck is in use.
pub(super) fn is_in_use(db: &Connection, origin: i64) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM in_use WHERE origin = ?")?.exists([origin])
}

/// Makes a deck the one in use for its id, and for no other.
pub(super) fn take_up(db: &Connection, origin: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM in_use WHERE origin = ?", [origin])?;
    db.execute("INSERT OR REPLACE INTO in_use SELECT deck, id FROM origin WHERE id = ?", [origin]).map(drop)
}

/// Makes the deck at an origin the one in use, if it is known and not in use already.
pub(super) fn take_up_known(
    db: &mut Connection,
    logs: &Path,
    scheduler: &Scheduler,
    origin: &str,
) -> Result<(), StoreError> {
    let id = |db: &Connection| {
        let mut statement = db.prepare_cached("SELECT id FROM origin WHERE name = ?")?;
        statement.query_row([origin], |row| row.get::<_, i64>(0)).optional()
    };
    let Some(known) = id(db)? else { return Ok(()) };
    if is_in_use(db, known)? {
        return Ok(());
    }
    let work = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    keep_up(&work, logs, scheduler, |work| take_up(work, known))?;
    Ok(work.commit()?)
}

/// Does something to the decks, and folds everything anew if that leaves other aliases in use.
pub(super) fn keep_up(
    work: &Transaction<'_>,
    logs: &Path,
    scheduler: &Scheduler,
    change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let before = in_use(work)?;
    change(work)?;
    if in_use(work)? != before {
        fold::anew(work, logs, scheduler)?;
    }
    Ok(())
}

/// Gives the key of the card that now stands for `card`, if another does. Chains are followed; one that leads into a
/// circle leads nowhere.
pub(super) fn renamed(card: &str, aliases: &Aliases) -> Option<String> {
    let (item, part) = card.split_once('#').map_or((card, None), |(item, part)| (item, Some(part)));
    let (mut now, mut met) = (aliases.get(item)?, HashSet::new());
    while let Some(next) = aliases.get(now) {
        if !met.insert(now) {
            return None;
        }
        now = next;
    }
    Some(part.map_or_else(|| now.clone(), |part| format!("{now}#{part}")))
}

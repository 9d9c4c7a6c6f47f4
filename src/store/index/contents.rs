//! What cards a deck holds and where each item stands in its file, so that a huge deck need not be read to ask one.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::Index;
use super::alias::{self, Aliases};
use crate::schedule::Scheduler;
use crate::store::StoreError;

/// A card of a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `deck/item`, or `deck/item#part`.
    pub key: String,
    /// The deck's id.
    pub deck: String,
    /// The item's id.
    pub item: String,
    /// What follows `#` in the key; empty for the whole item.
    pub part: String,
    /// The lesson's id.
    pub lesson: String,
    /// The item's kind.
    pub kind: String,
    /// The item's tier.
    pub tier: Option<String>,
    /// The item's tags.
    pub tags: Vec<String>,
    /// The item's `rev`.
    pub rev: u32,
    /// Which of the deck's files the item stands in.
    pub source: u32,
    /// Its first byte there.
    pub start: u64,
    /// The byte past its last.
    pub end: u64,
    /// Its place in the deck.
    pub position: u64,
    /// Items (`deck/item`) it is mixed up with.
    pub confusable: Vec<String>,
}

/// What an id stands for within a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A lesson.
    Lesson,
    /// An item.
    Item,
}

/// Separates entries of a list in one column; no tag can hold it.
const SEPARATOR: &str = "\u{1f}";

/// The columns of an entry, in the order that [`entry`] reads them.
pub(super) const ENTRY: &str = "c.key, o.deck, c.item, c.part, c.lesson, c.kind, c.tier, c.tags, c.rev, c.source, c.start, \
     c.stop, c.position, c.confusable";

/// How many columns an entry has.
pub(super) const WIDTH: usize = 14;

/// Reads an entry that starts at the first column.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let list = |column: usize| {
        let text: String = row.get(column)?;
        let entries = text.split(SEPARATOR).filter(|entry| !entry.is_empty()).map(str::to_owned).collect();
        Ok::<Vec<String>, rusqlite::Error>(entries)
    };
    let number = |column: usize| row.get::<_, i64>(column).map(i64::cast_unsigned);
    Ok(Entry {
        key: row.get(0)?,
        deck: row.get(1)?,
        item: row.get(2)?,
        part: row.get(3)?,
        lesson: row.get(4)?,
        kind: row.get(5)?,
        tier: row.get(6)?,
        tags: list(7)?,
        rev: row.get(8)?,
        source: row.get(9)?,
        start: number(10)?,
        end: number(11)?,
        position: number(12)?,
        confusable: list(13)?,
    })
}

/// Where a card `k` of the log stands, as the contents repeat it; the card may be missing. It is seen when it is no
/// longer among those to be taken up as new: it was answered, or is planned for a day.
const STANDING: &str =
    "coalesce(k.phase <> 0 OR k.due_day IS NOT NULL, 0), k.due_day, k.due_at, coalesce(k.hidden, -9999999)";

/// Repeats in the contents where a card stands now.
pub(super) fn restate(db: &Connection, key: &str) -> rusqlite::Result<()> {
    db.prepare_cached(&format!("{} WHERE key = ?", restating()))?.execute([key]).map(drop)
}

/// Repeats in the contents where every card stands now.
pub(super) fn restate_all(db: &Connection) -> rusqlite::Result<()> {
    db.execute(&restating(), []).map(drop)
}

fn restating() -> String {
    format!(
        "UPDATE content SET (seen, due_day, due_at, hidden) = \
         (SELECT {STANDING} FROM (SELECT 1) LEFT JOIN card k ON k.key = content.key)"
    )
}

impl Index {
    /// Gives the id and the stamp of the deck whose contents are known for an origin.
    ///
    /// # Errors
    /// The index fails.
    pub fn contents_stamp(&self, origin: &str) -> Result<Option<(String, String)>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT deck, stamp FROM origin WHERE name = ?")?;
        Ok(statement.query_row([origin], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Tells what an id stands for in the contents known for an origin: a lesson with cards, or else an item with cards.
    ///
    /// # Errors
    /// The index fails.
    pub fn part(&self, origin: &str, id: &str) -> Result<Option<Part>, StoreError> {
        let lesson =
            "SELECT 1 FROM origin o CROSS JOIN content c ON c.origin = o.id WHERE o.name = ?1 AND c.lesson = ?2";
        if self.db.prepare_cached(lesson)?.exists([origin, id])? {
            return Ok(Some(Part::Lesson));
        }
        // An item's cards have the keys `deck/item` and `deck/item#...`; `$` comes right after `#`.
        let item = "SELECT 1 FROM origin o CROSS JOIN content c INDEXED BY content_key ON c.origin = o.id WHERE o.name = ?1 \
                    AND c.item = ?2 AND c.key >= o.deck || '/' || ?2 AND c.key < o.deck || '/' || ?2 || '$'";
        Ok(self.db.prepare_cached(item)?.exists([origin, id])?.then_some(Part::Item))
    }

    /// Makes the deck whose contents are known for an origin the one in use: of all decks with its id, the one whose
    /// retired items hand over their history. It is already after [`Index::put_contents`]; both must come before any
    /// question about its cards.
    ///
    /// # Errors
    /// As [`Index::put_contents`].
    pub fn take_up(&mut self, origin: &str, scheduler: &Scheduler) -> Result<(), StoreError> {
        match alias::take_up_known(&mut self.db, &self.logs, scheduler, origin) {
            Err(StoreError::Index(_)) => {
                self.move_to_memory(scheduler)?;
                alias::take_up_known(&mut self.db, &self.logs, scheduler, origin)
            }
            done => done,
        }
    }

    /// Takes in the contents of a deck, replacing what was known for the origin, and takes it up. `retired` lists items (by id) that
    /// are gone, each with the item that takes over its history.
    ///
    /// # Errors
    /// The index fails even in memory, or a log cannot be read.
    pub fn put_contents(
        &mut self,
        (origin, deck, stamp): (&str, &str, &str),
        entries: &[Entry],
        retired: &[(String, Option<String>)],
        scheduler: &Scheduler,
    ) -> Result<(), StoreError> {
        let replaced = retired.iter().filter_map(|(old, new)| Some((old, new.as_ref()?)));
        let aliases = replaced.map(|(old, new)| (format!("{deck}/{old}"), format!("{deck}/{new}"))).collect();
        let contents = Contents { origin, deck, stamp, entries, aliases };
        match contents.put(&mut self.db, &self.logs, scheduler) {
            Err(StoreError::Index(_)) => {
                self.move_to_memory(scheduler)?;
                contents.put(&mut self.db, &self.logs, scheduler)
            }
            done => done,
        }
    }
}

/// The contents of one deck, and which items (`deck/item`) hand their history to which others.
struct Contents<'c> {
    origin: &'c str,
    deck: &'c str,
    stamp: &'c str,
    entries: &'c [Entry],
    aliases: Aliases,
}

impl Contents<'_> {
    /// Puts all of it in at once: a deck whose stamp is known is never looked at again, so nothing of it may be missing.
    fn put(&self, db: &mut Connection, logs: &Path, scheduler: &Scheduler) -> Result<(), StoreError> {
        let work = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        alias::keep_up(&work, logs, scheduler, |work| {
            let id = put_origin(work, self.origin, self.deck, self.stamp)?;
            put_entries(work, id, self.entries)?;
            alias::put(work, id, &self.aliases)?;
            alias::take_up(work, id)
        })?;
        Ok(work.commit()?)
    }
}

fn put_origin(db: &Connection, origin: &str, deck: &str, stamp: &str) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO origin (name, deck, stamp) VALUES (?1, ?2, ?3) \
               ON CONFLICT (name) DO UPDATE SET deck = ?2, stamp = ?3 RETURNING id";
    db.query_row(sql, params![origin, deck, stamp], |row| row.get(0))
}

fn put_entries(db: &Connection, origin: i64, entries: &[Entry]) -> rusqlite::Result<()> {
    db.execute("DELETE FROM content WHERE origin = ?", [origin])?;
    let sql = format!(
        "INSERT INTO content SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, {STANDING} \
         FROM (SELECT 1) LEFT JOIN card k ON k.key = ?3"
    );
    let mut add = db.prepare(&sql)?;
    for e in entries {
        let list = |entries: &[String]| format!("{SEPARATOR}{}{SEPARATOR}", entries.join(SEPARATOR));
        add.execute(params![
            origin,
            e.position.cast_signed(),
            e.key,
            e.item,
            e.part,
            e.lesson,
            e.kind,
            e.tier,
            list(&e.tags),
            e.rev,
            e.source,
            e.start.cast_signed(),
            e.end.cast_signed(),
            list(&e.confusable),
        ])?;
    }
    Ok(())
}

/// Copies what no log holds into another, empty database: the contents of decks, and which items stand for which. What
/// can no longer be read is left behind.
pub(super) fn carry_over(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    let work = to.transaction()?;
    for Known { origin, deck, stamp, entries, aliases, in_use } in all(from).unwrap_or_default() {
        let id = put_origin(&work, &origin, &deck, &stamp)?;
        put_entries(&work, id, &entries)?;
        alias::put(&work, id, &aliases)?;
        if in_use {
            alias::take_up(&work, id)?;
        }
    }
    work.commit()
}

/// What is known of the deck at an origin.
struct Known {
    origin: String,
    deck: String,
    stamp: String,
    entries: Vec<Entry>,
    aliases: Aliases,
    in_use: bool,
}

fn all(db: &Connection) -> rusqlite::Result<Vec<Known>> {
    let mut origins = db.prepare("SELECT id, name, deck, stamp FROM origin")?;
    let heads = origins.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    heads
        .map(|head| {
            let (id, origin, deck, stamp) = head?;
            let sql = format!(
                "SELECT {ENTRY} FROM content c JOIN origin o ON o.id = c.origin WHERE o.id = ? ORDER BY c.position"
            );
            let entries = db.prepare(&sql)?.query_map([id], entry)?.collect::<rusqlite::Result<_>>()?;
            let (aliases, in_use) = (alias::of(db, id)?, alias::is_in_use(db, id)?);
            Ok(Known { origin, deck, stamp, entries, aliases, in_use })
        })
        .collect()
}

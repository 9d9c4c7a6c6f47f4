//! What cards a deck holds and where each item stands in its file, so that a huge deck need not be read to ask one.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Index, fold};
use crate::schedule::{CardState, Phase, Scheduler};
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

/// Tells whether a card is past being new.
pub(super) fn is_seen(state: &CardState) -> bool {
    state.phase != Phase::New
}

/// Marks every card of the contents that is past being new.
pub(super) fn mark_all_seen(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "UPDATE content SET seen = EXISTS (SELECT 1 FROM card k WHERE k.key = content.key AND k.phase <> 0)",
    )
}

/// The contents of one deck, as they were put in.
#[derive(Debug, Clone)]
pub(super) struct Contents {
    origin: String,
    deck: String,
    stamp: String,
    entries: Vec<Entry>,
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

    /// Takes in the contents of a deck, replacing what was known for the origin. `retired` lists items (by id) that
    /// are gone, each with the item that takes over its history.
    ///
    /// # Errors
    /// The index fails, or a log cannot be read.
    pub fn put_contents(
        &mut self,
        (origin, deck, stamp): (&str, &str, &str),
        entries: &[Entry],
        retired: &[(String, Option<String>)],
        scheduler: &Scheduler,
    ) -> Result<(), StoreError> {
        put(&mut self.db, origin, deck, stamp, entries)?;
        let mut changed = false;
        for (old, new) in retired.iter().filter_map(|(old, new)| Some((old, new.as_ref()?))) {
            let (old, new) = (format!("{deck}/{old}"), format!("{deck}/{new}"));
            let sql = "INSERT INTO alias VALUES (?1, ?2) ON CONFLICT (old) DO UPDATE SET new = ?2 WHERE new <> ?2";
            changed |= self.db.execute(sql, params![old, new])? > 0;
        }
        if changed {
            fold::rebuild(&mut self.db, &self.logs, scheduler)?;
        }
        Ok(())
    }
}

fn put(db: &mut Connection, origin: &str, deck: &str, stamp: &str, entries: &[Entry]) -> rusqlite::Result<()> {
    let work = db.transaction()?;
    let sql = "INSERT INTO origin (name, deck, stamp) VALUES (?1, ?2, ?3) \
               ON CONFLICT (name) DO UPDATE SET deck = ?2, stamp = ?3 RETURNING id";
    let id: i64 = work.query_row(sql, params![origin, deck, stamp], |row| row.get(0))?;
    work.execute("DELETE FROM content WHERE origin = ?", [id])?;
    let sql = "INSERT INTO content VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, \
               EXISTS (SELECT 1 FROM card k WHERE k.key = ?3 AND k.phase <> 0))";
    let mut add = work.prepare(sql)?;
    for e in entries {
        let list = |entries: &[String]| format!("{SEPARATOR}{}{SEPARATOR}", entries.join(SEPARATOR));
        add.execute(params![
            id,
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
    drop(add);
    work.commit()
}

/// Reads all contents, to carry them over into another database.
pub(super) fn all(db: &Connection) -> rusqlite::Result<Vec<Contents>> {
    let mut origins = db.prepare("SELECT id, name, deck, stamp FROM origin")?;
    let heads = origins.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    heads
        .map(|head| {
            let (id, origin, deck, stamp) = head?;
            let sql = format!(
                "SELECT {ENTRY} FROM content c JOIN origin o ON o.id = c.origin WHERE o.id = ? ORDER BY c.position"
            );
            let entries = db.prepare(&sql)?.query_map([id], entry)?.collect::<rusqlite::Result<_>>()?;
            Ok(Contents { origin, deck, stamp, entries })
        })
        .collect()
}

/// Puts contents that were read by [`all`] back.
pub(super) fn restore(db: &mut Connection, contents: &[Contents]) -> rusqlite::Result<()> {
    contents.iter().try_for_each(|c| put(db, &c.origin, &c.deck, &c.stamp, &c.entries))
}

//! Questions to the index about the learner: attempts at interview questions, tier, and evidence for each item.

use std::collections::BTreeMap;

use rusqlite::Row;

use super::{Counts, Index, history, row};
use crate::deck::Tier;
use crate::schedule::{Attempt, CardEvent, CardState, Due, Evidence, Moment, Standing, attempts, stand};
use crate::store::StoreError;

impl Index {
    /// Lists the attempts at interview questions of a deck, also of those that it no longer holds, in order of time; what
    /// was undone is left out.
    ///
    /// # Errors
    /// The index fails; so for every question below.
    pub fn attempts(&self, deck: &str) -> Result<Vec<Attempt>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT key, history FROM card WHERE deck = ? AND ladder")?;
        let rows = statement.query_map([deck], |row| Ok((row.get::<_, String>(0)?, events(row, 1)?)))?;
        let mut all = Vec::new();
        for found in rows {
            let (card, events) = found?;
            all.extend(attempts(&card, &events));
        }
        all.sort_unstable();
        Ok(all)
    }

    /// Tells where the learner stands in a deck.
    ///
    /// # Errors
    /// As [`Index::attempts`].
    pub fn standing(&self, deck: &str) -> Result<Standing, StoreError> {
        Ok(stand(self.attempts(deck)?))
    }

    /// Counts the interview questions of a deck by tier, given its origin; a tier without any is left out. A question
    /// that names no tier is for beginners.
    ///
    /// # Errors
    /// As [`Index::attempts`].
    pub fn interviews(&self, origin: &str, now: Moment) -> Result<BTreeMap<Tier, Counts>, StoreError> {
        let sql = format!(
            "SELECT c.tier, {} FROM origin o CROSS JOIN content c ON c.origin = o.id \
             LEFT JOIN card k ON k.key = c.key WHERE o.name = ? AND c.kind = 'interview'",
            row::STATE
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query([origin])?;
        let mut sums: BTreeMap<Tier, Counts> = BTreeMap::new();
        while let Some(found) = rows.next()? {
            let tier = found.get_ref(0)?.as_str_or_null().ok().flatten().and_then(Tier::from_word);
            let known = found.get::<_, Option<u8>>(1)?.is_some();
            let state = if known { row::state(found, 1)? } else { CardState::default() };
            add(sums.entry(tier.unwrap_or(Tier::Beginner)).or_default(), &state, now);
        }
        Ok(sums)
    }

    /// Gathers the evidence for each card of a deck, and for each step or item practised in it, by key.
    ///
    /// # Errors
    /// As [`Index::attempts`].
    pub fn evidence(&self, deck: &str) -> Result<BTreeMap<String, Evidence>, StoreError> {
        // A range of keys, for which there is an index: `0` comes right after `/`.
        let sql = format!("SELECT k.key, k.history, {} FROM card k WHERE k.key > ?1 AND k.key < ?2", row::STATE);
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map([format!("{deck}/"), format!("{deck}0")], |found| {
            Ok((found.get(0)?, Evidence::of(&events(found, 1)?, &row::state(found, 2)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn events(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<CardEvent>> {
    history::unpack(row.get_ref(column)?.as_blob()?)
}

fn add(counts: &mut Counts, state: &CardState, now: Moment) {
    counts.total += 1;
    if state.is_hidden(now.day) {
        return;
    }
    match state.due {
        Due::Now => counts.new += 1,
        Due::At(_) => counts.learning += 1,
        Due::Day(day) if day <= now.day => counts.due += 1,
        Due::Day(day) => counts.due_tomorrow += usize::from(day == now.day.plus(1)),
    }
}

//! Questions to the index.

use std::collections::{BTreeSet, VecDeque};

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};
use uuid::Uuid;

use super::contents::{ENTRY, WIDTH, entry};
use super::{Entry, Index, history, row};
use crate::schedule::{CardEvent, CardState, Event, Moment, StudyDay};
use crate::store::StoreError;

/// Which cards of a deck are meant; a list that is empty means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Where the deck is, as its contents were put in.
    pub origin: String,
    /// The deck's id.
    pub deck: String,
    /// Ids of lessons.
    pub lessons: Vec<String>,
    /// Ids of items.
    pub items: Vec<String>,
    /// Tags, of which one is enough.
    pub tags: Vec<String>,
    /// Tiers.
    pub tiers: Vec<String>,
    /// Kinds.
    pub kinds: Vec<String>,
    /// What follows `#` in the keys of cards.
    pub parts: Vec<String>,
}

/// How many cards stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Reviews that are due.
    pub due: usize,
    /// Cards in their learning steps.
    pub learning: usize,
    /// Cards never answered.
    pub new: usize,
    /// Reviews due on the next study day.
    pub due_tomorrow: usize,
    /// All cards.
    pub total: usize,
}

/// The newest event that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastEvent {
    /// Its id.
    pub id: Uuid,
    /// The card's key.
    pub card: String,
    /// What it was, in words.
    pub what: &'static str,
    /// Whether it concerns this card alone, whatever else happened at the same moment.
    alone: bool,
}

impl LastEvent {
    fn goes_with(&self, other: &Self) -> bool {
        !self.alone && !other.alone && self.what == other.what
    }
}

type Found = Vec<(Entry, CardState)>;

/// Conditions on the contents, with their values.
struct Where {
    sql: String,
    values: Vec<Value>,
}

impl Where {
    fn of(query: &Query) -> Self {
        let mut made = Self { sql: "o.name = ?".to_owned(), values: vec![Value::Text(query.origin.clone())] };
        let columns = [
            ("c.lesson", &query.lessons),
            ("c.item", &query.items),
            ("c.tier", &query.tiers),
            ("c.kind", &query.kinds),
            ("c.part", &query.parts),
        ];
        for (column, wanted) in columns.into_iter().filter(|(_, wanted)| !wanted.is_empty()) {
            let marks = vec!["?"; wanted.len()].join(", ");
            made.sql += &format!(" AND {column} IN ({marks})");
            made.values.extend(wanted.iter().cloned().map(Value::Text));
        }
        if !query.tags.is_empty() {
            let each = vec!["instr(c.tags, char(31) || ? || char(31)) > 0"; query.tags.len()].join(" OR ");
            made.sql += &format!(" AND ({each})");
            made.values.extend(query.tags.iter().cloned().map(Value::Text));
        }
        made
    }

    fn and(mut self, sql: &str, values: impl IntoIterator<Item = i64>) -> Self {
        self.sql += &format!(" AND {sql}");
        self.values.extend(values.into_iter().map(Value::Integer));
        self
    }
}

/// What cards are found and counted by.
#[derive(Clone, Copy)]
enum Column {
    DueDay,
    DueAt,
    Seen,
}

impl Column {
    /// Names the column, and the index that has it behind the deck's origin.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::DueDay => ("c.due_day", "content_due"),
            Self::DueAt => ("c.due_at", "content_step"),
            Self::Seen => ("c.seen", "content_fresh"),
        }
    }
}

impl Index {
    /// Gives the state of a card; none if nothing ever happened to it.
    ///
    /// # Errors
    /// The index fails; so for every question below.
    pub fn state(&self, key: &str) -> Result<Option<CardState>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!("SELECT {} FROM card k WHERE k.key = ?", row::STATE))?;
        Ok(statement.query_row([key], |found| row::state(found, 0)).optional()?)
    }

    /// Lists cards that are due at `now`: learning steps up to `ahead_ms` early, then reviews, longest overdue first;
    /// at most `limit` of each a query.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn due(&self, queries: &[Query], now: Moment, ahead_ms: i64, limit: usize) -> Result<Found, StoreError> {
        let day = i64::from(now.day.days());
        let mut found = Vec::new();
        for query in queries {
            let soon = now.at_ms.saturating_add(ahead_ms);
            let steps = shown(Where::of(query), day).and("c.due_at <= ?", [soon]);
            found.extend(self.known(steps, Column::DueAt, limit)?);
            let reviews = shown(Where::of(query), day).and("c.due_day <= ?", [day]);
            found.extend(self.known(reviews, Column::DueDay, limit)?);
        }
        Ok(found)
    }

    /// Lists reviews that are due after `today`, nearest first.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn soon(&self, queries: &[Query], today: StudyDay, limit: usize) -> Result<Found, StoreError> {
        let day = i64::from(today.days());
        let mut found = Vec::new();
        for query in queries {
            let later = shown(Where::of(query), day).and("c.due_day > ?", [day]);
            found.extend(self.known(later, Column::DueDay, limit)?);
        }
        Ok(found)
    }

    /// Lists cards never answered, in the author's order.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn fresh(&self, queries: &[Query], today: StudyDay, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        for query in queries {
            let Where { sql, values } = shown(Where::of(query), i64::from(today.days())).and("c.seen = 0", []);
            let sql = format!(
                "SELECT {ENTRY} FROM origin o CROSS JOIN content c INDEXED BY content_fresh ON c.origin = o.id \
                 WHERE {sql} ORDER BY c.position LIMIT {limit}"
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(values), entry)?;
            found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(found)
    }

    /// Lists cards in the author's order, answered or not, but not those that are left out.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn all(&self, queries: &[Query], limit: usize) -> Result<Found, StoreError> {
        self.select(queries, Some(limit), "AND NOT coalesce(k.suspended, 0)")
    }

    /// Lists cards in the author's order, also those that are left out.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn every(&self, queries: &[Query]) -> Result<Found, StoreError> {
        self.select(queries, None, "")
    }

    fn select(&self, queries: &[Query], limit: Option<usize>, and: &str) -> Result<Found, StoreError> {
        let mut found = Vec::new();
        for query in queries {
            let Where { sql, values } = Where::of(query);
            let limit = limit.map(|limit| format!("LIMIT {limit}")).unwrap_or_default();
            let sql = format!(
                "SELECT {ENTRY}, {} FROM origin o CROSS JOIN content c ON c.origin = o.id LEFT JOIN card k ON k.key = c.key \
                 WHERE {sql} {and} ORDER BY c.position {limit}",
                row::STATE
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(values), |found| {
                let known: Option<u8> = found.get(WIDTH)?;
                let state = if known.is_some() { row::state(found, WIDTH)? } else { CardState::default() };
                Ok((entry(found)?, state))
            })?;
            found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(found)
    }

    /// Lists known cards by when they are due.
    fn known(&self, conditions: Where, by: Column, limit: usize) -> Result<Found, StoreError> {
        let Where { sql, values } = conditions;
        let (column, index) = by.names();
        let sql = format!(
            "SELECT {ENTRY}, {} FROM origin o CROSS JOIN content c INDEXED BY {index} ON c.origin = o.id \
             CROSS JOIN card k ON k.key = c.key WHERE {column} IS NOT NULL AND {sql} ORDER BY {column} LIMIT {limit}",
            row::STATE
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params_from_iter(values), |found| Ok((entry(found)?, row::state(found, WIDTH)?)))?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
    }

    /// Counts cards by where they stand at `now`.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn counts(&self, queries: &[Query], now: Moment) -> Result<Counts, StoreError> {
        let today = i64::from(now.day.days());
        let mut sum = Counts::default();
        for query in queries {
            let all = || Where::of(query);
            let open = || shown(all(), today);
            sum.due += self.count(Column::DueDay, open().and("c.due_day <= ?", [today]))?;
            sum.learning += self.count(Column::DueAt, open())?;
            sum.new += self.count(Column::Seen, open().and("c.seen = 0", []))?;
            sum.due_tomorrow += self.count(Column::DueDay, open().and("c.due_day = ?", [today + 1]))?;
            sum.total += self.count(Column::Seen, all())?;
        }
        Ok(sum)
    }

    fn count(&self, by: Column, conditions: Where) -> Result<usize, StoreError> {
        let Where { sql, values } = conditions;
        let (column, index) = by.names();
        let sql = format!(
            "SELECT count(*) FROM origin o CROSS JOIN content c INDEXED BY {index} ON c.origin = o.id \
             WHERE {column} IS NOT NULL AND {sql}"
        );
        let count: i64 = self.db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Counts, over all decks, the new cards taken up on a day and the older ones answered on it.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn today(&self, day: StudyDay) -> Result<(usize, usize), StoreError> {
        let count = |sql: &str| {
            self.db
                .prepare_cached(sql)?
                .query_row([day.days()], |row| row.get::<_, i64>(0))
                .map(|n| usize::try_from(n).unwrap_or(0))
        };
        let new = count("SELECT count(*) FROM card WHERE last_day = ?1 AND first_day = ?1")?;
        let reviewed = count("SELECT count(*) FROM card WHERE last_day = ?1 AND first_day < ?1")?;
        Ok((new, reviewed))
    }

    /// Counts the reviews of all decks that are due on a day.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn due_on(&self, queries: &[Query], day: StudyDay) -> Result<usize, StoreError> {
        let day = i64::from(day.days());
        let due = queries.iter().map(|query| {
            let on_that_day = shown(Where::of(query), day - 1).and("c.due_day = ?", [day]);
            self.count(Column::DueDay, on_that_day)
        });
        due.sum()
    }

    /// Finds the newest answer that was not taken back.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn last_review(&self) -> Result<Option<LastEvent>, StoreError> {
        let sql = "SELECT key, history FROM card WHERE last_at IS NOT NULL ORDER BY last_at DESC, id DESC LIMIT 20";
        self.newest(sql, |event| matches!(event.what, Event::Review(_)))
    }

    /// Finds the newest event of any kind but undo that was not taken back; with a suspend, bury, forget or their
    /// like, those that the same command did to other cards.
    ///
    /// # Errors
    /// As [`Index::state`].
    pub fn last_events(&self) -> Result<Vec<LastEvent>, StoreError> {
        let mut newest: ((i64, u128), VecDeque<LastEvent>) = Default::default();
        self.each_not_undone(|card, event| {
            let older = event.at_ms < newest.0.0 && !newest.1.is_empty();
            if older || matches!(event.what, Event::Undo { .. }) {
                return;
            }
            let (at, last) = ((event.at_ms, event.id), last_event(card, event));
            let together = event.at_ms == newest.0.0 && newest.1.front().is_some_and(|known| known.goes_with(&last));
            match (together, at > newest.0 || newest.1.is_empty()) {
                (true, true) => {
                    newest.0 = at;
                    newest.1.push_front(last);
                }
                (true, false) => newest.1.push_back(last),
                (false, true) => newest = (at, VecDeque::from([last])),
                (false, false) => {}
            }
        })?;
        Ok(newest.1.into())
    }

    fn each_not_undone(&self, mut each: impl FnMut(&str, &CardEvent)) -> Result<(), StoreError> {
        let mut statement = self.db.prepare_cached("SELECT key, history FROM card")?;
        let mut rows = statement.query([])?;
        while let Some(found) = rows.next()? {
            let (card, events): (String, _) = (found.get(0)?, history::unpack(&found.get::<_, Vec<u8>>(1)?)?);
            not_undone(&events).for_each(|event| each(&card, event));
        }
        Ok(())
    }

    fn newest(&self, sql: &str, wanted: fn(&CardEvent) -> bool) -> Result<Option<LastEvent>, StoreError> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut newest: Option<((i64, u128), LastEvent)> = None;
        while let Some(found) = rows.next()? {
            let events = history::unpack(&found.get::<_, Vec<u8>>(1)?)?;
            let Some(last) = not_undone(&events).filter(|e| wanted(e)).max_by_key(|e| (e.at_ms, e.id)) else {
                continue;
            };
            let at = (last.at_ms, last.id);
            if newest.as_ref().is_none_or(|(known, _)| at > *known) {
                newest = Some((at, last_event(&found.get::<_, String>(0)?, last)));
            }
        }
        Ok(newest.map(|(_, event)| event))
    }
}

/// Keeps to cards that are not left out on a day.
fn shown(conditions: Where, day: i64) -> Where {
    conditions.and("c.hidden < ?", [day])
}

/// Gives the events of one card that no undo names.
fn not_undone(events: &[CardEvent]) -> impl Iterator<Item = &CardEvent> {
    let undoes = |event: &CardEvent| if let Event::Undo { of } = event.what { Some(of) } else { None };
    let undone: BTreeSet<u128> = events.iter().filter_map(undoes).collect();
    events.iter().filter(move |event| !undone.contains(&event.id))
}

fn last_event(card: &str, event: &CardEvent) -> LastEvent {
    let alone = matches!(event.what, Event::Review(_) | Event::Practice(_) | Event::Plan { .. });
    LastEvent { id: Uuid::from_u128(event.id), card: card.to_owned(), what: in_words(&event.what), alone }
}

fn in_words(what: &Event) -> &'static str {
    match what {
        Event::Review(_) => "the answer to",
        Event::Undo { .. } => "the undo of",
        Event::Suspend => "the suspending of",
        Event::Unsuspend => "the resuming of",
        Event::Bury { .. } => "the burying of",
        Event::Unbury => "the unburying of",
        Event::Forget => "the forgetting of",
        Event::Practice(_) => "the practice of",
        Event::Plan { .. } => "the planning of",
    }
}

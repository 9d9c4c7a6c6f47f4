//! A card's state as columns.

use rusqlite::{Row, Statement, params};

use super::history;
use crate::schedule::{CardState, Due, Memory, Moment, Phase, StudyDay};

/// The columns of a state, in the order that [`state`] reads them.
pub(super) const STATE: &str = "k.phase, k.step, k.stability, k.difficulty, k.due_at, k.due_day, k.last_at, k.last_offset, \
     k.last_day, k.first_day, k.interval, k.reps, k.lapses, k.leech, k.suspended, k.buried, k.rev, \
     k.planned, k.misjudged";

/// Writes a card; one with the same key is replaced.
pub(super) const PUT: &str = "INSERT OR REPLACE INTO card (id, key, deck, phase, step, stability, difficulty, due_at, \
     due_day, last_at, last_offset, last_day, first_day, interval, reps, lapses, leech, suspended, buried, rev, planned, \
     misjudged, ladder, history) \
     VALUES ((SELECT id FROM card WHERE key = ?1), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
     ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)";

/// Writes a card of which it is known that it is not there.
pub(super) const ADD: &str = "INSERT INTO card (key, deck, phase, step, stability, difficulty, due_at, due_day, last_at, \
     last_offset, last_day, first_day, interval, reps, lapses, leech, suspended, buried, rev, planned, \
     misjudged, ladder, history) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
     ?18, ?19, ?20, ?21, ?22, ?23)";

/// Writes a card by the statement [`PUT`] or [`ADD`].
pub(super) fn write(
    statement: &mut Statement<'_>,
    key: &str,
    state: &CardState,
    history: &[u8],
) -> rusqlite::Result<()> {
    let deck = key.split('/').next().unwrap_or_default();
    let (phase, step) = match state.phase {
        Phase::New => (0, 0),
        Phase::Learning { step } => (1, step),
        Phase::Review => (2, 0),
        Phase::Relearning { step } => (3, step),
    };
    let (due_at, due_day) = match state.due {
        Due::Now => (None, None),
        Due::At(at_ms) => (Some(at_ms), None),
        Due::Day(day) => (None, Some(day.days())),
    };
    let (last, memory) = (state.last, state.memory);
    statement.execute(params![
        key,
        deck,
        phase,
        step,
        memory.map(|m| m.stability),
        memory.map(|m| m.difficulty),
        due_at,
        due_day,
        last.map(|l| l.at_ms),
        last.map(|l| l.offset_s),
        last.map(|l| l.day.days()),
        state.first_day.map(StudyDay::days),
        state.interval,
        state.reps,
        state.lapses,
        state.leech,
        state.suspended,
        state.buried.map(StudyDay::days),
        state.rev,
        state.planned.map(StudyDay::days),
        state.misjudged,
        history::is_on_ladder(history),
        history,
    ])?;
    Ok(())
}

/// Reads a state that starts at column `at`.
pub(super) fn state(row: &Row<'_>, at: usize) -> rusqlite::Result<CardState> {
    let day =
        |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i32>>(at + column)?.map(StudyDay::from_days));
    let step: u8 = row.get(at + 1)?;
    let phase = match row.get::<_, u8>(at)? {
        1 => Phase::Learning { step },
        2 => Phase::Review,
        3 => Phase::Relearning { step },
        _ => Phase::New,
    };
    let (stability, difficulty): (Option<f32>, Option<f32>) = (row.get(at + 2)?, row.get(at + 3)?);
    let due = match (row.get(at + 4)?, day(5)?) {
        (Some(at_ms), _) => Due::At(at_ms),
        (None, Some(day)) => Due::Day(day),
        (None, None) => Due::Now,
    };
    let last = match (row.get(at + 6)?, row.get(at + 7)?, day(8)?) {
        (Some(at_ms), Some(offset_s), Some(day)) => Some(Moment { at_ms, offset_s, day }),
        _ => None,
    };
    Ok(CardState {
        phase,
        memory: stability.zip(difficulty).map(|(stability, difficulty)| Memory { stability, difficulty }),
        due,
        last,
        first_day: day(9)?,
        interval: row.get(at + 10)?,
        reps: row.get(at + 11)?,
        lapses: row.get(at + 12)?,
        leech: row.get(at + 13)?,
        suspended: row.get(at + 14)?,
        buried: day(15)?,
        rev: row.get(at + 16)?,
        planned: day(17)?,
        misjudged: row.get(at + 18)?,
    })
}

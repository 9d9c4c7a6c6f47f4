//! What the log means for one card.

use std::collections::BTreeSet;

use super::{CardState, Review, Scheduler, StudyDay, chance};

/// Something that happened to a card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// It was answered.
    Review(Review),
    /// Another event was taken back, wherever it stands.
    Undo {
        /// The id of that event.
        of: u128,
    },
    /// It is left out until resumed.
    Suspend,
    /// It is back in.
    Unsuspend,
    /// It is left out through a day.
    Bury {
        /// The last day it is left out.
        through: StudyDay,
    },
    /// It is back in before that.
    Unbury,
    /// It starts over as new.
    Forget,
}

/// An event with its place in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CardEvent {
    /// UTC milliseconds since 1970.
    pub at_ms: i64,
    /// The event's id.
    pub id: u128,
    /// What happened.
    pub what: Event,
}

/// Replays all events of one card, in whatever order they come: they are sorted by (time, id), doubled ones count
/// once, and those taken back do not count.
pub fn fold(scheduler: &Scheduler, key: &str, events: &[CardEvent]) -> CardState {
    let undone: BTreeSet<u128> = events
        .iter()
        .filter_map(|event| match event.what {
            Event::Undo { of } => Some(of),
            _ => None,
        })
        .collect();
    let mut kept: Vec<&CardEvent> = events.iter().filter(|event| !undone.contains(&event.id)).collect();
    kept.sort_by_key(|event| (event.at_ms, event.id));
    kept.dedup_by_key(|event| event.id);
    kept.into_iter().fold(CardState::default(), |state, event| step(scheduler, key, &state, event))
}

/// Takes one more event in. Right only for an event later than all before it, and not for an undo, which needs the
/// whole history ([`fold`]).
pub fn step(scheduler: &Scheduler, key: &str, state: &CardState, event: &CardEvent) -> CardState {
    let mut next = state.clone();
    match event.what {
        Event::Review(review) => return scheduler.answer(state, &review, chance(key, state.reps)),
        Event::Undo { .. } => {}
        Event::Suspend => next.suspended = true,
        Event::Unsuspend => next.suspended = false,
        Event::Bury { through } => next.buried = Some(through),
        Event::Unbury => next.buried = None,
        Event::Forget => next = CardState { suspended: state.suspended, ..CardState::default() },
    }
    next
}

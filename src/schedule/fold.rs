//! What the log means for one card.

use std::collections::BTreeSet;

use super::{CardState, Rating, Review, Scheduler, StudyDay, chance};

/// Something that happened to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// It starts over as new, left out or not before.
    Forget,
    /// It was answered off the schedule, which that does not move.
    Practice(Practice),
    /// It is to come back on a day, or before it if it is due before.
    Plan {
        /// That day.
        on: StudyDay,
    },
}

/// One answer off the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Practice {
    /// The study day.
    pub day: StudyDay,
    /// The score in thousandths, if a machine could mark it.
    pub score: Option<u16>,
    /// How well it was known, if anybody said.
    pub rating: Option<Rating>,
}

/// An event with its place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CardEvent {
    /// UTC milliseconds since 1970.
    pub at_ms: i64,
    /// The event's id.
    pub id: u128,
    /// What happened.
    pub what: Event,
}

/// Replays all events of one card, in whatever order they come: they are sorted by (time, id), an id counts once, at its
/// earliest, and events that an undo names do not count. An undo cannot be undone.
///
/// ```
/// use grillme::schedule::{CardEvent, CardState, Event, Scheduler, Settings, fold};
/// let scheduler = Scheduler::new(Settings::default());
/// let suspend = CardEvent { at_ms: 1, id: 1, what: Event::Suspend };
/// let undo = CardEvent { at_ms: 2, id: 2, what: Event::Undo { of: 1 } };
/// assert!(fold(&scheduler, "docker/vm", &[suspend]).suspended);
/// assert_eq!(fold(&scheduler, "docker/vm", &[undo, suspend]), CardState::default());
/// ```
pub fn fold(scheduler: &Scheduler, key: &str, events: &[CardEvent]) -> CardState {
    kept(events).into_iter().fold(CardState::default(), |state, event| step(scheduler, key, &state, event))
}

/// Gives the events of one card that count, in order of (time, id): each id once, none that an undo names.
pub(super) fn kept(events: &[CardEvent]) -> Vec<&CardEvent> {
    let undone: BTreeSet<u128> = events.iter().filter_map(|event| event.undoes()).collect();
    let mut kept: Vec<&CardEvent> = events.iter().filter(|event| !undone.contains(&event.id)).collect();
    kept.sort_unstable_by_key(|event| (event.id, *event));
    kept.dedup_by_key(|event| event.id);
    kept.sort_unstable();
    kept
}

impl CardEvent {
    fn undoes(&self) -> Option<u128> {
        match self.what {
            Event::Undo { of } => Some(of),
            _ => None,
        }
    }
}

/// Takes one more event in. Right only for an event later than all before it, and not for an undo, which needs the
/// whole history ([`fold`]).
pub fn step(scheduler: &Scheduler, key: &str, state: &CardState, event: &CardEvent) -> CardState {
    let mut next = state.clone();
    match event.what {
        Event::Review(review) => return scheduler.answer(state, &review, chance(key, state.reps)),
        Event::Undo { .. } | Event::Practice(_) => {}
        Event::Plan { on } => {
            next.planned = Some(state.planned.map_or(on, |known| known.min(on)));
            next.due = state.due.planned_for(next.planned);
        }
        Event::Suspend => next.suspended = true,
        Event::Unsuspend => next.suspended = false,
        Event::Bury { through } => next.buried = Some(through),
        Event::Unbury => next.buried = None,
        Event::Forget => return CardState::default(),
    }
    next
}

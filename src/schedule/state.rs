//! Where a card stands.

use serde::Serialize;

use super::{Memory, Moment, StudyDay};

/// How far a card has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase", tag = "phase")]
pub enum Phase {
    /// Never answered.
    #[default]
    New,
    /// In the learning steps.
    Learning {
        /// The step last reached, from 0.
        step: u8,
    },
    /// On the schedule, in days.
    Review,
    /// Forgotten, and in the relearning steps.
    Relearning {
        /// The step last reached, from 0.
        step: u8,
    },
}

/// When a card is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Due {
    /// Whenever new cards are taken up.
    #[default]
    Now,
    /// At this UTC millisecond: a learning step within the day.
    At(i64),
    /// On this study day.
    Day(StudyDay),
}

impl Due {
    /// Brings it forward to a planned day, if there is one; a learning step within the day stays.
    #[must_use]
    pub(super) fn planned_for(self, planned: Option<StudyDay>) -> Self {
        match (self, planned) {
            (Self::Now, Some(on)) => Self::Day(on),
            (Self::Day(day), Some(on)) => Self::Day(day.min(on)),
            (due, _) => due,
        }
    }
}

/// What the schedule knows of a card.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct CardState {
    /// How far it has come.
    #[serde(flatten)]
    pub phase: Phase,
    /// How well it is remembered; none while it is new.
    pub memory: Option<Memory>,
    /// When it is due.
    pub due: Due,
    /// When it was last answered.
    #[serde(skip)]
    pub last: Option<Moment>,
    /// The study day it was first answered.
    pub first_day: Option<StudyDay>,
    /// The interval it was last given, in days; 0 within a day.
    pub interval: u32,
    /// Answers given.
    pub reps: u32,
    /// Times it was forgotten after it had been learnt.
    pub lapses: u32,
    /// Whether it is forgotten again and again.
    pub leech: bool,
    /// Whether it is left out until it is resumed.
    pub suspended: bool,
    /// Left out through this study day.
    pub buried: Option<StudyDay>,
    /// The study day it is to come back on whatever its interval; kept until it is answered on that day or later.
    pub planned: Option<StudyDay>,
    /// Whether it was answered wrong while the learner was certain, and has not been on days since.
    pub misjudged: bool,
    /// The `rev` of the item when it was last answered; 0 if never.
    pub rev: u32,
}

impl CardState {
    /// Tells whether the card is left out today.
    pub fn is_hidden(&self, today: StudyDay) -> bool {
        self.suspended || self.buried.is_some_and(|through| today <= through)
    }

    /// Tells whether an answered card is due at `now`, learning steps up to `ahead_ms` early.
    pub fn is_due(&self, now: Moment, ahead_ms: i64) -> bool {
        match self.due {
            Due::Now => false,
            Due::At(at) => at <= now.at_ms.saturating_add(ahead_ms),
            Due::Day(day) => day <= now.day,
        }
    }
}

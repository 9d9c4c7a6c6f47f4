//! When a card comes back: memory + rating + study day -> memory.
//!
//! Absent on purpose: files, clock, chance. The moment and a number in 0..1 come with each call; the crate `fsrs` is
//! named in `model.rs` only.

mod chance;
mod day;
mod fold;
mod interval;
mod model;
mod queue;
mod rating;
mod scheduler;
mod state;

pub use chance::chance;
pub use day::{DayError, Moment, ROLLOVER_HOURS, StudyDay};
pub use fold::{CardEvent, Event, fold, step};
pub use interval::{fuzz_range, interval_label};
pub use model::{Memory, Model, ModelWarning};
pub use queue::{Candidate, Limits, order};
pub use rating::Rating;
pub use scheduler::{LEARN_AHEAD_MS, Review, Scheduler, Settings, due_under_deadline};
pub use state::{CardState, Due, Phase};

#[cfg(test)]
mod tests;

//! When a card comes back: memory + rating + study day -> memory.
//!
//! Absent on purpose: files, clock, chance. The moment and a number in 0..1 come with each call; the crate `fsrs` is
//! named in `model.rs` only.

mod chance;
mod day;
mod evidence;
mod fold;
mod interval;
mod ladder;
mod mix;
mod model;
mod queue;
mod rating;
mod scheduler;
mod state;

pub use chance::chance;
pub use day::{DayError, Moment, ROLLOVER_HOURS, StudyDay};
pub use evidence::{Coverage, Evidence};
pub use fold::{CardEvent, Event, Practice, fold, step};
pub use interval::{fuzz_range, interval_label};
pub use ladder::{AFRESH_DAYS, Attempt, CLIMB_AT, DISTINCT, Movement, Standing, attempts, climb, stand};
pub use mix::{Question, mix};
pub use model::{Memory, Model, ModelWarning};
pub use queue::{Candidate, Limits, order, order_after};
pub use rating::{Certainty, Rating};
pub use scheduler::{LEARN_AHEAD_MS, Review, Scheduler, Settings, due_under_deadline};
pub use state::{CardState, Due, Phase};

#[cfg(test)]
mod ladder_tests;
#[cfg(test)]
mod mix_tests;
#[cfg(test)]
mod tests;

//! What to ask next, and what an answer changes: a pure state machine.
//!
//! Absent on purpose: the store, the terminal, the clock. Cards come in with their states, the moment comes with each
//! call, and what was answered goes out as values for others to keep and to show.

mod drill;
mod tally;

pub use drill::{Answered, Card, Drill, Mode, Step};
pub use tally::{Missed, Tally};

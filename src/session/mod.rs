//! What to ask next, and what an answer changes: a pure state machine.
//!
//! Absent on purpose: the store, the terminal, the clock. Cards come in with their states, the moment comes with each
//! call, and what was answered goes out as values for others to keep and to show.

mod drill;
mod exam;
mod exam_mark;
mod exam_sheet;
mod follow_up;
mod mock;
mod quiz;
mod report;
mod seal;
mod tally;

pub use drill::{Answered, Card, Drill, Mode, Step};
pub use exam::{
    ClaimFound, DeckUsed, Exam, Examined, Found, Place, PointFound, Rule, Status, StepExamined, rounded, verdict_word,
};
pub use exam_mark::{Question, Reply, examinable, examine};
pub use exam_sheet::{SheetLine, Shuffle, arranged, arranged_step, sheet_line};
pub use follow_up::follow_ups;
pub use mock::{CLIMB_FROM, Mock, Move, Topic};
pub use quiz::{Miss, Quiz, Score, Tried, Turn, spread};
pub use report::{Band, Banded, Open, Report, Round, SelfRated, TO_FIX, TierCoverage};
pub use seal::{Sealing, seal};
pub use tally::{Missed, Tally};

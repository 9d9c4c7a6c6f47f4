//! What a learner answered, in the shape that the item's kind asks for.

use std::collections::BTreeMap;

use crate::deck::{Id, Move};

/// An answer to one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// What was typed: typed and cloze items.
    Text(String),
    /// The ids of the options picked: choice items.
    Options(Vec<Id>),
    /// The ids of the steps in the order given, those that do not belong left out or wrongly included: order items.
    Sequence(Vec<Id>),
    /// The id of a pair, for its left side -> an index into [`Match::rights`](crate::deck::Match::rights), or nothing
    /// when it was left unmatched: match items.
    Pairs(BTreeMap<Id, Option<usize>>),
    /// Hole -> what was typed for it: diagram items.
    Labels(BTreeMap<u32, String>),
    /// Metric -> how it moves, one map a case: what-if items.
    Moves(Vec<BTreeMap<String, Move>>),
    /// Step -> the answer to it: scenario items. A step without an answer was left out.
    Steps(BTreeMap<Id, Answer>),
    /// The ids of the steps covered: checklist items. Only the learner marks them.
    Ticks(Vec<Id>),
}

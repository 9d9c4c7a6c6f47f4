//! Answer and item in, score and evidence out.
//!
//! Absent on purpose: files, clock, chance, terminal, and the schedule: a [`Mark`] becomes at most a [`Proposal`],
//! which the learner may overrule. Every kind that a machine can mark is one file here; [`mark`] is the list of them.
//! Marking is total: any answer to any item gives a mark or [`None`], never a panic.

mod answer;
mod choice;
mod cloze;
mod compare;
mod diagram;
mod edit;
pub mod expected;
pub mod given;
pub mod handle;
#[cfg(test)]
mod laws;
mod number;
mod order;
mod outcome;
mod pairing;
mod rubric;
pub mod scenario;
pub mod sealed;
#[cfg(test)]
mod tests;
mod typed;
mod whatif;
mod wording;

pub use answer::Answer;
pub use outcome::{Finding, Mark, Proposal, Verdict, proposed};
pub use rubric::{
    ClaimMark, Coverage, Doubt, Evidence, Marker, Missed, PointMark, PointVerdict, SentenceRead, Trace, Trial, Trials,
    confirmed, mark_open, proposed_for,
};

use crate::deck::{Item, Kind, Part};

/// Marks an answer to one card of an item.
///
/// A scenario has no card and is marked as a whole. Gives [`None`] when the item has no such card, when its kind is
/// marked by the learner or by a rubric, or when the answer is of another kind than the item. An answer that is empty
/// scores 0.
///
/// ```
/// use grillme::deck::{Context, FromNode, Item, Node, Part};
/// use grillme::grade::{Answer, Verdict, mark};
/// let json = r#"{"id": "vm", "kind": "typed", "prompt": "What runs virtual machines?", "accept": ["hypervisor"]}"#;
/// let mut problems = Vec::new();
/// let item = Item::from_node(&Node::parse(json).unwrap(), &mut Context::new(0, &mut problems)).unwrap();
/// let mark = |text: &str| mark(&item, Part::Whole, &Answer::Text(text.into())).unwrap().verdict;
/// assert_eq!(mark(" Hypervisor. "), Verdict::Right);
/// assert_eq!(mark("hypervisr"), Verdict::Slip);
/// assert_eq!(mark("kernel"), Verdict::Wrong);
/// ```
pub fn mark(item: &Item, part: Part, answer: &Answer) -> Option<Mark> {
    if let (Kind::Scenario(scenario), Part::Whole, Answer::Steps(answers)) = (&item.kind, part, answer) {
        return Some(scenario::mark(scenario, answers));
    }
    if let Kind::Sealed(sealed) = &item.kind {
        return sealed::mark(sealed, answer);
    }
    if !item.parts().contains(&part) {
        return None;
    }
    match (&item.kind, part, answer) {
        (Kind::Cloze(cloze), Part::Cloze(number), Answer::Text(text)) => Some(cloze::mark(cloze, number, text)),
        (Kind::Choice(choice), _, Answer::Options(picked)) => Some(choice::mark(choice, picked)),
        (Kind::Typed(typed), _, Answer::Text(text)) => Some(typed::mark(typed, text)),
        (Kind::Order(order), _, Answer::Sequence(sequence)) => Some(order::mark(order, sequence)),
        (Kind::Match(pairing), _, Answer::Pairs(pairs)) => Some(pairing::mark(pairing, pairs)),
        (Kind::Diagram(diagram), _, Answer::Labels(labels)) => Some(diagram::mark(diagram, labels)),
        (Kind::Whatif(whatif), _, Answer::Moves(moves)) => Some(whatif::mark(whatif, moves)),
        _ => None,
    }
}

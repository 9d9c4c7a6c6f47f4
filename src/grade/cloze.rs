//! Marking cloze items: the answer as written in the text, or what else is accepted in its holes.

use super::Mark;
use super::wording::find_label;
use crate::deck::Cloze;

/// Marks what was typed for the holes of one number.
pub(super) fn mark(cloze: &Cloze, number: u8, answer: &str) -> Mark {
    Mark::by_share(vec![find_label(format!("c{number}"), answer, &cloze.accepted(number))])
}

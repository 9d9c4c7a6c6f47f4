//! Typed items: one line.

use crate::grade::Answer;
use crate::term::{Asked, Prompter};

pub(super) fn ask(p: &mut dyn Prompter, hint: bool) -> Asked<Answer> {
    Ok(p.line("Answer", hint)?.map(Answer::Text))
}

//! Flash cards: a front, then on request the back; the learner rates.

use std::io;

use super::prose;
use crate::deck::{Flash, Part, Text};
use crate::term::{Asked, Button, Prompter, Reply};

pub(super) fn show(p: &mut dyn Prompter, flash: &Flash, part: Part) -> io::Result<()> {
    prose(p, sides(flash, part).0)
}

/// Waits for Enter, then shows the back. A button's digit shows it and rates at once: the button's index.
///
/// # Errors
/// See [`PromptError`](crate::term::PromptError).
pub fn reveal(p: &mut dyn Prompter, flash: &Flash, part: Part, buttons: &[Button], hint: bool) -> Asked<Option<usize>> {
    let reply = p.reveal(buttons, hint)?;
    if let Reply::Given(_) = reply {
        p.say("")?;
        prose(p, sides(flash, part).1)?;
    }
    Ok(reply)
}

fn sides(flash: &Flash, part: Part) -> (&Text, &Text) {
    match (part, &flash.reverse_front, &flash.reverse_back) {
        (Part::Reverse, Some(front), Some(back)) => (front, back),
        _ => (&flash.front, &flash.back),
    }
}

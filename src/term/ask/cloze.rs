//! Cloze items: the text with one number's holes open, the others filled in.

use std::io;

use super::prose;
use crate::deck::{Cloze, Part, Text};
use crate::grade::Answer;
use crate::term::{Asked, Prompter};

pub(super) fn show(p: &mut dyn Prompter, cloze: &Cloze, part: Part) -> io::Result<()> {
    let open = |number: u8| !matches!(part, Part::Cloze(asked) if asked != number);
    let text = cloze.written(|number, answer, hint| match hint {
        _ if !open(number) => answer.raw().to_owned(),
        Some(hint) => format!("[{}]", hint.raw()),
        None => "[...]".to_owned(),
    });
    prose(p, &Text::new(text))
}

pub(super) fn ask(p: &mut dyn Prompter, cloze: &Cloze, part: Part, hint: bool) -> Asked<Answer> {
    let holes = cloze.pieces.iter().filter_map(|piece| piece.number());
    let open = holes.filter(|number| !matches!(part, Part::Cloze(asked) if asked != *number)).count();
    let prompt = if open > 1 { "The holes have one answer" } else { "In the hole" };
    Ok(p.line(prompt, hint)?.map(Answer::Text))
}

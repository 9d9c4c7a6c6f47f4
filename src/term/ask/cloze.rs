//! Cloze items: the text with one number's holes open, the others filled in; or with all of them open, each to be filled.

use std::io;

use super::{in_turn, prose};
use crate::deck::{Cloze, Part, Text};
use crate::grade::Answer;
use crate::term::{Asked, Prompter};

pub(super) fn show(p: &mut dyn Prompter, cloze: &Cloze, part: Part) -> io::Result<()> {
    let several = matches!(part, Part::Whole) && cloze.numbers().len() > 1;
    let open = |number: u8| !matches!(part, Part::Cloze(asked) if asked != number);
    let text = cloze.written(|number, answer, hint| match hint {
        _ if !open(number) => answer.raw().to_owned(),
        Some(hint) if several => format!("[{number}: {}]", hint.raw()),
        None if several => format!("[{number}]"),
        Some(hint) => format!("[{}]", hint.raw()),
        None => "[...]".to_owned(),
    });
    prose(p, &Text::new(text))
}

pub(super) fn ask(p: &mut dyn Prompter, cloze: &Cloze, part: Part, hint: bool) -> Asked<Answer> {
    if matches!(part, Part::Whole) {
        return ask_all(p, cloze, hint);
    }
    let holes = cloze.pieces.iter().filter_map(|piece| piece.number());
    let open = holes.filter(|number| !matches!(part, Part::Cloze(asked) if asked != *number)).count();
    let prompt = if open > 1 { "The holes have one answer" } else { "In the hole" };
    Ok(p.line(prompt, hint)?.map(Answer::Text))
}

/// Asks for every number in turn.
fn ask_all(p: &mut dyn Prompter, cloze: &Cloze, hint: bool) -> Asked<Answer> {
    let numbers = cloze.numbers();
    let prompt = |number: u8| if numbers.len() > 1 { format!("In hole {number}") } else { "In the hole".to_owned() };
    let filled = in_turn(numbers.len(), |at| p.line(&prompt(numbers[at]), hint && at == 0))?;
    Ok(filled.map(|texts| Answer::Labels(numbers.iter().map(|number| u32::from(*number)).zip(texts).collect())))
}

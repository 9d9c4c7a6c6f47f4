//! How each item kind is shown and asked: one file a kind, each with `show` and `ask`.
//!
//! `show` writes what there is to look at, once; `ask` can be called again, after a hint.

pub mod checklist;
mod choice;
mod cloze;
mod diagram;
pub mod flash;
mod hints;
mod matching;
mod order;
pub mod points;
pub mod scenario;
mod typed;
mod whatif;

use std::io;

pub use hints::Hints;

use super::{Asked, Prompter, Reply};
use crate::deck::{Item, Kind, Part, Stimulus, Text};
use crate::grade::{Answer, Mark, Verdict};
use crate::render::{markdown, safe, safe_line, slips, stimulus};

/// Shows a question: its stimuli, then what its kind puts before the learner.
///
/// # Errors
/// What writing failed with.
pub fn show(p: &mut dyn Prompter, item: &Item, part: Part) -> io::Result<()> {
    show_stimuli(p, &item.stimulus)?;
    match &item.kind {
        Kind::Flash(flash) => flash::show(p, flash, part),
        Kind::Cloze(cloze) => cloze::show(p, cloze, part),
        Kind::Diagram(diagram) => diagram::show(p, diagram),
        Kind::Whatif(whatif) => whatif::show(p, whatif),
        _ => prose(p, &item.stem()),
    }
}

/// Asks a question that can be graded. `shuffle` is the order in which options, steps or right sides are listed:
/// indices into the author's order (for an order item `steps`, then `extra`; for a match item
/// [`Match::rights`](crate::deck::Match::rights)). `hint` tells whether a hint is left.
///
/// Gives `None` for kinds that take more than one answer and a mark: see [`flash`], [`scenario`] and [`checklist`].
///
/// # Errors
/// See [`PromptError`](super::PromptError).
pub fn ask(p: &mut dyn Prompter, item: &Item, part: Part, shuffle: &[usize], hint: bool) -> Asked<Option<Answer>> {
    let reply = match item.kind.asked() {
        Kind::Choice(choice) => choice::ask(p, choice, shuffle, hint),
        Kind::Cloze(cloze) => cloze::ask(p, cloze, part, hint),
        Kind::Typed(_) => typed::ask(p, hint),
        Kind::Order(order) => order::ask(p, order, shuffle, hint),
        Kind::Match(matching) => matching::ask(p, matching, shuffle, hint),
        Kind::Diagram(diagram) => diagram::ask(p, diagram, hint),
        Kind::Whatif(whatif) => whatif::ask(p, whatif, hint),
        Kind::Flash(_) | Kind::Scenario(_) | Kind::Checklist(_) | Kind::Interview(_) | Kind::Sealed(_) => {
            return Ok(Reply::Given(None));
        }
    };
    reply.map(|reply| reply.map(Some))
}

/// Asks whether an answer that is one edit away from right was a slip of the finger; other marks stay as they are.
///
/// # Errors
/// See [`PromptError`](super::PromptError).
pub fn settle(p: &mut dyn Prompter, mark: Mark) -> Asked<Mark> {
    if mark.verdict != Verdict::Slip {
        return Ok(Reply::Given(mark));
    }
    let told = slips(&mark, p.style());
    p.say(&told)?;
    Ok(p.confirm("Was it only a slip?", true)?.map(|slip| mark.settle_slips(slip)))
}

fn show_stimuli(p: &mut dyn Prompter, stimuli: &[Stimulus]) -> io::Result<()> {
    for one in stimuli {
        let lines = stimulus(one, p.style());
        say_lines(p, &lines)?;
        p.say("")?;
    }
    Ok(())
}

/// Shows Markdown from a deck.
fn prose(p: &mut dyn Prompter, text: &Text) -> io::Result<()> {
    let lines = markdown(&safe(text), p.style());
    say_lines(p, &lines)
}

fn say_lines(p: &mut dyn Prompter, lines: &[String]) -> io::Result<()> {
    lines.iter().try_for_each(|line| p.say(line))
}

/// Lists texts in the order of `shuffle`, each on one line. Indices that are out of range list nothing.
fn shuffled<'t>(texts: &[&'t Text], shuffle: &[usize]) -> Vec<(usize, &'t Text)> {
    shuffle.iter().filter_map(|at| texts.get(*at).map(|text| (*at, *text))).collect()
}

fn lines(texts: &[(usize, &Text)]) -> Vec<String> {
    texts.iter().map(|(_, text)| safe_line(text)).collect()
}

/// Asks several prompts in turn. Undo goes back to the prompt before; at the first one it is the caller's.
fn in_turn<T>(count: usize, mut ask: impl FnMut(usize) -> Asked<T>) -> Asked<Vec<T>> {
    let mut given = Vec::new();
    while given.len() < count {
        match ask(given.len())? {
            Reply::Given(answer) => given.push(answer),
            Reply::Undo if given.pop().is_some() => {}
            Reply::Undo => return Ok(Reply::Undo),
            Reply::Hint => return Ok(Reply::Hint),
            Reply::Leave => return Ok(Reply::Leave),
        }
    }
    Ok(Reply::Given(given))
}

#[cfg(test)]
mod tests;

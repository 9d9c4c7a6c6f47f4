//! Answers laid down beforehand, for tests of what asks.

use std::collections::VecDeque;
use std::io;

use super::{Asked, Button, PromptError, Prompter, Reply, Written};
use crate::render::Style;

/// One reply laid down beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Enter: reveals, rates with the default, goes on.
    Enter,
    /// A button, an option, by index.
    Index(usize),
    /// Several options, or a sequence.
    Indices(Vec<usize>),
    /// A line.
    Line(String),
    /// Yes or no.
    Yes(bool),
    /// Asks for a hint.
    Hint,
    /// Takes back.
    Undo,
    /// Leaves.
    Leave,
}

/// Replies from a list and keeps what was said. Leaves when the list is empty.
pub struct Scripted {
    steps: VecDeque<Step>,
    style: Style,
    /// Every text said and every prompt asked, in order.
    pub said: Vec<String>,
}

impl Scripted {
    /// Makes a prompter that replies with `steps`, one a prompt.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self { steps: steps.into_iter().collect(), style: Style::plain(80), said: Vec::new() }
    }

    fn next<T>(&mut self, prompt: &str, read: impl Fn(&Step) -> Option<T>) -> Asked<T> {
        self.said.push(prompt.to_owned());
        let step = self.steps.pop_front().unwrap_or(Step::Leave);
        Ok(match &step {
            Step::Hint => Reply::Hint,
            Step::Undo => Reply::Undo,
            Step::Leave => Reply::Leave,
            step => Reply::Given(read(step).ok_or_else(|| wrong(prompt, step))?),
        })
    }
}

fn wrong(prompt: &str, step: &Step) -> PromptError {
    PromptError::Io(io::Error::new(io::ErrorKind::InvalidInput, format!("{step:?} is no reply to {prompt:?}")))
}

fn one(step: &Step, count: usize) -> Option<usize> {
    if let Step::Index(at) = step { Some(*at).filter(|at| *at < count) } else { None }
}

fn many(step: &Step, count: usize) -> Option<Vec<usize>> {
    let Step::Indices(all) = step else { return None };
    all.iter().all(|at| *at < count).then(|| all.clone())
}

impl Prompter for Scripted {
    fn say(&mut self, text: &str) -> io::Result<()> {
        self.said.push(text.to_owned());
        Ok(())
    }

    fn style(&self) -> &Style {
        &self.style
    }

    fn clear_typed_ahead(&mut self) {}

    fn reveal(&mut self, buttons: &[Button], _: bool) -> Asked<Option<usize>> {
        self.next("reveal", |step| match step {
            Step::Enter => Some(None),
            step => one(step, buttons.len()).map(Some),
        })
    }

    fn rate(&mut self, buttons: &[Button], default: usize) -> Asked<usize> {
        self.next("rate", |step| if *step == Step::Enter { Some(default) } else { one(step, buttons.len()) })
    }

    fn pick(&mut self, prompt: &str, options: &[String], _: bool) -> Asked<usize> {
        self.next(prompt, |step| one(step, options.len()))
    }

    fn pick_many(&mut self, prompt: &str, options: &[String], _: bool) -> Asked<Vec<usize>> {
        self.next(prompt, |step| many(step, options.len()))
    }

    fn order(&mut self, prompt: &str, steps: &[String], _: bool) -> Asked<Vec<usize>> {
        self.next(prompt, |step| many(step, steps.len()))
    }

    fn line(&mut self, prompt: &str, _: bool) -> Asked<String> {
        self.next(prompt, |step| match step {
            Step::Enter => Some(String::new()),
            Step::Line(line) => Some(line.clone()),
            _ => None,
        })
    }

    fn write(&mut self, _: &str, draft: &mut dyn FnMut(&str), _: bool) -> Asked<Written> {
        let written = self.next("write", |step| match step {
            Step::Enter => Some(String::new()),
            Step::Line(text) => Some(text.clone()),
            _ => None,
        })?;
        if let Reply::Given(text) = &written {
            draft(text);
        }
        Ok(written.map(Written::Answer))
    }

    fn menu(&mut self, prompt: &str, buttons: &[Button], default: usize, _: &str) -> Asked<usize> {
        self.next(if prompt.is_empty() { "menu" } else { prompt }, |step| {
            if *step == Step::Enter { Some(default) } else { one(step, buttons.len()) }
        })
    }

    fn confirm(&mut self, prompt: &str, default: bool) -> Asked<bool> {
        self.next(prompt, |step| match step {
            Step::Enter => Some(default),
            Step::Yes(yes) => Some(*yes),
            _ => None,
        })
    }

    fn pause(&mut self) -> Asked<()> {
        self.next("pause", |step| (*step == Step::Enter).then_some(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_come_in_order_and_the_end_of_the_list_leaves() {
        let mut p = Scripted::new([Step::Line("tmpfs".into()), Step::Hint, Step::Index(7)]);
        assert_eq!(p.line("Name it", true).unwrap(), Reply::Given("tmpfs".to_owned()));
        assert_eq!(p.pause().unwrap(), Reply::Hint);
        let error = p.pick("Which?", &["a".to_owned()], false).unwrap_err();
        assert_eq!(error.to_string(), "cannot ask: Index(7) is no reply to \"Which?\"");
        assert_eq!(p.confirm("Sure?", true).unwrap(), Reply::Leave);
        assert_eq!(p.said, ["Name it", "pause", "Which?", "Sure?"]);
    }
}

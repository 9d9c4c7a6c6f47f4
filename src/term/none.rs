//! Nobody is asked: every prompt fails and says what to do instead.

use std::io::{self, Write};

use super::{Asked, Button, PromptError, Prompter, Written};
use crate::render::Style;

/// Refuses to ask, for `--no-input`.
pub struct NoInput<W> {
    output: W,
    style: Style,
    instead: String,
}

impl<W: Write> NoInput<W> {
    /// Makes a prompter that refuses; `instead` says what answers the command's prompts, as in `pass --yes`.
    pub fn new(output: W, style: Style, instead: impl Into<String>) -> Self {
        Self { output, style, instead: instead.into() }
    }

    fn refuse<T>(&self, what: &'static str) -> Asked<T> {
        Err(PromptError::NoInput { what, instead: self.instead.clone() })
    }
}

impl<W: Write> Prompter for NoInput<W> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    fn style(&self) -> &Style {
        &self.style
    }

    fn clear_typed_ahead(&mut self) {}

    fn reveal(&mut self, _: &[Button], _: bool) -> Asked<Option<usize>> {
        self.refuse("a key")
    }

    fn rate(&mut self, _: &[Button], _: usize) -> Asked<usize> {
        self.refuse("a rating")
    }

    fn pick(&mut self, _: &str, _: &[String], _: bool) -> Asked<usize> {
        self.refuse("a choice")
    }

    fn pick_many(&mut self, _: &str, _: &[String], _: bool) -> Asked<Vec<usize>> {
        self.refuse("a choice")
    }

    fn order(&mut self, _: &str, _: &[String], _: bool) -> Asked<Vec<usize>> {
        self.refuse("a sequence")
    }

    fn line(&mut self, _: &str, _: bool) -> Asked<String> {
        self.refuse("a line")
    }

    fn write(&mut self, _: &str, _: &mut dyn FnMut(&str), _: bool) -> Asked<Written> {
        self.refuse("a text")
    }

    fn menu(&mut self, _: &str, _: &[Button], _: usize, _: &str) -> Asked<usize> {
        self.refuse("a key")
    }

    fn confirm(&mut self, _: &str, _: bool) -> Asked<bool> {
        self.refuse("a confirmation")
    }

    fn pause(&mut self) -> Asked<()> {
        self.refuse("a key")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_fails_and_names_the_way_out() {
        let mut none = NoInput::new(Vec::new(), Style::plain(80), "pass --yes");
        let errors = [
            none.reveal(&[], false).map(drop).unwrap_err(),
            none.rate(&[], 0).map(drop).unwrap_err(),
            none.pick("", &[], false).map(drop).unwrap_err(),
            none.pick_many("", &[], false).map(drop).unwrap_err(),
            none.order("", &[], false).map(drop).unwrap_err(),
            none.line("", false).map(drop).unwrap_err(),
            none.write("", &mut |_| {}, false).map(drop).unwrap_err(),
            none.menu("", &[], 0, "").map(drop).unwrap_err(),
            none.confirm("", true).map(drop).unwrap_err(),
            none.pause().map(drop).unwrap_err(),
        ];
        let expected = [
            "a key",
            "a rating",
            "a choice",
            "a choice",
            "a sequence",
            "a line",
            "a text",
            "a key",
            "a confirmation",
            "a key",
        ];
        for (error, what) in errors.iter().zip(expected) {
            assert_eq!(error.to_string(), format!("input is off, and {what} is asked for; pass --yes"));
        }
    }
}

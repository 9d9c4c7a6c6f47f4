//! Asking a person: the [`Prompter`] and its back ends, and how each item kind is asked.
//!
//! Absent on purpose: store, schedule, the process's environment. Only this module uses dialoguer and console.
//! Which back end serves is decided once, by [`choose`], from facts that `env` reads.

mod area;
pub mod ask;
mod edit;
mod guard;
mod lists;
mod none;
mod numbers;
mod pager;
mod plain;
mod scripted;
mod terminal;
mod theme;
mod words;
mod writing;

use std::io;

use crate::render::Style;

pub use guard::{Guard, before_a_signal_ends, go_on_unless_ending};
pub use none::NoInput;
pub use pager::Pager;
pub use plain::Plain;
pub use scripted::{Scripted, Step};
pub use terminal::{Terminal, size};

/// What came back from a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply<T> {
    /// An answer.
    Given(T),
    /// The next hint is wanted.
    Hint,
    /// The last answer is to be taken back.
    Undo,
    /// The learner leaves: Esc, `q`, or the end of the input.
    Leave,
}

impl<T> Reply<T> {
    /// Changes the answer, if there is one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Given(answer) => Reply::Given(change(answer)),
            Self::Hint => Reply::Hint,
            Self::Undo => Reply::Undo,
            Self::Leave => Reply::Leave,
        }
    }

    /// Goes on with the answer, if there is one.
    ///
    /// # Errors
    /// What going on fails with.
    pub fn then<U, E>(self, go_on: impl FnOnce(T) -> Result<Reply<U>, E>) -> Result<Reply<U>, E> {
        match self {
            Self::Given(answer) => go_on(answer),
            Self::Hint => Ok(Reply::Hint),
            Self::Undo => Ok(Reply::Undo),
            Self::Leave => Ok(Reply::Leave),
        }
    }
}

/// Why a prompt gave nothing back.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C at the prompt.
    #[error("interrupted")]
    Interrupted,
    /// Nobody may be asked.
    #[error("input is off, and {what} is asked for; {instead}")]
    NoInput {
        /// What was asked for.
        what: &'static str,
        /// What to do instead, naming the flag, as in `pass --yes`.
        instead: String,
    },
    /// The terminal or the pipe failed.
    #[error("cannot ask: {0}")]
    Io(#[source] io::Error),
}

impl From<io::Error> for PromptError {
    fn from(e: io::Error) -> Self {
        if e.kind() == io::ErrorKind::Interrupted { Self::Interrupted } else { Self::Io(e) }
    }
}

/// What a prompt gives back.
pub type Asked<T> = Result<Reply<T>, PromptError>;

/// A rating that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// The key for it: `'1'`, `'2'`...
    pub key: char,
    /// Its name: `Good`.
    pub name: String,
    /// What follows from it: `10m`.
    pub caption: String,
}

/// What came of writing a text of several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The text, trimmed; an empty one means "I do not know".
    Answer(String),
    /// The learner goes on in an editor, from this text.
    Editor(String),
}

/// Someone to ask. Every text handed in is safe already, and prompts and options are single lines.
///
/// `hint` tells whether a hint is left to offer. No prompt gives back an index that is out of range.
pub trait Prompter {
    /// Shows text, followed by a new line.
    ///
    /// # Errors
    /// What writing failed with.
    fn say(&mut self, text: &str) -> io::Result<()>;

    /// Gives how text is to be set.
    fn style(&self) -> &Style;

    /// Keeps what is typed between two prompts off the screen from now on; off while another program has the terminal.
    fn hush(&mut self, _on: bool) {}

    /// Drops what was typed before the next prompt showed, so that no pasted line answers it.
    fn clear_typed_ahead(&mut self);

    /// Waits before the answer is shown. A button's key reveals and rates at once: its index.
    ///
    /// # Errors
    /// See [`PromptError`]; so for every prompt below.
    fn reveal(&mut self, buttons: &[Button], hint: bool) -> Asked<Option<usize>>;

    /// Asks for a rating, `default` being the button for space or Enter; gives the button's index.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn rate(&mut self, buttons: &[Button], default: usize) -> Asked<usize>;

    /// Asks for one of the options; gives its index.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn pick(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<usize>;

    /// Asks for any number of the options; gives their indices, rising.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn pick_many(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<Vec<usize>>;

    /// Asks for the sequence of all steps; gives their indices.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn order(&mut self, prompt: &str, steps: &[String], hint: bool) -> Asked<Vec<usize>>;

    /// Asks for a line, trimmed; an empty one means "I do not know". As any letter may be the answer, `?` alone asks
    /// for help, and `:h`, `:u`, `:q` stand for hint, undo and leave.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn line(&mut self, prompt: &str, hint: bool) -> Asked<String>;

    /// Asks for a text of several lines, which goes on from `start`. A dot alone on a line ends it; alone on a line,
    /// `?` asks for help, and `:h`, `:u`, `:q`, `:e` stand for hint, undo, leave and editor. `draft` is told the text
    /// whenever it changed, so that nothing written is lost when the terminal goes away.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn write(&mut self, start: &str, draft: &mut dyn FnMut(&str), hint: bool) -> Asked<Written>;

    /// Asks for one of several keys, `default` being the one for space or Enter; gives the button's index. `prompt` names
    /// the keys, or nothing does and the buttons are listed; `help` says what they do.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn menu(&mut self, prompt: &str, buttons: &[Button], default: usize, help: &str) -> Asked<usize>;

    /// Asks yes or no.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn confirm(&mut self, prompt: &str, default: bool) -> Asked<bool>;

    /// Waits for Enter.
    ///
    /// # Errors
    /// See [`PromptError`].
    fn pause(&mut self) -> Asked<()>;
}

/// What decides how people are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Whether standard input is a terminal.
    pub stdin_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_terminal: bool,
    /// Whether TERM is `dumb`.
    pub dumb: bool,
    /// Rows and columns of the terminal, where known; see [`size`].
    pub size: Option<(u16, u16)>,
    /// Whether `--plain` was given.
    pub plain: bool,
    /// Whether `--no-input` was given.
    pub no_input: bool,
}

/// How people are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// Keys and lists that redraw: [`Terminal`].
    Terminal,
    /// Numbered lists and lines: [`Plain`].
    Plain,
    /// Not at all: [`NoInput`].
    None,
}

/// Decides how people are asked. Lists that redraw need a terminal on both sides, one that is not dumb, of at least
/// 5 rows and 20 columns.
pub fn choose(facts: &Facts) -> Backend {
    let roomy = facts.size.is_some_and(|(rows, columns)| rows >= 5 && columns >= 20);
    if facts.no_input {
        Backend::None
    } else if facts.stdin_terminal && facts.stderr_terminal && !facts.dumb && !facts.plain && roomy {
        Backend::Terminal
    } else {
        Backend::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_redraw_need_a_terminal_that_can_show_them() {
        let good = Facts {
            stdin_terminal: true,
            stderr_terminal: true,
            dumb: false,
            size: Some((5, 20)),
            plain: false,
            no_input: false,
        };
        assert_eq!(choose(&good), Backend::Terminal);
        let worse = [
            Facts { stdin_terminal: false, ..good },
            Facts { stderr_terminal: false, ..good },
            Facts { dumb: true, ..good },
            Facts { size: None, ..good },
            Facts { size: Some((4, 80)), ..good },
            Facts { size: Some((24, 19)), ..good },
            Facts { plain: true, ..good },
        ];
        assert!(worse.iter().all(|facts| choose(facts) == Backend::Plain));
        assert_eq!(choose(&Facts { no_input: true, ..good }), Backend::None);
    }
}

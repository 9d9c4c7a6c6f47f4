//! Long text through the learner's pager.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::guard;

/// A program that shows text page by page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    program: String,
    arguments: Vec<String>,
}

impl Pager {
    /// Reads a command line as a shell does, but runs no shell: words, quotes and backslashes. Gives none for an empty
    /// line and for `cat`, which mean that text is not to be paged.
    ///
    /// # Errors
    /// A quote that is never closed.
    ///
    /// ```
    /// use grillme::term::Pager;
    /// assert!(Pager::parse("less '-P a lesson' -R").unwrap().is_some());
    /// assert!(Pager::parse(" cat ").unwrap().is_none());
    /// assert!(Pager::parse("less '").is_err());
    /// ```
    pub fn parse(line: &str) -> Result<Option<Self>, String> {
        let mut words = shell_words::split(line).map_err(|e| e.to_string())?.into_iter();
        let program = words.next().filter(|program| program != "cat");
        Ok(program.map(|program| Self { program, arguments: words.collect() }))
    }

    /// Gives the pager that is used when none is named: `less`, which ends at once where the text fits on the screen,
    /// passes colours on, and leaves what it showed there.
    pub fn usual() -> Self {
        Self { program: "less".to_owned(), arguments: vec!["-FRX".to_owned()] }
    }

    /// Shows text and waits until it was read. Gives false when there is no such program: nothing was shown then.
    /// `less` says how `less` is to behave where its own variable says nothing.
    ///
    /// # Errors
    /// The program cannot be run, or ended in failure.
    pub fn show(&self, text: &str, less: Option<&str>) -> io::Result<bool> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::piped());
        command.envs(less.map(|flags| ("LESS", flags)));
        // Ctrl-C is the pager's.
        guard::outlive_interrupts()?;
        let mut child = match command.spawn() {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
            other => other?,
        };
        if let Some(mut stdin) = child.stdin.take() {
            // Who leaves the pager early has read enough.
            match stdin.write_all(text.as_bytes()) {
                Err(e) if e.kind() != io::ErrorKind::BrokenPipe => return Err(e),
                _ => {}
            }
        }
        let status = child.wait()?;
        if status.success() { Ok(true) } else { Err(io::Error::other(format!("{} ended with {status}", self.program))) }
    }
}

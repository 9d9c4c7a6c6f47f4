//! The learner's own editor, for long answers.

use std::path::Path;
use std::process::Command;

use crate::env;

/// Why a text could not be written in the editor.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// Neither variable is set.
    #[error("no editor is set: set VISUAL or EDITOR, as in EDITOR=nano; go on writing here")]
    NotSet,
    /// The variable cannot be read as a command.
    #[error("{0:?} is no command: a quote is not closed; go on writing here")]
    NoCommand(String),
    /// It could not be started.
    #[error("cannot start {0:?}: {1}; go on writing here")]
    NotStarted(String, std::io::Error),
    /// It ended with a failure.
    #[error("{0:?} ended with {1}; what it saved is kept; go on writing here")]
    Failed(String, std::process::ExitStatus),
}

/// Opens a file in `$VISUAL` or `$EDITOR` and waits. The command is split as a shell would split it, but no shell runs
/// it: the path is an argument of its own, whatever its name.
pub fn edit(path: &Path) -> Result<(), EditorError> {
    let wanted = env::variable("VISUAL").or_else(|| env::variable("EDITOR")).ok_or(EditorError::NotSet)?;
    let line = wanted.to_string_lossy().into_owned();
    let words = shell_words::split(&line).ok().filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| EditorError::NoCommand(line.clone()))?;
    let status = Command::new(&words[0]).args(&words[1..]).arg(path).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(EditorError::Failed(line, status)),
        Err(source) => Err(EditorError::NotStarted(line, source)),
    }
}

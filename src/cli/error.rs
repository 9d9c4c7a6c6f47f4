//! What a command can end in, and the one place that decides the exit status.

use std::io;
use std::path::Path;

use crate::env::{ClockError, FolderError};
use crate::library::{LoadError, SelectError};
use crate::render::safe_str;
use crate::store::StoreError;
use crate::term::PromptError;

/// Why a command did not end in success.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// What was to be tested did not pass; the command has said so.
    #[error("")]
    Failed,
    /// The arguments are wrong; the parser has said so.
    #[error("")]
    Told,
    /// Some of what was named could not be read; the command has said so, and went on with the rest.
    #[error("")]
    Unread {
        /// The exit status that the first of it asks for.
        status: u8,
    },
    /// The command was used wrongly.
    #[error("{0}")]
    Usage(String),
    /// A name that no deck, lesson or item has.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// A deck cannot be used; for a broken one, the problems were shown.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The progress file cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nowhere to keep data.
    #[error("{0}\nhint: name a folder with --data-dir")]
    Folder(#[from] FolderError),
    /// The time cannot be told.
    #[error("{0}")]
    Clock(#[from] ClockError),
    /// What there is to say could not be written.
    #[error("cannot write the output: {0}\nhint: what was done so far is saved; see where the output goes")]
    Io(#[from] io::Error),
    /// A file cannot be read or written.
    #[error("cannot {action} {path}: {source}")]
    File {
        /// What was tried.
        action: &'static str,
        /// The path.
        path: String,
        /// What went wrong.
        source: io::Error,
    },
    /// A file that was handed in says what cannot be used.
    #[error("{0}")]
    Input(String),
    /// A prompt could not be asked.
    #[error("{0}")]
    Prompt(#[from] PromptError),
    /// A deck that only an exam can ask.
    #[error("{0} is sealed: only an exam can ask its questions\nhint: grillme exam {0}")]
    Sealed(String),
    /// The selection is empty.
    #[error("{0}")]
    Nothing(String),
}

impl Stop {
    /// Gives the exit status, as DESIGN and `--help` list them.
    pub fn status(&self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Told | Self::Usage(_) | Self::Select(_) | Self::Sealed(_) => 2,
            Self::Clock(ClockError::BadNow { .. }) => 2,
            Self::Prompt(PromptError::NoInput { .. }) => 2,
            Self::Prompt(PromptError::Interrupted) => 130,
            Self::Nothing(_) => 4,
            Self::Unread { status } => *status,
            Self::Io(e) | Self::Prompt(PromptError::Io(e)) if e.kind() == io::ErrorKind::BrokenPipe => 0,
            _ => 3,
        }
    }

    /// Gives what to tell the user, safe to show; empty when the command has said it already.
    pub fn message(&self) -> String {
        match self {
            Self::Failed | Self::Told | Self::Unread { .. } | Self::Prompt(PromptError::Interrupted) => String::new(),
            _ if self.status() == 0 => String::new(),
            other => match other.hint() {
                Some(hint) => safe_str(&format!("{other}\nhint: {hint}")),
                None => safe_str(&other.to_string()),
            },
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Select(SelectError::UnknownDeck { name, .. }) if Path::new(name).exists() => {
                Some(format!("for the file or folder of that name write \"./{name}\""))
            }
            Self::Select(SelectError::UnknownDeck { near: Some(near), .. }) => Some(format!("did you mean {near:?}?")),
            Self::Select(SelectError::UnknownDeck { known, .. }) => Some(format!("the decks are {}", known.join(", "))),
            Self::Select(SelectError::UnknownPart { deck, near: Some(near), .. }) => {
                Some(format!("did you mean {:?}?", format!("{deck}/{near}")))
            }
            Self::Select(SelectError::UnknownCard { known, .. }) if !known.is_empty() => {
                Some(format!("its cards are {}", known.join(", ")))
            }
            Self::Select(SelectError::UnknownCard { .. }) => Some("an item of its kind has no cards".to_owned()),
            Self::Select(SelectError::UnknownPart { deck, .. }) => Some(format!("see `grillme list {deck}`")),
            Self::Select(SelectError::UnknownPath { .. }) => {
                Some("a deck is a JSON file, or a folder with a deck.json".into())
            }
            Self::Load(LoadError::Io { source, .. }) => Some(source.to_string()),
            Self::Load(error) => error.hint().map(str::to_owned),
            Self::Clock(ClockError::BadZone { .. }) => {
                Some("set TZ to a zone such as Europe/Berlin, or unset it".into())
            }
            _ => None,
        }
    }
}

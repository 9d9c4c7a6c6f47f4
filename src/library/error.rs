//! Why a deck could not be read.

use std::io;
use std::path::{Path, PathBuf};

use super::SourceFile;
use crate::deck::Problem;

/// A deck with errors in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The deck's path as it is shown.
    pub name: String,
    /// All that is wrong with it, in the order of files and places; at least one.
    pub problems: Vec<Problem>,
    /// What was read; `source` of a problem counts into it.
    pub files: Vec<SourceFile>,
}

/// Why a deck could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It was read, and is no valid deck.
    #[error("{} has {} problem{}", .0.name, .0.problems.len(), if .0.problems.len() == 1 { "" } else { "s" })]
    Broken(Box<Broken>),
    /// A file or folder could not be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A path names something that is no deck file: a folder without `deck.json`, a pipe, a device, a socket.
    #[error("{} is {what}", path.display())]
    NotAFile {
        /// Which.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// A file is larger than [`super::MAX_FILE`].
    #[error("{} has {bytes} bytes; a deck file has at most {}", path.display(), super::MAX_FILE)]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// Its size, or what was read of it before reading stopped.
        bytes: u64,
    },
    /// An item is no longer where it was: the file was written while it was in use.
    #[error("{name} changed while it was in use")]
    Changed {
        /// The file's path as it is shown.
        name: String,
    },
}

impl LoadError {
    /// Gives what to do about it, where that is known.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Broken(_) | Self::Io { .. } => None,
            Self::NotAFile { .. } => Some("a deck is a JSON file, or a folder with a deck.json in it"),
            Self::TooLarge { .. } => Some("split the deck into a folder of lessons, or into several decks"),
            Self::Changed { .. } => Some("run the command again"),
        }
    }

    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

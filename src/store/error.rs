//! What can go wrong with the progress file.

use std::io;
use std::path::{Path, PathBuf};

/// Why the progress file could not be used, or an answer not be saved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused something.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An event could not be written; the file is as it was before.
    #[error("answer not saved: cannot write to {}: {source}\nhint: free some space or fix the permissions, then go on; every answer before this one is safe", path.display())]
    NotSaved {
        /// The log.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No event can be written; nothing was asked yet.
    #[error("no answer could be kept: cannot write to {}: {source}\nhint: fix its permissions, or name another data folder with --data-dir", path.display())]
    NotWritable {
        /// The log, or the folder that it would be made in.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody else holds the lock.
    #[error("another grillme holds the lock on {} for too long\nhint: let it finish, or end it", path.display())]
    Locked {
        /// The log.
        path: PathBuf,
    },
    /// A newer grillme wrote here.
    #[error("{} was written by a newer grillme (format {version}); it is left untouched\nhint: update grillme", path.display())]
    Newer {
        /// The log.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
    /// The log is shorter than it was.
    #[error("{} had {was} bytes and now has {now}: answers are missing\nhint: restore it from your backup or sync; to go on with what is there, run `grillme progress repair`", path.display())]
    Shrunk {
        /// The log.
        path: PathBuf,
        /// Bytes the index has seen.
        was: u64,
        /// Bytes it has now; 0 if it is gone.
        now: u64,
    },
    /// The index failed even in memory.
    #[error("the index failed: {0}")]
    Index(#[from] rusqlite::Error),
}

impl StoreError {
    /// Makes a function that wraps an I/O error with its path and what was tried.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}

//! The disposable index: what the logs amount to, folded into SQLite so that a command reads only what it needs.
//!
//! It is never the truth. A database that cannot be opened, is damaged, or was made by other rules is made anew; where
//! the cache folder cannot be written, the same database lives in memory.

mod contents;
mod fold;
mod history;
mod query;
mod row;
mod schema;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::{BadLine, StoreError};
use crate::schedule::Scheduler;

pub use contents::Entry;
pub use query::{Counts, LastEvent, Query};

/// How long to wait for another process that writes the index.
const PATIENCE: Duration = Duration::from_secs(10);

/// The index, brought up to date with the logs.
#[derive(Debug)]
pub struct Index {
    db: Connection,
    logs: PathBuf,
}

/// What opening the index brought to light.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Lines of the logs that cannot be used.
    pub bad: Vec<BadLine>,
    /// Whether everything was folded anew.
    pub rebuilt: bool,
}

impl Index {
    /// Opens the index in the `cache` folder, or in memory, and folds in what was appended to the logs since.
    ///
    /// # Errors
    /// A log cannot be read, was written by a newer grillme, or is shorter than it was.
    pub fn open(cache: Option<&Path>, logs: &Path, scheduler: &Scheduler) -> Result<(Self, Notes), StoreError> {
        let on_disk = cache.and_then(|cache| schema::open_file(&cache.join("index.db"), &scheduler.fingerprint()));
        if let Some(db) = on_disk {
            match Self::start(db, logs, scheduler) {
                Err(StoreError::Index(_)) => {}
                done => return done,
            }
            // A damaged database shows itself at its first use: throw it away and try once more.
            if let Some(cache) = cache {
                Self::reset(cache);
                let fresh = schema::open_file(&cache.join("index.db"), &scheduler.fingerprint());
                if let Some(Ok(done)) = fresh.map(|db| Self::start(db, logs, scheduler)) {
                    return Ok(done);
                }
            }
        }
        Self::start(schema::open_memory(&scheduler.fingerprint())?, logs, scheduler)
    }

    /// Deletes the index of a cache folder; the next opening folds everything anew, whatever the logs were before.
    pub fn reset(cache: &Path) {
        for name in ["index.db", "index.db-journal", "index.db-wal", "index.db-shm"] {
            let _ = std::fs::remove_file(cache.join(name));
        }
    }

    fn start(db: Connection, logs: &Path, scheduler: &Scheduler) -> Result<(Self, Notes), StoreError> {
        db.busy_timeout(PATIENCE)?;
        let mut index = Self { db, logs: logs.to_owned() };
        let notes = index.refresh(scheduler)?;
        Ok((index, notes))
    }

    /// Folds in what was appended to the logs since, by this process or another. If the database fails, it is replaced
    /// by one in memory.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn refresh(&mut self, scheduler: &Scheduler) -> Result<Notes, StoreError> {
        match fold::refresh(&mut self.db, &self.logs, scheduler) {
            Err(StoreError::Index(_)) => {
                let contents = contents::all(&self.db).unwrap_or_default();
                self.db = schema::open_memory(&scheduler.fingerprint())?;
                contents::restore(&mut self.db, &contents)?;
                fold::refresh(&mut self.db, &self.logs, scheduler)
            }
            done => done,
        }
    }
}

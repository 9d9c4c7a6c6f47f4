//! The disposable index: what the logs amount to, folded into SQLite so that a command reads only what it needs.
//!
//! It is never the truth. A database that cannot be opened, is damaged, or was made by other rules is made anew; where
//! the cache folder cannot be written, the same database lives in memory.

mod alias;
mod contents;
mod fold;
mod fresh;
mod history;
mod marks;
mod query;
mod row;
mod schema;
mod standing;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{BadLine, StoreError};
use crate::schedule::Scheduler;
use schema::{Lock, Standing};

pub use contents::{Entry, Part};
pub use query::{Counts, LastEvent, Query};

/// The index, brought up to date with the logs.
#[derive(Debug)]
pub struct Index {
    db: Connection,
    logs: PathBuf,
}

/// What opening the index brought to light.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Lines of the logs that cannot be used; the first 1,000 of each log.
    pub bad: Vec<BadLine>,
    /// How many lines of the logs cannot be used.
    pub bad_lines: u64,
    /// Last lines that are cut off, or still being written. They are met again at every opening, until the next answer
    /// closes them.
    pub torn: Vec<BadLine>,
    /// Whether everything was folded anew.
    pub rebuilt: bool,
}

impl Index {
    /// Opens the index in the `cache` folder, or in memory, and folds in what was appended to the logs since.
    ///
    /// # Errors
    /// A log cannot be read, was written by a newer grillme, or is shorter than it was.
    pub fn open(cache: Option<&Path>, logs: &Path, scheduler: &Scheduler) -> Result<(Self, Notes), StoreError> {
        if let Some(done) = cache.and_then(|cache| Self::on_disk(cache, logs, scheduler)) {
            return done;
        }
        Self::start(schema::open_memory(&scheduler.fingerprint())?, logs, scheduler)
    }

    /// Opens the index in a cache folder, made anew if need be; none where that cannot be done.
    fn on_disk(cache: &Path, logs: &Path, scheduler: &Scheduler) -> Option<Opened> {
        match Self::as_it_is(cache, logs, scheduler) {
            Attempt::Done(done) => return Some(done),
            Attempt::OutOfReach => return None,
            Attempt::Unfit => {}
        }
        {
            let _lock = Lock::wait(cache)?;
            // Whoever had the lock before may have made it anew.
            match Self::as_it_is(cache, logs, scheduler) {
                Attempt::Done(done) => return Some(done),
                Attempt::OutOfReach => return None,
                Attempt::Unfit => schema::make_file(cache, &scheduler.fingerprint()).ok()?,
            }
        }
        match Self::as_it_is(cache, logs, scheduler) {
            Attempt::Done(done) => Some(done),
            _ => None,
        }
    }

    fn as_it_is(cache: &Path, logs: &Path, scheduler: &Scheduler) -> Attempt {
        let db = match schema::open_file(cache, &scheduler.fingerprint()) {
            Standing::Ours(db) => db,
            Standing::Unfit => return Attempt::Unfit,
            Standing::OutOfReach => return Attempt::OutOfReach,
        };
        // A damaged database may show itself only when it is used.
        match Self::start(db, logs, scheduler) {
            Err(StoreError::Index(error)) if schema::is_damage(&error) => Attempt::Unfit,
            Err(StoreError::Index(_)) => Attempt::OutOfReach,
            done => Attempt::Done(done),
        }
    }

    /// Deletes the index of a cache folder; the next opening folds everything anew, whatever the logs were before.
    pub fn reset(cache: &Path) {
        let _lock = cache.exists().then(|| Lock::wait(cache)).flatten();
        schema::remove_files(cache);
    }

    fn start(db: Connection, logs: &Path, scheduler: &Scheduler) -> Opened {
        let mut index = Self { db, logs: logs.to_owned() };
        let notes = fold::refresh(&mut index.db, logs, scheduler)?;
        Ok((index, notes))
    }

    /// Folds in what was appended to the logs since, by this process or another. If the database fails, it is replaced
    /// by one in memory.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn refresh(&mut self, scheduler: &Scheduler) -> Result<Notes, StoreError> {
        match fold::refresh(&mut self.db, &self.logs, scheduler) {
            Err(StoreError::Index(_)) => self.move_to_memory(scheduler),
            done => done,
        }
    }

    /// Goes on in memory after the database failed: it was deleted by another process, or the disk is full.
    fn move_to_memory(&mut self, scheduler: &Scheduler) -> Result<Notes, StoreError> {
        let mut memory = schema::open_memory(&scheduler.fingerprint())?;
        contents::carry_over(&self.db, &mut memory)?;
        self.db = memory;
        fold::refresh(&mut self.db, &self.logs, scheduler)
    }
}

/// An index that was opened, and what that brought to light.
type Opened = Result<(Index, Notes), StoreError>;

/// What came of opening the database file as it is.
enum Attempt {
    Done(Opened),
    Unfit,
    OutOfReach,
}

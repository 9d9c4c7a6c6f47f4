//! Appending to this machine's log.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::scan::MAX_LINE;
use super::{Event, LineError, StoreError, disk, folder, parse_line, write_line};

/// How long to wait for another process to let go of the log.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often to open a log that is replaced while its lock is waited for.
const TRIES: u32 = 100;

/// How much of the end of the log is looked at before an append, in bytes.
const TAIL: u64 = 4096;

/// This machine's log, open for appending. The file is made with the first event.
#[derive(Debug)]
pub struct Log {
    folder: PathBuf,
    path: PathBuf,
    file: Option<File>,
    /// How long the log is known to have been, in bytes.
    seen: u64,
}

/// Where the lines of one try are, on disk.
enum Written {
    /// In the log.
    There,
    /// In a file that was the log, and was replaced.
    Elsewhere,
}

/// Why one try to append failed.
enum Failure {
    /// Nothing was written, or it was cut off again.
    NotWritten(io::Error),
    /// It was written, but the system could not say that it is on disk.
    NotSynced(io::Error),
}

impl Log {
    /// Gets ready to append to `<folder>/<machine>.jsonl`; touches nothing yet.
    pub fn new(folder: &Path, machine: &str) -> Self {
        Self { folder: folder.to_owned(), path: folder.join(format!("{machine}.jsonl")), file: None, seen: 0 }
    }

    /// Gives the path of the log.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Finds out, before anybody is asked anything, whether an answer could be written; touches nothing. From here on the
    /// log must not get shorter. A disk that is full is met only when something is written.
    ///
    /// # Errors
    /// [`StoreError::NotWritable`] names what is in the way.
    pub fn ready(&mut self) -> Result<(), StoreError> {
        self.seen = self.path.metadata().map_or(0, |about| about.len());
        let there = self.path.ancestors().find(|path| path.exists()).unwrap_or(&self.path);
        disk::writable(there).map_err(|source| StoreError::NotWritable { path: there.to_owned(), source })
    }

    /// Appends an event. When this returns without an error, the event is on disk.
    ///
    /// # Errors
    /// [`StoreError::NotSaved`] when it could not be written, or not be read back: the file is then as before.
    /// [`StoreError::Newer`] when a newer grillme wrote the line before.
    pub fn append(&mut self, event: &Event) -> Result<(), StoreError> {
        self.append_all(std::slice::from_ref(event))
    }

    /// Appends events with one sync: all of them or none.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub fn append_all(&mut self, events: &[Event]) -> Result<(), StoreError> {
        let lines: Vec<String> = events.iter().map(write_line).collect();
        for line in &lines {
            let unreadable = |error| self.not_saved(io::Error::new(io::ErrorKind::InvalidInput, error));
            parse_line(line.as_bytes()).map_err(unreadable)?;
        }
        self.append_lines(&lines.iter().map(String::as_bytes).collect::<Vec<_>>())
    }

    /// Appends lines that are already sealed, without their newlines: all of them or none.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub(super) fn append_lines(&mut self, lines: &[&[u8]]) -> Result<(), StoreError> {
        if lines.iter().any(|line| line.len() as u64 > MAX_LINE) {
            let cause = io::Error::new(io::ErrorKind::InvalidInput, "the answer is too long");
            return Err(self.not_saved(cause));
        }
        let mut synced_before = true;
        for _ in 0..TRIES {
            match self.attempt(lines)? {
                Ok(Written::There) => return Ok(()),
                // It is in a file that is no longer the log. In the new one the same lines count once.
                Ok(Written::Elsewhere) => {}
                Err(Failure::NotSynced(_)) if synced_before => {
                    // After a failed sync the pages of this handle may be gone while a second sync says all is well.
                    // Only a fresh handle tells the truth; should both copies survive, doubled lines count once.
                    self.file = None;
                    synced_before = false;
                }
                Err(Failure::NotWritten(source) | Failure::NotSynced(source)) => return Err(self.not_saved(source)),
            }
        }
        Err(self.not_saved(io::Error::other("the file is replaced again and again")))
    }

    fn not_saved(&self, source: io::Error) -> StoreError {
        StoreError::NotSaved { path: self.path.clone(), source }
    }

    fn attempt(&mut self, lines: &[&[u8]]) -> Result<Result<Written, Failure>, StoreError> {
        let file = self.locked()?;
        let length = file.metadata().map_err(|source| self.not_saved(source))?.len();
        if length < self.seen {
            return Err(StoreError::Shrunk { path: self.path.clone(), was: self.seen, now: length });
        }
        let outcome = self.write_after(&file, lines);
        // A tool that replaces files knows no lock: it may have come between the look at the path and the sync.
        let there = folder::is_at(&file, &self.path);
        let _ = file.unlock();
        if there && let Ok(about) = file.metadata() {
            self.seen = about.len();
        }
        self.file = Some(file);
        let written = if there { Written::There } else { Written::Elsewhere };
        outcome.map(|done| done.map(|()| written))
    }

    /// Writes behind the last line, unless a newer grillme wrote that.
    fn write_after(&self, file: &File, lines: &[&[u8]]) -> Result<Result<(), Failure>, StoreError> {
        let last = match file.metadata().and_then(|meta| Last::of(file, meta.len())) {
            Ok(last) => last,
            Err(source) => return Ok(Err(Failure::NotWritten(source))),
        };
        match last.newer {
            Some(version) => Err(StoreError::Newer { path: self.path.clone(), version }),
            None => Ok(write_all(file, &last, lines)),
        }
    }

    /// Gives the log, locked, and really the file that the path leads to.
    fn locked(&mut self) -> Result<File, StoreError> {
        for _ in 0..TRIES {
            let file = match self.file.take() {
                Some(file) => file,
                None => self.open()?,
            };
            wait_for_lock(&file, &self.path)?;
            if folder::is_at(&file, &self.path) {
                return Ok(file);
            }
        }
        Err(self.not_saved(io::Error::other("the file is replaced again and again")))
    }

    fn open(&self) -> Result<File, StoreError> {
        folder::make_private(&self.folder)?;
        let file = disk::open(&self.path).map_err(|source| self.not_saved(source))?;
        // Even if the file was there: another process may have made it a moment ago and not have come this far.
        folder::sync_parent(&self.path)?;
        Ok(file)
    }
}

pub(super) fn wait_for_lock(file: &File, path: &Path) -> Result<(), StoreError> {
    let started = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if started.elapsed() < PATIENCE => sleep(Duration::from_millis(5)),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(StoreError::io("lock", path)(source)),
        }
    }
}

/// The end of the log before an append.
struct Last {
    /// Length of the log, in bytes.
    length: u64,
    /// Whether the last line lacks its newline: an append was cut off.
    is_open: bool,
    /// The version of the last line, if it is a newer one.
    newer: Option<u64>,
}

impl Last {
    fn of(mut file: &File, length: u64) -> io::Result<Self> {
        let mut tail = Vec::new();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        file.take(TAIL).read_to_end(&mut tail)?;
        let is_open = tail.last().is_some_and(|byte| *byte != b'\n');
        let line = tail.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let newer = match parse_line(line) {
            Err(LineError::Newer(version)) => Some(version),
            _ => None,
        };
        Ok(Self { length, is_open, newer })
    }
}

/// Writes each line with one call, and syncs once. What fails is cut off again, whole.
fn write_all(file: &File, last: &Last, lines: &[&[u8]]) -> Result<(), Failure> {
    let mut mend: &[u8] = if last.is_open { b"\n" } else { b"" };
    for line in lines {
        write_once(file, &[mend, line, b"\n"].concat()).map_err(|cause| {
            cut_back(file, last.length);
            Failure::NotWritten(cause)
        })?;
        mend = b"";
    }
    disk::sync(file).map_err(|cause| {
        cut_back(file, last.length);
        Failure::NotSynced(cause)
    })
}

/// Writes with one call; a short write is a failure, not a reason to write the rest.
fn write_once(file: &File, bytes: &[u8]) -> io::Result<()> {
    loop {
        match disk::write(file, bytes) {
            Ok(n) if n == bytes.len() => return Ok(()),
            Ok(_) => return Err(io::Error::new(io::ErrorKind::WriteZero, "only a part could be written")),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// Cuts the log back. Should even that fail, what stays is a torn line, which the next append closes.
fn cut_back(file: &File, length: u64) {
    let _ = disk::cut(file, length);
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;

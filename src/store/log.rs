//! Appending to this machine's log.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Event, StoreError, folder, write_line};

/// How long to wait for another process to let go of the log.
const PATIENCE: Duration = Duration::from_secs(10);

/// This machine's log, open for appending. The file is made with the first event.
#[derive(Debug)]
pub struct Log {
    folder: PathBuf,
    path: PathBuf,
    file: Option<File>,
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
        Self { folder: folder.to_owned(), path: folder.join(format!("{machine}.jsonl")), file: None }
    }

    /// Gives the path of the log.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends an event. When this returns without an error, the event is on disk.
    ///
    /// # Errors
    /// [`StoreError::NotSaved`] when it could not be written: the file is then as before.
    pub fn append(&mut self, event: &Event) -> Result<(), StoreError> {
        self.append_line(&write_line(event))
    }

    /// Appends a line that is already sealed, without its newline.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub fn append_line(&mut self, line: &str) -> Result<(), StoreError> {
        match self.attempt(line)? {
            Ok(()) => Ok(()),
            Err(Failure::NotWritten(source)) => Err(self.not_saved(source)),
            Err(Failure::NotSynced(_)) => {
                // After a failed sync the pages of this handle may be gone while a second sync says all is well.
                // The same event on a fresh handle is harmless: doubled lines count once.
                self.file = None;
                match self.attempt(line)? {
                    Ok(()) => Ok(()),
                    Err(Failure::NotWritten(source) | Failure::NotSynced(source)) => Err(self.not_saved(source)),
                }
            }
        }
    }

    fn not_saved(&self, source: io::Error) -> StoreError {
        StoreError::NotSaved { path: self.path.clone(), source }
    }

    fn attempt(&mut self, line: &str) -> Result<Result<(), Failure>, StoreError> {
        let file = self.locked()?;
        let outcome = write_once(&file, line);
        let _ = file.unlock();
        self.file = Some(file);
        Ok(outcome)
    }

    /// Gives the log, locked, and really the file that the path leads to.
    fn locked(&mut self) -> Result<File, StoreError> {
        loop {
            let file = match self.file.take() {
                Some(file) => file,
                None => self.open()?,
            };
            wait_for_lock(&file, &self.path)?;
            if folder::is_at(&file, &self.path) {
                return Ok(file);
            }
        }
    }

    fn open(&self) -> Result<File, StoreError> {
        folder::make_private(&self.folder)?;
        let is_new = !self.path.exists();
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&self.path).map_err(|source| self.not_saved(source))?;
        if is_new {
            folder::sync(&self.folder).map_err(StoreError::io("sync the folder", &self.folder))?;
        }
        Ok(file)
    }
}

fn wait_for_lock(file: &File, path: &Path) -> Result<(), StoreError> {
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

/// Writes the line with one call, and syncs. A write that fails or falls short is cut off again.
fn write_once(file: &File, line: &str) -> Result<(), Failure> {
    let before = file.metadata().map_err(Failure::NotWritten)?.len();
    let mend = if ends_open(file, before).map_err(Failure::NotWritten)? { "\n" } else { "" };
    let bytes = format!("{mend}{line}\n").into_bytes();
    let written = (&*file).write(&bytes);
    match written {
        Ok(n) if n == bytes.len() => file.sync_data().map_err(Failure::NotSynced),
        Ok(_) => cut_back(file, before, io::Error::new(io::ErrorKind::WriteZero, "only a part could be written")),
        Err(e) => cut_back(file, before, e),
    }
}

fn cut_back(file: &File, length: u64, cause: io::Error) -> Result<(), Failure> {
    let _ = file.set_len(length);
    Err(Failure::NotWritten(cause))
}

/// Tells whether the last line lacks its newline: an append was cut off.
fn ends_open(mut file: &File, length: u64) -> io::Result<bool> {
    if length == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(length - 1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

//! The calls that an answer hangs on, one function each. In this crate's own tests a script makes them fail, or lets
//! something happen before them: a disk that fails at the right moment cannot be had otherwise.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::folder;

/// Opens a log for appending; a new one can be read by its owner only.
pub(super) fn open(path: &Path) -> io::Result<File> {
    #[cfg(test)]
    script::before(script::Call::Open)?;
    folder::private().read(true).append(true).open(path)
}

/// Tells whether a file may be written, or something be made in a folder.
#[cfg(unix)]
pub(super) fn writable(path: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(path, Access::WRITE_OK)?)
}

/// Tells whether a file may be written; of a folder its own mark says nothing here.
#[cfg(not(unix))]
pub(super) fn writable(path: &Path) -> io::Result<()> {
    let about = path.metadata()?;
    let refused = about.is_file() && about.permissions().readonly();
    if refused { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
}

/// Writes with one call, and gives how many bytes that wrote.
pub(super) fn write(mut file: &File, bytes: &[u8]) -> io::Result<usize> {
    #[cfg(test)]
    let bytes = script::before_write(bytes)?;
    file.write(bytes)
}

/// Waits until all that was written is on disk.
pub(super) fn sync(file: &File) -> io::Result<()> {
    #[cfg(test)]
    script::before(script::Call::Sync)?;
    file.sync_data()
}

/// Cuts a file off at a length.
pub(super) fn cut(file: &File, length: u64) -> io::Result<()> {
    #[cfg(test)]
    script::before(script::Call::Cut)?;
    file.set_len(length)
}

/// What is to happen at the next calls of this thread, and which calls were made.
#[cfg(test)]
pub(super) mod script {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::io;

    /// A call that can be made to fail.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Call {
        Open,
        Write,
        Sync,
        Cut,
    }

    /// What happens at a call.
    pub enum Act {
        Fine,
        Fail,
        /// Only so many bytes are written.
        Short(usize),
        /// Something else happens first.
        After(Box<dyn FnOnce()>),
    }

    thread_local! {
        static ACTS: RefCell<VecDeque<Act>> = const { RefCell::new(VecDeque::new()) };
        static CALLS: RefCell<Vec<Call>> = const { RefCell::new(Vec::new()) };
    }

    /// Sets what happens at the next calls; those after them are fine.
    pub fn play(acts: impl IntoIterator<Item = Act>) {
        CALLS.take();
        ACTS.replace(acts.into_iter().collect());
    }

    /// Gives the calls since the script was set.
    pub fn calls() -> Vec<Call> {
        CALLS.take()
    }

    fn next(call: Call) -> io::Result<usize> {
        CALLS.with_borrow_mut(|calls| calls.push(call));
        match ACTS.with_borrow_mut(VecDeque::pop_front) {
            None | Some(Act::Fine) => Ok(usize::MAX),
            Some(Act::Fail) => Err(io::Error::other("the disk failed")),
            Some(Act::Short(bytes)) => Ok(bytes),
            Some(Act::After(first)) => {
                first();
                Ok(usize::MAX)
            }
        }
    }

    pub fn before(call: Call) -> io::Result<()> {
        next(call).map(drop)
    }

    pub fn before_write(bytes: &[u8]) -> io::Result<&[u8]> {
        next(Call::Write).map(|most| &bytes[..most.min(bytes.len())])
    }
}

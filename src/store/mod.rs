//! The review log, which is the truth, and its index, which is only fast.
//!
//! Absent on purpose: the session and the terminal; the clock and chance (times and ids come in). The log is appended
//! to and read here and nowhere else; the index can be deleted at any time and costs a rebuild.

mod backup;
mod error;
mod event;
mod folder;
mod index;
mod log;
mod merge;
mod repair;
mod scan;
mod verify;

pub use backup::backup;
pub use error::StoreError;
pub use event::{Event, LineError, VERSION, What, parse_line, write_line};
pub use folder::log_files;
pub use index::{Counts, Entry, Index, LastEvent, Notes, Query};
pub use log::Log;
pub use merge::{ImportReport, export, import, union};
pub use repair::{RepairReport, repair};
pub use scan::{BadLine, Record, Scan, scan};
pub use verify::{FileReport, Verification, verify};

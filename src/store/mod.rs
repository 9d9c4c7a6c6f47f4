//! The review log, which is the truth, and its index, which is only fast.
//!
//! Absent on purpose: the session and the terminal; the clock and chance (times and ids come in). The log is appended
//! to and read here and nowhere else; the index can be deleted at any time and costs a rebuild.

mod backup;
mod canonical;
mod disk;
mod draft;
mod error;
mod event;
mod folder;
mod history;
mod index;
mod log;
mod merge;
mod repair;
mod scan;
mod verify;
mod what;

pub use backup::backup;
pub use draft::Draft;
pub use error::StoreError;
pub use event::{Event, LineError, VERSION, parse_line, write_line};
pub use folder::{is_log, log_files};
pub use history::events;
pub use index::{Counts, Entry, Index, LastEvent, Notes, Part, Query};
pub use log::Log;
pub use merge::{ImportReport, export, import, union};
pub use repair::{RepairReport, repair};
pub use scan::{BadLine, Record, Scan, scan};
pub use verify::{FileReport, Verification, verify};
pub use what::{Detail, Point, What};

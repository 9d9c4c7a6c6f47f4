//! Is every line as it was written?

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::scan::as_text;
use super::{BadLine, Scan, StoreError, What, log_files, scan};

/// What was found in all logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Version of this document.
    pub schema_version: u32,
    /// Whether every line is as it was written.
    pub ok: bool,
    /// Different events in all logs.
    pub events: usize,
    /// One report a log.
    pub files: Vec<FileReport>,
}

/// What was found in one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// The log.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Its bytes, without a last line that is cut off.
    pub bytes: u64,
    /// Whether its last line is cut off.
    pub torn: bool,
    /// Its lines.
    pub lines: u64,
    /// Its events.
    pub events: usize,
    /// Of these, how many stand in it or in a log before it already.
    pub doubled: usize,
    /// Of these, how many are of a kind that this version does not know.
    pub unknown: usize,
    /// How many lines cannot be used.
    pub damaged_lines: u64,
    /// Lines that cannot be used; the first 1,000 of them.
    pub damaged: Vec<BadLine>,
}

/// Reads all logs in a folder and reports every line that is damaged.
///
/// # Errors
/// A log cannot be read, or was written by a newer grillme.
pub fn verify(folder: &Path) -> Result<Verification, StoreError> {
    let mut seen = BTreeSet::new();
    let mut files = Vec::new();
    for path in log_files(folder)? {
        let (mut events, mut doubled, mut unknown) = (0, 0, 0);
        let found = scan(&path, 0, |record| {
            events += 1;
            doubled += usize::from(!seen.insert(record.event.id));
            unknown += usize::from(record.event.what == What::Unknown);
        })?;
        let Scan { bad: damaged, bad_lines: damaged_lines, lines, end: bytes, torn } = found;
        files.push(FileReport { path, bytes, torn, lines, events, doubled, unknown, damaged_lines, damaged });
    }
    let ok = files.iter().all(|file| file.damaged.is_empty());
    Ok(Verification { schema_version: 1, ok, events: seen.len(), files })
}

impl Verification {
    /// Writes the report for people.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for file in &self.files {
            let _ = writeln!(text, "{}: {} events in {} lines", file.path.display(), file.events, file.lines);
            for bad in &file.damaged {
                let _ = writeln!(text, "  line {} (byte {}): {}", bad.line, bad.offset, bad.reason);
            }
            let more = file.damaged_lines - file.damaged.len() as u64;
            if more > 0 {
                let _ = writeln!(text, "  and {more} more damaged lines");
            }
        }
        let _ = match (self.files.is_empty(), self.ok) {
            (true, _) => writeln!(text, "There is no progress file yet."),
            (_, true) => writeln!(text, "All {} events are as they were written.", self.events),
            (_, false) => writeln!(
                text,
                "Damaged lines are left out of everything; `grillme progress repair` sets them aside, after a backup."
            ),
        };
        text
    }
}

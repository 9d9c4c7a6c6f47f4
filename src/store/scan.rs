//! Reading a log line by line.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Event, LineError, StoreError, parse_line};

/// A line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadLine {
    /// The log.
    pub path: PathBuf,
    /// The line's number, from 1; counted from where the reading began.
    pub line: u64,
    /// The byte at which the line starts.
    pub offset: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// A line that can be used, as it stands in the file.
#[derive(Debug)]
pub struct Record<'l> {
    /// The line without its end.
    pub line: &'l [u8],
    /// What it says.
    pub event: Event,
}

/// What a reading found beside its events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// Lines that cannot be used.
    pub bad: Vec<BadLine>,
    /// Lines read, blank ones included.
    pub lines: u64,
    /// The byte after the last line that was dealt with for good. A last line that is cut off comes after it: more
    /// of it may be on its way.
    pub end: u64,
    /// Whether the last line is cut off.
    pub torn: bool,
}

/// Reads the lines of a log from the byte `from` on and gives every event to `each`. Blank lines, a byte order mark,
/// carriage returns and the markers of a merge conflict are passed over.
///
/// # Errors
/// The file cannot be read, or was written by a newer grillme.
pub fn scan(path: &Path, from: u64, mut each: impl FnMut(Record<'_>)) -> Result<Scan, StoreError> {
    let failed = || StoreError::io("read", path);
    let mut file = File::open(path).map_err(failed())?;
    file.seek(SeekFrom::Start(from)).map_err(failed())?;
    scan_lines(path, from, BufReader::with_capacity(1 << 18, file), &mut each)
}

/// Reads lines from anywhere; `path` is what messages call it.
pub(super) fn scan_lines(
    path: &Path,
    from: u64,
    mut input: impl BufRead,
    each: &mut dyn FnMut(Record<'_>),
) -> Result<Scan, StoreError> {
    let mut found = Scan { end: from, ..Scan::default() };
    let (mut buffer, mut offset) = (Vec::new(), from);
    loop {
        buffer.clear();
        let limit = MAX_LINE + 1;
        let read = input.by_ref().take(limit).read_until(b'\n', &mut buffer).map_err(StoreError::io("read", path))?;
        if read == 0 {
            return Ok(found);
        }
        found.lines += 1;
        let whole = buffer.last() == Some(&b'\n') || read as u64 == limit;
        take_line(path, offset, whole, &buffer, &mut found, each)?;
        offset += read as u64;
        if !found.torn {
            found.end = offset;
        }
    }
}

/// Longer lines are no events: an answer holds at most a few kilobytes.
const MAX_LINE: u64 = 1 << 20;

fn take_line(
    path: &Path,
    offset: u64,
    whole: bool,
    raw: &[u8],
    found: &mut Scan,
    each: &mut dyn FnMut(Record<'_>),
) -> Result<(), StoreError> {
    let line = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw).trim_ascii();
    if line.is_empty() || is_conflict_marker(line) {
        return Ok(());
    }
    match parse_line(line) {
        Ok(event) => each(Record { line, event }),
        Err(LineError::Newer(version)) => return Err(StoreError::Newer { path: path.to_owned(), version }),
        Err(error) => {
            found.torn = !whole;
            let (path, line, reason) = (path.to_owned(), found.lines, error.to_string());
            found.bad.push(BadLine { path, line, offset, reason });
        }
    }
    Ok(())
}

fn is_conflict_marker(line: &[u8]) -> bool {
    [b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"].iter().any(|marker| line.starts_with(*marker))
}

//! Reading a log line by line.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Event, LineError, StoreError, parse_line};

/// The most damaged lines that are listed; more are only counted.
const MAX_LISTED: usize = 1_000;

/// Longer lines, in bytes, are no events and are never written: an answer holds at most a few kilobytes.
pub(super) const MAX_LINE: u64 = 1 << 20;

/// A line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadLine {
    /// The log.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// The line's number, from 1; counted from where the reading began.
    pub line: u64,
    /// The byte at which the line starts.
    pub offset: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// Writes a path that need not be text as well as text can.
pub(super) fn as_text<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// A line that can be used, as it stands in the file.
#[derive(Debug)]
pub struct Record<'l> {
    /// The line without its end.
    pub line: &'l [u8],
    /// What it says.
    pub event: Event,
}

/// A line of a log.
pub(super) enum Line<'l> {
    /// It can be used.
    Good(Record<'l>),
    /// It cannot; given as it stands in the file, with its end. One that is too long comes in several pieces.
    Bad(&'l [u8]),
}

/// What a reading found beside its events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// Lines that cannot be used; the first 1,000 of them.
    pub bad: Vec<BadLine>,
    /// How many lines cannot be used.
    pub bad_lines: u64,
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
pub fn scan(path: &Path, from: u64, each: impl FnMut(Record<'_>)) -> Result<Scan, StoreError> {
    let file = File::open(path).map_err(StoreError::io("read", path))?;
    scan_open(path, &file, from, each)
}

/// Reads the events of an open log; `path` is what messages call it.
pub(super) fn scan_open(
    path: &Path,
    mut file: &File,
    from: u64,
    mut each: impl FnMut(Record<'_>),
) -> Result<Scan, StoreError> {
    file.seek(SeekFrom::Start(from)).map_err(StoreError::io("read", path))?;
    scan_lines(path, from, BufReader::with_capacity(1 << 18, file), &mut |line| {
        if let Line::Good(record) = line {
            each(record);
        }
    })
}

/// Reads lines from anywhere; `path` is what messages call it.
pub(super) fn scan_lines(
    path: &Path,
    from: u64,
    mut input: impl BufRead,
    each: &mut dyn FnMut(Line<'_>),
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
        match read_line(&buffer) {
            Ok(Some(record)) => each(Line::Good(record)),
            Ok(None) => {}
            Err(LineError::Newer(version)) => return Err(StoreError::Newer { path: path.to_owned(), version }),
            Err(error) => {
                found.torn = buffer.last() != Some(&b'\n') && (read as u64) < limit;
                found.count_bad(path, offset, &error);
                each(Line::Bad(&buffer));
            }
        }
        if found.torn {
            // Whoever writes it may finish it this moment. Read on, its rest would pass for a line of its own.
            return Ok(found);
        }
        offset += read as u64;
        found.end = offset;
    }
}

impl Scan {
    fn count_bad(&mut self, path: &Path, offset: u64, error: &LineError) {
        self.bad_lines += 1;
        if self.bad.len() < MAX_LISTED {
            let (path, line, reason) = (path.to_owned(), self.lines, error.to_string());
            self.bad.push(BadLine { path, line, offset, reason });
        }
    }
}

/// Reads a line as it stands in the file; none if there is nothing in it that matters.
fn read_line(raw: &[u8]) -> Result<Option<Record<'_>>, LineError> {
    let line = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw).trim_ascii();
    if line.is_empty() || is_conflict_marker(line) {
        return Ok(None);
    }
    parse_line(line).map(|event| Some(Record { line, event }))
}

fn is_conflict_marker(line: &[u8]) -> bool {
    [b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"].iter().any(|marker| line.starts_with(*marker))
}

#[cfg(test)]
mod tests {
    use std::io;

    use uuid::Uuid;

    use super::*;
    use crate::schedule::StudyDay;
    use crate::store::{What, write_line};

    /// A log that ends in the midst of a line when it is first read to its end, and goes on when it is read again.
    struct Growing<'l>(Vec<&'l [u8]>);

    impl Read for Growing<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some(part) = self.0.first_mut() else { return Ok(0) };
            let read = part.read(into)?;
            if read == 0 {
                self.0.remove(0);
            }
            Ok(read)
        }
    }

    fn line(card: &str) -> String {
        let day = "2026-03-01".parse::<StudyDay>().unwrap();
        let what = What::Suspend { card: card.to_owned() };
        write_line(&Event { id: Uuid::now_v7(), at_ms: 1_772_000_000_000, offset_s: 0, day, what }) + "\n"
    }

    fn cards(from: u64, input: impl Read) -> (Vec<String>, Scan) {
        let mut cards = Vec::new();
        let found = scan_lines(Path::new("log"), from, BufReader::new(input), &mut |line| {
            if let Line::Good(record) = line {
                cards.extend(record.event.what.card().map(str::to_owned));
            }
        });
        (cards, found.unwrap())
    }

    #[test]
    fn a_line_that_is_finished_while_it_is_read_is_read_whole_the_next_time() {
        let (first, second) = (line("d/first"), line("d/second"));
        let log = format!("{first}{second}");
        for cut in first.len() + 1..log.len() - 1 {
            let (before, after) = log.as_bytes().split_at(cut);
            let (seen, found) = cards(0, Growing(vec![before, after]));
            assert_eq!((seen, found.torn, found.end), (vec!["d/first".to_owned()], true, first.len() as u64), "{cut}");
            let (seen, found) = cards(found.end, &log.as_bytes()[first.len()..]);
            assert_eq!((seen, found.bad_lines, found.end), (vec!["d/second".to_owned()], 0, log.len() as u64), "{cut}");
        }
    }
}

//! Merging is a union: every event once, in order of time.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{BufRead, Write};
use std::path::Path;

use uuid::Uuid;

use super::scan::{Line, scan_lines};
use super::{BadLine, Log, Record, StoreError, log_files, scan};

/// Events by (time, id), each with its line as it was written.
type Union = BTreeMap<(i64, Uuid), Vec<u8>>;

/// Unites lines of several logs, given as (time, id, line): each id once, in order of (time, id). Where one id stands
/// for two different lines the greater one wins, so that the order of the logs does not matter.
pub fn union(lines: impl IntoIterator<Item = (i64, Uuid, Vec<u8>)>) -> Vec<(i64, Uuid, Vec<u8>)> {
    let mut by_id: BTreeMap<Uuid, (i64, Vec<u8>)> = BTreeMap::new();
    for (at, id, line) in lines {
        match by_id.entry(id) {
            Entry::Vacant(place) => {
                place.insert((at, line));
            }
            Entry::Occupied(mut known) => {
                let greater = known.get_mut();
                *greater = std::mem::take(greater).max((at, line));
            }
        }
    }
    let ordered: Union = by_id.into_iter().map(|(id, (at, line))| ((at, id), line)).collect();
    ordered.into_iter().map(|((at, id), line)| (at, id, line)).collect()
}

/// Writes the union of all logs in a folder as JSON Lines.
///
/// # Errors
/// A log cannot be read, or `out` cannot be written.
pub fn export(folder: &Path, out: &mut dyn Write) -> Result<(), StoreError> {
    let mut lines = Vec::new();
    for path in log_files(folder)? {
        scan(&path, 0, |record| lines.push((record.event.at_ms, record.event.id, record.line.to_vec())))?;
    }
    for (_, _, line) in union(lines) {
        let written = out.write_all(&line).and_then(|()| out.write_all(b"\n"));
        written.map_err(StoreError::io("write", Path::new("the export")))?;
    }
    Ok(())
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Events that were new.
    pub added: usize,
    /// Events that were known already.
    pub known: usize,
    /// Lines that could not be used; the first 1,000 of them.
    pub bad: Vec<BadLine>,
    /// How many lines could not be used.
    pub bad_lines: u64,
}

/// Appends the events of another log that are not yet known to this machine's log: all of them or none.
///
/// # Errors
/// A log cannot be read, or an event not be saved.
pub fn import(folder: &Path, machine: &str, input: impl BufRead) -> Result<ImportReport, StoreError> {
    let mut seen = std::collections::BTreeSet::new();
    for path in log_files(folder)? {
        scan(&path, 0, |record| {
            seen.insert(record.event.id);
        })?;
    }
    let mut lines = Vec::new();
    let found = scan_lines(Path::new("the imported log"), 0, input, &mut |line| {
        if let Line::Good(Record { line, event }) = line {
            lines.push((event.at_ms, event.id, line.to_vec()));
        }
    })?;
    let all = union(lines);
    let fresh: Vec<_> = all.iter().filter(|(_, id, _)| !seen.contains(id)).collect();
    let lines: Vec<&[u8]> = fresh.iter().map(|(_, _, line)| line.as_slice()).collect();
    if !lines.is_empty() {
        Log::new(folder, machine).append_lines(&lines)?;
    }
    Ok(ImportReport { added: fresh.len(), known: all.len() - fresh.len(), bad: found.bad, bad_lines: found.bad_lines })
}

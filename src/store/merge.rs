//! Merging is a union: every event once, in order of time.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::Path;

use uuid::Uuid;

use super::scan::scan_lines;
use super::{BadLine, Log, StoreError, log_files, scan};

/// Events by (time, id), each with its line as it was written.
type Union = BTreeMap<(i64, Uuid), Vec<u8>>;

/// Unites lines of several logs, given as (time, id, line): each id once, in order of (time, id). Where one id stands
/// for two different lines the greater one wins, so that the order of the logs does not matter.
pub fn union(lines: impl IntoIterator<Item = (i64, Uuid, Vec<u8>)>) -> Vec<(i64, Uuid, Vec<u8>)> {
    let mut by_id: BTreeMap<Uuid, (i64, Vec<u8>)> = BTreeMap::new();
    for (at, id, line) in lines {
        let entry = by_id.entry(id).or_insert_with(|| (at, line.clone()));
        if (at, &line) > (entry.0, &entry.1) {
            *entry = (at, line);
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
    /// Lines that could not be used.
    pub bad: Vec<BadLine>,
}

/// Appends the events of another log that are not yet known to this machine's log.
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
    let found = scan_lines(Path::new("the imported log"), 0, input, &mut |record| {
        lines.push((record.event.at_ms, record.event.id, record.line.to_vec()));
    })?;
    let all = union(lines);
    let fresh: Vec<_> = all.iter().filter(|(_, id, _)| !seen.contains(id)).collect();
    let mut log = Log::new(folder, machine);
    for (_, _, line) in &fresh {
        log.append_line(&String::from_utf8_lossy(line))?;
    }
    Ok(ImportReport { added: fresh.len(), known: all.len() - fresh.len(), bad: found.bad })
}

//! Setting damaged lines aside.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use super::backup::backup;
use super::log::wait_for_lock;
use super::scan::{Line, scan_lines};
use super::{StoreError, folder, log_files, scan};

/// What a repair did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RepairReport {
    /// Where the logs were copied before; none when nothing was damaged.
    pub backup: Option<PathBuf>,
    /// For each log that was rewritten, how many damaged lines were set aside.
    pub repaired: Vec<(PathBuf, u64)>,
    /// The files that hold the damaged lines of these logs now, in the same order.
    pub aside: Vec<PathBuf>,
}

/// Rewrites every log that has damaged lines without them. The damaged lines are appended, as they are, to
/// `<log>.damaged` beside the backup made before: backups are thinned out when their day is over, these files never.
///
/// # Errors
/// A file cannot be read or written, or a log was written by a newer grillme; that log is then as before.
pub fn repair(logs: &Path, backups: &Path, now_ms: i64) -> Result<RepairReport, StoreError> {
    let mut report = RepairReport::default();
    for path in damaged(logs)? {
        if report.backup.is_none() {
            report.backup = backup(logs, backups, now_ms)?;
        }
        let (set_aside, aside) = rewrite(&path, backups)?;
        report.repaired.push((path, set_aside));
        report.aside.push(aside);
    }
    Ok(report)
}

/// Lists the logs that have damaged lines; all are looked at before any is changed.
fn damaged(logs: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut damaged = Vec::new();
    for path in log_files(logs)? {
        if !scan(&path, 0, |_| {})?.bad.is_empty() {
            damaged.push(path);
        }
    }
    Ok(damaged)
}

/// Sets the damaged lines aside, writes the good ones beside the log, syncs, and puts them in its place, all under the
/// log's lock. A symlink stays one: what it leads to is replaced.
fn rewrite(path: &Path, backups: &Path) -> Result<(u64, PathBuf), StoreError> {
    let real = path.canonicalize().map_err(StoreError::io("find", path))?;
    let held = File::options().read(true).append(true).open(&real).map_err(StoreError::io("open", path))?;
    wait_for_lock(&held, path)?;
    if !folder::is_at(&held, &real) {
        let replaced = io::Error::other("it was replaced in the meantime; try again");
        return Err(StoreError::io("repair", path)(replaced));
    }
    let Halves { good, bad, bad_lines } = halves(&held, path)?;
    let aside = keep_aside(path, backups, &bad)?;
    replace(&real, &good)?;
    Ok((bad_lines, aside))
}

/// The good and the damaged lines of a log, each with its newline.
struct Halves {
    good: Vec<u8>,
    bad: Vec<u8>,
    bad_lines: u64,
}

fn halves(held: &File, path: &Path) -> Result<Halves, StoreError> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let found = scan_lines(path, 0, BufReader::new(held), &mut |line| match line {
        Line::Good(record) => good.extend([record.line, b"\n"].concat()),
        Line::Bad(raw) => bad.extend_from_slice(raw),
    })?;
    if found.torn {
        bad.push(b'\n');
    }
    Ok(Halves { good, bad, bad_lines: found.bad_lines })
}

fn replace(real: &Path, good: &[u8]) -> Result<(), StoreError> {
    let fresh = real.with_extension("jsonl.new");
    let opened = folder::private().write(true).truncate(true).open(&fresh);
    opened.and_then(|file| write_synced(file, good)).map_err(StoreError::io("write", &fresh))?;
    fs::rename(&fresh, real).map_err(StoreError::io("replace", real))?;
    folder::sync_parent(real)
}

fn keep_aside(path: &Path, backups: &Path, lines: &[u8]) -> Result<PathBuf, StoreError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".damaged");
    let aside = backups.join(name);
    let opened = folder::private().append(true).open(&aside);
    opened.and_then(|file| write_synced(file, lines)).map_err(StoreError::io("write", &aside))?;
    folder::sync_parent(&aside)?;
    Ok(aside)
}

fn write_synced(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

impl RepairReport {
    /// Writes the report for people.
    pub fn to_text(&self) -> String {
        let Some(backup) = &self.backup else { return "Nothing is damaged; nothing was changed.\n".to_owned() };
        let mut text = format!("The logs as they were are in {}.\n", backup.display());
        for ((path, lines), aside) in self.repaired.iter().zip(&self.aside) {
            let (path, aside) = (path.display(), aside.display());
            let _ = writeln!(text, "{path}: damaged lines set aside in {aside}: {lines}.");
        }
        text
    }
}

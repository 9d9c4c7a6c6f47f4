//! Setting damaged lines aside.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::backup::backup;
use super::{StoreError, folder, log_files, scan};

/// What a repair did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RepairReport {
    /// Where the logs were copied before; none when nothing was damaged.
    pub backup: Option<PathBuf>,
    /// For each log that was rewritten, how many damaged lines were set aside.
    pub repaired: Vec<(PathBuf, usize)>,
}

/// Rewrites every log that has damaged lines without them; the damaged lines stay in the backup made before.
///
/// # Errors
/// A file cannot be read or written; the logs are then as before.
pub fn repair(logs: &Path, backups: &Path, now_ms: i64) -> Result<RepairReport, StoreError> {
    let mut report = RepairReport::default();
    for path in log_files(logs)? {
        if scan(&path, 0, |_| {})?.bad.is_empty() {
            continue;
        }
        if report.backup.is_none() {
            report.backup = backup(logs, backups, now_ms)?;
        }
        let set_aside = rewrite(&path)?;
        report.repaired.push((path, set_aside));
    }
    Ok(report)
}

/// Writes the good lines beside the log, syncs, and puts them in its place, all under the log's lock. A symlink stays
/// one: what it leads to is replaced.
fn rewrite(path: &Path) -> Result<usize, StoreError> {
    let real = path.canonicalize().map_err(StoreError::io("find", path))?;
    let held = File::options().append(true).open(&real).map_err(StoreError::io("open", path))?;
    held.lock().map_err(StoreError::io("lock", path))?;
    let mut good = Vec::new();
    let found = scan(&real, 0, |record| {
        good.extend_from_slice(record.line);
        good.push(b'\n');
    })?;
    let fresh = real.with_extension("jsonl.new");
    write_private(&fresh, &good).map_err(StoreError::io("write", &fresh))?;
    fs::rename(&fresh, &real).map_err(StoreError::io("replace", path))?;
    if let Some(parent) = real.parent() {
        folder::sync(parent).map_err(StoreError::io("sync the folder", parent))?;
    }
    Ok(found.bad.len())
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl RepairReport {
    /// Writes the report for people.
    pub fn to_text(&self) -> String {
        let Some(backup) = &self.backup else { return "Nothing is damaged; nothing was changed.\n".to_owned() };
        let mut text = format!("The logs as they were are in {}.\n", backup.display());
        for (path, lines) in &self.repaired {
            let _ = writeln!(text, "{}: {lines} damaged lines set aside.", path.display());
        }
        text
    }
}

//! Copies of the logs, thinned out as they age.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{StoreError, folder, log_files};
use crate::schedule::StudyDay;

/// How many days, weeks and months keep a backup each.
const KEPT: [(usize, Period); 3] = [(7, day), (4, week), (12, month)];

/// Names the period that a backup falls into.
type Period = fn(&str) -> String;

/// Copies all logs of `logs` into a new folder under `backups`, named by the UTC time, and thins the older ones to
/// the last of each of 7 days, 4 weeks and 12 months. Gives the new folder; none when there is nothing to copy.
///
/// # Errors
/// A file cannot be copied.
pub fn backup(logs: &Path, backups: &Path, now_ms: i64) -> Result<Option<PathBuf>, StoreError> {
    let files = log_files(logs)?;
    if files.is_empty() {
        return Ok(None);
    }
    let target = free_name(backups, &name(now_ms));
    // Half a backup must not pass for one: thinning out would keep it and remove an older, whole one.
    let unfinished = backups.join(format!("unfinished-{}", name(now_ms)));
    let _ = fs::remove_dir_all(&unfinished);
    folder::make_private(&unfinished)?;
    for file in files {
        let Some(file_name) = file.file_name() else { continue };
        let copy = unfinished.join(file_name);
        fs::copy(&file, &copy).map_err(StoreError::io("copy to", &copy))?;
        fs::File::open(&copy).and_then(|f| f.sync_all()).map_err(StoreError::io("sync", &copy))?;
    }
    folder::sync(&unfinished).map_err(StoreError::io("sync the folder", &unfinished))?;
    fs::rename(&unfinished, &target).map_err(StoreError::io("make the folder", &target))?;
    folder::sync_parent(&target)?;
    thin(backups, &target)?;
    Ok(Some(target))
}

fn free_name(backups: &Path, name: &str) -> PathBuf {
    let plain = backups.join(name);
    let numbered = (2..).map(|n| backups.join(format!("{name}-{n}")));
    std::iter::once(plain).chain(numbered).find(|path| !path.exists()).unwrap_or_default()
}

/// `2026-03-01T093000`, in UTC.
fn name(now_ms: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(now_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H%M%S").to_string()
}

/// Removes what is no longer kept; never the backup just made, even if the clock says that it is an old one.
fn thin(backups: &Path, made: &Path) -> Result<(), StoreError> {
    let mut names: Vec<String> = fs::read_dir(backups)
        .map_err(StoreError::io("read", backups))?
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_backup(name))
        .collect();
    names.sort_unstable_by(|a, b| b.cmp(a));
    let kept = kept(&names);
    let old = names.iter().filter(|name| !kept.contains(*name)).map(|name| backups.join(name));
    for path in old.filter(|path| path != made) {
        fs::remove_dir_all(&path).map_err(StoreError::io("remove", &path))?;
    }
    Ok(())
}

fn is_backup(name: &str) -> bool {
    name.len() >= 17 && name.is_ascii() && name[..10].parse::<StudyDay>().is_ok() && name[10..].starts_with('T')
}

/// Of names from newest to oldest: the newest, and the newest of each day, week and month within their counts.
fn kept(names: &[String]) -> BTreeSet<String> {
    let mut kept: BTreeSet<String> = names.first().cloned().into_iter().collect();
    for (count, period) in KEPT {
        let mut met = BTreeSet::new();
        for name in names {
            if met.len() < count && met.insert(period(name)) {
                kept.insert(name.clone());
            }
        }
    }
    kept
}

fn day(name: &str) -> String {
    name[..10].to_owned()
}

fn week(name: &str) -> String {
    let day: Option<StudyDay> = name[..10].parse().ok();
    // Weeks start on Mondays; 1970-01-01 was a Thursday.
    day.map_or_else(String::new, |day| (day.days() + 3).div_euclid(7).to_string())
}

fn month(name: &str) -> String {
    name[..7].to_owned()
}

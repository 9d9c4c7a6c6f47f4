//! Copies of the logs, thinned out as they age.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::{StoreError, folder, log_files};
use crate::schedule::StudyDay;

/// How many days, weeks and months keep a backup each.
const KEPT: [(usize, Period); 3] = [(7, day), (4, week), (12, month)];

/// Names the period that a backup falls into.
type Period = fn(&str) -> String;

/// Copies all logs of `logs` into a new folder under `backups`, named by the UTC time. Gives the new folder; none when
/// there is nothing to copy.
///
/// Backups of days before are thinned to one for each of 7 days, 4 weeks and 12 months: the one with the most bytes, as a
/// log only grows unless it is damaged. For the same reason none goes that has more bytes than all after it.
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
    thin(backups, &target, &name(now_ms))?;
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

/// Removes what is no longer kept; never the backup just made, even if the clock says that it is an old one. What cannot
/// be measured is left alone.
fn thin(backups: &Path, made: &Path, now: &str) -> Result<(), StoreError> {
    let entries = fs::read_dir(backups).map_err(StoreError::io("read", backups))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).filter(|name| is_backup(name));
    let sizes = names.filter_map(|name| bytes(&backups.join(&name)).map(|size| (name, size))).collect();
    let outlived = outlived(&sizes, now).into_iter().map(|name| backups.join(name));
    for path in outlived.filter(|path| path != made) {
        fs::remove_dir_all(&path).map_err(StoreError::io("remove", &path))?;
    }
    Ok(())
}

/// Lists, of backups by name, oldest first, with their bytes, those of the days before today that are not kept.
fn outlived(sizes: &BTreeMap<String, u64>, now: &str) -> Vec<String> {
    let (kept, today) = (kept(sizes), day(now));
    sizes.keys().filter(|name| day(name) < today && !kept.contains(name.as_str())).cloned().collect()
}

/// Gives the length of all logs of a backup; none if it is no folder that can be read.
fn bytes(backup: &Path) -> Option<u64> {
    log_files(backup).ok()?.iter().map(|log| Some(fs::metadata(log).ok()?.len())).sum()
}

fn is_backup(name: &str) -> bool {
    name.len() >= 17 && name.is_ascii() && name[..10].parse::<StudyDay>().is_ok() && name[10..].starts_with('T')
}

/// Gives those that have more bytes than all after them, and the largest of each day, week and month within their
/// counts. Of some that are as large the oldest counts: less can have befallen it.
fn kept(sizes: &BTreeMap<String, u64>) -> BTreeSet<&str> {
    let mut best: Vec<(&str, u64)> = sizes.iter().map(|(name, size)| (name.as_str(), *size)).collect();
    best.sort_by_key(|(_, size)| Reverse(*size));
    let (mut kept, mut newest, mut last) = (BTreeSet::new(), "", None);
    for (name, size) in &best {
        if *name > newest && last != Some(size) {
            kept.insert(*name);
            last = Some(size);
        }
        newest = newest.max(*name);
    }
    for (count, period) in KEPT {
        let mut largest = BTreeMap::new();
        for (name, _) in &best {
            largest.entry(period(name)).or_insert(*name);
        }
        kept.extend(largest.values().rev().take(count));
    }
    kept
}

fn day(name: &str) -> String {
    name[..10].to_owned()
}

/// Names a week by its Monday.
fn week(name: &str) -> String {
    let day: Option<StudyDay> = name[..10].parse().ok();
    // 1970-01-01 was a Thursday.
    let monday = |day: StudyDay| StudyDay::from_days(day.days() - (day.days() + 3).rem_euclid(7));
    day.map_or_else(String::new, |day| monday(day).to_string())
}

fn month(name: &str) -> String {
    name[..7].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY_MS: i64 = 86_400_000;

    /// Backs up a log of so many bytes.
    fn back_up(sizes: &mut BTreeMap<String, u64>, bytes: u64, now_ms: i64) -> String {
        let made = name(now_ms);
        sizes.insert(made.clone(), bytes);
        let outlived = outlived(sizes, &made);
        sizes.retain(|name, _| !outlived.contains(name));
        made
    }

    #[test]
    fn backups_of_one_day_all_stay_and_the_next_day_leaves_the_one_with_the_most() {
        let (mut sizes, mut ms) = (BTreeMap::new(), DAY_MS);
        let mut each = |bytes| {
            ms += 1_000;
            back_up(&mut sizes, bytes, ms)
        };
        let day = [5, 9, 3].map(&mut each);
        assert!(sizes.keys().eq(&day));
        let next = back_up(&mut sizes, 12, 2 * DAY_MS);
        assert!(sizes.keys().eq([&day[1], &next]));
    }

    #[test]
    fn years_of_backups_leave_some_of_each_age() {
        let mut sizes = BTreeMap::new();
        let made: Vec<String> = (0_i64..800).map(|n| back_up(&mut sizes, n.cast_unsigned(), n * DAY_MS)).collect();
        assert!(made.iter().rev().take(7).all(|day| sizes.contains_key(day)), "{sizes:?}");
        assert!((7 + 3 + 10..=7 + 4 + 12).contains(&sizes.len()), "{sizes:?}");
        assert!(sizes.keys().next() < made.get(800 - 10 * 30), "{sizes:?}");
    }

    proptest! {
        /// However the log grows, is damaged and restored: the largest there ever was is there, or was outgrown.
        #[test]
        fn no_backup_goes_for_one_that_holds_less(steps in proptest::collection::vec((0u64..6, 0i64..20), 1..60)) {
            let (mut sizes, mut now_ms, mut most) = (BTreeMap::new(), 0, 0);
            for (bytes, days) in steps {
                now_ms += 1_000 + days * DAY_MS;
                let made = back_up(&mut sizes, bytes, now_ms);
                most = most.max(bytes);
                prop_assert_eq!(sizes.values().max(), Some(&most));
                prop_assert!(sizes.contains_key(&made));
            }
        }
    }
}

//! A disk that fails at each call an answer hangs on.

use std::fs;

use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::schedule::{Moment, StudyDay};
use crate::store::disk::script::{Act, Call, calls, play};
use crate::store::{What, scan, verify};

fn event(n: u128) -> Event {
    let moment = Moment::new(1_772_000_000_000, 0);
    let what = What::Forget { card: format!("d/card-{n}") };
    Event { id: Uuid::from_u128(n), at_ms: moment.at_ms, offset_s: 0, day: moment.day, what }
}

/// A log with one line in it, open.
fn log() -> (TempDir, Log) {
    let home = TempDir::new().unwrap();
    let mut log = Log::new(&home.path().join("progress"), "here");
    log.append(&event(1)).unwrap();
    (home, log)
}

fn ids(log: &Log) -> Vec<u128> {
    let mut found = Vec::new();
    scan(log.path(), 0, |record| found.push(record.event.id.as_u128())).unwrap();
    found
}

#[test]
fn an_answer_is_one_write_and_then_a_sync() {
    let (_home, mut log) = log();
    play([]);
    log.append(&event(2)).unwrap();
    assert_eq!(calls(), [Call::Write, Call::Sync]);
}

#[test]
fn an_answer_that_cannot_be_written_leaves_the_log_as_it_was() {
    for acts in [vec![Act::Fail], vec![Act::Short(0)], vec![Act::Short(1)], vec![Act::Short(90)]] {
        let (home, mut log) = log();
        let before = fs::read(log.path()).unwrap();
        play(acts);
        let error = log.append(&event(2)).unwrap_err();
        assert!(matches!(error, StoreError::NotSaved { .. }), "{error}");
        assert_eq!(calls(), [Call::Write, Call::Cut]);
        assert_eq!(fs::read(log.path()).unwrap(), before);
        log.append(&event(3)).unwrap();
        assert_eq!(ids(&log), [1, 3]);
        assert!(verify(&home.path().join("progress")).unwrap().ok);
    }
}

#[test]
fn a_part_that_cannot_even_be_cut_off_costs_no_later_answer() {
    let (home, mut log) = log();
    play([Act::Short(40), Act::Fail]);
    log.append(&event(2)).unwrap_err();
    log.append(&event(3)).unwrap();
    assert_eq!(ids(&log), [1, 3]);
    assert_eq!(verify(&home.path().join("progress")).unwrap().files[0].damaged_lines, 1);
}

#[test]
fn a_failed_sync_is_tried_once_more_on_a_fresh_handle_with_the_same_id() {
    let (_home, mut log) = log();
    play([Act::Fine, Act::Fail]);
    log.append(&event(2)).unwrap();
    assert_eq!(calls(), [Call::Write, Call::Sync, Call::Cut, Call::Open, Call::Write, Call::Sync]);
    assert_eq!(ids(&log), [1, 2]);
}

#[test]
fn after_a_failed_sync_both_copies_may_survive_and_count_once() {
    let (home, mut log) = log();
    play([Act::Fine, Act::Fail, Act::Fail]);
    log.append(&event(2)).unwrap();
    assert_eq!(ids(&log), [1, 2, 2]);
    let report = verify(&home.path().join("progress")).unwrap();
    assert_eq!((report.ok, report.events), (true, 2));
}

#[test]
fn an_answer_whose_sync_fails_twice_is_not_saved() {
    let (_home, mut log) = log();
    let before = fs::read(log.path()).unwrap();
    play([Act::Fine, Act::Fail, Act::Fine, Act::Fine, Act::Fine, Act::Fail]);
    let error = log.append(&event(2)).unwrap_err();
    assert!(error.to_string().starts_with("answer not saved: cannot write to "), "{error}");
    assert_eq!(calls(), [Call::Write, Call::Sync, Call::Cut, Call::Open, Call::Write, Call::Sync, Call::Cut]);
    assert_eq!(fs::read(log.path()).unwrap(), before);
}

#[test]
fn an_import_is_taken_in_whole_or_not_at_all() {
    let (_home, mut log) = log();
    let lines: Vec<String> = (2..6).map(|n| write_line(&event(n))).collect();
    let lines: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
    for acts in [vec![Act::Fine, Act::Fine, Act::Short(9)], vec![Act::Fine, Act::Fine, Act::Fine, Act::Fail]] {
        play(acts);
        log.append_lines(&lines).unwrap_err();
        assert_eq!(ids(&log), [1]);
    }
    log.append_lines(&lines).unwrap();
    assert_eq!(ids(&log), [1, 2, 3, 4, 5]);
}

#[test]
fn an_event_that_could_not_be_read_back_is_not_written() {
    let (_home, mut log) = log();
    let before_the_years = Event { day: StudyDay::from_days(-1_000_000), ..event(2) };
    let error = log.append(&before_the_years).unwrap_err();
    assert!(error.to_string().contains("`day` is missing or out of range"), "{error}");
    assert_eq!(ids(&log), [1]);
}

#[test]
#[cfg(unix)]
fn a_log_replaced_while_an_answer_is_written_gets_the_answer_too() {
    for at in 0..2 {
        let (home, mut log) = log();
        let (path, copy) = (log.path().to_owned(), home.path().join("copy"));
        fs::copy(&path, &copy).unwrap();
        let replace: Box<dyn FnOnce()> = Box::new(move || fs::rename(copy, path).unwrap());
        play((0..at).map(|_| Act::Fine).chain([Act::After(replace)]));
        log.append(&event(2)).unwrap();
        assert_eq!(ids(&log), [1, 2]);
        assert_eq!(calls(), [Call::Write, Call::Sync, Call::Open, Call::Write, Call::Sync]);
    }
}

//! The review log: every rule has a test that turns red without it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use grillme::deck::Tier;
use grillme::grade::PointVerdict;
use grillme::schedule::{Certainty, Moment};
use grillme::store::{
    Detail, Event, Log, Point, StoreError, What, backup, export, import, log_files, parse_line, repair, scan, union,
    verify, write_line,
};
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

fn review(n: u128, card: &str) -> Event {
    let at_ms = 1_772_000_000_000 + i64::try_from(n).unwrap() * 60_000;
    let what = What::Review {
        card: card.to_owned(),
        rating: u8::try_from(n % 4).unwrap() + 1,
        ms: 4_200,
        rev: 1,
        by: None,
        hints: 0,
        given: Some("6.8 \u{1b}[31m \"quoted\" ü".to_owned()),
        score: Some(1.0),
        auto: Some(3),
        detail: Detail::default(),
    };
    let moment = Moment::new(at_ms, 3_600);
    Event {
        id: Uuid::from_u128(0x0192_f3a0_0000_7000_8000_0000_0000_0000 + n),
        at_ms,
        offset_s: 3_600,
        day: moment.day,
        what,
    }
}

struct Sandbox {
    home: TempDir,
}

impl Sandbox {
    fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("progress")
    }

    fn backups(&self) -> PathBuf {
        self.home.path().join("backups")
    }

    fn with(events: impl IntoIterator<Item = u128>) -> (Self, PathBuf) {
        let sandbox = Self::new();
        let mut log = Log::new(&sandbox.folder(), "here");
        events.into_iter().for_each(|n| log.append(&review(n, "d/card")).unwrap());
        let path = log.path().to_owned();
        (sandbox, path)
    }
}

fn ids(path: &Path) -> Vec<u128> {
    let mut found = Vec::new();
    scan(path, 0, |record| found.push(record.event.id.as_u128() & 0xffff)).unwrap();
    found
}

#[test]
fn what_is_appended_is_read_back() {
    let (_sandbox, path) = Sandbox::with(0..3);
    let mut events = Vec::new();
    scan(&path, 0, |record| events.push(record.event)).unwrap();
    assert_eq!(events, [review(0, "d/card"), review(1, "d/card"), review(2, "d/card")]);
}

/// An interview question, answered in writing.
fn interview() -> Event {
    let point = |id: &str, verdict, confirmed| Point { id: id.to_owned(), verdict: Some(verdict), confirmed };
    let mut event = review(2, "docker/iv-when-vm");
    event.what = What::Review {
        card: "docker/iv-when-vm".to_owned(),
        rating: 2,
        ms: 60_000,
        rev: 1,
        by: None,
        hints: 0,
        given: Some("A VM has a kernel of its own.".to_owned()),
        score: Some(0.5),
        auto: Some(1),
        detail: Detail {
            tier: Some(Tier::Beginner),
            upper: Some(0.75),
            confirmed: Some(0.75),
            points: vec![
                point("own-kernel", PointVerdict::Hit, true),
                point("hypervisor", PointVerdict::Ask, true),
                point("start-up", PointVerdict::Miss, false),
            ],
            think: false,
            sure: Some(Certainty::Fair),
        },
    };
    event
}

/// A question of a mock interview, thought through aloud.
fn practice() -> Event {
    let point = Point { id: "own-kernel".to_owned(), verdict: None, confirmed: true };
    let mut event = review(3, "docker/iv-when-vm");
    event.what = What::Practice {
        card: "docker/iv-when-vm".to_owned(),
        via: "mock".to_owned(),
        rating: Some(3),
        ms: 12_000,
        rev: 2,
        hints: 1,
        given: None,
        score: None,
        detail: Detail { confirmed: Some(1.0), points: vec![point], think: true, ..Detail::default() },
    };
    event
}

#[test]
fn the_lines_of_the_documentation_are_what_is_written() {
    let text = include_str!("../../docs/progress-file.md").replace("\r\n", "\n");
    let lines: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("    ").filter(|l| l.starts_with('{'))).collect();
    let mut forget = review(1, "docker/vm-own-kernel");
    forget.what = What::Forget { card: "docker/vm-own-kernel".to_owned() };
    assert_eq!(lines, [write_line(&forget), write_line(&interview())]);
}

#[test]
fn interviews_practice_and_plans_are_read_back() {
    let mut plan = review(4, "docker/iv-when-vm");
    plan.what = What::Plan { card: "docker/iv-when-vm".to_owned(), on: "2026-02-26".parse().unwrap() };
    for event in [interview(), practice(), plan] {
        assert_eq!(parse_line(write_line(&event).as_bytes()), Ok(event));
    }
    let line = write_line(&practice());
    assert!(line.contains(r#""via":"mock""#) && line.contains(r#""think":true"#) && !line.contains("given"), "{line}");
}

fn sealed(body: &str) -> String {
    format!("{body},\"crc\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()))
}

#[test]
fn words_of_a_later_version_cost_no_answer() {
    let head = r#"{"v":1,"id":"0192f3a0-0000-7000-8000-000000000001","kind":"review","at":1,"offset":0,"day":"2026-01-01","card":"d/i","rating":3"#;
    let read = |rest: &str| match parse_line(sealed(&format!("{head},{rest}")).as_bytes()).unwrap().what {
        What::Review { rating: 3, detail, .. } => detail,
        other => panic!("{other:?}"),
    };
    assert_eq!(read(r#""tier":"guru","sure":9"#), Detail::default());
    assert_eq!(read(r#""points":{"own-kernel":"hit"}"#), Detail::default());
    let points = read(r#""points":[{"id":"a","verdict":"half","confirmed":true,"new":[1]}]"#).points;
    assert_eq!(points, [Point { id: "a".to_owned(), verdict: None, confirmed: true }]);
    let via_missing = sealed(&head.replace("review", "practice"));
    assert_eq!(
        parse_line(via_missing.as_bytes()).unwrap_err().to_string(),
        "the line is not an event: `via` is missing or out of range"
    );
}

#[test]
fn a_log_cut_off_at_any_byte_gives_the_exact_prefix_and_says_so() {
    let (sandbox, path) = Sandbox::with(0..6);
    let whole = fs::read(&path).unwrap();
    let ends: Vec<usize> = whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at).collect();
    for cut in 0..=whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let expected: Vec<u128> = (0..).take(ends.iter().filter(|end| **end <= cut).count()).collect();
        let mut seen = Vec::new();
        let found = scan(&path, 0, |record| seen.push(record.event.id.as_u128() & 0xffff)).unwrap();
        assert_eq!(seen, expected, "cut at {cut}");
        let is_between = cut == 0 || whole[cut - 1] == b'\n' || whole.get(cut) == Some(&b'\n');
        assert_eq!(found.torn, !is_between, "cut at {cut}");
        assert_eq!(verify(&sandbox.folder()).unwrap().ok, is_between, "cut at {cut}");
    }
}

#[test]
fn an_answer_after_a_torn_line_is_not_lost_with_it() {
    let (_sandbox, path) = Sandbox::with(0..2);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 9]).unwrap();
    Log::new(path.parent().unwrap(), "here").append(&review(7, "d/card")).unwrap();
    assert_eq!(ids(&path), [0, 7]);
}

#[test]
fn a_flipped_bit_is_never_silent_and_costs_at_most_two_lines() {
    let (sandbox, path) = Sandbox::with(0..20);
    let whole = fs::read(&path).unwrap();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..2_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = usize::try_from(state >> 20).unwrap() % (whole.len() * 8);
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, &flipped).unwrap();
        let report = verify(&sandbox.folder()).unwrap();
        assert!(!report.ok, "bit {bit}");
        assert!(report.files[0].events >= 18, "bit {bit}");
        let named = &report.files[0].damaged[0];
        let line = u64::try_from(whole[..bit / 8].iter().filter(|b| **b == b'\n').count()).unwrap() + 1;
        assert_eq!(named.line, line, "bit {bit}");
        let left: BTreeSet<u128> = ids(&path).into_iter().collect();
        assert!(left.iter().all(|id| *id < 20), "bit {bit}: an event that was never written");
    }
}

#[test]
fn marks_of_editors_and_merges_change_nothing() {
    let (sandbox, path) = Sandbox::with(0..4);
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let edited = format!(
        "\u{feff}{}\r\n<<<<<<< ours\r\n{}\r\n=======\r\n{}\r\n>>>>>>> theirs\n\n{}\n{}\n",
        lines[3], lines[1], lines[1], lines[0], lines[2]
    );
    fs::write(&path, edited).unwrap();
    let report = verify(&sandbox.folder()).unwrap();
    assert!(report.ok);
    assert_eq!((report.events, report.files[0].doubled), (4, 1));
    let mut out = Vec::new();
    export(&sandbox.folder(), &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), text);
}

#[test]
fn a_newer_log_is_refused_and_left_alone() {
    let (sandbox, path) = Sandbox::with(0..1);
    let body = "{\"v\":2,\"id\":7,\"whatever\":[]";
    let line = format!("{body},\"crc\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    fs::write(&path, &line).unwrap();
    assert!(matches!(verify(&sandbox.folder()), Err(StoreError::Newer { version: 2, .. })));
    assert!(matches!(repair(&sandbox.folder(), &sandbox.backups(), 0), Err(StoreError::Newer { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), line);
}

#[test]
fn unknown_kinds_and_members_survive_repair_and_export() {
    let (sandbox, path) = Sandbox::with(0..1);
    let body = "{\"v\":1,\"id\":\"0192f3a0-0000-7000-8000-0000000000ff\",\"kind\":\"tier\",\"at\":1,\"offset\":0,\"day\":\"2026-01-01\",\"to\":\"expert\"";
    let strange = format!("{body},\"crc\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()));
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{strange}\n{}garbage\n{good}", &good[..40])).unwrap();
    let report = repair(&sandbox.folder(), &sandbox.backups(), 1_772_000_000_000).unwrap();
    assert_eq!(report.repaired, [(path.clone(), 1)]);
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{strange}\n{good}"));
    let kept = report.backup.unwrap();
    assert!(kept.ends_with("2026-02-25T061320"), "{}", kept.display());
    assert!(fs::read_to_string(kept.join("here.jsonl")).unwrap().contains("garbage"));
    let mut out = Vec::new();
    export(&sandbox.folder(), &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), format!("{strange}\n{good}"));
}

#[test]
fn the_backup_to_restore_outlives_a_repair_on_the_same_day() {
    let (sandbox, path) = Sandbox::with(0..8);
    let whole = fs::read(&path).unwrap();
    let copy = |now_ms| backup(&sandbox.folder(), &sandbox.backups(), now_ms).unwrap().unwrap();
    let good = copy(1_772_000_000_000);
    fs::write(&path, &whole[..300]).unwrap();
    let torn = repair(&sandbox.folder(), &sandbox.backups(), 1_772_000_001_000).unwrap();
    for day in 0..30 {
        copy(1_772_000_002_000 + day * 86_400_000);
    }
    assert_eq!(fs::read(good.join("here.jsonl")).unwrap(), whole);
    assert!(torn.aside[0].exists(), "what was set aside is gone");
    let left = fs::read_dir(sandbox.backups()).unwrap().count();
    assert!(left < 20, "days that are over are not thinned out: {left}");
}

#[test]
fn a_log_replaced_by_a_rename_is_opened_anew() {
    let (sandbox, path) = Sandbox::with(0..2);
    let mut log = Log::new(&sandbox.folder(), "here");
    log.append(&review(2, "d/card")).unwrap();
    let copy = sandbox.home.path().join("copy");
    fs::copy(&path, &copy).unwrap();
    fs::rename(&copy, &path).unwrap();
    log.append(&review(3, "d/card")).unwrap();
    assert_eq!(ids(&path), [0, 1, 2, 3]);
}

#[test]
fn eight_threads_lose_nothing() {
    let sandbox = Sandbox::new();
    std::thread::scope(|scope| {
        for writer in 0..8u128 {
            let folder = sandbox.folder();
            scope.spawn(move || {
                let mut log = Log::new(&folder, "here");
                (0..100).for_each(|n| log.append(&review(writer * 100 + n, "d/card")).unwrap());
            });
        }
    });
    let files = log_files(&sandbox.folder()).unwrap();
    let seen: BTreeSet<u128> = ids(&files[0]).into_iter().collect();
    assert_eq!(seen.len(), 800);
    assert!(verify(&sandbox.folder()).unwrap().ok);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("progress"), "a file").unwrap();
    let error = Log::new(&home.path().join("progress"), "here").append(&review(0, "d/card")).unwrap_err();
    assert!(error.to_string().contains(&home.path().join("progress").display().to_string()), "{error}");
}

#[test]
fn import_adds_what_is_new_once() {
    let (here, _) = Sandbox::with(0..3);
    let (there, _) = Sandbox::with(1..5);
    let mut theirs = Vec::new();
    export(&there.folder(), &mut theirs).unwrap();
    let report = import(&here.folder(), "here", theirs.as_slice()).unwrap();
    assert_eq!((report.added, report.known), (2, 2));
    let again = import(&here.folder(), "here", theirs.as_slice()).unwrap();
    assert_eq!((again.added, again.known), (0, 4));
    assert_eq!(verify(&here.folder()).unwrap().events, 5);
}

#[test]
#[cfg(unix)]
fn only_the_owner_can_read_the_log() {
    use std::os::unix::fs::PermissionsExt;
    let (sandbox, path) = Sandbox::with(0..1);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(&sandbox.folder())), (0o600, 0o700));
}

#[test]
#[cfg(unix)]
fn a_symlinked_log_is_followed_and_kept() {
    let (sandbox, path) = Sandbox::with(0..2);
    let real = sandbox.home.path().join("elsewhere.jsonl");
    fs::rename(&path, &real).unwrap();
    std::os::unix::fs::symlink(&real, &path).unwrap();
    Log::new(&sandbox.folder(), "here").append(&review(2, "d/card")).unwrap();
    fs::write(&real, format!("{}junk\n", fs::read_to_string(&real).unwrap())).unwrap();
    repair(&sandbox.folder(), &sandbox.backups(), 0).unwrap();
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(ids(&real), [0, 1, 2]);
}

type Line = (i64, Uuid, Vec<u8>);

fn any_lines() -> impl Strategy<Value = Vec<Line>> {
    // Few ids and times, so that clashes are common.
    let line =
        (0i64..5, 0u128..8, "[a-c]{0,2}").prop_map(|(at, id, body)| (at, Uuid::from_u128(id), body.into_bytes()));
    proptest::collection::vec(line, 0..8)
}

fn merged(a: &[Line], b: &[Line]) -> Vec<Line> {
    union(a.iter().chain(b).cloned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in any_lines(), b in any_lines(), c in any_lines()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        let once = union(a.iter().cloned());
        prop_assert_eq!(merged(&once, &once), once.clone());
        prop_assert!(once.is_sorted_by_key(|(at, id, _)| (*at, *id)));
    }
}

//! A log written before interview questions, practice and plans were logged still means what it meant.

use std::fs;
use std::path::Path;

use grillme::schedule::{CardState, Due, Scheduler, Settings};
use grillme::store::{Index, parse_line, verify, write_line};
use tempfile::TempDir;

const LOG: &str = include_str!("../data/first-format.jsonl");

/// Every card of the log: phase, memory to one decimal place, when due, last and first day, and the rest.
const STATES: [&str; 8] = [
    "Review 11.0/2.1 due 2026-01-17 last 2026-01-07 first 2026-01-05 every 10 reps 3 rev 1 suspended false buried -",
    "Review 0.4/5.2 due 2026-01-07 last 2026-01-05 first 2026-01-05 every 2 reps 2 rev 2 suspended false buried -",
    "Learning { step: 0 } 1.3/5.1 due @1767663330000 last 2026-01-05 first 2026-01-05 every 0 reps 1 rev 1 suspended false buried -",
    "New - due - last - first - every 0 reps 0 rev 0 suspended true buried -",
    "Learning { step: 1 } 2.3/2.1 due @1767836400000 last 2026-01-08 first 2026-01-08 every 0 reps 1 rev 1 suspended false buried -",
    "New - due - last - first - every 0 reps 0 rev 0 suspended false buried -",
    "New - due - last - first - every 0 reps 0 rev 0 suspended false buried 2026-01-09",
    "",
];

fn folder(home: &Path) -> std::path::PathBuf {
    let logs = home.join("progress");
    fs::create_dir_all(&logs).unwrap();
    fs::write(logs.join("here.jsonl"), LOG).unwrap();
    logs
}

fn told(state: &CardState) -> String {
    let memory = state.memory.map_or("-".to_owned(), |m| format!("{:.1}/{:.1}", m.stability, m.difficulty));
    let due = match state.due {
        Due::Now => "-".to_owned(),
        Due::At(ms) => format!("@{ms}"),
        Due::Day(day) => day.to_string(),
    };
    let day = |day: Option<grillme::schedule::StudyDay>| day.map_or("-".to_owned(), |day| day.to_string());
    format!(
        "{:?} {memory} due {due} last {} first {} every {} reps {} rev {} suspended {} buried {}",
        state.phase,
        day(state.last.map(|last| last.day)),
        day(state.first_day),
        state.interval,
        state.reps,
        state.rev,
        state.suspended,
        day(state.buried)
    )
}

#[test]
fn every_card_stands_where_it_stood() {
    let home = TempDir::new().unwrap();
    let (index, notes) = Index::open(None, &folder(home.path()), &Scheduler::new(Settings::default())).unwrap();
    assert!(notes.bad.is_empty());
    let cards = [
        "vm-own-kernel",
        "cgroups-limit#r",
        "image-layers#c1",
        "swap-limit",
        "iv-when-vm",
        "old-one",
        "look-alike",
        "none",
    ];
    let told = cards.map(|card| index.state(&format!("docker/{card}")).unwrap().as_ref().map(told).unwrap_or_default());
    assert_eq!(told, STATES);
}

#[test]
fn every_line_verifies_and_is_written_as_it_was() {
    let home = TempDir::new().unwrap();
    let report = verify(&folder(home.path())).unwrap();
    assert!(report.ok);
    assert_eq!((report.events, report.files[0].unknown), (18, 1));
    for line in LOG.lines().filter(|line| !line.contains("\"kind\":\"tier\"")) {
        assert_eq!(write_line(&parse_line(line.as_bytes()).unwrap()), line);
    }
}

//! Whatever happens to the program, an answer that was acknowledged is there.

use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use grillme::schedule::{Scheduler, Settings};
use grillme::store::{Index, verify};

use crate::sandbox::{Sandbox, many};

/// Starts a session whose answers are all there at once.
fn start(sandbox: &Sandbox, deck: &str, answers: usize) -> Child {
    let args = ["cards", deck, "--plain", "--new", "100000"];
    let mut command = sandbox.command(&args);
    command.env_remove("GRILLME_NOW");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all("4\n".repeat(answers).as_bytes());
    child
}

/// Reads what a session shows: all of it, or until that many answers are acknowledged.
fn shown(child: &mut Child, answers: usize) -> String {
    let (mut shown, mut part) = (String::new(), [0; 4096]);
    while acknowledged(&shown) < answers {
        match child.stderr.as_mut().unwrap().read(&mut part).unwrap() {
            0 => break,
            n => shown += &String::from_utf8_lossy(&part[..n]),
        }
    }
    shown
}

/// Counts the answers that were acknowledged: the next question was shown after them.
fn acknowledged(shown: &str) -> usize {
    shown.matches("Enter shows the answer").count().saturating_sub(1)
}

/// The index that the sessions left behind says the same as a fresh replay of the log.
fn agrees_with_a_replay(sandbox: &Sandbox, deck: &str) {
    let logs = sandbox.home.path().join("data/progress");
    let (fresh, _) = Index::open(None, &logs, &Scheduler::new(Settings::default())).unwrap();
    let list = sandbox.run(&["list", &format!("./{deck}.json"), "--format", "json"]);
    assert_eq!(list.status, 0, "{}", list.err);
    let document: serde_json::Value = serde_json::from_str(&list.out).unwrap();
    for card in document["cards"].as_array().unwrap() {
        let (key, reps) = (card["card"].as_str().unwrap(), card["reps"].as_u64().unwrap());
        let state = fresh.state(key).unwrap().unwrap_or_default();
        assert_eq!(reps, u64::from(state.reps), "{key}");
        let stability = card["stability"].as_f64().map(|stability| stability as f32);
        assert_eq!(stability, state.memory.map(|memory| memory.stability), "{key}");
    }
}

/// Kills sessions, `rounds` times `writers` at once, each at a random moment soon after a random answer. Counting the
/// answers, and not the time, makes every kill hit a session at work, however busy the machine is.
fn kill(rounds: usize, writers: usize) -> (usize, usize) {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(5_000));
    sandbox.run(&["list", "./many.json", "--item", "card-0"]);
    let (mut promised, mut state) = (0, 0x9e37_79b9_u64);
    for _ in 0..rounds {
        let sandbox = &sandbox;
        let moments = (0..writers).map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (usize::try_from(state >> 59).unwrap(), Duration::from_micros(state >> 32 & 0xfff))
        });
        let moments: Vec<(usize, Duration)> = moments.collect();
        promised += std::thread::scope(|scope| {
            let killed = moments.into_iter().map(|moment| scope.spawn(move || kill_one(sandbox, moment)));
            let killed: Vec<_> = killed.collect();
            killed.into_iter().map(|one| one.join().unwrap()).sum::<usize>()
        });
    }
    let report = verify(&sandbox.home.path().join("data/progress")).unwrap();
    assert!(promised >= rounds, "too little was answered before the kills: {promised}");
    assert!(report.events >= promised, "{promised} answers were acknowledged, {} are there", report.events);
    let torn: u64 = report.files.iter().map(|file| file.damaged_lines).sum();
    assert!(torn <= (rounds * writers) as u64, "{}", report.to_text());
    agrees_with_a_replay(&sandbox, "many");
    (promised, report.events)
}

fn kill_one(sandbox: &Sandbox, (answers, later): (usize, Duration)) -> usize {
    let mut child = start(sandbox, "./many.json", 300);
    let mut all = shown(&mut child, answers);
    sleep(later);
    child.kill().unwrap();
    all += &shown(&mut child, usize::MAX);
    child.wait().unwrap();
    acknowledged(&all)
}

#[test]
fn kills_at_random_moments_lose_no_acknowledged_answer() {
    kill(6, 4);
}

/// The long form: `cargo test --release --test it -- --ignored a_thousand_kills`.
#[test]
#[ignore = "takes minutes"]
fn a_thousand_kills_of_eight_writers_lose_no_acknowledged_answer() {
    let (promised, kept) = kill(125, 8);
    let _ = writeln!(std::io::stderr(), "1000 sessions killed: {promised} answers acknowledged, {kept} kept");
}

#[test]
fn writers_at_once_lose_nothing() {
    writers(4, 50);
}

/// The long form: `cargo test --release --test it -- --ignored eight_writers`.
#[test]
#[ignore = "takes minutes"]
fn eight_writers_of_a_thousand_answers_lose_nothing() {
    writers(8, 1_000);
}

fn writers(count: usize, answers: usize) {
    let sandbox = Sandbox::new();
    let decks: Vec<String> = (0..count).map(|n| format!("many-{n}")).collect();
    for deck in &decks {
        sandbox.write(&format!("{deck}.json"), many(answers).replacen("\"many\"", &format!("{deck:?}"), 1));
    }
    let mut children: Vec<Child> =
        decks.iter().map(|deck| start(&sandbox, &format!("./{deck}.json"), answers)).collect();
    for child in &mut children {
        let shown = shown(child, usize::MAX);
        let end: Vec<&str> = shown.lines().rev().take(5).collect();
        assert!(child.wait().unwrap().success(), "{end:#?}");
        assert_eq!(acknowledged(&shown), answers - 1, "{end:#?}");
    }
    let report = verify(&sandbox.home.path().join("data/progress")).unwrap();
    assert!(report.ok, "{}", report.to_text());
    assert_eq!(report.events, count * answers);
    decks.iter().for_each(|deck| agrees_with_a_replay(&sandbox, deck));
}

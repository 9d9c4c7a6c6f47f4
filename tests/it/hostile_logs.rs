//! Logs that come from elsewhere, or were tampered with: nothing in them drives the terminal, makes a number run over,
//! or costs more than it must.

use std::fs;

use grillme::schedule::{Scheduler, Settings};
use grillme::store::{Index, verify};
use serde_json::{Value, json};

use crate::payload::{PAYLOADS, escaped, hostile};
use crate::sandbox::{Ran, Sandbox, many};

/// Seals a line as the format wants it.
fn sealed(body: &str) -> String {
    let body = body.trim_end_matches('}');
    format!("{body},\"crc\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()))
}

fn inert(ran: &Ran, what: &str) {
    assert_eq!(hostile(&(ran.out.clone() + &ran.err)), None, "{what}: {:?} {:?}", ran.out, ran.err);
    assert!(!ran.err.contains("panicked") && ran.status <= 4, "{what}: {}", ran.err);
}

fn review() -> Value {
    json!({
        "v": 1, "id": "0192f3a0-0000-7000-8000-000000000001", "kind": "review", "at": 1_772_280_000_000_i64, "offset": 0,
        "day": "2026-02-28", "card": "many/card-0", "rating": 3, "ms": 10, "rev": 1, "by": "2026-12-24", "hints": 1,
        "given": "an answer", "score": 0.5, "auto": 2
    })
}

#[test]
fn every_member_of_an_imported_line_is_shown_inert_wherever_it_is_shown() {
    let members: Vec<String> = review().as_object().unwrap().keys().cloned().collect();
    for (n, payload) in PAYLOADS.iter().enumerate() {
        let sandbox = Sandbox::new();
        sandbox.write("many.json", many(1));
        let mut lines = String::new();
        for (m, member) in members.iter().chain([&"x-more".to_owned()]).enumerate() {
            let mut event = review();
            event["id"] = json!(format!("0192f3a0-0000-7000-8000-0000000000{m:02}"));
            event[member] = json!("PAYLOAD");
            let body = serde_json::to_string(&event).unwrap();
            // Raw where JSON takes it so, else escaped.
            let raw = n % 2 == 0 && !payload.contains(|c: char| c < ' ');
            let written = if raw { (*payload).to_owned() } else { escaped(payload) };
            lines += &sealed(&body.replace("PAYLOAD", &format!("many/{written}")));
        }
        let import = sandbox.run_with(&["progress", "import", "-"], &lines);
        inert(&import, &format!("import of {payload:?}"));
        assert_eq!(import.status, 1, "{}", import.err);
        sandbox.write("data/progress/other.jsonl", &lines);
        let commands: [&[&str]; 8] = [
            &[],
            &["list", "./many.json"],
            &["cards", "./many.json", "--plain"],
            &["progress", "verify"],
            &["progress", "verify", "--format", "json"],
            &["undo"],
            &["undo"],
            &["progress", "repair"],
        ];
        for args in commands {
            inert(&sandbox.run(args), &format!("{args:?} after {payload:?}"));
        }
        let undone = sandbox.run_with(&["cards", "docker", "--plain"], "u\nu\nq\n");
        inert(&undone, &format!("undo in a session after {payload:?}"));
        assert_eq!(sandbox.run(&["progress", "verify"]).status, 0);
    }
}

/// Values at and beyond the edges of every number and day. All are read or refused, none makes a sum run over, and the
/// index that met them in pieces says what a fresh one says.
#[test]
fn numbers_and_days_at_their_edges_break_nothing() {
    let numbers = ["-9223372036854775808", "9223372036854775807", "-1", "0", "4294967295", "2147483647", "1e300", "5"];
    let days = ["-009999-01-01", "0000-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "1970-01-01", ""];
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(1));
    let (mut id, mut lines) = (0, String::new());
    let members = ["at", "offset", "rating", "ms", "rev", "hints", "score", "auto"];
    let edges = members.iter().flat_map(|member| numbers.iter().map(move |number| (*member, (*number).to_owned())));
    let edges = edges.chain(days.iter().flat_map(|day| ["day", "by"].map(|member| (member, format!("{day:?}")))));
    for (member, value) in edges {
        id += 1;
        let mut event = review();
        event["id"] = json!(format!("0192f3a0-0000-7000-8000-{id:012}"));
        event[member] = json!("EDGE");
        lines += &sealed(&serde_json::to_string(&event).unwrap().replace("\"EDGE\"", &value));
    }
    for (kind, more) in [("bury", "through"), ("undo", "of"), ("suspend", "x"), ("unsuspend", "x"), ("plan", "on")] {
        for day in days {
            id += 1;
            let event = json!({"v": 1, "id": format!("0192f3a0-0000-7000-8000-{id:012}"), "kind": kind, "at": id, "offset": 0,
                "day": "2026-02-28", "card": "many/card-0", more: day});
            lines += &sealed(&event.to_string());
        }
    }
    let logs = sandbox.home.path().join("data/progress");
    for (n, line) in lines.lines().enumerate() {
        let path = logs.join(format!("{}.jsonl", n % 3));
        fs::create_dir_all(&logs).unwrap();
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(&path, format!("{before}{line}\n")).unwrap();
        if n % 9 == 0 {
            inert(&sandbox.run(&["list", "./many.json"]), line);
        }
    }
    for args in [&["list", "./many.json"][..], &["cards", "./many.json", "--plain"], &[], &["undo"], &["undo"]] {
        let ran = sandbox.run_with(args, "4\n");
        inert(&ran, &format!("{args:?}"));
        assert!(ran.status == 0, "{args:?}: {}", ran.err);
    }
    let grown = sandbox.run(&["list", "./many.json", "--format", "json"]).out;
    fs::remove_dir_all(sandbox.home.path().join("cache")).unwrap();
    assert_eq!(sandbox.run(&["list", "./many.json", "--format", "json"]).out, grown);
}

/// A log of nothing but damage is told of in a few lines and kept small, however long it is.
#[test]
fn a_flood_of_damaged_lines_is_counted_not_listed() {
    let sandbox = Sandbox::new();
    sandbox.write("data/progress/here.jsonl", "x\n".repeat(200_000));
    let ran = sandbox.run(&["list", "docker"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("and 199995 more damaged lines") && ran.err.lines().count() < 10, "{}", ran.err);
    let report = verify(&sandbox.home.path().join("data/progress")).unwrap();
    assert_eq!((report.files[0].damaged_lines, report.files[0].damaged.len()), (200_000, 1_000));
    let ran = sandbox.run(&["progress", "repair"]);
    assert!(ran.out.contains("here.jsonl.damaged: 200000."), "{}", ran.out);
    let aside = fs::read_to_string(sandbox.home.path().join("data/backups/here.jsonl.damaged")).unwrap();
    assert_eq!(aside, "x\n".repeat(200_000));
}

/// A line longer than any answer is one damaged stretch, whatever stands in it, and is never held as a whole.
#[test]
fn a_line_without_end_is_damage_and_hides_nothing_after_it() {
    let sandbox = Sandbox::new();
    let good = sealed(&serde_json::to_string(&review()).unwrap());
    let logs = sandbox.home.path().join("data/progress");
    sandbox.write("data/progress/here.jsonl", "y".repeat(5 << 20) + "\n" + &good);
    let (index, notes) = Index::open(None, &logs, &Scheduler::new(Settings::default())).unwrap();
    assert!(notes.bad_lines >= 1 && index.state("many/card-0").unwrap().is_some());
    // Nor does one that never ends, as of a file that lies about its length.
    sandbox.write("data/progress/here.jsonl", good + &"[".repeat(5 << 20));
    let (index, notes) = Index::open(None, &logs, &Scheduler::new(Settings::default())).unwrap();
    assert!(notes.bad_lines + notes.torn.len() as u64 >= 1 && index.state("many/card-0").unwrap().is_some());
}

#[test]
fn nesting_in_a_line_is_damage_not_a_crash() {
    let sandbox = Sandbox::new();
    let deep = format!("{{\"v\":1,\"x\":{}{}", "[".repeat(200_000), "]".repeat(200_000));
    sandbox.write("data/progress/here.jsonl", sealed(&deep));
    let ran = sandbox.run(&["progress", "verify"]);
    assert!(ran.status == 1 && ran.out.contains("line 1 (byte 0)"), "{} {}", ran.out, ran.err);
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_no_log() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::used();
    let logs = sandbox.home.path().join("data/progress");
    symlink("/dev/zero", logs.join("zero.jsonl")).unwrap();
    symlink("gone", logs.join("dangling.jsonl")).unwrap();
    symlink("loop.jsonl", logs.join("loop.jsonl")).unwrap();
    fs::create_dir(logs.join("folder.jsonl")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(logs.join("pipe.jsonl")).status().unwrap().success());
    for args in [&["list", "docker"][..], &["progress", "verify"], &["progress", "backup"], &["progress", "export"]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.status, 0, "{args:?}: {}", ran.err);
    }
    for path in ["/dev/zero", "data/progress", "/dev/full", "gone"] {
        let ran = sandbox.run(&["progress", "import", path]);
        assert!(ran.status == 3 && ran.err.contains(&format!("cannot read {path}")), "{path}: {}", ran.err);
    }
}

/// An export never lands among the logs, by whatever way the path leads there.
#[test]
#[cfg(unix)]
fn an_export_over_a_log_is_refused() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::used();
    let before = fs::read_to_string(sandbox.log()).unwrap();
    symlink(sandbox.log(), sandbox.home.path().join("link")).unwrap();
    symlink("data/progress", sandbox.home.path().join("linked-folder")).unwrap();
    let outside = sandbox.write("outside.jsonl", &before);
    symlink(outside, sandbox.home.path().join("data/progress/there.jsonl")).unwrap();
    fs::hard_link(sandbox.log(), sandbox.home.path().join("twin")).unwrap();
    let paths = [
        "twin",
        "data/progress/here.jsonl",
        "data/progress/new.jsonl",
        "link",
        "linked-folder/x.jsonl",
        "outside.jsonl",
    ];
    for path in paths {
        let ran = sandbox.run(&["progress", "export", path]);
        assert!(
            ran.status == 2 && ran.err.contains("is where the logs are kept"),
            "{path}: {} {}",
            ran.status,
            ran.err
        );
    }
    let writers: [&[&str]; 5] = [
        &["interview", "docker", "--export-disputes", "twin"],
        &["exam", "./many.json", "--seal", "-o", "data/progress/here.jsonl"],
        &["exam", "docker", "--count", "1", "--answers", "/dev/null", "--report", "json=link"],
        &["check", "--strict", "./many.json", "--write-baseline", "data/progress/new.jsonl"],
        &["check", "--strict", "./many.json", "--write-baseline", "outside.jsonl"],
    ];
    sandbox.write(
        "many.json",
        many(1).replace(
            "\"kind\":\"flash\",\"front\":\"Question 0?\",\"back\":\"Answer 0\"",
            "\"kind\":\"typed\",\"prompt\":\"Q?\",\"accept\":[\"a\"]",
        ),
    );
    for args in writers {
        let ran = sandbox.run(args);
        assert!(
            ran.status == 2 && ran.err.contains("is where the logs are kept"),
            "{args:?}: {} {}",
            ran.status,
            ran.err
        );
    }
    assert_eq!(fs::read_to_string(sandbox.log()).unwrap(), before);
    assert_eq!(sandbox.run(&["progress", "export", "all.jsonl"]).status, 0);
    assert_eq!(fs::read_to_string(sandbox.home.path().join("all.jsonl")).unwrap(), before);
}

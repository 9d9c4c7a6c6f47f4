//! What can happen to the log in the midst of a session.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use grillme::store::{Log, StoreError, scan, verify};

use crate::live::Live;
use crate::sandbox::{Sandbox, answer, many};
use crate::tools;

/// A session of five cards, waiting at the second.
fn at_the_second_card(sandbox: &Sandbox) -> Live {
    sandbox.write("many.json", many(5));
    let mut live = Live::start(sandbox.command(&["cards", "./many.json", "--plain"]));
    live.wait_for("Enter shows the answer");
    live.answer("4\n");
    live.wait_for("Enter shows the answer");
    live
}

fn cards(log: &Path) -> Vec<String> {
    let mut cards = Vec::new();
    scan(log, 0, |record| cards.extend(record.event.what.card().map(str::to_owned))).unwrap();
    cards
}

#[test]
fn a_log_replaced_by_a_rename_in_mid_session_gets_the_next_answers() {
    let sandbox = Sandbox::new();
    let mut live = at_the_second_card(&sandbox);
    let copy = sandbox.home.path().join("copy");
    fs::copy(sandbox.log(), &copy).unwrap();
    fs::rename(&copy, sandbox.log()).unwrap();
    live.answer("4\n");
    live.wait_for("Enter shows the answer");
    let (status, shown) = live.end();
    assert_eq!(status, 0, "{shown}");
    assert_eq!(cards(&sandbox.log()), ["many/card-0", "many/card-1"]);
}

/// What asks without the index must not start a new log in place of one that is gone, either.
#[test]
fn a_log_that_is_deleted_in_mid_session_is_not_started_over() {
    let sessions: [(&[&str], &str, &str); 3] = [
        (&["quiz", "docker", "--kind", "typed", "--count", "2", "--plain"], "Answer (", "x\n"),
        (
            &["interview", "docker", "--think", "--count", "1", "--plain"],
            "Enter shows",
            "\nn\nn\nn\nn\nn\nn\nn\ng\n3\n",
        ),
        (&["cards", "./many.json", "--plain"], "Enter shows", "4\n"),
    ];
    for (args, prompt, answer) in sessions {
        let sandbox = Sandbox::used();
        sandbox.write("many.json", many(5));
        let was = fs::metadata(sandbox.log()).unwrap().len();
        let mut live = Live::start(sandbox.command(args));
        live.wait_for(prompt);
        fs::remove_file(sandbox.log()).unwrap();
        live.answer(answer);
        let (status, shown) = live.end();
        assert!(status == 3 && shown.contains(&format!("had {was} bytes")), "{args:?}: {status} {shown}");
        assert!(shown.contains("answers are missing"), "{args:?}: {shown}");
        assert_eq!(fs::metadata(sandbox.log()).map_or(0, |about| about.len()), 0, "{args:?}");
        assert_eq!(sandbox.run(&["list", "docker"]).status, 3, "{args:?}: it stays an error");
    }
}

#[test]
fn a_deck_whose_items_change_places_in_mid_session_gets_each_answer_for_the_item_that_was_shown() {
    let deck = |items: [&str; 3]| {
        let item = |id: &&str| format!(r#"{{"id":"{id}","kind":"typed","prompt":"Say {id}.","accept":["{id}"]}}"#);
        let items = items.iter().map(item).collect::<Vec<_>>().join(",");
        format!(r#"{{"format":"grillme-deck","version":1,"id":"d","title":"D","items":[{items}]}}"#)
    };
    let sandbox = Sandbox::new();
    sandbox.write("d.json", deck(["aa", "bb", "cc"]));
    let mut live = Live::start(sandbox.command(&["cards", "./d.json", "--plain"]));
    live.wait_for("Say aa.");
    sandbox.write("d.json", deck(["aa", "cc", "bb"]));
    live.answer("aa\n4\n");
    live.wait_for("Say bb.");
    sandbox.write("d.json", deck(["zz", "cc", "xx"]).replace("\"title\"", "\"x-note\":\"longer\",\"title\""));
    live.answer("bb\n4\n");
    live.wait_for("Say cc.");
    live.answer("cc\n4\n");
    let (status, shown) = live.end();
    assert_eq!(status, 0, "{shown}");
    let log = fs::read_to_string(sandbox.log()).unwrap();
    for id in ["aa", "bb", "cc"] {
        let kept = format!(r#""card":"d/{id}","rating":4"#);
        assert!(log.lines().any(|line| line.contains(&kept) && line.contains(&format!(r#""given":"{id}""#))), "{log}");
    }
}

#[test]
fn a_log_that_shrinks_in_mid_session_is_an_error_that_says_what_to_do() {
    let sandbox = Sandbox::new();
    let mut live = at_the_second_card(&sandbox);
    fs::write(sandbox.log(), "").unwrap();
    live.answer("4\n");
    let (status, shown) = live.end();
    assert_eq!(status, 3, "{shown}");
    let log = sandbox.log().display().to_string();
    assert!(shown.contains(&format!("error: {log} had ")) && shown.contains("answers are missing"), "{shown}");
    assert!(shown.contains("hint: restore it from your backup"), "{shown}");
    assert_eq!(fs::read_to_string(sandbox.log()).unwrap(), "", "what is left of it is touched");
    let again = sandbox.run(&["cards", "./many.json", "--plain"]);
    assert_eq!(again.status, 3, "it stays an error: {}", again.err);
}

#[test]
fn a_log_that_is_deleted_in_mid_session_is_an_error() {
    let sandbox = Sandbox::new();
    let mut live = at_the_second_card(&sandbox);
    fs::remove_file(sandbox.log()).unwrap();
    live.answer("4\n");
    let (status, shown) = live.end();
    assert!(status == 3 && shown.contains("answers are missing"), "{shown}");
}

#[test]
fn a_log_that_turns_into_a_folder_in_mid_session_is_an_error_and_loses_nothing() {
    let sandbox = Sandbox::new();
    let mut live = at_the_second_card(&sandbox);
    let saved = sandbox.home.path().join("saved");
    fs::rename(sandbox.log(), &saved).unwrap();
    fs::create_dir(sandbox.log()).unwrap();
    live.answer("4\n");
    let (status, shown) = live.end();
    assert!(status == 3 && shown.contains(&sandbox.log().display().to_string()), "{shown}");
    assert_eq!(cards(&saved), ["many/card-0"]);
}

/// A line that another program damages is told of while the session runs, and by `verify` ever after.
#[test]
fn damage_in_mid_session_is_told_at_once() {
    let sandbox = Sandbox::new();
    let mut live = at_the_second_card(&sandbox);
    let whole = fs::read_to_string(sandbox.log()).unwrap();
    fs::write(sandbox.home.path().join("data/progress/other.jsonl"), whole.replace("many", "mamy")).unwrap();
    live.answer("4\n");
    live.wait_for("other.jsonl: the line at byte 0 is damaged (the checksum does not match");
    let (status, shown) = live.end();
    assert_eq!(status, 0, "{shown}");
    assert_eq!(sandbox.run(&["progress", "verify"]).status, 1);
}

/// No sync of `/dev/null` ever succeeds on Linux: an answer "written" there may not be acknowledged. This shows, without
/// tracing, that the sync comes before the next question: remove it, and the next question shows.
#[test]
#[cfg(target_os = "linux")]
fn no_question_shows_after_an_answer_that_could_not_be_synced() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(5));
    fs::create_dir_all(sandbox.home.path().join("data/progress")).unwrap();
    symlink("/dev/null", sandbox.log()).unwrap();
    let ran = sandbox.run_with(&["cards", "./many.json", "--plain"], "4\n4\n");
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(ran.err.contains("answer not saved: cannot write to HOME/data/progress/here.jsonl"), "{}", ran.err);
    assert_eq!(ran.err.matches("Enter shows the answer").count(), 1, "{}", ran.err);
}

/// Folders of `/proc` cannot be synced: a log that would be new in one is not acknowledged, and the message says that
/// it was the folder that failed.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_in_a_folder_that_cannot_be_synced_is_not_acknowledged() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.home.path().join("data/progress")).unwrap();
    symlink("/proc/self/comm", sandbox.log()).unwrap();
    let error = Log::new(sandbox.log().parent().unwrap(), "here").append(&answer(1, "d/a", 3)).unwrap_err();
    assert!(matches!(error, StoreError::Io { action: "sync the folder", .. }), "{error}");
}

/// The order of system calls itself: write, sync, question; and the sync of the folder when the log is new.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_is_synced_before_the_next_question_shows() {
    if !tools::strace("an_answer_is_synced_before_the_next_question_shows") {
        return;
    }
    let sandbox = Sandbox::new();
    let trace = sandbox.home.path().join("trace");
    sandbox.write("many.json", many(5));
    let strace =
        ["strace", "-f", "-y", "-e", "trace=write,fdatasync,fsync", "-s", "400", "-o", trace.to_str().unwrap()];
    let mut command = sandbox.words(&[&strace[..], &[tools::PROGRAM, "cards", "./many.json", "--plain"]].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"4\n4\n4\n").unwrap();
    assert!(child.wait().unwrap().success());
    let text = fs::read_to_string(trace).unwrap();
    let (mut open, mut answers) = (false, 0);
    for line in text.lines() {
        if line.contains("\\\"kind\\\":\\\"review\\\"") {
            (open, answers) = (true, answers + 1);
        } else if line.contains("fdatasync(") && line.contains("here.jsonl") && line.ends_with("= 0") {
            open = false;
        } else if line.contains("Enter shows the answer") || line.contains("cards answered") {
            assert!(!open, "a question shows before the answer is synced: {line}");
        }
    }
    assert_eq!(answers, 3, "{text}");
    let first = text.find("kind").unwrap();
    let folder = format!("{}/data/progress>) = 0", sandbox.home.path().display());
    assert!(text[..first].contains(&folder), "the folder is not synced before the first answer is written: {text}");
}

#[test]
fn a_session_goes_on_beside_a_repair() {
    let sandbox = Sandbox::new();
    let mut live = at_the_second_card(&sandbox);
    let whole = fs::read_to_string(sandbox.log()).unwrap();
    fs::write(sandbox.log(), format!("{whole}junk\n")).unwrap();
    assert_eq!(sandbox.run(&["progress", "repair"]).status, 0);
    live.answer("4\n");
    let (status, shown) = live.end();
    assert!(status == 3 || status == 0, "{shown}");
    assert_eq!(cards(&sandbox.log()), ["many/card-0", "many/card-1"]);
    assert!(verify(sandbox.log().parent().unwrap()).unwrap().ok);
}

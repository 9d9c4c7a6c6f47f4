//! Answerers, good and bad: each question gets its verdict, and the run ends.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::exam::{key, report, sandbox};
use crate::sandbox::Sandbox;

/// Reads messages, and sets `item` to what each question is about.
const LOOP: &str = r#"while IFS= read -r line; do
    case $line in *'"type":"question"'*) ;; *) continue ;; esac
    item=$(printf '%s\n' "$line" | sed 's/.*"item":"\([^"]*\)".*/\1/')
"#;

/// Runs an answerer made of a loop body, and gives status and reason of every question.
fn run(sandbox: &Sandbox, body: &str, flags: &[&str]) -> (i32, Vec<(String, String)>) {
    sandbox.write("bot.sh", format!("{LOOP}{body}\ndone\n"));
    let args = ["exam", "kinds.json", "--answerer", "exec sh bot.sh", "--report", "json"];
    let ran = sandbox.run(&[&args[..], flags].concat());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = report(&ran)["items"].as_array().unwrap().clone();
    (ran.status, items.iter().map(|item| (text(&item["status"]), text(&item["reason"]))).collect())
}

fn all(told: &[(String, String)], reason: &str) -> bool {
    told.iter().all(|(status, told)| status == "error" && told == reason)
}

#[test]
fn one_that_echoes_the_key_gets_everything_and_its_record_does_so_too() {
    let sandbox = sandbox();
    sandbox.write("key.jsonl", key(&sandbox, "kinds.json"));
    let (status, told) = run(&sandbox, r#"grep -F "\"$item\"" key.jsonl"#, &["--record", "mine.jsonl"]);
    assert_eq!(status, 0, "{told:?}");
    assert!(told.iter().all(|(status, _)| status == "right"), "{told:?}");
    let ran = sandbox.run(&["exam", "kinds.json", "--answers", "mine.jsonl", "--pass", "100"]);
    assert_eq!(ran.status, 0, "{ran:?}");
}

#[test]
fn it_is_told_the_protocol_then_each_line_of_the_sheet() {
    let sandbox = sandbox();
    let ran = sandbox.run(&[
        "exam",
        "kinds.json",
        "--count",
        "3",
        "--seed",
        "9",
        "--answer-seconds",
        "20",
        "--answerer",
        r#"tee heard.jsonl | while read -r line; do echo '{"item": "none", "answer": 1}'; done"#,
    ]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let heard = fs::read_to_string(sandbox.home.path().join("heard.jsonl")).unwrap();
    let (hello, questions) = heard.split_once('\n').unwrap();
    assert_eq!(hello, r#"{"type":"hello","protocol":1,"seed":9,"questions":3}"#);
    let sheet = sandbox.run(&["exam", "kinds.json", "--count", "3", "--seed", "9", "--questions"]).out;
    assert_eq!(questions.replace(r#"{"type":"question","#, "{"), sheet);
}

#[test]
fn garbage_answers_to_other_questions_and_empty_lines_are_errors_of_the_question() {
    let sandbox = sandbox();
    let (status, told) = run(&sandbox, r"printf '\033[31mgarbage\n'", &[]);
    assert!(status == 1 && all(&told, "the answerer wrote what is no answer: expected value, in column 1"), "{told:?}");
    let (_, told) = run(&sandbox, r#"echo '{"item": "x/y", "answer": 1}'"#, &[]);
    assert!(all(&told, "the answerer answered \"x/y\""), "{told:?}");
    let (_, told) = run(&sandbox, "echo", &[]);
    assert!(all(&told, "the answerer wrote an empty line"), "{told:?}");
}

#[test]
fn one_that_dies_fails_that_question_and_all_that_follow() {
    let sandbox = sandbox();
    let body = r#"n=$((n + 1)); [ $n = 3 ] && exit 7; echo "{\"item\": \"$item\", \"answer\": \"x\"}""#;
    let (status, told) = run(&sandbox, body, &[]);
    assert_eq!((status, told.len()), (1, 11));
    assert_eq!(told[2], ("error".to_owned(), "the answerer ended without an answer (exit status: 7)".to_owned()));
    assert!(all(&told[3..], "the answerer had ended (exit status: 7)"), "{told:?}");
    let (_, told) = run(&sandbox, "exec 1>&-; exec sleep 1000", &["--count", "2"]);
    assert!(told[0].1.starts_with("the answerer ended without an answer"), "{told:?}");
    let ran = sandbox.run(&["exam", "kinds.json", "--answerer", "no-such-program-anywhere"]);
    assert_eq!((ran.status, ran.err.contains("not found")), (1, true), "standard error passes through: {ran:?}");
}

#[test]
fn one_that_sleeps_is_timed_out_and_given_up_and_a_late_answer_does_not_count_for_the_next() {
    let sandbox = sandbox();
    let (status, told) = run(&sandbox, "exec sleep 1000", &["--answer-seconds", "1"]);
    assert_eq!((status, told.len()), (1, 11));
    assert!(all(&told[..3], "no answer within 1 s"), "{told:?}");
    assert!(all(&told[3..], "not asked: 3 questions in a row had no answer within 1 s"), "{told:?}");
    sandbox.write("key.jsonl", key(&sandbox, "kinds.json"));
    let body = r#"n=$((n + 1)); [ $n = 1 ] && sleep 4; grep -F "\"$item\"" key.jsonl"#;
    let (_, told) = run(&sandbox, body, &["--answer-seconds", "3"]);
    assert_eq!(told[0], ("error".to_owned(), "no answer within 3 s".to_owned()));
    assert!(told[2..].iter().all(|(status, _)| status == "right"), "{told:?}");
}

#[test]
fn a_line_without_an_end_is_held_in_bounds_and_the_next_one_is_heard() {
    let sandbox = sandbox();
    sandbox.write("key.jsonl", key(&sandbox, "kinds.json"));
    let body =
        r#"n=$((n + 1)); if [ $n = 1 ]; then head -c 64000000 /dev/zero; echo; else grep -F "\"$item\"" key.jsonl; fi"#;
    let (_, told) = run(&sandbox, body, &["--answer-seconds", "60"]);
    assert_eq!(told[0], ("error".to_owned(), "the answerer wrote a line longer than 1048576 bytes".to_owned()));
    assert!(told[1..].iter().all(|(status, _)| status == "right"), "{told:?}");
    let (_, told) = run(&sandbox, "exec cat /dev/zero", &["--answer-seconds", "1"]);
    assert_eq!(told.len(), 11);
    assert!(told[1..].iter().all(|(status, _)| status == "error"), "{told:?}");
}

#[test]
fn one_that_never_reads_or_writes_many_lines_blocks_nothing() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["exam", "kinds.json", "--answerer", "exec yes", "--report", "json"]);
    let statuses = report(&ran)["items"].as_array().unwrap().iter().all(|item| item["status"] == "error");
    assert!(ran.status == 1 && statuses, "{ran:?}");
    // A question is larger than a pipe holds.
    let long = "word ".repeat(12_000);
    let item = |n: usize| {
        format!(
            r#"{{"id": "q{n}", "kind": "typed", "prompt": "{long}", "stimulus": [{{"kind": "text", "body": "{long}"}}], "accept": ["x"]}}"#
        )
    };
    let items: Vec<String> = (0..5).map(item).collect();
    let deck = format!(
        r#"{{"format": "grillme-deck", "version": 1, "id": "long", "title": "L", "items": [{}]}}"#,
        items.join(",")
    );
    sandbox.write("long.json", deck);
    let ran = sandbox.run(&["exam", "long.json", "--answerer", "exec sleep 1000", "--answer-seconds", "1"]);
    assert_eq!(ran.status, 1, "{ran:?}");
}

/// Waits until something holds.
fn eventually(mut holds: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + Duration::from_secs(30);
    while Instant::now() < until {
        if holds() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Tells whether a process is there. A zombie is.
fn is_there(pid: &str) -> bool {
    let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    rustix::process::test_kill_process(pid).is_ok()
}

#[test]
fn a_signal_ends_the_answerer_and_what_it_started_too() {
    let sandbox = sandbox();
    let bot = "sleep 1000 & echo $! > inner.pid; echo $$ > outer.pid; wait";
    let mut command = sandbox.command(&["exam", "kinds.json", "--answerer", bot]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let read = |name: &str| fs::read_to_string(sandbox.home.path().join(name)).unwrap_or_default();
    assert!(eventually(|| read("outer.pid").ends_with('\n')));
    let pids = [read("inner.pid"), read("outer.pid")];
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(eventually(|| pids.iter().all(|pid| !is_there(pid))), "{pids:?}");
}

#[test]
fn nothing_of_it_is_left_when_the_exam_is_over() {
    let sandbox = sandbox();
    let bot = "sleep 1000 & echo $! > inner.pid; cat > /dev/null";
    let ran = sandbox.run(&["exam", "kinds.json", "--answer-seconds", "1", "--answerer", bot]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let pid = fs::read_to_string(sandbox.home.path().join("inner.pid")).unwrap();
    assert!(eventually(|| !is_there(&pid)));
}

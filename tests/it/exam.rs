//! `grillme exam` as a script meets it: what it selects, what it takes and refuses, how it ends.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

/// One item of each kind that is examined, and two that are not.
pub const KINDS: &str = include_str!("../decks/exam.json");

/// A sandbox with that deck in it.
pub fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("kinds.json", KINDS);
    sandbox
}

/// Reads the json report on standard output.
pub fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"))
}

/// Writes an answers file that holds what a report says is expected.
pub fn key(sandbox: &Sandbox, deck: &str) -> String {
    let ran = sandbox.run(&["exam", deck, "--answers", "-", "--report", "json"]);
    let items = report(&ran)["items"].as_array().unwrap().clone();
    let line = |item: &Value| serde_json::json!({"item": item["item"], "answer": item["expected"]}).to_string() + "\n";
    items.iter().map(line).collect()
}

fn asked(sandbox: &Sandbox, args: &[&str]) -> Vec<Value> {
    let ran = sandbox.run(&[&["exam"], args, &["--questions"]].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn names(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    asked(sandbox, args).iter().map(|line| line["item"].as_str().unwrap().to_owned()).collect()
}

/// The statuses of a report by item, without the deck's id.
fn statuses(report: &Value) -> Vec<(String, String, f64)> {
    let one = |item: &Value| {
        let name = item["item"].as_str().unwrap().trim_start_matches("kinds/").to_owned();
        (name, item["status"].as_str().unwrap().to_owned(), item["score"].as_f64().unwrap())
    };
    let mut all: Vec<_> = report["items"].as_array().unwrap().iter().map(one).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn what_a_report_expects_passes_when_it_is_handed_in_for_every_kind_and_for_the_bundled_deck() {
    let sandbox = sandbox();
    for deck in ["kinds.json", "docker"] {
        let answers = key(&sandbox, deck);
        let ran = sandbox.run_with(&["exam", deck, "--answers", "-", "--report", "json", "--pass", "100"], &answers);
        assert_eq!((ran.status, report(&ran)["score"].as_f64()), (0, Some(1.0)), "{ran:?}");
    }
}

#[test]
fn each_kind_takes_its_shape_of_answer_with_partial_credit_and_a_reason() {
    let answers = r#"
        {"item": "kinds/one", "answer": ["a"]}
        {"item": "kinds/some", "answer": ["a", "c"]}
        {"item": "kinds/word", "answer": "secret cellar"}
        {"item": "kinds/holes", "answer": {"c2": "secret-river"}}
        {"item": "kinds/hole", "answer": {"c1": "secret-spring"}}
        {"item": "kinds/line-up", "answer": ["s1", "s2", "s4", "s3", "x1"]}
        {"item": "kinds/pairs", "answer": {"p1": "moos", "p2": null}}
        {"item": "kinds/drawing", "answer": {"2": "SECRET-floor", "1": "no"}}
        {"item": "kinds/dial", "answer": [{"size": "up", "mass": "down"}]}
        {"item": "kinds/talk", "answer": "It has a finite age. But dust hides the stars."}
        {"item": "kinds/story", "answer": {"look": "a", "tell": "Please wait."}}
    "#;
    let answers: String = answers.trim().lines().map(|line| line.trim().to_owned() + "\n").collect();
    let ran = sandbox().run_with(&["exam", "kinds.json", "--answers", "-", "--report", "json"], &answers);
    assert_eq!(ran.status, 1, "{ran:?}");
    let report = report(&ran);
    let expected = [
        ("dial", "partial", 0.5),
        ("drawing", "partial", 0.5),
        ("hole", "right", 1.0),
        ("holes", "partial", 0.5),
        ("line-up", "partial", 0.5833),
        ("one", "right", 1.0),
        ("pairs", "partial", 0.3333),
        ("some", "wrong", 0.0),
        ("story", "partial", 0.5),
        ("talk", "partial", 0.5),
        ("word", "wrong", 0.0),
    ];
    let expected = expected.map(|(item, status, score)| (item.to_owned(), status.to_owned(), score));
    assert_eq!(statuses(&report), expected);
    let reason = |item: &str| {
        let items = report["items"].as_array().unwrap();
        items.iter().find(|one| one["item"] == format!("kinds/{item}")).unwrap()["reason"].clone()
    };
    assert_eq!(reason("some"), "not picked: Zinc; picked: Oak");
    assert_eq!(reason("one"), Value::Null);
    assert_eq!(reason("talk"), "wrong claim: dust hides; not found: SECRET-point: it expands");
    assert_eq!(reason("story"), "name: missing; tell: partial");
}

#[test]
fn a_slip_that_nobody_can_settle_is_wrong() {
    let answer = "{\"item\": \"docker/vm-layer-term\", \"answer\": \"hypervisr\"}\n";
    let ran = Sandbox::new().run_with(&["exam", "docker/vm-layer-term", "--answers", "-", "--report", "json"], answer);
    let report = report(&ran);
    assert_eq!(report["items"][0]["status"], "wrong");
    assert_eq!(report["items"][0]["reason"], "\"hypervisr\" (one letter off), expected \"hypervisor\"");
}

#[test]
fn an_answer_of_the_wrong_shape_is_an_error_of_its_question_and_none_at_all_is_missing() {
    let answers = "{\"item\":\"kinds/one\",\"answer\":\"red\"}\n{\"item\":\"kinds/word\",\"answer\":7}\n\
                   {\"item\":\"kinds/hole\",\"answer\":null}\n";
    let ran = sandbox().run_with(&["exam", "kinds.json", "--answers", "-", "--report", "json"], answers);
    let report = report(&ran);
    let of =
        |status: &str| statuses(&report).into_iter().filter(|one| one.1 == status).map(|one| one.0).collect::<Vec<_>>();
    assert_eq!(of("error"), ["one", "word"]);
    assert_eq!(of("missing").len(), 9);
    let one = report["items"].as_array().unwrap().iter().find(|item| item["item"] == "kinds/one").unwrap();
    assert_eq!(one["reason"], "no option has the id \"red\"");
    assert_eq!(one["given"], "red");
    assert_eq!(one["place"], serde_json::json!({"file": "-", "line": 1}));
}

#[test]
fn a_broken_answers_file_is_refused_with_its_line_and_a_remedy() {
    let sandbox = sandbox();
    let good = r#"{"item": "kinds/one", "answer": "a"}"#;
    let shape = r#"each line is one object such as {"item": "docker/cgroups-limit", "answer": "cgroups"}"#;
    let cases: [(&[u8], &str); 11] = [
        (b"nonsense", "answers.jsonl:2: nonsense is no JSON value, in column 1"),
        (b"7", "answers.jsonl:2: this is a number\n"),
        (b"[]", "answers.jsonl:2: this is a list\n"),
        (br#"{"item": "kinds/word"}"#, "answers.jsonl:2: missing field `answer`, in column 22"),
        (br#"{"item": "kinds/word", "answer": "x", "note": 1}"#, "answers.jsonl:2: unknown field `note`"),
        (
            br#"{"item": "kinds/word", "answer": "x"} {}"#,
            "answers.jsonl:2: something stands after the end, in column 39",
        ),
        (
            br#"{"item": "kinds/wrd", "answer": "x"}"#,
            "answers.jsonl:2: no question of this exam is \"kinds/wrd\"\nhint: did you mean \"kinds/word\"?",
        ),
        (br#"{"item": "kinds/card", "answer": "x"}"#, "answers.jsonl:2: no question of this exam is \"kinds/card\""),
        (
            br#"{"item": "kinds/one", "answer": "b"}"#,
            "answers.jsonl:2: kinds/one was answered on line 1\nhint: keep one of them",
        ),
        (b"\xff\xfe", "answers.jsonl:2: this is not UTF-8\nhint: save the file as UTF-8"),
        (b"{\"item\": \"\x1b[31m\", \"answer\": 1}", "answers.jsonl:2: a text holds a control character, in column 11"),
    ];
    for (line, told) in cases {
        sandbox.write("answers.jsonl", [good.as_bytes(), b"\n", line, b"\n"].concat());
        let ran = sandbox.run(&["exam", "kinds.json", "--answers", "answers.jsonl", "--report", "json=out.json"]);
        assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {told}")), "{told:?}: {}", ran.err);
        assert!(ran.err.contains("hint: "), "{}", ran.err);
        assert!(!ran.err.contains('\u{1b}'), "{}", ran.err);
        assert!(!sandbox.home.path().join("out.json").exists());
    }
    sandbox.write("answers.jsonl", "{\n  \"item\": \"kinds/one\",\n  \"answer\": \"a\"\n}\n");
    let ran = sandbox.run(&["exam", "kinds.json", "--answers", "answers.jsonl"]);
    assert!(ran.err.starts_with("error: answers.jsonl:1: ") && ran.err.contains(shape), "{ran:?}");
    let long = format!("{good}\n{{\"item\": \"kinds/word\", \"answer\": \"{}\"}}\n", "x".repeat(1 << 20));
    let ran = sandbox.run_with(&["exam", "kinds.json", "--answers", "-"], &long);
    assert!(ran.err.starts_with("error: -:2: the line is longer than 1048576 bytes"), "{}", ran.err);
    let ran = sandbox.run(&["exam", "kinds.json", "--answers", "none.jsonl"]);
    assert_eq!((ran.status, ran.err.starts_with("error: cannot read none.jsonl: ")), (3, true), "{ran:?}");
}

#[test]
fn blank_lines_a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let answers = "\u{feff}{\"item\": \"kinds/one\", \"answer\": \"a\"}\r\n\r\n\n{\"item\": \"kinds/hole\", \"answer\": \"SECRET-spring\"}";
    let ran = sandbox().run_with(&["exam", "kinds.json", "--answers", "-", "--report", "json"], answers);
    let right = statuses(&report(&ran)).into_iter().filter(|one| one.1 == "right").count();
    assert_eq!(right, 2, "{ran:?}");
}

#[test]
fn rules_beyond_the_mark_decide_too() {
    let sandbox = sandbox();
    let mut answers = key(&sandbox, "kinds.json");
    answers = answers.lines().filter(|line| !line.contains("kinds/talk")).map(|line| format!("{line}\n")).collect();
    let run = |flags: &[&str]| {
        let args = [&["exam", "kinds.json", "--answers", "-", "--report", "json"], flags].concat();
        let ran = sandbox.run_with(&args, &answers);
        (ran.status, report(&ran)["rules"].clone())
    };
    assert_eq!(run(&[]).0, 0);
    assert_eq!(run(&["--pass", "90.91%"]).0, 0, "10 of 11 is 0.9091");
    assert_eq!(run(&["--pass", "90.92"]).0, 1);
    assert_eq!(run(&["--pass-tier", "expert=60", "--pass-tier", "beginner=100"]).0, 0);
    assert_eq!(run(&["--require", "kinds/one"]).0, 0);
    assert_eq!(run(&["--require", "kinds/talk=0"]).0, 0);
    let (status, rules) = run(&["--pass-tier", "expert=67", "--require", "kinds/talk"]);
    assert_eq!(status, 1);
    let expected = serde_json::json!([
        {"name": "pass", "wanted": 0.8, "got": 0.9091, "passed": true},
        {"name": "pass-tier expert", "wanted": 0.67, "got": 0.6667, "passed": false},
        {"name": "require kinds/talk", "wanted": 1.0, "got": 0.0, "passed": false},
    ]);
    assert_eq!(rules, expected);
}

#[test]
fn flags_that_cannot_mean_anything_are_wrong_usage() {
    let sandbox = sandbox();
    let wrong: [&[&str]; 16] = [
        &["--pass", "101"],
        &["--pass", "nan"],
        &["--pass-tier", "guru=5"],
        &["--pass-tier", "expert"],
        &["--pass-tier", "expert=1", "--pass-tier", "expert=2"],
        &["--count", "1", "--tier", "beginner", "--pass-tier", "expert=1"],
        &["--require", "kinds/none"],
        &["--require", "kinds/card"],
        &["--report", "pdf"],
        &["--report", "json="],
        &["--report", "json", "--report", "text"],
        &["--report", "json=a", "--report", "text=a"],
        &["--kind", "flash"],
        &["--count", "0"],
        &["--answerer", "cat"],
        &["--minutes", "5"],
    ];
    for flags in wrong {
        let ran = sandbox.run(&[&["exam", "kinds.json", "--answers", "-"], flags].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{flags:?}: {ran:?}");
        assert!(!ran.err.is_empty());
    }
    let ran = sandbox.run(&["exam", "kinds.json"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("--answers FILE"), "{}", ran.err);
    let ran = sandbox.run(&["exam", "kinds.json", "--plain", "--no-input"]);
    assert_eq!((ran.status, ran.err.contains("--answers FILE")), (2, true), "{ran:?}");
}

#[test]
fn an_empty_selection_ends_in_4_and_two_decks_of_one_id_are_not_mixed() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["exam", "kinds.json", "--tag", "none", "--answers", "-"]);
    assert_eq!((ran.status, ran.out.as_str()), (4, ""), "{ran:?}");
    sandbox.write("other.json", KINDS.replace("Which one?", "Which two?"));
    let ran = sandbox.run(&["exam", "./kinds.json", "./other.json", "--questions"]);
    assert_eq!((ran.status, ran.err.contains("have the same id, kinds")), (2, true), "{ran:?}");
    assert_eq!(names(&sandbox, &["kinds.json", "./kinds.json"]).len(), 11);
}

#[test]
fn selection_is_by_filters_counts_and_lessons_and_fixed_by_the_seed() {
    let sandbox = sandbox();
    let all = names(&sandbox, &["kinds.json"]);
    assert_eq!(all.len(), 11);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 11);
    assert_eq!(names(&sandbox, &["kinds.json"]), all, "the same seed asks the same");
    assert_ne!(names(&sandbox, &["kinds.json", "--seed", "2"]), all);
    let few = names(&sandbox, &["kinds.json", "--count", "4"]);
    let open = few.iter().filter(|name| ["kinds/talk", "kinds/story"].contains(&name.as_str())).count();
    assert_eq!((few.len(), open), (4, 2), "about as many of each lesson");
    assert_eq!(names(&sandbox, &["kinds.json", "--per-lesson", "1"]).len(), 2);
    assert_eq!(names(&sandbox, &["kinds.json", "--tag", "pick"]).len(), 2);
    let tier = asked(&sandbox, &["kinds.json", "--tier", "expert", "--kind", "cloze"]);
    assert_eq!(tier[0]["item"], "kinds/holes");
}

#[test]
fn a_blueprint_says_how_many_of_what() {
    let sandbox = sandbox();
    sandbox.write(
        "plan.json",
        r#"{"questions": [{"count": 2}, {"count": 1, "lesson": "open", "kind": "scenario"}, {"count": 1, "lesson": "kinds/closed", "tier": "expert"}, {"count": 1, "tag": "pick"}]}"#,
    );
    for seed in ["1", "2", "3", "4", "5"] {
        let names = names(&sandbox, &["kinds.json", "--blueprint", "plan.json", "--seed", seed]);
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 5);
        for needed in ["kinds/story", "kinds/holes"] {
            assert!(names.iter().any(|name| name == needed), "{names:?}");
        }
    }
    let cases = [
        (r#"{"questions": [{"count": 3, "kind": "typed"}]}"#, "plan.json: questions[0] wants 3, and 1 more fit"),
        (r#"{"questions": [{"count": 1, "kind": "essay"}]}"#, "plan.json: questions[0]: no kind is \"essay\""),
        (r#"{"questions": [{"kind": "typed"}]}"#, "plan.json: missing field `count`"),
        (r#"{"questions": [{"count": 1, "level": "x"}]}"#, "plan.json: unknown field `level`"),
        ("", "plan.json: EOF"),
    ];
    for (plan, told) in cases {
        sandbox.write("plan.json", plan);
        let ran = sandbox.run(&["exam", "kinds.json", "--blueprint", "plan.json", "--questions"]);
        assert_eq!(ran.status, 3, "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {told}")), "{told}: {}", ran.err);
    }
    sandbox.write("plan.json", r#"{"questions": []}"#);
    assert_eq!(sandbox.run(&["exam", "kinds.json", "--blueprint", "plan.json", "--questions"]).status, 4);
}

#[test]
fn reports_go_to_files_whole_or_not_at_all_and_to_standard_output() {
    let sandbox = sandbox();
    sandbox.write("old.json", "old");
    let answers = key(&sandbox, "kinds.json");
    let flags = ["--report", "json=old.json", "--report", "text=a b.txt", "--report", "json"];
    let ran = sandbox.run_with(&[&["exam", "kinds.json", "--answers", "-"], flags.as_slice()].concat(), &answers);
    assert_eq!(ran.status, 0, "{ran:?}");
    let read = |name: &str| fs::read_to_string(sandbox.home.path().join(name)).unwrap();
    assert_eq!(read("old.json"), ran.out);
    assert!(read("a b.txt").starts_with("Passed: 100 % (80 % passes)\n11 questions: 11 right.\n"));
    let ran =
        sandbox.run_with(&["exam", "kinds.json", "--answers", "-", "--report", "json=no/folder/r.json"], &answers);
    assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{ran:?}");
    assert!(ran.err.contains("cannot write no/folder/r.json"), "{}", ran.err);
    let strays = fs::read_dir(sandbox.home.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".grillme"));
    assert_eq!(strays.count(), 0);
}

#[test]
fn the_same_bytes_come_out_whatever_the_world_looks_like() {
    let sandbox = sandbox();
    let answers = "{\"item\": \"kinds/one\", \"answer\": \"b\"}\n{\"item\": \"kinds/some\", \"answer\": [\"a\"]}\n";
    let worlds: [&[(&str, &str)]; 4] = [
        &[],
        &[("LANG", "C"), ("TZ", "Asia/Kolkata"), ("NO_COLOR", "1")],
        &[("LC_ALL", "tr_TR.UTF-8"), ("TERM", "dumb"), ("GRILLME_NOW", "2030-01-01T00:00:00Z")],
        &[("COLUMNS", "20"), ("TERM", "xterm-256color"), ("CLICOLOR_FORCE", "1")],
    ];
    let runs = worlds.map(|variables| {
        let args =
            ["exam", "kinds.json", "--seed", "7", "--answers", "-", "--report", "json", "--report", "text=r.txt"];
        let mut command = sandbox.command(&args);
        command.envs(variables.iter().copied());
        let ran = sandbox.finish(&mut command, answers);
        (ran.status, ran.out, fs::read_to_string(sandbox.home.path().join("r.txt")).unwrap())
    });
    assert!(runs.iter().all(|run| *run == runs[0]));
    insta::assert_snapshot!("exam_json", runs[0].1);
    insta::assert_snapshot!("exam_text", runs[0].2);
}

#[test]
fn an_exam_touches_no_progress_file_unless_asked_and_then_keeps_practice() {
    let sandbox = sandbox();
    let answers = key(&sandbox, "kinds.json");
    sandbox.run_with(&["exam", "kinds.json", "--answers", "-"], &answers);
    assert!(!sandbox.home.path().join("data").exists() && !sandbox.home.path().join("cache").exists());
    let broken = format!("{answers}nonsense\n");
    assert_eq!(sandbox.run_with(&["exam", "kinds.json", "--answers", "-", "--save"], &broken).status, 3);
    assert_eq!(sandbox.log_lines(), 0, "nothing of a broken file is kept");
    let ran = sandbox.run_with(&["exam", "kinds.json", "--answers", "-", "--save"], &answers);
    assert_eq!(ran.status, 0, "{ran:?}");
    let log = fs::read_to_string(sandbox.log()).unwrap();
    let events: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(events.iter().all(|event| event["kind"] == "practice" && event["via"] == "exam" && event["score"] == 1.0));
    let cards: BTreeSet<&str> = events.iter().map(|event| event["card"].as_str().unwrap()).collect();
    for card in ["kinds/one", "kinds/holes#c1", "kinds/holes#c2", "kinds/story#tell", "kinds/talk"] {
        assert!(cards.contains(card), "{cards:?}");
    }
    assert_eq!(events.len(), 14);
    assert_eq!(sandbox.run(&["progress", "verify"]).status, 0);
}

#[test]
fn by_hand_nothing_is_marked_until_the_end_and_the_record_can_be_handed_in() {
    let sandbox = sandbox();
    let args = ["exam", "kinds.json", "--kind", "typed", "--kind", "cloze", "--report", "json"];
    let ran =
        sandbox.run_with(&[&args[..], &["--plain", "--record", "mine.jsonl"]].concat(), "one\ntwo\nthree\nfour\n");
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.starts_with("An exam of 3 questions. Nothing is marked until the end"), "{}", ran.err);
    assert!(!ran.err.contains("SECRET"), "{}", ran.err);
    let record = fs::read_to_string(sandbox.home.path().join("mine.jsonl")).unwrap();
    assert_eq!(record.lines().count(), 3);
    let mut again = report(&sandbox.run(&[&args[..], &["--answers", "mine.jsonl"]].concat()));
    for item in again["items"].as_array_mut().unwrap() {
        assert_eq!(item.as_object_mut().unwrap().remove("place").unwrap()["file"], "mine.jsonl");
    }
    assert_eq!(again, report(&ran));
    let ran = sandbox.run(&["exam", "kinds.json", "--plain", "--record", "mine.jsonl"]);
    assert_eq!((ran.status, ran.err.contains("mine.jsonl exists already")), (2, true), "{ran:?}");
}

#[test]
fn leaving_early_reports_the_rest_as_missing() {
    let sandbox = sandbox();
    let args = ["exam", "kinds.json", "--plain", "--report", "json", "--record", "mine.jsonl"];
    let ran = sandbox.run_with(&[&args[..], &["--kind", "typed", "--kind", "cloze"]].concat(), "one\ntwo\n:q\ny\n");
    assert_eq!(ran.status, 1, "{ran:?}");
    assert_eq!(statuses(&report(&ran)).iter().filter(|one| one.1 == "missing").count(), 2, "{ran:?}");
    let ran = sandbox.run_with(&["exam", "kinds.json", "--plain", "--kind", "typed", "--report", "json"], ":q\nn\nx\n");
    assert_eq!(statuses(&report(&ran))[0].1, "wrong", "{ran:?}");
}

//! `show --play`, `quiz` and `lesson` with piped answers: whole sessions, what is kept, exit statuses.

use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;

use insta::assert_snapshot;

use crate::sandbox::{Ran, Sandbox};

/// A deck with every kind that a quiz asks, two lessons, and a scenario that nobody needs to write for.
const DECK: &str = r#"{"format": "grillme-deck", "version": 1, "id": "small", "title": "Small", "lessons": [
  {"id": "one", "title": "The first", "objectives": [{"id": "know", "text": "Know the answers"}],
   "theory": [{"kind": "para", "title": "Why", "body": "Because."},
              {"kind": "tradeoff", "title": "Speed", "gain": "Fast.", "cost": "Dear."}],
   "items": [
     {"id": "pick", "kind": "choice", "objectives": ["know"], "prompt": "Which is right?", "options": [
       {"id": "yes", "text": "This", "correct": true}, {"id": "no", "text": "That", "feedback": "Not that."}]},
     {"id": "type", "kind": "typed", "objectives": ["know"], "prompt": "Type a.", "accept": ["a"]},
     {"id": "flip", "kind": "flash", "front": "Front?", "back": "Back."},
     {"id": "story", "kind": "scenario", "prompt": "It is down.", "debrief": "Read the log.", "steps": [
       {"id": "read", "ask": "choice", "prompt": "What is it?", "options": [
         {"id": "disk", "text": "The disk", "correct": true}, {"id": "cpu", "text": "The CPU", "feedback": "It idles."}]},
       {"id": "fix", "ask": "typed", "prompt": "What do you delete?", "accept": ["logs"]}]}]},
  {"id": "two", "title": "The second", "objectives": [], "items": [
     {"id": "hole", "kind": "cloze", "text": "{{c1::one}} and {{c2::two}}"},
     {"id": "sort", "kind": "order", "prompt": "Sort.", "steps": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
     {"id": "list", "kind": "checklist", "prompt": "Read it aloud.", "steps": [
       {"id": "first", "text": "The first", "look_for": "one"}, {"id": "second", "text": "The second", "look_for": "two"}]}]}]}"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("small.json", DECK);
    sandbox
}

fn run(sandbox: &Sandbox, args: &[&str], input: &str) -> Ran {
    let ran = sandbox.run_with(args, input);
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran
}

/// What was practised, as `card via score given`, with undone answers marked.
fn kept(sandbox: &Sandbox) -> Vec<String> {
    let log = fs::read_to_string(sandbox.log()).unwrap_or_default();
    let events: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let undone = |id: &serde_json::Value| events.iter().any(|event| event["of"] == *id);
    let line = |event: &serde_json::Value| {
        let [card, via, given] = ["card", "via", "given"].map(|name| event[name].as_str().unwrap_or("-"));
        let rating = event["rating"].as_u64().map_or("-".to_owned(), |rating| rating.to_string());
        let score = event["score"].as_f64().map_or(rating, |score| format!("{score:.2}"));
        format!("{card} {via} {score} {given}{}", if undone(&event["id"]) { " (undone)" } else { "" })
    };
    events.iter().filter(|event| event["kind"] == "practice").map(line).collect()
}

#[test]
fn a_scenario_is_played_through_its_wrong_fix_to_the_debrief() {
    let sandbox = sandbox();
    let ran = run(&sandbox, &["show", "./small.json/story", "--play", "--plain"], "2\n\nlogs\n");
    assert_snapshot!(ran.err);
    assert_eq!(kept(&sandbox), ["small/story#read play 0.00 cpu", "small/story#fix play 1.00 logs"]);
}

#[test]
fn the_bundled_scenario_has_an_open_step() {
    let ran = run(
        &Sandbox::new(),
        &["show", "docker/module-denied", "--play", "--plain"],
        "2\n\nCAP_SYS_MODULE\n\n2\n\nKeep it in a VM.\nIt needs a module.\n.\ny\nn\nn\n\n",
    );
    assert_snapshot!(ran.err);
}

#[test]
fn what_was_written_for_an_open_step_is_offered_again() {
    let sandbox = Sandbox::new();
    let play = ["show", "docker/module-denied", "--play", "--plain"];
    run(&sandbox, &play, "1\n\nCAP_SYS_MODULE\n\n2\n\nKeep it in a VM.\n");
    let again = run(&sandbox, &play, "1\n\nCAP_SYS_MODULE\n\n2\n\ny\n.\nn\nn\nn\n\n");
    assert!(again.err.contains("You had begun to write:\n  Keep it in a VM.\n"), "{}", again.err);
    assert_eq!(
        kept(&sandbox).last().map(String::as_str),
        Some("docker/module-denied#decide play 0.33 Keep it in a VM.")
    );
    assert!(!run(&sandbox, &play, "1\n\nCAP_SYS_MODULE\n\n2\n\n").err.contains("You had begun"));
}

#[test]
fn an_interview_question_is_played_as_the_interview_asks_it_and_moves_no_tier() {
    let sandbox = Sandbox::new();
    let show = ["show", "docker/q-why-lighter", "--play", "--plain"];
    let ran = run(&sandbox, &show, "They share the kernel.\n.\ny\ny\ny\ny\n\n");
    assert!(ran.err.contains("Model answer") && ran.err.contains("Key points covered:"), "{}", ran.err);
    let kept = kept(&sandbox);
    assert!(kept.len() == 1 && kept[0].starts_with("docker/q-why-lighter play "), "{kept:?}");
    assert!(!fs::read_to_string(sandbox.log()).unwrap().contains("\"tier\""));
}

#[test]
fn undo_within_a_scenario_goes_back_one_step() {
    let sandbox = sandbox();
    run(&sandbox, &["show", "./small.json/story", "--play", "--plain"], "2\nu\n1\n\n:u\n1\n\nlogs\n");
    let expected = [
        "small/story#read play 0.00 cpu (undone)",
        "small/story#read play 1.00 disk (undone)",
        "small/story#read play 1.00 disk",
        "small/story#fix play 1.00 logs",
    ];
    assert_eq!(kept(&sandbox), expected);
}

#[test]
fn a_checklist_is_ticked_and_has_no_score() {
    let sandbox = sandbox();
    let ran = run(&sandbox, &["show", "./small.json/list", "--play", "--plain"], "\ny\nn\n");
    assert!(ran.err.contains("You covered 1 of 2 steps."), "{}", ran.err);
    assert_eq!(kept(&sandbox), ["small/list play - first"]);
}

#[test]
fn a_flash_card_and_every_hole_of_a_cloze_can_be_played() {
    let sandbox = sandbox();
    run(&sandbox, &["show", "./small.json/flip", "--play", "--plain"], "\nn\n");
    run(&sandbox, &["show", "./small.json/hole", "--play", "--plain"], "one\n\ntwo\n");
    let expected = ["small/flip play 1 -", "small/hole#c1 play 1.00 one", "small/hole#c2 play 1.00 two"];
    assert_eq!(kept(&sandbox), expected);
    let list = sandbox.run(&["list", "./small.json", "--format", "json"]);
    assert!(!list.out.contains("\"due\": \"2026"), "practice moves no schedule: {}", list.out);
}

#[test]
fn playing_an_item_can_be_read_by_programs() {
    let ran = run(&sandbox(), &["show", "./small.json/hole", "--play", "--format", "json"], "one\n\nx\n");
    let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let answer = |at: usize| (document["answers"][at]["key"].clone(), document["answers"][at]["score"].clone());
    assert_eq!((answer(0), answer(1)), (("small/hole#c1".into(), 1.0.into()), ("small/hole#c2".into(), 0.0.into())));
}

#[test]
fn a_quiz_asks_marks_at_once_and_lists_what_was_missed() {
    let sandbox = sandbox();
    let answers = "2\n\nb\n\n2 1\n\n2\n";
    let ran = run(&sandbox, &["quiz", "./small.json", "--count", "3", "--seed", "3", "--plain"], answers);
    assert_snapshot!(ran.err);
    assert_eq!(ran.out, "");
}

#[test]
fn missed_questions_come_again_until_they_are_right_and_can_be_chosen_later() {
    let sandbox = sandbox();
    let quiz = ["quiz", "./small.json", "--kind", "choice", "--kind", "typed", "--retry-missed", "--plain"];
    let ran = run(&sandbox, &quiz, "b\n\n2\n\na\n\n2\n");
    assert_snapshot!(ran.err);
    run(&sandbox, &["quiz", "./small.json", "--kind", "typed", "--plain"], "b\n");
    let later = run(&sandbox, &["quiz", "./small.json", "--missed", "--plain"], "a\n");
    assert!(later.err.contains("typed") && later.err.contains("100 %: 1 of 1 right"), "{}", later.err);
    let none = sandbox.run(&["quiz", "./small.json", "--missed"]);
    assert_eq!(none.status, 4);
    assert!(none.err.contains("no question that fits was last answered wrongly"), "{}", none.err);
}

#[test]
fn undo_in_a_quiz_takes_the_last_answer_back_in_the_log_too() {
    let sandbox = sandbox();
    let quiz = ["quiz", "./small.json", "--lesson", "one", "--kind", "choice", "--kind", "typed", "--plain"];
    let ran = run(&sandbox, &quiz, ":u\nb\nu\na\n\n1\n");
    assert!(ran.err.contains("There is nothing to undo.") && ran.err.contains("Took back small/type."), "{}", ran.err);
    assert!(ran.err.contains("100 %: 2 of 2 right"), "{}", ran.err);
    assert_eq!(
        kept(&sandbox),
        ["small/type quiz 0.00 b (undone)", "small/type quiz 1.00 a", "small/pick quiz 1.00 yes"]
    );
    let undone = sandbox.run(&["undo"]);
    assert!(undone.out.contains("small/pick"), "{}", undone.out);
}

#[test]
fn leaving_a_quiz_keeps_and_scores_what_was_answered() {
    let sandbox = sandbox();
    let quiz = ["quiz", "./small.json", "--lesson", "one", "--kind", "choice", "--kind", "typed", "--plain"];
    let ran = run(&sandbox, &quiz, "a\nq\n");
    assert!(ran.err.contains("100 %: 1 of 1 right, 0 s. 1 question left unanswered."), "{}", ran.err);
    assert_eq!(kept(&sandbox), ["small/type quiz 1.00 a"]);
}

#[test]
fn the_same_seed_asks_the_same_questions_in_the_same_order() {
    let asked = |seed: &str| {
        let args = ["quiz", "docker", "--count", "6", "--seed", seed, "--plain"];
        let shown = run(&Sandbox::new(), &args, "q\n").err;
        // All but the sum, which tells how long it took.
        shown.lines().filter(|line| !line.contains(" right, ")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(asked("7"), asked("7"));
    let different = (0..5).filter(|seed| asked(&seed.to_string()) != asked("7"));
    assert!(different.count() > 2);
}

#[test]
fn a_quiz_draws_from_every_lesson() {
    let sandbox = sandbox();
    for seed in ["1", "2", "3"] {
        let ran = run(&sandbox, &["quiz", "./small.json", "--count", "2", "--seed", seed, "--format", "json"], "q\n");
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((&document["schema_version"], &document["asked"]), (&1.into(), &2.into()));
        let all = run(
            &sandbox,
            &["quiz", "./small.json", "--count", "2", "--seed", seed, "--kind", "typed", "--kind", "cloze"],
            "a\n\na\n",
        );
        assert!(all.err.contains("- one -") && all.err.contains("- two -"), "{}", all.err);
    }
}

#[test]
fn the_summary_of_a_quiz_is_a_document_for_programs() {
    let sandbox = sandbox();
    let quiz = ["quiz", "./small.json", "--lesson", "one", "--kind", "choice", "--format", "json"];
    let ran = run(&sandbox, &quiz, "2\n");
    let mut document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    document["took_ms"] = 0.into();
    document["answers"][0]["took_ms"] = 0.into();
    assert_snapshot!(serde_json::to_string_pretty(&document).unwrap());
}

#[test]
fn a_quiz_has_what_can_be_marked_and_says_why_it_has_not_the_rest() {
    let sandbox = sandbox();
    let flash = sandbox.run(&["quiz", "./small.json", "--kind", "flash"]);
    let said = "error: a quiz has no flash items, which only you can mark; see `grillme cards --kind flash`\n";
    assert_eq!((flash.status, flash.err.as_str()), (2, said));
    let nothing = sandbox.run(&["quiz", "./small.json", "--tag", "none"]);
    assert_eq!(nothing.status, 4, "{}", nothing.err);
    let waits = sandbox.run(&["quiz", "./small.json", "--no-input"]);
    assert_eq!(waits.status, 2);
    assert!(waits.err.contains("pipe the answers in with --plain"), "{}", waits.err);
    sandbox.run(&["suspend", "./small.json", "--item", "pick"]);
    assert_eq!(sandbox.run(&["quiz", "./small.json", "--kind", "choice"]).status, 4);
    run(&sandbox, &["quiz", "./small.json/pick", "--plain"], "1\n");
}

#[test]
fn an_answer_is_on_disk_before_anything_else_is_asked() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["show", "./small.json/story", "--play", "--plain"]);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stderr.take().unwrap());
    let mut until = |text: &str| {
        let mut shown = Vec::new();
        while !String::from_utf8_lossy(&shown).contains(text) {
            let mut byte = [0];
            assert_eq!(output.read(&mut byte).unwrap(), 1, "{text} never shows");
            shown.push(byte[0]);
        }
    };
    input.write_all(b"2\n").unwrap();
    until("Enter goes on");
    let kept_before_the_next_step = kept(&sandbox);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(kept_before_the_next_step, ["small/story#read play 0.00 cpu"]);
}

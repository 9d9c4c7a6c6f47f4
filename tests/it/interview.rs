//! `grillme interview`, as a person at a pipe meets it.

use std::fs;

use crate::sandbox::Sandbox;

pub const DECK: &str = r#"{"format": "grillme-deck", "version": 1, "id": "talk", "title": "Talk", "items": [
  {"id": "kernel", "kind": "interview", "tier": "beginner", "seconds": 60, "prompt": "What do containers share?",
   "answer": "They share the kernel, so nothing boots.", "senior_angle": "Say what follows for isolation.",
   "rubric": {"key_points": [
     {"id": "shared", "text": "The kernel is shared", "weight": 2, "required": true, "match": ["shar* kernel"]},
     {"id": "boot", "text": "Nothing boots", "match": ["no|nothing|without boot*"]}],
    "misconceptions": [{"id": "own", "text": "Own kernel", "match": ["own kernel"], "feedback": "They have none."}]},
   "follow_ups": [{"prompt": "What about start-up?", "answer": "Nothing boots, so it is quick."}]},
  {"id": "limits", "kind": "interview", "tier": "intermediate", "prompt": "How is memory limited?",
   "answer": "By cgroups.", "rubric": {"key_points": [
     {"id": "cgroups", "text": "cgroups limit it", "match": ["cgroup*"]}]}},
  {"id": "lab", "kind": "scenario", "tier": "intermediate", "prompt": "A container was killed.", "debrief": "Limits kill.",
   "steps": [{"id": "why", "ask": "choice", "prompt": "What does 137 mean?", "options": [
     {"id": "kill", "text": "SIGKILL", "correct": true}, {"id": "ok", "text": "Success"}]}]}]}"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("talk.json", DECK);
    sandbox
}

/// The last line of the log.
fn last(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.log()).unwrap().lines().last().unwrap().to_owned()
}

#[test]
fn an_answer_is_marked_gone_through_rated_and_kept_with_both_verdicts() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--tier", "beginner", "--certainty", "--plain"];
    let ran = sandbox.run_with(&args, "They share one kernel\nwith the host.\n.\n3\ny\ns\ng\n\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    for told in [
        "What do containers share?",
        "How sure are you?",
        "Model answer\nThey share the kernel, so nothing boots.",
        "1. said: The kernel is shared (a must)\n     \"share one kernel\"",
        "Senior angle: Say what follows for isolation.",
        "Key points covered: 100 %, found without asking: 67 %.",
        "Tier: +1: 1 of 6 towards intermediate.",
        "1 question answered, 100 % of their key points covered.",
        "Your tier in talk: beginner; 1 of 6 towards intermediate.",
    ] {
        assert!(ran.err.contains(told), "{told:?} in\n{}", ran.err);
    }
    let line = last(&sandbox);
    for kept in [
        r#""card":"talk/kernel","rating":3"#,
        r#""given":"They share one kernel\nwith the host.""#,
        r#""score":0.6666666666666666"#,
        r#""tier":"beginner""#,
        r#""confirmed":1.0"#,
        r#"{"id":"boot","verdict":"miss","confirmed":true}"#,
        r#""sure":3"#,
    ] {
        assert!(line.contains(kept), "{kept} in {line}");
    }
    assert_eq!(sandbox.run(&["progress", "verify"]).status, 0);
}

#[test]
fn a_wrong_claim_is_named_caps_the_score_and_can_be_taken_back() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--tier", "beginner", "--plain"];
    let ran = sandbox.run_with(&args, "Each has its own kernel, they share a kernel, nothing boots.\n.\ng\n1\n");
    assert!(ran.err.contains("A wrong claim:") && ran.err.contains("They have none."), "{}", ran.err);
    assert!(ran.err.contains("Key points covered: 50 %."), "{}", ran.err);
    let taken_back = "Each has its own kernel, they share a kernel, nothing boots.\n.\na\ng\n\n";
    let ran = sandbox.run_with(&args, taken_back);
    assert!(ran.err.contains("Key points covered: 100 %, found without asking: 50 %."), "{}", ran.err);
}

#[test]
fn an_answer_that_was_broken_off_is_kept_as_a_draft_and_offered_again() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--tier", "beginner", "--plain"];
    let ran = sandbox.run_with(&args, "They share the kernel\n:q\n");
    assert_eq!((ran.status, sandbox.log_lines()), (0, 0), "{}", ran.err);
    let ran = sandbox.run_with(&args, "y\nof the host.\n.\ny\ng\n\n");
    assert!(ran.err.contains("You had begun to write:"), "{}", ran.err);
    assert!(last(&sandbox).contains(r#""given":"They share the kernel\nof the host.""#), "{}", last(&sandbox));
    let drafts = fs::read_dir(sandbox.home.path().join("data/drafts")).unwrap();
    assert_eq!(drafts.count(), 0, "the draft of a kept answer is gone");
}

#[test]
fn a_draft_is_offered_first_and_outlives_whatever_is_pressed_at_the_offer() {
    let sandbox = sandbox();
    let begin = ["interview", "./talk.json", "--item", "limits", "--plain"];
    let ran = sandbox.run_with(&begin, "By cgroups, I think\n:q\n");
    assert!(ran.err.contains("  grillme interview ./talk.json --item limits"), "{}", ran.err);
    let args = ["interview", "./talk.json", "--plain"];
    for pressed in ["q\n", "u\nq\n", "n\n:q\n", ""] {
        let ran = sandbox.run_with(&args, pressed);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.err.contains("You had begun to write:\n  By cgroups, I think"), "{pressed:?}: {}", ran.err);
    }
    let ran = sandbox.run_with(&args, "n\nBy cgroups.\n.\ng\n\n:q\n");
    assert!(last(&sandbox).contains(r#""given":"By cgroups.""#), "{} {}", last(&sandbox), ran.err);
    assert_eq!(fs::read_dir(sandbox.home.path().join("data/drafts")).unwrap().count(), 0);
}

#[test]
fn undo_in_the_midst_of_the_points_goes_back_one_point() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--think", "--count", "1", "--tier", "beginner", "--plain"];
    let ran = sandbox.run_with(&args, "\nn\nu\ny\nu\ny\nn\ng\n\n");
    assert!(ran.err.contains("Key points covered: 67 %."), "{}", ran.err);
    assert_eq!(ran.err.matches("Did you say this?").count(), 6, "{}", ran.err);
    let ran = sandbox.run_with(&args, "\nu\n\ny\ny\ng\n\n");
    assert!(ran.err.contains("Took back the answer you just gave."), "{}", ran.err);
    assert!(ran.err.contains("Key points covered: 100 %."), "{}", ran.err);
}

#[test]
fn what_was_said_of_the_points_counts_in_a_report_that_is_cut_short() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--mock", "--tier", "beginner", "--plain"];
    let ran = sandbox.run_with(&args, "No idea.\n.\n:q\ny\ny\nu\ny\nq\n");
    assert!(ran.err.contains("questions 1, covered 67 %"), "{}", ran.err);
}

#[test]
fn an_answer_taken_back_before_its_rating_is_there_to_go_on_with() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--count", "1", "--plain"];
    let ran = sandbox.run_with(&args, "They share the kernel.\n.\ny\ng\nu\ny\nof the host.\n.\ny\ng\n\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let (_, again) = ran.err.split_once("Took back the answer you just gave.").unwrap();
    assert!(again.contains("You had begun to write:"), "{again}");
    assert_eq!(sandbox.log_lines(), 1);
    assert!(last(&sandbox).contains(r#""given":"They share the kernel.\nof the host.""#), "{}", last(&sandbox));
}

#[test]
fn thinking_aloud_counts_the_ticks_and_hints_and_undo_work() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--think", "--count", "2", "--plain"];
    let ran = sandbox.run_with(&args, "\ny\nn\ng\n3\nu\n\ny\ny\ng\n3\nq\n");
    assert!(ran.err.contains("Took back talk/kernel."), "{}", ran.err);
    assert!(
        ran.err.contains("Key points covered: 67 %.") && ran.err.contains("Key points covered: 100 %."),
        "{}",
        ran.err
    );
    let kinds: Vec<bool> =
        fs::read_to_string(sandbox.log()).unwrap().lines().map(|l| l.contains(r#""think":true"#)).collect();
    assert_eq!(kinds, [true, false, true]);
}

#[test]
fn a_mock_interview_says_nothing_until_the_end_and_plans_what_to_fix() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--mock", "--minutes", "30", "--save", "talk.md", "--plain"];
    let ran = sandbox.run_with(&args, "They share the kernel.\n.\nNo idea.\n.\nThere are cgroups.\n.\nn\n3\n2\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let (asked, report) = ran.err.split_once("Thank you, that was all.").unwrap();
    assert!(asked.contains("What about start-up?"), "the open point is asked further:\n{asked}");
    for feedback in ["Model answer", "Key points", "Did you say", "Senior"] {
        assert!(!asked.contains(feedback), "{feedback} in\n{asked}");
    }
    for told in [
        "tier beginner\n  questions 1, covered 67 %\n",
        "trade-offs\n  band yes",
        "clarity\n  band no",
        "1. talk/kernel: Nothing boots",
    ] {
        assert!(report.contains(told), "{told:?} in\n{report}");
    }
    let log = fs::read_to_string(sandbox.log()).unwrap();
    assert_eq!(log.matches(r#""via":"mock""#).count(), 3);
    assert!(log.contains(r#""kind":"plan""#) && log.contains(r#""on":"2026-03-02""#), "{log}");
    let written = fs::read_to_string(sandbox.home.path().join("talk.md")).unwrap();
    assert!(written.contains("> They share the kernel.") && written.contains("- Nothing boots"), "{written}");
    let again = sandbox.run_with(&args, "");
    assert_eq!(again.status, 2, "{}", again.err);
    assert!(again.err.contains("talk.md exists already"), "{}", again.err);
}

#[test]
fn answers_in_a_mock_interview_can_be_gone_through_before_the_report() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--item", "kernel", "--mock", "--plain"];
    let ran = sandbox.run_with(&args, "They share the kernel.\n.\nIt is quick.\n.\ny\ny\ng\n4\n4\n");
    assert!(ran.err.contains("Did you say this?") && ran.err.contains("No point was left open."), "{}", ran.err);
    assert!(last(&sandbox).contains(r#""via":"mock-review""#), "{}", last(&sandbox));
}

#[test]
fn a_sheet_for_a_friend_has_boxes_and_no_prompt() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["interview", "./talk.json", "--host", "--no-input"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn disputes_become_samples() {
    let sandbox = sandbox();
    let args = ["interview", "./talk.json", "--tier", "beginner", "--plain"];
    sandbox.run_with(&args, "They share a kernel and start at once.\n.\ny\ng\n\n");
    let ran = sandbox.run(&["interview", "./talk.json", "--export-disputes", "-"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["disputes"][0]["item"], "talk/kernel");
    let sample = &json["disputes"][0]["samples"][0];
    assert_eq!(sample["text"], "They share a kernel and start at once.");
    assert_eq!(sample["hits"], serde_json::json!(["shared", "boot"]));
    sandbox.run(&["undo"]);
    let ran = sandbox.run(&["interview", "./talk.json", "--export-disputes", "-"]);
    assert!(ran.out.contains("\"disputes\": []"), "what was taken back is no dispute: {}", ran.out);
}

#[test]
fn interviews_end_as_the_other_commands_do() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["interview", "./talk.json", "--no-input"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(ran.err.contains("--no-input"), "{}", ran.err);
    let ran = sandbox.run(&["interview", "./talk.json", "--tag", "none"]);
    assert_eq!(ran.status, 4, "{}", ran.err);
    let ran = sandbox.run(&["interview", "./talk.json", "--minutes", "5"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    let ran = sandbox.run_with(&["interview", "./talk.json", "--plain"], "");
    assert!(ran.status == 0 && ran.err.contains("Nothing answered."), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn the_editor_gets_the_draft_and_failing_editors_lose_nothing() {
    let sandbox = sandbox();
    let script = sandbox.write("my editor.sh", "#!/bin/sh\nprintf ' the kernel' >> \"$1\"\n");
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let run = |editor: &str, input: &str| {
        let mut command = sandbox.command(&["interview", "./talk.json", "--tier", "beginner", "--plain"]);
        sandbox.finish(command.env("EDITOR", editor), input)
    };
    let ran = run("/no/such/editor", "They share\n:e\n:q\n");
    assert!(ran.err.contains("cannot start \"/no/such/editor\""), "{}", ran.err);
    let ran = run("", "y\n:e\n:q\n");
    assert!(ran.err.contains("no editor is set"), "{}", ran.err);
    let ran = run("\"unclosed", "y\n:e\n:q\n");
    assert!(ran.err.contains("a quote is not closed"), "{}", ran.err);
    let quoted = format!("'{}'", script.display());
    let ran = run(&quoted, "y\n:e\n.\ny\ng\n\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(last(&sandbox).contains(r#""given":"They share the kernel""#), "{}", last(&sandbox));
}

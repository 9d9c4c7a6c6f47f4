//! `grillme mark`: what the matcher makes of a text.

use std::fs;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

/// A deck with an interview question, a scenario with two open steps, and one of another kind; the tests do not depend on
/// the bundled lesson.
const DECK: &str = r#"{"format": "grillme-deck", "version": 1, "id": "kernels", "title": "Kernels", "items": [
  {"id": "light", "kind": "interview", "prompt": "Why is a container lighter than a VM?", "answer": "They share a kernel.",
   "rubric": {
     "key_points": [
       {"id": "kernel", "text": "The kernel is shared", "weight": 2, "required": true, "match": ["shar* kernel", "one_kernel"]},
       {"id": "boot", "text": "Nothing boots", "match": ["no|without boot*"]}
     ],
     "misconceptions": [
       {"id": "small", "text": "It is a small VM", "match": ["small* vm*"], "feedback": "It is a process.", "cap": 0.3}
     ]}},
  {"id": "story", "kind": "scenario", "prompt": "It breaks.", "steps": [
    {"id": "look", "ask": "typed", "prompt": "What do you read?", "accept": ["the log"]},
    {"id": "say", "ask": "open", "prompt": "What do you say?", "answer": "Sorry.",
     "rubric": {"key_points": [{"id": "sorry", "text": "Sorry", "match": ["sorry"]}]}},
    {"id": "do", "ask": "open", "prompt": "What do you do?", "answer": "Fix it.",
     "rubric": {"key_points": [{"id": "fix", "text": "Fix", "match": ["fix* it"]}]}}
  ]},
  {"id": "card", "kind": "flash", "front": "What?", "back": "That."},
  {"id": "walk", "kind": "checklist", "prompt": "Walk", "stimulus": [{"kind": "code", "body": "x"}],
   "steps": [{"id": "a", "text": "a", "look_for": "b"}]}
]}"#;

const ANSWER: &str = "Not a small VM: they share teh kernal. Why is a container lighter?\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("data/decks/kernels.json", DECK);
    sandbox
}

fn mark(args: &[&str], input: &str) -> Ran {
    sandbox().run_with(&[&["mark"], args].concat(), input)
}

#[test]
fn a_marked_text_shows_every_step_that_led_to_its_score() {
    let ran = mark(&["kernels/light"], ANSWER);
    let expected = "\
Why is a container lighter than a VM?

Read as
  • not a small vm they share teh kernal
  • why is a container lighter (repeats the question: no evidence)

Key points
? kernel (weight 2, required): The kernel is shared
    \"share teh kernal\"
    ? shar* kernel
        finds \"share teh kernal\"; `kernal` may be a slip for `kernel`
    ✗ one_kernel
        nothing in the answer fits
✗ boot (weight 1): Nothing boots
    ✗ no|without boot*
        nothing in the answer fits

Misconceptions
- small (caps at 30 %): It is a small VM
    \"small VM\"
    ? small* vm*
        finds \"small vm\"; `not` may deny it

Score
0 %; 67 % if what is asked about was meant. 13 words.
Without the required point kernel it can reach 60 % at most.
Rating it suggests: Again.
";
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, expected, ""));
}

#[test]
fn a_misconception_and_its_cap_are_named() {
    let ran = mark(&["kernels/light", "--text", "-"], "One kernel, without a boot. A smaller VM!");
    let expected = "\
Misconceptions
✗ small (caps at 30 %): It is a small VM
    \"smaller VM\"
    ✓ small* vm*
        finds \"smaller vm\"

Score
30 %. 8 words.
With the misconception small it can reach 30 % at most. It is a process.
Rating it suggests: Again.
";
    let (_, end) = ran.out.split_at(ran.out.find("Misconceptions").unwrap());
    assert_eq!((ran.status, end), (0, expected));
}

#[test]
fn the_document_holds_the_whole_trace_with_the_learners_words_in_their_place() {
    let ran = mark(&["kernels/light", "--format", "json"], ANSWER);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let expected = r#"{
      "schema_version": 1,
      "item": "kernels/light",
      "question": "Why is a container lighter than a VM?",
      "auto": 0.0,
      "upper": 0.6666666666666666,
      "cap": 0.6,
      "words": 13,
      "rating": "again",
      "sentences": [
        {"words": "not a small vm they share teh kernal", "repeats_question": false},
        {"words": "why is a container lighter", "repeats_question": true}
      ],
      "points": [
        {"id": "kernel", "text": "The kernel is shared", "verdict": "ask", "weight": 2, "required": true,
         "evidence": {"text": "share teh kernal", "range": {"start": 21, "end": 37}, "words": "share teh kernal",
           "pattern": "shar* kernel", "doubts": [{"reason": "typo", "wrote": "kernal", "meant": "kernel"}]},
         "trials": [
           {"pattern": "shar* kernel", "verdict": "ask",
            "evidence": {"text": "share teh kernal", "range": {"start": 21, "end": 37}, "words": "share teh kernal",
              "pattern": "shar* kernel", "doubts": [{"reason": "typo", "wrote": "kernal", "meant": "kernel"}]}},
           {"pattern": "one_kernel", "verdict": "miss", "missed": {"reason": "absent", "parts": ["one_kernel"]}}
         ]},
        {"id": "boot", "text": "Nothing boots", "verdict": "miss", "weight": 1, "required": false, "evidence": null,
         "trials": [
           {"pattern": "no|without boot*", "verdict": "miss",
            "missed": {"reason": "absent", "parts": ["no|without", "boot*"]}}
         ]}
      ],
      "misconceptions": [
        {"id": "small", "text": "It is a small VM", "verdict": "ask", "cap": 0.3, "feedback": "It is a process.",
         "evidence": {"text": "small VM", "range": {"start": 6, "end": 14}, "words": "small vm",
           "pattern": "small* vm*", "doubts": [{"reason": "negation", "word": "not"}]},
         "trials": [
           {"pattern": "small* vm*", "verdict": "ask",
            "evidence": {"text": "small VM", "range": {"start": 6, "end": 14}, "words": "small vm",
              "pattern": "small* vm*", "doubts": [{"reason": "negation", "word": "not"}]}}
         ]}
      ]
    }"#;
    assert_eq!(document, serde_json::from_str::<Value>(expected).unwrap());
    assert_eq!(&ANSWER[21..37], "share teh kernal");
}

#[test]
fn the_text_comes_from_a_file_or_from_standard_input() {
    let sandbox = sandbox();
    sandbox.write("answer.txt", "They share one kernel and start without a boot.");
    for args in [
        &["mark", "kernels/light", "--text", "answer.txt"] as &[&str],
        &["mark", "./data/decks/kernels.json/light", "--text", "answer.txt"],
    ] {
        let ran = sandbox.run(args);
        assert!(ran.status == 0 && ran.out.contains("\n100 %. 9 words.\nRating it suggests: Good.\n"), "{ran:?}");
    }
    let missing = sandbox.run(&["mark", "kernels/light", "--text", "nowhere.txt"]);
    assert!(missing.status == 3 && missing.err.starts_with("error: cannot read nowhere.txt: "), "{missing:?}");
    sandbox.write("latin.txt", b"caf\xe9");
    let latin = sandbox.run(&["mark", "kernels/light", "--text", "latin.txt"]);
    assert_eq!((latin.status, latin.err.as_str()), (2, "error: latin.txt is not UTF-8 text\nhint: save it as UTF-8\n"));
    sandbox.write("long.txt", "x".repeat(65_537));
    let long = sandbox.run(&["mark", "kernels/light", "--text", "long.txt"]);
    assert_eq!(long.err, "error: long.txt holds more than the 65536 bytes of text that are marked\n");
    fs::write(sandbox.home.path().join("long.txt"), "x".repeat(65_536)).unwrap();
    assert_eq!(sandbox.run(&["mark", "kernels/light", "--text", "long.txt"]).status, 0);
}

#[test]
fn an_open_step_of_a_scenario_is_named_behind_its_item() {
    let ran = mark(&["kernels/story#do"], "I fix it.");
    assert!(ran.status == 0 && ran.out.starts_with("What do you do?\n") && ran.out.contains("\n100 %."), "{ran:?}");
    let document: Value = serde_json::from_str(&mark(&["kernels/story#do", "--format", "json"], "").out).unwrap();
    assert_eq!((&document["item"], &document["step"]), (&"kernels/story".into(), &"do".into()));
    let open = "grillme mark kernels/story#say, or grillme mark kernels/story#do";
    let table = [
        ("kernels/story", format!("the scenario kernels/story has 2 open steps: name one\nhint: {open}")),
        ("kernels/story#look", format!("\"look\" is no open step of the scenario kernels/story\nhint: {open}")),
        ("kernels/story#", format!("\"\" is no open step of the scenario kernels/story\nhint: {open}")),
        ("kernels/light#say", "kernels/light is one question without steps\nhint: grillme mark kernels/light".into()),
    ];
    for (item, said) in table {
        let ran = mark(&[item], "");
        assert_eq!((ran.status, ran.err), (2, format!("error: {said}\n")), "{item}");
    }
}

#[test]
fn an_item_without_key_points_is_refused_with_what_to_use() {
    let only = "only interview items and open steps of scenarios have key points";
    let table = [
        (
            "kernels/card",
            format!("kernels/card is a flash item; {only}\nhint: answer it with `grillme cards kernels --item card`"),
        ),
        (
            "kernels/walk",
            format!("kernels/walk is a checklist item; {only}\nhint: see it with `grillme show kernels/walk`"),
        ),
        ("kernels", "\"kernels\" is no item; name one as deck/item".to_owned()),
        (
            "kernels/ligth",
            "the deck kernels has no lesson or item \"ligth\"\nhint: did you mean \"kernels/light\"?".into(),
        ),
    ];
    for (item, said) in table {
        let ran = mark(&[item], "");
        assert_eq!((ran.status, ran.err), (2, format!("error: {said}\n")), "{item}");
    }
}

#[test]
fn hostile_text_is_marked_and_shown_inert() {
    let hostile = "\u{1b}]0;pwn\u{7} they share\u{202e} a \u{1b}[31mkernel 容器 👩\u{200d}💻 \u{0}";
    let ran = mark(&["kernels/light"], hostile);
    assert_eq!(ran.status, 0);
    assert!(!ran.out.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{0}']), "{}", ran.out);
    let ran = mark(&["kernels/light", "--format", "json"], hostile);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(!ran.out.contains('\u{1b}') && document["schema_version"] == 1, "{}", ran.out);
}

#[test]
fn marking_saves_nothing_and_never_waits() {
    let sandbox = sandbox();
    let ran = sandbox.run_with(&["mark", "kernels/light", "--no-input"], "They share one kernel.");
    assert!(ran.status == 0 && ran.out.contains("67 %"), "{ran:?}");
    assert!(!sandbox.log().exists());
}

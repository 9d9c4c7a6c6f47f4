//! Taking an answer back inside a session, before it was rated and after.

use std::fs;

use serde_json::Value;

use crate::sandbox::Sandbox;

const DECK: &str = r#"{"format": "grillme-deck", "version": 1, "id": "two", "title": "Two", "items": [
  {"id": "flip", "kind": "flash", "front": "Front?", "back": "Back."},
  {"id": "type", "kind": "typed", "prompt": "Type a.", "accept": ["a"]}]}"#;

/// A session with answers waiting; what it told, and what it wrote: `card given`, or `undo`.
fn session(input: &str) -> (String, Vec<String>) {
    let sandbox = Sandbox::new();
    sandbox.write("two.json", DECK);
    let ran = sandbox.run_with(&["cards", "./two.json", "--plain"], input);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let line = |line: &str| {
        let event: Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| event[name].as_str().unwrap_or("-").to_owned();
        if word("kind") == "undo" { "undo".to_owned() } else { format!("{} {}", word("card"), word("given")) }
    };
    (ran.err, fs::read_to_string(sandbox.log()).unwrap_or_default().lines().map(line).collect())
}

#[test]
fn an_answer_that_is_not_rated_yet_is_the_one_that_is_taken_back() {
    let (told, kept) = session("4\nb\nu\na\n4\n");
    assert!(told.contains("Took back the answer you just gave.") && !told.contains("Took back two/"), "{told}");
    assert_eq!(told.matches("Type a.").count(), 2, "{told}");
    assert_eq!(kept, ["two/flip -", "two/type a"]);
}

#[test]
fn the_one_before_it_follows_and_of_a_flash_card_only_the_rated_one_is_an_answer() {
    let (told, kept) = session("4\nb\nu\n:u\n\nu\nu\n3\n");
    assert!(
        told.contains("Took back two/flip.")
            && told.contains("Asked again.")
            && told.contains("There is nothing to undo."),
        "{told}"
    );
    assert_eq!(kept, ["two/flip -", "undo", "two/flip -"]);
}

#[test]
fn who_leaves_before_rating_is_told_that_the_answer_does_not_count() {
    let (told, kept) = session("4\nb\nq\n");
    assert!(told.contains("Without a rating the last answer does not count"), "{told}");
    assert_eq!(kept, ["two/flip -"]);
    let (told, _) = session("\nq\n");
    assert!(!told.contains("Without a rating"), "{told}");
}

//! "Write your first deck in ten minutes" does what it says.

use crate::sandbox::Sandbox;
use crate::shell::{blocks_under, sh};

const PAGE: &str = include_str!("../../docs/first-deck.md");

/// Runs a section's blocks, with answers for what is asked in them.
fn section(sandbox: &Sandbox, heading: &str, answers: &str) -> String {
    let blocks = blocks_under(PAGE, heading);
    assert!(!blocks.is_empty(), "{heading}");
    blocks.iter().map(|block| sh(sandbox, block, answers)).collect()
}

/// What every part of a section's output holds.
fn shows(out: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(out.contains(part), "{part:?} is not in\n{out}"));
}

#[test]
fn every_block_of_the_page_works_in_its_turn() {
    let sandbox = Sandbox::new();
    let out = section(&sandbox, "Two cards", "\n3\ngit reset notes.txt\n3\n");
    shows(&out, &["undo.json: 2 items fine.", "git restore --staged notes.txt", "git reset notes.txt"]);
    let out = section(&sandbox, "A mistake", "");
    shows(&out, &["error[unknown-field]", "typo.json:9:7", "did you mean `back`?", "exit status 1"]);
    let out = section(&sandbox, "A lesson", "1\n\n");
    shows(&out, &["undo.json: 2 items fine.", "Two ways back", "Gain: The history"]);
    let kept =
        || std::fs::read_to_string(sandbox.home.path().join(".local/share/grillme/progress/here.jsonl")).unwrap();
    assert!(kept().contains("\"undo/pushed\""), "{}", kept());
    let out = section(&sandbox, "An open question", "It adds a commit.\n.\nn\ng\n3\n\n");
    shows(&out, &["shared.json: 1 item fine.", "It adds a commit and rewrites none"]);
    assert!(kept().contains("\"shared/q-why-revert\""), "{}", kept());
    let out = section(&sandbox, "Good, and found from anywhere", "");
    shows(&out, &["undo.json: 0 errors,", "item-source", "Undoing commits"]);
}

#[test]
fn a_card_keeps_its_history_when_its_deck_is_rewritten() {
    let sandbox = Sandbox::new();
    section(&sandbox, "Two cards", "\n3\ngit reset notes.txt\n3\n");
    sh(&sandbox, blocks_under(PAGE, "A lesson")[0].split("grillme check").next().unwrap(), "");
    let list = sh(&sandbox, "grillme list ./undo.json --format json", "");
    assert!(list.contains("\"reps\": 1"), "{list}");
}

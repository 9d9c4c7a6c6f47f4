//! An item that was renamed: whatever is asked first, the history of the old one is that of the new one.

use std::fs;

use serde_json::Value;

use crate::sandbox::Sandbox;

const BEFORE: &str = r#"{"format": "grillme-deck", "version": 1, "id": "deck", "title": "Deck",
 "lessons": [{"id": "one", "title": "One", "objectives": [{"id": "know", "text": "Know it"}], "items": [
  {"id": "old", "kind": "cloze", "objectives": ["know"], "text": "The word is {{c1::one}}."},
  {"id": "other", "kind": "flash", "front": "Front?", "back": "Back."}]}]}"#;

/// The deck after its item was renamed, which was answered before that.
fn renamed() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("data/decks/deck.json", BEFORE);
    assert_eq!(sandbox.run_with(&["cards", "deck", "--plain"], "one\n4\nq\n").status, 0);
    let after = BEFORE.replace("\"old\"", "\"new\"");
    let retired =
        r#""title": "Deck", "retired": [{"id": "older", "replaced_by": "old"}, {"id": "old", "replaced_by": "new"}],"#;
    sandbox.write("data/decks/deck.json", after.replacen(r#""title": "Deck","#, retired, 1));
    sandbox
}

fn read(sandbox: &Sandbox, args: &[&str]) -> Value {
    let ran = sandbox.run(&[args, &["--format", "json"]].concat());
    assert_eq!(ran.status, 0, "{args:?}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn the_first_command_after_a_renaming_knows_the_history_whichever_it_is() {
    for args in [&["list", "deck"][..], &["show", "deck/new"], &["show", "deck/old"], &["list", "deck/older#c1"]] {
        let cards = read(&renamed(), args);
        assert_eq!((&cards["cards"][0]["card"], &cards["cards"][0]["reps"]), (&"deck/new#c1".into(), &1.into()));
    }
    let lessons = read(&renamed(), &["list", "deck", "--lessons"]);
    assert_eq!(lessons["lessons"][0]["right"], 1, "{lessons}");
    let lesson = read(&renamed(), &["lesson", "deck/one"]);
    assert_eq!(lesson["evidence"]["know"]["right"], 1, "{lesson}");
    let missed = renamed().run(&["quiz", "deck", "--missed"]);
    assert_eq!(missed.status, 4, "{}", missed.err);
}

/// Lists the cards of a deck with how often each was answered.
fn known(sandbox: &Sandbox, deck: &str) -> Vec<(Value, Value)> {
    let cards = read(sandbox, &["list", deck]);
    let card = |card: &Value| (card["card"].clone(), card["reps"].clone());
    cards["cards"].as_array().unwrap().iter().map(card).collect()
}

#[test]
fn a_deck_that_only_goes_by_the_same_id_takes_no_history_away() {
    let sandbox = Sandbox::used();
    let answered = known(&sandbox, "docker");
    assert_eq!(answered.iter().filter(|(_, reps)| *reps == 1).count(), 2);
    let stranger = r#"{"format": "grillme-deck", "version": 1, "id": "docker", "title": "T",
      "retired": [{"id": "what-container-shares", "replaced_by": "z"}, {"id": "cgroups-limit", "replaced_by": "z"}],
      "items": [{"id": "z", "kind": "flash", "front": "Front?", "back": "Back."}]}"#;
    sandbox.write("stranger.json", stranger);
    assert_eq!(known(&sandbox, "./stranger.json"), [("docker/z".into(), 2.into())]);
    assert_eq!(known(&sandbox, "docker"), answered);
    assert_eq!(known(&sandbox, "./stranger.json"), [("docker/z".into(), 2.into())]);
    fs::remove_file(sandbox.home.path().join("stranger.json")).unwrap();
    assert_eq!(sandbox.run(&["cards", "docker", "--plain", "--ahead"]).status, 0);
    assert_eq!(known(&sandbox, "docker"), answered);
}

#[test]
fn going_back_to_a_deck_before_the_renaming_gives_the_old_card_its_history_back() {
    let sandbox = renamed();
    assert_eq!(known(&sandbox, "deck")[0], ("deck/new#c1".into(), 1.into()));
    sandbox.write("data/decks/deck.json", BEFORE);
    assert_eq!(known(&sandbox, "deck")[0], ("deck/old#c1".into(), 1.into()));
}

#[test]
fn the_old_name_still_selects_the_item() {
    let sandbox = renamed();
    let ran = sandbox.run_with(&["cards", "deck/older", "--cram", "--plain"], "one\n4\n");
    assert!(ran.status == 0 && ran.err.contains("1 card answered, 1 right"), "{}", ran.err);
    assert_eq!(sandbox.run(&["suspend", "deck/old#c1"]).out, "1 card suspended.\n");
    let cards = read(&sandbox, &["list", "deck"]);
    assert_eq!((&cards["cards"][0]["suspended"], &cards["cards"][1]["suspended"]), (&true.into(), &false.into()));
    let none = sandbox.run(&["cards", "deck/old", "--cram", "--plain"]);
    assert!(none.status == 4 && none.err.contains("suspended"), "{} {}", none.status, none.err);
}

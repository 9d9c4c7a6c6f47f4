//! What `list` shows, and that every name it shows can be typed.

use serde_json::Value;

use crate::sandbox::Sandbox;

const DECK: &str = r#"{"format": "grillme-deck", "version": 1, "id": "mix", "title": "Mix", "items": [
  {"id": "gap", "kind": "cloze", "text": "{{c1::one}} and {{c2::two}}"},
  {"id": "turn", "kind": "flash", "front": "Front?", "back": "Back.", "reverse_front": "Back?", "reverse_back": "Front."},
  {"id": "walk", "kind": "checklist", "prompt": "Read it.", "steps": [{"id": "a", "text": "A", "look_for": "one"}]}]}"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("data/decks/mix.json", DECK);
    sandbox
}

fn listed(sandbox: &Sandbox, args: &[&str]) -> Value {
    let ran = sandbox.run(&[&["list", "--format", "json"], args].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn items_off_the_schedule_are_listed_too() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["list", "mix"]);
    assert!(ran.out.contains("Mix (mix, 4 cards, 1 off the schedule)\n"), "{}", ran.out);
    assert!(ran.out.contains("walk    checklist    off the schedule\n"), "{}", ran.out);
    assert_eq!(listed(&sandbox, &["mix"])["unscheduled"][0]["item"], "mix/walk");
    let only = listed(&sandbox, &["mix", "--kind", "checklist"]);
    assert_eq!((only["cards"].as_array().unwrap().len(), only["unscheduled"].as_array().unwrap().len()), (0, 1));
    assert_eq!(sandbox.run(&["list", "mix", "--kind", "scenario"]).status, 4);
}

#[test]
fn every_card_in_the_list_can_be_shown_and_cared_for_by_its_name() {
    let sandbox = sandbox();
    let names = listed(&sandbox, &["mix"]);
    for card in names["cards"].as_array().unwrap().iter().map(|card| card["card"].as_str().unwrap()) {
        assert_eq!(sandbox.run(&["show", card]).status, 0);
        let one = if card.ends_with("/turn") { "2 cards suspended.\n" } else { "1 card suspended.\n" };
        assert_eq!(sandbox.run(&["suspend", card]).out, one, "{card}");
        let suspended = listed(&sandbox, &["mix"])["cards"]
            .as_array()
            .unwrap()
            .iter()
            .any(|line| line["card"] == card && line["suspended"] == true);
        assert!(suspended, "{card}");
        assert_eq!(sandbox.run(&["undo"]).status, 0);
    }
    let ran = sandbox.run_with(&["cards", "mix/gap#c2", "--plain"], "two\n3\n");
    assert!(ran.status == 0 && ran.err.contains("1 left"), "{}", ran.err);
}

#[test]
fn a_card_that_an_item_does_not_have_is_named_with_those_it_has() {
    let sandbox = sandbox();
    for command in ["show", "suspend", "cards", "list"] {
        let ran = sandbox.run(&[command, "mix/gap#c3"]);
        let told = "error: mix/gap has no card #c3\nhint: its cards are mix/gap#c1, mix/gap#c2\n";
        assert!(ran.status == 2 && ran.err == told, "{command}: {} {}", ran.status, ran.err);
    }
    let ran = sandbox.run(&["show", "mix/walk#c1"]);
    assert!(ran.err.contains("an item of its kind has no cards"), "{}", ran.err);
    let ran = sandbox.run(&["quiz", "mix/gap#c1", "--plain"]);
    assert!(ran.status == 2 && ran.err.contains("name gap without its card"), "{} {}", ran.status, ran.err);
}

//! `grillme lesson`: the page at two widths, the whole way through with piped answers, the data, the pager.

use std::fs;

use grillme::deck::{Context, Deck, Lesson, Node, read_deck};
use grillme::render::{Style, lesson_head, lesson_sources, theory};
use grillme::schedule::Coverage;
use insta::assert_snapshot;

use crate::sandbox::{Ran, Sandbox};

/// A deck with one lesson of every kind of block and a few questions and exercises.
const DECK: &str = r#"{"format": "grillme-deck", "version": 1, "id": "tides", "title": "Tides", "sources": {
    "almanac": {"title": "The almanac", "url": "https://example.org/almanac/of/tides/and/other/long/addresses"},
    "man": {"title": "cal(1)", "url": "man:cal(1)"}},
  "lessons": [{"id": "moon", "title": "The moon and the sea", "minutes": 10, "prerequisites": ["sea"],
    "summary": "Why the water **comes and goes**.",
    "objectives": [{"id": "why", "text": "Say what pulls the water"}, {"id": "when", "text": "Say when it is high"}],
    "theory": [
      {"kind": "para", "title": "A pull", "body": "The moon pulls, and so does the sun.", "refs": ["almanac", "man"]},
      {"kind": "diagram", "title": "The view from above", "alt": "The earth between two bulges, the moon at the right.",
       "body": "   bulge (earth) bulge                      moon"},
      {"kind": "bullets", "items": ["Spring tides at new and full moon.", "Neap tides at the quarters."]},
      {"kind": "code", "lang": "sh", "body": "tide --harbour cuxhaven --day 2026-03-01 --level high"},
      {"kind": "tradeoff", "title": "A harbour behind a lock", "gain": "Deep water at any hour.", "cost": "A wait at the gate."},
      {"kind": "example", "title": "Cuxhaven", "body": "Two high waters a day, about *three metres* above low."},
      {"kind": "note", "body": "A tide is no current."},
      {"kind": "production-note", "title": "At sea", "body": "Tables are forecasts. Wind moves water too."}],
    "items": [
      {"id": "puller", "kind": "typed", "objectives": ["why"], "prompt": "What pulls most?", "accept": ["the moon"]},
      {"id": "pick", "kind": "choice", "objectives": ["when"], "prompt": "When is it highest?", "options": [
        {"id": "full", "text": "At full moon", "correct": true}, {"id": "half", "text": "At half moon", "feedback": "Neap."}]},
      {"id": "card", "kind": "flash", "front": "Front?", "back": "Back."},
      {"id": "sort", "kind": "order", "objectives": ["when"], "prompt": "Sort.", "steps": [
        {"id": "a", "text": "Low"}, {"id": "b", "text": "High"}]},
      {"id": "aground", "kind": "scenario", "objectives": ["when"], "prompt": "You are aground.", "debrief": "Wait.", "steps": [
        {"id": "act", "ask": "choice", "prompt": "What now?", "options": [
          {"id": "wait", "text": "Wait for high water", "correct": true},
          {"id": "push", "text": "Full speed", "feedback": "Deeper into the sand."}]}]},
      {"id": "adrift", "kind": "scenario", "prompt": "You are adrift.", "steps": [
        {"id": "call", "ask": "typed", "prompt": "Which channel?", "accept": ["16"]}]},
      {"id": "look", "kind": "checklist", "prompt": "Look out.", "steps": [
        {"id": "sky", "text": "The sky", "look_for": "clouds"}]}]}]}"#;

fn deck() -> Deck {
    let mut problems = Vec::new();
    let deck = read_deck(&Node::parse(DECK).unwrap(), &mut Context::new(0, &mut problems));
    assert_eq!(problems, []);
    deck.unwrap()
}

/// The page of a lesson, as `--read` composes it.
fn page(deck: &Deck, lesson: &Lesson, style: &Style) -> String {
    let shown = [Coverage { items: 3, answered: 2, right: 1 }, Coverage { items: 1, answered: 0, right: 0 }];
    let mut parts = vec![lesson_head(&deck.head, lesson, &shown, style)];
    parts.extend(lesson.theory.iter().map(|block| theory(block, style)));
    parts.push(lesson_sources(&deck.head, lesson, style));
    parts.iter().map(|part| part.join("\n")).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_block_has_its_own_look_at_both_widths() {
    let (deck, rich) = (deck(), Style { color: false, unicode: true, plain: false, width: 80 });
    assert_snapshot!("page_80", page(&deck, &deck.lessons[0], &rich));
    assert_snapshot!("page_40", page(&deck, &deck.lessons[0], &Style { width: 40, ..rich }));
    assert_snapshot!("page_plain", page(&deck, &deck.lessons[0], &Style::plain(80)));
}

fn run(sandbox: &Sandbox, args: &[&str], input: &str) -> Ran {
    let ran = sandbox.run_with(args, input);
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("tides.json", DECK);
    sandbox
}

#[test]
fn a_lesson_goes_from_its_questions_through_the_theory_to_its_exercises() {
    let sandbox = sandbox();
    // The head; two questions; eight blocks, one of which waits for the cost; the first scenario watched; an order, the
    // second scenario, a checklist.
    let answers =
        ["", "the moon", "", "1", "", "", "", "", "", "", "", "", "", "", "y", "", "", "2 1", "", "16", "", "", "y"];
    let ran = run(&sandbox, &["lesson", "./tides.json", "--plain"], &(answers.join("\n") + "\n"));
    assert_snapshot!(ran.err);
    assert_eq!(ran.out, "");
    let log = fs::read_to_string(sandbox.log()).unwrap();
    assert_eq!(log.matches("\"via\":\"lesson\"").count(), 5, "{log}");
}

#[test]
fn evidence_is_shown_for_each_objective_and_a_watched_scenario_is_none() {
    let sandbox = sandbox();
    run(&sandbox, &["show", "./tides.json/puller", "--play", "--plain"], "the moon\n");
    let page = run(&sandbox, &["lesson", "./tides.json", "--read"], "").out;
    assert!(page.contains("1 of 1 item answered, 1 right lately"), "{page}");
    let document: serde_json::Value =
        serde_json::from_str(&run(&sandbox, &["lesson", "./tides.json", "--format", "json"], "").out).unwrap();
    let shown = serde_json::json!({"why": {"items": 1, "answered": 1, "right": 1},
                                   "when": {"items": 3, "answered": 0, "right": 0}});
    assert_eq!((&document["schema_version"], &document["evidence"]), (&1.into(), &shown));
    assert_eq!((&document["deck"], &document["lesson"]["theory"][0]["kind"]), (&"tides".into(), &"para".into()));
    assert_eq!(document["sources"]["almanac"]["title"], "The almanac");
}

#[test]
fn reading_asks_nothing_and_writes_the_page_to_standard_output() {
    let sandbox = sandbox();
    let read = run(&sandbox, &["lesson", "./tides.json/moon", "--read", "--no-input"], "");
    assert_snapshot!("page_read", read.out);
    assert_eq!(read.err, "");
    assert!(!sandbox.log().exists());
}

#[test]
fn leaving_and_going_back_are_possible_at_any_pause() {
    let sandbox = sandbox();
    let left = run(&sandbox, &["lesson", "./tides.json", "--plain"], "\nthe moon\n\n1\n\n\nu\nq\n");
    assert_eq!(left.err.matches("A pull").count(), 2, "{}", left.err);
    assert!(left.err.ends_with("  grillme lesson --read ./tides.json\n"), "{}", left.err);
    let log = fs::read_to_string(sandbox.log()).unwrap();
    assert_eq!(log.lines().count(), 2, "{log}");
}

#[test]
fn a_lesson_has_to_be_named_where_a_deck_has_several() {
    let sandbox = sandbox();
    let lesson = r#"{"id": "ID", "title": "T", "objectives": [], "items": []}"#;
    let lessons = format!("{},{}", lesson.replace("ID", "one"), lesson.replace("ID", "two"));
    let head = r#"{"format": "grillme-deck", "version": 1, "id": "several", "title": "S", "lessons": ["#;
    sandbox.write("several.json", format!("{head}{lessons}]}}"));
    let several = sandbox.run(&["lesson", "./several.json"]);
    let said = "error: the deck several has 2 lessons\nhint: name one: ./several.json/one, ./several.json/two\n";
    assert_eq!((several.status, several.err.as_str()), (2, said));
    sandbox.write("none.json", format!("{head}]}}"));
    assert_eq!(sandbox.run(&["lesson", "./none.json"]).status, 4);
    let asks = sandbox.run(&["lesson", "docker/docker-vs-vm", "--no-input"]);
    assert!(asks.status == 2 && asks.err.contains("add --read to read without being asked"), "{}", asks.err);
    assert_eq!(sandbox.run(&["lesson"]).status, 2);
}

#[test]
fn the_pager_is_left_alone_where_nobody_sits_at_a_terminal() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["lesson", "./tides.json", "--read"]);
    let output = command.env("PAGER", "definitely-no-program").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("The moon and the sea"));
}

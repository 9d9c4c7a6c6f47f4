//! The learner's tier, plans and practice, from the log to the screen.

use std::fs;

use grillme::deck::Tier;
use grillme::schedule::{Moment, Movement, Rating, Scheduler, Settings, climb};
use grillme::store::{Detail, Entry, Event, Index, Query, What, write_line};
use uuid::Uuid;

use crate::sandbox::Sandbox;

const DAY_MS: i64 = 86_400_000;
/// 2026-03-01, 09:30 in UTC+1: the sandbox's now.
const NOW_MS: i64 = 1_772_353_800_000;

/// A deck of six beginner questions and one expert one, a cloze and a checklist, over two objectives.
fn deck() -> String {
    let question = |id: String, tier: &str| {
        format!(
            r#"{{"id":"{id}","kind":"interview","tier":"{tier}","objectives":["explain"],"prompt":"Why {id}?","answer":"Because.","rubric":{{"key_points":[{{"id":"p","text":"because","match":["because"]}}]}}}}"#
        )
    };
    let mut items: Vec<String> = (1..=6).map(|n| question(format!("q{n}"), "beginner")).collect();
    items.push(question("hard".to_owned(), "expert"));
    items.push(r#"{"id":"holes","kind":"cloze","objectives":["recall"],"text":"{{c1::a}} and {{c2::b}}"}"#.to_owned());
    items.push(
        r#"{"id":"walk","kind":"checklist","objectives":["recall","explain"],"prompt":"Walk","steps":[{"id":"s","text":"t","look_for":"l"}]}"#
            .to_owned(),
    );
    let objectives = r#"[{"id":"recall","text":"Recall both holes"},{"id":"explain","text":"Explain why, in your own words and without notes"}]"#;
    format!(
        r#"{{"format":"grillme-deck","version":1,"id":"small","title":"Small","lessons":[{{"id":"one","title":"Lesson one","minutes":9,"objectives":{objectives},"items":[{}]}}]}}"#,
        items.join(",\n")
    )
}

fn event(id: u128, days: i64, what: What) -> Event {
    let moment = Moment::new(NOW_MS + days * DAY_MS + i64::try_from(id).unwrap() * 1_000, 3_600);
    Event { id: Uuid::from_u128(id), at_ms: moment.at_ms, offset_s: 3_600, day: moment.day, what }
}

fn answer(item: &str, rating: u8, tier: Option<Tier>) -> What {
    What::Review {
        card: format!("small/{item}"),
        rating,
        ms: 1_000,
        rev: 1,
        by: None,
        hints: 0,
        given: None,
        score: None,
        auto: None,
        detail: Detail { tier, ..Detail::default() },
    }
}

fn practice(key: &str, score: f64) -> What {
    What::Practice {
        card: format!("small/{key}"),
        via: "quiz".to_owned(),
        rating: None,
        ms: 1_000,
        rev: 1,
        hints: 0,
        given: None,
        score: Some(score),
        detail: Detail::default(),
    }
}

fn sandbox(events: &[Event]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("data/decks/small.json", deck());
    sandbox.write("data/progress/here.jsonl", log(events));
    sandbox
}

fn log(events: &[Event]) -> String {
    events.iter().map(|event| write_line(event) + "\n").collect()
}

fn good(id: u128, days: i64) -> Event {
    event(id, days, answer(&format!("q{id}"), 3, Some(Tier::Beginner)))
}

/// The lines of the bare command from the heading on, of the deck `small` alone.
fn interviews(sandbox: &Sandbox) -> String {
    let out = sandbox.run(&[]).out;
    let from = out.find("interview").unwrap();
    out[from..]
        .lines()
        .filter(|line| line.starts_with("small") || line.starts_with("interview"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn six_good_first_attempts_make_an_intermediate_and_undo_unmakes_it() {
    let sandbox = sandbox(&(1..=6).map(|n| good(n, -3)).collect::<Vec<_>>());
    assert_eq!(
        interviews(&sandbox),
        "interview  tier          score  due  new\n\
         small      intermediate  0/6    6    1\n\
         small has 0 intermediate questions; it takes 5 to become expert."
    );
    assert_eq!(sandbox.run(&["undo"]).out, "Took back: the answer to small/q6.\n");
    assert_eq!(interviews(&sandbox), "interview  tier      score  due  new\nsmall      beginner  5/6    5    2");
    let json: serde_json::Value = serde_json::from_str(&sandbox.run(&["--format", "json"]).out).unwrap();
    let small = json["decks"].as_array().unwrap().iter().find(|deck| deck["deck"] == "small").unwrap();
    let expected = serde_json::json!({"tier": "beginner", "score": 5, "due": 0, "learning": 5, "new": 2,
        "due_tomorrow": 0, "total": 7, "of_tier": 6});
    assert_eq!(small["interview"], expected);
}

#[test]
fn a_review_without_a_tier_and_practice_move_no_tier() {
    let mut events: Vec<Event> = (1..=6).map(|n| event(n, -3, answer(&format!("q{n}"), 3, None))).collect();
    events.extend((7..=20).map(|n| event(n, -2, practice("q1", 1.0))));
    assert!(interviews(&sandbox(&events)).contains("small      beginner  0/6"));
}

#[test]
fn the_standing_after_an_answer_is_the_one_that_climbing_tells() {
    let sandbox = sandbox(&(1..=5).map(|n| good(n, -3)).collect::<Vec<_>>());
    let (logs, scheduler) = (sandbox.home.path().join("data/progress"), Scheduler::new(Settings::default()));
    let (mut index, _) = Index::open(None, &logs, &scheduler).unwrap();
    let before = index.standing("small").unwrap();
    assert_eq!((before.tier, before.score, before.distinct()), (Tier::Beginner, 5, 5));
    fs::write(logs.join("there.jsonl"), log(&[good(6, 0)])).unwrap();
    index.refresh(&scheduler).unwrap();
    let last = index.attempts("small").unwrap().pop().unwrap();
    assert_eq!((last.card.as_str(), last.rating), ("small/q6", Rating::Good));
    let (after, movement) = climb(before, &last);
    assert_eq!(movement, Movement::Up { from: Tier::Beginner });
    assert_eq!(after, index.standing("small").unwrap());
    assert_eq!(index.attempts("other").unwrap(), []);
}

#[test]
fn a_planned_new_card_is_due_on_its_day_and_no_longer_new() {
    let plan = What::Plan { card: "small/holes#c1".to_owned(), on: Moment::new(NOW_MS + DAY_MS, 3_600).day };
    let sandbox = sandbox(&[event(1, 0, plan)]);
    let counts = |now: &str| {
        let out = sandbox.run(&["--now", now]).out;
        out.lines()
            .find(|line| line.starts_with("small"))
            .unwrap()
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(counts("2026-03-01T09:30:00+01:00"), ["small", "0", "0", "1", "1"]);
    assert_eq!(counts("2026-03-02T09:30:00+01:00"), ["small", "1", "0", "1", "0"]);
    let ran = sandbox.run_with(&["cards", "small", "--plain", "--now", "2026-03-02T09:30:00+01:00"], "a\n4\n");
    assert!(ran.err.contains("1 card answered"), "{}", ran.err);
    assert_eq!(counts("2026-03-02T10:00:00+01:00"), ["small", "0", "0", "1", "0"]);
    assert_eq!(sandbox.run(&["undo"]).out, "Took back: the answer to small/holes#c1.\n");
    assert_eq!(sandbox.run(&["undo"]).out, "Took back: the planning of small/holes#c1.\n");
    assert_eq!(counts("2026-03-02T10:00:00+01:00"), ["small", "0", "0", "2", "0"]);
}

#[test]
fn contents_that_come_after_the_log_know_what_is_planned() {
    let plan = What::Plan { card: "small/holes#c1".to_owned(), on: Moment::new(NOW_MS, 3_600).day };
    let sandbox = sandbox(&[event(1, 0, plan)]);
    let (logs, scheduler) = (sandbox.home.path().join("data/progress"), Scheduler::new(Settings::default()));
    let (mut index, _) = Index::open(None, &logs, &scheduler).unwrap();
    let entry = |part: &str, position| Entry {
        key: format!("small/holes#{part}"),
        deck: "small".to_owned(),
        item: "holes".to_owned(),
        part: part.to_owned(),
        lesson: "one".to_owned(),
        kind: "cloze".to_owned(),
        tier: None,
        tags: Vec::new(),
        rev: 1,
        source: 0,
        start: 0,
        end: 0,
        position,
        confusable: Vec::new(),
    };
    index.put_contents(("o", "small", "1"), &[entry("c1", 0), entry("c2", 1)], &[], &scheduler).unwrap();
    let query = Query { origin: "o".to_owned(), deck: "small".to_owned(), ..Query::default() };
    let now = Moment::new(NOW_MS, 3_600);
    let fresh = index.fresh(std::slice::from_ref(&query), now.day, 9).unwrap();
    assert_eq!(fresh.iter().map(|entry| entry.part.as_str()).collect::<Vec<_>>(), ["c2"]);
    let due = index.due(&[query], now, 0, 9).unwrap();
    assert_eq!(due.iter().map(|(entry, _)| entry.part.as_str()).collect::<Vec<_>>(), ["c1"]);
}

#[test]
fn lessons_show_what_was_right_lately_of_each_objective() {
    let sandbox = sandbox(&[
        event(1, -40, answer("q1", 4, Some(Tier::Beginner))),
        event(2, -3, practice("q2", 0.9)),
        event(3, -3, practice("q3", 0.5)),
        event(4, -31, practice("q4", 1.0)),
        event(5, -2, answer("holes#c1", 3, None)),
        event(6, -2, practice("holes#c2", 1.0)),
        event(7, -1, practice("walk", 1.0)),
    ]);
    assert_eq!(
        sandbox.run(&["list", "small", "--lessons"]).out,
        "Small

Lesson one (one, 9 min)
right   to be able to
──────  ────────────────────────────────────────────────
1 of 1  Recall both holes
1 of 7  Explain why, in your own words and without notes
2 of 8  (all items)
"
    );
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.run(&["list", "small/one", "--lessons", "--format", "json"]).out).unwrap();
    let expected = serde_json::json!({"id": "explain", "text": "Explain why, in your own words and without notes",
        "items": 7, "answered": 4, "right": 1});
    assert_eq!((&json["schema_version"], &json["lessons"][0]["objectives"][1]), (&1.into(), &expected));
    let none = sandbox.run(&["list", "small", "--lessons", "--kind", "order"]);
    assert_eq!((none.status, none.out.as_str()), (4, ""));
}

//! The question sheet says nothing of the key: not in words, and not by ids, order or place.

use grillme::deck::{Ask, Choice, Item, Kind, Pattern, Rubric, Stimulus, Text, Typed};
use grillme::library::{BUNDLED, Origin, load};
use serde_json::{Value, json};

use crate::exam::{report, sandbox};
use crate::sandbox::Sandbox;

#[test]
fn a_sheet_is_the_same_for_good() {
    let ran = sandbox().run(&["exam", "kinds.json", "--seed", "7", "--questions"]);
    assert_eq!(ran.err, "note: 11 questions; --seed 7 asks the same\n");
    insta::assert_snapshot!("exam_sheet", ran.out);
}

#[test]
fn no_line_holds_any_text_of_the_key() {
    let ran = sandbox().run(&["exam", "kinds.json", "--questions"]);
    assert_eq!(ran.out.lines().count(), 11);
    for word in
        ["SECRET", "48151623", "correct", "feedback", "explanation", "accept", "rubric", "\"s1\"", "\"x1\"", "\"p1\""]
    {
        assert!(!ran.out.contains(word), "{word}: {}", ran.out);
    }
}

/// What a stimulus shows.
fn seen(stimulus: &Stimulus) -> String {
    let texts = stimulus.title.iter().chain([&stimulus.body]).chain(stimulus.rows.iter().flatten());
    texts.map(|text| format!("\n{}\n", text.raw())).collect()
}

/// Every text of an item that only its author should know, and all that it shows anyway.
fn secrets(item: &Item) -> (Vec<String>, String) {
    let mut secrets: Vec<&Text> = item.explanation.iter().chain(&item.why).chain(&item.hints).collect();
    let mut shown = item.stem().raw().to_owned();
    item.stimulus.iter().for_each(|one| shown += &seen(one));
    fn of_choice<'i>(choice: &'i Choice, secrets: &mut Vec<&'i Text>) {
        secrets.extend(choice.options.iter().filter_map(|option| option.feedback.as_ref()));
    }
    fn of_typed<'i>(typed: &'i Typed, secrets: &mut Vec<&'i Text>) {
        let text = |pattern: &'i Pattern| match pattern {
            Pattern::Text(text) | Pattern::Regex(text) => Some(text),
            Pattern::Number { .. } => None,
        };
        secrets.extend(typed.accept.iter().filter_map(|accepted| text(&accepted.pattern)));
        secrets.extend(typed.accept.iter().filter_map(|accepted| accepted.feedback.as_ref()));
        secrets.extend(typed.near.iter().map(|near| &near.feedback));
    }
    fn of_rubric<'i>(rubric: &'i Rubric, secrets: &mut Vec<&'i Text>) {
        secrets.extend(rubric.key_points.iter().map(|point| &point.text));
        secrets.extend(rubric.misconceptions.iter().flat_map(|claim| [&claim.text, &claim.feedback]));
        secrets.extend(rubric.samples.iter().map(|sample| &sample.text));
    }
    match &item.kind {
        Kind::Choice(choice) => of_choice(choice, &mut secrets),
        Kind::Typed(typed) => of_typed(typed, &mut secrets),
        Kind::Cloze(cloze) => {
            secrets.extend(cloze.numbers().iter().flat_map(|number| cloze.accepted(*number)));
            shown += &cloze.written(|_, _, hint| hint.map_or_else(String::new, |hint| hint.raw().to_owned()));
        }
        Kind::Order(order) => {
            let steps = || order.steps.iter().chain(&order.extra);
            secrets.extend(steps().flat_map(|step| step.why.iter().chain(&step.feedback)));
        }
        Kind::Diagram(diagram) => {
            secrets.extend(diagram.holes().into_iter().flat_map(|(_, accepted)| accepted));
            shown += &format!(" {}\n{}", diagram.art.raw(), diagram.alt.raw());
        }
        Kind::Whatif(whatif) => secrets.extend(whatif.cases.iter().filter_map(|case| case.why.as_ref())),
        Kind::Scenario(told) => {
            secrets.extend(&told.debrief);
            for step in &told.steps {
                secrets.extend(&step.explanation);
                shown += &format!("\n{}\n", step.ask.prompt().raw());
                // A later step may show what an earlier one asked for.
                step.stimulus.iter().for_each(|one| shown += &seen(one));
                match &step.ask {
                    Ask::Choice(choice) => {
                        of_choice(choice, &mut secrets);
                        choice.options.iter().for_each(|option| shown += option.text.raw());
                    }
                    Ask::Typed(typed) => of_typed(typed, &mut secrets),
                    Ask::Open { answer, rubric, .. } => {
                        secrets.push(answer);
                        of_rubric(rubric, &mut secrets);
                    }
                }
            }
        }
        Kind::Interview(interview) => {
            secrets.push(&interview.answer);
            secrets.extend(&interview.senior_angle);
            secrets.extend(interview.follow_ups.iter().flat_map(|more| [&more.prompt, &more.answer]));
            of_rubric(&interview.rubric, &mut secrets);
        }
        Kind::Match(_) | Kind::Flash(_) | Kind::Checklist(_) | Kind::Sealed(_) => {}
    }
    (secrets.into_iter().map(|text| text.raw().to_owned()).collect(), shown)
}

/// Lists every text that a value holds, but not the names of its fields.
fn texts(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::String(text) => all.push(text.to_lowercase()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, all)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, all)),
        _ => {}
    }
}

/// Tells whether a text holds another as a word, or as words.
fn holds(text: &str, words: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words)
        .any(|(at, _)| !inside(text[..at].chars().next_back()) && !inside(text[at + words.len()..].chars().next()))
}

#[test]
fn the_bundled_decks_sheet_holds_no_text_of_its_key_that_the_question_does_not_show() {
    let ran = Sandbox::new().run(&["exam", "docker", "--questions"]);
    let deck = load(&Origin::Bundled(&BUNDLED[0])).unwrap().deck;
    let mut searched = 0;
    for line in ran.out.lines() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let name = line["item"].take();
        line["form"].take();
        let (_, item) = deck.item(name.as_str().unwrap().trim_start_matches("docker/")).unwrap();
        let (secrets, shown) = secrets(item);
        let (mut line_texts, shown) = (Vec::new(), shown.to_lowercase());
        texts(&line, &mut line_texts);
        for secret in secrets.iter().map(|secret| secret.to_lowercase()).filter(|secret| !holds(&shown, secret)) {
            let found = line_texts.iter().find(|text| holds(text, &secret));
            assert_eq!(found, None, "{name}: {secret:?}");
            searched += 1;
        }
    }
    assert!(searched > 150, "{searched}");
}

/// A deck whose author always does the same: the right option first and called `a`, steps called `s1`, `s2`..., pairs in
/// one order.
fn careless(count: usize) -> String {
    let word = |n: usize| format!("{:08x}", crc32fast::hash(format!("word {n}").as_bytes()));
    let choice = |n: usize| {
        let option = |at: usize| {
            let id = ["a", "b", "c", "d"][at];
            json!({"id": id, "text": format!("It is {}", word(n * 16 + at)), "correct": at == 0})
        };
        let options: Vec<Value> = (0..4).map(option).collect();
        json!({"id": format!("pick-{n}"), "kind": "choice", "prompt": format!("Which is number {n}?"), "options": options})
    };
    let order = |n: usize| {
        let step = |at: usize| json!({"id": format!("s{at}"), "text": format!("Do {}", word(n * 16 + at + 4))});
        let steps: Vec<Value> = (0..5).map(step).collect();
        json!({"id": format!("order-{n}"), "kind": "order", "prompt": format!("Order number {n}?"), "steps": steps})
    };
    let matching = |n: usize| {
        let pair = |at: usize| json!({"id": format!("p{at}"), "left": format!("L {}", word(n * 16 + at + 9)), "right": format!("R {}", word(n * 16 + at + 12))});
        let pairs: Vec<Value> = (0..4).map(pair).collect();
        json!({"id": format!("match-{n}"), "kind": "match", "prompt": format!("Match number {n}?"), "pairs": pairs})
    };
    let items: Vec<Value> = (0..count).flat_map(|n| [choice(n), order(n), matching(n)]).collect();
    json!({"format": "grillme-deck", "version": 1, "id": "careless", "title": "Careless", "items": items}).to_string()
}

/// Picks one of several by what the sheet shows of them.
type Guess = fn(&[Value]) -> Vec<Value>;

fn sorted_by(entries: &[Value], field: &str) -> Vec<Value> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(|entry| entry[field].as_str().unwrap_or_default().to_owned());
    entries
}

const GUESSES: [(&str, Guess); 5] = [
    ("as listed", |entries| entries.to_vec()),
    ("backwards", |entries| entries.iter().rev().cloned().collect()),
    ("by id", |entries| sorted_by(entries, "id")),
    ("by text", |entries| sorted_by(entries, "text")),
    ("by id, backwards", |entries| sorted_by(entries, "id").into_iter().rev().collect()),
];

fn answer(line: &Value, guess: Guess) -> Value {
    let list = |field: &str| line[field].as_array().unwrap().clone();
    match line["form"].as_str().unwrap() {
        "id" => guess(&list("options"))[0]["id"].clone(),
        "order" => guess(&list("steps")).iter().map(|step| step["id"].clone()).collect(),
        "pairs" => {
            let lefts = guess(&list("left")).into_iter().map(|left| left["id"].as_str().unwrap().to_owned());
            Value::Object(lefts.zip(list("right")).collect())
        }
        form => panic!("{form}"),
    }
}

#[test]
fn whoever_guesses_from_the_sheet_alone_scores_at_chance() {
    let sandbox = Sandbox::new();
    sandbox.write("careless.json", careless(400));
    for seed in ["3", "4"] {
        let sheet = sandbox.run(&["exam", "careless.json", "--seed", seed, "--questions"]).out;
        let lines: Vec<Value> = sheet.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (name, guess) in GUESSES {
            let line = |line: &Value| json!({"item": line["item"], "answer": answer(line, guess)}).to_string() + "\n";
            let answers: String = lines.iter().map(line).collect();
            let args = ["exam", "careless.json", "--seed", seed, "--answers", "-", "--report", "json"];
            let report = report(&sandbox.run_with(&args, &answers));
            // One of four; half of the pairs of steps; of the ways to pair four, one in 24 scores.
            for (kind, chance, most) in [("choice", 0.25, 0.08), ("order", 0.5, 0.05), ("match", 1.0 / 24.0, 0.04)] {
                let items = report["items"].as_array().unwrap().iter().filter(|item| item["kind"] == kind);
                let scores: Vec<f64> = items.map(|item| item["score"].as_f64().unwrap()).collect();
                let mean = scores.iter().sum::<f64>() / scores.len() as f64;
                assert_eq!(scores.len(), 400);
                assert!((mean - chance).abs() < most, "{kind} {name}, seed {seed}: {mean}");
            }
        }
    }
}

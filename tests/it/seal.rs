//! Sealed decks: nobody reads the key from one, and an exam marks by it all the same.

use std::fs;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};
use crate::schema::{Form, accepted};

/// What in the deck would tell a key.
const TELLING: [&str; 13] = [
    "correct",
    "right-one",
    "hypervisor",
    "Hypervisor",
    "feedback",
    "That is so",
    "accept",
    "near",
    "VMM",
    "why",
    "explanation",
    "hint",
    "first-step",
];

const DECK: &str = r#"{"format":"grillme-deck","version":1,"id":"d","title":"D","sources":{"s":{"title":"S"}},
 "retired":[{"id":"old","replaced_by":"pick"}],"lessons":[
 {"id":"one","title":"One","summary":"Su","objectives":[{"id":"o","text":"O"}],
  "theory":[{"kind":"para","body":"A hypervisor does."}],"items":[
  {"id":"pick","kind":"choice","tier":"beginner","tags":["x"],"prompt":"Which?","objectives":["o"],"refs":["s"],
   "explanation":"That is so.","hints":["H"],"why":"W?","options":[
    {"id":"right-one","text":"This","correct":true},{"id":"wrong-one","text":"That","feedback":"No."},
    {"id":"other","text":"It"}]},
  {"id":"all","kind":"choice","multi":true,"prompt":"Which ones?","requires":["pick"],"options":[
    {"id":"a","text":"Um","correct":true},{"id":"b","text":"Dois"},{"id":"c","text":"Tres","correct":true}]},
  {"id":"type","kind":"typed","tier":"expert","prompt":"What runs virtual machines?","accept":["Hypervisor",{"text":"VMM"}],
   "near":[{"text":"kernel","feedback":"F"}]},
  {"id":"case","kind":"typed","prompt":"Which variable?","accept":["PATH"],"rules":{"case":true,"typos":"none"}},
  {"id":"sort","kind":"order","prompt":"Sort!","steps":[{"id":"first-step","text":"Wake"},{"id":"y","text":"Eat"},
    {"id":"z","text":"Sleep","why":"W"}],"extra":[{"id":"never","text":"Fly"}]},
  {"id":"pair","kind":"match","prompt":"Pair!","pairs":[{"id":"l","left":"L","right":"R"},{"id":"m","left":"M","right":"S"}],
   "extra_right":["A"]}]},
 {"id":"two","title":"Two","items":[
  {"id":"gap","kind":"cloze","text":"It is {{c1::open}}.","confusable_with":["pick"],"refs":["s"]},
  {"id":"many","kind":"order","prompt":"P","steps":[{"id":"a","text":"A"},{"id":"b","text":"B"}],"before":{"a":["b"]}},
  {"id":"number","kind":"typed","prompt":"How many?","accept":[{"number":3}]},
  {"id":"card","kind":"flash","front":"Front","back":"The back"}]}]}"#;

/// Right answers, by what both decks name alike.
const RIGHT: &str = r#"{"item":"d/type","answer":" hypervisor. "}
{"item":"d/case","answer":"PATH"}
{"item":"d/pair","answer":{"l":"R","m":"S"}}
"#;

fn seal(sandbox: &Sandbox, more: &[&str]) -> Ran {
    sandbox.write("d.json", DECK);
    let ran = sandbox.run(&[&["exam", "--seal", "./d.json", "-o", "sealed.json"], more].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran
}

fn sealed(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.home.path().join("sealed.json")).unwrap()
}

fn results(sandbox: &Sandbox, deck: &str, answers: &str, more: &[&str]) -> (i32, Value) {
    sandbox.write("answers.jsonl", answers);
    let args = ["exam", deck, "--answers", "answers.jsonl", "--report", "json"];
    let ran = sandbox.run(&[&args[..], more].concat());
    assert!(ran.status < 2, "{}", ran.err);
    (ran.status, serde_json::from_str(&ran.out).unwrap())
}

fn score(document: &Value, item: &str) -> f64 {
    let items = document["items"].as_array().unwrap();
    items.iter().find(|one| one["item"] == item).unwrap()["score"].as_f64().unwrap()
}

/// Names what a sheet lists, by its text: handles.
fn handle(sandbox: &Sandbox, deck: &str, item: &str, text: &str) -> String {
    let sheet = sandbox.run(&["exam", deck, "--questions"]).out;
    let lines = sheet.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let line = lines.into_iter().find(|line| line["item"] == item).unwrap();
    let listed = line["options"].as_array().or(line["steps"].as_array()).unwrap().clone();
    listed.iter().find(|one| one["text"] == text).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_sealed_deck_is_valid_and_holds_nothing_that_tells_a_key() {
    let sandbox = Sandbox::new();
    seal(&sandbox, &["--lesson", "one"]);
    let text = sealed(&sandbox);
    accepted(Form::Single, &text);
    for telling in TELLING {
        assert!(!text.contains(telling), "{telling} is in\n{text}");
    }
    let checked = sandbox.run(&["check", "./sealed.json"]);
    assert_eq!(checked.status, 0, "{}", checked.out);
    // Lists stand in the order of their texts, whatever the author's was.
    let deck: Value = serde_json::from_str(&text).unwrap();
    for item in deck["lessons"][0]["items"].as_array().unwrap() {
        for list in ["options", "steps", "right"] {
            let texts: Vec<&str> = item[list].as_array().map_or(Vec::new(), |all| {
                all.iter().map(|one| one["text"].as_str().or(one.as_str()).unwrap()).collect()
            });
            assert!(texts.is_sorted(), "{texts:?}");
        }
    }
}

#[test]
fn what_cannot_be_sealed_is_named_and_stays_as_it_is() {
    let sandbox = Sandbox::new();
    let ran = seal(&sandbox, &[]);
    for named in [
        "gap is not sealed, its key can be read: its holes are marked one by one",
        "many is not sealed, its key can be read: more than one order is right",
        "number is not sealed, its key can be read: it accepts more than texts",
        "6 items sealed, 3 not",
    ] {
        assert!(ran.err.contains(named), "{named}: {}", ran.err);
    }
    let text = sealed(&sandbox);
    accepted(Form::Single, &text);
    assert!(text.contains("{{c1::open}}") && !text.contains("The back"));
    let (_, document) = results(&sandbox, "./sealed.json", "{\"item\":\"d/gap\",\"answer\":\"open\"}\n", &[]);
    assert!((score(&document, "d/gap") - 1.0).abs() < 1e-9);
}

#[test]
fn the_same_answers_are_right_in_the_open_and_in_the_sealed_deck() {
    let sandbox = Sandbox::new();
    seal(&sandbox, &["--lesson", "one"]);
    let mut answers = RIGHT.to_owned();
    let name = |item: &str, text: &str| {
        let open = handle(&sandbox, "./d.json", item, text);
        assert_eq!(open, handle(&sandbox, "./sealed.json", item, text));
        open
    };
    answers += &format!("{{\"item\":\"d/pick\",\"answer\":\"{}\"}}\n", name("d/pick", "This"));
    let all = [name("d/all", "Tres"), name("d/all", "Um")];
    answers += &serde_json::json!({"item": "d/all", "answer": all}).to_string();
    let sort = ["Wake", "Eat", "Sleep"].map(|text| name("d/sort", text));
    answers += &format!("\n{}\n", serde_json::json!({"item": "d/sort", "answer": sort}));
    for deck in ["./d.json", "./sealed.json"] {
        let (status, document) = results(&sandbox, deck, &answers, &["--lesson", "one", "--pass", "100"]);
        assert_eq!((status, document["score"].as_f64()), (0, Some(1.0)), "{document:#}");
    }
}

#[test]
fn a_wrong_answer_to_a_sealed_item_scores_nothing_and_its_report_says_no_key() {
    let sandbox = Sandbox::new();
    seal(&sandbox, &["--lesson", "one"]);
    let that = handle(&sandbox, "./sealed.json", "d/pick", "That");
    let (um, dois) =
        (handle(&sandbox, "./sealed.json", "d/all", "Um"), handle(&sandbox, "./sealed.json", "d/all", "Dois"));
    let answers = format!(
        "{{\"item\":\"d/pick\",\"answer\":\"{that}\"}}\n{{\"item\":\"d/all\",\"answer\":[\"{um}\",\"{dois}\"]}}\n\
         {{\"item\":\"d/type\",\"answer\":\"hypervisr\"}}\n{{\"item\":\"d/case\",\"answer\":\"path\"}}\n\
         {{\"item\":\"d/pair\",\"answer\":{{\"l\":\"R\",\"m\":\"A\"}}}}\n{{\"item\":\"d/sort\",\"answer\":[]}}\n"
    );
    let (status, document) = results(&sandbox, "./sealed.json", &answers, &[]);
    assert_eq!((status, document["score"].as_f64()), (1, Some(0.0)), "{document:#}");
    for item in document["items"].as_array().unwrap() {
        assert!(item["expected"].is_null() && item["findings"].is_null(), "{item:#}");
        assert_eq!(
            (item["status"].as_str(), item["kind"].as_str() == Some("sealed")),
            (Some("wrong"), false),
            "{item:#}"
        );
    }
    for format in ["text", "junit", "tap", "github", "markdown", "classroom"] {
        let ran = sandbox.run(&["exam", "./sealed.json", "--answers", "answers.jsonl", "--report", format]);
        assert!(ran.out.contains("not the answer that is sealed"), "{}", ran.out);
        assert!(!ran.out.contains("null\n") && !ran.out.to_lowercase().contains("hypervisor"), "{}", ran.out);
    }
    // Without an answer there is nothing to expect either.
    let (_, document) = results(&sandbox, "./sealed.json", "", &[]);
    assert!(document["items"].as_array().unwrap().iter().all(|item| item["status"] == "missing"));
}

#[test]
fn salts_are_new_every_time_and_for_every_item() {
    let sandbox = Sandbox::new();
    seal(&sandbox, &["--lesson", "one"]);
    let salts = |text: &str| -> Vec<String> {
        let deck: Value = serde_json::from_str(text).unwrap();
        let items = deck["lessons"][0]["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["sealed"]["salt"].as_str().unwrap().to_owned()).collect()
    };
    let mut all = salts(&sealed(&sandbox));
    seal(&sandbox, &["--lesson", "one"]);
    all.extend(salts(&sealed(&sandbox)));
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!((all.len(), count), (12, 12));
}

#[test]
fn no_command_drills_a_sealed_deck() {
    let sandbox = Sandbox::new();
    seal(&sandbox, &[]);
    for args in [
        &["cards", "./sealed.json", "--plain"][..],
        &["quiz", "./sealed.json", "--plain"],
        &["lesson", "sealed.json/one", "--plain"],
        &["interview", "./sealed.json", "--plain"],
        &["interview", "./sealed.json", "--mock", "--plain"],
        &["show", "sealed.json/pick", "--play", "--plain"],
        &["suspend", "./sealed.json"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.status, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("is sealed: only an exam can ask its questions\nhint: grillme exam "), "{}", ran.err);
    }
    let shown = sandbox.run(&["show", "sealed.json/sort"]);
    assert!(shown.out.contains("• Sleep\n") && shown.out.contains("The key is sealed"), "{}", shown.out);
    // Among the user's own decks it is in nobody's way.
    sandbox.write("data/decks/sealed.json", sealed(&sandbox));
    for args in [&[][..], &["cards", "--plain"], &["list"], &["quiz", "--plain"]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.status, 0, "{args:?}: {}", ran.err);
    }
}

#[test]
fn sealing_refuses_what_makes_no_sense() {
    let sandbox = Sandbox::new();
    sandbox.write("d.json", DECK);
    for (args, status, says) in [
        (&["exam", "--seal", "./d.json", "-o", "d.json"][..], 2, "would replace"),
        (&["exam", "--seal", "./d.json", "docker"], 2, "takes one deck"),
        (&["exam", "--seal", "./d.json", "--lesson", "two"], 4, "nothing can be sealed"),
        (&["exam", "./d.json", "-o", "x.json"], 2, "--seal"),
        (&["exam", "--seal", "./d.json", "--answers", "x"], 2, "--answers"),
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.status, status, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    assert_eq!(fs::read_to_string(sandbox.home.path().join("d.json")).unwrap(), DECK);
    let printed = sandbox.run(&["exam", "--seal", "./d.json", "--kind", "typed", "--item", "type"]);
    accepted(Form::Single, &printed.out);
    assert!(printed.out.starts_with("{\n  \"format\": \"grillme-deck\""), "{}", printed.out);
}

/// A deck is untrusted: its seal must not make the program take all memory or time.
#[test]
fn a_seal_that_costs_too_much_is_refused() {
    let sandbox = Sandbox::new();
    seal(&sandbox, &["--item", "type"]);
    let text = sealed(&sandbox);
    for (from, to) in [
        ("\"memory\": 19456", "\"memory\": 4294967295"),
        ("\"memory\": 19456", "\"memory\": 1"),
        ("\"passes\": 2", "\"passes\": 100000"),
        ("\"argon2id\"", "\"md5\""),
        ("\"salt\": \"", "\"salt\": \"zz"),
    ] {
        assert!(text.contains(from), "{text}");
        sandbox.write("bad.json", text.replacen(from, to, 1));
        let ran = sandbox.run(&["check", "./bad.json"]);
        assert!(ran.status == 1 && ran.out.contains("error[bad-seal]"), "{to}: {}", ran.out);
    }
}

/// The page shows a seal and says how it is made; the key in it is that of "hypervisor", hashed by another program.
#[test]
fn the_example_on_the_page_is_marked_by() {
    let page = include_str!("../../docs/deck-format.md").replace("\r\n", "\n");
    let (_, section) = page.split_once("\n## Sealed items\n").unwrap();
    let item = section.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let sandbox = Sandbox::new();
    let deck = format!(r#"{{"format":"grillme-deck","version":1,"id":"d","title":"D","items":[{item}]}}"#);
    sandbox.write("d.json", deck);
    for (answer, score) in [("Hypervisor.", 1.0), ("kernel", 0.0), ("", 0.0)] {
        let line = serde_json::json!({"item": "d/vm-runner", "answer": answer}).to_string();
        let (_, document) = results(&sandbox, "./d.json", &line, &[]);
        assert!((document["score"].as_f64().unwrap() - score).abs() < 1e-9, "{answer}: {document:#}");
    }
}

//! Marking is total, and the report is what its schema says.

use std::sync::LazyLock;

use grillme::deck::Deck;
use grillme::library::{Origin, load};
use grillme::session::{Question, Reply, Status, examinable, examine};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::exam::{key, report, sandbox};

const SCHEMA: &str = include_str!("../../data/exam-report.schema.json");

static DECK: LazyLock<Deck> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/decks/exam.json");
    load(&Origin::Path(path.into())).unwrap().deck
});

fn questions() -> Vec<Question<'static>> {
    let all = DECK.items().filter(|(_, item)| examinable(item));
    all.map(|(lesson, item)| Question { deck: &DECK.head.id, lesson: &lesson.id, item }).collect()
}

/// Any JSON, in words that answers are made of and others.
fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "a",
        "b",
        "s1",
        "x1",
        "p1",
        "p2",
        "moos",
        "sings",
        "c1",
        "c2",
        "1",
        "2",
        "size",
        "mass",
        "up",
        "same",
        "look",
        "name",
        "tell",
        "finite age",
        "SECRET-lake",
        "",
        "\u{1b}[2J",
    ]);
    let word = prop_oneof![words.prop_map(str::to_owned), ".{0,12}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_json_gets_a_score_and_a_reason(value in any_json(), at in 0usize..11) {
        let question = questions()[at];
        let examined = examine(&question, &Reply::Given(value.clone()), None);
        prop_assert!((0.0..=1.0).contains(&examined.score), "{}", examined.score);
        prop_assert_eq!(examined.reason.is_none(), examined.status == Status::Right);
        prop_assert!(examined.reason.as_ref().is_none_or(|reason| !reason.is_empty() && !reason.contains('\n')));
        match examined.status {
            Status::Right => prop_assert!(examined.score >= 0.99995),
            Status::Partial => prop_assert!(examined.score > 0.0 && examined.score < 1.0),
            Status::Wrong | Status::Error => prop_assert_eq!(examined.score, 0.0),
            Status::Missing => prop_assert_eq!(value, Value::Null),
        }
    }

    #[test]
    fn what_was_read_reads_the_same_again(value in any_json(), at in 0usize..11) {
        let question = questions()[at];
        let examined = examine(&question, &Reply::Given(value), None);
        if !matches!(examined.status, Status::Error | Status::Missing) {
            let again = examine(&question, &Reply::Given(examined.given.clone().unwrap()), None);
            prop_assert_eq!(again, examined);
        }
    }
}

#[test]
fn an_answer_with_the_sheets_handles_is_the_answer_with_the_authors_ids() {
    let sandbox = sandbox();
    let sheet = sandbox.run(&["exam", "kinds.json", "--item", "line-up", "--questions"]).out;
    let line: Value = serde_json::from_str(&sheet).unwrap();
    let handle = |text: &str| {
        let steps = line["steps"].as_array().unwrap();
        steps.iter().find(|step| step["text"] == text).unwrap()["id"].clone()
    };
    let answer: Vec<Value> = ["Measure", "Cut", "Glue", "Paint"].map(handle).to_vec();
    let answers = json!({"item": "kinds/line-up", "answer": answer}).to_string();
    let args = ["exam", "kinds.json", "--item", "line-up", "--answers", "-", "--report", "json"];
    let report = report(&sandbox.run_with(&args, &answers));
    assert_eq!(report["items"][0]["given"], json!(["s1", "s2", "s3", "s4"]));
    assert_eq!(report["items"][0]["status"], "right");
}

fn schema() -> Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

/// Reports with every status, of every kind.
fn reports() -> Vec<Value> {
    let sandbox = sandbox();
    let run = |deck: &str, answers: &str, flags: &[&str]| {
        report(&sandbox.run_with(&[&["exam", deck, "--answers", "-", "--report", "json"], flags].concat(), answers))
    };
    let wrong = r#"{"item": "kinds/talk", "answer": "dust hides it; a finite age"}
{"item": "kinds/story", "answer": {"look": "b", "tell": "wait"}}
{"item": "kinds/some", "answer": ["a"]}
{"item": "kinds/one", "answer": {"any": ["thing", 1.5]}}
"#;
    vec![
        run("kinds.json", "", &["--pass-tier", "expert=5", "--require", "kinds/one"]),
        run("kinds.json", wrong, &[]),
        run("kinds.json", &key(&sandbox, "kinds.json"), &[]),
        run("docker", &key(&sandbox, "docker"), &[]),
    ]
}

#[test]
fn reports_are_what_the_schema_says_and_it_misses_nothing_that_is_always_there() {
    let schema = schema();
    for report in reports() {
        let errors: Vec<String> = schema.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert_eq!(errors, [] as [&str; 0]);
        for field in ["schema_version", "seed", "decks", "score", "pass_mark", "passed", "rules", "items"] {
            let mut less = report.clone();
            less.as_object_mut().unwrap().remove(field);
            assert!(!schema.is_valid(&less), "{field}");
        }
        for field in ["item", "deck", "lesson", "kind", "tier", "stem", "score", "status", "given", "expected"] {
            let mut less = report.clone();
            less["items"][0].as_object_mut().unwrap().remove(field);
            assert!(!schema.is_valid(&less), "{field}");
        }
        let mut more = report.clone();
        more["items"][0]["score"] = json!(1.5);
        assert!(!schema.is_valid(&more));
    }
}

#[test]
fn a_report_names_the_deck_by_its_sum() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["exam", "kinds.json", "--answers", "-", "--report", "json"]);
    let sum = report(&ran)["decks"][0]["sha256"].as_str().unwrap().to_owned();
    assert_eq!((sum.len(), sum.bytes().all(|byte| byte.is_ascii_hexdigit())), (64, true));
    sandbox.write("kinds.json", crate::exam::KINDS.replace("The red one", "The pink one"));
    let ran = sandbox.run(&["exam", "kinds.json", "--answers", "-", "--report", "json"]);
    assert_ne!(report(&ran)["decks"][0]["sha256"], sum);
}

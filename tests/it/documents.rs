//! Sessions with `--format json`: what they came to as one document on standard output, and nothing else there.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, many};

fn document(sandbox: &Sandbox, args: &[&str], input: &str) -> Value {
    let ran = sandbox.run_with(&[args, &["--plain", "--format", "json"]].concat(), input);
    assert_eq!(ran.status, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.out))
}

#[test]
fn a_session_of_cards_gives_its_answers_and_what_is_left() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(3));
    let cards = document(&sandbox, &["cards", "./many.json"], "3\n1\nq\n");
    let answers = cards["answers"].as_array().unwrap();
    let told: Vec<(&Value, &Value)> = answers.iter().map(|answer| (&answer["card"], &answer["rating"])).collect();
    assert_eq!(told, [(&json!("many/card-0"), &json!(3)), (&json!("many/card-1"), &json!(1))]);
    assert!(answers.iter().all(|answer| answer["due"].as_str().unwrap().ends_with('Z')), "{cards}");
    for (field, value) in [("schema_version", 1), ("cards", 2), ("first_try", 1), ("left", 3), ("due_tomorrow", 0)] {
        assert_eq!(cards[field], value, "{field} of {cards}");
    }
    let cram = document(&sandbox, &["cards", "./many.json", "--cram"], "4\nq\n");
    assert_eq!((&cram["cram"], cram["answers"].as_array().unwrap().len()), (&json!(true), 1));
}

#[test]
fn a_session_with_nothing_due_is_a_document_too() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(1));
    document(&sandbox, &["cards", "./many.json"], "4\n");
    let nothing = document(&sandbox, &["cards", "./many.json"], "");
    assert_eq!((&nothing["cards"], &nothing["left"], &nothing["answers"]), (&json!(0), &json!(0), &json!([])));
}

#[test]
fn interviews_give_coverage_and_standing_and_a_mock_its_report() {
    let sandbox = Sandbox::new();
    sandbox.write("talk.json", crate::interview::DECK);
    let args = ["interview", "./talk.json", "--tier", "beginner", "--count", "1"];
    let talk = document(&sandbox, &args, "They share the kernel.\n.\nn\ng\n3\n");
    let answer = &talk["answers"][0];
    assert_eq!((&answer["item"], &answer["rating"]), (&json!("talk/kernel"), &json!(3)));
    assert!(answer["auto"].as_f64().unwrap() > 0.5 && answer["open"].as_array().unwrap().len() == 1, "{talk}");
    assert_eq!((&talk["standings"][0]["deck"], &talk["left"]), (&json!("talk"), &json!(0)));
    let mock = document(&sandbox, &["interview", "./talk.json", "--mock"], "They share the kernel.\n.\n:q\nn\n3\n2\n");
    assert_eq!((&mock["tradeoffs"], &mock["clarity"]), (&json!("yes"), &json!("no")));
    assert!(mock["completeness"]["share"].as_f64().unwrap() > 0.5, "{mock}");
    assert_eq!(mock["answers"][0]["item"], mock["to_fix"][0]["item"]);
    let silent = document(&sandbox, &["interview", "./talk.json", "--mock"], ":q\n");
    assert_eq!(silent["answers"], json!([]));
}

//! Documents on which schema and reader must agree: written by hand, and mutated field by field and at random.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::schema::{BEYOND_A_SCHEMA, Form, accepted, agreed, deck_of, every_field, small_documents};

/// Puts `value` at a pointer into a document.
fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.insert(name.to_owned(), value)),
        Value::Array(elements) => elements[name.parse::<usize>().unwrap()] = value,
        other => panic!("{pointer} leads into {other}"),
    }
    document
}

fn item(id: &str) -> Value {
    every_field()["lessons"][0]["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone()
}

/// Asks both about an item of the deck with every field, with one value changed.
fn codes_with(id: &str, pointer: &str, value: Value) -> Vec<&'static str> {
    agreed(Form::Single, &deck_of(&with(item(id), pointer, value)).to_string()).into_iter().collect()
}

#[test]
fn both_accept_the_edges() {
    let edges = [
        ("f", "/rev", json!(0)),
        ("f", "/seconds", json!(4_294_967_295_u32)),
        ("f", "/seconds", json!(9.0)),
        ("f", "/front", json!("")),
        ("f", "/front", json!("x".repeat(65_536))),
        ("f", "/front", json!("a\tb\nc \u{a0} 漢 👩\u{200d}💻 \u{627}\u{200d}\u{2065}")),
        ("f", "/x-", json!(null)),
        ("f", "/tags", json!([])),
        ("f", "/stimulus/5/rows", json!([[]])),
        ("f", "/verified/on", json!("2000-02-29")),
        ("cz", "/accept", json!({})),
        ("cz", "/text", json!("{{c99::a}}{{c9::b}}{{c1::a}}{{c2::d}}")),
        ("ty", "/accept", json!([{"number": -1e300, "tolerance": 1e300}])),
        ("ty", "/rules", json!({})),
        ("or", "/before", json!({})),
        ("in", "/rubric/misconceptions/0/cap", json!(1)),
        ("in", "/rubric/misconceptions/0/cap", json!(0)),
        ("in", "/rubric/key_points/0/weight", json!(1)),
        ("in", "/id", json!("a".repeat(64))),
    ];
    for (id, pointer, value) in edges {
        assert_eq!(codes_with(id, pointer, value.clone()), [] as [&str; 0], "{id}{pointer} {value:.60}");
    }
}

#[test]
fn both_refuse_what_no_reader_could_use() {
    let refused = [
        ("f", "/id", json!(""), "bad-id"),
        ("f", "/id", json!("a".repeat(65)), "bad-id"),
        ("f", "/id", json!("Über"), "bad-id"),
        ("f", "/kind", json!("flsh"), "unknown-kind"),
        ("f", "/tier", json!("senior"), "unknown-tier"),
        ("f", "/skill", json!("analyze"), "unknown-skill"),
        ("f", "/rev", json!(-1), "bad-number"),
        ("f", "/rev", json!(1.5), "bad-number"),
        ("f", "/seconds", json!(4_294_967_296_u64), "bad-number"),
        ("f", "/seconds", json!("9"), "wrong-type"),
        ("f", "/front", json!(null), "wrong-type"),
        ("f", "/front", json!("\u{1b}[31m"), "forbidden-character"),
        ("f", "/front", json!("\u{202e}"), "forbidden-character"),
        ("f", "/front", json!("x".repeat(65_537)), "text-too-long"),
        ("f", "/prompt", json!("P"), "unknown-field"),
        ("f", "/x", json!("P"), "unknown-field"),
        ("f", "/stimulus/0/kind", json!("picture"), "unknown-kind"),
        ("f", "/stimulus/0/rows", json!([]), "unknown-field"),
        ("f", "/stimulus/5/body", json!("B"), "unknown-field"),
        ("f", "/verified/on", json!("2025-02-29"), "bad-date"),
        ("f", "/verified/on", json!("2025-2-9"), "bad-date"),
        ("f", "/verified/on", json!("28.02.2025"), "bad-date"),
        ("cz", "/accept", json!({"c0": []}), "unknown-hole"),
        ("cz", "/accept", json!({"x-own": []}), "unknown-hole"),
        ("ch", "/options", json!([{"id": "a", "text": "A", "correct": true}]), "too-few"),
        ("ch", "/options/0/correct", json!("yes"), "wrong-type"),
        ("one", "/options/1/correct", json!(false), "no-key"),
        ("one", "/options/0/correct", json!(true), "many-keys"),
        ("ty", "/accept", json!([]), "too-few"),
        ("ty", "/accept/0", json!(7), "wrong-type"),
        ("ty", "/accept/0", json!({}), "bad-pattern"),
        ("ty", "/accept/1/regex", json!("b"), "bad-pattern"),
        ("ty", "/accept/1/tolerance", json!(1), "bad-pattern"),
        ("ty", "/accept/3/tolerance", json!(-0.5), "bad-number"),
        ("ty", "/near/0", json!("d"), "wrong-type"),
        ("ty", "/rules/typos", json!("some"), "unknown-rule"),
        ("or", "/steps", json!([{"id": "a", "text": "A"}]), "too-few"),
        ("or", "/before/a", json!("b"), "wrong-type"),
        ("ma", "/pairs", json!([{"id": "a", "left": "L", "right": "R"}]), "too-few"),
        ("di", "/labels/1", json!([]), "unlabelled-hole"),
        ("di", "/labels/01", json!(["a"]), "unknown-hole"),
        ("wh", "/parameters", json!([]), "too-few"),
        ("wh", "/metrics", json!([]), "too-few"),
        ("wh", "/cases", json!([]), "too-few"),
        ("wh", "/cases/0/set", json!({}), "too-few"),
        ("wh", "/cases/0/then/m", json!("upp"), "unknown-move"),
        ("sc", "/steps", json!([]), "too-few"),
        ("sc", "/steps/0/ask", json!("guess"), "unknown-ask"),
        ("sc", "/steps/0/rubric", json!({}), "unknown-field"),
        ("li", "/steps", json!([]), "too-few"),
        ("in", "/rubric/key_points", json!([]), "too-few"),
        ("in", "/rubric/key_points/0/match/0", json!(""), "bad-key-pattern"),
        ("in", "/rubric/key_points/0/match/0", json!("a".repeat(1_025)), "bad-key-pattern"),
        ("in", "/rubric/key_points/0/weight", json!(0), "bad-number"),
        ("in", "/rubric/misconceptions/0/cap", json!(1.01), "bad-number"),
    ];
    for (id, pointer, value, code) in refused {
        let found = codes_with(id, pointer, value.clone());
        assert!(found.contains(&code), "{id}{pointer} {value:.60}: {found:?}");
    }
    for (pointer, value, code) in [
        ("/format", json!("grillme-lesson"), "wrong-format"),
        ("/version", json!(2), "wrong-version"),
        ("/version", json!("1"), "wrong-type"),
        ("/$schema", json!(7), "wrong-type"),
        ("/items", json!([]), "items-and-lessons"),
        ("/sources/S", json!({"title": "S"}), "bad-id"),
        ("/sources/s/checked", json!("today"), "bad-date"),
        ("/lessons/0/$schema", json!("s"), "unknown-field"),
        ("/lessons/0/version", json!(1), "unknown-field"),
        ("/lessons/0/theory/0/kind", json!("prose"), "unknown-kind"),
        ("/lessons/0/theory/0/alt", json!("A"), "unknown-field"),
    ] {
        let found = agreed(Form::Single, &with(every_field(), pointer, value).to_string());
        assert!(found.contains(code), "{pointer}: {found:?}");
    }
}

#[test]
fn only_the_reader_sees_each_rule_that_a_schema_cannot_say() {
    let mut seen = BTreeSet::new();
    for (id, pointer, value) in [
        ("f", "/requires", json!(["g"])),
        ("f", "/refs", json!(["t"])),
        ("f", "/objectives", json!(["p"])),
        ("f", "/front", json!("a\u{200e}b")),
        ("f", "/front", json!("é".repeat(40_000))),
        ("cz", "/text", json!("A {{c1:b}}")),
        ("cz", "/text", json!("A {{c1::b}} {{c1::c}} {{c2::d}}")),
        ("cz", "/accept/c3", json!([])),
        ("or", "/before/c", json!(["a"])),
        ("ch", "/options/0/id", json!("b")),
        ("ty", "/accept/2/regex", json!("(")),
        ("or", "/before/d", json!([])),
        ("di", "/art", json!("+--+")),
        ("di", "/art", json!("[1][2][3]")),
        ("wh", "/base/r", json!("1")),
        ("wh", "/base/p", json!("3")),
        ("wh", "/cases/0/then/l", json!("up")),
        ("wh", "/cases/0/then", json!({"m": "up"})),
        ("se", "/right", json!(["R"])),
        ("in", "/rubric/samples/1/hits", json!(["z"])),
        ("in", "/rubric/key_points/0/match", json!(["vm |"])),
        ("in", "/rubric/key_points/0/match", json!(vec!["vm"; 129])),
        ("f", "/x-own", (0..64).fold(json!(1), |inner, _| json!([inner]))),
        ("f", "/tags", Value::Array(vec![json!("t"); 200_001])),
        (
            "f",
            "/verified",
            (0..20_001).map(|n| (format!("x-{n}"), json!(n))).chain([("on".into(), json!("2024-02-29"))]).collect(),
        ),
    ] {
        seen.extend(codes_with(id, pointer, value));
    }
    let twice = deck_of(&item("f")).to_string().replacen(r#""front":"F""#, r#""front":"F","front":"F""#, 1);
    seen.extend(agreed(Form::Single, &twice));
    let head = with(every_field(), "/retired/0/id", json!("f"));
    seen.extend(agreed(Form::Single, &head.to_string()));
    seen.extend(agreed(Form::Head, &head.to_string()));
    let mut head = head;
    head.as_object_mut().unwrap().remove("lessons");
    seen.extend(agreed(Form::Single, &head.to_string()));
    assert_eq!(seen, BEYOND_A_SCHEMA.into());
}

/// What the values of a document are changed into.
fn changed() -> Vec<Value> {
    let texts = ["", "up", "flash", "table", "open", "c1", "2026-02-28", "A b", "a\u{9b}", "{{c1::x}}", "[1]", "b"];
    let numbers = [json!(0), json!(-1), json!(0.5), json!(2.0), json!(1e20), json!(7)];
    let others =
        [json!(null), json!(true), json!(false), json!([]), json!({}), json!(["b"]), json!({"id": "b"}), json!([[]])];
    texts.map(Value::from).into_iter().chain(numbers).chain(others).collect()
}

/// Lists the pointers of all values in a document, the document first; keys in it hold neither `/` nor `~`.
fn pointers(document: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match document {
        Value::Object(members) => members.iter().for_each(|(k, v)| pointers(v, &format!("{at}/{k}"), found)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(i, v)| pointers(v, &format!("{at}/{i}"), found));
        }
        _ => {}
    }
}

fn pointers_of(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    pointers(document, "", &mut found);
    found
}

/// A change in the structure of a document.
#[derive(Debug, Clone)]
enum Change {
    Drop,
    Rename(&'static str),
    Add(&'static str, Value),
    Become(Value),
    Empty,
    Double,
}

fn apply(document: &Value, pointer: &str, change: &Change) -> Value {
    let mut document = document.clone();
    let Some((parent, name)) = pointer.rsplit_once('/') else { return document };
    let index = name.parse::<usize>().unwrap_or(0);
    match (change, document.pointer_mut(parent)) {
        (Change::Drop, Some(Value::Object(members))) => drop(members.remove(name)),
        (Change::Drop, Some(Value::Array(elements))) => drop(elements.remove(index)),
        (Change::Rename(new), Some(Value::Object(members))) => {
            let value = members.remove(name).unwrap();
            members.insert(new.replace('*', name), value);
        }
        (Change::Add(new, value), Some(Value::Object(members))) => {
            drop(members.insert((*new).to_owned(), value.clone()))
        }
        (Change::Double, Some(Value::Array(elements))) => elements.push(elements[index].clone()),
        (Change::Become(value), Some(_)) => *document.pointer_mut(pointer).unwrap() = value.clone(),
        (Change::Empty, Some(_)) => match document.pointer_mut(pointer).unwrap() {
            Value::Object(members) => members.clear(),
            Value::Array(elements) => elements.clear(),
            Value::String(text) => text.clear(),
            _ => {}
        },
        _ => {}
    }
    document
}

fn changes() -> Vec<Change> {
    let names = ["*s", "x-*", "X-*", "*\u{301}", "id", "kind", "text", "body", "prompt", "c1"];
    let added =
        ["colour", "x-more", "multi", "tolerance", "rows", "reverse_back", "$schema", "lessons", "items", "number"];
    let values = [json!(1), json!("2"), json!([]), json!(true)];
    let fixed = [Change::Drop, Change::Empty, Change::Double];
    let add = added.into_iter().flat_map(|name| values.clone().map(|value| Change::Add(name, value)));
    fixed
        .into_iter()
        .chain(names.map(Change::Rename))
        .chain(add)
        .chain(changed().into_iter().map(Change::Become))
        .collect()
}

#[test]
fn both_agree_when_any_one_field_is_dropped_renamed_or_of_another_type() {
    let few =
        [Change::Drop, Change::Rename("*s"), Change::Become(json!(null)), Change::Become(json!(-1)), Change::Empty];
    for (form, document) in small_documents() {
        for pointer in pointers_of(&document) {
            few.iter().for_each(|change| drop(agreed(form, &apply(&document, &pointer, change).to_string())));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn both_agree_on_mutated_documents(
        document in prop::sample::select(small_documents()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(changes())), 1..4),
    ) {
        let (form, mut document) = document;
        for (at, change) in changes {
            let pointers = pointers_of(&document);
            let pointer = at.get(&pointers).clone();
            document = apply(&document, &pointer, &change);
        }
        agreed(form, &document.to_string());
    }
}

#[test]
fn both_refuse_a_lesson_in_place_of_a_deck_and_the_other_way_round() {
    let lesson = small_documents().into_iter().find(|(form, _)| *form == Form::Lesson).unwrap().1;
    accepted(Form::Lesson, &lesson.to_string());
    assert!(!agreed(Form::Single, &lesson.to_string()).is_empty());
    assert!(!agreed(Form::Lesson, &every_field().to_string()).is_empty());
}

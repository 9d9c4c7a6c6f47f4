//! The page on the deck format says what is so: its examples load, its lists are those of the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use grillme::deck::KindName;
use grillme::lint::{ERRORS, RULES};
use regex::Regex;
use serde_json::Value;

use crate::schema::{BEYOND_A_SCHEMA, Form, accepted, deck_of, fields};

const PAGE: &str = include_str!("../../docs/deck-format.md");

/// Lists the fenced examples in JSON.
fn examples() -> Vec<String> {
    let page = PAGE.replace("\r\n", "\n");
    page.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn every_example_is_accepted_by_reader_and_schema_and_every_kind_has_one() {
    let mut kinds = BTreeSet::new();
    for example in examples() {
        let value: Value = serde_json::from_str(&example).unwrap_or_else(|e| panic!("{e}\n{example}"));
        match value["format"].as_str() {
            Some("grillme-deck") => accepted(Form::Single, &example),
            Some(_) => accepted(Form::Lesson, &example),
            None => {
                accepted(Form::Single, &deck_of(&value).to_string());
                kinds.insert(value["kind"].as_str().unwrap().to_owned());
            }
        }
    }
    assert_eq!(kinds, KindName::WORDS.map(|(word, _)| word.to_owned()).into());
}

/// Lists the codes in the first column of the table under a heading row, with the star that follows some.
fn listed(head: &str) -> Vec<(String, bool)> {
    let table = PAGE.split_once(head).unwrap().1;
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let row = Regex::new(r"^\| `([a-z0-9-]+)`( \*)? \| .+ \|$").unwrap();
    rows.map(|line| row.captures(line).unwrap_or_else(|| panic!("{line}")))
        .map(|found| (found[1].to_owned(), found.get(2).is_some()))
        .collect()
}

/// Lists the codes that the reader reports, from its source.
fn reported() -> BTreeSet<String> {
    let literal = Regex::new(r#"(?:(?:\berror|Known::new)\(\s*|\brule: )"([a-z0-9-]+)""#).unwrap();
    let word = Regex::new(r#"one_of\([^;]*?"(unknown-[a-z]+)""#).unwrap();
    let any = Regex::new(r#"\berror\(\s*([^\s",)][^",)]*)"#).unwrap();
    let mut codes = BTreeSet::new();
    for folder in ["src/deck", "src/library"] {
        for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let found = literal.captures_iter(&text).chain(word.captures_iter(&text));
            codes.extend(found.map(|found| found[1].to_owned()));
            // A code that comes in a variable would be missed: only these do, and theirs are found above.
            let passed = any.captures_iter(&text).map(|found| found[1].trim().to_owned());
            let known = ["rule", "rule: &'static str", "self.rule", "&mut self", "&self", "transparent"];
            passed.for_each(|passed| assert!(known.contains(&passed.as_str()), "{folder}: error({passed}"));
        }
    }
    codes
}

#[test]
fn the_page_lists_the_codes_of_the_reader_and_marks_those_beyond_a_schema() {
    let listed = listed("| code | says |");
    assert!(listed.is_sorted());
    let marked: BTreeSet<&str> = listed.iter().filter(|(_, star)| *star).map(|(code, _)| code.as_str()).collect();
    assert_eq!(marked, BEYOND_A_SCHEMA.into());
    assert_eq!(listed.into_iter().map(|(code, _)| code).collect::<BTreeSet<_>>(), reported());
}

#[test]
fn the_program_lists_the_codes_as_the_page_does() {
    let codes: Vec<String> = listed("| code | says |").into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ERRORS.iter().map(|rule| rule.code.to_owned()).collect::<Vec<_>>());
    for rule in ERRORS {
        let shown = ["", " *"].map(|star| format!("| `{}`{star} | {} |", rule.code, rule.summary));
        assert!(shown.iter().any(|shown| PAGE.contains(shown)), "{}", rule.code);
    }
}

#[test]
fn the_page_lists_the_rules_of_the_strict_bar() {
    let codes: Vec<String> = listed("| code | asks that |").into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, RULES.iter().map(|rule| rule.code.to_owned()).collect::<Vec<_>>());
    for rule in RULES {
        assert!(PAGE.contains(&format!("| `{}` | {} |", rule.code, rule.summary)), "{}", rule.code);
    }
}

#[test]
fn every_field_of_the_schemas_stands_on_the_page() {
    for name in fields() {
        let shown = [format!("`{name}`"), format!("\"{name}\"")];
        assert!(shown.iter().any(|shown| PAGE.contains(shown)), "the page does not name {name}");
    }
}

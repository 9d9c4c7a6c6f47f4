//! JUnit XML as Jenkins, GitLab and others read it: a suite a lesson, a case a question.
//!
//! Readers differ in what they show: many only the body of a failure, some only its message, so both say it all. There
//! is no `skipped` anywhere, and every time is 0: an exam by answers file takes none.

use crate::render::{xml_attribute, xml_text};
use crate::session::{Exam, Examined, Status, rounded};

use super::told;

pub(super) fn junit(exam: &Exam, _: &crate::render::Style) -> String {
    let suites = by_lesson(exam);
    let counts = counts(exam.items.iter());
    let mut lines = vec![r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned()];
    lines.push(format!(r#"<testsuites name="grillme exam" {counts} time="0">"#));
    suites.iter().for_each(|(name, items)| suite(exam, name, items, &mut lines));
    lines.push("</testsuites>".to_owned());
    lines.join("\n") + "\n"
}

/// Groups the questions by lesson, both in the order they were asked.
fn by_lesson(exam: &Exam) -> Vec<(String, Vec<&Examined>)> {
    let mut suites: Vec<(String, Vec<&Examined>)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for item in &exam.items {
        let name = class(item);
        let at = *places.entry(name.clone()).or_insert_with(|| {
            suites.push((name, Vec::new()));
            suites.len() - 1
        });
        suites[at].1.push(item);
    }
    suites
}

fn class(item: &Examined) -> String {
    format!("{}.{}", item.deck, item.lesson)
}

fn counts<'e>(items: impl Iterator<Item = &'e Examined>) -> String {
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for item in items {
        tests += 1;
        match item.status {
            Status::Right => {}
            Status::Error => errors += 1,
            Status::Partial | Status::Wrong | Status::Missing => failures += 1,
        }
    }
    format!(r#"tests="{tests}" failures="{failures}" errors="{errors}""#)
}

fn suite(exam: &Exam, name: &str, items: &[&Examined], lines: &mut Vec<String>) {
    let counts = counts(items.iter().copied());
    lines.push(format!(r#"  <testsuite name="{}" {counts} time="0">"#, xml_attribute(name)));
    let score = items.iter().map(|item| item.score).sum::<f64>() / items.len() as f64;
    let mut properties = vec![("seed", exam.seed.to_string()), ("score", rounded(score).to_string())];
    let deck = items.first().and_then(|item| exam.decks.iter().find(|deck| deck.id == item.deck));
    properties.extend(deck.map(|deck| ("sha256", deck.sha256.clone())));
    lines.push("    <properties>".to_owned());
    for (name, value) in properties {
        lines.push(format!(r#"      <property name="{name}" value="{}"/>"#, xml_attribute(&value)));
    }
    lines.push("    </properties>".to_owned());
    items.iter().for_each(|item| case(item, lines));
    lines.push("  </testsuite>".to_owned());
}

fn case(item: &Examined, lines: &mut Vec<String>) {
    let (class, name) = (xml_attribute(&class(item)), xml_attribute(&told::name(item)));
    let head = format!(r#"    <testcase classname="{class}" name="{name}" time="0""#);
    if item.status == Status::Right {
        lines.push(format!("{head}/>"));
        return;
    }
    let element = if item.status == Status::Error { "error" } else { "failure" };
    let (message, body) = (xml_attribute(&told::headline(item)), xml_text(&told::body(item)));
    lines.push(format!("{head}>"));
    lines.push(format!(r#"      <{element} type="{}" message="{message}">{body}</{element}>"#, item.status.word()));
    lines.push("    </testcase>".to_owned());
}

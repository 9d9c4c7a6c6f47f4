//! The worked examples of the specification, unchanged.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::{ClaimMark, Coverage, PointMark, PointVerdict, confirmed};
use super::open_questions;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    item: String,
    text: String,
    expect: Expected,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    auto: f64,
    r#final: f64,
    points: Vec<Point>,
    misconceptions: Vec<Claim>,
    cap: f64,
    words: usize,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    id: String,
    verdict: String,
    evidence: Option<String>,
    weight: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    id: String,
    evidence: String,
    feedback: String,
}

/// Scores are given with four places.
fn rounded(score: f64) -> f64 {
    (score * 10_000.0).round() / 10_000.0
}

fn point(mark: &PointMark) -> Point {
    let verdict = match mark.verdict {
        PointVerdict::Hit => "hit",
        PointVerdict::Ask => "ask",
        PointVerdict::Miss => "miss",
    };
    Point {
        id: mark.id.to_string(),
        verdict: verdict.to_owned(),
        evidence: mark.evidence.as_ref().map(|evidence| evidence.words.raw().to_owned()),
        weight: mark.weight,
    }
}

fn claim(mark: &ClaimMark) -> Claim {
    Claim {
        id: mark.id.to_string(),
        evidence: mark.evidence.words.raw().to_owned(),
        feedback: mark.feedback.raw().to_owned(),
    }
}

fn got(coverage: &Coverage) -> Expected {
    Expected {
        auto: rounded(coverage.auto),
        r#final: rounded(confirmed(coverage, &BTreeMap::new())),
        points: coverage.points.iter().map(point).collect(),
        misconceptions: coverage.misconceptions.iter().map(claim).collect(),
        cap: coverage.cap,
        words: coverage.words,
    }
}

#[test]
fn every_worked_example_is_marked_as_specified() {
    let vectors: Vec<Vector> =
        serde_json::from_str(include_str!("../../../../tests/data/rubric-vectors.json")).unwrap();
    assert_eq!(vectors.len(), 23);
    let questions = open_questions();
    for vector in vectors {
        let question = questions.iter().find(|question| question.name == vector.item).unwrap();
        let coverage = question.marker().mark(&vector.text);
        assert_eq!(got(&coverage), vector.expect, "{}: {:?}", vector.item, vector.text);
    }
}

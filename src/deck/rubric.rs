//! The rubric of an open question: key points, misconceptions, and samples that test them.

use serde::Serialize;

use super::choice::{at_least, unique_ids};
use super::{Context, Fields, FromNode, Id, KeyPattern, Node, Problem, Text};

/// What a good answer covers and what it must not claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rubric {
    /// What a good answer covers.
    pub key_points: Vec<KeyPoint>,
    /// What it must not claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<Misconception>,
    /// Answers with the verdicts they must get.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sample>,
}

/// One thing a good answer covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyPoint {
    /// Unique in its rubric.
    pub id: Id,
    /// The point in words.
    pub text: Text,
    /// Its share in the score, 1 or more.
    pub weight: u32,
    /// Whether missing it caps the score.
    pub required: bool,
    /// Patterns of which one must be found.
    #[serde(rename = "match")]
    pub patterns: Vec<KeyPattern>,
}

/// A wrong claim worth naming.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Misconception {
    /// Unique in its rubric.
    pub id: Id,
    /// The claim in words.
    pub text: Text,
    /// Patterns of which one must be found.
    #[serde(rename = "match")]
    pub patterns: Vec<KeyPattern>,
    /// Shown when it was found.
    pub feedback: Text,
    /// The highest score with it, 0 to 1.
    pub cap: f64,
}

/// An answer with the verdicts it must get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// The answer.
    pub text: Text,
    /// Ids of the key points that must be hit.
    pub hits: Vec<Id>,
    /// Ids of the misconceptions that must be found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<Id>,
    /// Why the sample is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// The cap of a misconception that names none.
const DEFAULT_CAP: f64 = 0.5;
/// The most patterns in one rubric, over all its points and misconceptions.
pub const MAX_KEY_PATTERNS: usize = 128;

impl FromNode for Rubric {
    const EXPECTED: &'static str = "a rubric";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let points: Option<(Node<'_>, Vec<KeyPoint>)> = fields.required_at("key_points", cx);
        let misconceptions: Vec<Misconception> = fields.list("misconceptions", cx);
        let samples: Vec<Sample> = fields.list("samples", cx);
        fields.close(cx);
        let (at, key_points) = points?;
        at_least(1, "key point", &key_points, &at, cx);
        let claims = misconceptions.iter().map(|claim| &claim.id);
        unique_ids(key_points.iter().map(|point| &point.id).chain(claims), &at, cx);
        let rubric = Self { key_points, misconceptions, samples };
        rubric.check_size(&at, cx);
        rubric.check_samples(node, cx);
        Some(rubric)
    }
}

impl Rubric {
    /// Keeps the work of marking within bounds.
    fn check_size(&self, node: &Node<'_>, cx: &mut Context<'_>) {
        let points = self.key_points.iter().map(|point| point.patterns.len());
        let all: usize = points.chain(self.misconceptions.iter().map(|claim| claim.patterns.len())).sum();
        if all > MAX_KEY_PATTERNS {
            let message = format!("the rubric has {all} patterns; {MAX_KEY_PATTERNS} are the most");
            let problem = Problem::error("too-many-patterns", node.span(), message);
            cx.report(problem.hint("join alternatives with `|` in one pattern"));
        }
    }

    /// Holds the samples to the points and claims; not while some of them have problems of their own.
    fn check_samples(&self, node: &Node<'_>, cx: &mut Context<'_>) {
        let point = |id: &Id| self.key_points.iter().any(|p| p.id == *id);
        let claim = |id: &Id| self.misconceptions.iter().any(|m| m.id == *id);
        let listed = |field: &str| node.find(&[field]).and_then(|list| list.elements()).unwrap_or_default();
        let samples = listed("samples");
        let whole = listed("key_points").len() == self.key_points.len()
            && listed("misconceptions").len() == self.misconceptions.len()
            && samples.len() == self.samples.len();
        if !whole {
            return;
        }
        for (sample, node) in self.samples.iter().zip(&samples) {
            let unknown = sample.hits.iter().filter(|id| !point(id));
            for id in unknown.chain(sample.misconceptions.iter().filter(|id| !claim(id))) {
                let message = format!("the sample names `{id}`, which the rubric does not have");
                cx.error("unknown-point", node.span(), message);
            }
        }
    }
}

impl FromNode for KeyPoint {
    const EXPECTED: &'static str = "a key point";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, text) = (fields.required("id", cx), fields.required("text", cx));
        let weight = fields.optional("weight", cx).unwrap_or(1);
        let required = fields.optional("required", cx).unwrap_or(false);
        let patterns = fields.required("match", cx);
        if weight == 0 {
            cx.error("bad-number", fields.span(), "`weight` is 1 or more");
        }
        fields.close(cx);
        Some(Self { id: id?, text: text?, weight, required, patterns: patterns? })
    }
}

impl FromNode for Misconception {
    const EXPECTED: &'static str = "a misconception";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, text) = (fields.required("id", cx), fields.required("text", cx));
        let (patterns, feedback) = (fields.required("match", cx), fields.required("feedback", cx));
        let cap: f64 = fields.optional("cap", cx).unwrap_or(DEFAULT_CAP);
        if !(0.0..=1.0).contains(&cap) {
            cx.error("bad-number", fields.span(), "`cap` is between 0 and 1");
        }
        fields.close(cx);
        Some(Self { id: id?, text: text?, patterns: patterns?, feedback: feedback?, cap })
    }
}

impl FromNode for Sample {
    const EXPECTED: &'static str = "a sample answer";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (text, hits) = (fields.required("text", cx), fields.required("hits", cx));
        let (misconceptions, note) = (fields.list("misconceptions", cx), fields.optional("note", cx));
        fields.close(cx);
        Some(Self { text: text?, hits: hits?, misconceptions, note })
    }
}

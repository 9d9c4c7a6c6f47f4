//! What an exam came to: one case a question, and whether it was passed.
//!
//! Plain values, made by marking and read by every report. Nothing here depends on when or where the exam was held: the
//! same decks, seed and answers give the same values.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::deck::{Id, KindName, Text, Tier};
use crate::grade::{PointVerdict, Verdict};

/// What became of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All of it is right.
    Right,
    /// Some of it is right.
    Partial,
    /// None of it is right.
    Wrong,
    /// There is no answer.
    Missing,
    /// There is an answer, but none that can be marked; or whoever should have answered failed.
    Error,
}

impl Status {
    /// All of them, best first.
    pub const ALL: [Self; 5] = [Self::Right, Self::Partial, Self::Wrong, Self::Missing, Self::Error];

    /// Gives the word for it, as reports write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partial => "partial",
            Self::Wrong => "wrong",
            Self::Missing => "missing",
            Self::Error => "error",
        }
    }

    /// Gives the status of an answer that was marked.
    pub fn of_score(score: f64) -> Self {
        match rounded(score) {
            s if s >= 1.0 => Self::Right,
            s if s > 0.0 => Self::Partial,
            _ => Self::Wrong,
        }
    }
}

/// One question with its answer and mark: one test case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Examined {
    /// `deck/item`.
    pub item: String,
    /// The deck's id.
    pub deck: String,
    /// The lesson's id.
    pub lesson: String,
    /// The item's kind.
    pub kind: KindName,
    /// Level of content.
    pub tier: Option<Tier>,
    /// The question in one line, as its author wrote it.
    pub stem: Text,
    /// From 0 to 1.
    #[serde(serialize_with = "short")]
    pub score: f64,
    /// What became of it.
    pub status: Status,
    /// The answer, in the shape that an answers file has; one that cannot be marked stands as it was given.
    pub given: Option<Value>,
    /// A right answer, in the same shape.
    pub expected: Value,
    /// Why there is no full score, as plain text on one line; nothing for a right answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What became of each part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Found>,
    /// The coverage of key points that counts, 0 to 1: interview questions.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "short_if_any")]
    pub auto: Option<f64>,
    /// The coverage if all that is in doubt counted, 0 to 1: interview questions.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "short_if_any")]
    pub upper: Option<f64>,
    /// The key points: interview questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<PointFound>,
    /// The wrong claims that were found: interview questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<ClaimFound>,
    /// The steps: scenarios.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepExamined>,
    /// Where the answer stands, when it comes from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// What became of one part of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The part: an option, step, left side, hole or metric.
    pub part: Text,
    /// `right`, `partial` or `wrong`.
    #[serde(serialize_with = "short_verdict")]
    pub verdict: Verdict,
    /// What was answered; nothing when the part was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<Text>,
    /// What would be right; nothing when nothing belongs there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Text>,
    /// What the author says to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Text>,
}

/// What became of one key point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointFound {
    /// The point's id.
    pub id: Id,
    /// The point in words.
    pub text: Text,
    /// What became of it.
    pub verdict: PointVerdict,
    /// The words of the answer that show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Text>,
}

/// A wrong claim that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimFound {
    /// The misconception's id.
    pub id: Id,
    /// The words of the answer that show it.
    pub evidence: Text,
    /// What the author says to it.
    pub feedback: Text,
}

/// One step of a scenario with its answer and mark.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepExamined {
    /// The step's id.
    pub id: Id,
    /// The step's question.
    pub stem: Text,
    /// From 0 to 1.
    #[serde(serialize_with = "short")]
    pub score: f64,
    /// What became of it.
    pub status: Status,
    /// The answer to it.
    pub given: Option<Value>,
    /// A right answer.
    pub expected: Value,
    /// What became of each part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Found>,
    /// As for an interview question: open steps.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "short_if_any")]
    pub auto: Option<f64>,
    /// As for an interview question: open steps.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "short_if_any")]
    pub upper: Option<f64>,
    /// As for an interview question: open steps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<PointFound>,
    /// As for an interview question: open steps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<ClaimFound>,
}

/// A line of an answers file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, as it was named; `-` is standard input.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
}

/// A deck that questions came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeckUsed {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// SHA-256 of its file, in hexadecimal; of a folder, of the list that `sha256sum` makes of its files.
    pub sha256: String,
}

/// One condition for passing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// `pass`, `pass-tier expert` or `require deck/item`: the flag that asked for it.
    pub name: String,
    /// The least score that passes, 0 to 1.
    #[serde(serialize_with = "short")]
    pub wanted: f64,
    /// The score that was reached, 0 to 1.
    #[serde(serialize_with = "short")]
    pub got: f64,
    /// Whether that is enough.
    pub passed: bool,
}

impl Rule {
    /// Holds a score to the least that passes. What reports print decides, so both are rounded.
    pub fn new(name: impl Into<String>, wanted: f64, got: f64) -> Self {
        Self { name: name.into(), wanted, got, passed: rounded(got) >= rounded(wanted) }
    }
}

/// An exam that is over.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exam {
    /// The number that fixed selection and order.
    pub seed: u64,
    /// The decks that were selected, in the order they were named.
    pub decks: Vec<DeckUsed>,
    /// The mean of the questions' scores, 0 to 1.
    #[serde(serialize_with = "short")]
    pub score: f64,
    /// The least score that passes, 0 to 1.
    #[serde(serialize_with = "short")]
    pub pass_mark: f64,
    /// Whether every rule is met.
    pub passed: bool,
    /// The conditions for passing, the mark first.
    pub rules: Vec<Rule>,
    /// The questions, in the order they were asked.
    pub items: Vec<Examined>,
}

impl Exam {
    /// Counts the questions of a status.
    pub fn count(&self, status: Status) -> usize {
        self.items.iter().filter(|item| item.status == status).count()
    }
}

/// Rounds a score to four decimals: every number of a report goes through here, so that all platforms print the same.
///
/// ```
/// use grillme::session::rounded;
/// assert_eq!(rounded(2.0 / 3.0), 0.6667);
/// assert_eq!(rounded(-0.0).to_string(), "0");
/// ```
pub fn rounded(score: f64) -> f64 {
    // Adding 0 turns -0 into 0.
    (score * 10_000.0).round() / 10_000.0 + 0.0
}

fn short<S: Serializer>(score: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*score))
}

fn short_if_any<S: Serializer>(score: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    score.map(rounded).serialize(serializer)
}

fn short_verdict<S: Serializer>(verdict: &Verdict, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(verdict_word(*verdict))
}

/// Gives the word for a verdict, as reports write it. A slip that nobody settled is wrong.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "right",
        Verdict::Partial => "partial",
        Verdict::Wrong | Verdict::Slip => "wrong",
    }
}

//! What marking gives: a verdict for every key point and pattern, the evidence for it, and the scores.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::deck::{Id, Text};

/// What became of a key point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PointVerdict {
    /// It was not found, which says little: ask the learner.
    Miss,
    /// It was found, with a doubt: ask the learner.
    Ask,
    /// It was found.
    Hit,
}

/// The learner's own words for a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The words as the learner wrote them, from the first that counts to the last.
    pub text: Text,
    /// The bytes of the answer that they are.
    pub range: Range<usize>,
    /// The same words as they were compared: normalised, one space between two.
    pub words: Text,
    /// The pattern that found them.
    pub pattern: Text,
    /// Why the learner should be asked; empty for a hit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

/// Why a point that was found is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "lowercase")]
pub enum Doubt {
    /// A word was found only by one edit.
    Typo {
        /// The word as it was read.
        wrote: Text,
        /// The word of the pattern.
        meant: Text,
    },
    /// It may be denied.
    Negation {
        /// The negating word.
        word: Text,
    },
}

/// The mark for one key point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointMark {
    /// The key point's id.
    pub id: Id,
    /// What became of it.
    pub verdict: PointVerdict,
    /// The learner's words; none for a miss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Its share in the score.
    pub weight: u32,
    /// Whether missing it caps the score.
    pub required: bool,
}

/// A misconception that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimMark {
    /// The misconception's id.
    pub id: Id,
    /// The learner's words.
    pub evidence: Evidence,
    /// What the author says to it.
    pub feedback: Text,
    /// The highest score with it, 0 to 1.
    pub cap: f64,
}

/// How much of a rubric an answer covers. It says nothing of how correct the answer is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// One mark for each key point, in the rubric's order.
    pub points: Vec<PointMark>,
    /// The misconceptions that were found, in the rubric's order.
    pub misconceptions: Vec<ClaimMark>,
    /// The score that counts hits, 0 to 1, capped.
    pub auto: f64,
    /// The score that counts hits and asks, 0 to 1, capped: a missing required point that is an ask does not cap it.
    pub upper: f64,
    /// The cap that holds for `auto`: 1 when nothing caps it.
    pub cap: f64,
    /// Words in the answer.
    pub words: usize,
}

/// A [`Coverage`] and all that led to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    /// The result.
    #[serde(flatten)]
    pub coverage: Coverage,
    /// The answer as it was compared.
    pub sentences: Vec<SentenceRead>,
    /// What each pattern of each key point found, in the rubric's order.
    pub point_trials: Vec<Trials>,
    /// What each pattern of each misconception found, in the rubric's order.
    pub misconception_trials: Vec<Trials>,
}

/// One sentence as it was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceRead {
    /// Its words, normalised, one space between two.
    pub words: Text,
    /// Whether it is no evidence, as it only repeats the question.
    pub repeats_question: bool,
}

/// What the patterns of one key point or misconception found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trials {
    /// Its id.
    pub id: Id,
    /// One a pattern, in the author's order.
    pub trials: Vec<Trial>,
}

/// What one pattern found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// The pattern.
    pub pattern: Text,
    /// What became of it.
    pub verdict: PointVerdict,
    /// The learner's words; none for a miss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Why nothing was found; only for a miss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<Missed>,
}

/// Why a pattern found nothing. Of several reasons, the one nearest to a find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "lowercase")]
pub enum Missed {
    /// Nothing fits these parts of the pattern, anywhere in the answer.
    Absent {
        /// The parts, as the author wrote them.
        parts: Vec<Text>,
    },
    /// All its parts are there, but never in one sentence.
    Apart,
    /// All its parts are in one sentence, but too far from each other.
    Far,
    /// A word that must not be there is in the sentence.
    Excluded {
        /// The word as it was read.
        word: Text,
    },
    /// It would be found, but in words that only repeat the question.
    Question,
    /// The regular expression does not match.
    Regex,
}

//! What marking gives: a score, a verdict, and a finding for every part as evidence.

use crate::deck::Text;

/// The partial score from which an answer still counts as recalled, if with effort.
const HARD_FROM: f64 = 0.8;

/// What an answer, or a part of one, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// All of it is right.
    Right,
    /// Some of it is right.
    Partial,
    /// None of it is right.
    Wrong,
    /// It is one edit away from right: ask the learner whether it was a slip, then [`Mark::settle_slips`].
    Slip,
}

/// What became of one part of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The part: the option, step, left side, hole or metric; for a typed answer, the question.
    pub what: Text,
    /// What the part is.
    pub verdict: Verdict,
    /// What was answered; nothing when the part was left out.
    pub given: Option<Text>,
    /// What would be right; nothing when nothing belongs there.
    pub expected: Option<Text>,
    /// What the author says to it.
    pub feedback: Option<Text>,
}

/// The mark for one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// From 0 to 1. A slip counts 0 until it is settled.
    pub score: f64,
    /// Right at a score of 1, wrong at 0, a slip as long as one part is a slip.
    pub verdict: Verdict,
    /// One for each part, in the item's order.
    pub findings: Vec<Finding>,
}

impl Mark {
    /// Makes a mark whose score is the share of parts that are right.
    pub(super) fn by_share(findings: Vec<Finding>) -> Self {
        let right = findings.iter().filter(|finding| finding.verdict == Verdict::Right).count();
        let mut mark = Self::scored(share(right, findings.len()), findings);
        if mark.findings.iter().any(|finding| finding.verdict == Verdict::Slip) {
            mark.verdict = Verdict::Slip;
        }
        mark
    }

    /// Makes a mark from a score, which is brought into 0 to 1.
    pub(super) fn scored(score: f64, findings: Vec<Finding>) -> Self {
        let score = score.clamp(0.0, 1.0);
        let verdict = match score {
            s if s >= 1.0 => Verdict::Right,
            s if s > 0.0 => Verdict::Partial,
            _ => Verdict::Wrong,
        };
        Self { score, verdict, findings }
    }

    /// Counts every slip as right when the learner says it was one, else as wrong, and scores anew. A mark without
    /// slips stays as it is.
    #[must_use]
    pub fn settle_slips(mut self, was_slip: bool) -> Self {
        if self.verdict != Verdict::Slip {
            return self;
        }
        let settled = if was_slip { Verdict::Right } else { Verdict::Wrong };
        for finding in self.findings.iter_mut().filter(|finding| finding.verdict == Verdict::Slip) {
            finding.verdict = settled;
        }
        Self::by_share(self.findings)
    }
}

/// Gives `part` of `whole`, from 0 to 1; 0 when there is no whole.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The rating that a mark suggests. Never Easy: that one is the learner's alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Proposal {
    Again,
    Hard,
    Good,
}

/// Gives the rating that a mark suggests, after so many hints.
///
/// A right answer is good, with a hint hard; from a score of 0.8 it is hard; else the card comes again. A slip that
/// nobody settled counts as wrong.
pub fn proposed(mark: &Mark, hints: u32) -> Proposal {
    match mark.verdict {
        Verdict::Right if hints == 0 => Proposal::Good,
        Verdict::Right => Proposal::Hard,
        Verdict::Partial | Verdict::Slip if mark.score >= HARD_FROM => Proposal::Hard,
        Verdict::Partial | Verdict::Slip | Verdict::Wrong => Proposal::Again,
    }
}

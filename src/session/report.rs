//! What a mock interview amounts to: coverage by tier, bands, and the points to fix.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::deck::Tier;

/// How many points the learner is told to fix.
pub const TO_FIX: usize = 3;

/// How an interviewer would vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Band {
    StrongNo,
    No,
    Yes,
    StrongYes,
}

impl Band {
    /// All four, worst first.
    pub const ALL: [Self; 4] = [Self::StrongNo, Self::No, Self::Yes, Self::StrongYes];

    /// Gives the band of a share from 0 to 1: strong yes from 0.85, yes from 0.7, no from 0.5, below strong no.
    pub fn of(share: f64) -> Self {
        match share {
            s if s >= 0.85 => Self::StrongYes,
            s if s >= 0.7 => Self::Yes,
            s if s >= 0.5 => Self::No,
            _ => Self::StrongNo,
        }
    }

    /// Gives the words for it.
    pub fn words(self) -> &'static str {
        ["strong no", "no", "yes", "strong yes"][self as usize]
    }
}

/// A key point that was not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Open {
    /// `deck/item`.
    #[serde(rename = "item")]
    pub key: String,
    /// The point in words, from the deck and not yet safe.
    pub point: String,
    /// Its weight, 1 or more.
    pub weight: u32,
    /// Whether the answer cannot be good without it.
    pub required: bool,
}

/// One question of the interview, with what was said to it in the end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Round {
    /// `deck/item`.
    #[serde(rename = "item")]
    pub key: String,
    /// Level of content.
    pub tier: Tier,
    /// Coverage of its key points, 0 to 1.
    pub coverage: f64,
    /// Wrong claims that were made.
    pub claims: usize,
    /// Key points that were not made.
    pub open: Vec<Open>,
}

/// Coverage of the questions of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TierCoverage {
    /// The tier.
    pub tier: Tier,
    /// Questions asked.
    pub questions: usize,
    /// Their mean coverage, 0 to 1.
    pub coverage: f64,
}

/// The learner's own view of what no rubric sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct SelfRated {
    /// Were trade-offs weighed?
    pub tradeoffs: Option<Band>,
    /// Was it clear?
    pub clarity: Option<Band>,
}

/// A share with its band.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Banded {
    /// The share, 0 to 1.
    pub share: f64,
    /// How an interviewer would vote on it.
    pub band: Band,
}

impl Banded {
    fn of(share: f64) -> Self {
        Self { share, band: Band::of(share) }
    }
}

/// The report of a mock interview.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// By tier, those that were asked.
    pub tiers: Vec<TierCoverage>,
    /// The mean coverage.
    pub completeness: Banded,
    /// The share of answers that were right as far as they went.
    pub correctness: Banded,
    /// What the learner says.
    #[serde(flatten)]
    pub own: SelfRated,
    /// The points to fix: of different questions where there are enough.
    pub to_fix: Vec<Open>,
}

impl Report {
    /// Sums up an interview. An answer counts as right when it makes no wrong claim and every required point, half when
    /// only a required point lacks, and not at all when it makes a wrong claim or no point.
    pub fn of(rounds: &[Round], own: SelfRated) -> Self {
        Self {
            tiers: tiers(rounds),
            completeness: Banded::of(mean(rounds.iter().map(|round| round.coverage))),
            correctness: Banded::of(mean(rounds.iter().map(right))),
            own,
            to_fix: to_fix(rounds),
        }
    }
}

fn right(round: &Round) -> f64 {
    if round.claims > 0 || round.coverage <= 0.0 {
        0.0
    } else if round.open.iter().any(|open| open.required) {
        0.5
    } else {
        1.0
    }
}

fn mean(shares: impl Iterator<Item = f64>) -> f64 {
    let all: Vec<f64> = shares.collect();
    if all.is_empty() { 0.0 } else { all.iter().sum::<f64>() / all.len() as f64 }
}

fn tiers(rounds: &[Round]) -> Vec<TierCoverage> {
    let mut by: BTreeMap<Tier, Vec<f64>> = BTreeMap::new();
    for round in rounds {
        by.entry(round.tier).or_default().push(round.coverage);
    }
    let each = by.into_iter();
    each.map(|(tier, all)| TierCoverage { tier, questions: all.len(), coverage: mean(all.into_iter()) }).collect()
}

/// The heaviest points first, required ones before others, at most one a question until every question gave one.
fn to_fix(rounds: &[Round]) -> Vec<Open> {
    let mut piles: Vec<Vec<&Open>> = rounds.iter().map(|round| round.open.iter().collect()).collect();
    for pile in &mut piles {
        pile.sort_by_key(|open| (!open.required, u32::MAX - open.weight));
    }
    let deepest = piles.iter().map(Vec::len).max().unwrap_or(0);
    let mut chosen = Vec::new();
    for depth in 0..deepest {
        let mut layer: Vec<&Open> = piles.iter().filter_map(|pile| pile.get(depth).copied()).collect();
        layer.sort_by_key(|open| (!open.required, u32::MAX - open.weight));
        chosen.extend(layer);
    }
    chosen.into_iter().take(TO_FIX).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(key: &str, point: &str, weight: u32, required: bool) -> Open {
        Open { key: key.to_owned(), point: point.to_owned(), weight, required }
    }

    fn round(key: &str, tier: Tier, coverage: f64, claims: usize, open: Vec<Open>) -> Round {
        Round { key: key.to_owned(), tier, coverage, claims, open }
    }

    const SILENT: SelfRated = SelfRated { tradeoffs: None, clarity: None };

    #[test]
    fn bands_and_tiers_follow_the_rounds() {
        let rounds = [
            round("d/a", Tier::Beginner, 1.0, 0, vec![]),
            round("d/b", Tier::Intermediate, 0.8, 0, vec![open("d/b", "why", 1, true)]),
            round("d/c", Tier::Intermediate, 0.5, 1, vec![]),
            round("d/e", Tier::Expert, 0.0, 0, vec![]),
        ];
        let report = Report::of(&rounds, SILENT);
        assert_eq!(report.completeness, Banded { share: 0.575, band: Band::No });
        assert_eq!(report.correctness, Banded { share: 0.375, band: Band::StrongNo });
        let tiers: Vec<(usize, f64)> = report.tiers.iter().map(|tier| (tier.questions, tier.coverage)).collect();
        assert_eq!(tiers, [(1, 1.0), (2, 0.65), (1, 0.0)]);
    }

    #[test]
    fn the_points_to_fix_come_from_different_questions_first() {
        let rounds = [
            round("d/a", Tier::Beginner, 0.2, 0, vec![open("d/a", "light", 1, false), open("d/a", "heavy", 3, false)]),
            round("d/b", Tier::Beginner, 0.2, 0, vec![open("d/b", "must", 1, true)]),
        ];
        let named = |report: Report| report.to_fix.into_iter().map(|open| open.point).collect::<Vec<_>>();
        assert_eq!(named(Report::of(&rounds, SILENT)), ["must", "heavy", "light"]);
        assert!(Report::of(&[], SILENT).to_fix.is_empty());
    }

    #[test]
    fn a_band_begins_at_its_share() {
        assert_eq!([0.85, 0.7, 0.5, 0.49].map(Band::of), [Band::StrongYes, Band::Yes, Band::No, Band::StrongNo]);
        assert_eq!(Band::ALL.map(Band::words), ["strong no", "no", "yes", "strong yes"]);
    }
}

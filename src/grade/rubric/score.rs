//! From verdicts to scores, and from a score to a rating.

use std::collections::BTreeMap;

use super::outcome::{ClaimMark, Coverage, PointMark, PointVerdict};
use crate::deck::Id;
use crate::grade::Proposal;

/// The highest score of an answer that misses a required point.
const REQUIRED_CAP: f64 = 0.6;
/// The coverage from which an answer is good.
const GOOD_FROM: f64 = 0.85;
/// The coverage from which an answer is right, if with effort.
const HARD_FROM: f64 = 0.6;

impl Coverage {
    pub(super) fn new(points: Vec<PointMark>, misconceptions: Vec<ClaimMark>, words: usize) -> Self {
        let hit = |point: &PointMark| point.verdict == PointVerdict::Hit;
        let found = |point: &PointMark| point.verdict != PointVerdict::Miss;
        let cap = |counts: &dyn Fn(&PointMark) -> bool| cap(&points, misconceptions.iter(), counts);
        let (cap, upper_cap) = (cap(&hit), cap(&found));
        let (auto, upper) = (share(&points, hit).min(cap), share(&points, found).min(upper_cap));
        Self { points, misconceptions, auto, upper, cap, words }
    }
}

/// Gives the score, 0 to 1, after the learner has ticked or unticked points and misconceptions by their ids.
///
/// What was not touched counts as it was found: a hit as ticked, anything else as not. With no ticks at all it is
/// [`Coverage::auto`]. Caps hold as before: for each misconception that stays, and for a required point that is not
/// ticked.
///
/// ```
/// # use grillme::deck::{Context, FromNode, Node, Rubric, Text};
/// # use grillme::grade::{confirmed, mark_open};
/// # let json = r#"{"key_points": [
/// #   {"id": "kernel", "text": "The kernel is shared", "match": ["shar* kernel"]},
/// #   {"id": "boot", "text": "There is nothing to boot", "match": ["no boot*"]}
/// # ]}"#;
/// # let node = Node::parse(json).unwrap();
/// # let rubric = Rubric::from_node(&node, &mut Context::new(0, &mut Vec::new())).unwrap();
/// let coverage = mark_open(&rubric, &Text::new("Why so fast?"), "They share a kernel and start at once.");
/// assert_eq!(coverage.auto, 0.5);
/// let ticks = [("boot".parse().unwrap(), true)].into();
/// assert_eq!(confirmed(&coverage, &ticks), 1.0);
/// ```
pub fn confirmed(coverage: &Coverage, ticks: &BTreeMap<Id, bool>) -> f64 {
    let ticked = |id: &Id, by_itself: bool| ticks.get(id).copied().unwrap_or(by_itself);
    let counts = |point: &PointMark| ticked(&point.id, point.verdict == PointVerdict::Hit);
    let stays = coverage.misconceptions.iter().filter(|claim| ticked(&claim.id, true));
    share(&coverage.points, counts).min(cap(&coverage.points, stays, &counts))
}

/// Gives the rating that a coverage suggests: good from .85, hard from .60, else again.
pub fn proposed_for(coverage: f64) -> Proposal {
    match coverage {
        c if c >= GOOD_FROM => Proposal::Good,
        c if c >= HARD_FROM => Proposal::Hard,
        _ => Proposal::Again,
    }
}

/// Gives the weight of the points that count as a share of all.
fn share(points: &[PointMark], counts: impl Fn(&PointMark) -> bool) -> f64 {
    // In whole numbers: the sum of no floating-point numbers is -0.
    let weight = |point: &PointMark| u64::from(point.weight);
    let all: u64 = points.iter().map(weight).sum();
    let covered: u64 = points.iter().filter(|point| counts(point)).map(weight).sum();
    if all == 0 { 0.0 } else { covered as f64 / all as f64 }
}

fn cap<'c>(
    points: &[PointMark],
    claims: impl Iterator<Item = &'c ClaimMark>,
    counts: &dyn Fn(&PointMark) -> bool,
) -> f64 {
    let lacks = points.iter().any(|point| point.required && !counts(point));
    claims.map(|claim| claim.cap).fold(if lacks { REQUIRED_CAP } else { 1.0 }, f64::min)
}

#[cfg(test)]
mod tests {
    use super::super::outcome::Evidence;
    use super::*;
    use crate::deck::Text;

    fn id(text: &str) -> Id {
        text.parse().unwrap()
    }

    fn evidence() -> Evidence {
        let text = Text::new("x");
        Evidence { text: text.clone(), range: 0..1, words: text.clone(), pattern: text, doubts: Vec::new() }
    }

    /// A hit of weight 2, an ask of weight 1 that is required, and a miss of weight 1.
    fn coverage(cap: Option<f64>) -> Coverage {
        let point =
            |name, verdict, weight, required| PointMark { id: id(name), verdict, evidence: None, weight, required };
        let points = vec![
            point("hit", PointVerdict::Hit, 2, false),
            point("ask", PointVerdict::Ask, 1, true),
            point("miss", PointVerdict::Miss, 1, false),
        ];
        let claim = |cap| ClaimMark { id: id("wrong"), evidence: evidence(), feedback: Text::new("No."), cap };
        Coverage::new(points, cap.map(claim).into_iter().collect(), 9)
    }

    #[test]
    fn hits_count_at_least_and_asks_at_most() {
        let plain = coverage(None);
        assert_eq!((plain.auto, plain.upper, plain.cap), (0.5, 0.75, 0.6));
        let none = Coverage::new(Vec::new(), Vec::new(), 0);
        assert!(none.auto == 0.0 && none.auto.is_sign_positive());
        let capped = coverage(Some(0.3));
        assert_eq!((capped.auto, capped.upper, capped.cap), (0.3, 0.3, 0.3));
    }

    #[test]
    fn the_learner_has_the_last_word() {
        let table = [
            ("", 0.5, 0.3),
            ("+ask", 0.75, 0.3),
            ("+ask +miss", 1.0, 0.3),
            ("+miss", 0.6, 0.3),
            ("-hit", 0.0, 0.0),
            ("-wrong +ask", 0.75, 0.75),
        ];
        for (given, plain, capped) in table {
            let tick = |word: &str| (id(&word[1..]), word.starts_with('+'));
            let ticks: BTreeMap<Id, bool> = given.split_whitespace().map(tick).collect();
            let scores = (confirmed(&coverage(None), &ticks), confirmed(&coverage(Some(0.3)), &ticks));
            assert_eq!(scores, (plain, capped), "{given}");
            assert!(scores.0.is_sign_positive(), "-0 is no score: {given}");
        }
    }

    #[test]
    fn coverage_proposes_a_rating_and_never_easy() {
        let table = [(1.0, Proposal::Good), (0.85, Proposal::Good), (0.849, Proposal::Hard), (0.6, Proposal::Hard)];
        for (coverage, rating) in table {
            assert_eq!(proposed_for(coverage), rating, "{coverage}");
        }
        assert_eq!((proposed_for(0.599), proposed_for(0.0)), (Proposal::Again, Proposal::Again));
    }
}

//! How an answer to an interview question stands in the log.

use crate::deck::{Interview, Item, Rubric};
use crate::grade::{self, Coverage};
use crate::schedule::{Certainty, Rating};
use crate::store::{Detail, Point, What};
use crate::term::ask::points::Ticks;

use super::candidates::asked_at;
use super::question::Said;

/// The longest answer time that is kept, in milliseconds.
const MOST_MS: u64 = 60_000;

/// An answer with all that is known of it.
pub struct Answered<'a> {
    pub key: &'a str,
    pub item: &'a Item,
    pub interview: &'a Interview,
    pub said: &'a Said,
    /// What the matcher found; none when the answer was thought through.
    pub coverage: Option<&'a Coverage>,
    /// What the learner says of each point; where nobody was asked, what was found.
    pub ticks: &'a Ticks,
    /// The coverage after the ticks; none where nobody was asked.
    pub confirmed: Option<f64>,
    pub sure: Option<Certainty>,
}

impl Answered<'_> {
    /// Makes the review: an attempt on the ladder.
    pub fn review(&self, rating: Rating) -> What {
        What::Review {
            card: self.key.to_owned(),
            rating: rating.as_u8(),
            ms: self.ms(),
            rev: self.item.rev,
            by: None,
            hints: self.said.hints,
            given: self.said.text.clone(),
            score: self.auto(),
            auto: self.confirmed.map(|confirmed| grade::proposed_for(confirmed) as u8 + 1),
            detail: Detail { tier: Some(asked_at(self.item)), ..self.detail() },
        }
    }

    /// Makes the practice of an answer off the schedule, which moves neither memory nor tier.
    pub fn practice(&self, via: &str) -> What {
        What::Practice {
            card: self.key.to_owned(),
            via: via.to_owned(),
            rating: None,
            ms: self.ms(),
            rev: self.item.rev,
            hints: self.said.hints,
            given: self.said.text.clone(),
            score: self.auto(),
            detail: self.detail(),
        }
    }

    fn ms(&self) -> u32 {
        u32::try_from(self.said.took_ms.min(MOST_MS)).unwrap_or(u32::MAX)
    }

    fn auto(&self) -> Option<f64> {
        self.coverage.map(|coverage| coverage.auto)
    }

    fn detail(&self) -> Detail {
        Detail {
            tier: None,
            upper: self.coverage.map(|coverage| coverage.upper),
            confirmed: self.confirmed,
            points: points(&self.interview.rubric, self.coverage, self.ticks),
            think: self.said.text.is_none(),
            sure: self.sure,
        }
    }
}

/// Lists what became of each key point.
pub fn points(rubric: &Rubric, coverage: Option<&Coverage>, ticks: &Ticks) -> Vec<Point> {
    let verdict = |at: usize| coverage.map(|coverage| coverage.points[at].verdict);
    let points = rubric.key_points.iter().enumerate();
    let point = |(at, point): (usize, &crate::deck::KeyPoint)| Point {
        id: point.id.to_string(),
        verdict: verdict(at),
        confirmed: ticks.get(&point.id).copied().unwrap_or(false),
    };
    points.map(point).collect()
}

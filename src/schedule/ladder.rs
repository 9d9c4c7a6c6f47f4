//! The tier ladder: where a learner stands in a deck, from their attempts at its interview questions.
//!
//! Recall is not level, so tiers do not come from memory. Each first attempt at a question of the learner's tier moves
//! a score: Good or Easy +1, Hard 0, Again -3. At +6, over at least five different questions, the learner climbs; at -6
//! they step down; either way the score starts at 0. This is Wald's sequential probability ratio test in small integers:
//! with every attempt at a new question, the first decision is upwards for 2.5 %, 33 % and 97 % of learners whose true
//! rate of Good is .5, .7 and .9, after 6, 12 and 9 questions on average (within 30 questions: 2.5 %, 31 % and 96 %).
//!
//! # What a first attempt is
//! The test wants attempts that tell of the level: not of an answer read a minute ago, and not of one question over and
//! over. But a deck has few questions a tier, and a learner who has seen them all must not be stuck. So an attempt is a
//! *first* one when the question had no first attempt in the [`AFRESH_DAYS`] study days before, in whatever tier the
//! learner was. In a simulation of 28 questions, eight a day, of which one that was seen before is recalled nine times in
//! ten on a later day, this is how many learners with a true rate of .5, .7 and .9 have climbed:
//!
//! | a question counts | in the first week | in 60 days |
//! |---|---|---|
//! | once for ever | 8, 50, 99 % | 9, 52, 99 %: the others are stuck |
//! | once each time the tier is entered | 78, 80, 99 % | 94, 88, 99 %: on echoes, and some are stuck |
//! | once a study day | 95, 99, 100 % | all, on echoes |
//! | **once in seven study days** | 9, 51, 99 % | all: who still knows the answers after a week has learnt the tier |
//!
//! Six questions of a tier are enough to climb at once, and five in the second week; with fewer, nobody climbs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::fold::kept;
use super::{CardEvent, Event, Rating, StudyDay};
use crate::deck::Tier;

/// The score at which the learner climbs, and below zero that at which they step down.
pub const CLIMB_AT: i32 = 6;

/// Different questions that must have counted since the tier was entered before the learner can climb.
pub const DISTINCT: usize = 5;

/// Study days after which a question counts again.
pub const AFRESH_DAYS: u32 = 7;

/// One answer to an interview question, on the schedule. Ordered by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt {
    /// UTC milliseconds since 1970.
    pub at_ms: i64,
    /// The event's id, which orders attempts of one millisecond.
    pub id: u128,
    /// The study day.
    pub day: StudyDay,
    /// The question: its card's key.
    pub card: String,
    /// The question's tier when it was asked.
    pub tier: Tier,
    /// How well it was answered.
    pub rating: Rating,
}

/// Where a learner stands in a deck. A new learner is a beginner at 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The learner's tier.
    pub tier: Tier,
    /// From -5 to 6; 6 only where there is no way up, or not yet.
    pub score: i32,
    /// The questions that counted since the tier was entered.
    #[serde(skip)]
    counted: BTreeSet<String>,
    /// When each question last had a first attempt.
    #[serde(skip)]
    first: BTreeMap<String, StudyDay>,
}

impl Default for Standing {
    fn default() -> Self {
        Self::at(Tier::Beginner)
    }
}

impl Standing {
    /// Gives the standing of a learner who enters a tier without having answered anything.
    pub fn at(tier: Tier) -> Self {
        Self { tier, score: 0, counted: BTreeSet::new(), first: BTreeMap::new() }
    }

    /// Counts the different questions that counted since the tier was entered.
    pub fn distinct(&self) -> usize {
        self.counted.len()
    }

    /// Gives the tier above, if there is one.
    pub fn above(&self) -> Option<Tier> {
        Tier::WORDS.get(self.tier as usize + 1).map(|(_, tier)| *tier)
    }

    /// Gives the tier below, if there is one.
    pub fn below(&self) -> Option<Tier> {
        (self.tier as usize).checked_sub(1).and_then(|at| Tier::WORDS.get(at)).map(|(_, tier)| *tier)
    }

    /// Gives the first study day on which an attempt at the question is a first one again; none if it already is.
    pub fn afresh(&self, card: &str, day: StudyDay) -> Option<StudyDay> {
        let last = self.first.get(card)?;
        let again = last.plus(AFRESH_DAYS.cast_signed());
        (day < again).then_some(again)
    }

    fn enter(&mut self, tier: Tier) {
        self.tier = tier;
        self.score = 0;
        self.counted.clear();
    }
}

/// What an attempt did to the standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "movement")]
pub enum Movement {
    /// Nothing: the question is of another tier than the learner.
    OtherTier {
        /// The question's tier.
        of: Tier,
    },
    /// Nothing: the question had a first attempt a short while ago.
    Repeated {
        /// The study day from which it counts again.
        again: StudyDay,
    },
    /// It counted, and the learner is still in their tier.
    Counted {
        /// Points: 1, 0 or -3.
        by: i32,
    },
    /// The learner climbed.
    Up {
        /// The tier they left.
        from: Tier,
    },
    /// The learner stepped down.
    Down {
        /// The tier they left.
        from: Tier,
    },
    /// The learner would have stepped down from the lowest tier: the score starts at 0 again.
    Restart,
}

/// Takes one more attempt in, later than all before it, and tells what it did.
///
/// ```
/// use grillme::deck::Tier;
/// use grillme::schedule::{Attempt, Movement, Rating, Standing, StudyDay, climb};
/// let attempt = |card: &str, rating| Attempt {
///     at_ms: 0, id: 0, day: StudyDay::default(), card: card.into(), tier: Tier::Beginner, rating,
/// };
/// let (standing, movement) = climb(Standing::default(), &attempt("docker/why", Rating::Good));
/// assert_eq!((standing.score, movement), (1, Movement::Counted { by: 1 }));
/// let (standing, movement) = climb(standing, &attempt("docker/why", Rating::Good));
/// assert_eq!((standing.score, movement), (1, Movement::Repeated { again: StudyDay::from_days(7) }));
/// ```
pub fn climb(mut standing: Standing, attempt: &Attempt) -> (Standing, Movement) {
    let again = standing.afresh(&attempt.card, attempt.day);
    if again.is_none() {
        standing.first.insert(attempt.card.clone(), attempt.day);
    }
    if attempt.tier != standing.tier {
        return (standing, Movement::OtherTier { of: attempt.tier });
    }
    if let Some(again) = again {
        return (standing, Movement::Repeated { again });
    }
    standing.counted.insert(attempt.card.clone());
    let by = points(attempt.rating);
    standing.score = (standing.score + by).min(CLIMB_AT);
    let movement = settle(&mut standing).unwrap_or(Movement::Counted { by });
    (standing, movement)
}

/// Folds attempts into a standing, in whatever order they come: they are sorted by (time, id).
pub fn stand(mut attempts: Vec<Attempt>) -> Standing {
    attempts.sort_unstable();
    attempts.iter().fold(Standing::default(), |standing, attempt| climb(standing, attempt).0)
}

/// Finds the attempts among all events of one card, in order of (time, id), with what was undone left out. That a card
/// was forgotten does not matter: it starts over, the learner does not.
pub fn attempts(card: &str, events: &[CardEvent]) -> Vec<Attempt> {
    let attempt = |event: &CardEvent| match event.what {
        Event::Review(review) => Some(Attempt {
            at_ms: event.at_ms,
            id: event.id,
            day: review.moment.day,
            card: card.to_owned(),
            tier: review.tier?,
            rating: review.rating,
        }),
        _ => None,
    };
    kept(events).into_iter().filter_map(attempt).collect()
}

fn points(rating: Rating) -> i32 {
    match rating {
        Rating::Again => -3,
        Rating::Hard => 0,
        Rating::Good | Rating::Easy => 1,
    }
}

/// Decides where the score has reached a bound.
fn settle(standing: &mut Standing) -> Option<Movement> {
    let from = standing.tier;
    if standing.score >= CLIMB_AT && standing.distinct() >= DISTINCT {
        standing.enter(standing.above()?);
        return Some(Movement::Up { from });
    }
    if standing.score > -CLIMB_AT {
        return None;
    }
    let below = standing.below();
    standing.enter(below.unwrap_or(from));
    Some(if below.is_some() { Movement::Down { from } } else { Movement::Restart })
}

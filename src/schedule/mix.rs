//! Which interview questions a session asks.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::deck::Tier;

use super::queue::mixed;
use super::{CardState, Due, LEARN_AHEAD_MS, Moment, Phase};

/// One in so many questions comes from below the learner's tier, if one is due there.
const BELOW_ONE_IN: usize = 5;

/// An interview question that could be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its card's key.
    pub key: String,
    /// Its tier; one that names none is for beginners.
    pub tier: Option<Tier>,
    /// Where its memory stands.
    pub state: CardState,
    /// A number in 0..1 that orders it among questions that are equally wanted.
    pub chance: f64,
}

/// Picks up to `count` questions for a learner of a tier and puts them in order; gives their places in `questions`. The
/// same questions with the same chances give the same pick, in whatever order they come.
///
/// About four in five are of the learner's tier: those that are due, the longest overdue first, then new ones. One in
/// five is a due one from the tiers below, spread evenly among the others. Where that is not enough, it goes on with
/// more due ones from below, then those of the learner's tier that are not due yet, the longest unseen first, then new
/// ones from below and questions of the tiers above, the nearest tier first, and last what is not due in other tiers.
/// What is left out today is not picked.
///
/// ```
/// use grillme::deck::Tier;
/// use grillme::schedule::{CardState, Moment, Question, mix};
/// let question = |key: &str, tier, chance| {
///     Question { key: key.into(), tier: Some(tier), state: CardState::default(), chance }
/// };
/// let questions = [
///     question("docker/a", Tier::Expert, 0.1),
///     question("docker/b", Tier::Beginner, 0.9),
///     question("docker/c", Tier::Beginner, 0.2),
/// ];
/// assert_eq!(mix(&questions, Tier::Beginner, Moment::default(), 2), [2, 1]);
/// assert_eq!(mix(&questions, Tier::Beginner, Moment::default(), 5), [2, 1, 0]);
/// ```
pub fn mix(questions: &[Question], tier: Tier, now: Moment, count: usize) -> Vec<usize> {
    let mut wanted: Vec<(Want, usize)> = questions
        .iter()
        .enumerate()
        .filter(|(_, question)| !question.state.is_hidden(now.day))
        .map(|(at, question)| (Want::of(question, tier, now), at))
        .collect();
    wanted.sort_by(|(a, x), (b, y)| a.cmp_to(b, &questions[*x], &questions[*y]));
    let mut seen = BTreeSet::new();
    wanted.retain(|(_, at)| seen.insert(questions[*at].key.as_str()));
    let share = count.saturating_add(BELOW_ONE_IN / 2) / BELOW_ONE_IN;
    let due_below = wanted.iter().filter(|(want, _)| want.rank == Rank::DueBelow);
    let below: Vec<usize> = due_below.map(|(_, at)| *at).take(share).collect();
    let others = wanted.iter().map(|(_, at)| *at).filter(|at| !below.contains(at));
    let others: Vec<usize> = others.take(count.saturating_sub(below.len())).collect();
    mixed(&others, &below)
}

/// How much a question is wanted: the first rank most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Due,
    New,
    DueBelow,
    NotDue,
    NewBelow,
    Above,
    NotDueElsewhere,
}

#[derive(Debug, Clone, Copy)]
struct Want {
    rank: Rank,
    /// How many tiers away from the learner's.
    distance: usize,
    /// Smaller comes first: the due day, the day it was last answered, the end of time if it is new.
    day: i64,
}

impl Want {
    fn of(question: &Question, tier: Tier, now: Moment) -> Self {
        let own = question.tier.unwrap_or(Tier::Beginner);
        let distance = (own as usize).abs_diff(tier as usize);
        let (new, due) = (is_new(&question.state), question.state.is_due(now, LEARN_AHEAD_MS));
        let rank = match own.cmp(&tier) {
            Ordering::Equal if due => Rank::Due,
            Ordering::Equal if new => Rank::New,
            Ordering::Equal => Rank::NotDue,
            Ordering::Less if due => Rank::DueBelow,
            Ordering::Less if new => Rank::NewBelow,
            Ordering::Greater if due || new => Rank::Above,
            _ => Rank::NotDueElsewhere,
        };
        Self { rank, distance, day: day(&question.state, due) }
    }

    fn cmp_to(&self, other: &Self, mine: &Question, theirs: &Question) -> Ordering {
        let by = |want: &Self| (want.rank, want.distance, want.day);
        let chance = || mine.chance.total_cmp(&theirs.chance).then_with(|| mine.key.cmp(&theirs.key));
        by(self).cmp(&by(other)).then_with(chance)
    }
}

fn is_new(state: &CardState) -> bool {
    state.phase == Phase::New
}

fn day(state: &CardState, is_due: bool) -> i64 {
    match state.due {
        Due::Day(day) if is_due => i64::from(day.days()),
        // A learning step comes before all reviews.
        Due::At(_) if is_due => i64::MIN,
        _ => state.last.map_or(i64::MAX, |last| i64::from(last.day.days())),
    }
}

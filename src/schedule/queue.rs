//! The order of today's cards.

use std::collections::{BTreeMap, BTreeSet};

use super::{CardState, Due, Moment, Phase};

/// A card that could be asked today.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// `deck/item`, or `deck/item#part`.
    pub key: String,
    /// `deck/item`: cards of one item are siblings.
    pub item: String,
    /// The deck's id.
    pub deck: String,
    /// Where it stands.
    pub state: CardState,
    /// Whether it was never answered.
    pub is_new: bool,
    /// Items (`deck/item`) it is easily mixed up with.
    pub confusable: Vec<String>,
    /// Its place in its deck.
    pub position: u64,
}

/// What the day still has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// New cards.
    pub new_left: usize,
    /// Reviews.
    pub reviews_left: usize,
}

/// Puts today's cards in order and gives their places in `candidates`.
///
/// Learning steps that are due come first, soonest first. Then reviews, the longest overdue first, with the new cards
/// mixed in evenly. Of the cards of one item only the first is asked; its siblings wait for another day, but for
/// learning steps, which cannot wait. A new card whose look-alike is new today as well waits too: what is learnt side
/// by side is mixed up. Once both are known, look-alikes are asked next to each other, so that the difference shows.
pub fn order(candidates: &[Candidate], now: Moment, limits: Limits) -> Vec<usize> {
    let (mut learning, mut reviews, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
    for (at, candidate) in candidates.iter().enumerate().filter(|(_, c)| !c.state.is_hidden(now.day)) {
        match candidate.state.due {
            Due::At(due) => learning.push((due, at)),
            Due::Day(day) => reviews.push((day, at)),
            Due::Now => fresh.push((candidate.position, at)),
        }
    }
    learning.sort_unstable();
    reviews.sort_unstable();
    fresh.sort_by_key(|(position, at)| (*position, *at));
    let learning: Vec<usize> = learning.into_iter().map(|(_, at)| at).collect();
    let mut taken: BTreeSet<&str> = learning.iter().map(|at| candidates[*at].item.as_str()).collect();
    let mut reviews = without_siblings(candidates, reviews.into_iter().map(|(_, at)| at), &mut taken);
    reviews.truncate(limits.reviews_left);
    let fresh = without_siblings(candidates, fresh.into_iter().map(|(_, at)| at), &mut taken);
    let mut fresh = without_look_alikes(candidates, fresh);
    fresh.truncate(limits.new_left);
    let mut ordered = learning;
    ordered.extend(mixed(&beside_look_alikes(candidates, reviews), &fresh));
    ordered
}

fn without_siblings<'c>(
    all: &'c [Candidate],
    ids: impl Iterator<Item = usize>,
    taken: &mut BTreeSet<&'c str>,
) -> Vec<usize> {
    ids.filter(|at| taken.insert(all[*at].item.as_str())).collect()
}

fn without_look_alikes(all: &[Candidate], fresh: Vec<usize>) -> Vec<usize> {
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut kept = Vec::new();
    for at in fresh {
        let clashes = all[at].confusable.iter().any(|item| met.contains(item.as_str()));
        if !clashes {
            met.insert(&all[at].item);
            kept.push(at);
        }
    }
    kept
}

/// Moves each known look-alike to just behind the card it is mixed up with.
fn beside_look_alikes(all: &[Candidate], reviews: Vec<usize>) -> Vec<usize> {
    let place: BTreeMap<&str, usize> = reviews.iter().map(|at| (all[*at].item.as_str(), *at)).collect();
    let known = |at: usize| all[at].state.phase == Phase::Review;
    let (mut ordered, mut done) = (Vec::with_capacity(reviews.len()), BTreeSet::new());
    for at in reviews {
        if !done.insert(at) {
            continue;
        }
        ordered.push(at);
        for other in all[at].confusable.iter().filter_map(|item| place.get(item.as_str())) {
            if known(at) && known(*other) && done.insert(*other) {
                ordered.push(*other);
            }
        }
    }
    ordered
}

/// Spreads the new cards evenly among the reviews.
fn mixed(reviews: &[usize], fresh: &[usize]) -> Vec<usize> {
    let total = reviews.len() + fresh.len();
    let (mut r, mut f) = (reviews.iter(), fresh.iter());
    let mut ordered = Vec::with_capacity(total);
    for at in 0..total {
        // How many new cards belong into the first `at + 1` places.
        let due = (at + 1) * fresh.len() / total;
        let next =
            if due > fresh.len() - f.len() { f.next().or_else(|| r.next()) } else { r.next().or_else(|| f.next()) };
        ordered.extend(next);
    }
    ordered
}

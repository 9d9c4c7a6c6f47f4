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

/// Puts today's cards in order and gives their places in `candidates`; cards that are left out today are skipped.
///
/// 1. Learning steps that are due, soonest first. They are under no limit, and siblings do not hold them back.
/// 2. Reviews, the longest overdue first, with the new cards mixed in evenly; each within its limit.
/// 3. Learning steps that are due later, soonest first, to be learnt ahead.
///
/// Of the cards of one item only the first is asked: its siblings wait for another day. A new card whose look-alike is
/// new today as well, or was today, waits too: what is learnt side by side is mixed up. Once both are known, look-alikes
/// are asked next to each other, so that the difference shows. It is enough that one of the two names the other.
///
/// ```
/// use grillme::schedule::{Candidate, CardState, Limits, Moment, order};
/// let card = |part: &str| Candidate {
///     key: format!("docker/vm#{part}"),
///     item: "docker/vm".into(),
///     deck: "docker".into(),
///     state: CardState::default(),
///     is_new: true,
///     confusable: Vec::new(),
///     position: 0,
/// };
/// let limits = Limits { new_left: 20, reviews_left: 200 };
/// assert_eq!(order(&[card("c1"), card("c2")], Moment::default(), limits), [0]);
/// ```
pub fn order(candidates: &[Candidate], now: Moment, limits: Limits) -> Vec<usize> {
    order_after(candidates, &[], now, limits)
}

/// Does the same as [`order`] after a part of the day's work: `answered` are the items (`deck/item`) of the cards
/// answered earlier today, whose siblings wait for another day.
pub fn order_after(candidates: &[Candidate], answered: &[&str], now: Moment, limits: Limits) -> Vec<usize> {
    let Piles { due, later, reviews, fresh } = Piles::sort(candidates, now);
    let item = |at: &usize| candidates[*at].item.as_str();
    let mut taken: BTreeSet<&str> = due.iter().chain(&later).map(item).chain(answered.iter().copied()).collect();
    let reviews = reviews.into_iter().filter(|at| taken.insert(item(at))).take(limits.reviews_left).collect();
    let mut alike = LookAlikes::learnt_today(candidates, now);
    let mut admitted =
        |at: &usize| !taken.contains(item(at)) && alike.admit(&candidates[*at]) && taken.insert(item(at));
    let fresh: Vec<usize> = fresh.into_iter().filter(|at| admitted(at)).take(limits.new_left).collect();
    let mut ordered = due;
    ordered.extend(mixed(&beside_look_alikes(candidates, reviews), &fresh));
    ordered.extend(later);
    ordered
}

/// Today's candidates by what is asked of them, each pile in its own order.
struct Piles {
    due: Vec<usize>,
    later: Vec<usize>,
    reviews: Vec<usize>,
    fresh: Vec<usize>,
}

impl Piles {
    fn sort(candidates: &[Candidate], now: Moment) -> Self {
        let (mut due, mut later, mut reviews, mut fresh) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, candidate) in candidates.iter().enumerate().filter(|(_, c)| !c.state.is_hidden(now.day)) {
            match candidate.state.due {
                Due::At(ms) if ms <= now.at_ms => due.push((ms, at)),
                Due::At(ms) => later.push((ms, at)),
                Due::Day(day) => reviews.push((day, at)),
                Due::Now => fresh.push((candidate.position, at)),
            }
        }
        Self { due: in_order(due), later: in_order(later), reviews: in_order(reviews), fresh: in_order(fresh) }
    }
}

fn in_order<K: Ord>(mut pile: Vec<(K, usize)>) -> Vec<usize> {
    pile.sort_unstable();
    pile.into_iter().map(|(_, at)| at).collect()
}

/// The items that are new today, and those they are easily mixed up with.
struct LookAlikes<'c> {
    items: BTreeSet<&'c str>,
    named: BTreeSet<&'c str>,
}

impl<'c> LookAlikes<'c> {
    fn learnt_today(candidates: &'c [Candidate], now: Moment) -> Self {
        let mut alike = Self { items: BTreeSet::new(), named: BTreeSet::new() };
        for candidate in candidates.iter().filter(|c| c.state.first_day == Some(now.day)) {
            alike.add(candidate);
        }
        alike
    }

    fn add(&mut self, candidate: &'c Candidate) {
        self.items.insert(&candidate.item);
        self.named.extend(candidate.confusable.iter().map(String::as_str));
    }

    /// Adds a card unless it is mixed up with one that is there.
    fn admit(&mut self, candidate: &'c Candidate) -> bool {
        let clashes = self.named.contains(candidate.item.as_str())
            || candidate.confusable.iter().any(|item| self.items.contains(item.as_str()));
        if !clashes {
            self.add(candidate);
        }
        !clashes
    }
}

/// Moves each known look-alike to just behind the card it is mixed up with.
fn beside_look_alikes(all: &[Candidate], reviews: Vec<usize>) -> Vec<usize> {
    let known = |at: &usize| all[*at].state.phase == Phase::Review;
    let place: BTreeMap<&str, usize> =
        reviews.iter().copied().filter(known).map(|at| (all[at].item.as_str(), at)).collect();
    let mut alike: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in reviews.iter().copied().filter(known) {
        for other in all[at].confusable.iter().filter_map(|item| place.get(item.as_str())) {
            alike.entry(at).or_default().push(*other);
            alike.entry(*other).or_default().push(at);
        }
    }
    let (mut ordered, mut done) = (Vec::with_capacity(reviews.len()), BTreeSet::new());
    for at in reviews {
        let group = std::iter::once(at).chain(alike.get(&at).into_iter().flatten().copied());
        if !done.contains(&at) {
            ordered.extend(group.filter(|at| done.insert(*at)));
        }
    }
    ordered
}

/// Spreads the new cards evenly among the reviews.
pub(super) fn mixed(reviews: &[usize], fresh: &[usize]) -> Vec<usize> {
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

//! The interview questions that were selected, and which of them a session asks.

use std::collections::BTreeMap;

use crate::deck::{Item, Tier};
use crate::schedule::{self, CardState, Question};
use crate::store::{Entry, Index};

use super::super::app::App;
use super::super::args::Selection;
use super::super::drill::Subject;
use super::super::error::Stop;
use super::super::select::{self, Picked};

/// Questions of one deck, with where the learner stands in it.
pub struct Pool {
    pub deck: String,
    pub tier: Tier,
    pub found: Vec<(Subject, CardState)>,
}

/// Finds the interview questions of each selected deck; decks without any are left out.
pub fn pools(app: &App, index: &mut Index, selection: &Selection) -> Result<Vec<Pool>, Stop> {
    let picked = select::pick(app, index, selection)?;
    let asked_tier = selection.filter.filter()?.tiers.into_iter().max();
    let mut by_deck: BTreeMap<String, Pool> = BTreeMap::new();
    for Picked { origin, mut query } in picked {
        query.kinds = vec!["interview".to_owned()];
        let found = index.every(&[query.clone()])?;
        if found.is_empty() {
            continue;
        }
        let tier = asked_tier.unwrap_or(index.standing(&query.deck)?.tier);
        let pool = by_deck.entry(query.deck.clone());
        let pool = pool.or_insert_with(|| Pool { deck: query.deck, tier, found: Vec::new() });
        let known = |pool: &Pool, key: &str| pool.found.iter().any(|(subject, _)| subject.entry.key == key);
        for (entry, state) in found {
            if !known(pool, &entry.key) {
                pool.found.push((Subject { origin: origin.clone(), entry }, state));
            }
        }
    }
    if by_deck.is_empty() {
        return Err(Stop::Nothing(
            "nothing selected: no interview question fits\nhint: `grillme list DECK --kind interview` shows them"
                .into(),
        ));
    }
    Ok(by_deck.into_values().collect())
}

impl Pool {
    /// Picks up to `count` questions for the learner, in the order to ask them: those that were `begun` come first.
    pub fn pick(self, app: &App, seed: u64, count: usize, begun: impl Fn(&str) -> bool) -> Vec<(Subject, CardState)> {
        let question = |(subject, state): &(Subject, CardState)| Question {
            key: subject.entry.key.clone(),
            tier: tier_of(&subject.entry),
            state: state.clone(),
            chance: schedule::chance(&format!("{}@{seed}", subject.entry.key), state.reps),
        };
        let questions: Vec<Question> = self.found.iter().map(question).collect();
        let is_begun =
            |(subject, state): &(Subject, CardState)| !state.is_hidden(app.now().day) && begun(&subject.entry.key);
        let first: Vec<usize> = (0..self.found.len()).filter(|at| is_begun(&self.found[*at])).collect();
        let order = first.into_iter().chain(schedule::mix(&questions, self.tier, app.now(), count));
        let mut found: Vec<Option<(Subject, CardState)>> = self.found.into_iter().map(Some).collect();
        order.filter_map(|at| found.get_mut(at)?.take()).take(count).collect()
    }
}

/// Reads the tier of an entry.
pub fn tier_of(entry: &Entry) -> Option<Tier> {
    entry.tier.as_deref().and_then(Tier::from_word)
}

/// Gives the tier that a question is asked at: one that names none is for beginners.
pub fn asked_at(item: &Item) -> Tier {
    item.tier.unwrap_or(Tier::Beginner)
}

//! What a session amounts to.

use std::collections::BTreeMap;

use crate::schedule::Rating;

use super::Answered;

/// The sums of a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Answers given.
    pub answers: usize,
    /// Different cards answered.
    pub cards: usize,
    /// Cards whose first answer of the session was better than Again.
    pub first_try: usize,
    /// Time taken for all answers, in milliseconds.
    pub took_ms: u64,
    /// Cards rated Again at least once, in the order of their first miss.
    pub missed: Vec<Missed>,
}

/// A card that was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// `deck/item`, or `deck/item#part`.
    pub key: String,
    /// How often it was rated Again in this session.
    pub times: usize,
}

impl Tally {
    /// Sums up the answers of a session, oldest first.
    pub fn of(answered: &[Answered]) -> Self {
        let mut first: BTreeMap<&str, Rating> = BTreeMap::new();
        let mut tally = Self { answers: answered.len(), ..Self::default() };
        for answer in answered {
            first.entry(&answer.card.key).or_insert(answer.rating);
            tally.took_ms += u64::from(answer.took_ms);
            if answer.rating == Rating::Again {
                tally.miss(&answer.card.key);
            }
        }
        tally.cards = first.len();
        tally.first_try = first.values().filter(|rating| **rating != Rating::Again).count();
        tally
    }

    fn miss(&mut self, key: &str) {
        match self.missed.iter_mut().find(|missed| missed.key == key) {
            Some(missed) => missed.times += 1,
            None => self.missed.push(Missed { key: key.to_owned(), times: 1 }),
        }
    }
}

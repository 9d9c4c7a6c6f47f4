//! One run through today's cards.

use std::collections::VecDeque;

use crate::schedule::{CardState, Due, Moment, Rating};

use super::Tally;

/// How many other cards come between a miss and its return when the schedule is left alone.
const CRAM_GAP: usize = 3;

/// A card in the session.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// `deck/item`, or `deck/item#part`.
    pub key: String,
    /// Where its memory stands.
    pub state: CardState,
}

/// Whether answers move the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// They do.
    Scheduled,
    /// They do not: practice only.
    Cram,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Ask this card.
    Ask(Card),
    /// Every card is answered; some return later today, the first at this UTC millisecond.
    Later(i64),
    /// Nothing is left today.
    Done,
}

/// An answer that was given and kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The card as it was asked.
    pub card: Card,
    /// Its state afterwards.
    pub after: CardState,
    /// The rating given.
    pub rating: Rating,
    /// Time taken, in milliseconds.
    pub took_ms: u32,
    /// The id of the event in the log; none when practising.
    pub event: Option<u128>,
}

/// A session over cards, with their learning steps inside it.
#[derive(Debug)]
pub struct Drill {
    mode: Mode,
    learn_ahead_ms: i64,
    waiting: VecDeque<Card>,
    learning: Vec<Card>,
    answered: Vec<Answered>,
}

impl Drill {
    /// Starts a session over `cards`, asked in the given order; those that return within `learn_ahead_ms` are asked
    /// early when nothing else is left.
    pub fn new(mode: Mode, cards: Vec<Card>, learn_ahead_ms: i64) -> Self {
        Self { mode, learn_ahead_ms, waiting: cards.into(), learning: Vec::new(), answered: Vec::new() }
    }

    /// Tells whether answers move the schedule.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Counts the cards still to answer, the one being asked included.
    pub fn left(&self) -> usize {
        self.waiting.len() + self.learning.len()
    }

    /// Tells what comes next; asking twice without an answer between gives the same card.
    pub fn next(&self, now: Moment) -> Step {
        let soonest = self.learning.iter().min_by_key(|card| due_at(card));
        match (soonest, self.waiting.front()) {
            (Some(card), _) if due_at(card) <= now.at_ms => Step::Ask(card.clone()),
            (_, Some(card)) => Step::Ask(card.clone()),
            (Some(card), None) if due_at(card) <= now.at_ms.saturating_add(self.learn_ahead_ms) => {
                Step::Ask(card.clone())
            }
            (Some(card), None) => Step::Later(due_at(card)),
            (None, None) => Step::Done,
        }
    }

    /// Takes in an answer: the card leaves, or returns later in the session.
    pub fn answer(&mut self, answered: Answered) {
        self.remove(&answered.card.key);
        match (self.mode, &answered.after.due) {
            (Mode::Scheduled, Due::At(_)) => {
                self.learning.push(Card { key: answered.card.key.clone(), state: answered.after.clone() });
            }
            (Mode::Cram, _) if answered.rating == Rating::Again => {
                let at = CRAM_GAP.min(self.waiting.len());
                self.waiting.insert(at, answered.card.clone());
            }
            _ => {}
        }
        self.answered.push(answered);
    }

    /// Takes back the last answer of this session and puts its card first again.
    pub fn undo(&mut self) -> Option<Answered> {
        let last = self.answered.pop()?;
        self.put_first(last.card.clone());
        Some(last)
    }

    /// Puts a card first, wherever it was: after an undo, or when a shown card is to be asked again.
    pub fn put_first(&mut self, card: Card) {
        self.remove(&card.key);
        self.waiting.push_front(card);
    }

    /// Leaves a card out of the rest of the session.
    pub fn remove(&mut self, key: &str) {
        self.waiting.retain(|card| card.key != key);
        self.learning.retain(|card| card.key != key);
    }

    /// Gives the answers so far, oldest first.
    pub fn answered(&self) -> &[Answered] {
        &self.answered
    }

    /// Sums the session up.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.answered)
    }
}

fn due_at(card: &Card) -> i64 {
    match card.state.due {
        Due::At(ms) => ms,
        _ => i64::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(key: &str) -> Card {
        Card { key: key.to_owned(), state: CardState::default() }
    }

    fn answered(key: &str, rating: Rating, due: Due) -> Answered {
        let after = CardState { due, ..CardState::default() };
        Answered { card: card(key), after, rating, took_ms: 1_000, event: Some(1) }
    }

    fn at(ms: i64) -> Moment {
        Moment::new(ms, 0)
    }

    fn asked(drill: &Drill, now: Moment) -> Option<String> {
        match drill.next(now) {
            Step::Ask(card) => Some(card.key),
            _ => None,
        }
    }

    #[test]
    fn a_card_in_its_learning_steps_returns_when_due_and_early_when_nothing_else_is_left() {
        let mut drill = Drill::new(Mode::Scheduled, vec![card("d/a"), card("d/b"), card("d/c")], 120_000);
        drill.answer(answered("d/a", Rating::Again, Due::At(60_000)));
        assert_eq!(asked(&drill, at(1_000)).as_deref(), Some("d/b"));
        assert_eq!(asked(&drill, at(60_000)).as_deref(), Some("d/a"));
        drill.answer(answered("d/b", Rating::Easy, Due::Day(at(0).day)));
        drill.answer(answered("d/c", Rating::Easy, Due::Day(at(0).day)));
        assert_eq!(asked(&drill, at(1_000)).as_deref(), Some("d/a"));
        drill.answer(answered("d/a", Rating::Good, Due::At(600_000)));
        assert_eq!(drill.next(at(60_000)), Step::Later(600_000));
        assert_eq!(drill.left(), 1);
    }

    #[test]
    fn undo_puts_the_card_first_as_it_was() {
        let mut drill = Drill::new(Mode::Scheduled, vec![card("d/a"), card("d/b")], 0);
        drill.answer(answered("d/a", Rating::Again, Due::At(60_000)));
        assert_eq!(drill.undo().map(|a| a.card.key), Some("d/a".to_owned()));
        assert_eq!(asked(&drill, at(0)).as_deref(), Some("d/a"));
        assert_eq!(drill.left(), 2);
        assert!(drill.undo().is_none());
    }

    #[test]
    fn practice_brings_a_miss_back_after_three_others_and_lets_the_rest_go() {
        let cards = ["d/a", "d/b", "d/c", "d/e", "d/f"].map(card).to_vec();
        let mut drill = Drill::new(Mode::Cram, cards, 0);
        drill.answer(answered("d/a", Rating::Again, Due::Now));
        let mut seen = Vec::new();
        while let Some(key) = asked(&drill, at(0)) {
            drill.answer(answered(&key, Rating::Good, Due::Now));
            seen.push(key);
        }
        assert_eq!(seen, ["d/b", "d/c", "d/e", "d/a", "d/f"]);
        assert_eq!(drill.next(at(0)), Step::Done);
    }
}

//! New events, card by card, held small enough that a log of a million answers can be folded in at once.

use std::collections::HashMap;

use super::history;
use crate::schedule::CardEvent;

/// New events of any number of cards, in the order they were found.
#[derive(Default)]
pub(super) struct Fresh {
    numbers: HashMap<String, usize>,
    /// For each event the number of its card.
    cards: Vec<usize>,
    /// The events, packed one after the other.
    packed: Vec<u8>,
}

impl Fresh {
    /// Takes in an event of a card.
    pub(super) fn add(&mut self, card: &str, event: &CardEvent) {
        let number = self.numbers.get(card).copied().unwrap_or_else(|| {
            let number = self.numbers.len();
            self.numbers.insert(card.to_owned(), number);
            number
        });
        self.cards.push(number);
        history::pack(event, &mut self.packed);
    }

    /// Counts the events.
    pub(super) fn len(&self) -> usize {
        self.cards.len()
    }

    /// Hands over the events of each card, packed, in the order of the cards' keys.
    pub(super) fn each<E>(&self, mut each: impl FnMut(&str, &[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut keys: Vec<(&str, usize)> = self.numbers.iter().map(|(key, number)| (key.as_str(), *number)).collect();
        keys.sort_unstable();
        let (order, starts) = self.by_card();
        let mut packed = Vec::new();
        for (key, number) in keys {
            packed.clear();
            for at in &order[starts[number]..starts[number + 1]] {
                packed.extend_from_slice(&self.packed[at * history::SIZE..][..history::SIZE]);
            }
            each(key, &packed)?;
        }
        Ok(())
    }

    /// Sorts the events by the number of their card: gives their places in order, and where each card's begin there.
    fn by_card(&self) -> (Vec<usize>, Vec<usize>) {
        let mut starts = vec![0; self.numbers.len() + 1];
        self.cards.iter().for_each(|card| starts[card + 1] += 1);
        for card in 1..starts.len() {
            starts[card] += starts[card - 1];
        }
        let (mut next, mut order) = (starts.clone(), vec![0; self.cards.len()]);
        for (at, card) in self.cards.iter().enumerate() {
            order[next[*card]] = at;
            next[*card] += 1;
        }
        (order, starts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Event;

    #[test]
    fn events_come_back_by_card_and_in_order() {
        let event = |id: u128| CardEvent { at_ms: 0, id, what: Event::Suspend };
        let mut fresh = Fresh::default();
        let added = [("d/b", 3), ("d/a", 1), ("d/b", 2), ("d/c", 9), ("d/b", 7)];
        added.iter().for_each(|(card, id)| fresh.add(card, &event(*id)));
        let mut found = Vec::new();
        let all: rusqlite::Result<()> = fresh.each(|card, packed| {
            let ids: Vec<u128> = history::unpack(packed)?.into_iter().map(|event| event.id).collect();
            found.push((card.to_owned(), ids));
            Ok(())
        });
        all.unwrap();
        let expected = [("d/a", vec![1]), ("d/b", vec![3, 2, 7]), ("d/c", vec![9])];
        assert_eq!(found, expected.map(|(card, ids)| (card.to_owned(), ids)));
        assert_eq!(fresh.len(), 5);
    }
}

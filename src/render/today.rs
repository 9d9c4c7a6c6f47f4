//! What is due today.

use serde::Serialize;

use super::{Style, counted, table};

/// What a deck holds for today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeckDay {
    /// The deck's id.
    pub deck: String,
    /// Reviews that are due.
    pub due: usize,
    /// Cards in their learning steps.
    pub learning: usize,
    /// Cards never answered.
    pub new: usize,
    /// Reviews due tomorrow.
    pub due_tomorrow: usize,
    /// All its cards.
    pub total: usize,
}

impl DeckDay {
    /// Tells whether there is anything to answer.
    pub fn is_open(&self) -> bool {
        self.due + self.learning + self.new > 0
    }
}

/// Sets the decks with their counts, and what to type next.
pub fn today(decks: &[DeckDay], style: &Style) -> String {
    let mut rows = vec![["deck", "due", "learning", "new", "tomorrow"].map(str::to_owned).to_vec()];
    for deck in decks {
        let counts = [deck.due, deck.learning, deck.new, deck.due_tomorrow].map(|n| n.to_string());
        rows.push(std::iter::once(deck.deck.clone()).chain(counts).collect());
    }
    let mut lines = table(&rows, true, style);
    lines.push(String::new());
    lines.push(advice(decks));
    lines.join("\n") + "\n"
}

fn advice(decks: &[DeckDay]) -> String {
    let due: usize = decks.iter().map(|deck| deck.due + deck.learning).sum();
    let most = decks.iter().filter(|deck| deck.is_open()).max_by_key(|deck| (deck.due + deck.learning, deck.new));
    match most {
        Some(deck) if due > 0 => format!("{} due. Type: grillme cards {}", counted(due, "card"), deck.deck),
        Some(deck) => format!("Nothing is due; new cards wait. Type: grillme cards {}", deck.deck),
        None => "Nothing is due today. Type: grillme cards --ahead".to_owned(),
    }
}

//! The rules behind `check --strict`: what makes a valid deck a good one.
//!
//! Absent on purpose: store and terminal. Rules look at the model; `spot` finds where a field stands in the text.
//! A rule is a row in [`RULES`] and a few lines in the file of its subject.

mod choice;
mod exercise;
mod flash;
mod interview;
mod objectives;
mod rules;
mod sources;
mod spot;
mod words;

pub use rules::{RULES, Rule};

use crate::deck::{Deck, Problem};
use spot::Report;

/// Holds a deck to the strict bar. `texts` are the deck's source files, in the order that `source` of its items
/// counts. All findings are warnings, in the order of files and places.
pub fn strict(deck: &Deck, texts: &[&str]) -> Vec<Problem> {
    let mut report = Report::new(texts);
    for (_, item) in deck.items() {
        flash::check(item, &mut report);
        choice::check(item, &mut report);
        exercise::check(item, &mut report);
        interview::check(item, &mut report);
        sources::check(deck, item, &mut report);
        objectives::check_item(item, &mut report);
    }
    flash::check_alike(deck, &mut report);
    choice::check_deck(deck, &mut report);
    interview::check_tiers(deck, &mut report);
    objectives::check_deck(deck, &mut report);
    sources::check_deck(deck, &mut report);
    report.sorted()
}

#[cfg(test)]
mod tests;

//! The rules behind `check --strict`: what makes a valid deck a good one.
//!
//! Absent on purpose: store and terminal. Rules look at the model; `spot` finds where a field stands in the text.
//! A rule is a row in [`RULES`] and a few lines in the file of its subject.

mod alike;
mod baseline;
mod choice;
mod exercise;
mod flash;
mod id;
mod interview;
mod objectives;
mod rubric;
mod rules;
mod sources;
mod spot;
mod words;

pub use baseline::{Baseline, Entry};
pub use rules::{ERRORS, RULES, Rule};

use crate::deck::{Deck, Problem};
use spot::Report;

/// Holds a deck to the strict bar. `texts` are the deck's source files, in the order that `source` of its items
/// counts. All findings are warnings, in the order of files and places.
pub fn strict(deck: &Deck, texts: &[&str]) -> Vec<Problem> {
    let mut report = Report::new(texts);
    for (_, item) in deck.items() {
        id::check(item, &mut report);
        flash::check(item, &mut report);
        choice::check(item, &mut report);
        exercise::check(item, &mut report);
        rubric::check(item, &mut report);
        rubric::check_samples(item, &mut report);
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

/// Runs the samples of every rubric: tests that the author wrote, so they are run whether or not the deck is held to the
/// strict bar. A failure is a warning; the deck can be used, but its marking is not what the author thinks.
pub fn samples(deck: &Deck, texts: &[&str]) -> Vec<Problem> {
    let mut report = Report::new(texts);
    deck.items().for_each(|(_, item)| rubric::check_samples(item, &mut report));
    report.sorted()
}

#[cfg(test)]
mod tests;

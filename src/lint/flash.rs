//! Rules for flash cards: one small fact, asked so that only knowing it helps.

use crate::deck::{Deck, Item, Kind, Text};

use super::alike::twins;
use super::spot::Report;
use super::words::{has_phrase, words};

const MOST_WORDS: usize = 25;

/// From this share of common words on, two questions are the same.
const ALIKE: f64 = 0.85;

/// How a question that is answered by yes or no begins.
const YES_NO: [&str; 20] = [
    "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should", "has", "have", "had",
    "may", "might", "must", "isn't", "doesn't",
];

pub(super) fn check(item: &Item, report: &mut Report<'_>) {
    let Kind::Flash(flash) = &item.kind else { return };
    check_side(item, ("front", &flash.front), ("back", &flash.back), report);
    if let (Some(front), Some(back)) = (&flash.reverse_front, &flash.reverse_back) {
        check_side(item, ("reverse_front", front), ("reverse_back", back), report);
    }
}

fn check_side(item: &Item, front: (&str, &Text), back: (&str, &Text), report: &mut Report<'_>) {
    for (name, text) in [front, back] {
        let count = words(text.raw()).len();
        if count > MOST_WORDS {
            let message = format!("`{name}` has {count} words; {MOST_WORDS} are the most");
            report.item(item, &[name], "flash-long", message, "split it into smaller cards");
        }
    }
    if asks_yes_no(front.1.raw()) {
        let hint = "ask what, which, why or how instead";
        report.item(item, &[front.0], "flash-yes-no", format!("`{}` can be answered by yes or no", front.0), hint);
    }
    if is_list(back.1.raw()) {
        let hint = "ask for one thing a card, or make it a cloze";
        report.item(item, &[back.0], "flash-list", format!("`{}` is a list", back.0), hint);
    }
    if gives_away(front.1.raw(), back.1.raw()) {
        let hint = "take the answer's words out of the question";
        report.item(item, &[front.0], "flash-gives-away", format!("`{}` holds its answer", front.0), hint);
    }
}

fn asks_yes_no(front: &str) -> bool {
    front
        .split(['.', '?', '!'])
        .any(|sentence| words(sentence).first().is_some_and(|first| YES_NO.contains(&first.as_str())))
        && front.contains('?')
}

fn is_list(back: &str) -> bool {
    let entries = back.lines().filter(|line| line.trim_start().starts_with(['-', '*'])).count();
    entries >= 2 || back.matches([',', ';']).count() >= 3
}

fn gives_away(front: &str, back: &str) -> bool {
    let answer = words(back).join(" ");
    !answer.is_empty() && has_phrase(front, &[&answer])
}

/// Finds flash cards that ask nearly the same.
pub(super) fn check_alike(deck: &Deck, report: &mut Report<'_>) {
    let fronts: Vec<(&Item, &str)> = deck
        .items()
        .filter_map(|(_, item)| match &item.kind {
            Kind::Flash(flash) => Some((item, flash.front.raw())),
            _ => None,
        })
        .collect();
    let texts: Vec<&str> = fronts.iter().map(|(_, front)| *front).collect();
    for (first, second) in twins(&texts, ALIKE) {
        let message = format!("`front` asks nearly the same as item `{}`", fronts[first].0.id);
        let hint = "make the difference plain, or retire one";
        report.item(fronts[second].0, &["front"], "flash-duplicate", message, hint);
    }
}

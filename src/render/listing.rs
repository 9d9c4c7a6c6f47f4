//! Decks, lessons, items and cards as lists and documents.

use serde::Serialize;

use crate::deck::{Deck, Item, ItemKey, Lesson, Text};
use crate::schedule::{CardState, Due, StudyDay};

use super::{Style, counted, cut, safe_line, table};

/// A deck in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeckLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Where it is: `bundled`, or its path.
    pub origin: String,
}

/// A card with what the schedule knows of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CardLine {
    /// `deck/item`, or `deck/item#part`.
    pub card: String,
    /// The lesson's id.
    pub lesson: String,
    /// The item's kind.
    pub kind: &'static str,
    /// The item's tier.
    pub tier: Option<&'static str>,
    /// The question.
    pub stem: Text,
    /// Days until recall falls to 90 %; none for a new card.
    pub stability: Option<f32>,
    /// From 1 (easy) to 10 (hard); none for a new card.
    pub difficulty: Option<f32>,
    /// The chance of recall now, 0 to 1; none for a new card.
    pub retrievability: Option<f32>,
    /// When it is due: a study day, or a UTC time within the day; none for a new card.
    pub due: Option<String>,
    /// Answers given.
    pub reps: u32,
    /// Times it was forgotten.
    pub lapses: u32,
    /// Whether it is left out until resumed.
    pub suspended: bool,
    /// Whether it is left out until tomorrow, or a later day.
    pub buried: bool,
    /// Whether it is forgotten again and again.
    pub leech: bool,
}

impl CardLine {
    /// Joins an item's card with its state on a day; `retrievability` as of now.
    pub fn new(
        card: String,
        lesson: &str,
        item: &Item,
        (state, today): (&CardState, StudyDay),
        retrievability: Option<f32>,
    ) -> Self {
        Self {
            card,
            lesson: lesson.to_owned(),
            kind: item.kind.name().word(),
            tier: item.tier.map(|tier| tier.word()),
            stem: item.stem(),
            stability: state.memory.map(|memory| memory.stability),
            difficulty: state.memory.map(|memory| memory.difficulty),
            retrievability,
            due: due(&state.due),
            reps: state.reps,
            lapses: state.lapses,
            suspended: state.suspended,
            buried: state.is_hidden(today) && !state.suspended,
            leech: state.leech,
        }
    }
}

/// An item that the schedule leaves alone: a scenario or a checklist.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemLine {
    /// `deck/item`.
    pub item: String,
    /// The lesson's id.
    pub lesson: String,
    /// The item's kind.
    pub kind: &'static str,
    /// The item's tier.
    pub tier: Option<&'static str>,
    /// The question.
    pub stem: Text,
}

impl ItemLine {
    /// Makes the line of an item of a lesson.
    pub fn new(deck: &Deck, lesson: &Lesson, item: &Item) -> Self {
        Self {
            item: ItemKey { deck: deck.head.id.clone(), item: item.id.clone() }.to_string(),
            lesson: lesson.id.to_string(),
            kind: item.kind.name().word(),
            tier: item.tier.map(|tier| tier.word()),
            stem: item.stem(),
        }
    }
}

/// Writes when a card is due: a study day, or a UTC time within the day; nothing for a new one.
pub(super) fn due(due: &Due) -> Option<String> {
    match due {
        Due::Now => None,
        Due::Day(day) => Some(day.to_string()),
        Due::At(ms) => jiff::Timestamp::from_millisecond(*ms).ok().map(|time| time.to_string()),
    }
}

/// Sets the list of decks.
pub fn decks(decks: &[DeckLine], style: &Style) -> String {
    let mut rows = vec![["deck", "title", "where"].map(str::to_owned).to_vec()];
    rows.extend(decks.iter().map(|deck| vec![deck.id.clone(), safe_line(&deck.title), super::safe_str(&deck.origin)]));
    table(&rows, true, style).join("\n") + "\n"
}

/// Sets a deck's lessons, each with its cards, and the items that have none.
pub fn deck(deck: &Deck, cards: &[CardLine], unscheduled: &[ItemLine], style: &Style) -> String {
    let mut lines = vec![style.bold(&safe_line(&deck.head.title))];
    for lesson in &deck.lessons {
        let mine: Vec<&CardLine> = cards.iter().filter(|card| card.lesson == lesson.id.as_str()).collect();
        let others: Vec<&ItemLine> = unscheduled.iter().filter(|item| item.lesson == lesson.id.as_str()).collect();
        if mine.is_empty() && others.is_empty() {
            continue;
        }
        lines.push(String::new());
        let mut parts = vec![lesson.id.to_string()];
        parts.extend((!mine.is_empty()).then(|| counted(mine.len(), "card")));
        parts.extend((!others.is_empty()).then(|| format!("{} off the schedule", others.len())));
        let title = format!("{} ({})", safe_line(&lesson.title), parts.join(", "));
        lines.push(cut(&title, style.width, style.ellipsis()));
        let rows: Vec<Vec<String>> =
            mine.iter().map(|card| row(card)).chain(others.iter().map(|item| item_row(item))).collect();
        lines.extend(table(&rows, false, style).into_iter().map(|line| line.trim_end().to_owned()));
    }
    lines.join("\n") + "\n"
}

fn in_deck(key: &str) -> String {
    key.split_once('/').map_or(key, |(_, rest)| rest).to_owned()
}

fn item_row(item: &ItemLine) -> Vec<String> {
    let tier = item.tier.unwrap_or("").to_owned();
    vec![in_deck(&item.item), item.kind.to_owned(), tier, "off the schedule".to_owned(), String::new()]
}

fn row(card: &CardLine) -> Vec<String> {
    let name = in_deck(&card.card);
    let standing = match &card.due {
        _ if card.suspended => "suspended".to_owned(),
        _ if card.buried => "buried".to_owned(),
        Some(due) => format!("due {}", due.get(..10).unwrap_or(due)),
        None => "new".to_owned(),
    };
    let recall = card.retrievability.map_or_else(String::new, |r| format!("{:.0} %", r * 100.0));
    vec![name, card.kind.to_owned(), card.tier.unwrap_or("").to_owned(), standing, recall]
}

/// Sets what the schedule knows of an item's cards.
pub fn standing(cards: &[CardLine], style: &Style) -> String {
    let mut rows =
        vec![["card", "due", "stability", "difficulty", "recall", "answers", "lapses"].map(str::to_owned).to_vec()];
    for card in cards {
        let number = |n: Option<f32>, unit: &str| n.map_or_else(|| "-".to_owned(), |n| format!("{n:.1}{unit}"));
        let recall = card.retrievability.map_or_else(|| "-".to_owned(), |r| format!("{:.0} %", r * 100.0));
        let due = match &card.due {
            _ if card.suspended => "suspended".to_owned(),
            _ if card.buried => "buried".to_owned(),
            due => due.clone().unwrap_or_else(|| "new".to_owned()),
        };
        let (stability, difficulty) = (number(card.stability, " d"), number(card.difficulty, ""));
        rows.push(vec![
            card.card.clone(),
            due,
            stability,
            difficulty,
            recall,
            card.reps.to_string(),
            card.lapses.to_string(),
        ]);
    }
    table(&rows, true, style).join("\n") + "\n"
}

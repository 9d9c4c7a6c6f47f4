//! The end of a session.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::deck::Text;
use crate::session::{Answered, Tally};

use super::listing::due;
use super::{Style, safe_line, wrap};

/// What a session came to.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// Its sums.
    pub tally: &'a Tally,
    /// Cards left unanswered.
    pub left: usize,
    /// The stem of each card that was missed.
    pub stems: &'a BTreeMap<String, Text>,
    /// Cards due tomorrow.
    pub tomorrow: usize,
    /// When the next learning step is due, in milliseconds from now.
    pub later_ms: Option<i64>,
    /// Whether it was practice that left the schedule alone.
    pub cram: bool,
}

/// What a session came to, for programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionDocument {
    schema_version: u32,
    /// Whether it was practice that left the schedule alone.
    cram: bool,
    /// Different cards answered.
    cards: usize,
    /// Cards whose first answer was better than Again.
    first_try: usize,
    /// Time taken for all answers, in milliseconds.
    took_ms: u64,
    /// The answers, oldest first.
    answers: Vec<SessionAnswer>,
    /// Cards left unanswered.
    left: usize,
    /// Cards due on the next study day.
    due_tomorrow: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct SessionAnswer {
    card: String,
    /// 1 Again, 2 Hard, 3 Good, 4 Easy.
    rating: u8,
    took_ms: u32,
    /// When it is due after that: a study day, or a UTC time within the day.
    due: Option<String>,
}

impl Summary<'_> {
    /// Makes the document of a session with these answers, oldest first.
    pub fn document(&self, answered: &[Answered]) -> SessionDocument {
        let answer = |answer: &Answered| SessionAnswer {
            card: answer.card.key.clone(),
            rating: answer.rating.as_u8(),
            took_ms: answer.took_ms,
            due: due(&answer.after.due),
        };
        SessionDocument {
            schema_version: 1,
            cram: self.cram,
            cards: self.tally.cards,
            first_try: self.tally.first_try,
            took_ms: self.tally.took_ms,
            answers: answered.iter().map(answer).collect(),
            left: self.left,
            due_tomorrow: self.tomorrow,
        }
    }
}

/// Sets the summary: answered, right at the first try, time, what was missed, what is due next.
pub fn summary(summary: &Summary<'_>, style: &Style) -> String {
    let tally = summary.tally;
    let mut lines = vec![String::new()];
    if tally.answers == 0 {
        lines.push("Nothing answered.".to_owned());
    } else {
        let cards = counted(tally.cards, "card");
        let head = format!("{cards} answered, {} right at the first try, {}.", tally.first_try, time(tally.took_ms));
        lines.extend(wrap(&head, style.prose_width()).iter().map(|line| style.bold(line)));
    }
    if summary.cram && tally.answers > 0 {
        lines.push("Practice: the schedule is as it was.".to_owned());
    }
    lines.extend(missed(summary, style));
    lines.extend(wrap(&ahead(summary), style.prose_width()));
    lines.join("\n")
}

fn missed(summary: &Summary<'_>, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    for missed in &summary.tally.missed {
        let stem = summary.stems.get(&missed.key).map(safe_line).unwrap_or_default();
        let times = if missed.times > 1 { format!(" ({} times)", missed.times) } else { String::new() };
        let text = wrap(&format!("{}{times}: {stem}", missed.key), style.prose_width().saturating_sub(4).max(8));
        let lead = |at: usize| if at == 0 { style.bullet() } else { " " };
        lines.extend(text.iter().enumerate().map(|(at, line)| format!("  {} {line}", lead(at))));
    }
    if !lines.is_empty() {
        lines.insert(0, "Missed:".to_owned());
    }
    lines
}

fn ahead(summary: &Summary<'_>) -> String {
    let mut text = Vec::new();
    if summary.left > 0 {
        let of = if summary.cram { "of this round" } else { "for today" };
        text.push(format!("{} left {of}.", counted(summary.left, "card")));
    }
    if let Some(ms) = summary.later_ms {
        text.push(format!("The next one is due in {} min.", ms / 60_000 + 1));
    }
    text.push(match summary.tomorrow {
        0 => "None is due tomorrow.".to_owned(),
        count => format!("{} due tomorrow.", counted(count, "card")),
    });
    text.join(" ")
}

/// Writes a count with its noun.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Writes a time as `12 s` or `3 min 5 s`.
pub(super) fn time(ms: u64) -> String {
    match ms / 1000 {
        s @ 0..60 => format!("{s} s"),
        s => format!("{} min {} s", s / 60, s % 60),
    }
}

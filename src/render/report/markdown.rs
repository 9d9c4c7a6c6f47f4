//! Markdown: for job summaries, comments on pull requests, and wikis.

use std::collections::BTreeMap;

use crate::render::{Style, counted, markdown_text};
use crate::session::{Exam, Examined, Status, rounded};

use super::{text, told};

/// The most questions in a job summary, which has a limit of its own.
const MOST: usize = 100;

/// Writes the whole report.
pub(super) fn markdown(exam: &Exam, _: &Style) -> String {
    written(exam, usize::MAX)
}

/// Writes the report for a job summary, in which only so many questions have room.
pub fn job_summary(exam: &Exam) -> String {
    written(exam, MOST)
}

fn written(exam: &Exam, most: usize) -> String {
    let mark = if exam.passed { "✅" } else { "❌" };
    let mut text = format!("### {mark} grillme exam {}\n\n", text::verdict(exam));
    text.push_str(&lessons(exam));
    text.push_str(&rules(exam));
    let open: Vec<&Examined> = exam.items.iter().filter(|item| item.status != Status::Right).collect();
    if !open.is_empty() {
        text.push_str("#### Not right\n\n");
        open.iter().take(most).for_each(|item| text.push_str(&question(item)));
        text.push('\n');
    }
    if open.len() > most {
        text.push_str(&format!("The first {most} of {}.\n\n", counted(open.len(), "question")));
    }
    let decks = exam.decks.iter().map(|deck| format!("{} `{}`", markdown_text(&deck.id), deck.sha256));
    text.push_str(&format!("Seed {}; {}\n", exam.seed, decks.collect::<Vec<_>>().join(", ")));
    text
}

fn lessons(exam: &Exam) -> String {
    let mut lessons: BTreeMap<String, Vec<&Examined>> = BTreeMap::new();
    for item in &exam.items {
        lessons.entry(format!("{}/{}", item.deck, item.lesson)).or_default().push(item);
    }
    let head = "| lesson | questions | right | partial | wrong | missing | error | score |\n|---|--:|--:|--:|--:|--:|--:|--:|\n";
    let rows = lessons.iter().map(|(name, items)| {
        let counts = Status::ALL.map(|status| items.iter().filter(|item| item.status == status).count().to_string());
        let score = text::percent(items.iter().map(|item| item.score).sum::<f64>() / items.len() as f64);
        format!("| {} | {} | {} | {score} |\n", markdown_text(name), items.len(), counts.join(" | "))
    });
    format!("{head}{}\n", rows.collect::<String>())
}

/// The rules beyond the mark itself.
fn rules(exam: &Exam) -> String {
    let told = exam.rules.iter().skip(1).map(|rule| {
        let (mark, name) = (if rule.passed { "✅" } else { "❌" }, markdown_text(&rule.name));
        format!("- {mark} {name}: {} of {}\n", text::percent(rule.got), text::percent(rule.wanted))
    });
    let told: String = told.collect();
    if told.is_empty() { told } else { told + "\n" }
}

fn question(item: &Examined) -> String {
    let place = item.place.as_ref().map(|place| format!(" ({}:{})", told::one_line(&place.file), place.line));
    let name = format!("{}{}", item.item, place.unwrap_or_default());
    let score = match item.status {
        Status::Partial => format!(" {}", rounded(item.score)),
        _ => String::new(),
    };
    // The first line of a body says the status, which stands here already; the second may be the place.
    let details = text::details(item, &Style { unicode: false, ..Style::plain(1000) });
    let lines = details.iter().map(|line| format!("  {}<br>\n", markdown_text(line.trim())));
    format!("- **{}**: {}{score}<br>\n{}", markdown_text(&name), item.status.word(), lines.collect::<String>())
}

//! A card on the screen: its head, question, hints, answer, and what follows the answer.

use crate::deck::{Item, Source, Text};

use super::{Style, markdown, safe, safe_line, wrap};

/// What stands above a card.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The deck's id.
    pub deck: &'a str,
    /// The lesson's id.
    pub lesson: &'a str,
    /// Cards left, this one included.
    pub left: usize,
    /// Whether it was never answered.
    pub is_new: bool,
    /// Whether its meaning changed since it was last answered.
    pub changed: bool,
}

/// Sets the line above a card, after a blank one.
pub fn head(head: &Head<'_>, style: &Style) -> String {
    let mut parts = vec![head.lesson.to_owned(), format!("{} left", head.left)];
    if head.is_new {
        parts.push("new".to_owned());
    }
    if head.changed {
        parts.push("changed since you last saw it".to_owned());
    }
    headline(head.deck, &parts, style)
}

/// Sets a line of facts above a question, after a blank one: the first in bold, the others faint.
pub fn headline(first: &str, parts: &[String], style: &Style) -> String {
    let dot = if style.unicode { " · " } else { " - " };
    let told: Vec<&str> = std::iter::once(first).chain(parts.iter().map(String::as_str)).collect();
    let lines = wrap(&told.join(dot), style.width.max(8));
    let bold = first;
    let first = lines.first().map(|line| match line.strip_prefix(bold) {
        Some(rest) => format!("{}{}", style.bold(bold), style.dim(rest)),
        None => style.bold(line),
    });
    let rest = lines.iter().skip(1).map(|line| style.dim(line));
    format!("\n{}", first.into_iter().chain(rest).collect::<Vec<_>>().join("\n"))
}

/// Sets a hint.
pub fn hint(hint: &Text, style: &Style) -> String {
    labelled("Hint:", &safe(hint), style)
}

/// Sets what follows an answer, after a blank line: the explanation, a question to think on, the sources; empty if there
/// is nothing.
pub fn afterwards(item: &Item, sources: &[&Source], style: &Style) -> String {
    let mut parts = Vec::new();
    if let Some(explanation) = &item.explanation {
        parts.push(markdown(&safe(explanation), style).join("\n"));
    }
    if let Some(why) = &item.why {
        parts.push(labelled("Think on:", &safe(why), style));
    }
    if !sources.is_empty() {
        let titles: Vec<String> = sources.iter().map(|source| safe_line(&source.title)).collect();
        let text = format!("Sources: {}", titles.join("; "));
        parts.push(wrap(&text, style.prose_width()).iter().map(|line| style.dim(line)).collect::<Vec<_>>().join("\n"));
    }
    if parts.is_empty() { String::new() } else { format!("\n{}", parts.join("\n")) }
}

/// Sets that an answer is kept, and when its card comes back.
pub fn kept(rating: &str, back_in: &str, style: &Style) -> String {
    let back = if back_in.is_empty() { String::new() } else { format!(", back in {back_in}") };
    style.dim(&format!("{rating}{back}."))
}

fn labelled(label: &str, text: &str, style: &Style) -> String {
    markdown(&format!("**{label}** {text}"), style).join("\n")
}

//! What is said of one question, for formats that carry text in fields of their own.

use crate::render::{Style, cut, safe_line, safe_str};
use crate::session::{Examined, Status, rounded};

use super::text;

/// Columns of a question in the name of a case.
const NAME: usize = 60;

/// Columns of the lines of a body.
const BODY: usize = 100;

/// Names a case: the item's id, and the question in short.
pub fn name(item: &Examined) -> String {
    let id = item.item.split_once('/').map_or(item.item.as_str(), |(_, id)| id);
    format!("{}: {}", safe_str(id), cut(&safe_line(&item.stem), NAME, "..."))
}

/// Says in one line what became of a question, and why.
pub fn headline(item: &Examined) -> String {
    let status = status(item);
    match &item.reason {
        Some(reason) => format!("{status}: {}", one_line(reason)),
        None => status,
    }
}

fn status(item: &Examined) -> String {
    match item.status {
        Status::Partial => format!("partial ({})", rounded(item.score)),
        other => other.word().to_owned(),
    }
}

/// Says it at length: the status, the place of the answer, the question, and every part that is not right.
pub fn body(item: &Examined) -> String {
    let style = Style { unicode: false, ..Style::plain(BODY) };
    let mut lines = vec![status(item)];
    lines.extend(item.place.as_ref().map(|place| format!("{}:{}", one_line(&place.file), place.line)));
    lines.extend(text::details(item, &style).iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    lines.join("\n")
}

/// Writes any text safely on one line.
pub fn one_line(text: &str) -> String {
    safe_str(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

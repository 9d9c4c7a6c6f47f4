//! Annotations of the answers file on GitHub, ten at most.

use crate::render::{Style, annotation, counted, workflow_data, workflow_property};
use crate::session::{Exam, Examined, Status};

use super::{text, told};

/// The most annotations that GitHub shows for one kind and step; more would be dropped without a word.
const MOST: usize = 10;

/// Annotates what is not right, worst first. The last line tells the verdict; no line but the annotations holds
/// anything that a deck or an answer says, so that none of it is a command.
pub(super) fn github(exam: &Exam, _: &Style) -> String {
    let order = [Status::Error, Status::Wrong, Status::Missing, Status::Partial];
    let worst_first = order.iter().flat_map(|status| exam.items.iter().filter(|item| item.status == *status));
    let open: Vec<&Examined> = worst_first.collect();
    let mut lines: Vec<String> = open.iter().take(MOST).map(|item| annotate(exam, item)).collect();
    let left = open.len().saturating_sub(MOST);
    let rest = match left {
        0 => String::new(),
        left => format!("; {} not annotated: see the job summary", counted(left, "question")),
    };
    lines.push(format!("grillme exam {}{rest}", text::verdict(exam)));
    lines.join("\n") + "\n"
}

/// An exam that was passed has no errors.
fn annotate(exam: &Exam, item: &Examined) -> String {
    let level = match item.status {
        _ if exam.passed => "notice",
        Status::Partial => "warning",
        _ => "error",
    };
    let (title, body) = (format!("{}: {}", item.item, item.status.word()), told::body(item));
    match &item.place {
        Some(place) => annotation(level, (&place.file, place.line, None), &title, &body),
        None => format!("::{level} title={}::{}", workflow_property(&title), workflow_data(&body)),
    }
}

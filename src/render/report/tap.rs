//! TAP 14, with what is to be said of a question as its YAML.

use crate::render::Style;
use crate::session::{Exam, Examined, Status, rounded};

use super::{text, told};

pub(super) fn tap(exam: &Exam, _: &Style) -> String {
    let mut lines = vec!["TAP version 14".to_owned(), format!("1..{}", exam.items.len())];
    for (at, item) in exam.items.iter().enumerate() {
        lines.extend(point(at + 1, item));
    }
    lines.push(format!("# {}; seed {}", text::verdict(exam), exam.seed));
    lines.join("\n") + "\n"
}

fn point(number: usize, item: &Examined) -> Vec<String> {
    let right = item.status == Status::Right;
    let result = if right { "ok" } else { "not ok" };
    let description = escaped(&format!("{}.{}/{}", item.deck, item.lesson, told::name(item)));
    let mut lines = vec![format!("{result} {number} - {description}")];
    if !right {
        lines.push("  ---".to_owned());
        lines.push(format!("  message: {}", quoted(&told::body(item))));
        lines.push(format!("  severity: {}", if item.status == Status::Error { "error" } else { "fail" }));
        lines.push(format!("  status: {}", item.status.word()));
        lines.push(format!("  score: {}", rounded(item.score)));
        if let Some(place) = &item.place {
            lines.push(format!("  at: {{file: {}, line: {}}}", quoted(&told::one_line(&place.file)), place.line));
        }
        lines.push("  ...".to_owned());
    }
    lines
}

/// A hash would start a directive, such as `# SKIP`.
fn escaped(description: &str) -> String {
    description.replace('\\', "\\\\").replace('#', "\\#")
}

/// A JSON text is a YAML text.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

//! Annotations on the changed lines of a pull request, and the summary on the page of the run.

use crate::deck::Severity;
use crate::render::{Placed, counted, markdown_text, workflow_data, workflow_property};

use super::{Checked, count, said, worst_first};

/// The most annotations that GitHub shows for one kind and step; more would be dropped without a word.
const MOST: usize = 10;

/// The most rows of the summary.
const MOST_ROWS: usize = 200;

/// Writes a workflow command that annotates a line of a file. The column is counted from 1.
///
/// ```
/// use grillme::render::annotation;
/// let line = annotation("error", ("deck.json", 2, Some(31)), "unknown-field", "unknown field \"fornt\"");
/// assert_eq!(line, "::error file=deck.json,line=2,col=31,title=unknown-field::unknown field \"fornt\"");
/// ```
pub fn annotation(level: &str, place: (&str, usize, Option<usize>), title: &str, message: &str) -> String {
    let (file, line, column) = place;
    let column = column.map(|column| format!(",col={column}")).unwrap_or_default();
    let (file, title) = (workflow_property(file), workflow_property(title));
    format!("::{level} file={file},line={line}{column},title={title}::{}", workflow_data(message))
}

/// Annotates the worst problems, ten at most, and counts the rest. Nothing that a deck or a path says starts a line of
/// its own, where it could be a command.
pub fn check_github(checked: &[Checked]) -> String {
    let all = worst_first(checked);
    let mut lines: Vec<String> = all.iter().take(MOST).map(|problem| annotate(problem)).collect();
    let left = all.len().saturating_sub(MOST);
    let rest = if left == 0 { String::new() } else { format!(" {left} more are not annotated: see the job summary.") };
    lines.push(format!("{}{rest}", verdict(checked)));
    lines.join("\n")
}

fn annotate(problem: &Placed) -> String {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let hint = problem.hint.as_ref().map(|hint| format!("\nhelp: {hint}")).unwrap_or_default();
    let place = (problem.file.as_str(), problem.line, Some(problem.column));
    annotation(level, place, problem.rule, &format!("{}{hint}", said(problem)))
}

/// Writes the job summary: the verdict and a table of problems.
pub fn check_markdown(checked: &[Checked]) -> String {
    let all = worst_first(checked);
    let mark = if all.is_empty() { "✅" } else { "❌" };
    let mut text = format!("### {mark} grillme check\n\n{}\n\n", verdict(checked));
    if !all.is_empty() {
        text.push_str("| place | rule | problem | help |\n|---|---|---|---|\n");
        all.iter().take(MOST_ROWS).for_each(|problem| text.push_str(&row(problem)));
        text.push('\n');
    }
    if all.len() > MOST_ROWS {
        text.push_str(&format!("The first {MOST_ROWS} of {} problems.\n\n", all.len()));
    }
    text
}

fn row(problem: &Placed) -> String {
    let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
    let hint = problem.hint.as_deref().unwrap_or_default();
    let [place, said, hint] = [&place, &said(problem), hint].map(markdown_text);
    format!("| {place} | `{}` | {said} | {hint} |\n", problem.rule)
}

fn verdict(checked: &[Checked]) -> String {
    let known: usize = checked.iter().filter_map(|deck| deck.known).sum();
    let known = if known == 0 { String::new() } else { format!(" {known} more are known from the baseline.") };
    let decks = counted(checked.len(), "deck");
    match (count(checked, Severity::Error), count(checked, Severity::Warning)) {
        (0, 0) => {
            let items = counted(checked.iter().map(|deck| deck.items).sum(), "item");
            format!("{items} in {decks}: no problems.{known}")
        }
        (errors, warnings) => {
            format!("{}, {} in {decks}.{known}", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

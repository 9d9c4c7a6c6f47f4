//! What `check` found, for programs: one file a format.

mod github;
mod sarif;

use serde::Serialize;

use crate::deck::Severity;

use super::Placed;

pub use github::{annotation, check_github, check_markdown};
pub use sarif::check_sarif;

/// A deck that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The deck, as it was named.
    pub deck: String,
    /// How many items it has; 0 when it cannot be used.
    pub items: usize,
    /// What is wrong with it, in the order of files and places.
    pub problems: Vec<Placed>,
    /// How many problems more are known from a baseline; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<usize>,
}

/// Counts the problems of a severity.
fn count(checked: &[Checked], severity: Severity) -> usize {
    checked.iter().flat_map(|deck| &deck.problems).filter(|problem| problem.severity == severity).count()
}

/// Lists all problems, errors first: where only some are shown, those matter most.
fn worst_first(checked: &[Checked]) -> Vec<&Placed> {
    let mut all: Vec<&Placed> = checked.iter().flat_map(|deck| &deck.problems).collect();
    all.sort_by_key(|problem| problem.severity);
    all
}

/// Says what is wrong and with which item.
fn said(problem: &Placed) -> String {
    let item = problem.item.as_ref().map(|id| format!(" (item `{id}`)")).unwrap_or_default();
    format!("{}{item}", problem.message)
}

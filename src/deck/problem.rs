//! What is wrong with a deck, and where.

use serde::Serialize;

/// A range of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte.
    pub end: usize,
}

/// How much a [`Problem`] weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The deck cannot be used.
    Error,
    /// The deck works, but misses the strict bar.
    Warning,
}

/// One thing that is wrong with a deck, with its place and, where there is one, its remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable code of the rule, such as `unknown-field`.
    pub rule: &'static str,
    /// Whether the deck can still be used.
    pub severity: Severity,
    /// Which of the deck's source files: an index into the list of files that were read.
    pub source: usize,
    /// Where in that file.
    pub span: Span,
    /// The id of the item concerned, as written.
    pub item: Option<String>,
    /// What is wrong, in lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// Makes an error at `span` of source 0, with no item and no hint yet.
    pub fn error(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { rule, severity: Severity::Error, source: 0, span, item: None, message: message.into(), hint: None }
    }

    /// Adds the remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

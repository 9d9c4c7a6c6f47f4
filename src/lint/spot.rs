//! Findings, and where they stand.

use crate::deck::{Item, Node, Problem, Severity, Span};

/// Collects findings.
pub(super) struct Report<'t> {
    texts: &'t [&'t str],
    problems: Vec<Problem>,
}

impl<'t> Report<'t> {
    pub(super) fn new(texts: &'t [&'t str]) -> Self {
        Self { texts, problems: Vec::new() }
    }

    /// Notes a finding at a field of an item, given by its path; an empty path means the item.
    pub(super) fn item(&mut self, item: &Item, path: &[&str], code: &'static str, message: String, hint: &str) {
        let span = self.find(item.source, item.span, path).unwrap_or(item.span);
        let name = Some(item.id.to_string());
        self.push(item.source, span, name, code, message, hint);
    }

    /// Notes a finding at a field of whatever stands at `span`.
    pub(super) fn at(&mut self, place: (usize, Span), path: &[&str], code: &'static str, message: String, hint: &str) {
        let (source, span) = place;
        let span = self.find(source, span, path).unwrap_or(Span { start: span.start, end: span.start + 1 });
        self.push(source, span, None, code, message, hint);
    }

    /// Gives the place of a whole file.
    pub(super) fn file(&self, source: usize) -> (usize, Span) {
        let text = self.texts.get(source).copied().unwrap_or_default();
        let start = text.len() - text.trim_start().len();
        (source, Span { start, end: text.trim_end().len() })
    }

    /// Gives all findings in the order of files and places.
    pub(super) fn sorted(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| (problem.source, problem.span));
        self.problems
    }

    fn find(&self, source: usize, span: Span, path: &[&str]) -> Option<Span> {
        let slice = self.texts.get(source)?.get(span.start..span.end)?;
        let node = Node::parse_slice(slice, span.start).ok()?;
        Some(node.find(path)?.span())
    }

    fn push(
        &mut self,
        source: usize,
        span: Span,
        item: Option<String>,
        rule: &'static str,
        message: String,
        hint: &str,
    ) {
        let hint = Some(hint.to_owned());
        self.problems.push(Problem { rule, severity: Severity::Warning, source, span, item, message, hint });
    }
}

//! What is wrong with a deck, drawn with the line it stands in.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::deck::{Place, Places, Problem, Severity, Span};

use super::{Style, safe_str};

/// How much of a line is drawn on either side of the problem, in bytes.
const AROUND: usize = 60;

/// A problem with its place for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// The file, as it was named.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Just past its end.
    #[serde(skip)]
    pub end: Place,
    /// The item's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The rule's code.
    pub rule: &'static str,
    /// `error` or `warning`.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Finds the place of a problem in its file.
pub fn placed(problem: &Problem, file: &str, places: &Places<'_>) -> Placed {
    let at = places.at(problem.span.start);
    Placed {
        file: file.to_owned(),
        line: at.line,
        column: at.column,
        end: places.at(problem.span.end),
        item: problem.item.clone(),
        rule: problem.rule,
        severity: problem.severity,
        message: problem.message.clone(),
        hint: problem.hint.clone(),
    }
}

/// Draws a problem: rule, message, place, the line with the spot underlined, and the hint.
pub fn problem(problem: &Problem, file: &str, places: &Places<'_>, style: &Style) -> String {
    let at = places.at(problem.span.start);
    let window = Window::around(places.text(), problem.span);
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let item = problem.item.as_ref().map(|id| format!(" (item `{}`)", safe_str(id))).unwrap_or_default();
    let title = format!("{}{item}", safe_str(&problem.message).replace('\n', " "));
    let mark = AnnotationKind::Primary.span(window.span.start..window.span.end);
    let mut snippet = Snippet::source(Cow::Owned(window.text)).line_start(at.line).annotation(mark);
    let mut group: Group<'_> = Group::with_title(level.primary_title(title).id(problem.rule));
    if window.is_cut {
        // The renderer would count the column from the cut.
        group = group.element(Origin::path(safe_str(file)).line(at.line).char_column(at.column));
    } else {
        snippet = snippet.path(safe_str(file));
    }
    group = group.element(snippet);
    if let Some(hint) = &problem.hint {
        group = group.element(Level::HELP.message(safe_str(hint)));
    }
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let decor = if style.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    renderer.decor_style(decor).term_width(style.width.max(40)).render(&[group])
}

/// The stretch of one line that is drawn, made safe, with the problem's place in it.
struct Window {
    text: String,
    span: Span,
    /// Whether the start of the line is left out.
    is_cut: bool,
}

impl Window {
    fn around(text: &str, span: Span) -> Self {
        let start = floor(text, span.start);
        // Lines may be longer than all that is drawn: no more of them is looked at.
        let (nearest, farthest) = (floor(text, start.saturating_sub(2 * AROUND)), floor(text, start + 3 * AROUND));
        let line_start = text[nearest..start].rfind('\n').map_or(nearest, |at| nearest + at + 1);
        let line_end = text[start..farthest].find(['\n', '\r']).map_or(farthest, |at| start + at);
        let end = floor(text, span.end.clamp(start, line_end));
        let from = floor(text, start.saturating_sub(AROUND).max(line_start));
        let to = floor(text, (end.min(start + AROUND) + AROUND).min(line_end)).max(start);
        let end = end.min(to);
        let lead = if from > line_start { "..." } else { "" };
        let before = format!("{lead}{}", safe_str(&text[from..start]).replace('\t', " "));
        let inside = safe_str(&text[start..end]).replace('\t', " ");
        let after = safe_str(&text[end..to]);
        let trail = if to < line_end { "..." } else { "" };
        let span = Span { start: before.len(), end: before.len() + inside.len().max(1) };
        // An error at the very end of a line still needs a column to point at.
        let after = if inside.is_empty() && after.is_empty() { " ".to_owned() } else { after };
        Self { text: format!("{before}{inside}{after}{trail}"), span, is_cut: !lead.is_empty() }
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

//! What is shown before a question: text, code, a diagram, a log, a terminal, a table.

use serde::Serialize;

use super::values::one_of;
use super::{Context, Fields, FromNode, Node, Text};

/// The most columns of a table; no screen shows more, and setting them takes memory.
pub const MAX_COLUMNS: usize = 64;

/// Something to look at before answering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stimulus {
    /// How it is set.
    pub kind: StimulusKind,
    /// Its heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Its language, for code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Text>,
    /// The drawing in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<Text>,
    /// Its lines; a table has `rows` instead.
    pub body: Text,
    /// The rows of a table, the first one its heads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<Text>>,
}

/// How a stimulus is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum StimulusKind {
    Text,
    Code,
    Diagram,
    Log,
    Terminal,
    Table,
}

impl StimulusKind {
    const WORDS: [(&'static str, Self); 6] = [
        ("text", Self::Text),
        ("code", Self::Code),
        ("diagram", Self::Diagram),
        ("log", Self::Log),
        ("terminal", Self::Terminal),
        ("table", Self::Table),
    ];
}

impl FromNode for StimulusKind {
    const EXPECTED: &'static str = "the kind of stimulus";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        one_of(node, &Self::WORDS, "unknown-kind", cx)
    }
}

impl FromNode for Stimulus {
    const EXPECTED: &'static str = "a stimulus";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let Some(kind) = fields.required::<StimulusKind>("kind", cx) else {
            fields.abandon(cx);
            return None;
        };
        let (title, lang) = (fields.optional("title", cx), fields.optional("lang", cx));
        let alt = fields.optional("alt", cx);
        let is_table = kind == StimulusKind::Table;
        let rows = if is_table { read_rows(&mut fields, cx) } else { Some(Vec::new()) };
        let body = if is_table { Some(Text::default()) } else { fields.required("body", cx) };
        fields.close(cx);
        Some(Self { kind, title, lang, alt, body: body?, rows: rows? })
    }
}

fn read_rows(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Vec<Vec<Text>>> {
    let (node, rows): (Node<'_>, Vec<Vec<Text>>) = fields.required_at("rows", cx)?;
    if rows.iter().any(|row| row.len() > MAX_COLUMNS) {
        cx.error("too-many-items", node.span(), format!("a row of a table has at most {MAX_COLUMNS} cells"));
    }
    Some(rows)
}

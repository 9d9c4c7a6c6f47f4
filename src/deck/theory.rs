//! The blocks a lesson is read from.

use serde::Serialize;

use super::id::read_refs;
use super::values::one_of;
use super::{Context, Fields, FromNode, Id, Node, Text};

/// One block of a lesson's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Theory {
    /// Its heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// What it holds.
    #[serde(flatten)]
    pub kind: TheoryKind,
    /// Ids of the deck's sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<Id>,
}

/// What a block of theory holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum TheoryKind {
    /// Running text.
    Para { body: Text },
    /// ASCII art, and the same in words.
    Diagram { body: Text, alt: Text },
    /// A list.
    Bullets { items: Vec<Text> },
    /// What a decision gains and costs.
    Tradeoff { gain: Text, cost: Text },
    /// A worked example.
    Example { body: Text },
    /// A note for newcomers.
    Note { body: Text },
    /// A note for production.
    ProductionNote { body: Text },
    /// Source code.
    Code {
        body: Text,
        #[serde(skip_serializing_if = "Option::is_none")]
        lang: Option<Text>,
    },
}

#[derive(Clone, Copy)]
enum Name {
    Para,
    Diagram,
    Bullets,
    Tradeoff,
    Example,
    Note,
    ProductionNote,
    Code,
}

impl FromNode for Name {
    const EXPECTED: &'static str = "the kind of block";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let words = [
            ("para", Self::Para),
            ("diagram", Self::Diagram),
            ("bullets", Self::Bullets),
            ("tradeoff", Self::Tradeoff),
            ("example", Self::Example),
            ("note", Self::Note),
            ("production-note", Self::ProductionNote),
            ("code", Self::Code),
        ];
        one_of(node, &words, "unknown-kind", cx)
    }
}

impl FromNode for Theory {
    const EXPECTED: &'static str = "a block of theory";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let Some(name) = fields.required::<Name>("kind", cx) else {
            fields.abandon(cx);
            return None;
        };
        let (title, refs) = (fields.optional("title", cx), read_refs(&mut fields, cx));
        let kind = read_kind(name, &mut fields, cx);
        fields.close(cx);
        Some(Self { title, kind: kind?, refs })
    }
}

fn read_kind(name: Name, fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<TheoryKind> {
    let kind = match name {
        Name::Bullets => TheoryKind::Bullets { items: fields.required("items", cx)? },
        Name::Tradeoff => {
            let (gain, cost) = (fields.required("gain", cx), fields.required("cost", cx));
            TheoryKind::Tradeoff { gain: gain?, cost: cost? }
        }
        Name::Diagram => {
            let (body, alt) = (fields.required("body", cx), fields.required("alt", cx));
            TheoryKind::Diagram { body: body?, alt: alt? }
        }
        Name::Code => {
            let (body, lang) = (fields.required("body", cx), fields.optional("lang", cx));
            TheoryKind::Code { body: body?, lang }
        }
        Name::Para => TheoryKind::Para { body: fields.required("body", cx)? },
        Name::Example => TheoryKind::Example { body: fields.required("body", cx)? },
        Name::Note => TheoryKind::Note { body: fields.required("body", cx)? },
        Name::ProductionNote => TheoryKind::ProductionNote { body: fields.required("body", cx)? },
    };
    Some(kind)
}

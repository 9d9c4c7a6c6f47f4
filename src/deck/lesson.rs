//! A lesson: objectives, theory, items.

use serde::Serialize;

use super::choice::unique_ids;
use super::deck::{read_format, read_schema, read_version};
use super::{Context, Fields, FromNode, Id, Item, Node, Span, Text, Theory};

/// Part of a deck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lesson {
    /// Unique in its deck.
    pub id: Id,
    /// Its name for people.
    pub title: Text,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// A fair time to work through it, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Ids of lessons to know first; they may not exist yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<Id>,
    /// What the learner can do afterwards.
    pub objectives: Vec<Objective>,
    /// What there is to read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub theory: Vec<Theory>,
    /// What there is to answer.
    pub items: Vec<Item>,
    /// Which of the deck's source files it was read from.
    #[serde(skip)]
    pub source: usize,
    /// Where in that file.
    #[serde(skip)]
    pub span: Span,
}

/// Something the learner can do after a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objective {
    /// Unique in its lesson.
    pub id: Id,
    /// The objective in words.
    pub text: Text,
}

impl FromNode for Objective {
    const EXPECTED: &'static str = "an objective";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, text) = (fields.required("id", cx), fields.required("text", cx));
        fields.close(cx);
        Some(Self { id: id?, text: text? })
    }
}

/// A lesson inside a deck file.
impl FromNode for Lesson {
    const EXPECTED: &'static str = "a lesson";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        read(Fields::open(node, cx)?, cx)
    }
}

/// Reads a lesson file, which names its format and version.
pub fn read_lesson(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Lesson> {
    let mut fields = Fields::open_file(node, "grillme-lesson", cx)?;
    read_schema(&mut fields, cx);
    read_format(&mut fields, "grillme-lesson", cx);
    if !read_version(&mut fields, cx) {
        fields.abandon(cx);
        return None;
    }
    read(fields, cx)
}

fn read(mut fields: Fields<'_>, cx: &mut Context<'_>) -> Option<Lesson> {
    let (id, title) = (fields.required("id", cx), fields.required("title", cx));
    let (summary, minutes) = (fields.optional("summary", cx), fields.optional("minutes", cx));
    let prerequisites = fields.list("prerequisites", cx);
    let objectives: Option<Node<'_>> = fields.take("objectives");
    let theory = fields.list("theory", cx);
    let items = fields.required("items", cx);
    let span = fields.span();
    fields.close(cx);
    let objectives = objectives.and_then(|node| read_objectives(&node, cx)).unwrap_or_default();
    Some(Lesson {
        id: id?,
        title: title?,
        summary,
        minutes,
        prerequisites,
        objectives,
        theory,
        items: items?,
        source: cx.source(),
        span,
    })
}

fn read_objectives(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Vec<Objective>> {
    let objectives: Vec<Objective> = Vec::from_node(node, cx)?;
    unique_ids(objectives.iter().map(|objective| &objective.id), node, cx);
    Some(objectives)
}

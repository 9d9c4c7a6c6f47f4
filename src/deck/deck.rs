//! A deck: one subject.

use std::collections::BTreeMap;

use serde::Serialize;

use super::item::read_date;
use super::{Context, Fields, FromNode, Id, Item, Lesson, Node, Problem, Span, Text};

/// The version of the deck format that this program reads.
pub const VERSION: u32 = 1;

/// What a deck says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeckHead {
    /// Names the deck; history hangs on it.
    pub id: Id,
    /// Its name for people.
    pub title: Text,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// Its language, as in `en`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Text>,
    /// Its licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<Text>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Text>,
    /// The versions of its subject that it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applies_to: Option<Text>,
    /// Where its facts come from.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
    /// Item ids that must not be used again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<Retired>,
}

/// One subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deck {
    /// What it says about itself.
    #[serde(flatten)]
    pub head: DeckHead,
    /// Its lessons; the smallest decks have one, implied.
    pub lessons: Vec<Lesson>,
}

/// Where facts come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its title.
    pub title: Text,
    /// Where it is: a web address, or `man:page(7)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    /// What it is, as in `vendor-docs`, `spec`, `source`, `man`, `book`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text>,
    /// The commit that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<Text>,
    /// The version that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Text>,
    /// The day it was read, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<String>,
}

/// An item id that must not be used again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retired {
    /// The id.
    pub id: Id,
    /// The item that takes over its history.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<Id>,
}

impl Deck {
    /// Lists all items with their lessons, in the author's order.
    pub fn items(&self) -> impl Iterator<Item = (&Lesson, &Item)> {
        self.lessons.iter().flat_map(|lesson| lesson.items.iter().map(move |item| (lesson, item)))
    }

    /// Tells whether some of its items are sealed.
    pub fn is_sealed(&self) -> bool {
        self.items().any(|(_, item)| item.is_sealed())
    }

    /// Finds an item by its id.
    pub fn item(&self, id: &str) -> Option<(&Lesson, &Item)> {
        self.items().find(|(_, item)| item.id.as_str() == id)
    }
}

/// Reads the `deck.json` of a folder, which holds no lessons.
pub fn read_deck_head(node: &Node<'_>, cx: &mut Context<'_>) -> Option<DeckHead> {
    let mut fields = open(node, cx)?;
    let head = read_head(&mut fields, cx);
    for name in ["lessons", "items"] {
        if let Some(node) = fields.take(name) {
            let message = format!("the deck.json of a folder holds no `{name}`");
            let hint = "move each lesson to a file of its own beside it, such as 01-basics.json";
            cx.report(Problem::error("lessons-in-folder", node.span(), message).hint(hint));
        }
    }
    fields.close(cx);
    head
}

/// Reads a deck that is one file.
pub fn read_deck(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Deck> {
    let mut fields = open(node, cx)?;
    let head = read_head(&mut fields, cx);
    let (lessons, items) = (fields.take("lessons"), fields.take("items"));
    let span = fields.span();
    let bare = lessons.is_none() && items.is_none();
    let misnamed = bare && (fields.takes_for("items", cx) || fields.takes_for("lessons", cx));
    fields.close(cx);
    let lessons = match (lessons, items) {
        (Some(node), None) => Vec::<Lesson>::from_node(&node, cx),
        (None, Some(node)) => implied_lesson(head.as_ref(), &node, cx).map(|lesson| vec![lesson]),
        (Some(_), Some(node)) => {
            cx.error("items-and-lessons", node.span(), "a deck has `lessons` or `items`, not both");
            None
        }
        (None, None) if misnamed => None,
        (None, None) => {
            let open = Span { start: span.start, end: span.start + 1 };
            let problem = Problem::error("no-lessons", open, "the deck has neither `lessons` nor `items`");
            cx.report(problem.hint("add \"items\": [ ... ]"));
            None
        }
    };
    Some(Deck { head: head?, lessons: lessons? })
}

fn implied_lesson(head: Option<&DeckHead>, node: &Node<'_>, cx: &mut Context<'_>) -> Option<Lesson> {
    let items = Vec::<Item>::from_node(node, cx)?;
    let head = head?;
    let (id, title, summary) = (head.id.clone(), head.title.clone(), head.summary.clone());
    let (prerequisites, objectives, theory) = (Vec::new(), Vec::new(), Vec::new());
    let (source, span) = (cx.source(), node.span());
    Some(Lesson { id, title, summary, minutes: None, prerequisites, objectives, theory, items, source, span })
}

fn open<'a>(node: &Node<'a>, cx: &mut Context<'_>) -> Option<Fields<'a>> {
    let mut fields = Fields::open_file(node, "grillme-deck", cx)?;
    read_schema(&mut fields, cx);
    read_format(&mut fields, "grillme-deck", cx);
    if read_version(&mut fields, cx) {
        return Some(fields);
    }
    fields.abandon(cx);
    None
}

fn read_head(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<DeckHead> {
    let (id, title) = (fields.required("id", cx), fields.required("title", cx));
    let (summary, language) = (fields.optional("summary", cx), fields.optional("language", cx));
    let (license, authors) = (fields.optional("license", cx), fields.list("authors", cx));
    let applies_to = fields.optional("applies_to", cx);
    let sources = fields.take("sources").and_then(|node| read_sources(&node, cx)).unwrap_or_default();
    let retired = fields.list("retired", cx);
    Some(DeckHead { id: id?, title: title?, summary, language, license, authors, applies_to, sources, retired })
}

/// Passes over `$schema`, which is for editors: the schema that they check and complete by.
pub(super) fn read_schema(fields: &mut Fields<'_>, cx: &mut Context<'_>) {
    fields.optional::<Text>("$schema", cx);
}

/// Checks the `format` field.
pub(super) fn read_format(fields: &mut Fields<'_>, format: &'static str, cx: &mut Context<'_>) {
    let Some((node, written)) = fields.required_at::<String>("format", cx) else { return };
    if written != format {
        let problem = Problem::error("wrong-format", node.span(), format!("expected the format {format:?}"));
        let hint = match written.as_str() {
            "grillme-lesson" => "this is a lesson: it belongs beside a deck.json, in a deck's folder".to_owned(),
            _ => format!("write \"format\": {format:?}"),
        };
        cx.report(problem.hint(hint));
    }
}

/// Checks the `version` field; false means that nothing else in the file can be trusted to mean what it says.
pub(super) fn read_version(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> bool {
    let Some((node, version)) = fields.required_at::<u32>("version", cx) else { return true };
    if version == VERSION {
        return true;
    }
    let message = format!("the deck format has version {version}; this grillme reads version {VERSION}");
    let hint = if version > VERSION { "update grillme" } else { "write \"version\": 1" };
    cx.report(Problem::error("wrong-version", node.span(), message).hint(hint));
    false
}

/// Reads the sources; what names one is an id, or nothing could refer to it.
fn read_sources(node: &Node<'_>, cx: &mut Context<'_>) -> Option<BTreeMap<String, Source>> {
    let sources: BTreeMap<String, Source> = BTreeMap::from_node(node, cx)?;
    for (key, _) in node.members().unwrap_or_default().iter().filter(|(key, _)| key.string().is_some()) {
        Id::from_node(key, cx);
    }
    Some(sources)
}

impl FromNode for Source {
    const EXPECTED: &'static str = "a source";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let title = fields.required("title", cx);
        let (url, kind) = (fields.optional("url", cx), fields.optional("kind", cx));
        let (commit, version) = (fields.optional("commit", cx), fields.optional("version", cx));
        let checked = fields.take("checked").and_then(|day| read_date(&day, cx));
        fields.close(cx);
        Some(Self { title: title?, url, kind, commit, version, checked })
    }
}

impl FromNode for Retired {
    const EXPECTED: &'static str = "a retired id";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, replaced_by) = (fields.required("id", cx), fields.optional("replaced_by", cx));
        fields.close(cx);
        Some(Self { id: id?, replaced_by })
    }
}

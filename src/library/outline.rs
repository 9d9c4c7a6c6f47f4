//! The outline of a deck: what its parts are called and what they refer to, taken from a whole deck or, where parts
//! of it are not readable, from the JSON itself. So ids and references are checked together with everything else.

use std::borrow::Cow;

use crate::deck::{Deck, Id, Item, Lesson, MAX_ENTRIES, Node, Shape, Span};

/// An id as it is used; empty where what stands there is no id, which is a problem of its own.
pub(super) type Name<'d> = Cow<'d, str>;

/// The names in a deck.
pub(super) struct Outline<'d> {
    pub lessons: Vec<LessonOutline<'d>>,
    pub sources: Vec<Name<'d>>,
    pub retired: Vec<RetiredOutline<'d>>,
    /// Whether the file with the sources could be read.
    pub has_head: bool,
    /// Whether every file could be read: what is not in the outline exists nowhere.
    pub whole: bool,
}

/// The names in a lesson.
pub(super) struct LessonOutline<'d> {
    pub id: Name<'d>,
    pub source: usize,
    pub span: Span,
    pub objectives: Vec<Name<'d>>,
    /// The sources of each block of theory.
    pub theory: Vec<Vec<Name<'d>>>,
    pub items: Vec<ItemOutline<'d>>,
}

/// The names in an item.
pub(super) struct ItemOutline<'d> {
    pub id: Name<'d>,
    pub source: usize,
    pub span: Span,
    pub objectives: Vec<Name<'d>>,
    pub refs: Vec<Name<'d>>,
    pub confusable_with: Vec<Name<'d>>,
    pub requires: Vec<Name<'d>>,
}

/// The names of a retired item and of the one that takes over from it, each with its place.
pub(super) struct RetiredOutline<'d> {
    pub id: Name<'d>,
    pub span: Span,
    pub heir: Option<(Name<'d>, Span)>,
}

impl<'d> Outline<'d> {
    /// Gives the outline of a deck without a problem so far. `head` is what its first file holds.
    pub fn of(deck: &'d Deck, head: Option<Node<'_>>) -> Self {
        Self {
            lessons: deck.lessons.iter().map(lesson_of).collect(),
            sources: deck.head.sources.keys().map(|key| Cow::from(key.as_str())).collect(),
            retired: head.as_ref().map(retired_in).unwrap_or_default(),
            has_head: true,
            whole: true,
        }
    }

    /// Gives the outline of a deck with problems, as far as its files, the gaps among them unread, show one.
    pub fn salvaged(files: &[Option<Node<'_>>]) -> Self {
        let head = files.first().and_then(Option::as_ref);
        Self {
            lessons: files.iter().enumerate().flat_map(|(source, file)| lessons_in(file.as_ref(), source)).collect(),
            sources: head.map(sources_in).unwrap_or_default(),
            retired: head.map(retired_in).unwrap_or_default(),
            has_head: head.is_some(),
            whole: files.iter().all(Option::is_some),
        }
    }

    /// Lists all items, in the author's order.
    pub fn items(&self) -> impl Iterator<Item = &ItemOutline<'d>> {
        self.lessons.iter().flat_map(|lesson| &lesson.items)
    }
}

fn lesson_of(lesson: &Lesson) -> LessonOutline<'_> {
    LessonOutline {
        id: name_of(&lesson.id),
        source: lesson.source,
        span: lesson.span,
        objectives: lesson.objectives.iter().map(|objective| name_of(&objective.id)).collect(),
        theory: lesson.theory.iter().map(|block| names_of(&block.refs)).collect(),
        items: lesson.items.iter().map(item_of).collect(),
    }
}

fn item_of(item: &Item) -> ItemOutline<'_> {
    ItemOutline {
        id: name_of(&item.id),
        source: item.source,
        span: item.span,
        objectives: names_of(&item.objectives),
        refs: names_of(&item.refs),
        confusable_with: names_of(&item.confusable_with),
        requires: names_of(&item.requires),
    }
}

fn name_of(id: &Id) -> Name<'_> {
    Cow::from(id.as_str())
}

fn names_of(ids: &[Id]) -> Vec<Name<'_>> {
    ids.iter().map(name_of).collect()
}

/// Finds the lessons of a file: those in its list, and the one that the file itself is.
fn lessons_in<'d>(file: Option<&Node<'_>>, source: usize) -> Vec<LessonOutline<'d>> {
    let Some(file) = file else { return Vec::new() };
    let mut lessons: Vec<LessonOutline<'_>> =
        elements(file, "lessons").iter().map(|lesson| lesson_in(lesson, source)).collect();
    if member(file, "items").is_some() {
        lessons.push(lesson_in(file, source));
    }
    lessons
}

fn lesson_in<'d>(lesson: &Node<'_>, source: usize) -> LessonOutline<'d> {
    LessonOutline {
        id: id_in(lesson, "id"),
        source,
        span: lesson.span(),
        objectives: elements(lesson, "objectives").iter().map(|objective| id_in(objective, "id")).collect(),
        theory: elements(lesson, "theory").iter().map(|block| ids_in(block, "refs")).collect(),
        items: elements(lesson, "items").iter().map(|item| item_in(item, source)).collect(),
    }
}

fn item_in<'d>(item: &Node<'_>, source: usize) -> ItemOutline<'d> {
    ItemOutline {
        id: id_in(item, "id"),
        source,
        span: item.span(),
        objectives: ids_in(item, "objectives"),
        refs: ids_in(item, "refs"),
        confusable_with: ids_in(item, "confusable_with"),
        requires: ids_in(item, "requires"),
    }
}

fn sources_in<'d>(head: &Node<'_>) -> Vec<Name<'d>> {
    let sources = member(head, "sources").and_then(|sources| sources.members()).unwrap_or_default();
    sources.iter().map(|(key, _)| id_at(key)).collect()
}

fn retired_in<'d>(head: &Node<'_>) -> Vec<RetiredOutline<'d>> {
    let retired = |entry: &Node<'_>| RetiredOutline {
        id: id_in(entry, "id"),
        span: member(entry, "id").map_or(entry.span(), |id| id.span()),
        heir: member(entry, "replaced_by").map(|heir| (id_at(&heir), heir.span())),
    };
    elements(head, "retired").iter().map(retired).collect()
}

fn member<'a>(node: &Node<'a>, name: &str) -> Option<Node<'a>> {
    (node.shape() == Shape::Object).then(|| node.find(&[name])).flatten()
}

fn elements<'a>(node: &Node<'a>, name: &str) -> Vec<Node<'a>> {
    let mut elements = Vec::new();
    if let Some(list) = member(node, name).filter(|list| list.shape() == Shape::Array) {
        list.each_element(|element| {
            elements.push(element);
            elements.len() < MAX_ENTRIES
        });
    }
    elements
}

fn ids_in<'d>(node: &Node<'_>, name: &str) -> Vec<Name<'d>> {
    elements(node, name).iter().map(id_at).collect()
}

fn id_in<'d>(node: &Node<'_>, name: &str) -> Name<'d> {
    member(node, name).map(|id| id_at(&id)).unwrap_or_default()
}

fn id_at<'d>(node: &Node<'_>) -> Name<'d> {
    let id = node.string().and_then(|text| text.parse::<Id>().ok());
    id.map_or_else(Name::default, |id| Cow::from(id.as_str().to_owned()))
}

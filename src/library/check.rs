//! What ties a deck together: ids used once, and references that lead somewhere.

use std::collections::{BTreeSet, HashMap};

use super::SourceFile;
use crate::deck::{Context, Deck, Id, Item, Lesson, MAX_ENTRIES, Node, Problem, Span, place};

/// What a deck's files say, read or not: a reference to something that was written, but has a problem of its own,
/// is not a second mistake.
pub(super) struct Written<'a> {
    files: &'a [SourceFile],
    nodes: &'a [Option<Node<'a>>],
    items: BTreeSet<String>,
    objectives: BTreeSet<String>,
    sources: BTreeSet<String>,
    whole: bool,
}

impl<'a> Written<'a> {
    /// Collects the names in a deck; with problems in it, also the names that could not be read.
    pub fn new(files: &'a [SourceFile], nodes: &'a [Option<Node<'a>>], deck: Option<&Deck>, damaged: bool) -> Self {
        let whole = nodes.iter().all(Option::is_some);
        let (items, objectives, sources) = Default::default();
        let mut written = Self { files, nodes, items, objectives, sources, whole };
        if let Some(deck) = deck {
            written.items.extend(deck.items().map(|(_, item)| item.id.to_string()));
            written.sources.extend(deck.head.sources.keys().cloned());
        }
        if damaged {
            nodes.iter().flatten().for_each(|node| written.collect(node));
        }
        written
    }

    fn collect(&mut self, file: &Node<'_>) {
        let sources = file.find(&["sources"]).and_then(|sources| sources.members()).unwrap_or_default();
        self.sources.extend(sources.iter().filter_map(|(key, _)| key.string()));
        self.collect_lesson(file);
        if let Some(lessons) = file.find(&["lessons"]) {
            lessons.each_element(|lesson| {
                self.collect_lesson(&lesson);
                true
            });
        }
    }

    fn collect_lesson(&mut self, lesson: &Node<'_>) {
        collect_ids(lesson, "items", &mut self.items);
        collect_ids(lesson, "objectives", &mut self.objectives);
    }

    fn text(&self, source: usize) -> &'a str {
        self.files.get(source).map_or("", |file| &file.text)
    }

    /// Finds where a value was written, below the object that starts at `span`.
    fn place_of(&self, source: usize, span: Span, path: &[&str]) -> Span {
        let text = self.text(source).get(span.start..span.end).unwrap_or_default();
        let node = Node::parse_slice(text, span.start).ok();
        node.and_then(|node| node.find(path)).map_or(span, |node| node.span())
    }

    fn place_in_head(&self, path: &[&str]) -> Span {
        let head = self.nodes.first().and_then(Option::as_ref);
        head.map_or(Span::default(), |node| node.find(path).unwrap_or(*node).span())
    }

    fn shown(&self, source: usize, span: Span) -> String {
        let at = place(self.text(source), span.start);
        let name = self.files.get(source).map_or("", |file| &file.name);
        format!("{name}:{}:{}", at.line, at.column)
    }
}

fn collect_ids(lesson: &Node<'_>, list: &str, ids: &mut BTreeSet<String>) {
    if let Some(list) = lesson.find(&[list]) {
        list.each_element(|element| {
            ids.extend(element.find(&["id"]).and_then(|id| id.string()));
            true
        });
    }
}

/// Reports every id used twice and every reference that leads nowhere.
pub(super) fn check(deck: &Deck, written: &Written<'_>, problems: &mut Vec<Problem>) {
    check_count(deck, problems);
    check_lesson_ids(deck, written, problems);
    check_item_ids(deck, written, problems);
    check_retired(deck, written, problems);
    for lesson in &deck.lessons {
        check_theory(lesson, written, problems);
        lesson.items.iter().for_each(|item| check_references(lesson, item, written, problems));
    }
}

fn check_count(deck: &Deck, problems: &mut Vec<Problem>) {
    if let Some((_, item)) = deck.items().nth(MAX_ENTRIES) {
        let message = format!("a deck holds at most {MAX_ENTRIES} items");
        let problem = Problem::error("too-many-items", item.span, message).hint("split it into several decks");
        Context::new(item.source, problems).report(problem);
    }
}

fn check_lesson_ids(deck: &Deck, written: &Written<'_>, problems: &mut Vec<Problem>) {
    let mut first: HashMap<&Id, &Lesson> = HashMap::new();
    for lesson in &deck.lessons {
        let place = |lesson: &Lesson| written.place_of(lesson.source, lesson.span, &["id"]);
        if let Some(other) = first.get(&lesson.id) {
            let message = format!("the lesson id `{}` is used twice in this deck", lesson.id);
            let hint = format!("first used at {}", written.shown(other.source, place(other)));
            let problem = Problem::error("duplicate-id", place(lesson), message).hint(hint);
            Context::new(lesson.source, problems).report(problem);
        } else {
            first.insert(&lesson.id, lesson);
        }
    }
}

fn check_item_ids(deck: &Deck, written: &Written<'_>, problems: &mut Vec<Problem>) {
    let retired: BTreeSet<&Id> = deck.head.retired.iter().map(|retired| &retired.id).collect();
    let mut first: HashMap<&Id, &Item> = HashMap::new();
    let place = |item: &Item| written.place_of(item.source, item.span, &["id"]);
    for (_, item) in deck.items() {
        if let Some(other) = first.get(&item.id) {
            let hint = format!("first used at {}", written.shown(other.source, place(other)));
            let message = format!("the item id `{}` is used twice in this deck", item.id);
            report(item, Problem::error("duplicate-id", place(item), message).hint(hint), problems);
        } else {
            first.insert(&item.id, item);
        }
        if retired.contains(&item.id) {
            let message = format!("the item id `{}` is retired", item.id);
            let hint = "give the item a new id: learners' history of the old one would become its own";
            report(item, Problem::error("retired-id", place(item), message).hint(hint), problems);
        }
    }
}

fn check_retired(deck: &Deck, written: &Written<'_>, problems: &mut Vec<Problem>) {
    let mut first = BTreeSet::new();
    for (at, retired) in deck.head.retired.iter().enumerate() {
        let at = at.to_string();
        if !first.insert(&retired.id) {
            let span = written.place_in_head(&["retired", &at, "id"]);
            let message = format!("the id `{}` is retired twice", retired.id);
            Context::new(0, problems).error("duplicate-id", span, message);
        }
        if let Some(heir) = &retired.replaced_by
            && let Some(problem) = unknown("unknown-item", "item", heir, &written.items, written.whole)
        {
            let span = written.place_in_head(&["retired", &at, "replaced_by"]);
            Context::new(0, problems).report(Problem { span, ..problem });
        }
    }
}

fn check_theory(lesson: &Lesson, written: &Written<'_>, problems: &mut Vec<Problem>) {
    for (block, theory) in lesson.theory.iter().enumerate() {
        for (at, id) in theory.refs.iter().enumerate() {
            if let Some(problem) = unknown("unknown-source", "source", id, &written.sources, true) {
                let path = ["theory", &block.to_string(), "refs", &at.to_string()];
                let span = written.place_of(lesson.source, lesson.span, &path);
                Context::new(lesson.source, problems).report(Problem { span, ..problem });
            }
        }
    }
}

fn check_references(lesson: &Lesson, item: &Item, written: &Written<'_>, problems: &mut Vec<Problem>) {
    let mut objectives = BTreeSet::new();
    if !item.objectives.is_empty() {
        objectives.extend(lesson.objectives.iter().map(|objective| objective.id.to_string()));
        objectives.extend(written.objectives.iter().cloned());
    }
    let whole = written.whole;
    let fields = [
        ("objectives", &item.objectives, "unknown-objective", "objective of this lesson", &objectives, true),
        ("refs", &item.refs, "unknown-source", "source", &written.sources, true),
        ("confusable_with", &item.confusable_with, "unknown-item", "item", &written.items, whole),
        ("requires", &item.requires, "unknown-item", "item", &written.items, whole),
    ];
    for (field, ids, rule, noun, known, certain) in fields {
        for (at, id) in ids.iter().enumerate() {
            if let Some(problem) = unknown(rule, noun, id, known, certain) {
                let span = written.place_of(item.source, item.span, &[field, &at.to_string()]);
                report(item, Problem { span, ..problem }, problems);
            }
        }
    }
}

/// Makes the problem of an id that is not among the known ones; none while a file that could hold it is unreadable.
fn unknown(rule: &'static str, noun: &str, id: &Id, known: &BTreeSet<String>, certain: bool) -> Option<Problem> {
    if !certain || known.contains(id.as_str()) {
        return None;
    }
    let problem = Problem::error(rule, Span::default(), format!("no {noun} has the id `{id}`"));
    Some(match nearest(id.as_str(), known.iter().map(String::as_str)) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem,
    })
}

/// Finds the name that a written one most likely stands for.
pub(super) fn nearest<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let scored = known.map(|name| (strsim::damerau_levenshtein(written, name), name));
    let (distance, name) = scored.min()?;
    (distance <= 1 + name.len() / 4).then_some(name)
}

fn report(item: &Item, problem: Problem, problems: &mut Vec<Problem>) {
    let mut cx = Context::new(item.source, problems);
    cx.enter_item(Some(item.id.to_string()));
    cx.report(problem);
}

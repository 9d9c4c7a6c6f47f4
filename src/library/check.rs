//! What ties a deck together: ids used once, and references that lead somewhere.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::SourceFile;
use crate::deck::{Context, Deck, Id, Item, Lesson, MAX_ENTRIES, MAX_PROBLEMS, Node, Place, Places, Problem, Span};

/// Among more names than this the nearest is not looked for: comparing takes longer than the hint is worth.
const MAX_COMPARED: usize = 5_000;

/// What a deck's files say, read or not: a reference to something that was written, but has a problem of its own,
/// is not a second mistake.
pub(super) struct Written<'a> {
    files: &'a [SourceFile],
    nodes: &'a [Option<Node<'a>>],
    items: BTreeSet<String>,
    objectives: BTreeSet<String>,
    sources: BTreeSet<String>,
    whole: bool,
    places: OnceCell<Vec<Places<'a>>>,
}

impl<'a> Written<'a> {
    /// Collects the names in a deck; with problems in it, also the names that could not be read.
    pub fn new(files: &'a [SourceFile], nodes: &'a [Option<Node<'a>>], deck: &Deck, damaged: bool) -> Self {
        let whole = nodes.iter().all(Option::is_some);
        let (items, objectives, sources) = Default::default();
        let mut written = Self { files, nodes, items, objectives, sources, whole, places: OnceCell::new() };
        written.items.extend(deck.items().map(|(_, item)| item.id.to_string()));
        written.sources.extend(deck.head.sources.keys().cloned());
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

    /// Opens again the object that starts at `span`.
    fn reopen(&self, source: usize, span: Span) -> Option<Node<'a>> {
        let text = self.text(source).get(span.start..span.end)?;
        Node::parse_slice(text, span.start).ok()
    }

    fn place_of_id(&self, source: usize, span: Span) -> Span {
        self.reopen(source, span).and_then(|node| node.find(&["id"])).map_or(span, |id| id.span())
    }

    fn head(&self) -> Option<Node<'a>> {
        self.nodes.first().copied().flatten()
    }

    fn shown(&self, source: usize, span: Span) -> String {
        let places = || self.files.iter().map(|file| Places::new(&file.text)).collect();
        let at = self.places.get_or_init(places).get(source).map(|places| places.at(span.start));
        let (name, at) =
            (self.files.get(source).map_or("", |file| &file.name), at.unwrap_or(Place { line: 1, column: 1 }));
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
    let lessons = deck.lessons.iter().map(|l| Use { id: &l.id, source: l.source, span: l.span, is_item: false });
    check_unique(lessons, written, problems);
    let items = deck.items().map(|(_, i)| Use { id: &i.id, source: i.source, span: i.span, is_item: true });
    check_unique(items, written, problems);
    check_retired_ids(deck, written, problems);
    let items = Known::new("unknown-item", "item", written.items.iter(), written.whole);
    let sources = Known::new("unknown-source", "source", written.sources.iter(), true);
    check_heirs(deck, &items, written, problems);
    for lesson in &deck.lessons {
        check_theory(lesson, &sources, written, problems);
        let names = lesson.objectives.iter().map(|objective| &objective.id);
        let mut objectives = Known::new("unknown-objective", "objective of this lesson", names, true);
        objectives.excused = Some(&written.objectives);
        lesson.items.iter().for_each(|item| check_item(item, &items, &sources, &objectives, written, problems));
    }
}

fn check_count(deck: &Deck, problems: &mut Vec<Problem>) {
    if let Some((_, item)) = deck.items().nth(MAX_ENTRIES) {
        let message = format!("a deck holds at most {MAX_ENTRIES} items");
        let problem = Problem::error("too-many-items", item.span, message).hint("split it into several decks");
        Context::new(item.source, problems).report(problem);
    }
}

/// Tells whether further problems would be dropped, so that a hostile deck costs no time once it is known as one.
pub(super) fn is_full(problems: &[Problem]) -> bool {
    problems.len() > MAX_PROBLEMS
}

/// Where an id is given to a lesson or an item.
struct Use<'d> {
    id: &'d Id,
    source: usize,
    span: Span,
    is_item: bool,
}

impl Use<'_> {
    fn report(&self, problem: Problem, problems: &mut Vec<Problem>) {
        let mut cx = Context::new(self.source, problems);
        cx.enter_item(self.is_item.then(|| self.id.to_string()));
        cx.report(problem);
    }
}

fn check_unique<'d>(uses: impl Iterator<Item = Use<'d>>, written: &Written<'_>, problems: &mut Vec<Problem>) {
    let mut first: HashMap<&Id, (Use<'_>, OnceCell<String>)> = HashMap::new();
    for this in uses {
        let Some((other, shown)) = first.get(this.id) else {
            first.insert(this.id, (this, OnceCell::new()));
            continue;
        };
        if is_full(problems) {
            return;
        }
        let shown = shown.get_or_init(|| written.shown(other.source, written.place_of_id(other.source, other.span)));
        let noun = if this.is_item { "item" } else { "lesson" };
        let message = format!("the {noun} id `{}` is used twice in this deck", this.id);
        let problem = Problem::error("duplicate-id", written.place_of_id(this.source, this.span), message);
        this.report(problem.hint(format!("first used at {shown}")), problems);
    }
}

fn check_retired_ids(deck: &Deck, written: &Written<'_>, problems: &mut Vec<Problem>) {
    let retired: BTreeSet<&Id> = deck.head.retired.iter().map(|retired| &retired.id).collect();
    for (_, item) in deck.items().filter(|(_, item)| retired.contains(&item.id)) {
        if is_full(problems) {
            return;
        }
        let message = format!("the item id `{}` is retired", item.id);
        let hint = "give the item a new id: learners' history of the old one would become its own";
        let problem = Problem::error("retired-id", written.place_of_id(item.source, item.span), message).hint(hint);
        Use { id: &item.id, source: item.source, span: item.span, is_item: true }.report(problem, problems);
    }
}

/// Checks who takes over from retired items, and that none is retired twice.
fn check_heirs(deck: &Deck, items: &Known<'_>, written: &Written<'_>, problems: &mut Vec<Problem>) {
    let list = written.head().and_then(|head| head.find(&["retired"])).and_then(|list| list.elements());
    let mut cx = Context::new(0, problems);
    let mut first = BTreeSet::new();
    for (retired, node) in deck.head.retired.iter().zip(list.unwrap_or_default()) {
        let span = |field: &str| node.find(&[field]).unwrap_or(node).span();
        if !first.insert(&retired.id) {
            cx.error("duplicate-id", span("id"), format!("the id `{}` is retired twice", retired.id));
        }
        if let Some(heir) = retired.replaced_by.as_ref().filter(|heir| items.lacks(heir)) {
            cx.report(items.problem(heir, span("replaced_by")));
        }
    }
}

fn check_theory(lesson: &Lesson, sources: &Known<'_>, written: &Written<'_>, problems: &mut Vec<Problem>) {
    if is_full(problems) || !lesson.theory.iter().flat_map(|block| &block.refs).any(|id| sources.lacks(id)) {
        return;
    }
    let theory = written.reopen(lesson.source, lesson.span).and_then(|node| node.find(&["theory"]));
    let blocks = theory.and_then(|theory| theory.elements()).unwrap_or_default();
    let mut cx = Context::new(lesson.source, problems);
    for (at, block) in lesson.theory.iter().enumerate() {
        let refs = || blocks.get(at).and_then(|block| block.find(&["refs"]));
        sources.check(&block.refs, refs, lesson.span, &mut cx);
    }
}

fn check_item(
    item: &Item,
    items: &Known<'_>,
    sources: &Known<'_>,
    objectives: &Known<'_>,
    written: &Written<'_>,
    problems: &mut Vec<Problem>,
) {
    let mut cx = Context::new(item.source, problems);
    let lists = [
        ("objectives", &item.objectives, objectives),
        ("refs", &item.refs, sources),
        ("confusable_with", &item.confusable_with, items),
        ("requires", &item.requires, items),
    ];
    for (field, ids, known) in lists.into_iter().filter(|(_, ids, _)| !ids.is_empty()) {
        cx.enter_item(Some(item.id.to_string()));
        let list = || written.reopen(item.source, item.span).and_then(|node| node.find(&[field]));
        known.check(ids, list, item.span, &mut cx);
    }
}

/// The names that references of one sort may lead to.
struct Known<'k> {
    rule: &'static str,
    noun: &'static str,
    names: BTreeSet<&'k str>,
    excused: Option<&'k BTreeSet<String>>,
    /// Whether a name that is not among them exists nowhere; no file of the deck went unread.
    certain: bool,
}

impl<'k> Known<'k> {
    fn new<S: AsRef<str> + 'k>(
        rule: &'static str,
        noun: &'static str,
        names: impl Iterator<Item = &'k S>,
        certain: bool,
    ) -> Self {
        Self { rule, noun, names: names.map(AsRef::as_ref).collect(), excused: None, certain }
    }

    fn lacks(&self, id: &Id) -> bool {
        let excused = || self.excused.is_some_and(|excused| excused.contains(id.as_str()));
        self.certain && !self.names.contains(id.as_str()) && !excused()
    }

    fn problem(&self, id: &Id, span: Span) -> Problem {
        let problem = Problem::error(self.rule, span, format!("no {} has the id `{id}`", self.noun));
        let names = self.names.iter().copied().filter(|_| self.names.len() <= MAX_COMPARED);
        match nearest(id.as_str(), names) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem,
        }
    }

    /// Reports the ids of a list that lead nowhere, each where `list` has it, or at `whole` where that is unclear.
    fn check<'n>(&self, ids: &[Id], list: impl FnOnce() -> Option<Node<'n>>, whole: Span, cx: &mut Context<'_>) {
        let stray: Vec<usize> = (0..ids.len()).filter(|at| self.lacks(&ids[*at])).collect();
        if stray.is_empty() || cx.is_full() {
            return;
        }
        let nodes = list().and_then(|list| list.elements()).filter(|nodes| nodes.len() == ids.len());
        for at in stray {
            let span = nodes.as_ref().and_then(|nodes| nodes.get(at)).map_or(whole, Node::span);
            cx.report(self.problem(&ids[at], span));
        }
    }
}

/// Finds the name that a written one most likely stands for.
pub fn nearest<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let scored = known.map(|name| (strsim::damerau_levenshtein(written, name), name));
    let (distance, name) = scored.min()?;
    (distance <= 1 + name.len() / 4).then_some(name)
}

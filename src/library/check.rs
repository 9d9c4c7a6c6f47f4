//! What ties a deck together: ids used once, and references that lead somewhere.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::SourceFile;
use super::outline::{ItemOutline, LessonOutline, Name, Outline};
use crate::deck::{Context, MAX_ENTRIES, MAX_PROBLEMS, Node, Place, Places, Problem, Span};

/// Among more names than this the nearest is not looked for: comparing takes longer than the hint is worth.
const MAX_COMPARED: usize = 5_000;

/// The text of a deck, for the places in it.
pub(super) struct Texts<'a> {
    files: &'a [SourceFile],
    places: OnceCell<Vec<Places<'a>>>,
}

impl<'a> Texts<'a> {
    pub fn new(files: &'a [SourceFile]) -> Self {
        Self { files, places: OnceCell::new() }
    }

    /// Opens again the object that starts at `span`.
    fn reopen(&self, source: usize, span: Span) -> Option<Node<'a>> {
        let text = self.files.get(source)?.text.get(span.start..span.end)?;
        Node::parse_slice(text, span.start).ok()
    }

    fn place_of_id(&self, source: usize, span: Span) -> Span {
        self.reopen(source, span).and_then(|node| node.find(&["id"])).map_or(span, |id| id.span())
    }

    fn shown(&self, source: usize, span: Span) -> String {
        let places = || self.files.iter().map(|file| Places::new(&file.text)).collect();
        let at = self.places.get_or_init(places).get(source).map(|places| places.at(span.start));
        let (name, at) =
            (self.files.get(source).map_or("", |file| &file.name), at.unwrap_or(Place { line: 1, column: 1 }));
        format!("{name}:{}:{}", at.line, at.column)
    }
}

/// Reports every id used twice and every reference that leads nowhere.
pub(super) fn check(outline: &Outline<'_>, texts: &Texts<'_>, problems: &mut Vec<Problem>) {
    check_count(outline, problems);
    let lessons = outline.lessons.iter().map(|l| Use { id: &l.id, source: l.source, span: l.span, is_item: false });
    check_unique(lessons, texts, problems);
    check_unique(outline.items().map(Use::of_item), texts, problems);
    check_retired_ids(outline, texts, problems);
    let items = outline.items().map(|item| &item.id);
    let items = Known::new("unknown-item", "item", items, outline.whole);
    let sources = Known::new("unknown-source", "source", outline.sources.iter(), outline.has_head);
    check_heirs(outline, &items, problems);
    for lesson in &outline.lessons {
        check_theory(lesson, &sources, texts, problems);
        let objectives = Known::new("unknown-objective", "objective of this lesson", lesson.objectives.iter(), true);
        lesson.items.iter().for_each(|item| check_item(item, &items, &sources, &objectives, texts, problems));
    }
}

fn check_count(outline: &Outline<'_>, problems: &mut Vec<Problem>) {
    if let Some(item) = outline.items().nth(MAX_ENTRIES) {
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
    id: &'d str,
    source: usize,
    span: Span,
    is_item: bool,
}

impl<'d> Use<'d> {
    fn of_item(item: &'d ItemOutline<'_>) -> Self {
        Self { id: &item.id, source: item.source, span: item.span, is_item: true }
    }

    fn report(&self, problem: Problem, problems: &mut Vec<Problem>) {
        let mut cx = Context::new(self.source, problems);
        cx.enter_item(self.is_item.then(|| self.id.to_string()));
        cx.report(problem);
    }
}

fn check_unique<'d>(uses: impl Iterator<Item = Use<'d>>, texts: &Texts<'_>, problems: &mut Vec<Problem>) {
    let mut first: HashMap<&str, (Use<'_>, OnceCell<String>)> = HashMap::new();
    for this in uses.filter(|this| !this.id.is_empty()) {
        let Some((other, shown)) = first.get(this.id) else {
            first.insert(this.id, (this, OnceCell::new()));
            continue;
        };
        if is_full(problems) {
            return;
        }
        let shown = shown.get_or_init(|| texts.shown(other.source, texts.place_of_id(other.source, other.span)));
        let noun = if this.is_item { "item" } else { "lesson" };
        let message = format!("the {noun} id `{}` is used twice in this deck", this.id);
        let problem = Problem::error("duplicate-id", texts.place_of_id(this.source, this.span), message);
        this.report(problem.hint(format!("first used at {shown}")), problems);
    }
}

fn check_retired_ids(outline: &Outline<'_>, texts: &Texts<'_>, problems: &mut Vec<Problem>) {
    let retired: BTreeSet<&str> =
        outline.retired.iter().map(|retired| &*retired.id).filter(|id| !id.is_empty()).collect();
    for item in outline.items().filter(|item| retired.contains(&*item.id)) {
        if is_full(problems) {
            return;
        }
        let message = format!("the item id `{}` is retired", item.id);
        let hint = "give the item a new id: learners' history of the old one would become its own";
        let problem = Problem::error("retired-id", texts.place_of_id(item.source, item.span), message).hint(hint);
        Use::of_item(item).report(problem, problems);
    }
}

/// Checks who takes over from retired items, a retired one perhaps in its turn, and that none is retired twice.
fn check_heirs(outline: &Outline<'_>, items: &Known<'_>, problems: &mut Vec<Problem>) {
    let mut cx = Context::new(0, problems);
    let mut heirs: HashMap<&str, Option<&str>> = HashMap::new();
    for retired in &outline.retired {
        let heir = retired.heir.as_ref().map(|(heir, _)| &**heir);
        if heirs.insert(&retired.id, heir).is_some() && !retired.id.is_empty() {
            let message = format!("the id `{}` is retired twice", retired.id);
            cx.report(Problem::error("duplicate-id", retired.span, message).hint("keep one of them"));
        }
    }
    for (heir, span) in outline.retired.iter().filter_map(|retired| retired.heir.as_ref()) {
        let mut chain = std::iter::successors(Some(&**heir), |id| heirs.get(id).copied().flatten());
        if items.lacks(heir) && !heirs.contains_key(&**heir) {
            cx.report(items.problem(heir, *span));
        } else if chain.nth(heirs.len()).is_some() {
            let problem = Problem::error("unknown-item", *span, "the ids replace each other in a circle");
            cx.report(problem.hint("let one of them be replaced by an item that the deck has"));
        }
    }
}

fn check_theory(lesson: &LessonOutline<'_>, sources: &Known<'_>, texts: &Texts<'_>, problems: &mut Vec<Problem>) {
    if is_full(problems) || !lesson.theory.iter().flatten().any(|id| sources.lacks(id)) {
        return;
    }
    let theory = texts.reopen(lesson.source, lesson.span).and_then(|node| node.find(&["theory"]));
    let blocks = theory.and_then(|theory| theory.elements()).unwrap_or_default();
    let mut cx = Context::new(lesson.source, problems);
    for (at, refs) in lesson.theory.iter().enumerate() {
        let list = || blocks.get(at).and_then(|block| block.find(&["refs"]));
        sources.check(refs, list, lesson.span, &mut cx);
    }
}

fn check_item(
    item: &ItemOutline<'_>,
    items: &Known<'_>,
    sources: &Known<'_>,
    objectives: &Known<'_>,
    texts: &Texts<'_>,
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
        cx.enter_item(Some(item.id.to_string()).filter(|id| !id.is_empty()));
        let list = || texts.reopen(item.source, item.span).and_then(|node| node.find(&[field]));
        known.check(ids, list, item.span, &mut cx);
    }
}

/// The names that references of one sort may lead to.
struct Known<'k> {
    rule: &'static str,
    noun: &'static str,
    names: BTreeSet<&'k str>,
    /// Whether a name that is not among them exists nowhere; no file of the deck went unread.
    certain: bool,
}

impl<'k> Known<'k> {
    fn new(rule: &'static str, noun: &'static str, names: impl Iterator<Item = &'k Name<'k>>, certain: bool) -> Self {
        Self { rule, noun, names: names.map(AsRef::as_ref).filter(|name| !name.is_empty()).collect(), certain }
    }

    /// Tells whether a name exists nowhere; what is no id at all is not missed as well.
    fn lacks(&self, id: &str) -> bool {
        self.certain && !id.is_empty() && !self.names.contains(id)
    }

    fn problem(&self, id: &str, span: Span) -> Problem {
        let problem = Problem::error(self.rule, span, format!("no {} has the id `{id}`", self.noun));
        let names = self.names.iter().copied().filter(|_| self.names.len() <= MAX_COMPARED);
        match nearest(id, names) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(self.remedy()),
        }
    }

    fn remedy(&self) -> &'static str {
        match self.rule {
            "unknown-source" => "add it to the deck's `sources`, or remove the reference",
            "unknown-objective" => "add it to the `objectives` of the lesson, or remove the reference",
            _ => "write that item, or remove the reference",
        }
    }

    /// Reports the ids of a list that lead nowhere, each where `list` has it, or at `whole` where that is unclear.
    fn check<'n>(&self, ids: &[Name<'_>], list: impl FnOnce() -> Option<Node<'n>>, whole: Span, cx: &mut Context<'_>) {
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

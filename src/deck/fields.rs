//! Reading an object field by field, so that every problem in it is found, each at its own place.

use std::collections::HashSet;

use super::node::MAX_MEMBERS;
use super::values::{null, wrong_type, wrong_type_with};
use super::{Node, Problem, Shape, Span};

/// The most entries one list may hold; it is also the most items a deck may hold.
pub const MAX_ENTRIES: usize = 200_000;

/// The most problems that are kept for one deck; a hostile deck could have one a byte.
pub const MAX_PROBLEMS: usize = 1_000;

/// Up to here a doubled key is found by looking at the others in turn.
const FEW_MEMBERS: usize = 32;

/// Where problems go while a file is read: which file, and which item.
#[derive(Debug)]
pub struct Context<'p> {
    source: usize,
    item: Option<String>,
    problems: &'p mut Vec<Problem>,
}

impl<'p> Context<'p> {
    /// Starts reading source number `source`.
    pub fn new(source: usize, problems: &'p mut Vec<Problem>) -> Self {
        Self { source, item: None, problems }
    }

    /// Names the item that the next problems belong to, as its author wrote it.
    pub fn enter_item(&mut self, id: Option<String>) {
        self.item = id;
    }

    /// Gives the number of the source that is being read.
    pub fn source(&self) -> usize {
        self.source
    }

    /// Tells whether so much is wrong that further problems are dropped.
    pub fn is_full(&self) -> bool {
        self.problems.len() > MAX_PROBLEMS
    }

    /// Notes a problem, with the file and item at hand; past [`MAX_PROBLEMS`], one last that says so.
    pub fn report(&mut self, mut problem: Problem) {
        if self.is_full() {
            return;
        }
        if self.problems.len() == MAX_PROBLEMS {
            let message = format!("more than {MAX_PROBLEMS} problems; those from here on are left out");
            problem = Problem::error("too-many-problems", problem.span, message);
        }
        problem.source = self.source;
        problem.item.clone_from(&self.item);
        self.problems.push(problem);
    }

    /// Counts the problems so far.
    pub fn count(&self) -> usize {
        self.problems.len()
    }

    /// Notes an error without a hint.
    pub fn error(&mut self, rule: &'static str, span: Span, message: impl Into<String>) {
        self.report(Problem::error(rule, span, message));
    }
}

/// Made from one JSON value; problems are reported, not returned.
pub trait FromNode: Sized {
    /// Names what is expected, with its article, for messages.
    const EXPECTED: &'static str;

    /// Whether a text can stand for it: in a list of such, a text alone is its one entry.
    const TEXT: bool = false;

    /// Reads the value, or reports what is wrong with it.
    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self>;
}

/// An object whose members are taken one by one; what is left over at the end is unknown.
#[derive(Debug)]
pub struct Fields<'a> {
    span: Span,
    members: Vec<(String, Node<'a>, Node<'a>)>,
    known: Vec<&'static str>,
    missing: Vec<(&'static str, &'static str)>,
}

impl<'a> Fields<'a> {
    /// Opens an object; reports anything else, and doubled keys.
    pub fn open(node: &Node<'a>, cx: &mut Context<'_>) -> Option<Self> {
        let Some(pairs) = node.members().filter(|_| node.shape() == Shape::Object) else {
            wrong_type(node, Shape::Object, cx);
            return None;
        };
        if let Some((key, _)) = pairs.get(MAX_MEMBERS) {
            cx.error("too-many-keys", key.span(), format!("an object holds at most {MAX_MEMBERS} keys"));
            return None;
        }
        Some(Self { span: node.span(), members: distinct(pairs, cx), known: Vec::new(), missing: Vec::new() })
    }

    /// Opens the object that a whole file is.
    pub fn open_file(node: &Node<'a>, format: &str, cx: &mut Context<'_>) -> Option<Self> {
        if node.shape() == Shape::Object {
            return Self::open(node, cx);
        }
        let all = format!("{{\"format\": {format:?}, \"version\": 1, \"id\": ..., \"items\": [ ... ]}}");
        wrong_type_with(node, Shape::Object, Some(format!("the file is one object: {all}")), cx);
        None
    }

    /// Gives the members that were not taken: their names, their keys as written, their values.
    pub fn into_members(self) -> Vec<(String, Node<'a>, Node<'a>)> {
        self.members
    }

    /// Gives the place of the whole object.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Takes a member as it stands.
    pub fn take(&mut self, name: &'static str) -> Option<Node<'a>> {
        self.known.push(name);
        let at = self.members.iter().position(|(n, ..)| n == name)?;
        Some(self.members.remove(at).2)
    }

    /// Takes a member that must be there.
    pub fn required<T: FromNode>(&mut self, name: &'static str, cx: &mut Context<'_>) -> Option<T> {
        self.required_at(name, cx).map(|(_, value)| value)
    }

    /// Takes a member that must be there, and its node, for rules that point inside it.
    pub fn required_at<T: FromNode>(&mut self, name: &'static str, cx: &mut Context<'_>) -> Option<(Node<'a>, T)> {
        match self.take(name) {
            Some(node) if node.shape() == Shape::Null => {
                null(&node, T::EXPECTED, format!("write {} in its place", T::EXPECTED), cx);
                None
            }
            Some(node) => T::from_node(&node, cx).map(|value| (node, value)),
            None => {
                self.missing.push((name, T::EXPECTED));
                None
            }
        }
    }

    /// Takes a member that may be absent.
    pub fn optional<T: FromNode>(&mut self, name: &'static str, cx: &mut Context<'_>) -> Option<T> {
        self.take(name).and_then(|node| T::from_node(&node, cx))
    }

    /// Takes a member that may be absent, and its node, for rules that point inside it.
    pub fn optional_at<T: FromNode>(&mut self, name: &'static str, cx: &mut Context<'_>) -> Option<(Node<'a>, T)> {
        let node = self.take(name)?;
        T::from_node(&node, cx).map(|value| (node, value))
    }

    /// Takes a list that may be absent, which is the same as empty.
    pub fn list<T: FromNode>(&mut self, name: &'static str, cx: &mut Context<'_>) -> Vec<T> {
        self.optional(name, cx).unwrap_or_default()
    }

    /// Reports what is missing, and every member that nobody asked for, but `x-...`, with the nearest known name.
    pub fn close(mut self, cx: &mut Context<'_>) {
        self.report_missing(cx);
        for (name, key, _) in &self.members {
            if !name.starts_with("x-") {
                let problem = Problem::error("unknown-field", key.span(), format!("unknown field {name:?}"));
                cx.report(problem.hint(self.advice(name)));
            }
        }
    }

    /// Stops reading: what was missed so far is reported, but nobody can tell which other members are unknown.
    pub fn abandon(mut self, cx: &mut Context<'_>) {
        self.report_missing(cx);
    }

    /// Only once all known members are taken, a member left over can be the misspelt name of a missing one.
    fn report_missing(&mut self, cx: &mut Context<'_>) {
        for (name, expected) in std::mem::take(&mut self.missing) {
            let typo = self.members.iter().position(|(n, ..)| !n.starts_with("x-") && is_near(n, name));
            if let Some(at) = typo {
                let (written, key, _) = self.members.remove(at);
                let message = format!("unknown field {written:?}");
                cx.report(Problem::error("unknown-field", key.span(), message).hint(format!("did you mean `{name}`?")));
                continue;
            }
            let open = Span { start: self.span.start, end: self.span.start + 1 };
            let problem = Problem::error("missing-field", open, format!("the field `{name}` is missing"));
            cx.report(problem.hint(format!("add \"{name}\": {expected}")));
        }
    }

    fn advice(&self, name: &str) -> String {
        let near = self.known.iter().map(|k| (strsim::damerau_levenshtein(k, name), k)).min();
        match near {
            Some((_, known)) if is_near(name, known) => format!("did you mean `{known}`?"),
            _ => "remove it, or start its name with `x-` to keep it as your own".to_owned(),
        }
    }
}

fn is_near(written: &str, known: &str) -> bool {
    strsim::damerau_levenshtein(written, known) <= 1 + known.len() / 4
}

/// Decodes the keys; reports those that are no text or stand twice.
fn distinct<'a>(pairs: Vec<(Node<'a>, Node<'a>)>, cx: &mut Context<'_>) -> Vec<(String, Node<'a>, Node<'a>)> {
    let many = pairs.len() > FEW_MEMBERS;
    let mut seen = HashSet::new();
    let mut members: Vec<(String, Node<'a>, Node<'a>)> = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        let Some(name) = key.string() else {
            cx.error("bad-string", key.span(), "the key is not valid Unicode");
            continue;
        };
        let doubled = if many { !seen.insert(name.clone()) } else { members.iter().any(|(known, ..)| *known == name) };
        if doubled {
            let problem = Problem::error("duplicate-key", key.span(), format!("key {name:?} is given twice"));
            cx.report(problem.hint("keep one of them"));
        } else {
            members.push((name, key, value));
        }
    }
    members
}

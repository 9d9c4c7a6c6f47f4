//! Reading an object field by field, so that every problem in it is found, each at its own place.

use std::collections::HashSet;

use super::names::{is_near, meant};
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
    /// Those of them that are there, under their own names or others.
    given: Vec<&'static str>,
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
        Some(Self {
            span: node.span(),
            members: distinct(pairs, cx),
            known: Vec::new(),
            given: Vec::new(),
            missing: Vec::new(),
        })
    }

    /// Makes an object without members, to see which ones a reader asks for.
    pub(super) fn none() -> Self {
        let (known, given, missing) = Default::default();
        Self { span: Span::default(), members: Vec::new(), known, given, missing }
    }

    /// Lists the names that were asked for.
    pub(super) fn known(&self) -> &[&'static str] {
        &self.known
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
        self.given.push(name);
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

    /// Reports what is missing, and every member that nobody asked for, but `x-...`, with the name that was probably
    /// meant.
    pub fn close(self, cx: &mut Context<'_>) {
        self.close_with(|_| None, cx);
    }

    /// Does the same; `elsewhere` says of a name where else it is a field, in place of the advice to remove it.
    pub(super) fn close_with(mut self, elsewhere: impl Fn(&str) -> Option<String>, cx: &mut Context<'_>) {
        self.report_missing(cx);
        for (name, key, _) in &self.members {
            if !name.starts_with("x-") {
                let hint = self.probably(name).or_else(|| elsewhere(name));
                let hint =
                    hint.unwrap_or_else(|| "remove it, or start its name with `x-` to keep it as your own".into());
                cx.report(unknown(name, key).hint(hint));
            }
        }
    }

    /// Stops reading: what was missed so far is reported, but nobody can tell which other members are unknown.
    pub fn abandon(mut self, cx: &mut Context<'_>) {
        self.report_missing(cx);
    }

    /// Only once all known members are taken, a member left over can be another name of a missing one.
    fn report_missing(&mut self, cx: &mut Context<'_>) {
        for (name, expected) in std::mem::take(&mut self.missing) {
            if !self.takes_for(name, cx) {
                let open = Span { start: self.span.start, end: self.span.start + 1 };
                let problem = Problem::error("missing-field", open, format!("the field `{name}` is missing"));
                cx.report(problem.hint(format!("add \"{name}\": {expected}")));
            }
        }
    }

    /// Reports a member left over that is there in place of a missing one, and tells whether there was such a member.
    pub(super) fn takes_for(&mut self, name: &'static str, cx: &mut Context<'_>) -> bool {
        let own = |written: &str| written.starts_with("x-");
        let slip = self.members.iter().position(|(written, ..)| !own(written) && is_near(written, name));
        let other = || self.members.iter().position(|(written, ..)| self.meant(written) == Some(name));
        let Some(at) = slip.or_else(other) else { return false };
        let (written, key, _) = self.members.remove(at);
        self.given.push(name);
        cx.report(unknown(&written, &key).hint(did_you_mean(name)));
        true
    }

    /// Finds the field of this object, not given yet, that a name from elsewhere means.
    fn meant(&self, written: &str) -> Option<&'static str> {
        meant(written).iter().copied().find(|name| self.known.contains(name) && !self.given.contains(name))
    }

    /// Guesses which field an unknown name stands for.
    fn probably(&self, name: &str) -> Option<String> {
        let near = self.known.iter().map(|known| (strsim::damerau_levenshtein(known, name), *known)).min();
        let near = near.map(|(_, known)| known).filter(|known| is_near(name, known));
        near.or_else(|| self.meant(name)).map(did_you_mean)
    }
}

fn unknown(name: &str, key: &Node<'_>) -> Problem {
    Problem::error("unknown-field", key.span(), format!("unknown field {name:?}"))
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
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

//! Choice items: pick one option, or several.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Context, Fields, FromNode, Id, Node, Problem, Span, Text};

/// A question with options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The question.
    pub prompt: Text,
    /// What can be picked.
    pub options: Vec<ChoiceOption>,
    /// Whether several may be picked.
    pub multi: bool,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceOption {
    /// Unique in its item.
    pub id: Id,
    /// What is shown.
    pub text: Text,
    /// Whether picking it is right.
    pub correct: bool,
    /// Shown after it was picked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Text>,
}

impl Choice {
    /// Gives the ids of the right options.
    pub fn key(&self) -> impl Iterator<Item = &Id> {
        self.options.iter().filter(|option| option.correct).map(|option| &option.id)
    }

    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let before = cx.count();
        let options: Option<(Node<'_>, Vec<ChoiceOption>)> = fields.required_at("options", cx);
        let clear = cx.count() == before;
        let multi = fields.optional("multi", cx).unwrap_or(false);
        let (node, options) = options?;
        let choice = Self { prompt: prompt?, options, multi };
        choice.check(&node, clear, cx);
        Some(choice)
    }

    /// Holds the options to each other; `clear` tells that none has a problem of its own, which could be its mark.
    fn check(&self, node: &Node<'_>, clear: bool, cx: &mut Context<'_>) {
        unique_ids(self.options.iter().map(|option| &option.id), node, cx);
        at_least(2, "option", &self.options, node, cx);
        if !is_whole(&self.options, node) || self.options.is_empty() {
            return;
        }
        let right = self.key().count();
        if right == 0 && clear {
            let problem = Problem::error("no-key", node.span(), "no option is marked as correct");
            cx.report(problem.hint("add \"correct\": true to the right one"));
        } else if right > 1 && !self.multi {
            let problem = Problem::error("many-keys", node.span(), format!("{right} options are marked as correct"));
            cx.report(problem.hint("mark one, or add \"multi\": true to the item"));
        }
    }
}

impl FromNode for ChoiceOption {
    const EXPECTED: &'static str = "an option";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, text) = (fields.required("id", cx), fields.required("text", cx));
        let correct = fields.optional("correct", cx).unwrap_or(false);
        let feedback = fields.optional("feedback", cx);
        fields.close(cx);
        Some(Self { id: id?, text: text?, correct, feedback })
    }
}

/// Reports ids that stand twice in one list, at each use but the first.
pub(super) fn unique_ids<'i>(ids: impl Iterator<Item = &'i Id>, node: &Node<'_>, cx: &mut Context<'_>) {
    let mut seen = BTreeSet::new();
    let doubled: BTreeSet<&str> = ids.filter(|id| !seen.insert(*id)).map(Id::as_str).collect();
    if doubled.is_empty() {
        return;
    }
    let (mut used, mut told) = (BTreeSet::new(), BTreeSet::new());
    node.each_element(|element| {
        let written = element.find(&["id"]);
        let name = written.and_then(|id| id.string());
        if let (Some(id), Some(name)) = (written, name.filter(|name| doubled.contains(name.as_str())))
            && !used.insert(name.clone())
        {
            cx.report(doubled_id(&name, id.span()));
            told.insert(name);
        }
        true
    });
    // The other use can stand in a neighbouring list, as the extra steps of an order do.
    for name in doubled.iter().filter(|name| !told.contains(**name)) {
        cx.report(doubled_id(name, node.span()));
    }
}

fn doubled_id(name: &str, span: Span) -> Problem {
    let problem = Problem::error("duplicate-id", span, format!("the id `{name}` is used twice here"));
    problem.hint("give each an id of its own")
}

/// Reports a list with too few entries; those that have problems of their own count.
pub(super) fn at_least<T>(least: usize, noun: &str, list: &[T], node: &Node<'_>, cx: &mut Context<'_>) {
    let found = if list.len() < least { node.count_up_to(least) } else { least };
    if found < least {
        let plural = if least == 1 { "" } else { "s" };
        cx.error("too-few", node.span(), format!("expected at least {least} {noun}{plural}, found {found}"));
    }
}

/// Tells whether every entry of a list could be read: rules between entries wait for that.
pub(super) fn is_whole<T>(list: &[T], node: &Node<'_>) -> bool {
    node.count_up_to(list.len() + 1) == list.len()
}

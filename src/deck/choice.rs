//! Choice items: pick one option, or several.

use serde::Serialize;

use super::fields::{FromNode, wrong_type};
use super::{Context, Fields, Id, Node, Problem, Text};

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
        let options: Option<(Node<'_>, Vec<ChoiceOption>)> = fields.required_at("options", cx);
        let multi = fields.optional("multi", cx).unwrap_or(false);
        let (node, options) = options?;
        let choice = Self { prompt: prompt?, options, multi };
        choice.check(&node, cx);
        Some(choice)
    }

    fn check(&self, node: &Node<'_>, cx: &mut Context<'_>) {
        unique_ids(self.options.iter().map(|option| &option.id), node, cx);
        if self.options.len() < 2 && node.elements().is_some_and(|all| all.len() < 2) {
            cx.error("too-few-options", node.span(), "a choice needs at least two options");
        }
        let right = self.key().count();
        if right == 0 {
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

/// Reports ids that stand twice in one list.
pub(super) fn unique_ids<'i>(ids: impl Iterator<Item = &'i Id>, node: &Node<'_>, cx: &mut Context<'_>) {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            let span = second_use(node, id).unwrap_or_else(|| node.span());
            cx.error("duplicate-id", span, format!("the id `{id}` is used twice here"));
        }
    }
}

fn second_use(list: &Node<'_>, id: &Id) -> Option<super::Span> {
    let ids = list.elements()?.into_iter().filter_map(|element| element.find(&["id"]));
    ids.filter(|node| node.string().as_deref() == Some(id.as_str())).nth(1).map(|node| node.span())
}

/// Reports an empty list.
pub(super) fn not_empty<T>(list: &[T], node: &Node<'_>, what: &str, cx: &mut Context<'_>) {
    if list.is_empty() && !node.has_elements() {
        wrong_type(node, what, cx);
    }
}

//! Order items: put steps into sequence, and leave out those that do not belong.

use std::collections::BTreeMap;

use serde::Serialize;

use super::choice::{at_least, is_whole, unique_ids};
use super::{Context, Fields, FromNode, Id, Node, Problem, Text};

/// Steps to put into sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Order {
    /// The question.
    pub prompt: Text,
    /// The steps in their right sequence.
    pub steps: Vec<OrderStep>,
    /// Where the sequence is only partial: step id -> ids that it must come before. Empty means the one sequence of
    /// `steps` counts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub before: BTreeMap<String, Vec<Id>>,
    /// Steps that do not belong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<OrderStep>,
}

/// One step of an order item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderStep {
    /// Unique in its item.
    pub id: Id,
    /// What is shown.
    pub text: Text,
    /// Why it stands where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
    /// Shown when it was placed wrongly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Text>,
}

impl Order {
    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let steps: Option<(Node<'_>, Vec<OrderStep>)> = fields.required_at("steps", cx);
        let before = fields.take("before");
        let extra: Vec<OrderStep> = fields.list("extra", cx);
        let (node, steps) = steps?;
        at_least(2, "step", &steps, &node, cx);
        unique_ids(steps.iter().chain(&extra).map(|step| &step.id), &node, cx);
        let known = is_whole(&steps, &node).then_some(steps.as_slice());
        let before = before.and_then(|before| read_before(&before, known, cx)).unwrap_or_default();
        Some(Self { prompt: prompt?, steps, before, extra })
    }

    /// Lists the pairs (earlier, later) that count: those of `before`, or all pairs of the sequence.
    pub fn pairs(&self) -> Vec<(&Id, &Id)> {
        if self.before.is_empty() {
            let later = |at: usize| self.steps[at + 1..].iter().map(move |step| (&self.steps[at].id, &step.id));
            return (0..self.steps.len()).flat_map(later).collect();
        }
        let id = |name: &str| self.steps.iter().map(|step| &step.id).find(|id| id.as_str() == name);
        let pairs = self.before.iter().filter_map(|(first, rest)| id(first).map(|first| (first, rest)));
        pairs.flat_map(|(first, rest)| rest.iter().map(move |later| (first, later))).collect()
    }
}

/// Reads `before`, and holds it to the steps unless one of those has problems of its own.
fn read_before(
    node: &Node<'_>,
    steps: Option<&[OrderStep]>,
    cx: &mut Context<'_>,
) -> Option<BTreeMap<String, Vec<Id>>> {
    let before: BTreeMap<String, Vec<Id>> = BTreeMap::from_node(node, cx)?;
    let known = |name: &str| steps.is_none_or(|steps| steps.iter().any(|step| step.id.as_str() == name));
    let named = before.keys().map(String::as_str).chain(before.values().flatten().map(Id::as_str));
    for name in named.filter(|name| !known(name)) {
        let problem = Problem::error("unknown-step", node.span(), format!("`before` names the step {name:?}"));
        cx.report(problem.hint("it takes ids of `steps`"));
    }
    Some(before)
}

impl FromNode for OrderStep {
    const EXPECTED: &'static str = "a step";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, text) = (fields.required("id", cx), fields.required("text", cx));
        let (why, feedback) = (fields.optional("why", cx), fields.optional("feedback", cx));
        fields.close(cx);
        Some(Self { id: id?, text: text?, why, feedback })
    }
}

//! Order items: put steps into sequence, and leave out those that do not belong.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::choice::{at_least, is_whole, unique_ids};
use super::{Context, Fields, FromNode, Id, Node, Problem, Text};

/// The most steps an order may have, those that do not belong included: each is compared with each.
const MAX_STEPS: usize = 200;

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
        if steps.len() + extra.len() > MAX_STEPS {
            let message = format!("an order holds at most {MAX_STEPS} steps");
            cx.report(Problem::error("too-many-items", node.span(), message).hint("split it into several items"));
            return None;
        }
        unique_ids(steps.iter().chain(&extra).map(|step| &step.id), &node, cx);
        let known = is_whole(&steps, &node).then_some(steps.as_slice());
        let before = before.and_then(|before| read_before(&before, known, cx)).unwrap_or_default();
        Some(Self { prompt: prompt?, steps, before, extra })
    }

    /// Lists the pairs (earlier, later) that count: those of `before` with all that follows from them, or all pairs of
    /// the sequence.
    pub fn pairs(&self) -> Vec<(&Id, &Id)> {
        if self.before.is_empty() {
            let later = |at: usize| self.steps[at + 1..].iter().map(move |step| (&self.steps[at].id, &step.id));
            return (0..self.steps.len()).flat_map(later).collect();
        }
        let ids = || self.steps.iter().map(|step| &step.id);
        let after = |first: &'_ Id| after(&self.before, first);
        ids()
            .flat_map(|first| {
                let after = after(first);
                ids().filter(move |later| after.contains(later.as_str())).map(move |later| (first, later))
            })
            .collect()
    }
}

/// Lists the steps that come after one, at once or in the end.
fn after<'b>(before: &'b BTreeMap<String, Vec<Id>>, first: &Id) -> BTreeSet<&'b str> {
    let direct = |id: &str| before.get(id).into_iter().flatten().map(Id::as_str);
    let (mut found, mut open): (BTreeSet<&str>, Vec<&str>) = (BTreeSet::new(), direct(first.as_str()).collect());
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(direct(id));
        }
    }
    found
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
    check_sequence(node, &before, steps.unwrap_or_default(), cx);
    Some(before)
}

/// Checks that the sequence of the steps, which is shown as the right one, keeps to `before`.
fn check_sequence(node: &Node<'_>, before: &BTreeMap<String, Vec<Id>>, steps: &[OrderStep], cx: &mut Context<'_>) {
    for (at, step) in steps.iter().enumerate() {
        let after = after(before, &step.id);
        if let Some(early) = steps[..=at].iter().find(|early| after.contains(early.id.as_str())) {
            let (first, later) = (&step.id, &early.id);
            let message = format!("`before` puts `{first}` before `{later}`, which `steps` has first");
            let problem = Problem::error("before-differs", node.span(), message);
            cx.report(problem.hint("list `steps` in an order that is right; no step comes before itself"));
        }
    }
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

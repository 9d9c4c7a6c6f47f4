//! Checklist items: walk through something aloud and tick what was covered.

use serde::Serialize;

use super::choice::{at_least, unique_ids};
use super::{Context, Fields, FromNode, Id, Node, Text};

/// Steps to tick, judged by the learner; never counted as mastery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checklist {
    /// What to do.
    pub prompt: Text,
    /// What to tick.
    pub steps: Vec<ChecklistStep>,
}

/// One thing to cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChecklistStep {
    /// Unique in its item.
    pub id: Id,
    /// What to cover.
    pub text: Text,
    /// What a good coverage mentions.
    pub look_for: Text,
}

impl Checklist {
    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let steps: Option<(Node<'_>, Vec<ChecklistStep>)> = fields.required_at("steps", cx);
        let (node, steps) = steps?;
        at_least(1, "step", &steps, &node, cx);
        unique_ids(steps.iter().map(|step| &step.id), &node, cx);
        Some(Self { prompt: prompt?, steps })
    }
}

impl FromNode for ChecklistStep {
    const EXPECTED: &'static str = "a step";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let id = fields.required("id", cx);
        let (text, look_for) = (fields.required("text", cx), fields.required("look_for", cx));
        fields.close(cx);
        Some(Self { id: id?, text: text?, look_for: look_for? })
    }
}

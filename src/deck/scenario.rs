//! Scenario items: a failure lab, step by step.

use serde::Serialize;

use super::choice::{at_least, unique_ids};
use super::values::one_of;
use super::{Choice, Context, Fields, FromNode, Id, Node, Rubric, Stimulus, Text, Typed};

/// A story told in steps, each with its question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// Where the story starts.
    pub prompt: Text,
    /// Its questions.
    pub steps: Vec<ScenarioStep>,
    /// What to take away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debrief: Option<Text>,
}

/// One step of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioStep {
    /// Unique in its item.
    pub id: Id,
    /// What is shown before the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stimulus: Vec<Stimulus>,
    /// The question.
    #[serde(flatten)]
    pub ask: Ask,
    /// Shown after the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Text>,
}

/// What a step asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
pub enum Ask {
    /// Pick an option.
    Choice(Choice),
    /// Type a short answer.
    Typed(Typed),
    /// Answer in your own words.
    Open {
        /// The question.
        prompt: Text,
        /// A model answer.
        answer: Text,
        /// What a good answer covers.
        rubric: Rubric,
    },
}

impl Ask {
    /// Gives the question.
    pub fn prompt(&self) -> &Text {
        match self {
            Self::Choice(choice) => &choice.prompt,
            Self::Typed(typed) => &typed.prompt,
            Self::Open { prompt, .. } => prompt,
        }
    }
}

#[derive(Clone, Copy)]
enum AskName {
    Choice,
    Typed,
    Open,
}

impl Scenario {
    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let steps: Option<(Node<'_>, Vec<ScenarioStep>)> = fields.required_at("steps", cx);
        let debrief = fields.optional("debrief", cx);
        let (node, steps) = steps?;
        at_least(1, "step", &steps, &node, cx);
        unique_ids(steps.iter().map(|step| &step.id), &node, cx);
        Some(Self { prompt: prompt?, steps, debrief })
    }
}

impl FromNode for AskName {
    const EXPECTED: &'static str = "choice, typed or open";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let words = [("choice", Self::Choice), ("typed", Self::Typed), ("open", Self::Open)];
        one_of(node, &words, "unknown-ask", cx)
    }
}

impl FromNode for ScenarioStep {
    const EXPECTED: &'static str = "a step";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let id = fields.required("id", cx);
        let (stimulus, explanation) = (fields.list("stimulus", cx), fields.optional("explanation", cx));
        let Some(name) = fields.required::<AskName>("ask", cx) else {
            fields.abandon(cx);
            return None;
        };
        let ask = match name {
            AskName::Choice => Choice::read(&mut fields, cx).map(Ask::Choice),
            AskName::Typed => Typed::read(&mut fields, cx).map(Ask::Typed),
            AskName::Open => read_open(&mut fields, cx),
        };
        fields.close(cx);
        Some(Self { id: id?, stimulus, ask: ask?, explanation })
    }
}

fn read_open(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Ask> {
    let (prompt, answer) = (fields.required("prompt", cx), fields.required("answer", cx));
    let rubric = fields.required("rubric", cx);
    Some(Ask::Open { prompt: prompt?, answer: answer?, rubric: rubric? })
}

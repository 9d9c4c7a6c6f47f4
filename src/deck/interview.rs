//! Interview items: an open question with a rubric, a tier and a senior angle.

use serde::Serialize;

use super::{Context, Fields, FromNode, Node, Rubric, Text};

/// An open question, marked against key points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Interview {
    /// The question.
    pub prompt: Text,
    /// A model answer.
    pub answer: Text,
    /// What a good answer covers.
    pub rubric: Rubric,
    /// How a senior engineer would put it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub senior_angle: Option<Text>,
    /// What an interviewer asks next.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follow_ups: Vec<FollowUp>,
}

/// A further question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUp {
    /// The question.
    pub prompt: Text,
    /// Its answer.
    pub answer: Text,
}

impl Interview {
    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let (prompt, answer) = (fields.required("prompt", cx), fields.required("answer", cx));
        let rubric = fields.required("rubric", cx);
        let senior_angle = fields.optional("senior_angle", cx);
        let follow_ups = fields.list("follow_ups", cx);
        Some(Self { prompt: prompt?, answer: answer?, rubric: rubric?, senior_angle, follow_ups })
    }
}

impl FromNode for FollowUp {
    const EXPECTED: &'static str = "a follow-up";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (prompt, answer) = (fields.required("prompt", cx), fields.required("answer", cx));
        fields.close(cx);
        Some(Self { prompt: prompt?, answer: answer? })
    }
}

//! Flash cards: a front, a back, and perhaps the same the other way round.

use serde::Serialize;

use super::{Context, Fields, Problem, Text};

/// A question and its answer, rated by the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flash {
    /// The question.
    pub front: Text,
    /// The answer.
    pub back: Text,
    /// The question of the reversed side, a card of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverse_front: Option<Text>,
    /// The answer of the reversed side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverse_back: Option<Text>,
}

impl Flash {
    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let (front, back) = (fields.required("front", cx), fields.required("back", cx));
        let reverse_front: Option<Text> = fields.optional("reverse_front", cx);
        let reverse_back: Option<Text> = fields.optional("reverse_back", cx);
        if reverse_front.is_some() != reverse_back.is_some() {
            let message = "`reverse_front` and `reverse_back` come together";
            cx.report(Problem::error("half-reverse", fields.span(), message).hint("add the other one, or remove both"));
        }
        Some(Self { front: front?, back: back?, reverse_front, reverse_back })
    }
}

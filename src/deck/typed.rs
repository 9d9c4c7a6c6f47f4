//! Typed items: a short answer, compared by rules.

use serde::Serialize;

use super::choice::at_least;
use super::values::one_of;
use super::{Accepted, Context, Fields, FromNode, Near, Node, Text};

/// A question whose answer is typed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Typed {
    /// The question.
    pub prompt: Text,
    /// What is right; the first is the one shown.
    pub accept: Vec<Accepted>,
    /// What is wrong in a way worth explaining.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Near>,
    /// How strictly letters are compared.
    pub rules: Rules,
}

/// How a typed answer is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Rules {
    /// What one edit away from an accepted text means.
    pub typos: TypoRule,
    /// Whether upper and lower case differ.
    pub case: bool,
}

/// What an answer that is one edit away from an accepted text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TypoRule {
    /// The learner is asked whether it was a slip.
    #[default]
    Ask,
    /// It is wrong: commands, names, versions.
    None,
}

impl Typed {
    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let accept: Option<(Node<'_>, Vec<Accepted>)> = fields.required_at("accept", cx);
        let near = fields.list("near", cx);
        let rules = fields.optional("rules", cx).unwrap_or_default();
        let (node, accept) = accept?;
        at_least(1, "accepted answer", &accept, &node, cx);
        Some(Self { prompt: prompt?, accept, near, rules })
    }
}

impl FromNode for Rules {
    const EXPECTED: &'static str = "an object with `typos` and `case`";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let words = [("ask", TypoRule::Ask), ("none", TypoRule::None)];
        let typos = fields.take("typos").and_then(|n| one_of(&n, &words, "unknown-rule", cx)).unwrap_or_default();
        let case = fields.optional("case", cx).unwrap_or(false);
        fields.close(cx);
        Some(Self { typos, case })
    }
}

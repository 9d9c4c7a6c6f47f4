//! Match items: pair what belongs together.

use serde::Serialize;

use super::choice::{at_least, unique_ids};
use super::{Context, Fields, FromNode, Id, Node, Text};

/// Two columns to pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The question.
    pub prompt: Text,
    /// What belongs together.
    pub pairs: Vec<Pair>,
    /// Right sides that belong to nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra_right: Vec<Text>,
}

/// A left side and its right side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// Unique in its item.
    pub id: Id,
    /// The left side.
    pub left: Text,
    /// The right side.
    pub right: Text,
}

impl Match {
    /// Lists all right sides: those of the pairs in order, then the extra ones.
    pub fn rights(&self) -> impl Iterator<Item = &Text> {
        self.pairs.iter().map(|pair| &pair.right).chain(&self.extra_right)
    }

    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let pairs: Option<(Node<'_>, Vec<Pair>)> = fields.required_at("pairs", cx);
        let extra_right = fields.list("extra_right", cx);
        let (node, pairs) = pairs?;
        at_least(2, "pair", &pairs, &node, cx);
        unique_ids(pairs.iter().map(|pair| &pair.id), &node, cx);
        Some(Self { prompt: prompt?, pairs, extra_right })
    }
}

impl FromNode for Pair {
    const EXPECTED: &'static str = "a pair";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let id = fields.required("id", cx);
        let (left, right) = (fields.required("left", cx), fields.required("right", cx));
        fields.close(cx);
        Some(Self { id: id?, left: left?, right: right? })
    }
}

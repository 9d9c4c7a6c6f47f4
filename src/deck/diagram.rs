//! Diagram items: ASCII art with numbered holes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Context, Fields, Node, Problem, Text};

/// A drawing with holes to fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagram {
    /// The question.
    pub prompt: Text,
    /// The drawing, with holes written `[1]`.
    pub art: Text,
    /// The drawing in words.
    pub alt: Text,
    /// Hole -> what is right in it; the first is the one shown.
    pub labels: BTreeMap<String, Vec<Text>>,
}

/// Lists the numbers of the holes `[1]`, `[2]`... in a drawing.
pub fn holes_in(art: &str) -> BTreeSet<u32> {
    let inside = art.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    let plain = inside.filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    plain.filter_map(|(number, _)| number.parse().ok()).filter(|n| *n > 0).collect()
}

impl Diagram {
    /// Lists the holes in rising order, with what is right in each.
    pub fn holes(&self) -> Vec<(u32, &[Text])> {
        let label = |n: u32| self.labels.get(&n.to_string()).map(|texts| (n, texts.as_slice()));
        holes_in(self.art.raw()).into_iter().filter_map(label).collect()
    }

    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let art: Option<Text> = fields.required("art", cx);
        let alt = fields.required("alt", cx);
        let labels: Option<(Node<'_>, BTreeMap<String, Vec<Text>>)> = fields.required_at("labels", cx);
        let (art, (node, labels)) = (art?, labels?);
        let diagram = Self { prompt: prompt?, art, alt: alt?, labels };
        diagram.check(&node, cx);
        Some(diagram)
    }

    fn check(&self, node: &Node<'_>, cx: &mut Context<'_>) {
        let holes: BTreeSet<String> = holes_in(self.art.raw()).iter().map(u32::to_string).collect();
        if holes.is_empty() {
            cx.error("no-holes", node.span(), "the drawing has no hole such as [1]");
        }
        for label in self.labels.keys().filter(|label| !holes.contains(*label)) {
            cx.error("unknown-hole", node.span(), format!("the drawing has no hole {label:?}"));
        }
        for hole in holes.iter().filter(|hole| self.labels.get(*hole).is_none_or(Vec::is_empty)) {
            let problem = Problem::error("unlabelled-hole", node.span(), format!("hole [{hole}] has no label"));
            cx.report(problem.hint(format!("add \"{hole}\": [\"...\"] to `labels`")));
        }
    }
}

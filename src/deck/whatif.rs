//! What-if items: change one parameter, predict how each metric moves.

use std::collections::BTreeMap;

use serde::Serialize;

use super::choice::{at_least, is_whole, unique_ids};
use super::values::one_of;
use super::{Context, Fields, FromNode, Id, Node, Problem, Span, Text};

/// A set-up whose parameters are turned one at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// The question.
    pub prompt: Text,
    /// What can be set.
    pub parameters: Vec<Parameter>,
    /// What is measured.
    pub metrics: Vec<Metric>,
    /// Parameter -> its value at the start.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub base: BTreeMap<String, Text>,
    /// The changes to predict.
    pub cases: Vec<Case>,
}

/// Something that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Unique in its item.
    pub id: Id,
    /// Its name for people.
    pub label: Text,
    /// The values it can take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Text>,
}

/// Something that is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metric {
    /// Unique in its item.
    pub id: Id,
    /// Its name for people.
    pub label: Text,
}

/// One change and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Parameter -> its new value.
    pub set: BTreeMap<String, Text>,
    /// Metric -> how it moves.
    pub then: BTreeMap<String, Move>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
}

/// How a metric moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Move {
    Up,
    Down,
    Same,
}

impl Move {
    /// The moves by the words that decks and answers use.
    pub const WORDS: [(&'static str, Self); 3] = [("up", Self::Up), ("down", Self::Down), ("same", Self::Same)];

    /// Gives the word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

impl WhatIf {
    /// Gives the name of a parameter for people, by its id.
    pub fn parameter(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.id.as_str() == id)
    }

    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let prompt = fields.required("prompt", cx);
        let parameters: Option<(Node<'_>, Vec<Parameter>)> = fields.required_at("parameters", cx);
        let metrics: Option<(Node<'_>, Vec<Metric>)> = fields.required_at("metrics", cx);
        let base: Option<(Node<'_>, BTreeMap<String, Text>)> = fields.optional_at("base", cx);
        let cases: Option<(Node<'_>, Vec<Case>)> = fields.required_at("cases", cx);
        let ((p, parameters), (m, metrics), (c, cases)) = (parameters?, metrics?, cases?);
        unique_ids(parameters.iter().map(|x| &x.id), &p, cx);
        unique_ids(metrics.iter().map(|x| &x.id), &m, cx);
        at_least(1, "parameter", &parameters, &p, cx);
        at_least(1, "metric", &metrics, &m, cx);
        at_least(1, "case", &cases, &c, cx);
        let clear = is_whole(&parameters, &p) && is_whole(&metrics, &m) && is_whole(&cases, &c);
        let (at, base) = base.map_or((None, BTreeMap::new()), |(at, base)| (Some(at), base));
        let whatif = Self { prompt: prompt?, parameters, metrics, base, cases };
        if clear {
            whatif.check(at.as_ref(), &c, cx);
        }
        Some(whatif)
    }

    /// Holds the base and the cases to the parameters and metrics.
    fn check(&self, base: Option<&Node<'_>>, cases: &Node<'_>, cx: &mut Context<'_>) {
        if let Some(base) = base {
            self.check_settings(&self.base, base, cx);
        }
        let written = cases.elements().unwrap_or_default();
        self.cases.iter().zip(&written).for_each(|(case, node)| self.check_case(case, node, cx));
    }

    fn check_case(&self, case: &Case, node: &Node<'_>, cx: &mut Context<'_>) {
        let then = node.find(&["then"]).unwrap_or(*node);
        let set = node.find(&["set"]).unwrap_or(*node);
        if case.set.is_empty() {
            cx.error("too-few", set.span(), "the case sets no parameter");
        }
        self.check_settings(&case.set, &set, cx);
        for name in case.then.keys().filter(|name| self.metrics.iter().all(|m| m.id.as_str() != **name)) {
            cx.error("unknown-metric", below(&then, name), format!("no metric has the id {name:?}"));
        }
        for missing in self.metrics.iter().filter(|m| then.find(&[m.id.as_str()]).is_none()) {
            let problem = Problem::error("missing-metric", then.span(), format!("`{}` is not answered", missing.id));
            cx.report(problem.hint(format!("add \"{}\": \"up\", \"down\" or \"same\"", missing.id)));
        }
    }

    fn check_settings(&self, settings: &BTreeMap<String, Text>, node: &Node<'_>, cx: &mut Context<'_>) {
        for (name, value) in settings {
            self.check_setting(name, value, below(node, name), cx);
        }
    }

    fn check_setting(&self, name: &str, value: &Text, span: Span, cx: &mut Context<'_>) {
        match self.parameter(name) {
            None => cx.error("unknown-parameter", span, format!("no parameter has the id {name:?}")),
            Some(parameter) if !parameter.values.is_empty() && !parameter.values.contains(value) => {
                cx.error("unknown-setting", span, format!("{:?} is no value of `{name}`", value.raw()));
            }
            Some(_) => {}
        }
    }
}

fn below(node: &Node<'_>, name: &str) -> Span {
    node.find(&[name]).unwrap_or(*node).span()
}

impl FromNode for Parameter {
    const EXPECTED: &'static str = "a parameter";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, label) = (fields.required("id", cx), fields.required("label", cx));
        let values = fields.list("values", cx);
        fields.close(cx);
        Some(Self { id: id?, label: label?, values })
    }
}

impl FromNode for Metric {
    const EXPECTED: &'static str = "a metric";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, label) = (fields.required("id", cx), fields.required("label", cx));
        fields.close(cx);
        Some(Self { id: id?, label: label? })
    }
}

impl FromNode for Case {
    const EXPECTED: &'static str = "a case";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (set, then) = (fields.required("set", cx), fields.required("then", cx));
        let why = fields.optional("why", cx);
        fields.close(cx);
        Some(Self { set: set?, then: then?, why })
    }
}

impl FromNode for Move {
    const EXPECTED: &'static str = "up, down or same";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        one_of(node, &Self::WORDS, "unknown-move", cx)
    }
}

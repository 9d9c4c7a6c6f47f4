//! Answers that come as JSON: from a file, from a program, or to one.
//!
//! Reading is total: any value gives an [`Answer`] or a reason in plain words. What is listed in a question is named by
//! its author's id or by its [handle].

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Answer;
use super::handle::{self, Listed};
use crate::deck::{Ask, Choice, Id, Item, Kind, Match, Move, Order, Scenario, Shape, Text, WhatIf};

/// The longest text that is marked, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;

type Read<T> = Result<T, String>;

/// Reads an answer to an item as a whole.
///
/// Of a cloze item, and of a diagram, the answer is [`Answer::Labels`], a text for each hole.
///
/// # Errors
/// Why the value is no answer to this item, in plain words that may quote the value.
///
/// ```
/// use grillme::deck::{Context, FromNode, Item, Node};
/// use grillme::grade::{Answer, given};
/// let json = r#"{"id": "vm", "kind": "typed", "prompt": "What runs virtual machines?", "accept": ["hypervisor"]}"#;
/// let mut problems = Vec::new();
/// let item = Item::from_node(&Node::parse(json).unwrap(), &mut Context::new(0, &mut problems)).unwrap();
/// assert_eq!(given::read(&item, &"a kernel".into()), Ok(Answer::Text("a kernel".into())));
/// assert_eq!(given::read(&item, &7.into()), Err("expected a text, found a number".into()));
/// ```
pub fn read(item: &Item, value: &Value) -> Read<Answer> {
    match item.kind.asked() {
        Kind::Choice(choice) => read_choice(choice, value),
        Kind::Typed(_) | Kind::Interview(_) => read_text(value).map(Answer::Text),
        Kind::Cloze(cloze) => read_labels(&holes(cloze.numbers().into_iter().map(u32::from), "c"), value),
        Kind::Diagram(diagram) => read_labels(&holes(diagram.holes().into_iter().map(|(hole, _)| hole), ""), value),
        Kind::Order(order) => read_order(order, value),
        Kind::Match(matching) => read_match(matching, value),
        Kind::Whatif(whatif) => read_whatif(whatif, value),
        Kind::Scenario(scenario) => read_scenario(scenario, value),
        Kind::Flash(_) | Kind::Checklist(_) | Kind::Sealed(_) => {
            Err("only the learner can mark this kind of item".to_owned())
        }
    }
}

/// Names holes, as `c1` or `1`.
fn holes(numbers: impl Iterator<Item = u32>, lead: &str) -> BTreeMap<String, u32> {
    numbers.map(|number| (format!("{lead}{number}"), number)).collect()
}

fn read_choice(choice: &Choice, value: &Value) -> Read<Answer> {
    let listed: Vec<Listed<'_>> = choice.options.iter().map(|option| (&option.id, &option.text)).collect();
    let picked = match value {
        Value::String(name) => vec![named(&listed, "option", name)?],
        Value::Array(names) => read_ids(&listed, "option", names)?,
        other => return Err(format!("expected an option's id or a list of them, found {}", shape(other).name())),
    };
    Ok(Answer::Options(picked))
}

/// Lists the steps of an order item, those that do not belong among them.
pub fn order_listed(order: &Order) -> Vec<Listed<'_>> {
    order.steps.iter().chain(&order.extra).map(|step| (&step.id, &step.text)).collect()
}

fn read_order(order: &Order, value: &Value) -> Read<Answer> {
    let Value::Array(names) = value else {
        return Err(format!("expected a list of step ids, found {}", shape(value).name()));
    };
    read_ids(&order_listed(order), "step", names).map(Answer::Sequence)
}

fn read_ids(listed: &[Listed<'_>], noun: &str, names: &[Value]) -> Read<Vec<Id>> {
    let (mut ids, mut seen) = (Vec::new(), BTreeSet::new());
    for name in names {
        let Value::String(name) = name else {
            return Err(format!("expected ids in the list, found {}", shape(name).name()));
        };
        let id = named(listed, noun, name)?;
        if !seen.insert(id.clone()) {
            return Err(format!("the {noun} {} stands in the list twice", quoted(name)));
        }
        ids.push(id);
    }
    Ok(ids)
}

fn named(listed: &[Listed<'_>], noun: &str, name: &str) -> Read<Id> {
    handle::find(listed, name).cloned().ok_or_else(|| format!("no {noun} has the id {}", quoted(name)))
}

fn read_labels(holes: &BTreeMap<String, u32>, value: &Value) -> Read<Answer> {
    let single = holes.first_key_value().filter(|_| holes.len() == 1);
    let labels = match (value, single) {
        (Value::String(_), Some((_, hole))) => BTreeMap::from([(*hole, read_text(value)?)]),
        (Value::Object(fields), _) => read_holes(holes, fields)?,
        (other, _) => {
            let first = holes.keys().next().map_or("1", String::as_str);
            let names = format!("an object from holes to texts, as in {{\"{first}\": \"...\"}}");
            return Err(format!("expected {names}, found {}", shape(other).name()));
        }
    };
    Ok(Answer::Labels(labels))
}

fn read_holes(holes: &BTreeMap<String, u32>, fields: &Map<String, Value>) -> Read<BTreeMap<u32, String>> {
    let read = |(name, value): (&String, &Value)| match holes.get(name) {
        Some(hole) => Ok((*hole, read_text(value).map_err(|reason| format!("{}: {reason}", quoted(name)))?)),
        None => Err(format!("there is no hole {}; the holes are {}", quoted(name), joined(holes.keys()))),
    };
    given(fields).map(read).collect()
}

fn read_match(matching: &Match, value: &Value) -> Read<Answer> {
    let Value::Object(fields) = value else {
        return Err(format!("expected an object from left ids to right texts, found {}", shape(value).name()));
    };
    let lefts: Vec<Listed<'_>> = matching.pairs.iter().map(|pair| (&pair.id, &pair.left)).collect();
    let mut pairs = BTreeMap::new();
    for (name, value) in given(fields) {
        let left = named(&lefts, "left side", name)?;
        let right = read_text(value).map_err(|reason| format!("{}: {reason}", quoted(name)))?;
        let at = right_side(matching, &right).ok_or_else(|| format!("no right side is {}", quoted(&right)))?;
        if pairs.insert(left, Some(at)).is_some() {
            return Err(format!("the left side {} is there twice", quoted(name)));
        }
    }
    Ok(Answer::Pairs(pairs))
}

/// Finds a right side by its text; white space does not matter.
fn right_side(matching: &Match, text: &str) -> Option<usize> {
    let same = |right: &Text| right.raw().split_whitespace().eq(text.split_whitespace());
    matching.rights().position(|right| right.raw() == text).or_else(|| matching.rights().position(same))
}

fn read_whatif(whatif: &WhatIf, value: &Value) -> Read<Answer> {
    let Value::Array(cases) = value else {
        return Err(format!("expected a list with an object for each case, found {}", shape(value).name()));
    };
    if cases.len() != whatif.cases.len() {
        return Err(format!("expected {} cases in the list, found {}", whatif.cases.len(), cases.len()));
    }
    cases.iter().map(|case| read_moves(whatif, case)).collect::<Read<_>>().map(Answer::Moves)
}

fn read_moves(whatif: &WhatIf, case: &Value) -> Read<BTreeMap<String, Move>> {
    let empty = Map::new();
    let fields = match case {
        Value::Object(fields) => fields,
        Value::Null => &empty,
        other => return Err(format!("expected an object from metrics to moves, found {}", shape(other).name())),
    };
    let read = |(name, value): (&String, &Value)| {
        if whatif.metrics.iter().all(|metric| metric.id.as_str() != name) {
            return Err(format!("no metric has the id {}", quoted(name)));
        }
        let word = value.as_str().unwrap_or_default();
        let moved = Move::WORDS.iter().find(|(known, _)| *known == word).map(|(_, moved)| *moved);
        let moved = moved.ok_or_else(|| format!("{} moves \"up\", \"down\" or \"same\"", quoted(name)))?;
        Ok((name.clone(), moved))
    };
    given(fields).map(read).collect()
}

fn read_scenario(scenario: &Scenario, value: &Value) -> Read<Answer> {
    let Value::Object(fields) = value else {
        return Err(format!("expected an object from step ids to answers, found {}", shape(value).name()));
    };
    let read = |(name, value): (&String, &Value)| {
        let step = scenario.steps.iter().find(|step| step.id.as_str() == name);
        let step = step.ok_or_else(|| {
            let ids = joined(scenario.steps.iter().map(|step| &step.id));
            format!("there is no step {}; the steps are {ids}", quoted(name))
        })?;
        let answer = match &step.ask {
            Ask::Choice(choice) => read_choice(choice, value),
            Ask::Typed(_) | Ask::Open { .. } => read_text(value).map(Answer::Text),
        };
        Ok((step.id.clone(), answer.map_err(|reason| format!("{}: {reason}", quoted(name)))?))
    };
    given(fields).map(read).collect::<Read<_>>().map(Answer::Steps)
}

fn read_text(value: &Value) -> Read<String> {
    match value {
        Value::String(text) if text.len() > MAX_TEXT => {
            Err(format!("the text of {} bytes is longer than {MAX_TEXT}", text.len()))
        }
        Value::String(text) => Ok(text.clone()),
        other => Err(format!("expected a text, found {}", shape(other).name())),
    }
}

/// Lists what an object holds; null stands for nothing.
fn given(fields: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    fields.iter().filter(|(_, value)| !value.is_null())
}

fn shape(value: &Value) -> Shape {
    match value {
        Value::Null => Shape::Null,
        Value::Bool(_) => Shape::Bool,
        Value::Number(_) => Shape::Number,
        Value::String(_) => Shape::String,
        Value::Array(_) => Shape::Array,
        Value::Object(_) => Shape::Object,
    }
}

/// Quotes what was given as it is (how `Debug` escapes changes with Rust), not more of it than a message can hold.
fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    let short: String = text.chars().take(MOST).collect();
    let more = if short.len() < text.len() { "..." } else { "" };
    format!("\"{short}{more}\"")
}

fn joined(names: impl Iterator<Item = impl ToString>) -> String {
    const MOST: usize = 12;
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
    let more = if names.len() > MOST { ", ..." } else { "" };
    names[..names.len().min(MOST)].join(", ") + more
}

//! Marking as a whole: the worked examples, the rules one by one, and what holds for any answer.

mod laws;
mod rules;
mod vectors;

use super::Marker;
use crate::deck::{Ask, Context, FromNode, Item, Kind, Node, Rubric, Text};

/// Reads a rubric from JSON.
fn rubric(json: &str) -> Rubric {
    let mut problems = Vec::new();
    let rubric = Rubric::from_node(&Node::parse(json).unwrap(), &mut Context::new(0, &mut problems));
    assert_eq!(problems, []);
    rubric.unwrap()
}

/// Makes a rubric of one key point, called `point`, with these patterns.
fn one_point(patterns: &[&str]) -> Rubric {
    let patterns = serde_json::to_string(patterns).unwrap();
    rubric(&format!(r#"{{"key_points": [{{"id": "point", "text": "The point", "match": {patterns}}}]}}"#))
}

/// An open question of a deck: `item` or `item#step`, the question, and its rubric.
struct Open {
    name: String,
    question: Text,
    answer: Text,
    rubric: Rubric,
}

/// Lists the open questions of the deck that the worked examples name.
fn open_questions() -> Vec<Open> {
    let json = include_str!("../../../../tests/data/rubric-deck.json");
    let mut problems = Vec::new();
    let mut cx = Context::new(0, &mut problems);
    let list = Node::parse(json).unwrap().find(&["items"]).unwrap();
    let items = Vec::<Item>::from_node(&list, &mut cx).unwrap();
    assert_eq!(problems, []);
    items.into_iter().flat_map(opened).collect()
}

fn opened(item: Item) -> Vec<Open> {
    match item.kind {
        Kind::Interview(k) => {
            vec![Open { name: item.id.to_string(), question: k.prompt, answer: k.answer, rubric: k.rubric }]
        }
        Kind::Scenario(k) => {
            let steps = k.steps.into_iter().filter_map(|step| match step.ask {
                Ask::Open { prompt, answer, rubric } => {
                    Some(Open { name: format!("{}#{}", item.id, step.id), question: prompt, answer, rubric })
                }
                _ => None,
            });
            steps.collect()
        }
        _ => Vec::new(),
    }
}

impl Open {
    fn marker(&self) -> Marker<'_> {
        Marker::new(&self.rubric, &self.question)
    }
}

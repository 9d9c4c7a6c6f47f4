//! Answers as JSON: the one that was given, and one that is right.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Answer;
use crate::deck::{Accepted, Ask, Choice, Id, Item, Kind, Match, Pattern, Text, Typed};

/// Writes an answer as [`given::read`](super::given::read) takes it, with the author's ids.
pub fn write(item: &Item, answer: &Answer) -> Value {
    match (item.kind.asked(), answer) {
        (Kind::Choice(choice), Answer::Options(picked)) => options(choice, picked),
        (Kind::Cloze(_), Answer::Labels(labels)) => written_labels(labels, "c"),
        (Kind::Diagram(_), Answer::Labels(labels)) => written_labels(labels, ""),
        (Kind::Match(matching), Answer::Pairs(pairs)) => written_pairs(matching, pairs),
        (Kind::Scenario(scenario), Answer::Steps(steps)) => {
            let ask = |id: &Id| scenario.steps.iter().find(|step| step.id == *id).map(|step| &step.ask);
            let step = |(id, answer): (&Id, &Answer)| Some((id.to_string(), write_step(ask(id)?, answer)));
            steps.iter().filter_map(step).collect::<Map<_, _>>().into()
        }
        (_, answer) => plain(answer),
    }
}

/// Writes an answer to one step of a scenario.
pub fn write_step(ask: &Ask, answer: &Answer) -> Value {
    match (ask, answer) {
        (Ask::Choice(choice), Answer::Options(picked)) => options(choice, picked),
        (_, answer) => plain(answer),
    }
}

fn plain(answer: &Answer) -> Value {
    match answer {
        Answer::Text(text) => json!(text),
        Answer::Options(ids) | Answer::Sequence(ids) | Answer::Ticks(ids) => json!(ids),
        Answer::Labels(labels) => written_labels(labels, ""),
        Answer::Moves(cases) => json!(cases),
        // Their items write them.
        Answer::Pairs(_) | Answer::Steps(_) => Value::Null,
    }
}

/// An option alone stands for a list of one.
fn options(choice: &Choice, picked: &[Id]) -> Value {
    match picked {
        [only] if !choice.multi => json!(only),
        several => json!(several),
    }
}

fn written_labels(labels: &BTreeMap<u32, String>, lead: &str) -> Value {
    labels.iter().map(|(hole, text)| (format!("{lead}{hole}"), json!(text))).collect::<Map<_, _>>().into()
}

fn written_pairs(matching: &Match, pairs: &BTreeMap<Id, Option<usize>>) -> Value {
    let right = |at: &Option<usize>| matching.rights().nth((*at)?);
    let pair = |(left, at): (&Id, &Option<usize>)| Some((left.to_string(), json!(right(at)?)));
    pairs.iter().filter_map(pair).collect::<Map<_, _>>().into()
}

/// Gives a right answer, the one that is shown to learners, as [`given::read`](super::given::read) takes it; of an open
/// question, the model answer. Of what only a regular expression accepts, the expression.
pub fn expected(item: &Item) -> Value {
    match &item.kind {
        Kind::Choice(choice) => key(choice),
        Kind::Typed(typed) => accepted(typed),
        Kind::Cloze(cloze) => {
            let hole = |n: u8| Some((u32::from(n), cloze.accepted(n).first()?.raw().to_owned()));
            labels_or_one(cloze.numbers().into_iter().filter_map(hole).collect(), "c")
        }
        Kind::Diagram(diagram) => {
            let hole = |(n, accepted): (u32, &[Text])| Some((n, accepted.first()?.raw().to_owned()));
            written_labels(&diagram.holes().into_iter().filter_map(hole).collect(), "")
        }
        Kind::Order(order) => json!(order.steps.iter().map(|step| &step.id).collect::<Vec<_>>()),
        Kind::Match(matching) => {
            let pair = |pair: &crate::deck::Pair| (pair.id.to_string(), json!(pair.right));
            matching.pairs.iter().map(pair).collect::<Map<_, _>>().into()
        }
        Kind::Whatif(whatif) => json!(whatif.cases.iter().map(|case| &case.then).collect::<Vec<_>>()),
        Kind::Scenario(scenario) => {
            let step = |step: &crate::deck::ScenarioStep| (step.id.to_string(), expected_step(&step.ask));
            scenario.steps.iter().map(step).collect::<Map<_, _>>().into()
        }
        Kind::Interview(interview) => json!(interview.answer),
        Kind::Flash(_) | Kind::Checklist(_) | Kind::Sealed(_) => Value::Null,
    }
}

/// Gives a right answer to one step of a scenario.
pub fn expected_step(ask: &Ask) -> Value {
    match ask {
        Ask::Choice(choice) => key(choice),
        Ask::Typed(typed) => accepted(typed),
        Ask::Open { answer, .. } => json!(answer),
    }
}

fn key(choice: &Choice) -> Value {
    options(choice, &choice.key().cloned().collect::<Vec<_>>())
}

fn labels_or_one(mut labels: BTreeMap<u32, String>, lead: &str) -> Value {
    match labels.len() {
        1 => labels.pop_first().map_or(Value::Null, |(_, text)| json!(text)),
        _ => written_labels(&labels, lead),
    }
}

/// A text says best what is right, then a number.
fn accepted(typed: &Typed) -> Value {
    let text = |accepted: &Accepted| match &accepted.pattern {
        Pattern::Text(text) => Some(json!(text)),
        _ => None,
    };
    let number = |accepted: &Accepted| match &accepted.pattern {
        Pattern::Number { value, .. } => Some(json!(value.to_string())),
        _ => None,
    };
    let regex = |accepted: &Accepted| match &accepted.pattern {
        Pattern::Regex(expression) => Some(json!(expression)),
        _ => None,
    };
    let each = || typed.accept.iter();
    each().find_map(text).or_else(|| each().find_map(number)).or_else(|| each().find_map(regex)).unwrap_or_default()
}

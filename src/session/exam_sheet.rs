//! The question sheet of an exam: what is asked, and nothing of the key.
//!
//! A line is built up from what is public, never by leaving things out of an item. What is listed comes under handles
//! and in an order that starts from the texts, so that neither ids nor places say what the author knew.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Question;
use crate::deck::{
    Ask, Choice, Cloze, Diagram, Id, Item, Kind, KindName, Match, Metric, Parameter, Scenario, ScenarioStep, Stimulus,
    Text, Tier, WhatIf,
};
use crate::grade::given::order_listed;
use crate::grade::handle::{Listed, by_text, handles};

/// Gives the numbers `0..count` in an order that the exam's seed fixes, for a question or a step of it.
pub type Shuffle<'s> = &'s dyn Fn(Option<&Id>, usize) -> Vec<usize>;

/// One question of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetLine<'d> {
    item: String,
    kind: KindName,
    tier: Option<Tier>,
    prompt: Text,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    stimulus: &'d [Stimulus],
    form: &'static str,
    #[serde(flatten)]
    asked: Asked<'d>,
}

/// What a kind puts before whoever answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Asked<'d> {
    Text {},
    Choice {
        options: Vec<Entry<'d>>,
    },
    Holes {
        holes: Vec<String>,
    },
    Drawing {
        art: &'d Text,
        alt: &'d Text,
        holes: Vec<String>,
    },
    Order {
        steps: Vec<Entry<'d>>,
    },
    Match {
        left: Vec<Entry<'d>>,
        right: Vec<&'d Text>,
    },
    Whatif {
        parameters: &'d [Parameter],
        base: &'d BTreeMap<String, Text>,
        metrics: &'d [Metric],
        cases: Vec<Case<'d>>,
    },
    Scenario {
        steps: Vec<Step<'d>>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Entry<'d> {
    id: String,
    text: &'d Text,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Case<'d> {
    set: &'d BTreeMap<String, Text>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Step<'d> {
    id: &'d Id,
    prompt: &'d Text,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    stimulus: &'d [Stimulus],
    form: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Entry<'d>>,
}

/// Makes the line of a question. `form` in it says how to answer: `id`, `ids`, `text`, `texts` by hole, `order` of ids,
/// `pairs` of left ids with right texts, `moves` by metric in a list by case, `answers` by step.
pub fn sheet_line<'d>(question: &Question<'d>, shuffle: Shuffle<'_>) -> SheetLine<'d> {
    let item = question.item;
    let (form, asked) = match item.kind.asked() {
        Kind::Choice(choice) => (form_of(choice), Asked::Choice { options: options(choice, None, shuffle) }),
        Kind::Cloze(cloze) => cloze_asked(cloze),
        Kind::Order(order) => {
            ("order", Asked::Order { steps: entries(&order_listed(order), &arranged(item, shuffle)) })
        }
        Kind::Match(matching) => ("pairs", match_asked(matching, &arranged(item, shuffle))),
        Kind::Diagram(diagram) => ("texts", drawing_asked(diagram)),
        Kind::Whatif(whatif) => ("moves", whatif_asked(whatif)),
        Kind::Scenario(told) => ("answers", scenario_asked(told, shuffle)),
        Kind::Typed(_) | Kind::Interview(_) | Kind::Flash(_) | Kind::Checklist(_) | Kind::Sealed(_) => {
            ("text", Asked::Text {})
        }
    };
    let (kind, tier, stimulus) = (item.kind.name(), item.tier, item.stimulus.as_slice());
    SheetLine { item: question.key(), kind, tier, prompt: prompt(item), stimulus, form, asked }
}

/// Gives the order in which a question lists its options, steps or right sides: places in the author's order, as
/// [`grade`](crate::grade) and the prompts count them.
pub fn arranged(item: &Item, shuffle: Shuffle<'_>) -> Vec<usize> {
    let texts: Vec<&Text> = match item.kind.asked() {
        Kind::Choice(choice) => choice.options.iter().map(|option| &option.text).collect(),
        Kind::Order(order) => order_listed(order).into_iter().map(|(_, text)| text).collect(),
        Kind::Match(matching) => matching.rights().collect(),
        _ => Vec::new(),
    };
    mixed(&texts, None, shuffle)
}

/// Gives the order in which a step of a scenario lists its options.
pub fn arranged_step(step: &ScenarioStep, shuffle: Shuffle<'_>) -> Vec<usize> {
    let Ask::Choice(choice) = &step.ask else { return Vec::new() };
    let texts: Vec<&Text> = choice.options.iter().map(|option| &option.text).collect();
    mixed(&texts, Some(&step.id), shuffle)
}

fn mixed(texts: &[&Text], step: Option<&Id>, shuffle: Shuffle<'_>) -> Vec<usize> {
    let sorted = by_text(texts);
    shuffle(step, texts.len()).into_iter().filter_map(|at| sorted.get(at).copied()).collect()
}

fn entries<'d>(listed: &[Listed<'d>], order: &[usize]) -> Vec<Entry<'d>> {
    let handles = handles(listed);
    order.iter().map(|at| Entry { id: handles[*at].clone(), text: listed[*at].1 }).collect()
}

fn options<'d>(choice: &'d Choice, step: Option<&Id>, shuffle: Shuffle<'_>) -> Vec<Entry<'d>> {
    let listed: Vec<Listed<'d>> = choice.options.iter().map(|option| (&option.id, &option.text)).collect();
    let texts: Vec<&Text> = listed.iter().map(|(_, text)| *text).collect();
    entries(&listed, &mixed(&texts, step, shuffle))
}

fn form_of(choice: &Choice) -> &'static str {
    if choice.multi { "ids" } else { "id" }
}

/// Gives the question; the holes of a cloze text stand as `[c1]`, or `[c1: hint]`.
fn prompt(item: &Item) -> Text {
    let Kind::Cloze(cloze) = &item.kind else { return item.stem() };
    Text::new(cloze.written(|number, _, hint| match hint {
        Some(hint) => format!("[c{number}: {}]", hint.raw()),
        None => format!("[c{number}]"),
    }))
}

fn cloze_asked(cloze: &Cloze) -> (&'static str, Asked<'static>) {
    let holes: Vec<String> = cloze.numbers().iter().map(|number| format!("c{number}")).collect();
    (if holes.len() == 1 { "text" } else { "texts" }, Asked::Holes { holes })
}

fn drawing_asked(diagram: &Diagram) -> Asked<'_> {
    let holes = diagram.holes().iter().map(|(hole, _)| hole.to_string()).collect();
    Asked::Drawing { art: &diagram.art, alt: &diagram.alt, holes }
}

/// The left sides stay in place: nothing is to be learnt from where they stand once the right sides are shuffled.
fn match_asked<'d>(matching: &'d Match, order: &[usize]) -> Asked<'d> {
    let lefts: Vec<Listed<'d>> = matching.pairs.iter().map(|pair| (&pair.id, &pair.left)).collect();
    let rights: Vec<&Text> = matching.rights().collect();
    let places: Vec<usize> = (0..lefts.len()).collect();
    let right = order.iter().filter_map(|at| rights.get(*at).copied()).collect();
    Asked::Match { left: entries(&lefts, &places), right }
}

fn whatif_asked(whatif: &WhatIf) -> Asked<'_> {
    let cases = whatif.cases.iter().map(|case| Case { set: &case.set }).collect();
    Asked::Whatif { parameters: &whatif.parameters, base: &whatif.base, metrics: &whatif.metrics, cases }
}

fn scenario_asked<'d>(told: &'d Scenario, shuffle: Shuffle<'_>) -> Asked<'d> {
    let step = |step: &'d ScenarioStep| {
        let (form, options) = match &step.ask {
            Ask::Choice(choice) => (form_of(choice), options(choice, Some(&step.id), shuffle)),
            Ask::Typed(_) | Ask::Open { .. } => ("text", Vec::new()),
        };
        Step { id: &step.id, prompt: step.ask.prompt(), stimulus: &step.stimulus, form, options }
    };
    Asked::Scenario { steps: told.steps.iter().map(step).collect() }
}

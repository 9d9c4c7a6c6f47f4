//! What-if items: for each change, how each metric moves.

use std::collections::BTreeMap;
use std::io;

use super::{in_turn, prose};
use crate::deck::{Case, Metric, Move, Text, WhatIf};
use crate::grade::Answer;
use crate::render::safe_line;
use crate::term::{Asked, Prompter};

pub(super) fn show(p: &mut dyn Prompter, whatif: &WhatIf) -> io::Result<()> {
    prose(p, &whatif.prompt)?;
    if whatif.base.is_empty() {
        return Ok(());
    }
    p.say("")?;
    prose(p, &Text::new(format!("At first: {}.", settings(whatif, &whatif.base))))
}

pub(super) fn ask(p: &mut dyn Prompter, whatif: &WhatIf, hint: bool) -> Asked<Answer> {
    let questions: Vec<(&Case, &Metric)> =
        whatif.cases.iter().flat_map(|case| metrics(whatif, case).map(move |metric| (case, metric))).collect();
    let moves: Vec<String> = Move::WORDS.iter().map(|(word, _)| (*word).to_owned()).collect();
    let given = in_turn(questions.len(), |at| {
        let (case, metric) = questions[at];
        let change = Text::new(settings(whatif, &case.set));
        p.pick(&format!("{}: {}?", safe_line(&change), safe_line(&metric.label)), &moves, hint && at == 0)
    })?;
    Ok(given.map(|all| {
        let mut all = all.into_iter().map(|at| Move::WORDS[at].1);
        let case = |case| metrics(whatif, case).zip(&mut all).map(|(m, moved)| (m.id.to_string(), moved)).collect();
        Answer::Moves(whatif.cases.iter().map(case).collect())
    }))
}

/// Lists the metrics that a case moves, in the item's order.
fn metrics<'w>(whatif: &'w WhatIf, case: &'w Case) -> impl Iterator<Item = &'w Metric> {
    whatif.metrics.iter().filter(|metric| case.then.contains_key(metric.id.as_str()))
}

/// Writes settings as `memory limit = 256 MB, swap = off`, from the deck and not yet safe.
fn settings(whatif: &WhatIf, set: &BTreeMap<String, Text>) -> String {
    let label = |id: &String| whatif.parameter(id).map_or(id.clone(), |parameter| parameter.label.raw().to_owned());
    set.iter().map(|(id, value)| format!("{} = {}", label(id), value.raw())).collect::<Vec<_>>().join(", ")
}

//! Marking what-if items: up, down or same for every metric of every case.

use std::collections::BTreeMap;

use super::{Finding, Mark, Verdict};
use crate::deck::{Case, Metric, Move, Text, WhatIf};

/// Marks the moves: the share of predictions that are right, over all cases. A case's reason is the feedback to its
/// last metric.
pub(super) fn mark(whatif: &WhatIf, answer: &[BTreeMap<String, Move>]) -> Mark {
    let none = BTreeMap::new();
    let given = |at: usize| answer.get(at).unwrap_or(&none);
    Mark::by_share(whatif.cases.iter().enumerate().flat_map(|(at, case)| find_case(whatif, case, given(at))).collect())
}

fn find_case(whatif: &WhatIf, case: &Case, given: &BTreeMap<String, Move>) -> Vec<Finding> {
    let change = change(whatif, case);
    let find = |metric: &Metric| {
        let expected = *case.then.get(metric.id.as_str())?;
        Some(find(format!("{change}: {}", metric.label.raw()), given.get(metric.id.as_str()).copied(), expected))
    };
    let mut findings: Vec<Finding> = whatif.metrics.iter().filter_map(find).collect();
    if let Some(last) = findings.last_mut() {
        last.feedback.clone_from(&case.why);
    }
    findings
}

fn find(what: String, given: Option<Move>, expected: Move) -> Finding {
    let word = |to: Move| Text::new(to.word());
    Finding {
        what: Text::new(what),
        verdict: if given == Some(expected) { Verdict::Right } else { Verdict::Wrong },
        given: given.map(word),
        expected: Some(word(expected)),
        feedback: None,
    }
}

/// Writes what a case sets, as `Unit = full VM`.
fn change(whatif: &WhatIf, case: &Case) -> String {
    let label = |id: &str| whatif.parameter(id).map_or_else(|| id.to_owned(), |p| p.label.raw().to_owned());
    let settings: Vec<String> = case.set.iter().map(|(id, value)| format!("{} = {}", label(id), value.raw())).collect();
    settings.join(", ")
}

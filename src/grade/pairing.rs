//! Marking match items: right pairs minus wrong ones.

use std::collections::BTreeMap;

use super::outcome::share;
use super::{Finding, Mark, Verdict};
use crate::deck::{Id, Match, Pair, Text};

/// Marks the pairs: right minus wrong over all, at least 0. A left side without a match is neither right nor wrong;
/// two right sides with the same text are the same.
pub(super) fn mark(item: &Match, answer: &BTreeMap<Id, Option<usize>>) -> Mark {
    let rights: Vec<&Text> = item.rights().collect();
    let chosen = |pair: &Pair| answer.get(&pair.id).copied().flatten();
    let findings: Vec<Finding> =
        item.pairs.iter().map(|pair| find(pair, chosen(pair).and_then(|at| rights.get(at).copied()))).collect();
    let right = findings.iter().filter(|finding| finding.verdict == Verdict::Right).count();
    let matched = item.pairs.iter().filter(|pair| chosen(pair).is_some()).count();
    let score = share(right.saturating_sub(matched - right), item.pairs.len());
    Mark::scored(score, findings)
}

fn find(pair: &Pair, given: Option<&Text>) -> Finding {
    Finding {
        what: pair.left.clone(),
        verdict: if given == Some(&pair.right) { Verdict::Right } else { Verdict::Wrong },
        given: given.cloned(),
        expected: Some(pair.right.clone()),
        feedback: None,
    }
}

//! Marking scenarios: each step as the kind it asks for, the whole as the mean of its steps.

use std::collections::BTreeMap;

use super::{Answer, ClaimMark, Coverage, Finding, Mark, PointVerdict, Verdict, choice, confirmed, mark_open, typed};
use crate::deck::{Ask, Id, Rubric, Scenario, ScenarioStep, Text};

/// Marks all steps, those without an answer as wrong.
pub(super) fn mark(scenario: &Scenario, answers: &BTreeMap<Id, Answer>) -> Mark {
    let marks: Vec<Option<Mark>> =
        scenario.steps.iter().map(|step| answers.get(&step.id).and_then(|answer| mark_step(step, answer))).collect();
    sum(scenario, &marks)
}

/// Marks the answer to one step, an open one by what is found in it. Gives [`None`] when the answer is of another kind than the step asks for.
pub fn mark_step(step: &ScenarioStep, answer: &Answer) -> Option<Mark> {
    match (&step.ask, answer) {
        (Ask::Choice(choice), Answer::Options(picked)) => Some(choice::mark(choice, picked)),
        (Ask::Typed(typed), Answer::Text(text)) => Some(typed::mark(typed, text)),
        (Ask::Open { prompt, rubric, .. }, Answer::Text(text)) => {
            Some(mark_ticked(rubric, &mark_open(rubric, prompt, text), &BTreeMap::new()))
        }
        _ => None,
    }
}

/// Sums up the marks of a scenario's steps: their mean, a step without a mark counting 0, with one finding a step.
pub fn sum(scenario: &Scenario, marks: &[Option<Mark>]) -> Mark {
    let mark = |at: usize| marks.get(at).and_then(Option::as_ref);
    // Not `sum`, whose nothing is -0.
    let total = (0..scenario.steps.len()).filter_map(mark).fold(0.0, |total, mark| total + mark.score);
    let findings = scenario.steps.iter().enumerate().map(|(at, step)| find(step, mark(at))).collect();
    Mark::scored(total / scenario.steps.len().max(1) as f64, findings)
}

/// Marks an open answer by what was found in it, and what the learner says of the key points and of wrong claims, by
/// their ids: their share by weight, capped, with one finding a point and one a claim that stands.
pub fn mark_ticked(rubric: &Rubric, coverage: &Coverage, ticks: &BTreeMap<Id, bool>) -> Mark {
    let points = rubric.key_points.iter().zip(&coverage.points).map(|(point, found)| {
        let covered = ticks.get(&point.id).copied().unwrap_or(found.verdict == PointVerdict::Hit);
        let words = found.evidence.as_ref().filter(|_| covered).map(|evidence| quoted(&evidence.text));
        let verdict = if covered { Verdict::Right } else { Verdict::Wrong };
        Finding { what: point.text.clone(), verdict, given: words, expected: None, feedback: None }
    });
    let stands = |claim: &&ClaimMark| ticks.get(&claim.id).copied().unwrap_or(true);
    let claims = coverage.misconceptions.iter().filter(stands).map(|found| {
        let claim = rubric.misconceptions.iter().find(|claim| claim.id == found.id);
        let what = claim.map_or_else(|| found.evidence.text.clone(), |claim| claim.text.clone());
        let (given, feedback) = (Some(quoted(&found.evidence.text)), Some(found.feedback.clone()));
        Finding { what, verdict: Verdict::Wrong, given, expected: None, feedback }
    });
    Mark::scored(confirmed(coverage, ticks), points.chain(claims).collect())
}

fn quoted(words: &Text) -> Text {
    Text::new(format!("\"{}\"", words.raw()))
}

/// Finds what a step came to. Its own findings were told when it was marked; a slip that nobody settled is wrong.
fn find(step: &ScenarioStep, mark: Option<&Mark>) -> Finding {
    let verdict = mark.map(|mark| mark.verdict).filter(|verdict| *verdict != Verdict::Slip).unwrap_or(Verdict::Wrong);
    Finding { what: step.ask.prompt().clone(), verdict, given: None, expected: None, feedback: None }
}

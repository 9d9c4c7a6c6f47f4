//! Rules for open questions.

use crate::deck::{Ask, Deck, Item, Kind, Rubric, Tier};

use super::spot::Report;

pub(super) fn check(item: &Item, report: &mut Report<'_>) {
    match &item.kind {
        Kind::Interview(interview) => check_rubric(item, &[], &interview.rubric, report),
        Kind::Scenario(scenario) => {
            for (at, step) in scenario.steps.iter().enumerate() {
                if let Ask::Open { rubric, .. } = &step.ask {
                    check_rubric(item, &["steps", &at.to_string()], rubric, report);
                }
            }
        }
        _ => {}
    }
}

fn check_rubric(item: &Item, path: &[&str], rubric: &Rubric, report: &mut Report<'_>) {
    let at = |field: &'static str| [path, &["rubric", field]].concat();
    let points = rubric.key_points.len();
    if !(2..=6).contains(&points) {
        let message = format!("{points} key points; two to six are wanted");
        report.item(item, &at("key_points"), "rubric-points", message, "split or join them");
    }
    let good = rubric.samples.iter().any(|sample| !sample.hits.is_empty());
    let bad = rubric.samples.iter().any(|sample| sample.hits.is_empty());
    if !good || !bad {
        let missing = if good { "bad" } else { "good" };
        let message = format!("the rubric has no {missing} sample");
        report.item(item, &at("samples"), "rubric-samples", message, "add an answer with the verdicts it must get");
    }
}

/// A lesson that asks interview questions asks them in all tiers.
pub(super) fn check_tiers(deck: &Deck, report: &mut Report<'_>) {
    for lesson in &deck.lessons {
        let asked: Vec<&Item> = lesson.items.iter().filter(|item| matches!(item.kind, Kind::Interview(_))).collect();
        for (word, tier) in Tier::WORDS {
            if !asked.is_empty() && !asked.iter().any(|item| item.tier == Some(tier)) {
                let message = format!("the lesson `{}` has no interview question of the tier {word}", lesson.id);
                report.at((lesson.source, lesson.span), &["id"], "lesson-tiers", message, "add one");
            }
        }
    }
}

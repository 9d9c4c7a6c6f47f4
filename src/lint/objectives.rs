//! Rules for objectives: each is practised in two ways, one of them productive.

use std::collections::BTreeSet;

use crate::deck::{Deck, Item, KindName, Lesson, Objective};

use super::spot::Report;

pub(super) fn check_item(item: &Item, report: &mut Report<'_>) {
    if item.objectives.is_empty() {
        let message = "the item serves no objective".to_owned();
        report.item(item, &["id"], "item-objective", message, "add \"objectives\": [...] with ids of the lesson's");
    }
}

pub(super) fn check_deck(deck: &Deck, report: &mut Report<'_>) {
    for lesson in &deck.lessons {
        for (at, objective) in lesson.objectives.iter().enumerate() {
            check(lesson, at, objective, report);
        }
    }
}

fn check(lesson: &Lesson, at: usize, objective: &Objective, report: &mut Report<'_>) {
    let serving = lesson.items.iter().filter(|item| item.objectives.contains(&objective.id));
    let kinds: BTreeSet<KindName> = serving.map(|item| item.kind.name()).collect();
    let at = at.to_string();
    let path = ["objectives", at.as_str()];
    if kinds.len() < 2 {
        let message = format!("the objective `{}` has items of {} kinds; two are wanted", objective.id, kinds.len());
        report.at((lesson.source, lesson.span), &path, "objective-kinds", message, "practise it in another way too");
    }
    if !kinds.iter().any(|kind| kind.is_productive()) {
        let message = format!("no item makes the learner produce something for the objective `{}`", objective.id);
        let hint = "add a typed, cloze, order, diagram, whatif, scenario or interview item";
        report.at((lesson.source, lesson.span), &path, "objective-productive", message, hint);
    }
}

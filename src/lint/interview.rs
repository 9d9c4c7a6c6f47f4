//! Rules for interview questions.

use crate::deck::{Deck, Item, Kind, Tier};

use super::spot::Report;

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

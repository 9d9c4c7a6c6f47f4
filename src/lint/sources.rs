//! Rules for facts: where they come from, when they were checked, for which versions they hold.

use std::sync::LazyLock;

use regex::Regex;

use crate::deck::{Ask, Choice, Deck, Item, Kind, Text};

use super::spot::Report;

/// What speaks of a version or of a state of things that passes.
static PASSING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = r"\b(by default|default is|defaults to|currently|latest|since version|as of|deprecated|no longer)\b";
    let version = r"\bv?\d+\.\d+(\.\d+)?\b(?:[^.\d/:%]|$)";
    Regex::new(&format!("(?i){words}|{version}")).ok()
});

pub(super) fn check(deck: &Deck, item: &Item, report: &mut Report<'_>) {
    if item.refs.is_empty() {
        let message = "the item names no source".to_owned();
        report.item(item, &["id"], "item-source", message, "add \"refs\": [...] with ids of the deck's sources");
    }
    if item.verified.as_ref().is_none_or(|verified| verified.on.is_empty()) {
        let message = "the item does not say when its facts were checked".to_owned();
        report.item(item, &["id"], "item-verified", message, "add \"verified\": {\"on\": \"YYYY-MM-DD\"}");
    }
    let says = item.verified.as_ref().is_some_and(|verified| verified.applies_to.is_some());
    if says {
        return;
    }
    let found = claims(item).into_iter().find_map(|text| passing(text.raw()));
    if let Some(found) = found {
        let message = format!("{found:?} changes with versions, and the item does not say which it means");
        let hint = format!("add \"applies_to\" to `verified`{}", deck_versions(deck));
        report.item(item, &["id"], "version-sensitive", message, &hint);
    }
}

fn deck_versions(deck: &Deck) -> String {
    deck.head.applies_to.as_ref().map(|text| format!(", such as {:?}", text.raw())).unwrap_or_default()
}

/// Finds what passes in a text, outside of code.
fn passing(text: &str) -> Option<String> {
    let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let found = PASSING.as_ref()?.find(&prose)?;
    Some(found.as_str().trim().to_owned())
}

/// Lists what the item claims: answers, feedback, explanations; not the set-up of its question.
fn claims(item: &Item) -> Vec<&Text> {
    let mut texts: Vec<&Text> = item.explanation.iter().collect();
    match item.kind.asked() {
        Kind::Flash(k) => texts.extend([&k.front, &k.back].into_iter().chain(&k.reverse_front).chain(&k.reverse_back)),
        Kind::Cloze(k) => texts.push(&k.text),
        Kind::Choice(k) => texts.extend(options(k)),
        Kind::Typed(k) => texts.extend(k.accept.iter().filter_map(|accepted| accepted.feedback.as_ref())),
        Kind::Order(k) => texts.extend(k.steps.iter().chain(&k.extra).map(|step| &step.text)),
        Kind::Match(k) => texts.extend(k.rights()),
        Kind::Diagram(_) | Kind::Sealed(_) => {}
        Kind::Whatif(k) => texts.extend(k.cases.iter().filter_map(|case| case.why.as_ref())),
        Kind::Scenario(k) => {
            texts.extend(&k.debrief);
            k.steps.iter().for_each(|step| texts.extend(asked(&step.ask)));
        }
        Kind::Checklist(k) => texts.extend(k.steps.iter().map(|step| &step.look_for)),
        Kind::Interview(k) => texts.push(&k.answer),
    }
    texts
}

fn options(choice: &Choice) -> impl Iterator<Item = &Text> {
    choice.options.iter().flat_map(|option| std::iter::once(&option.text).chain(&option.feedback))
}

fn asked(ask: &Ask) -> Vec<&Text> {
    match ask {
        Ask::Choice(choice) => options(choice).collect(),
        Ask::Typed(_) => Vec::new(),
        Ask::Open { answer, .. } => vec![answer],
    }
}

/// Every source says when it was read.
pub(super) fn check_deck(deck: &Deck, report: &mut Report<'_>) {
    let file = report.file(0);
    for (id, source) in &deck.head.sources {
        if source.checked.is_none() {
            let message = format!("the source `{id}` does not say when it was checked");
            report.at(file, &["sources", id], "source-checked", message, "add \"checked\": \"YYYY-MM-DD\"");
        }
    }
}

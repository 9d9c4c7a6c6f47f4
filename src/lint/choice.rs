//! Rules for choices: knowing must be the only way to the key.

use std::collections::BTreeSet;

use crate::deck::{Ask, Choice, ChoiceOption, Deck, Item, Kind, ScenarioStep};

use super::spot::Report;
use super::words::{has_phrase, telling, words};

/// How much longer than the longest wrong option the key may be.
const KEY_RATIO: f64 = 1.35;

/// How much more often than by chance the key may be the longest option.
const MARGIN: f64 = 0.08;

/// Fewer choices than this say nothing about a deck's habits.
const ENOUGH: usize = 8;

const ABSOLUTES: [&str; 9] = ["always", "never", "only", "all", "none", "every", "must", "completely", "impossible"];

const ALL_NONE: [&str; 5] =
    ["all of the above", "none of the above", "all of these", "none of these", "both of the above"];

/// Lists the choices of an item, each with the path of its fields.
fn choices(item: &Item) -> Vec<(Vec<String>, &Choice)> {
    match &item.kind {
        Kind::Choice(choice) => vec![(Vec::new(), choice)],
        Kind::Scenario(scenario) => {
            let steps = scenario.steps.iter().enumerate();
            steps.filter_map(|(at, step)| step_choice(at, step)).collect()
        }
        _ => Vec::new(),
    }
}

fn step_choice(at: usize, step: &ScenarioStep) -> Option<(Vec<String>, &Choice)> {
    match &step.ask {
        Ask::Choice(choice) => Some((vec!["steps".to_owned(), at.to_string()], choice)),
        _ => None,
    }
}

pub(super) fn check(item: &Item, report: &mut Report<'_>) {
    for (path, choice) in choices(item) {
        let mut note = |field: &[&str], code: &'static str, message: String, hint: &str| {
            let path: Vec<&str> = path.iter().map(String::as_str).chain(field.iter().copied()).collect();
            report.item(item, &path, code, message, hint);
        };
        check_stem(choice, &mut note);
        check_options(choice, &mut note);
        check_key(choice, &mut note);
        check_overlap(choice, &mut note);
    }
}

type Note<'n> = dyn FnMut(&[&str], &'static str, String, &str) + 'n;

fn check_stem(choice: &Choice, note: &mut Note<'_>) {
    let stem = choice.prompt.raw();
    let shouted = stem.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "NOT" | "EXCEPT"));
    if shouted || has_phrase(stem, &["which is not", "is not true", "are not true", "which one is not", "except"]) {
        let message = "the stem asks for what is not so".to_owned();
        note(&["prompt"], "choice-negative", message, "ask for what is so; a reader in haste misses the NOT");
    }
}

fn check_options(choice: &Choice, note: &mut Note<'_>) {
    let count = choice.options.len();
    if !(3..=5).contains(&count) {
        note(&["options"], "choice-options", format!("{count} options; 3 to 5 are wanted"), "add or drop some");
    }
    for (at, option) in choice.options.iter().enumerate() {
        let at = at.to_string();
        if !option.correct && option.feedback.is_none() {
            let message = format!("the wrong option `{}` has no feedback", option.id);
            note(&["options", &at], "choice-feedback", message, "say why it is wrong");
        }
        if has_phrase(option.text.raw(), &ALL_NONE) {
            let message = "an option that speaks of the other options".to_owned();
            note(
                &["options", &at, "text"],
                "choice-all-none",
                message,
                "name the things themselves, with \"multi\": true",
            );
        }
    }
}

fn check_key(choice: &Choice, note: &mut Note<'_>) {
    let (keys, wrong): (Vec<_>, Vec<_>) = choice.options.iter().enumerate().partition(|(_, option)| option.correct);
    let longest = wrong.iter().map(|(_, option)| length(option)).max().unwrap_or(0);
    for (at, key) in &keys {
        #[allow(clippy::cast_precision_loss)]
        let ratio = length(key) as f64 / longest.max(1) as f64;
        if ratio > KEY_RATIO {
            let message = format!("the key is {ratio:.2} times as long as the longest wrong option");
            note(
                &["options", &at.to_string(), "text"],
                "choice-key-long",
                message,
                "shorten it, or fill the others out",
            );
        }
    }
    let absolute = |(_, option): &(usize, &ChoiceOption)| has_phrase(option.text.raw(), &ABSOLUTES);
    if wrong.iter().any(absolute) && !keys.iter().any(absolute) && !wrong.iter().all(absolute) {
        let at = wrong.iter().find(|option| absolute(option)).map_or(0, |(at, _)| *at);
        let message = "an absolute word stands in a wrong option only, and gives it away".to_owned();
        note(&["options", &at.to_string(), "text"], "choice-absolute", message, "soften it");
    }
    let stem = telling(choice.prompt.raw(), 5);
    let others: BTreeSet<String> = wrong.iter().flat_map(|(_, option)| telling(option.text.raw(), 5)).collect();
    for (at, key) in keys {
        let clang = telling(key.text.raw(), 5).into_iter().find(|word| stem.contains(word) && !others.contains(word));
        if let Some(word) = clang {
            let message = format!("the word \"{word}...\" stands in the stem and the key only");
            note(
                &["options", &at.to_string(), "text"],
                "choice-clang",
                message,
                "use it in a wrong option too, or in none",
            );
        }
    }
}

fn length(option: &ChoiceOption) -> usize {
    option.text.raw().chars().count()
}

fn check_overlap(choice: &Choice, note: &mut Note<'_>) {
    let texts: Vec<String> = choice.options.iter().map(|option| words(option.text.raw()).join(" ")).collect();
    for (at, text) in texts.iter().enumerate() {
        let held =
            |(other, longer): (usize, &String)| other != at && format!(" {longer} ").contains(&format!(" {text} "));
        if texts.iter().enumerate().any(held) {
            let message = "the option stands word for word in another one".to_owned();
            note(
                &["options", &at.to_string(), "text"],
                "choice-overlap",
                message,
                "make the options exclude each other",
            );
        }
    }
}

/// Over a deck, the length of the key must tell nothing.
pub(super) fn check_deck(deck: &Deck, report: &mut Report<'_>) {
    let all: Vec<(&Item, &Choice)> =
        deck.items().flat_map(|(_, item)| choices(item).into_iter().map(move |(_, choice)| (item, choice))).collect();
    let single: Vec<&(&Item, &Choice)> =
        all.iter().filter(|(_, choice)| !choice.multi && choice.options.len() > 1).collect();
    if single.len() < ENOUGH {
        return;
    }
    let longest: Vec<&&(&Item, &Choice)> = single.iter().filter(|(_, choice)| key_is_longest(choice)).collect();
    #[allow(clippy::cast_precision_loss)]
    let (share, chance) = (
        longest.len() as f64 / single.len() as f64,
        single.iter().map(|(_, choice)| 1.0 / choice.options.len() as f64).sum::<f64>() / single.len() as f64,
    );
    if share > chance + MARGIN
        && let Some((item, _)) = longest.first()
    {
        let message = format!(
            "the key is the longest option in {:.0} % of the deck's choices; chance is {:.0} %",
            share * 100.0,
            chance * 100.0
        );
        report.item(item, &[], "choice-key-longest", message, "shorten some keys, or fill wrong options out");
    }
}

fn key_is_longest(choice: &Choice) -> bool {
    let key = choice.options.iter().find(|option| option.correct).map_or(0, length);
    choice.options.iter().filter(|option| !option.correct).all(|option| length(option) < key)
}

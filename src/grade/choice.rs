//! Marking choice items: exactly, or right picks minus wrong ones.

use std::collections::BTreeSet;

use super::outcome::share;
use super::{Finding, Mark, Verdict};
use crate::deck::{Choice, ChoiceOption, Id, Text};

/// Marks the options picked. One that is picked twice counts once; one that the item lacks counts as a wrong pick.
pub(super) fn mark(choice: &Choice, picked: &[Id]) -> Mark {
    let picked: BTreeSet<&Id> = picked.iter().collect();
    let key: BTreeSet<&Id> = choice.key().collect();
    let right = picked.intersection(&key).count();
    let wrong = picked.len() - right;
    let score = match choice.multi {
        true => share(right.saturating_sub(wrong), key.len()),
        false if picked == key && !key.is_empty() => 1.0,
        false => 0.0,
    };
    Mark::scored(score, find(choice, &picked))
}

/// Finds what was picked, what was missed, and last what is no option at all.
fn find(choice: &Choice, picked: &BTreeSet<&Id>) -> Vec<Finding> {
    let told = choice.options.iter().filter(|option| option.correct || picked.contains(&option.id));
    let known = told.map(|option| find_option(option, picked.contains(&option.id)));
    let strange = picked.iter().filter(|id| choice.options.iter().all(|option| option.id != ***id));
    known.chain(strange.map(|id| find_strange(id))).collect()
}

fn find_option(option: &ChoiceOption, picked: bool) -> Finding {
    Finding {
        what: option.text.clone(),
        verdict: if picked && option.correct { Verdict::Right } else { Verdict::Wrong },
        given: picked.then(|| option.text.clone()),
        expected: option.correct.then(|| option.text.clone()),
        feedback: option.feedback.clone(),
    }
}

fn find_strange(id: &Id) -> Finding {
    let what = Text::new(id.as_str());
    Finding { given: Some(what.clone()), what, verdict: Verdict::Wrong, expected: None, feedback: None }
}

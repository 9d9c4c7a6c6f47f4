//! Marking typed items: accepted, near, a slip, or wrong.

use super::wording::{fits, slips, typed_text};
use super::{Finding, Mark, Verdict};
use crate::deck::{Pattern, Text, Typed};

/// Marks a typed answer. What is near is wrong, with its own feedback, and is never taken for a slip.
pub(super) fn mark(typed: &Typed, answer: &str) -> Mark {
    let (verdict, feedback) = judge(typed, answer);
    let expected = typed.accept.first().map(|accepted| shown(&accepted.pattern));
    let given = typed_text(answer);
    Mark::by_share(vec![Finding { what: typed.prompt.clone(), verdict, given, expected, feedback }])
}

fn judge(typed: &Typed, answer: &str) -> (Verdict, Option<Text>) {
    if answer.trim().is_empty() {
        return (Verdict::Wrong, None);
    }
    if let Some(accepted) = typed.accept.iter().find(|accepted| fits(answer, &accepted.pattern, typed.rules)) {
        return (Verdict::Right, accepted.feedback.clone());
    }
    if let Some(near) = typed.near.iter().find(|near| fits(answer, &near.pattern, typed.rules)) {
        return (Verdict::Wrong, Some(near.feedback.clone()));
    }
    let slip = slips(answer, &texts(typed), typed.rules);
    (if slip { Verdict::Slip } else { Verdict::Wrong }, None)
}

fn texts(typed: &Typed) -> Vec<&Text> {
    typed.accept.iter().filter_map(|accepted| as_text(&accepted.pattern)).collect()
}

fn as_text(pattern: &Pattern) -> Option<&Text> {
    if let Pattern::Text(text) = pattern { Some(text) } else { None }
}

/// Writes a pattern for people: a regular expression between slashes, a number with its tolerance.
fn shown(pattern: &Pattern) -> Text {
    match pattern {
        Pattern::Text(text) => text.clone(),
        Pattern::Regex(expression) => Text::new(format!("/{}/", expression.raw())),
        Pattern::Number { value, tolerance } if *tolerance > 0.0 => Text::new(format!("{value} ± {tolerance}")),
        Pattern::Number { value, .. } => Text::new(value.to_string()),
    }
}

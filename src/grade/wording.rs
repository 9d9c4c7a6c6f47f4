//! Words that were typed against what is accepted: shared by typed, cloze and diagram items.

use super::compare::{folded, is_command, is_slip};
use super::number::{is_within, read_number};
use super::{Finding, Verdict};
use crate::deck::{Pattern, Rules, Text, TypoRule};

/// Tells whether an answer fits a pattern.
pub(super) fn fits(answer: &str, pattern: &Pattern, rules: Rules) -> bool {
    match pattern {
        Pattern::Text(text) => folded(answer, rules.case) == folded(text.raw(), rules.case),
        Pattern::Regex(expression) => {
            Pattern::compile(expression.raw()).is_ok_and(|regex| regex.is_match(answer.trim()))
        }
        Pattern::Number { value, tolerance } => {
            read_number(&folded(answer, false)).is_some_and(|number| is_within(number, *value, *tolerance))
        }
    }
}

/// Tells whether an answer is one edit away from one of the accepted texts. Never so when the rules forbid it, nor
/// when one of the texts looks like a command.
pub(super) fn slips(answer: &str, accepted: &[&Text], rules: Rules) -> bool {
    if rules.typos == TypoRule::None || accepted.iter().any(|text| is_command(text.raw())) {
        return false;
    }
    let given = folded(answer, rules.case);
    accepted.iter().any(|text| is_slip(&given, &folded(text.raw(), rules.case)))
}

/// Compares what was typed for one hole with its accepted texts, by the rules that hold unless an item has its own.
pub(super) fn find_label(what: String, answer: &str, accepted: &[&Text]) -> Finding {
    let rules = Rules::default();
    let given = folded(answer, rules.case);
    let verdict = match answer {
        blank if blank.trim().is_empty() => Verdict::Wrong,
        _ if accepted.iter().any(|text| folded(text.raw(), rules.case) == given) => Verdict::Right,
        _ if slips(answer, accepted, rules) => Verdict::Slip,
        _ => Verdict::Wrong,
    };
    let expected = accepted.first().map(|text| (*text).clone());
    Finding { what: Text::new(what), verdict, given: typed_text(answer), expected, feedback: None }
}

/// Gives what was typed as evidence; nothing when nothing was.
pub(super) fn typed_text(answer: &str) -> Option<Text> {
    let answer = answer.trim();
    (!answer.is_empty()).then(|| Text::new(answer))
}

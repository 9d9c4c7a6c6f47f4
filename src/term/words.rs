//! The words around prompts: what keys there are, and their help.

use super::Button;

/// Lists the keys of a prompt for its end, as in `(? help, u undo, q leave)`. `mark` stands before each letter.
pub(super) fn keys(hint: bool, mark: &str) -> String {
    let hint = if hint { format!("{mark}h hint, ") } else { String::new() };
    format!("(? help, {hint}{mark}u undo, {mark}q leave)")
}

/// Explains the keys that every prompt has.
pub(super) fn help(first: &str, hint: bool, mark: &str) -> String {
    let hint = if hint { format!(" {mark}h shows a hint.") } else { String::new() };
    format!("{first}{hint} {mark}u takes your last answer back. {mark}q leaves; what you answered is kept.")
}

/// Names the buttons: `1 Again <1m   2 Hard 6m`.
pub(super) fn buttons(buttons: &[Button]) -> String {
    let named = buttons.iter().map(|b| format!("{} {} {}", b.key, b.name, b.caption).trim_end().to_owned());
    named.collect::<Vec<_>>().join("   ")
}

/// Explains the prompt before an answer is shown.
pub(super) fn reveal_help(hint: bool) -> String {
    help("Answer in your head; Enter shows the answer. A digit shows it and rates at once.", hint, "")
}

/// Explains the prompt for a rating.
pub(super) fn rate_help(buttons: &[Button], default: usize) -> String {
    let default = buttons.get(default).map_or("", |b| b.name.as_str());
    help(&format!("How well did you know it? A digit rates; Enter means {default}."), false, "")
}

/// Explains the prompt for a line.
pub(super) fn line_help(hint: bool) -> String {
    help("Type your answer; an empty line means you do not know.", hint, ":")
}

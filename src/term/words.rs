//! The words around prompts: what keys there are, their help, and how they are laid out.

use super::Button;
use crate::render::{width, wrap};

/// Stands between the parts of a prompt that stay together on a row.
pub(super) const GAP: &str = "   ";

/// What an empty line is shown as.
pub(super) const UNKNOWN: &str = "I do not know";

/// Explains the prompt for yes or no.
pub(super) const CONFIRM_HELP: &str = "Answer y or n; q leaves.";

/// Said where Enter came before a tick.
pub(super) const NONE_TICKED: &str = "Nothing is ticked: space ticks. Enter once more means none.";

/// Said where none is left.
pub(super) const NO_HINT: &str = "There is no hint.";

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
    buttons.iter().map(named).collect::<Vec<_>>().join(GAP)
}

/// Names the buttons, the one for Enter in brackets: `1 Again <1m   [3 Good 10m]`.
pub(super) fn buttons_with(all: &[Button], default: usize) -> String {
    let marked = |(at, button)| if at == default { format!("[{}]", named(button)) } else { named(button) };
    all.iter().enumerate().map(marked).collect::<Vec<_>>().join(GAP)
}

fn named(button: &Button) -> String {
    format!("{} {} {}", button.key, button.name, button.caption).trim_end().to_owned()
}

/// Breaks a prompt into rows, between its parts where it can.
pub(super) fn laid_out(prompt: &str, columns: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for part in prompt.split(GAP) {
        match rows.last_mut().filter(|row| width(row) + width(GAP) + width(part) <= columns) {
            Some(row) => row.extend([GAP, part]),
            None => rows.extend(wrap(part, columns)),
        }
    }
    rows
}

/// Writes options in full, each with its number, in at most `columns`.
pub(super) fn numbered(options: &[String], columns: usize) -> Vec<String> {
    let digits = options.len().to_string().len();
    let room = columns.saturating_sub(digits + 4).max(1);
    let entry = |(at, option): (usize, &String)| {
        let lead = move |row| if row == 0 { format!("{:>digits$}.", at + 1) } else { " ".repeat(digits + 1) };
        wrap(option, room).into_iter().enumerate().map(move |(row, line)| format!("  {} {line}", lead(row)))
    };
    options.iter().enumerate().flat_map(entry).collect()
}

/// Names the answers to a question, the one for Enter in capitals.
pub(super) fn yes_no(default: bool) -> &'static str {
    if default { "[Y/n]" } else { "[y/N]" }
}

/// Joins a question and its answer: `Which one? a volume`, `Namespaces: what it sees`.
pub(super) fn answered(prompt: &str, answer: &str) -> String {
    let colon = if prompt.ends_with(['?', ':', '.']) { "" } else { ":" };
    format!("{prompt}{colon} {answer}")
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

/// Lists the keys of a text of several lines.
pub(super) fn write_keys(hint: bool) -> String {
    let hint = if hint { ", :h hint" } else { "" };
    format!("Alone on a line: . ends, ? help{hint}, :e editor, :q leave")
}

/// Explains the prompt for a text of several lines.
pub(super) fn write_help(hint: bool) -> String {
    let first = "Write as much as you like; Enter starts a new line. A dot alone on a line ends the answer, a dot at once \
                 means you do not know. :e opens your editor.";
    help(first, hint, ":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_hang_under_their_numbers() {
        let options: Vec<String> = (0..10).map(|n| format!("option {n}")).collect();
        let rows = numbered(&options, 13);
        assert_eq!([&rows[0], &rows[1]], ["   1. option", "      0"]);
        assert_eq!(numbered(&options[..2], 11), ["  1. option", "     0", "  2. option", "     1"]);
    }

    #[test]
    fn a_question_and_its_answer_are_joined_without_doubled_marks() {
        assert_eq!(answered("Which one?", "tmpfs"), "Which one? tmpfs");
        assert_eq!(answered("[1]", "kernel"), "[1]: kernel");
    }

    #[test]
    fn a_prompt_breaks_between_its_parts_and_within_one_only_when_it_must() {
        let prompt = "1 Again 1m   [3 Good 10m]   (? help, u undo, q leave)";
        assert_eq!(laid_out(prompt, 80), [prompt]);
        assert_eq!(laid_out(prompt, 40), ["1 Again 1m   [3 Good 10m]", "(? help, u undo, q leave)"]);
        assert_eq!(laid_out(prompt, 19), ["1 Again 1m", "[3 Good 10m]", "(? help, u undo, q", "leave)"]);
    }
}

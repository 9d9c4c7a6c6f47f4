//! Key points on the screen: ticked with the learner's own words, or open.

use crate::deck::{KeyPoint, Rubric, Text};
use crate::grade::{ClaimMark, Coverage, Doubt, Evidence, PointMark, PointVerdict};

use super::{Style, markdown, safe, safe_line, wrap};

/// Sets the points of a rubric with what was found of each in the answer, then the wrong claims that were found.
/// Without coverage the points stand alone, to be asked about.
pub fn points(rubric: &Rubric, coverage: Option<&Coverage>, style: &Style) -> Vec<String> {
    let Some(coverage) = coverage else {
        let points = rubric.key_points.iter().enumerate();
        let lines = points.flat_map(|(at, point)| numbered(&format!("{}.", at + 1), &safe_line(&point.text), style));
        return headed("Key points", lines, style);
    };
    let marks = rubric.key_points.iter().zip(&coverage.points).enumerate();
    let lines = marks.flat_map(|(at, (point, mark))| found(at + 1, point, mark, style));
    let mut lines = headed("Key points", lines, style);
    for (claim, letter) in coverage.misconceptions.iter().zip('a'..='e') {
        lines.extend(claimed(letter, claim, style));
    }
    lines
}

fn headed(title: &str, lines: impl Iterator<Item = String>, style: &Style) -> Vec<String> {
    let mut all = vec![String::new(), style.bold(title)];
    all.extend(lines);
    all.push(String::new());
    all
}

fn found(number: usize, point: &KeyPoint, mark: &PointMark, style: &Style) -> Vec<String> {
    let lead = match mark.verdict {
        PointVerdict::Hit => style.green(style.either_in_words("said:", style.right())),
        PointVerdict::Ask => style.yellow(style.either_in_words("perhaps:", "?")),
        PointVerdict::Miss => style.dim(style.either_in_words("not said:", "-")),
    };
    let must = if point.required { " (a must)" } else { "" };
    let mut lines = numbered(&format!("{number}. {lead}"), &format!("{}{must}", safe_line(&point.text)), style);
    if mark.verdict == PointVerdict::Hit {
        lines.extend(mark.evidence.iter().flat_map(|evidence| quoted(evidence, style)));
    }
    lines
}

/// Sets a point that is asked about, with the words that may be it.
pub fn point_asked(number: usize, point: &KeyPoint, evidence: Option<&Evidence>, style: &Style) -> Vec<String> {
    let mut lines = numbered(&format!("{number}."), &safe_line(&point.text), style);
    if let Some(evidence) = evidence {
        lines.extend(quoted(evidence, style));
        let doubts: Vec<String> = evidence.doubts.iter().map(doubt).collect();
        lines.extend(
            wrap(&doubts.join("; "), room(style)).into_iter().map(|line| format!("{HANG}{}", style.dim(&line))),
        );
    }
    lines
}

/// Sets a point after its tick was changed.
pub fn ticked(number: &str, text: &Text, on: bool, style: &Style) -> Vec<String> {
    let mark = match on {
        true => style.green(style.either_in_words("ticked:", style.right())),
        false => style.dim(style.either_in_words("not ticked:", "-")),
    };
    numbered(&format!("{number}. {mark}"), &safe_line(text), style)
}

fn claimed(letter: char, claim: &ClaimMark, style: &Style) -> Vec<String> {
    // Where the mark is a word, the claim's own words say the same.
    let lead = if style.plain { format!("{letter}.") } else { format!("{letter}. {}", style.red(style.wrong())) };
    let mut lines = numbered(&lead, "A wrong claim:", style);
    lines.extend(quoted(&claim.evidence, style));
    let feedback = markdown(&safe(&claim.feedback), &Style { width: room(style), ..*style });
    lines.extend(feedback.into_iter().map(|line| format!("{HANG}{line}")));
    lines.push(String::new());
    lines
}

fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Typo { wrote, meant } => format!("is {:?} meant to be {:?}?", safe_line(wrote), safe_line(meant)),
        Doubt::Negation { word } => format!("it may be denied by {:?}", safe_line(word)),
    }
}

/// Columns before what belongs to a point.
const HANG: &str = "     ";

fn room(style: &Style) -> usize {
    style.prose_width().saturating_sub(HANG.len()).max(8)
}

/// Sets a text behind a lead of `1.` or `1. x`, its further lines hanging under the first.
fn numbered(lead: &str, text: &str, style: &Style) -> Vec<String> {
    let lines = wrap(text, room(style));
    let hang = if lead.ends_with('.') { " ".repeat(lead.len() + 1) } else { HANG.to_owned() };
    let first = |at: usize| if at == 0 { format!("{lead} ") } else { hang.clone() };
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", first(at))).collect()
}

fn quoted(evidence: &Evidence, style: &Style) -> Vec<String> {
    let lines = wrap(&format!("\"{}\"", safe_line(&evidence.text)), room(style));
    lines.iter().map(|line| format!("{HANG}{}", style.italic(line))).collect()
}

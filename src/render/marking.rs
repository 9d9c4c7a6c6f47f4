//! What an answer was worth, and why.

use crate::deck::Text;
use crate::grade::{Finding, Mark, Verdict};

use super::{Style, markdown, safe, safe_line, width, wrap};

/// Columns before a part and what is said to it.
const LEAD: usize = 4;

/// Sets a mark: the verdict, then each part with what was given, what is right, and what the author says to it.
pub fn marking(mark: &Mark, style: &Style) -> String {
    // A screen reader may not say the marks; the words are enough.
    let led = |symbol: &str, words: &str| if style.plain { words.to_owned() } else { format!("{symbol} {words}") };
    let verdict = match mark.verdict {
        Verdict::Right => style.green(&led(style.right(), "Right.")),
        Verdict::Partial => style.yellow(&led("~", &format!("Partly right: {:.0} %.", mark.score * 100.0))),
        Verdict::Wrong | Verdict::Slip => style.red(&led(style.wrong(), "Not right.")),
    };
    let mut lines = vec![String::new(), verdict];
    match mark.findings.as_slice() {
        [only] => lines.extend(single(only, style)),
        several => lines.extend(several.iter().flat_map(|finding| part(finding, style))),
    }
    lines.join("\n")
}

/// Asks about answers that are one edit away from right.
pub fn slips(mark: &Mark, style: &Style) -> String {
    let slips = mark.findings.iter().filter(|finding| finding.verdict == Verdict::Slip);
    let told = slips.map(|finding| {
        let line = |text: &Option<Text>| text.as_ref().map(safe_line).unwrap_or_default();
        format!("You wrote \"{}\"; the answer is \"{}\".", line(&finding.given), line(&finding.expected))
    });
    let lines: Vec<String> = told.flat_map(|text| wrap(&text, style.prose_width())).collect();
    lines.join("\n")
}

/// Sets the one part of an answer; the question was just read and is not repeated.
fn single(finding: &Finding, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    if finding.verdict != Verdict::Right {
        if let Some(given) = finding.given.as_ref().filter(|given| !given.is_blank()) {
            lines.extend(indented(&format!("You: {}", safe_line(given)), style));
        }
        if let Some(expected) = &finding.expected {
            lines.extend(indented(&format!("**Right: {}**", safe_line(expected)), style));
        }
    }
    lines.extend(feedback(finding, style));
    lines
}

fn part(finding: &Finding, style: &Style) -> Vec<String> {
    let what = safe_line(&finding.what);
    let line = |text: &Text| safe_line(text);
    let picked = finding.given.as_ref().is_some_and(|given| *given == finding.what);
    let sought = finding.expected.as_ref().is_some_and(|expected| *expected == finding.what);
    let right = finding.verdict == Verdict::Right;
    let (told, yours) = match (&finding.given, &finding.expected) {
        // An option: what it says is what it is.
        (None, Some(_)) if sought => (noted(&what, "right, not picked", style), None),
        (Some(_), None) if picked => (noted(&what, "picked", style), None),
        (Some(_), Some(_)) if picked && sought => (what, None),
        (Some(given), _) if right => (format!("{what}: {}", line(given)), None),
        (given, Some(expected)) => {
            let yours = given.as_ref().map_or_else(|| "none".to_owned(), line);
            (format!("{what}: {}", line(expected)), Some(format!("you: {yours}")))
        }
        (Some(given), None) => (what, Some(format!("you: {}", line(given)))),
        (None, None) => (what, None),
    };
    let mut lines = marked(finding, &beside(told, yours, style), style);
    lines.extend(feedback(finding, style));
    lines
}

/// Adds a note to an option, where the mark before it is not in words.
fn noted(what: &str, note: &str, style: &Style) -> String {
    if style.plain { what.to_owned() } else { format!("{what} ({note})") }
}

/// Puts what the learner gave beside what is right, or below it where there is no room.
fn beside(told: String, yours: Option<String>, style: &Style) -> Vec<String> {
    // The longest mark in words.
    let lead = if style.plain { "  Missed: ".len() } else { LEAD };
    let room = style.prose_width().saturating_sub(lead).max(8);
    match yours {
        Some(yours) if width(&told) + width(&yours) + 3 <= room => vec![format!("{told} ({yours})")],
        Some(yours) => [wrap(&told, room), wrap(&yours, room)].concat(),
        None => wrap(&told, room),
    }
}

fn marked(finding: &Finding, rows: &[String], style: &Style) -> Vec<String> {
    let missed = finding.given.is_none() && finding.expected.as_ref() == Some(&finding.what);
    let (mark, paint): (&str, fn(&Style, &str) -> String) = match finding.verdict {
        Verdict::Right => (style.right(), Style::green),
        _ if missed => (style.right(), Style::yellow),
        Verdict::Partial => ("~", Style::yellow),
        Verdict::Wrong | Verdict::Slip => (style.wrong(), Style::red),
    };
    let lead = |at: usize| match at {
        0 if style.plain => spoken(finding.verdict, missed).to_owned(),
        0 => format!("{mark:<2}"),
        _ => "  ".to_owned(),
    };
    rows.iter().enumerate().map(|(at, row)| format!("  {}{row}", paint(style, &lead(at)))).collect()
}

/// Says what a mark shows.
fn spoken(verdict: Verdict, missed: bool) -> &'static str {
    match verdict {
        Verdict::Right => "Right: ",
        _ if missed => "Missed: ",
        Verdict::Partial => "Partly: ",
        Verdict::Wrong | Verdict::Slip => "Wrong: ",
    }
}

fn feedback(finding: &Finding, style: &Style) -> Vec<String> {
    let said = finding.feedback.as_ref().map(|text| indented(&safe(text), style));
    said.unwrap_or_default()
}

fn indented(text: &str, style: &Style) -> Vec<String> {
    let narrow = Style { width: style.prose_width().saturating_sub(LEAD).max(8), ..*style };
    markdown(text, &narrow).into_iter().map(|line| format!("    {line}")).collect()
}

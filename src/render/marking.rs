//! What an answer was worth, and why.

use crate::grade::{Finding, Mark, Verdict};

use super::{Style, markdown, safe, safe_line, wrap};

/// Sets a mark: the verdict, then each part with what was given, what is right, and what the author says to it.
pub fn marking(mark: &Mark, style: &Style) -> String {
    let verdict = match mark.verdict {
        Verdict::Right => style.green(&format!("{} Right.", style.right())),
        Verdict::Partial => style.yellow(&format!("~ Partly right: {:.0} %.", mark.score * 100.0)),
        Verdict::Wrong | Verdict::Slip => style.red(&format!("{} Not right.", style.wrong())),
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
        let line = |text: &Option<crate::deck::Text>| text.as_ref().map(safe_line).unwrap_or_default();
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
    let (mark, paint): (&str, fn(&Style, &str) -> String) = match finding.verdict {
        Verdict::Right => (style.right(), Style::green),
        Verdict::Partial => ("~", Style::yellow),
        Verdict::Wrong | Verdict::Slip => (style.wrong(), Style::red),
    };
    let what = safe_line(&finding.what);
    let line = match (&finding.given, &finding.expected) {
        (_, Some(expected)) if finding.verdict != Verdict::Right && expected == &finding.what => {
            format!("{what} (this was right)")
        }
        (Some(given), Some(expected)) if finding.verdict != Verdict::Right => {
            format!("{what}: you {}, right {}", safe_line(given), safe_line(expected))
        }
        (None, Some(expected)) => format!("{what}: {}", safe_line(expected)),
        (Some(given), _) if given != &finding.what => format!("{what}: {}", safe_line(given)),
        _ => what,
    };
    let wrapped = wrap(&line, style.prose_width().saturating_sub(4).max(8));
    let mut lines: Vec<String> = Vec::new();
    for (at, text) in wrapped.iter().enumerate() {
        let lead = if at == 0 { format!("{:<2}", mark) } else { "  ".to_owned() };
        lines.push(format!("  {}{text}", paint(style, &lead)));
    }
    lines.extend(feedback(finding, style));
    lines
}

fn feedback(finding: &Finding, style: &Style) -> Vec<String> {
    let said = finding.feedback.as_ref().map(|text| indented(&safe(text), style));
    said.unwrap_or_default()
}

fn indented(text: &str, style: &Style) -> Vec<String> {
    let narrow = Style { width: style.prose_width().saturating_sub(4).max(8), ..*style };
    markdown(text, &narrow).into_iter().map(|line| format!("    {line}")).collect()
}

//! The report for people: the score by lesson and tier, the rules, then every question that is not right.

use crate::deck::{Text, Tier};
use crate::grade::{PointVerdict, Verdict};
use crate::render::{Style, counted, pad, safe_line, safe_str, width, wrap};
use crate::session::{Exam, Examined, Found, Rule, Status};

/// Columns before what is said of a question.
const LEAD: usize = 4;

/// Says in one line how an exam ended.
pub fn verdict(exam: &Exam) -> String {
    let (word, score, mark) = (if exam.passed { "passed" } else { "not passed" }, exam.score, exam.pass_mark);
    format!("{word}: {} ({} passes)", percent(score), percent(mark))
}

pub(super) fn text(exam: &Exam, style: &Style) -> String {
    let mut lines = head(exam, style);
    lines.extend(rules(&exam.rules, style));
    lines.extend(groups("By lesson", &by(exam, |item| format!("{}/{}", item.deck, item.lesson)), style));
    lines.extend(groups("By tier", &by_tier(exam), style));
    let open: Vec<&Examined> = exam.items.iter().filter(|item| item.status != Status::Right).collect();
    if !open.is_empty() {
        lines.push(String::new());
        lines.push(style.bold("Not right"));
    }
    lines.extend(open.into_iter().flat_map(|item| question(item, style)));
    lines.push(String::new());
    lines.extend(wrap(&format!("--seed {} asks the same questions.", exam.seed), style.prose_width()));
    lines.join("\n") + "\n"
}

fn head(exam: &Exam, style: &Style) -> Vec<String> {
    let told = verdict(exam);
    let (first, rest) = told.split_at(1);
    let told = format!("{}{rest}", first.to_uppercase());
    let told = if exam.passed { style.green(&told) } else { style.red(&told) };
    let counts = Status::ALL.iter().map(|status| (exam.count(*status), status.word())).filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    let facts = format!("{}: {}.", counted(exam.items.len(), "question"), counts.join(", "));
    let mut lines = vec![told];
    lines.extend(wrap(&facts, style.prose_width()));
    lines
}

/// The rules beyond the mark itself.
fn rules(rules: &[Rule], style: &Style) -> Vec<String> {
    let told = rules.iter().skip(1).flat_map(|rule| {
        let (mark, met) = if rule.passed { (style.right(), "met") } else { (style.wrong(), "not met") };
        let text = format!("--{}: {} of {}, {met}", safe_str(&rule.name), percent(rule.got), percent(rule.wanted));
        hanging(&format!("  {mark} "), &text, style)
    });
    told.collect()
}

/// Sums up groups of questions: name, questions, score.
fn by(exam: &Exam, name: impl Fn(&Examined) -> String) -> Vec<(String, usize, f64)> {
    let mut groups: Vec<(String, usize, f64)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for item in &exam.items {
        let name = name(item);
        let at = *places.entry(name.clone()).or_insert_with(|| {
            groups.push((name, 0, 0.0));
            groups.len() - 1
        });
        groups[at].1 += 1;
        groups[at].2 += item.score;
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    groups
}

fn by_tier(exam: &Exam) -> Vec<(String, usize, f64)> {
    let groups = by(exam, |item| item.tier.map_or("no tier", Tier::word).to_owned());
    let words = Tier::WORDS.iter().map(|(word, _)| *word).chain(["no tier"]);
    let found = words.filter_map(|word| groups.iter().find(|(name, ..)| name == word).cloned());
    found.collect()
}

fn groups(title: &str, groups: &[(String, usize, f64)], style: &Style) -> Vec<String> {
    if groups.len() < 2 {
        return Vec::new();
    }
    let widest = groups.iter().map(|(name, ..)| width(name)).max().unwrap_or(0);
    let mut lines = vec![String::new(), style.bold(title)];
    for (name, count, sum) in groups {
        let score = percent(sum / *count as f64);
        let facts = format!("{score:>5}  {}", counted(*count, "question"));
        if style.plain || widest + width(&facts) + LEAD > style.width {
            lines.extend(hanging("  ", &format!("{name}: {}", facts.trim_start()), style));
        } else {
            lines.push(format!("  {}  {facts}", pad(name, widest)));
        }
    }
    lines
}

fn question(item: &Examined, style: &Style) -> Vec<String> {
    let place = item.place.as_ref().map(|place| format!(" ({}:{})", safe_str(&place.file), place.line));
    let status = match item.status {
        Status::Partial => percent(item.score),
        other => other.word().to_owned(),
    };
    let head = format!("{} [{status}]{}", safe_str(&item.item), place.unwrap_or_default());
    let mut lines = vec![String::new()];
    lines.extend(hanging("  ", &head, style).iter().map(|line| style.bold(line)));
    lines.extend(details(item, style));
    lines
}

/// Says what was asked, and of every part that is not right what would have been.
pub(super) fn details(item: &Examined, style: &Style) -> Vec<String> {
    let mut lines = hanging("    ", &safe_line(&item.stem), style);
    match item.status {
        Status::Missing | Status::Error => {
            let reason = item.reason.as_deref().filter(|_| item.status == Status::Error).map(safe_str);
            lines.extend(reason.iter().flat_map(|reason| hanging("    ", reason, style)));
            lines.extend(expected(item, style));
        }
        _ if !item.points.is_empty() || !item.misconceptions.is_empty() => {
            lines.extend(open(&item.points, &item.misconceptions, style));
        }
        _ if !item.steps.is_empty() => {
            for step in item.steps.iter().filter(|step| step.status != Status::Right) {
                let told = format!("{} [{}]: {}", step.id, step.status.word(), safe_line(&step.stem));
                lines.extend(hanging("    ", &told, style));
                lines.extend(step.findings.iter().flat_map(|found| finding(&step.stem, found, style)));
                lines.extend(open(&step.points, &step.misconceptions, style));
            }
        }
        _ if item.findings.is_empty() => {
            let reason = item.reason.as_deref().map(safe_str);
            lines.extend(reason.iter().flat_map(|reason| hanging("    ", reason, style)));
        }
        _ => lines.extend(item.findings.iter().flat_map(|found| finding(&item.stem, found, style))),
    }
    lines
}

/// What would have been right, where nothing was marked.
fn expected(item: &Examined, style: &Style) -> Vec<String> {
    let told = |lead: &str, found: &Found| {
        let (part, expected) = (safe_line(&found.part), found.expected.as_ref().map(safe_line)?);
        let what =
            if part == expected || found.part.raw() == item.stem.raw() { String::new() } else { format!("{part}: ") };
        Some(hanging(lead, &format!("{what}{expected}"), style))
    };
    match (item.findings.as_slice(), &item.expected) {
        ([only], _) => told("    Expected: ", only).unwrap_or_default(),
        ([], serde_json::Value::Object(steps)) => {
            let each =
                steps.iter().flat_map(|(step, value)| hanging("    - ", &format!("{step}: {}", plain(value)), style));
            std::iter::once("    Expected:".to_owned()).chain(each).collect()
        }
        // Nobody can read a sealed key.
        ([], serde_json::Value::Null) => Vec::new(),
        ([], value) => hanging("    Expected: ", &plain(value), style),
        (several, _) => {
            let each = several.iter().filter_map(|found| told("    - ", found)).flatten();
            std::iter::once("    Expected:".to_owned()).chain(each).collect()
        }
    }
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => safe_line(&Text::new(text.as_str())),
        other => safe_line(&Text::new(other.to_string())),
    }
}

fn finding(item: &Text, found: &Found, style: &Style) -> Vec<String> {
    if found.verdict == Verdict::Right {
        return Vec::new();
    }
    let picked = found.given.as_ref() == Some(&found.part);
    let sought = found.expected.as_ref() == Some(&found.part);
    let quoted = |text: &Text| format!("\"{}\"", safe_line(text));
    let part = safe_line(&found.part);
    let lead = if found.part.raw().split_whitespace().eq(item.raw().split_whitespace()) {
        String::new()
    } else {
        format!("{part}: ")
    };
    let told = match (&found.given, &found.expected) {
        (None, Some(_)) if sought => format!("not picked: {part}"),
        (Some(_), None) if picked => format!("picked: {part}"),
        (given, Some(expected)) => {
            let given = given.as_ref().map_or_else(|| "nothing".to_owned(), quoted);
            format!("{lead}{given}; expected {}", quoted(expected))
        }
        (Some(given), None) => format!("{part}: {}; out of place", quoted(given)),
        (None, None) => format!("{part}: left out"),
    };
    let mut lines = hanging("    - ", &told, style);
    lines.extend(found.feedback.iter().flat_map(|said| hanging("      ", &safe_line(said), style)));
    lines
}

fn open(points: &[crate::session::PointFound], claims: &[crate::session::ClaimFound], style: &Style) -> Vec<String> {
    let point = |point: &crate::session::PointFound| {
        let lead = match point.verdict {
            PointVerdict::Hit => return Vec::new(),
            PointVerdict::Ask => "in doubt",
            PointVerdict::Miss => "not found",
        };
        hanging("    - ", &format!("{lead}: {}", safe_line(&point.text)), style)
    };
    let claim = |claim: &crate::session::ClaimFound| {
        let told = format!("wrong claim: \"{}\". {}", safe_line(&claim.evidence), safe_line(&claim.feedback));
        hanging("    - ", &told, style)
    };
    points.iter().flat_map(point).chain(claims.iter().flat_map(claim)).collect()
}

/// Wraps a text below its lead.
fn hanging(lead: &str, text: &str, style: &Style) -> Vec<String> {
    let lines = wrap(text, style.prose_width().saturating_sub(width(lead)).max(8));
    let blank = " ".repeat(width(lead));
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { lead } else { &blank })).collect()
}

/// Writes a score as a percentage, never rounded up to one that it does not reach.
pub(super) fn percent(score: f64) -> String {
    let tenths = (crate::session::rounded(score) * 1000.0 + 1e-9).floor() / 10.0;
    format!("{tenths} %")
}

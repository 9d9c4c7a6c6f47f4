//! The report of a mock interview, on the screen and as a Markdown transcript.

use crate::deck::Text;
use crate::session::{Band, Banded, Open, Report, Round};

use super::{Style, counted, percent, safe, safe_str, table, wrap};

/// One question of the interview with what was said to it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// What it came to.
    pub round: &'t Round,
    /// What was asked and answered, the question first; not yet safe.
    pub said: &'t [(String, String)],
    /// The model answer.
    pub model: Option<&'t Text>,
}

/// Sets what was asked and said.
pub fn exchange(said: &[(String, String)], style: &Style) -> String {
    let bar = style.dim(style.bar());
    let mut lines = Vec::new();
    for (question, answer) in said {
        lines.extend(wrap(&flat(question), style.prose_width()).iter().map(|line| style.bold(line)));
        let answer = if answer.trim().is_empty() { "(nothing)".to_owned() } else { safe_str(answer.trim()) };
        let room = style.prose_width().saturating_sub(2).max(8);
        lines.extend(answer.lines().flat_map(|line| wrap(line, room)).map(|line| format!("{bar}{line}")));
    }
    lines.join("\n")
}

/// Sets the report.
pub fn mock_report(report: &Report, style: &Style) -> String {
    let mut lines = vec![String::new(), style.bold("Report")];
    lines.extend(table(&tiers(report), true, style));
    lines.push(String::new());
    lines.extend(table(&bands(report), true, style));
    lines.push(String::new());
    if report.to_fix.is_empty() {
        lines.push("No point was left open.".to_owned());
        return lines.join("\n");
    }
    lines.push(style.bold("To fix"));
    for (number, open) in report.to_fix.iter().enumerate() {
        let room = style.prose_width().saturating_sub(3).max(8);
        let told = wrap(&fix(open), room);
        let lead = |at: usize| if at == 0 { format!("{}. ", number + 1) } else { "   ".to_owned() };
        lines.extend(told.iter().enumerate().map(|(at, line)| format!("{}{line}", lead(at))));
    }
    lines.push("Their questions are in tomorrow's queue: grillme interview.".to_owned());
    lines.join("\n")
}

fn fix(open: &Open) -> String {
    let must = if open.required { " (a must)" } else { "" };
    format!("{}: {}{must}", open.key, flat(&open.point))
}

fn tiers(report: &Report) -> Vec<Vec<String>> {
    let mut rows = vec![["tier", "questions", "covered"].map(str::to_owned).to_vec()];
    for tier in &report.tiers {
        rows.push(vec![tier.tier.word().to_owned(), tier.questions.to_string(), percent(tier.coverage)]);
    }
    rows
}

fn bands(report: &Report) -> Vec<Vec<String>> {
    let own = |band: Option<Band>| band.map_or("not rated", Band::words).to_owned();
    let marked = |name: &str, Banded { share, band }: Banded| {
        [name.to_owned(), band.words().to_owned(), format!("rubric, {}", percent(share))]
    };
    let rows = [
        ["", "band", "by"].map(str::to_owned),
        marked("correctness", report.correctness),
        marked("completeness", report.completeness),
        ["trade-offs".to_owned(), own(report.own.tradeoffs), "you".to_owned()],
        ["clarity".to_owned(), own(report.own.clarity), "you".to_owned()],
    ];
    rows.map(|row| row.to_vec()).to_vec()
}

/// Writes the interview down as Markdown: the report, then each question with what was said.
pub fn transcript(told: &[Told<'_>], report: &Report) -> String {
    let mut out = "# Mock interview\n\n".to_owned();
    out += &format!("{} asked.\n\n", counted(told.len(), "question"));
    out += &markdown_table(&tiers(report));
    out += &markdown_table(&bands(report));
    if !report.to_fix.is_empty() {
        out += "To fix:\n\n";
        report.to_fix.iter().for_each(|open| out += &format!("- {}\n", escaped(&fix(open))));
        out += "\n";
    }
    for (number, each) in told.iter().enumerate() {
        out += &format!("## {}. {} ({})\n\n", number + 1, each.round.key, each.round.tier.word());
        for (question, answer) in each.said {
            out += &format!("### {}\n\n{}\n\n", flat(question), quoted(answer));
        }
        out += &format!("Covered: {}.", percent(each.round.coverage));
        if each.round.claims > 0 {
            out += &format!(" {} made.", counted(each.round.claims, "wrong claim"));
        }
        out += "\n\n";
        if !each.round.open.is_empty() {
            out += "Left open:\n\n";
            each.round.open.iter().for_each(|open| out += &format!("- {}\n", escaped(&flat(&open.point))));
            out += "\n";
        }
        out += &each.model.map(|model| format!("Model answer:\n\n{}\n\n", safe(model))).unwrap_or_default();
    }
    out
}

fn markdown_table(rows: &[Vec<String>]) -> String {
    let line =
        |row: &Vec<String>| format!("| {} |\n", row.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "));
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        out += &line(row);
        if at == 0 {
            out += &format!("|{}\n", "---|".repeat(row.len()));
        }
    }
    out + "\n"
}

/// Makes a text safe, on one line.
fn flat(text: &str) -> String {
    safe_str(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keeps what Markdown would take for marks.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |out, c| {
        if matches!(c, '|' | '<' | '*' | '_' | '`' | '[') { out + "\\" + &c.to_string() } else { out + &c.to_string() }
    })
}

/// Sets an answer as a quotation, each line as it was written.
fn quoted(answer: &str) -> String {
    let answer = if answer.trim().is_empty() { "(nothing)" } else { answer.trim() };
    safe_str(answer).lines().map(|line| format!("> {}  ", escaped(line))).collect::<Vec<_>>().join("\n")
}

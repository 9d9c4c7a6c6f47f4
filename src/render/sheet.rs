//! The interviewer's sheet: questions, hints and rubric boxes as Markdown, for a friend to run an interview from.

use crate::deck::{Interview, Item, Kind, Tier};

use super::{safe, safe_line};

/// One question of the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its item; those of other kinds are left out.
    pub item: &'a Item,
    /// The tier it is asked at.
    pub tier: Tier,
}

/// Writes the sheet.
pub fn sheet(title: &str, questions: &[Asked<'_>]) -> String {
    let mut out =
        format!("# Interview: {}\n\nCandidate: ____________________  Date: __________\n", super::safe_str(title));
    out += "\nTick a box when the point was made, in whatever words. Ask the follow-ups where boxes stay open.\n";
    let interviews = questions.iter().filter_map(|asked| match &asked.item.kind {
        Kind::Interview(interview) => Some((asked, interview)),
        _ => None,
    });
    for (number, (asked, interview)) in interviews.enumerate() {
        out += &question(number + 1, asked, interview);
    }
    out
}

fn question(number: usize, asked: &Asked<'_>, interview: &Interview) -> String {
    let minutes = asked.item.seconds.map(|s| format!(", about {}", fair(s))).unwrap_or_default();
    let mut out = format!("\n## {number}. {}{minutes}\n\n{}\n", asked.tier.word(), quoted(&safe(&interview.prompt)));
    for hint in &asked.item.hints {
        out += &format!("\n- Hint, if stuck: {}", safe_line(hint));
    }
    if !asked.item.hints.is_empty() {
        out += "\n";
    }
    out += "\n**Key points**\n\n";
    for point in &interview.rubric.key_points {
        let must = if point.required { " (a must)" } else { "" };
        let weight = if point.weight > 1 { format!(" (counts {})", point.weight) } else { String::new() };
        out += &format!("- [ ] {}{must}{weight}\n", safe_line(&point.text));
    }
    if !interview.rubric.misconceptions.is_empty() {
        out += "\n**Wrong claims to listen for**\n\n";
        for claim in &interview.rubric.misconceptions {
            out += &format!("- [ ] {} ({})\n", safe_line(&claim.text), safe_line(&claim.feedback));
        }
    }
    out += &format!("\n**A model answer**\n\n{}\n", safe(&interview.answer));
    if let Some(angle) = &interview.senior_angle {
        out += &format!("\n**What a senior adds**\n\n{}\n", safe(angle));
    }
    if !interview.follow_ups.is_empty() {
        out += "\n**Follow-ups**\n\n";
        for more in &interview.follow_ups {
            out += &format!("- {} *({})*\n", safe_line(&more.prompt), safe_line(&more.answer));
        }
    }
    out + "\nNotes:\n\n&nbsp;\n"
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Writes a fair time: `90 s`, `2 min`.
pub fn fair(seconds: u32) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        s if s.is_multiple_of(60) => format!("{} min", s / 60),
        s => format!("{} min {} s", s / 60, s % 60),
    }
}

//! A quiz on the screen: the pace, and its end.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::deck::Text;
use crate::session::{Miss, Score};

use super::summary::time;
use super::{Style, counted, safe_line, safe_str, wrap};

/// Says how long an answer took, of the seconds it may take.
pub fn pace(took_ms: u64, most: u64, style: &Style) -> String {
    let took = took_ms.div_ceil(1000);
    if took_ms > most.saturating_mul(1000) {
        style.yellow(&format!("Late: {took} s of {most} s. It counts as missed."))
    } else {
        style.dim(&format!("{took} s of {most} s."))
    }
}

/// What to go back to after a quiz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The lesson, as `deck/lesson`.
    pub lesson: String,
    /// The objectives that missed questions serve.
    pub objectives: Vec<Text>,
}

/// What a quiz came to.
#[derive(Debug, Clone, Copy)]
pub struct QuizEnd<'a> {
    /// Its sums.
    pub score: &'a Score,
    /// The question of each key that was missed.
    pub stems: &'a BTreeMap<String, Text>,
    /// What to go back to.
    pub review: &'a [Review],
    /// The seed that chooses the same questions again.
    pub seed: u64,
}

/// Sets the end of a quiz: the score, what was missed, what to review.
pub fn quiz(end: &QuizEnd<'_>, style: &Style) -> String {
    let score = end.score;
    let mut lines = vec![String::new()];
    if score.answered == 0 {
        lines.push("Nothing answered.".to_owned());
        return lines.join("\n");
    }
    lines.extend(wrap(&head(score), style.prose_width()).iter().map(|line| style.bold(line)));
    lines.extend(missed(end, style));
    lines.extend(review(end.review, style));
    lines.extend(
        wrap(&format!("--seed {} asks the same questions.", end.seed), style.prose_width())
            .iter()
            .map(|line| style.dim(line)),
    );
    lines.join("\n")
}

fn head(score: &Score) -> String {
    let mut facts = vec![format!("{} of {} right", score.right, score.answered)];
    facts.extend((score.partly > 0).then(|| format!("{} partly", score.partly)));
    facts.extend((score.late > 0).then(|| format!("{} late", score.late)));
    facts.push(time(score.took_ms));
    let left = score.asked - score.answered;
    let left = if left > 0 { format!(" {} left unanswered.", counted(left, "question")) } else { String::new() };
    format!("{:.0} %: {}.{left}", score.score * 100.0, facts.join(", "))
}

fn missed(end: &QuizEnd<'_>, style: &Style) -> Vec<String> {
    let entries: Vec<String> = end.score.missed.iter().map(|miss| entry(miss, end.stems)).collect();
    let head = (!entries.is_empty()).then(|| "Missed:".to_owned());
    head.into_iter().chain(list(&entries, style)).collect()
}

fn entry(miss: &Miss, stems: &BTreeMap<String, Text>) -> String {
    let mut facts = Vec::new();
    if miss.late {
        facts.push("late".to_owned());
    } else if miss.points > 0.0 {
        facts.push(format!("{:.0} %", miss.points * 100.0));
    }
    if miss.mended {
        facts.push("then right".to_owned());
    }
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
    format!("{}{facts}: {}", miss.key, stems.get(&miss.key).map(safe_line).unwrap_or_default())
}

fn review(review: &[Review], style: &Style) -> Vec<String> {
    let lesson = |review: &Review| {
        let entries: Vec<String> = review.objectives.iter().map(safe_line).collect();
        let command = format!("`grillme lesson {}`", safe_str(&review.lesson));
        let head =
            if entries.is_empty() { format!("To review: {command}") } else { format!("To review, with {command}:") };
        [wrap(&head, style.prose_width()), list(&entries, style)].concat()
    };
    review.iter().flat_map(lesson).collect()
}

fn list(entries: &[String], style: &Style) -> Vec<String> {
    let room = style.prose_width().saturating_sub(4).max(8);
    let mut lines = Vec::new();
    for entry in entries {
        let lead = |at: usize| if at == 0 { style.bullet() } else { " " };
        lines.extend(wrap(entry, room).iter().enumerate().map(|(at, line)| format!("  {} {line}", lead(at))));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_answer_is_said_to_be_late_and_a_part_of_a_second_counts_as_one() {
        let style = Style::plain(80);
        assert_eq!(pace(2_001, 5, &style), "3 s of 5 s.");
        assert_eq!(pace(5_000, 5, &style), "5 s of 5 s.");
        assert_eq!(pace(5_001, 5, &style), "Late: 6 s of 5 s. It counts as missed.");
    }

    #[test]
    fn the_end_says_what_was_partly_right_late_and_mended_and_fits_the_screen() {
        let miss = |key: &str, points, late, mended| Miss { key: key.into(), points, late, tries: 1, mended };
        let missed = vec![miss("d/a", 0.5, false, false), miss("d/b", 0.0, true, false), miss("d/c", 0.0, false, true)];
        let (asked, answered, took_ms) = (6, 5, 65_000);
        let score = Score { asked, answered, right: 2, partly: 1, late: 1, score: 0.5, took_ms, missed };
        let stems = [("d/a".to_owned(), Text::new("What is it?"))].into();
        let review = [Review { lesson: "d/one".into(), objectives: vec![Text::new("Say what it is")] }];
        let end = QuizEnd { score: &score, stems: &stems, review: &review, seed: 7 };
        let lines = [
            "",
            "50 %: 2 of 5 right, 1 partly, 1",
            "late, 1 min 5 s. 1 question left",
            "unanswered.",
            "Missed:",
            "  - d/a (50 %): What is it?",
            "  - d/b (late):",
            "  - d/c (then right):",
            "To review, with `grillme lesson",
            "d/one`:",
            "  - Say what it is",
            "--seed 7 asks the same",
            "questions.",
        ];
        assert_eq!(quiz(&end, &Style::plain(32)).lines().collect::<Vec<_>>(), lines);
    }
}

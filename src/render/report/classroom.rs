//! The result JSON that GitHub Classroom's autograding reporter sums up. Every question is worth one point, and gets the
//! part of it that was earned.

use serde::Serialize;

use crate::deck::escape_json;
use crate::render::{Style, safe_line};
use crate::session::{Exam, Examined, Status, rounded};

use super::told;

#[derive(Serialize)]
struct Document {
    version: u32,
    status: &'static str,
    max_score: usize,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    message: Option<String>,
    score: f64,
    test_code: String,
    filename: Option<String>,
    line_no: Option<usize>,
}

pub(super) fn classroom(exam: &Exam, _: &Style) -> String {
    let status = match exam.passed {
        true => "pass",
        false if exam.count(Status::Error) > 0 => "error",
        false => "fail",
    };
    let tests = exam.items.iter().map(test).collect();
    let document = Document { version: 1, status, max_score: exam.items.len(), tests };
    escape_json(serde_json::to_string_pretty(&document).unwrap_or_default()) + "\n"
}

/// The reporter prints name, message and code into the log of the job. Each is one line that starts with a word of
/// ours, so that it is no command to the runner.
fn test(item: &Examined) -> Test {
    let status = match item.status {
        Status::Right => "pass",
        Status::Error => "error",
        Status::Partial | Status::Wrong | Status::Missing => "fail",
    };
    Test {
        name: format!("{}: {}", item.item, told::name(item).split_once(": ").map_or("", |(_, stem)| stem)),
        status,
        message: (item.status != Status::Right).then(|| told::headline(item)),
        score: rounded(item.score),
        test_code: format!("Question: {}", safe_line(&item.stem)),
        filename: item.place.as_ref().map(|place| place.file.clone()),
        line_no: item.place.as_ref().map(|place| place.line),
    }
}

//! Reports of an exam: one file a format, and the list of them.
//!
//! A report is made whole, as one text that ends in a new line; whoever asked for it writes it. Only the `text` report
//! looks at the style. To add a format is to add its file and its line in [`FORMATS`].

mod json;
mod text;

pub use text::verdict;

use super::Style;
use crate::session::Exam;

/// A format of report.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    /// Its name, as `--report` takes it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Makes the report.
    pub make: fn(&Exam, &Style) -> String,
}

/// All formats.
pub const FORMATS: [Report; 2] = [
    Report { name: "text", about: "for people", make: text::text },
    Report { name: "json", about: "everything, for programs", make: json::json },
];

/// Finds a format by its name.
pub fn find(name: &str) -> Option<Report> {
    FORMATS.into_iter().find(|format| format.name == name)
}

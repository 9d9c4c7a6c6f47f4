//! Reports of an exam: one file a format, and the list of them.
//!
//! A report is made whole, as one text that ends in a new line; whoever asked for it writes it. Only the `text` report
//! looks at the style. To add a format is to add its file and its line in [`FORMATS`].

mod classroom;
mod github;
mod json;
mod junit;
mod markdown;
mod tap;
mod text;
mod told;

pub use markdown::job_summary;
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
pub const FORMATS: [Report; 7] = [
    Report { name: "text", about: "for people", make: text::text },
    Report { name: "json", about: "everything, for programs", make: json::json },
    Report { name: "junit", about: "XML that Jenkins and GitLab read", make: junit::junit },
    Report { name: "tap", about: "TAP 14", make: tap::tap },
    Report { name: "github", about: "annotations, and a job summary", make: github::github },
    Report { name: "markdown", about: "for comments and pages", make: markdown::markdown },
    Report { name: "classroom", about: "points for GitHub Classroom", make: classroom::classroom },
];

/// Finds a format by its name.
pub fn find(name: &str) -> Option<Report> {
    FORMATS.into_iter().find(|format| format.name == name)
}

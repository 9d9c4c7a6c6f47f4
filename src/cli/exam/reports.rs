//! Where reports go. Each is made whole before any of it is written, and appears in its place at once or not at all.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::render::Style;
use crate::render::report::{self, FORMATS, Report};
use crate::session::Exam;

use super::super::app::App;
use super::super::error::Stop;
use super::super::rooted::rooted;
use super::super::{summary, whole};

/// The format that names files as GitHub does, and has a job summary beside it.
const GITHUB: &str = "github";

/// A report that was asked for.
#[derive(Debug, Clone)]
pub struct Target {
    report: Report,
    /// Nothing is standard output.
    path: Option<PathBuf>,
}

impl Target {
    /// Tells whether it says on standard output how the exam ended, in words.
    pub fn is_told(&self) -> bool {
        self.path.is_none() && self.report.name == "text"
    }
}

/// Reads `FORMAT` or `FORMAT=PATH`.
pub fn target(text: &str) -> Result<Target, String> {
    let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
    let report = report::find(name).ok_or_else(|| {
        let known = FORMATS.map(|format| format!("{} ({})", format.name, format.about)).join(", ");
        format!("no report has the format {name:?}; there are {known}")
    })?;
    match path {
        Some("") => Err("the path after = is empty".to_owned()),
        Some("-") | None => Ok(Target { report, path: None }),
        Some(path) => Ok(Target { report, path: Some(path.into()) }),
    }
}

/// Lists the reports to make; without any, the one that `--format` names, on standard output.
pub fn check(app: &App, asked: &[Target]) -> Result<Vec<Target>, Stop> {
    if asked.iter().filter(|target| target.path.is_none()).count() > 1 {
        let hint = "give all but one of them a file, as in --report json=result.json";
        return Err(Stop::Usage(format!("only one report can go to standard output\nhint: {hint}")));
    }
    let doubled = |(at, target): (usize, &Target)| {
        target.path.is_some() && asked[..at].iter().any(|other| other.path == target.path)
    };
    if asked.iter().enumerate().any(doubled) {
        return Err(Stop::Usage("two reports go to the same file\nhint: give each its own".to_owned()));
    }
    if asked.is_empty() {
        let name = if app.json() { "json" } else { "text" };
        return Ok(report::find(name).map(|report| Target { report, path: None }).into_iter().collect());
    }
    Ok(asked.to_vec())
}

/// Makes and writes the reports, those on standard output last: when one fails, nothing was said yet.
pub fn write(app: &App, targets: &[Target], exam: &Exam) -> Result<(), Stop> {
    for Target { report, path } in targets {
        let Some(path) = path else { continue };
        app.refuse_log(path)?;
        // A file looks the same wherever it was made.
        let text = made(report, exam, &Style { plain: false, ..Style::plain(80) });
        whole::write(path, &text)?;
    }
    for Target { report, .. } in targets.iter().filter(|target| target.path.is_none()) {
        let mut out = io::stdout().lock();
        out.write_all(made(report, exam, &app.style()).as_bytes())?;
        out.flush()?;
    }
    if targets.iter().any(|target| target.report.name == GITHUB) {
        summary::add(app, &report::job_summary(exam));
    }
    Ok(())
}

fn made(report: &Report, exam: &Exam, style: &Style) -> String {
    if report.name != GITHUB {
        return (report.make)(exam, style);
    }
    let mut exam = exam.clone();
    for place in exam.items.iter_mut().filter_map(|item| item.place.as_mut()).filter(|place| place.file != "-") {
        place.file = rooted(&place.file);
    }
    (report.make)(&exam, style)
}

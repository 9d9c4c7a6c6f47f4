//! The job summary of GitHub Actions: Markdown that is shown on the page of a run.

use std::fs::File;
use std::io::{self, Write};

use crate::env;

use super::app::App;

/// The most bytes that GitHub takes for one step.
const MOST: usize = 1024 * 1024;

/// Adds to the job summary, where there is one. That it cannot be written changes no verdict; it is said on standard
/// error.
pub fn add(app: &App, markdown: &str) {
    let Some(path) = env::variable("GITHUB_STEP_SUMMARY") else { return };
    let append = || -> io::Result<()> {
        let mut file = File::options().append(true).create(true).open(&path)?;
        if file.metadata()?.len() + markdown.len() as u64 > MOST as u64 {
            return Err(io::Error::other("it would be longer than GitHub takes"));
        }
        file.write_all(markdown.as_bytes())
    };
    if let Err(error) = append() {
        app.notice(&format!("the job summary is not written: {error}"));
    }
}

//! The report for programs; `data/exam-report.schema.json` describes it.

use serde::Serialize;

use crate::deck::escape_json;
use crate::render::Style;
use crate::session::Exam;

/// The version of the document.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'e> {
    schema_version: u32,
    #[serde(flatten)]
    exam: &'e Exam,
}

pub(super) fn json(exam: &Exam, _: &Style) -> String {
    let document = Document { schema_version: VERSION, exam };
    // Nothing in it can fail to be written: no map has keys other than texts, and no number is beyond JSON.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    escape_json(text) + "\n"
}

//! Answers files: JSON Lines, read strictly, every mistake told with its line.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::deck::{Node, Shape, place};
use crate::library;
use crate::session::{Place, Reply};

use super::super::error::Stop;
use super::sitting::Sitting;

/// The longest line, in bytes.
pub const MAX_LINE: u64 = 1 << 20;

/// What a line is to look like.
const SHAPE: &str = r#"each line is one object such as {"item": "docker/cgroups-limit", "answer": "cgroups"}"#;

/// One line of an answers file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `item` and `answer`")]
pub struct Line {
    /// `deck/item`.
    pub item: String,
    /// What is answered; null is nothing.
    pub answer: Value,
}

/// Takes the answers of a file, or of standard input for `-`; none of them before all were read, so that a broken file
/// leaves nothing behind.
pub fn take(sitting: &mut Sitting<'_>, name: &str) -> Result<(), Stop> {
    let answers = match name {
        "-" => read_all(sitting, name, io::stdin().lock())?,
        _ => {
            let file = File::open(name);
            let file = file.map_err(|source| Stop::File { action: "read", path: name.to_owned(), source })?;
            read_all(sitting, name, BufReader::new(file))?
        }
    };
    for (at, (line, answer)) in answers {
        sitting.take(at, &Reply::Given(answer), Some(Place { file: name.to_owned(), line }), 0)?;
    }
    Ok(())
}

/// Reads the answers: the line and the answer of each question, by its place.
fn read_all(
    sitting: &Sitting<'_>,
    name: &str,
    mut from: impl BufRead,
) -> Result<BTreeMap<usize, (usize, Value)>, Stop> {
    let mut answers: BTreeMap<usize, (usize, Value)> = BTreeMap::new();
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        let read = from.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut bytes);
        read.map_err(|source| Stop::File { action: "read", path: name.to_owned(), source })?;
        if bytes.is_empty() {
            break;
        }
        let at_line = |(reason, hint): (String, String)| Stop::Input(format!("{name}:{line}: {reason}\nhint: {hint}"));
        let Some(Line { item, answer }) = parse(&bytes, line).map_err(at_line)? else { continue };
        let at = sitting.find(&item).ok_or_else(|| at_line(unknown(sitting, &item)))?;
        if let Some((first, _)) = answers.insert(at, (line, answer)) {
            return Err(at_line((format!("{item} was answered on line {first}"), "keep one of them".to_owned())));
        }
    }
    Ok(answers)
}

/// Reads one line; a blank one is none.
pub fn parse(bytes: &[u8], line: usize) -> Result<Option<Line>, (String, String)> {
    if bytes.len() as u64 > MAX_LINE {
        return Err((format!("the line is longer than {MAX_LINE} bytes"), SHAPE.to_owned()));
    }
    // Some editors put a byte order mark first.
    let bytes = if line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let wide = line == 1 && (bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff"));
        (if wide { "this is UTF-16" } else { "this is not UTF-8" }.to_owned(), "save the file as UTF-8".to_owned())
    })?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(text).map(Some).map_err(|e| match Node::parse(text) {
        Ok(node) if node.shape() != Shape::Object => (format!("this is {}", node.shape().name()), SHAPE.to_owned()),
        Ok(_) => {
            let told = e.to_string();
            let reason = told.rsplit_once(" at line ").map_or(told.as_str(), |(reason, _)| reason);
            (format!("{reason}, in column {}", e.column()), SHAPE.to_owned())
        }
        Err(problem) => {
            let column = place(text, problem.span.start).column;
            let reason = problem.message.replace("the file", "the line");
            let hint = problem.hint.map_or_else(|| SHAPE.to_owned(), |hint| format!("{hint}; {SHAPE}"));
            (format!("{reason}, in column {column}"), hint.replace("the file", "the line"))
        }
    })
}

fn unknown(sitting: &Sitting<'_>, item: &str) -> (String, String) {
    let short: String = item.chars().take(160).collect();
    let hint = match library::nearest(&short, sitting.keys()) {
        Some(near) => format!("did you mean {near:?}?"),
        None => "take the items from the sheet that --questions writes for the same selection and --seed".to_owned(),
    };
    (format!("no question of this exam is {short:?}"), hint)
}

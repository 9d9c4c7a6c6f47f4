//! What happened, as one line of JSON with its checksum.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::canonical;
use super::what::{Detail, Points, What};
use crate::deck::{Tier, escape_json};
use crate::schedule::{Certainty, StudyDay};

/// The major version of the log's format.
pub const VERSION: u64 = 1;

/// The kinds that this version knows.
const KINDS: [&str; 9] = ["review", "practice", "plan", "undo", "suspend", "unsuspend", "bury", "unbury", "forget"];

/// Length of `,"crc":"` + 8 digits + `"}`.
pub(super) const SEAL: usize = 18;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Unique, and rising with time (UUID version 7).
    pub id: Uuid,
    /// UTC milliseconds since 1970.
    pub at_ms: i64,
    /// Offset of the learner's zone from UTC, in seconds.
    pub offset_s: i32,
    /// The learner's study day.
    pub day: StudyDay,
    /// What it was.
    pub what: What,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// It does not end in a checksum.
    #[error("the line has no checksum at its end; it may be cut off")]
    Unsealed,
    /// Its checksum is another one.
    #[error("the checksum does not match; a byte of the line has changed")]
    Checksum,
    /// It is sealed, but says nothing that makes sense.
    #[error("the line is not an event: {0}")]
    Malformed(String),
    /// It is of a higher major version.
    #[error("the line has the format version {0}")]
    Newer(u64),
}

/// The line's members, in the order they are written.
#[derive(Serialize, Deserialize, Default)]
struct Members<'a> {
    v: u64,
    id: Uuid,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    at: i64,
    offset: i32,
    #[serde(borrow)]
    day: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    card: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rating: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ms: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rev: Option<u32>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    by: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hints: Option<u32>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    given: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    auto: Option<u8>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    tier: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upper: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confirmed: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    points: Option<Points>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    think: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sure: Option<u8>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    via: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Uuid>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    through: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    on: Option<Cow<'a, str>>,
}

/// Writes an event as a line, without the newline. An event of an unknown kind has no line of its own. What an answer
/// holds that could drive a terminal is escaped, so that the log can be looked at with any tool.
pub fn write_line(event: &Event) -> String {
    let mut json = escape_json(serde_json::to_string(&members(event)).unwrap_or_default());
    json.pop();
    let crc = crc32fast::hash(json.as_bytes());
    format!("{json},\"crc\":\"{crc:08x}\"}}")
}

fn members(event: &Event) -> Members<'_> {
    let mut line = Members {
        v: VERSION,
        id: event.id,
        kind: event.what.kind().into(),
        at: event.at_ms,
        offset: event.offset_s,
        day: event.day.to_string().into(),
        card: event.what.card().map(Cow::Borrowed),
        ..Members::default()
    };
    match &event.what {
        What::Review { rating, ms, rev, by, hints, given, score, auto, detail, .. } => {
            (line.rating, line.ms, line.rev) = (Some(*rating), Some(*ms), Some(*rev));
            line.by = by.map(|day| day.to_string().into());
            line.hints = (*hints > 0).then_some(*hints);
            line.given = given.as_deref().map(Cow::Borrowed);
            (line.score, line.auto) = (*score, *auto);
            add_detail(&mut line, detail);
        }
        What::Practice { via, rating, ms, rev, hints, given, score, detail, .. } => {
            (line.rating, line.ms, line.rev) = (*rating, Some(*ms), Some(*rev));
            (line.via, line.score) = (Some(via.as_str().into()), *score);
            line.hints = (*hints > 0).then_some(*hints);
            line.given = given.as_deref().map(Cow::Borrowed);
            add_detail(&mut line, detail);
        }
        What::Plan { on, .. } => line.on = Some(on.to_string().into()),
        What::Undo { of, .. } => line.of = Some(*of),
        What::Bury { through, .. } => line.through = Some(through.to_string().into()),
        _ => {}
    }
    line
}

fn add_detail(line: &mut Members<'_>, detail: &Detail) {
    line.tier = detail.tier.map(|tier| tier.word().into());
    (line.upper, line.confirmed) = (detail.upper, detail.confirmed);
    line.points = (!detail.points.is_empty()).then(|| Points(detail.points.clone()));
    line.think = detail.think.then_some(true);
    line.sure = detail.sure.map(Certainty::as_u8);
}

/// Reads one line, without its newline; a carriage return and blanks at either end do not count.
///
/// # Errors
/// See [`LineError`].
///
/// ```
/// use grillme::store::{LineError, parse_line};
/// let line = br#"{"v":1,"id":"0192f3a0-0000-7000-8000-000000000001","kind":"forget","at":0,"offset":0,"day":"1970-01-01","card":"docker/vm-own-kernel","crc":"4368e498"}"#;
/// assert_eq!(parse_line(line).unwrap().what.card(), Some("docker/vm-own-kernel"));
/// let flipped = String::from_utf8(line.to_vec()).unwrap().replace("own", "owl");
/// assert_eq!(parse_line(flipped.as_bytes()), Err(LineError::Checksum));
/// ```
pub fn parse_line(line: &[u8]) -> Result<Event, LineError> {
    let line = line.trim_ascii();
    unseal(line).map_err(|error| refused(line, error))?;
    canonical::answer(line).map_or_else(|| read_json(line), Ok)
}

/// Reads a line whose checksum is right, in whatever form of JSON.
pub(super) fn read_json(line: &[u8]) -> Result<Event, LineError> {
    let malformed = |e: serde_json::Error| LineError::Malformed(e.to_string());
    let text = std::str::from_utf8(line).map_err(|e| LineError::Malformed(e.to_string()))?;
    match serde_json::from_str::<Members<'_>>(text) {
        Ok(members) if members.v > VERSION => Err(LineError::Newer(members.v)),
        Ok(members) => event(members),
        Err(e) => {
            newer_version(text).map_or_else(|| unknown(text).ok_or_else(|| malformed(e)), |v| Err(LineError::Newer(v)))
        }
    }
}

fn unseal(line: &[u8]) -> Result<(), LineError> {
    let at = line.len().checked_sub(SEAL).ok_or(LineError::Unsealed)?;
    let (body, seal) = line.split_at(at);
    if !seal.starts_with(b",\"crc\":\"") || !seal.ends_with(b"\"}") {
        return Err(LineError::Unsealed);
    }
    let crc = crc32fast::hash(body);
    // Compared digit by digit: this runs for every line, and formatting costs as much as half the rest.
    let digit = |at: usize| b"0123456789abcdef"[(crc >> (28 - 4 * at)) as usize & 15];
    if (0..8).all(|at| seal[8 + at] == digit(at)) { Ok(()) } else { Err(LineError::Checksum) }
}

/// Tells damage from a later format that seals its lines in another way. A line with a wrong checksum is damage: a
/// flipped bit in its version must not lock the learner out.
fn refused(line: &[u8], error: LineError) -> LineError {
    let newer = || std::str::from_utf8(line).ok().and_then(newer_version).map(LineError::Newer);
    if error == LineError::Unsealed { newer().unwrap_or(error) } else { error }
}

/// Reads a line of an unknown kind, whose members may be of any shape.
fn unknown(text: &str) -> Option<Event> {
    #[derive(Deserialize)]
    struct Head<'a> {
        id: Uuid,
        #[serde(borrow)]
        kind: Cow<'a, str>,
        at: i64,
        #[serde(default)]
        offset: i32,
        #[serde(borrow, default)]
        day: Cow<'a, str>,
    }
    let head: Head<'_> = serde_json::from_str(text).ok()?;
    let day = head.day.parse().unwrap_or_default();
    let event = Event { id: head.id, at_ms: head.at, offset_s: head.offset, day, what: What::Unknown };
    (!KINDS.contains(&head.kind.as_ref())).then_some(event)
}

fn newer_version(text: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    serde_json::from_str::<Version>(text).ok().map(|version| version.v).filter(|v| *v > VERSION)
}

fn event(mut line: Members<'_>) -> Result<Event, LineError> {
    let lacks = |name: &str| LineError::Malformed(format!("`{name}` is missing or out of range"));
    let day = line.day.parse();
    let mut card = line.card.take().map(Cow::into_owned);
    let mut card = || card.take().ok_or_else(|| lacks("card"));
    let detail = detail(&mut line);
    let what = match line.kind.as_ref() {
        "review" => What::Review {
            card: card()?,
            rating: line.rating.filter(|r| (1..=4).contains(r)).ok_or_else(|| lacks("rating"))?,
            ms: line.ms.unwrap_or(0),
            rev: line.rev.unwrap_or(1),
            by: line.by.as_deref().and_then(|by| by.parse().ok()),
            hints: line.hints.unwrap_or(0),
            given: line.given.map(Cow::into_owned),
            score: line.score,
            auto: line.auto,
            detail,
        },
        "practice" => What::Practice {
            card: card()?,
            via: line.via.map(Cow::into_owned).ok_or_else(|| lacks("via"))?,
            rating: line.rating.filter(|r| (1..=4).contains(r)),
            ms: line.ms.unwrap_or(0),
            rev: line.rev.unwrap_or(1),
            hints: line.hints.unwrap_or(0),
            given: line.given.map(Cow::into_owned),
            score: line.score,
            detail,
        },
        "plan" => {
            let on = line.on.as_deref().and_then(|day| day.parse().ok());
            What::Plan { card: card()?, on: on.ok_or_else(|| lacks("on"))? }
        }
        "undo" => What::Undo { card: card()?, of: line.of.ok_or_else(|| lacks("of"))? },
        "suspend" => What::Suspend { card: card()? },
        "unsuspend" => What::Unsuspend { card: card()? },
        "bury" => {
            let through = line.through.as_deref().and_then(|day| day.parse().ok());
            What::Bury { card: card()?, through: through.ok_or_else(|| lacks("through"))? }
        }
        "unbury" => What::Unbury { card: card()? },
        "forget" => What::Forget { card: card()? },
        _ => What::Unknown,
    };
    let day = match what {
        What::Unknown => day.unwrap_or_default(),
        _ => day.map_err(|_| lacks("day"))?,
    };
    Ok(Event { id: line.id, at_ms: line.at, offset_s: line.offset, day, what })
}

/// Takes the details out of a line. A word or number that this version does not know counts as not said.
fn detail(line: &mut Members<'_>) -> Detail {
    Detail {
        tier: line.tier.take().and_then(|word| Tier::from_word(&word)),
        upper: line.upper,
        confirmed: line.confirmed,
        points: line.points.take().map(|points| points.0).unwrap_or_default(),
        think: line.think.unwrap_or(false),
        sure: line.sure.and_then(Certainty::from_u8),
    }
}

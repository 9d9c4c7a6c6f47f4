//! What happened, as one line of JSON with its checksum.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::schedule::StudyDay;

/// The major version of the log's format.
pub const VERSION: u64 = 1;

/// Length of `,"crc":"` + 8 digits + `"}`.
const SEAL: usize = 18;

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

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A card was answered.
    Review {
        /// The card's key.
        card: String,
        /// 1 Again to 4 Easy.
        rating: u8,
        /// Time taken, in milliseconds, 60,000 at most.
        ms: u32,
        /// The item's `rev`.
        rev: u32,
        /// The day the learner studied for.
        by: Option<StudyDay>,
        /// Hints taken.
        hints: u32,
        /// The learner's answer, as text.
        given: Option<String>,
        /// What the machine made of it, 0 to 1.
        score: Option<f64>,
        /// The rating the machine proposed.
        auto: Option<u8>,
    },
    /// An event was taken back.
    Undo {
        /// The card's key.
        card: String,
        /// The id of that event.
        of: Uuid,
    },
    /// A card is left out until resumed.
    Suspend {
        /// The card's key.
        card: String,
    },
    /// A card is back in.
    Unsuspend {
        /// The card's key.
        card: String,
    },
    /// A card is left out through a day.
    Bury {
        /// The card's key.
        card: String,
        /// That day.
        through: StudyDay,
    },
    /// A buried card is back in.
    Unbury {
        /// The card's key.
        card: String,
    },
    /// A card starts over as new.
    Forget {
        /// The card's key.
        card: String,
    },
    /// A kind that this version does not know; kept as it is.
    Unknown,
}

impl What {
    /// Gives the key of the card concerned.
    pub fn card(&self) -> Option<&str> {
        match self {
            Self::Review { card, .. }
            | Self::Undo { card, .. }
            | Self::Suspend { card }
            | Self::Unsuspend { card }
            | Self::Bury { card, .. }
            | Self::Unbury { card }
            | Self::Forget { card } => Some(card),
            Self::Unknown => None,
        }
    }

    /// Names the kind of event.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Review { .. } => "review",
            Self::Undo { .. } => "undo",
            Self::Suspend { .. } => "suspend",
            Self::Unsuspend { .. } => "unsuspend",
            Self::Bury { .. } => "bury",
            Self::Unbury { .. } => "unbury",
            Self::Forget { .. } => "forget",
            Self::Unknown => "unknown",
        }
    }
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
#[derive(Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Uuid>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    through: Option<Cow<'a, str>>,
}

/// Writes an event as a line, without the newline. An event of an unknown kind has no line of its own.
pub fn write_line(event: &Event) -> String {
    let mut json = serde_json::to_string(&members(event)).unwrap_or_default();
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
        rating: None,
        ms: None,
        rev: None,
        by: None,
        hints: None,
        given: None,
        score: None,
        auto: None,
        of: None,
        through: None,
    };
    match &event.what {
        What::Review { rating, ms, rev, by, hints, given, score, auto, .. } => {
            (line.rating, line.ms, line.rev) = (Some(*rating), Some(*ms), Some(*rev));
            line.by = by.map(|day| day.to_string().into());
            line.hints = (*hints > 0).then_some(*hints);
            line.given = given.as_deref().map(Cow::Borrowed);
            (line.score, line.auto) = (*score, *auto);
        }
        What::Undo { of, .. } => line.of = Some(*of),
        What::Bury { through, .. } => line.through = Some(through.to_string().into()),
        _ => {}
    }
    line
}

/// Reads one line, without its newline; a carriage return and blanks at either end do not count.
///
/// # Errors
/// See [`LineError`].
///
/// ```
/// use grillme::store::{LineError, parse_line};
/// let line = br#"{"v":1,"id":"0192f3a0-0000-7000-8000-000000000001","kind":"forget","at":0,"offset":0,"day":"1970-01-01","card":"docker/vm-own-kernel","crc":"23c8a4b9"}"#;
/// assert_eq!(parse_line(line), Err(LineError::Checksum));
/// ```
pub fn parse_line(line: &[u8]) -> Result<Event, LineError> {
    let line = line.trim_ascii();
    unseal(line)?;
    let malformed = |e: serde_json::Error| LineError::Malformed(e.to_string());
    // Only a sealed line may claim to be newer: a flipped bit must not lock the learner out.
    let text = std::str::from_utf8(line).map_err(|e| LineError::Malformed(e.to_string()))?;
    match serde_json::from_str::<Members<'_>>(text) {
        Ok(members) if members.v > VERSION => Err(LineError::Newer(members.v)),
        Ok(members) => event(members),
        Err(e) => Err(newer_version(text).map_or_else(|| malformed(e), LineError::Newer)),
    }
}

fn unseal(line: &[u8]) -> Result<(), LineError> {
    let at = line.len().checked_sub(SEAL).ok_or(LineError::Unsealed)?;
    let (body, seal) = line.split_at(at);
    if !seal.starts_with(b",\"crc\":\"") || !seal.ends_with(b"\"}") {
        return Err(LineError::Unsealed);
    }
    let written = format!("{:08x}", crc32fast::hash(body));
    if seal[8..16] == *written.as_bytes() { Ok(()) } else { Err(LineError::Checksum) }
}

fn newer_version(text: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    serde_json::from_str::<Version>(text).ok().map(|version| version.v).filter(|v| *v > VERSION)
}

fn event(line: Members<'_>) -> Result<Event, LineError> {
    let lacks = |name: &str| LineError::Malformed(format!("`{name}` is missing or out of range"));
    let day: StudyDay = line.day.parse().map_err(|_| lacks("day"))?;
    let card = || line.card.as_deref().map(str::to_owned).ok_or_else(|| lacks("card"));
    let what = match line.kind.as_ref() {
        "review" => What::Review {
            card: card()?,
            rating: line.rating.filter(|r| (1..=4).contains(r)).ok_or_else(|| lacks("rating"))?,
            ms: line.ms.unwrap_or(0),
            rev: line.rev.unwrap_or(1),
            by: line.by.as_deref().and_then(|by| by.parse().ok()),
            hints: line.hints.unwrap_or(0),
            given: line.given.as_deref().map(str::to_owned),
            score: line.score,
            auto: line.auto,
        },
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
    Ok(Event { id: line.id, at_ms: line.at, offset_s: line.offset, day, what })
}

//! The clock: the real one, or the one that `--now` holds still.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A point in time as the learner's clock shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant {
    /// UTC milliseconds since 1970.
    pub at_ms: i64,
    /// Offset of the learner's zone from UTC, in seconds.
    pub offset_s: i32,
}

/// Says why the time cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// `--now` is no time with an offset.
    #[error("{text:?} is no time such as 2026-03-01T09:30:00+01:00")]
    BadNow {
        /// What was given.
        text: String,
    },
    /// The time zone is not known.
    #[error("the time zone is not known: {reason}")]
    BadZone {
        /// What jiff says.
        reason: String,
    },
}

/// Tells the time.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: TimeZone,
    held: Option<Instant>,
}

impl Clock {
    /// Makes a clock; with `now` (RFC 3339 with an offset) it stands still there.
    ///
    /// # Errors
    /// `now` cannot be read, or `TZ` names no zone.
    pub fn new(now: Option<&str>) -> Result<Self, ClockError> {
        let Some(text) = now else {
            let zone = TimeZone::try_system().map_err(|e| ClockError::BadZone { reason: e.to_string() })?;
            return Ok(Self { zone, held: None });
        };
        let bad = || ClockError::BadNow { text: text.to_owned() };
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text).map_err(|_| bad())?;
        let timestamp: Timestamp = text.parse().map_err(|_| bad())?;
        let offset = match pieces.offset() {
            Some(jiff::fmt::temporal::PiecesOffset::Numeric(offset)) => offset.offset().seconds(),
            _ => 0,
        };
        let zone = jiff::tz::Offset::from_seconds(offset).map_err(|_| bad())?.to_time_zone();
        Ok(Self { zone, held: Some(Instant { at_ms: timestamp.as_millisecond(), offset_s: offset }) })
    }

    /// Tells whether `--now` holds the clock.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Tells the time. A held clock stands still, so that a script sees the same moment in every run.
    pub fn now(&self) -> Instant {
        self.held.unwrap_or_else(|| self.at(Timestamp::now()))
    }

    fn at(&self, timestamp: Timestamp) -> Instant {
        Instant { at_ms: timestamp.as_millisecond(), offset_s: self.zone.to_offset(timestamp).seconds() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn now_is_read_with_its_offset() {
        let clock = Clock::new(Some("2026-03-01T09:30:00+01:00")).unwrap();
        assert_eq!(clock.now(), Instant { at_ms: 1_772_353_800_000, offset_s: 3_600 });
    }

    #[test]
    fn now_without_an_offset_is_refused() {
        for text in ["2026-03-01", "2026-03-01T09:30:00", "noon", ""] {
            assert!(Clock::new(Some(text)).is_err(), "{text}");
        }
    }
}

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
        // Days are written with four digits for the year; the study day may be the day before.
        if zone.to_datetime(timestamp).year() < 1 {
            return Err(bad());
        }
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
    fn now_without_an_offset_or_a_year_of_four_digits_is_refused() {
        for text in ["2026-03-01", "2026-03-01T09:30:00", "noon", "", "0000-12-31T23:59:59Z", "-000001-01-01T00:00:00Z"]
        {
            assert!(Clock::new(Some(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn the_offset_is_that_of_the_moment_in_nights_when_the_clock_jumps() {
        let nights = [
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", [3_600, 7_200]),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", [7_200, 3_600]),
            ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", [-18_000, -14_400]),
            ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", [-14_400, -18_000]),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-03T15:30:00Z", [37_800, 39_600]),
            ("<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2026-09-06T04:00:00Z", [-14_400, -10_800]),
        ];
        for (zone, jump, offsets) in nights {
            let clock = Clock { zone: TimeZone::posix(zone).unwrap(), held: None };
            let jump: Timestamp = jump.parse().unwrap();
            let seconds = [jump - jiff::SignedDuration::from_millis(1), jump].map(|at| clock.at(at).offset_s);
            assert_eq!(seconds, offsets, "{zone} {jump}");
        }
    }
}

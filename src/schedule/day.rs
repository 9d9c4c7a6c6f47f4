//! Study days and moments.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de};

/// The hour at which one study day ends and the next begins.
pub const ROLLOVER_HOURS: i64 = 4;

const SECONDS_A_DAY: i64 = 86_400;

/// A study day: the civil day in the learner's zone, rolling over at 04:00. Counted in days since 1970-01-01.
///
/// ```
/// use grillme::schedule::StudyDay;
/// let day: StudyDay = "2026-03-01".parse().unwrap();
/// assert_eq!(day.plus(30).to_string(), "2026-03-31");
/// assert_eq!(day.since(day.plus(3)), 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StudyDay(i32);

/// Says that a text is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a day is written YYYY-MM-DD")]
pub struct DayError;

impl StudyDay {
    /// Makes a day from its count since 1970-01-01.
    pub fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Gives the count of days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }

    /// Counts the days since an earlier day; 0 if it is not earlier.
    pub fn since(self, earlier: Self) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }

    /// Gives the day that many days later, or earlier if negative; stops at the last day that can be counted.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

impl fmt::Display for StudyDay {
    /// Writes `YYYY-MM-DD`; a day outside the years -9999 to 9999 is written as the nearest one inside.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = EPOCH.saturating_add(jiff::Span::new().days(i64::from(self.0).clamp(-4_371_587, 2_932_896)));
        write!(f, "{date}")
    }
}

impl FromStr for StudyDay {
    type Err = DayError;

    fn from_str(s: &str) -> Result<Self, DayError> {
        let bytes = s.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DayError);
        }
        let date: Date = s.parse().map_err(|_| DayError)?;
        let days = date.since((jiff::Unit::Day, EPOCH)).map_err(|_| DayError)?.get_days();
        Ok(Self(days))
    }
}

impl Serialize for StudyDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StudyDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl de::Visitor<'_> for Written {
            type Value = StudyDay;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day written YYYY-MM-DD")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<StudyDay, E> {
                text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Written)
    }
}

/// A point in time, with the learner's zone and the study day it falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment {
    /// UTC milliseconds since 1970.
    pub at_ms: i64,
    /// Offset of the learner's zone from UTC, in seconds.
    pub offset_s: i32,
    /// The study day.
    pub day: StudyDay,
}

impl Moment {
    /// Makes a moment and finds its study day.
    ///
    /// ```
    /// use grillme::schedule::Moment;
    /// // 03:59 and 04:00 on 2026-03-02, one hour east of Greenwich
    /// assert_eq!(Moment::new(1_772_420_340_000, 3600).day.to_string(), "2026-03-01");
    /// assert_eq!(Moment::new(1_772_420_400_000, 3600).day.to_string(), "2026-03-02");
    /// ```
    pub fn new(at_ms: i64, offset_s: i32) -> Self {
        let local = (at_ms.div_euclid(1000)).saturating_add(i64::from(offset_s));
        let days = local.saturating_sub(ROLLOVER_HOURS * 3600).div_euclid(SECONDS_A_DAY);
        let clamped = days.clamp(i64::from(i32::MIN), i64::from(i32::MAX));
        Self { at_ms, offset_s, day: StudyDay(i32::try_from(clamped).unwrap_or_default()) }
    }
}

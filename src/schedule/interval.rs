//! Intervals in days: rounding, fuzz, captions.

use super::{CardState, Due, Moment};

/// Where the fuzz grows: from day, to day, share of the days in between.
const BANDS: [(f32, f32, f32); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, f32::INFINITY, 0.05)];

/// Gives the whole days an interval may be fuzzed to: none below 2.5 days; else the interval plus or minus one day and
/// 15 %, 10 % and 5 % of the days it spends in 2.5..7, 7..20 and beyond.
///
/// ```
/// use grillme::schedule::fuzz_range;
/// assert_eq!(fuzz_range(2.4), (2, 2));
/// assert_eq!(fuzz_range(10.0), (8, 12));
/// ```
pub fn fuzz_range(interval: f32) -> (u32, u32) {
    if interval < 2.5 {
        return (whole(interval), whole(interval));
    }
    let grown: f32 = BANDS.iter().map(|(from, to, share)| share * (interval.min(*to) - from).max(0.0)).sum();
    (whole(interval - 1.0 - grown), whole(interval + 1.0 + grown))
}

/// Rounds an interval and moves it within its fuzz range by `chance` in 0..1; never under `least`, over `most`.
pub(super) fn fuzzed(interval: f32, chance: Option<f64>, least: u32, most: u32) -> u32 {
    let least = least.min(most);
    let Some(chance) = chance else { return whole(interval).clamp(least, most) };
    let (low, high) = fuzz_range(interval);
    let (low, high) = (low.clamp(least, most), high.clamp(least, most));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let step = (chance.clamp(0.0, 1.0) * f64::from(high - low + 1)) as u32;
    (low + step).min(high)
}

/// Rounds to whole days, within 0..=u32::MAX.
pub(super) fn whole(interval: f32) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let days = interval.round() as u32;
    days
}

/// Writes how long until a card comes back, as on a button: `<1m`, `10m`, `3h`, `2d`, `3.5mo`, `1.2y`.
pub fn interval_label(now: Moment, after: &CardState) -> String {
    match after.due {
        Due::Now => "now".to_owned(),
        Due::At(at) => minutes(at.saturating_sub(now.at_ms)),
        Due::Day(day) => days(day.since(now.day)),
    }
}

fn minutes(ms: i64) -> String {
    match ms.max(0) / 60_000 {
        0 => "<1m".to_owned(),
        m @ 1..60 => format!("{m}m"),
        m => format!("{}h", m / 60),
    }
}

fn days(days: u32) -> String {
    match days {
        0..31 => format!("{days}d"),
        31..365 => format!("{:.1}mo", f64::from(days) / 30.44),
        _ => format!("{:.1}y", f64::from(days) / 365.25),
    }
}

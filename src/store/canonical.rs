//! Reads an answer's line in the very form that [`write_line`](super::write_line) gives it, several times as fast as
//! any JSON.
//!
//! Nothing is refused here. What looks different in any way, by its order, spacing, escapes or ranges, is left to the
//! JSON parser; what both can read, both read alike.

use uuid::Uuid;

use super::{Detail, Event, What};

/// Reads a line whose checksum is right; none if it is not an answer, or is written in another way.
pub(super) fn answer(line: &[u8]) -> Option<Event> {
    let mut rest = Rest(line);
    rest.skip(br#"{"v":1,"id":"#)?;
    let id = Uuid::try_parse_ascii(rest.text()?).ok()?;
    rest.skip(br#","kind":"review","at":"#)?;
    let at_ms = rest.whole()?;
    rest.skip(br#","offset":"#)?;
    let offset_s = rest.whole()?.try_into().ok()?;
    rest.skip(br#","day":"#)?;
    let day = rest.utf8()?.parse().ok()?;
    let what = review(&mut rest)?;
    rest.skip(br#","crc":""#)?;
    (rest.0.len() == 10).then_some(Event { id, at_ms, offset_s, day, what })
}

fn review(rest: &mut Rest<'_>) -> Option<What> {
    rest.skip(br#","card":"#)?;
    let card = rest.utf8()?.to_owned();
    rest.skip(br#","rating":"#)?;
    let rating = rest.whole()?.try_into().ok().filter(|rating| (1..=4).contains(rating))?;
    rest.skip(br#","ms":"#)?;
    let ms = rest.whole()?.try_into().ok()?;
    rest.skip(br#","rev":"#)?;
    let rev = rest.whole()?.try_into().ok()?;
    let by = rest.after(br#","by":"#, |rest| rest.utf8()?.parse().ok())?;
    let hints = rest.after(br#","hints":"#, |rest| rest.whole()?.try_into().ok())?.unwrap_or(0);
    let given = rest.after(br#","given":"#, |rest| rest.utf8().map(str::to_owned))?;
    let score = rest.after(br#","score":"#, Rest::fraction)?;
    let auto = rest.after(br#","auto":"#, |rest| rest.whole()?.try_into().ok())?;
    let detail = Detail::default();
    Some(What::Review { card, rating, ms, rev, by, hints, given, score, auto, detail })
}

/// What is left of a line.
struct Rest<'l>(&'l [u8]);

impl<'l> Rest<'l> {
    fn skip(&mut self, expected: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    /// Reads a member that may be left out: `Some(None)` if it is.
    fn after<T>(&mut self, name: &[u8], read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.skip(name).is_some() { read(self).map(Some) } else { Some(None) }
    }

    /// Takes the longest run of bytes that fit.
    fn run(&mut self, fits: impl Fn(u8) -> bool) -> &'l [u8] {
        let length = self.0.iter().position(|byte| !fits(*byte)).unwrap_or(self.0.len());
        let (run, rest) = self.0.split_at(length);
        self.0 = rest;
        run
    }

    /// Reads a text in which nothing is escaped.
    fn text(&mut self) -> Option<&'l [u8]> {
        self.skip(b"\"")?;
        let text = self.run(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
        self.skip(b"\"")?;
        Some(text)
    }

    fn utf8(&mut self) -> Option<&'l str> {
        std::str::from_utf8(self.text()?).ok()
    }

    /// Reads a whole number; JSON takes a negative zero for a fraction.
    fn whole(&mut self) -> Option<i64> {
        let negative = self.skip(b"-").is_some();
        let digits = self.digits()?;
        let number = i64::try_from(add_digits(0, digits)?).ok()?;
        (!(negative && number == 0)).then_some(if negative { -number } else { number })
    }

    /// Reads a number with decimals whose digits a double holds exactly: for those, every parser finds the same one.
    fn fraction(&mut self) -> Option<f64> {
        let written = self.0;
        let before = self.digits()?;
        self.skip(b".")?;
        let after = self.run(|byte| byte.is_ascii_digit());
        let digits = add_digits(add_digits(0, before)?, after)?;
        let is_exact = !after.is_empty() && after.len() <= 22 && digits < 1 << f64::MANTISSA_DIGITS;
        let number = std::str::from_utf8(&written[..before.len() + 1 + after.len()]).ok().filter(|_| is_exact)?;
        number.parse().ok()
    }

    fn digits(&mut self) -> Option<&'l [u8]> {
        let digits = self.run(|byte| byte.is_ascii_digit());
        let leads_with_zero = digits.len() > 1 && digits.starts_with(b"0");
        (!digits.is_empty() && !leads_with_zero).then_some(digits)
    }
}

/// Puts digits behind those of a number.
fn add_digits(number: u64, digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(number, |number, digit| number.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::event::{SEAL, read_json, write_line};
    use super::*;
    use crate::schedule::{Certainty, StudyDay};

    fn any_answer() -> impl Strategy<Value = Event> {
        let plain = (any::<u128>(), any::<i64>(), -90_000..90_000, "[a-z0-9/#-]{0,12}", 1u8..=4, any::<u32>());
        let by = proptest::option::of(-800_000..800_000);
        let score = prop_oneof![Just(None), any::<f64>().prop_map(|f| Some(f.abs() % 1.0)), (0u8..9).prop_map(third)];
        let more =
            (by, any::<u32>(), proptest::option::of("[ -~ü\n]{0,9}"), score, proptest::option::of(1u8..=4), 0u8..20);
        (plain, more).prop_map(|((id, at_ms, offset_s, card, rating, ms), (by, rev, given, score, auto, sure))| {
            let (by, hints) = (by.map(StudyDay::from_days), ms % 3);
            let detail = Detail { sure: Certainty::from_u8(sure), ..Detail::default() };
            let what = What::Review { card, rating, ms, rev, by, hints, given, score, auto, detail };
            Event { id: Uuid::from_u128(id), at_ms, offset_s, day: StudyDay::from_days(offset_s), what }
        })
    }

    fn third(n: u8) -> Option<f64> {
        Some(f64::from(n) / 3.0)
    }

    #[test]
    fn an_answer_as_it_is_written_needs_no_json_parser() {
        for (score, given) in [(None, None), (Some(1.0), Some("cgroups")), (Some(0.25), Some("ü — x"))] {
            let what = What::Review {
                card: "docker/vm#c1".into(),
                rating: 3,
                ms: 900,
                rev: 2,
                by: score.map(|_| StudyDay::from_days(20_000)),
                hints: u32::from(score.is_some()),
                given: given.map(str::to_owned),
                score,
                auto: score.map(|_| 3),
                detail: Detail::default(),
            };
            let event = Event { id: Uuid::from_u128(7), at_ms: -5, offset_s: 0, day: StudyDay::from_days(-1), what };
            assert_eq!(answer(write_line(&event).as_bytes()), Some(event));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_here_the_json_parser_reads_alike(event in any_answer(), at in any::<prop::sample::Index>(), by in "[-0-9a-f\"\\\\{},:.eE+ ü]{0,2}", cut in 0usize..3) {
            let line = write_line(&event);
            if let Some(read) = answer(line.as_bytes()) {
                prop_assert_eq!(&read, &event);
            }
            let (body, seal) = line.as_bytes().split_at(line.len() - SEAL);
            let at = at.index(body.len());
            let changed = [&body[..at], by.as_bytes(), &body[(at + cut).min(body.len())..], seal].concat();
            if let Some(read) = answer(&changed) {
                prop_assert_eq!(Ok(read), read_json(&changed));
            }
        }
    }
}

//! All events of one card, packed into a blob: what a refold needs, without reading the log again.

use rusqlite::types::Type;

use crate::deck::Tier;
use crate::schedule::{CardEvent, Certainty, Event, Moment, Practice, Rating, Review, StudyDay};
use crate::store::{Detail, Event as Logged, What};

/// Bytes of one packed event.
pub(super) const SIZE: usize = 8 + 16 + 1 + 4 * 4 + 16;

/// Where in it the kind is.
const KIND_BYTE: usize = 8 + 16;

const NO_DAY: i32 = i32::MIN;

/// The kind of event, or the rating, is the lower half of a byte; two bits each above it say how sure the learner was
/// and of which tier the question is, 0 for neither.
const KIND: u8 = 0x0f;
const SURE_AT: u8 = 4;
const TIER_AT: u8 = 6;

/// Set in the score of practice that has none.
const NO_SCORE: i32 = -1;

/// Turns a logged event into what it means for its card; none for kinds that mean nothing here.
pub(super) fn card_event(event: &Logged) -> Option<CardEvent> {
    let what = match &event.what {
        What::Review { rating, by, rev, detail, .. } => Event::Review(Review {
            // The study day is the one that was logged: a later change of zone or rollover rewrites nothing.
            moment: Moment { at_ms: event.at_ms, offset_s: event.offset_s, day: event.day },
            rating: Rating::from_u8(*rating)?,
            by: *by,
            rev: *rev,
            sure: detail.sure,
            tier: detail.tier,
        }),
        What::Practice { rating, score, detail, .. } => Event::Practice(Practice {
            day: event.day,
            score: thousandths(detail, *score),
            rating: rating.and_then(Rating::from_u8),
        }),
        What::Plan { on, .. } => Event::Plan { on: *on },
        What::Undo { of, .. } => Event::Undo { of: of.as_u128() },
        What::Suspend { .. } => Event::Suspend,
        What::Unsuspend { .. } => Event::Unsuspend,
        What::Bury { through, .. } => Event::Bury { through: *through },
        What::Unbury { .. } => Event::Unbury,
        What::Forget { .. } => Event::Forget,
        What::Unknown => return None,
    };
    Some(CardEvent { at_ms: event.at_ms, id: event.id.as_u128(), what })
}

/// Gives the score that counts: the one that the learner confirmed, if there is one.
fn thousandths(detail: &Detail, score: Option<f64>) -> Option<u16> {
    let score = detail.confirmed.or(score)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = (score.clamp(0.0, 1.0) * 1000.0).round() as u16;
    Some(whole)
}

/// Tells whether a packed history holds an attempt on the ladder, undone or not.
pub(super) fn is_on_ladder(blob: &[u8]) -> bool {
    blob.chunks_exact(SIZE).any(|event| event[KIND_BYTE] >> TIER_AT != 0)
}

/// Appends an event to a packed history.
pub(super) fn pack(event: &CardEvent, out: &mut Vec<u8>) {
    let mut fields = Fields::default();
    match event.what {
        Event::Review(review) => {
            let sure = review.sure.map_or(0, Certainty::as_u8);
            let tier = review.tier.map_or(0, |tier| tier as u8 + 1);
            fields.kind = review.rating.as_u8() | (sure << SURE_AT) | (tier << TIER_AT);
            fields.day = review.moment.day.days();
            fields.offset = review.moment.offset_s;
            fields.rev = review.rev;
            fields.by = review.by.map_or(NO_DAY, StudyDay::days);
        }
        Event::Undo { of } => (fields.kind, fields.of) = (5, of),
        Event::Suspend => fields.kind = 6,
        Event::Unsuspend => fields.kind = 7,
        Event::Bury { through } => (fields.kind, fields.day) = (8, through.days()),
        Event::Unbury => fields.kind = 9,
        Event::Forget => fields.kind = 10,
        Event::Plan { on } => (fields.kind, fields.day) = (11, on.days()),
        Event::Practice(practice) => {
            (fields.kind, fields.day) = (12, practice.day.days());
            fields.by = practice.score.map_or(NO_SCORE, i32::from);
            fields.rev = practice.rating.map_or(0, |rating| u32::from(rating.as_u8()));
        }
    }
    out.extend(event.at_ms.to_le_bytes());
    out.extend(event.id.to_le_bytes());
    out.push(fields.kind);
    out.extend(fields.day.to_le_bytes());
    out.extend(fields.offset.to_le_bytes());
    out.extend(fields.rev.to_le_bytes());
    out.extend(fields.by.to_le_bytes());
    out.extend(fields.of.to_le_bytes());
}

/// Reads a packed history.
///
/// # Errors
/// It is damaged.
pub(super) fn unpack(blob: &[u8]) -> rusqlite::Result<Vec<CardEvent>> {
    let events = || blob.chunks_exact(SIZE).map(one).collect();
    let damaged = || rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, "a history is damaged".into());
    blob.len().is_multiple_of(SIZE).then(events).flatten().ok_or_else(damaged)
}

fn one(bytes: &[u8]) -> Option<CardEvent> {
    let i32_at = |at: usize| Some(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let at_ms = i64::from_le_bytes(bytes.get(..8)?.try_into().ok()?);
    let id = u128::from_le_bytes(bytes.get(8..24)?.try_into().ok()?);
    let of = u128::from_le_bytes(bytes.get(41..57)?.try_into().ok()?);
    let (day, offset_s, rev) = (StudyDay::from_days(i32_at(25)?), i32_at(29)?, i32_at(33)?);
    let by = i32_at(37)?;
    let kind = *bytes.get(KIND_BYTE)?;
    let what = match kind & KIND {
        rating @ 1..=4 => Event::Review(Review {
            moment: Moment { at_ms, offset_s, day },
            rating: Rating::from_u8(rating)?,
            by: Some(by).filter(|by| *by != NO_DAY).map(StudyDay::from_days),
            rev: rev.cast_unsigned(),
            sure: Certainty::from_u8((kind >> SURE_AT) & 3),
            tier: usize::from(kind >> TIER_AT).checked_sub(1).and_then(|at| Tier::WORDS.get(at)).map(|(_, tier)| *tier),
        }),
        5 => Event::Undo { of },
        6 => Event::Suspend,
        7 => Event::Unsuspend,
        8 => Event::Bury { through: day },
        9 => Event::Unbury,
        10 => Event::Forget,
        11 => Event::Plan { on: day },
        12 => Event::Practice(Practice {
            day,
            score: u16::try_from(by).ok(),
            rating: u8::try_from(rev).ok().and_then(Rating::from_u8),
        }),
        _ => return None,
    };
    Some(CardEvent { at_ms, id, what })
}

#[derive(Default)]
struct Fields {
    kind: u8,
    day: i32,
    offset: i32,
    rev: u32,
    of: u128,
    by: i32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_event() -> impl Strategy<Value = CardEvent> {
        let day =
            any::<i32>().prop_filter("that number means none", |day| *day != NO_DAY).prop_map(StudyDay::from_days);
        let rating = (1u8..=4).prop_map(|n| Rating::from_u8(n).unwrap());
        let sure = proptest::option::of((1u8..=3).prop_map(|n| Certainty::from_u8(n).unwrap()));
        let tier = proptest::option::of((0usize..3).prop_map(|at| Tier::WORDS[at].1));
        let review =
            (any::<i32>(), day.clone(), proptest::option::of(day.clone()), rating.clone(), any::<u32>(), sure, tier)
                .prop_map(|(offset_s, day, by, rating, rev, sure, tier)| {
                    Event::Review(Review { moment: Moment { at_ms: 0, offset_s, day }, rating, by, rev, sure, tier })
                });
        let practice = (day.clone(), proptest::option::of(0u16..=1000), proptest::option::of(rating))
            .prop_map(|(day, score, rating)| Event::Practice(Practice { day, score, rating }));
        let what = prop_oneof![
            review,
            practice,
            any::<u128>().prop_map(|of| Event::Undo { of }),
            day.clone().prop_map(|on| Event::Plan { on }),
            day.prop_map(|through| Event::Bury { through }),
            proptest::sample::select(vec![Event::Suspend, Event::Unsuspend, Event::Unbury, Event::Forget]),
        ];
        (any::<i64>(), any::<u128>(), what).prop_map(|(at_ms, id, what)| {
            let what = match what {
                Event::Review(review) => Event::Review(Review { moment: Moment { at_ms, ..review.moment }, ..review }),
                other => other,
            };
            CardEvent { at_ms, id, what }
        })
    }

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(events in proptest::collection::vec(any_event(), 0..6)) {
            let mut blob = Vec::new();
            events.iter().for_each(|event| pack(event, &mut blob));
            let on_ladder = |event: &CardEvent| matches!(event.what, Event::Review(Review { tier: Some(_), .. }));
            prop_assert_eq!(is_on_ladder(&blob), events.iter().any(on_ladder));
            prop_assert_eq!(unpack(&blob).unwrap(), events);
        }
    }
}

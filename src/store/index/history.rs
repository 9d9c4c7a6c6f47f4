//! All events of one card, packed into a blob: what a refold needs, without reading the log again.

use crate::schedule::{CardEvent, Event, Moment, Rating, Review, StudyDay};
use crate::store::{Event as Logged, What};

/// Bytes of one packed event.
const SIZE: usize = 8 + 16 + 1 + 4 * 4 + 16;

const NO_DAY: i32 = i32::MIN;

/// Turns a logged event into what it means for its card; none for kinds that mean nothing here.
pub(super) fn card_event(event: &Logged) -> Option<CardEvent> {
    let what = match &event.what {
        What::Review { rating, by, rev, .. } => Event::Review(Review {
            // The study day is the one that was logged: a later change of zone or rollover rewrites nothing.
            moment: Moment { at_ms: event.at_ms, offset_s: event.offset_s, day: event.day },
            rating: Rating::from_u8(*rating)?,
            by: *by,
            rev: *rev,
        }),
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

/// Appends an event to a packed history.
pub(super) fn pack(event: &CardEvent, out: &mut Vec<u8>) {
    let mut fields = Fields::default();
    match event.what {
        Event::Review(review) => {
            fields.kind = review.rating.as_u8();
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

/// Reads a packed history; none if it is damaged.
pub(super) fn unpack(blob: &[u8]) -> Option<Vec<CardEvent>> {
    blob.len().is_multiple_of(SIZE).then(|| blob.chunks_exact(SIZE).map(one).collect()).flatten()
}

fn one(bytes: &[u8]) -> Option<CardEvent> {
    let i32_at = |at: usize| Some(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let at_ms = i64::from_le_bytes(bytes.get(..8)?.try_into().ok()?);
    let id = u128::from_le_bytes(bytes.get(8..24)?.try_into().ok()?);
    let of = u128::from_le_bytes(bytes.get(41..57)?.try_into().ok()?);
    let (day, offset_s, rev) = (StudyDay::from_days(i32_at(25)?), i32_at(29)?, i32_at(33)?);
    let by = Some(i32_at(37)?).filter(|by| *by != NO_DAY).map(StudyDay::from_days);
    let what = match *bytes.get(24)? {
        rating @ 1..=4 => Event::Review(Review {
            moment: Moment { at_ms, offset_s, day },
            rating: Rating::from_u8(rating)?,
            by,
            rev: rev.cast_unsigned(),
        }),
        5 => Event::Undo { of },
        6 => Event::Suspend,
        7 => Event::Unsuspend,
        8 => Event::Bury { through: day },
        9 => Event::Unbury,
        10 => Event::Forget,
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

//! Makes a large deck and a long log, the same ones for the same numbers.

#![allow(dead_code)]

pub mod exam;

use std::fmt::Write;

use grillme::schedule::Moment;
use grillme::store::{Detail, Event, What, write_line};
use uuid::Uuid;

/// The moment at which the made logs end: 2026-03-01, 09:30 in UTC+1.
pub const NOW_MS: i64 = 1_772_353_800_000;

const DAY_MS: i64 = 86_400_000;

/// A deck called `big` with this many flash cards.
pub fn deck(cards: usize) -> String {
    let mut text =
        String::from("{\"format\":\"grillme-deck\",\"version\":1,\"id\":\"big\",\"title\":\"Big\",\"items\":[\n");
    for n in 0..cards {
        let comma = if n == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}{{\"id\":\"card-{n}\",\"kind\":\"flash\",\"tags\":[\"t{}\"],\"front\":\"What is the answer to question number {n} \
             of this deck?\",\"back\":\"The answer to question number {n} is {}.\"}}",
            n % 10,
            n * 7
        );
    }
    text + "\n]}\n"
}

/// A log in which each of `cards` cards was answered `reviews` times.
pub fn log(cards: usize, reviews: usize) -> String {
    let mut text = String::new();
    for event in events(cards, reviews) {
        text.push_str(&write_line(&event));
        text.push('\n');
    }
    text
}

/// The events of such a log, for each card in order of time.
pub fn events(cards: usize, reviews: usize) -> impl Iterator<Item = Event> {
    let total = cards * reviews;
    (0..total).map(move |n| {
        let (card, round) = (n % cards, n / cards);
        // Rounds lie further and further apart, and the last one up to half a year back: many cards are due, not all.
        let days_ago = days(reviews - round).pow(2) + days(card * 7 % 180);
        let at_ms = NOW_MS - days_ago * DAY_MS + days(card) * 100;
        let moment = Moment::new(at_ms, 3_600);
        let what = What::Review {
            card: format!("big/card-{card}"),
            rating: if (card * 31 + round * 17) % 10 == 0 { 1 } else { 3 },
            ms: 4_000,
            rev: 1,
            by: None,
            hints: 0,
            given: None,
            score: None,
            auto: None,
            detail: Detail::default(),
        };
        Event { id: Uuid::from_u128((1 << 76) + n as u128), at_ms, offset_s: 3_600, day: moment.day, what }
    })
}

fn days(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(0)
}

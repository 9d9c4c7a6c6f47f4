//! The index equals a fresh replay, however the logs came to be.

use std::fs;

use grillme::schedule::{CardState, Moment, Scheduler, Settings, StudyDay};
use grillme::store::{Event, Index, Log, What, write_line};
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

const CARDS: [&str; 3] = ["d/a", "d/a#r", "d/b"];

fn any_what() -> impl Strategy<Value = What> {
    let card = (0usize..CARDS.len()).prop_map(|at| CARDS[at].to_owned());
    (card, 0u8..12, 0u128..30).prop_map(|(card, kind, of)| match kind {
        0 => What::Undo { card, of: Uuid::from_u128(of) },
        1 => What::Suspend { card },
        2 => What::Unsuspend { card },
        3 => What::Bury { card, through: StudyDay::from_days(20_510) },
        4 => What::Forget { card },
        rating => What::Review {
            card,
            rating: rating % 4 + 1,
            ms: 1_000,
            rev: 1,
            by: (kind == 11).then(|| StudyDay::from_days(20_600)),
            hints: 0,
            given: None,
            score: None,
            auto: None,
        },
    })
}

/// Events with rising ids; an undo may name any of them, so that it comes before or after what it takes back.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let event = (any_what(), 0i64..40);
    proptest::collection::vec(event, 1..30).prop_map(|events| {
        let made = (0u128..).zip(events).map(|(id, (mut what, day))| {
            let moment = Moment::new(1_772_000_000_000 + day * 86_400_000, 0);
            // An undo belongs to the card of the event it names only if they agree; others mean nothing.
            if let What::Undo { of, .. } = &mut what
                && of.as_u128() == id
            {
                *of = Uuid::from_u128(id + 1);
            }
            Event { id: Uuid::from_u128(id), at_ms: moment.at_ms, offset_s: 0, day: moment.day, what }
        });
        made.collect()
    })
}

fn states(index: &Index) -> Vec<Option<CardState>> {
    CARDS.iter().map(|card| index.state(card).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn folding_in_pieces_from_several_logs_equals_a_fresh_replay(events in any_events(), pieces in proptest::collection::vec((0usize..3, any::<bool>()), 30)) {
        let home = TempDir::new().unwrap();
        let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
        let scheduler = Scheduler::new(Settings::default());
        let (mut index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
        for (event, (file, look)) in events.iter().zip(&pieces) {
            Log::new(&logs, ["one", "two", "three"][*file]).append(event).unwrap();
            if *look {
                index.refresh(&scheduler).unwrap();
            }
        }
        // A sync tool leaves a copy with everything doubled.
        let copy: String = events.iter().rev().map(|event| write_line(event) + "\r\n").collect();
        fs::write(logs.join("one (conflicted copy).jsonl"), copy).unwrap();
        index.refresh(&scheduler).unwrap();
        let (fresh, notes) = Index::open(None, &logs, &scheduler).unwrap();
        prop_assert!(notes.bad.is_empty());
        prop_assert_eq!(states(&index), states(&fresh));
        let (again, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
        prop_assert_eq!(states(&again), states(&fresh));
    }
}

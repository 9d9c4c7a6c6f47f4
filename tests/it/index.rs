//! The index equals a fresh replay, however the logs came to be.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use grillme::deck::Tier;
use grillme::schedule::{CardState, Certainty, Moment, Scheduler, Settings, StudyDay};
use grillme::store::{Detail, Event, Index, Log, What, write_line};
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

const CARDS: [&str; 3] = ["d/a", "d/a#r", "d/b"];

fn any_detail() -> impl Strategy<Value = Detail> {
    let tier = proptest::option::of((0usize..3).prop_map(|at| Tier::WORDS[at].1));
    let sure = proptest::option::of((1u8..=3).prop_map(|n| Certainty::from_u8(n).unwrap()));
    (tier, sure, proptest::option::of(0.0f64..=1.0)).prop_map(|(tier, sure, confirmed)| Detail {
        tier,
        sure,
        confirmed,
        ..Detail::default()
    })
}

fn any_what() -> impl Strategy<Value = What> {
    let card = (0usize..CARDS.len()).prop_map(|at| CARDS[at].to_owned());
    (card, 0u8..18, 0u128..30, any_detail()).prop_map(|(card, kind, of, detail)| match kind {
        0 => What::Undo { card, of: Uuid::from_u128(of) },
        1 => What::Suspend { card },
        2 => What::Unsuspend { card },
        3 => What::Bury { card, through: StudyDay::from_days(20_510) },
        4 => What::Forget { card },
        5 | 6 => What::Practice {
            card,
            via: "quiz".to_owned(),
            rating: (kind == 6).then_some(3),
            ms: 1,
            rev: 1,
            hints: 0,
            given: None,
            score: Some(0.7),
            detail,
        },
        7 => What::Plan { card, on: StudyDay::from_days(20_520) },
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
            detail,
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

/// Appends without the sync, which would cost more than all the rest.
fn append(logs: &Path, machine: &str, event: &Event) {
    fs::create_dir_all(logs).unwrap();
    let mut file = File::options().create(true).append(true).open(logs.join(format!("{machine}.jsonl"))).unwrap();
    writeln!(file, "{}", write_line(event)).unwrap();
}

/// Everything that the index tells of the learner.
fn told(index: &Index) -> impl PartialEq + std::fmt::Debug + use<> {
    let states: Vec<Option<CardState>> = CARDS.iter().map(|card| index.state(card).unwrap()).collect();
    (states, index.attempts("d").unwrap(), index.standing("d").unwrap(), index.evidence("d").unwrap())
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
            append(&logs, ["one", "two", "three"][*file], event);
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
        prop_assert_eq!(told(&index), told(&fresh));
        let (again, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
        prop_assert_eq!(told(&again), told(&fresh));
    }
}

/// A deck as it is at one time: its id, and which items take over from which, by their places in [`ITEMS`].
#[derive(Debug, Clone)]
struct Version {
    id: &'static str,
    retired: Vec<(usize, Option<usize>)>,
}

const ITEMS: [&str; 4] = ["a", "b", "c", "e"];

fn any_version() -> impl Strategy<Value = Version> {
    let item = 0..ITEMS.len();
    let retired = proptest::collection::vec((item.clone(), proptest::option::of(item)), 0..3);
    (prop_oneof![4 => Just("d"), 1 => Just("e")], retired).prop_map(|(id, retired)| Version { id, retired })
}

/// Opens the deck at an origin as the commands do, and gives what is known of every card of its id.
fn opened(index: &mut Index, origin: usize, version: &Version) -> impl PartialEq + std::fmt::Debug + use<> {
    let (name, stamp, scheduler) = (origin.to_string(), format!("{version:?}"), Scheduler::new(Settings::default()));
    match index.contents_stamp(&name).unwrap() {
        Some((_, known)) if known == stamp => index.take_up(&name, &scheduler).unwrap(),
        _ => {
            let id = |at: usize| ITEMS[at].to_owned();
            let retired: Vec<_> = version.retired.iter().map(|(old, new)| (id(*old), new.map(id))).collect();
            index.put_contents((&name, version.id, &stamp), &[], &retired, &scheduler).unwrap();
        }
    }
    let state = |item: &&str| index.state(&format!("{}/{item}", version.id)).unwrap();
    ITEMS.iter().map(state).collect::<Vec<Option<CardState>>>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn whichever_decks_of_one_id_were_looked_at_a_deck_is_known_as_to_a_fresh_index(versions in proptest::collection::vec(any_version(), 4), looks in proptest::collection::vec((0usize..3, 0usize..4), 1..12)) {
        let home = TempDir::new().unwrap();
        let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
        let scheduler = Scheduler::new(Settings::default());
        let cards = ["d", "e"].into_iter().flat_map(|deck| ITEMS.map(|item| format!("{deck}/{item}")));
        for (n, card) in (0i64..).zip(cards) {
            append(&logs, "here", &answer(n.cast_unsigned().into(), &card, 3, THEN + n));
        }
        for (origin, version) in looks {
            let (mut index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
            let (mut fresh, _) = Index::open(None, &logs, &scheduler).unwrap();
            let version = &versions[version];
            prop_assert_eq!(opened(&mut index, origin, version), opened(&mut fresh, origin, version));
        }
    }
}

/// With a database that the second process deletes while the first has it open, one of them fails: a first run must
/// find the database either finished or not at all.
#[test]
fn first_runs_at_once_share_one_index() {
    let scheduler = Scheduler::new(Settings::default());
    for round in 0..20 {
        let home = TempDir::new().unwrap();
        let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
        let start = std::sync::Barrier::new(6);
        std::thread::scope(|scope| {
            for n in 0..6 {
                let (logs, cache, scheduler, start) = (&logs, &cache, &scheduler, &start);
                scope.spawn(move || {
                    start.wait();
                    let (mut index, _) = Index::open(Some(cache), logs, scheduler).unwrap();
                    let origin = format!("deck {n}");
                    index.put_contents((&origin, "d", "stamp"), &[], &[], scheduler).unwrap();
                });
            }
        });
        let (index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
        let known = (0..6).filter(|n| index.contents_stamp(&format!("deck {n}")).unwrap().is_some()).count();
        assert_eq!(known, 6, "round {round}: some wrote into a database that was thrown away");
    }
}

fn answer(id: u128, card: &str, rating: u8, at_ms: i64) -> Event {
    let moment = Moment::new(at_ms, 0);
    let what = What::Review {
        card: card.to_owned(),
        rating,
        ms: 1_000,
        rev: 1,
        by: None,
        hints: 0,
        given: None,
        score: None,
        auto: None,
        detail: Detail::default(),
    };
    Event { id: Uuid::from_u128(id), at_ms, offset_s: 0, day: moment.day, what }
}

const THEN: i64 = 1_772_000_000_000;

#[test]
fn an_index_deleted_under_a_session_costs_only_speed() {
    let home = TempDir::new().unwrap();
    let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
    let scheduler = Scheduler::new(Settings::default());
    let mut log = Log::new(&logs, "here");
    log.append(&answer(1, "d/old", 3, THEN)).unwrap();
    let (mut index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
    let retired = [("old".to_owned(), Some("new".to_owned()))];
    index.put_contents(("./d.json", "d", "1"), &[], &retired, &scheduler).unwrap();
    Index::reset(&cache);
    log.append(&answer(2, "d/new", 3, THEN + 1)).unwrap();
    index.refresh(&scheduler).unwrap();
    assert_eq!(index.state("d/new").unwrap().unwrap().reps, 2, "an answer to the item before it was replaced is gone");
    assert!(index.contents_stamp("./d.json").unwrap().is_some());
    let (mut index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
    Index::reset(&cache);
    index.put_contents(("./d.json", "d", "1"), &[], &retired, &scheduler).unwrap();
    assert_eq!(index.state("d/new").unwrap().unwrap().reps, 2);
    index.put_contents(("./other.json", "d", "1"), &[], &[], &scheduler).unwrap();
    assert_eq!(index.state("d/old").unwrap().unwrap().reps, 1, "a deck that is not in use takes history over");
    index.take_up("./d.json", &scheduler).unwrap();
    assert_eq!(index.state("d/new").unwrap().unwrap().reps, 2, "what the deck said is gone with the database");
}

#[test]
fn one_id_on_two_lines_means_the_same_in_whatever_pieces_it_comes() {
    let home = TempDir::new().unwrap();
    let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
    let scheduler = Scheduler::new(Settings::default());
    let (mut index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
    // The same id with another time and rating: no honest machine writes that, but a log may hold it.
    for event in [answer(1, "d/a", 4, THEN + 5), answer(1, "d/a", 1, THEN), answer(1, "d/a", 2, THEN + 9)] {
        Log::new(&logs, "here").append(&event).unwrap();
        index.refresh(&scheduler).unwrap();
    }
    let (fresh, _) = Index::open(None, &logs, &scheduler).unwrap();
    assert_eq!(told(&index), told(&fresh));
}

/// Changes a byte and keeps the length, as damage does, or a sync tool that puts an older file back.
#[test]
fn a_change_far_from_the_end_of_a_log_is_found_though_its_length_is_the_same() {
    let home = TempDir::new().unwrap();
    let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
    let scheduler = Scheduler::new(Settings::default());
    (0..100).for_each(|n| append(&logs, "here", &answer(n, "d/a", 3, THEN + i64::try_from(n).unwrap())));
    let path = logs.join("here.jsonl");
    let good = fs::read(&path).unwrap();
    let mut damaged = good.clone();
    damaged[100] ^= 1;
    let write = |bytes: &[u8], seconds: u64| {
        fs::write(&path, bytes).unwrap();
        let written = std::time::UNIX_EPOCH + std::time::Duration::new(1_772_000_000 + seconds, 5);
        File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
    };
    let look = || {
        let (index, notes) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
        (index.evidence("d").unwrap()["d/a"].reviews, notes.bad_lines, notes.rebuilt)
    };
    write(&good, 0);
    assert_eq!((look(), look()), ((100, 0, false), (100, 0, false)));
    write(&damaged, 1);
    assert_eq!((look(), look()), ((99, 1, true), (99, 0, false)));
    write(&good, 2);
    assert_eq!(look(), (100, 0, true));
    append(&logs, "here", &answer(100, "d/a", 3, THEN + 100));
    assert_eq!((look(), look()), ((101, 0, false), (101, 0, false)));
    // Nor does a line that is cut off hide a change before it.
    let torn = [&damaged, &b"{\"v\":1,"[..]].concat();
    write(&[&good, &b"{\"v\":1,"[..]].concat(), 3);
    fs::remove_dir_all(&cache).unwrap();
    assert_eq!((look(), look()), ((100, 0, false), (100, 0, false)));
    write(&torn, 4);
    assert_eq!((look(), look()), ((99, 1, true), (99, 0, false)));
}

/// What takes a step for each pair of events of a card would not end here.
#[test]
fn a_log_that_is_all_about_one_card_is_folded_and_undone_like_any_other() {
    const HALF: u128 = 60_000;
    let home = TempDir::new().unwrap();
    let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
    let scheduler = Scheduler::new(Settings::default());
    let practice = |id: u128| {
        let event = answer(id, "d/a", 3, THEN + i64::try_from(id).unwrap());
        let (card, via, detail) = ("d/a".to_owned(), "quiz".to_owned(), Detail::default());
        let what =
            What::Practice { card, via, rating: None, ms: 1, rev: 1, hints: 0, given: None, score: None, detail };
        write_line(&Event { what, ..event }) + "\n"
    };
    fs::create_dir_all(&logs).unwrap();
    fs::write(logs.join("one.jsonl"), (0..HALF).map(practice).collect::<String>()).unwrap();
    let (mut index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
    // The other machine's log has the first half as well.
    fs::write(logs.join("two.jsonl"), (0..2 * HALF).map(practice).collect::<String>()).unwrap();
    index.refresh(&scheduler).unwrap();
    assert_eq!(u128::from(index.evidence("d").unwrap()["d/a"].practice), 2 * HALF);
    let undo = What::Undo { card: "d/a".to_owned(), of: Uuid::from_u128(2 * HALF - 1) };
    append(&logs, "one", &Event { what: undo, ..answer(2 * HALF, "d/a", 3, THEN + 1_000_000) });
    index.refresh(&scheduler).unwrap();
    let last = index.last_events().unwrap();
    assert_eq!(last.iter().map(|last| last.id.as_u128()).collect::<Vec<_>>(), [2 * HALF - 2]);
    assert_eq!(index.last_review().unwrap(), None);
}

//! What the index answers equals what one finds by going through every card by hand.

use std::fs;

use grillme::schedule::{CardState, Due, Moment, Phase, Scheduler, Settings, StudyDay};
use grillme::store::{Counts, Detail, Entry, Event, Index, Query, What, write_line};
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;
const START_MS: i64 = 1_772_000_000_000;

/// The cards of the deck `d`, as they are made by [`entries`]; `d/gone` is in the log only.
const CARDS: usize = 12;

fn entries() -> Vec<Entry> {
    let entry = |n: usize| Entry {
        key: format!("d/card-{n}"),
        deck: "d".to_owned(),
        item: format!("card-{n}"),
        part: if n.is_multiple_of(3) { "r".to_owned() } else { String::new() },
        lesson: ["one", "two"][n % 2].to_owned(),
        kind: ["flash", "choice", "interview"][n % 3].to_owned(),
        tier: n.is_multiple_of(4).then(|| "expert".to_owned()),
        tags: if n.is_multiple_of(5) { vec!["a".to_owned(), "ab".to_owned()] } else { vec!["ab".to_owned()] },
        rev: 1,
        source: 0,
        start: n as u64,
        end: n as u64 + 1,
        position: n as u64,
        confusable: Vec::new(),
    };
    (0..CARDS).map(entry).collect()
}

fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let what = (0usize..=CARDS, 0u8..10).prop_map(|(n, kind)| {
        let card = if n == CARDS { "d/gone".to_owned() } else { format!("d/card-{n}") };
        match kind {
            0 => What::Suspend { card },
            1 => What::Unsuspend { card },
            2 => What::Bury { card, through: StudyDay::from_days(20_520) },
            3 => What::Forget { card },
            4 => What::Plan { card, on: StudyDay::from_days(20_530) },
            rating => What::Review {
                card,
                rating: rating % 4 + 1,
                ms: 1_000,
                rev: 1,
                by: None,
                hints: 0,
                given: None,
                score: None,
                auto: None,
                detail: Detail::default(),
            },
        }
    });
    proptest::collection::vec((what, 0i64..30), 0..60).prop_map(|events| {
        let made = (0u128..).zip(events).map(|(id, (what, day))| {
            let moment = Moment::new(START_MS + day * DAY_MS, 0);
            Event { id: Uuid::from_u128(id), at_ms: moment.at_ms, offset_s: 0, day: moment.day, what }
        });
        made.collect()
    })
}

fn any_query() -> impl Strategy<Value = Query> {
    let some = |of: &'static [&'static str]| {
        proptest::sample::subsequence(of, 0..=of.len()).prop_map(|some| some.iter().map(ToString::to_string).collect())
    };
    let kinds = some(&["flash", "choice"]);
    let narrow = (some(&["one"]), some(&["card-3", "card-4", "card-8"]), some(&["a"]), some(&["expert"]), some(&["r"]));
    (kinds, prop_oneof![Just(None), narrow.prop_map(Some)]).prop_map(|(kinds, narrow)| {
        let (lessons, items, tags, tiers, parts) = narrow.unwrap_or_default();
        Query { origin: "here".into(), deck: "d".into(), lessons, items, tags, tiers, kinds, parts }
    })
}

fn is_meant(query: &Query, entry: &Entry) -> bool {
    let fits = |wanted: &[String], has: &dyn Fn(&String) -> bool| wanted.is_empty() || wanted.iter().any(has);
    fits(&query.lessons, &|lesson| entry.lesson == *lesson)
        && fits(&query.items, &|item| entry.item == *item)
        && fits(&query.tags, &|tag| entry.tags.contains(tag))
        && fits(&query.tiers, &|tier| entry.tier.as_ref() == Some(tier))
        && fits(&query.kinds, &|kind| entry.kind == *kind)
        && fits(&query.parts, &|part| entry.part == *part)
}

type Cards = Vec<(Entry, CardState)>;

fn keys(cards: &[(Entry, CardState)]) -> Vec<String> {
    cards.iter().map(|(entry, _)| entry.key.clone()).collect()
}

/// The selected cards that fit, sorted by what `place` says; cards of the same place may come in any order.
fn by_hand<K: Ord>(cards: &Cards, place: impl Fn(&CardState) -> Option<K>) -> Vec<(K, String)> {
    let mut found: Vec<(K, String)> =
        cards.iter().filter_map(|(entry, state)| Some((place(state)?, entry.key.clone()))).collect();
    found.sort();
    found
}

fn in_order<K: Ord>(found: &Cards, place: impl Fn(&CardState) -> Option<K>) -> Vec<(K, String)> {
    let placed: Vec<(K, String)> =
        found.iter().filter_map(|(entry, state)| Some((place(state)?, entry.key.clone()))).collect();
    assert!(placed.is_sorted_by(|a, b| a.0 <= b.0) && placed.len() == found.len());
    let mut placed = placed;
    placed.sort();
    placed
}

fn due_day(state: &CardState) -> Option<StudyDay> {
    if let Due::Day(day) = state.due { Some(day) } else { None }
}

fn due_at(state: &CardState) -> Option<i64> {
    if let Due::At(at) = state.due { Some(at) } else { None }
}

/// A card that is planned for a day is no longer one of those taken up as new.
fn is_new(state: &CardState) -> bool {
    state.phase == Phase::New && state.due == Due::Now
}

fn counted(cards: &Cards, now: Moment) -> Counts {
    let open = |fits: &dyn Fn(&CardState) -> bool| {
        cards.iter().filter(|(_, state)| !state.is_hidden(now.day) && fits(state)).count()
    };
    Counts {
        due: open(&|state| due_day(state).is_some_and(|day| day <= now.day)),
        learning: open(&|state| due_at(state).is_some()),
        new: open(&is_new),
        due_tomorrow: open(&|state| due_day(state) == Some(now.day.plus(1))),
        total: cards.len(),
    }
}

fn write_log(home: &TempDir, events: &[Event]) {
    let logs = home.path().join("progress");
    let text: String = events.iter().map(|event| write_line(event) + "\n").collect();
    fs::create_dir_all(&logs).unwrap();
    fs::write(logs.join("here.jsonl"), text).unwrap();
}

/// An index that has met the deck at one point and the events before and after it; `anew` folds all of it once more.
fn index(home: &TempDir, events: &[Event], deck_after: usize, anew: bool) -> Index {
    let (logs, cache) = (home.path().join("progress"), home.path().join("cache"));
    let scheduler = Scheduler::new(Settings::default());
    write_log(home, &events[..deck_after]);
    let (mut index, _) = Index::open(Some(&cache), &logs, &scheduler).unwrap();
    index.put_contents(("elsewhere", "e", "stamp"), &[], &[], &scheduler).unwrap();
    index.put_contents(("here", "d", "stamp"), &entries(), &[], &scheduler).unwrap();
    write_log(home, events);
    index.refresh(&scheduler).unwrap();
    if anew {
        let retired = [("old".to_owned(), Some("card-0".to_owned()))];
        index.put_contents(("here", "d", "new stamp"), &entries(), &retired, &scheduler).unwrap();
    }
    index
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn every_question_is_answered_as_by_hand(events in any_events(), query in any_query(), deck_after in any::<prop::sample::Index>(), anew in any::<bool>(), day in 0i64..40) {
        let home = TempDir::new().unwrap();
        let index = index(&home, &events, deck_after.index(events.len() + 1), anew);
        let now = Moment::new(START_MS + day * DAY_MS + 300_000, 0);
        let state = |entry: &Entry| index.state(&entry.key).unwrap().unwrap_or_default();
        let meant: Cards = entries().into_iter().filter(|entry| is_meant(&query, entry)).map(|entry| { let state = state(&entry); (entry, state) }).collect();
        let shown: Cards = meant.iter().filter(|(_, state)| !state.is_hidden(now.day)).cloned().collect();
        let queries = [query];

        prop_assert_eq!(index.counts(&queries, now).unwrap(), counted(&meant, now));
        prop_assert_eq!(index.due_on(&queries, now.day.plus(1)).unwrap(), counted(&meant, now).due_tomorrow);
        prop_assert_eq!(keys(&index.every(&queries).unwrap()), keys(&meant));
        let playing: Cards = meant.iter().filter(|(_, state)| !state.suspended).cloned().collect();
        prop_assert_eq!(keys(&index.all(&queries, 5).unwrap()), keys(&playing[..playing.len().min(5)]));

        let due = index.due(&queries, now, 0, 100).unwrap();
        let (steps, reviews): (Cards, Cards) = due.into_iter().partition(|(_, state)| due_at(state).is_some());
        prop_assert_eq!(in_order(&steps, due_at), by_hand(&shown, |state| due_at(state).filter(|at| *at <= now.at_ms)));
        prop_assert_eq!(in_order(&reviews, due_day), by_hand(&shown, |state| due_day(state).filter(|day| *day <= now.day)));
        let soon = index.soon(&queries, now.day, 100).unwrap();
        prop_assert_eq!(in_order(&soon, due_day), by_hand(&shown, |state| due_day(state).filter(|day| *day > now.day)));
        let fresh: Vec<String> = index.fresh(&queries, now.day, 4).unwrap().into_iter().map(|entry| entry.key).collect();
        let new: Cards = shown.iter().filter(|(_, state)| is_new(state)).cloned().collect();
        prop_assert_eq!(fresh, keys(&new[..new.len().min(4)]));
    }
}

fn review(id: usize, card: &str, rating: u8, at_ms: i64) -> Event {
    let moment = Moment::new(at_ms, 0);
    let (card, by, given, score, auto) = (card.to_owned(), None, None, None, None);
    let what =
        What::Review { card, rating, ms: 1_000, rev: 1, by, hints: 0, given, score, auto, detail: Detail::default() };
    Event { id: Uuid::from_u128(id as u128), at_ms, offset_s: 0, day: moment.day, what }
}

/// The two numbers that the daily limits go by, over all decks and cards of the log.
#[test]
fn today_counts_first_answers_and_others_apart() {
    let home = TempDir::new().unwrap();
    let answered = [("d/old", 0), ("d/old", 3), ("e/new", 3), ("d/other", 2)];
    let events = answered.iter().enumerate().map(|(id, (card, day))| review(id, card, 3, START_MS + day * DAY_MS));
    let index = index(&home, &events.collect::<Vec<_>>(), 0, false);
    let day = |n: i64| Moment::new(START_MS + n * DAY_MS, 0).day;
    assert_eq!(index.today(day(3)).unwrap(), (1, 1));
    assert_eq!(index.today(day(2)).unwrap(), (1, 0));
    assert_eq!(index.today(day(4)).unwrap(), (0, 0));
}

#[test]
fn cards_that_a_replaced_log_no_longer_holds_are_new_again() {
    let home = TempDir::new().unwrap();
    let mut index = index(&home, &[review(0, "d/card-0", 3, START_MS)], 0, false);
    write_log(&home, &[review(1, "d/card-1", 4, START_MS), review(2, "d/card-1", 4, START_MS + DAY_MS)]);
    assert!(index.refresh(&Scheduler::new(Settings::default())).unwrap().rebuilt);
    let query = Query { origin: "here".into(), deck: "d".into(), ..Query::default() };
    let fresh = index.fresh(&[query], Moment::new(START_MS, 0).day, CARDS).unwrap();
    let expected: Vec<usize> = (0..CARDS).filter(|n| *n != 1).collect();
    assert_eq!(fresh.iter().map(|entry| usize::try_from(entry.position).unwrap()).collect::<Vec<_>>(), expected);
}

/// So many events are written in another way than a few; where the cards stand must come out the same.
#[test]
fn a_long_log_at_once_means_what_it_means_in_pieces() {
    let answer = |n: usize| {
        let at_ms = START_MS + i64::try_from(n / CARDS).unwrap() * 7_200_000;
        review(n, &format!("d/card-{}", n % CARDS), [3, 1, 4, 3, 2][n % 5], at_ms)
    };
    let events: Vec<Event> = (0..20_000).map(answer).collect();
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (at_once, in_pieces) = (index(&one, &events, 0, false), index(&two, &events, 10_000, false));
    let queries = [Query { origin: "here".into(), deck: "d".into(), ..Query::default() }];
    let now = Moment::new(START_MS + 150 * DAY_MS, 0);
    let answers = |index: &Index| (index.every(&queries).unwrap(), index.due(&queries, now, 0, 99).unwrap());
    assert_eq!(answers(&at_once), answers(&in_pieces));
    let counts = at_once.counts(&queries, now).unwrap();
    assert_eq!(counts, counted(&answers(&in_pieces).0, now));
    assert!(counts.new == 0 && counts.due + counts.learning > 0, "{counts:?}");
}

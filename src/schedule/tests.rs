use proptest::prelude::*;

use super::*;

const DAY_MS: i64 = 86_400_000;

fn plain() -> Scheduler {
    Scheduler::new(Settings { fuzz: false, ..Settings::default() })
}

fn on(day: u32) -> Moment {
    Moment::new(1_772_000_000_000 + i64::from(day) * DAY_MS, 0)
}

fn review(moment: Moment, rating: Rating) -> Review {
    Review::new(moment, rating)
}

#[test]
fn the_memory_after_six_reviews_is_the_published_one() {
    use Rating::{Again, Good};
    let (model, _) = Model::new(None, 0.9);
    let history = [(Again, 0), (Good, 0), (Good, 1), (Good, 3), (Good, 8), (Good, 21)];
    let end = history.iter().fold(None, |memory, (rating, elapsed)| Some(model.next(memory, *elapsed, *rating)));
    assert_eq!(end, Some(Memory { stability: 53.62691, difficulty: 6.3574867 }));
    assert_eq!(model.next(None, 0, Good), Memory { stability: 2.3065, difficulty: 2.118_104 });
}

#[test]
fn six_times_good_twice_again_five_times_good_gives_the_published_intervals() {
    let scheduler = plain();
    let ratings = [[Rating::Good; 6].as_slice(), &[Rating::Again; 2], &[Rating::Good; 5]].concat();
    let (mut card, mut day, mut intervals) = (CardState::default(), 0, Vec::new());
    for rating in ratings {
        card = scheduler.answer(&card, &review(on(day), rating), 0.5);
        intervals.push(card.interval);
        day += card.interval;
    }
    assert_eq!(intervals, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
}

#[test]
fn the_first_steps_are_one_five_and_a_half_and_ten_minutes() {
    let now = on(0);
    let [again, hard, good, easy] = plain().outcomes(&CardState::default(), now, None, 0.5);
    assert_eq!(again.due, Due::At(now.at_ms + 60_000));
    assert_eq!(hard.due, Due::At(now.at_ms + 330_000));
    assert_eq!(good.due, Due::At(now.at_ms + 600_000));
    assert_eq!(easy.due, Due::Day(now.day.plus(8)));
    assert_eq!(good.phase, Phase::Learning { step: 1 });
    let labels = [again, hard, good, easy].map(|after| interval_label(now, &after));
    assert_eq!(labels, ["1m", "5m", "10m", "8d"]);
}

#[test]
fn a_card_becomes_a_leech_at_its_eighth_lapse() {
    let scheduler = plain();
    let mut card = CardState {
        phase: Phase::Review,
        interval: 3,
        memory: Some(Memory { stability: 3.0, difficulty: 5.0 }),
        ..CardState::default()
    };
    for lapse in 1..=8 {
        card.phase = Phase::Review;
        card = scheduler.answer(&card, &review(on(lapse), Rating::Again), 0.5);
        assert_eq!((card.lapses, card.leech), (lapse, lapse == 8));
    }
}

#[test]
fn parameters_that_are_no_numbers_are_refused_with_a_warning() {
    for bad in [vec![], vec![1.0; 17], vec![f32::NAN; 21], vec![f32::INFINITY; 21]] {
        let (model, warning) = Model::new(Some(&bad), 0.9);
        assert!(warning.is_some());
        assert_eq!(model.parameters(), Model::new(None, 0.9).0.parameters());
    }
}

#[test]
fn the_retention_aimed_at_stays_within_sense() {
    for (asked, used) in [(0.0, 0.70), (2.0, 0.99), (f32::NAN, 0.9), (0.85, 0.85)] {
        assert_eq!(Model::new(None, asked).0.retention(), used);
    }
}

#[test]
fn a_deadline_caps_intervals_at_a_fifth_of_the_days_left_and_asks_all_once_more_at_the_end() {
    let scheduler = plain();
    let card = CardState {
        phase: Phase::Review,
        interval: 40,
        memory: Some(Memory { stability: 40.0, difficulty: 5.0 }),
        last: Some(on(0)),
        ..CardState::default()
    };
    let by = on(40 + 50).day;
    let intervals = scheduler.outcomes(&card, on(40), Some(by), 0.5).map(|after| after.interval);
    assert_eq!(intervals, [0, 10, 10, 10]);
    assert!(!due_under_deadline(&card, on(87).day, by));
    assert!(due_under_deadline(&card, on(88).day, by));
    let done = CardState { last: Some(on(88)), ..card };
    assert!(!due_under_deadline(&done, on(89).day, by));
}

fn strong() -> CardState {
    CardState {
        phase: Phase::Review,
        interval: 200,
        memory: Some(Memory { stability: 200.0, difficulty: 3.0 }),
        last: Some(on(0)),
        ..CardState::default()
    }
}

#[test]
fn what_was_wrong_and_thought_certain_returns_in_the_session_and_tomorrow_once() {
    let (scheduler, certain) = (plain(), Some(Certainty::Certain));
    let answer =
        |card: &CardState, day, rating, sure| scheduler.answer(card, &Review { sure, ..review(on(day), rating) }, 0.5);
    let wrong = answer(&strong(), 200, Rating::Again, certain);
    assert_eq!((wrong.due, wrong.misjudged), (Due::At(on(200).at_ms + 600_000), true));
    let relearnt = answer(&wrong, 200, Rating::Easy, certain);
    assert_eq!((relearnt.due, relearnt.interval, relearnt.misjudged), (Due::Day(on(201).day), 1, false));
    let tomorrow = answer(&relearnt, 201, Rating::Good, certain);
    assert!(tomorrow.interval > 1, "only once: {}", tomorrow.interval);
    for sure in [None, Some(Certainty::Guess), Some(Certainty::Fair)] {
        let relearnt = answer(&answer(&strong(), 200, Rating::Again, sure), 200, Rating::Easy, certain);
        assert!(relearnt.interval > 1, "{sure:?}: {}", relearnt.interval);
    }
    let without_steps = Scheduler::new(Settings { fuzz: false, relearning_steps_s: vec![], ..Settings::default() });
    let wrong = Review { sure: certain, ..review(on(200), Rating::Again) };
    let after = without_steps.answer(&strong(), &wrong, 0.5);
    assert_eq!((after.interval, after.misjudged), (1, false));
    assert_eq!(without_steps.outcomes_of(&strong(), &wrong, 0.5)[0], after);
}

#[test]
fn a_planned_card_comes_back_on_its_day_and_then_goes_its_way() {
    let scheduler = plain();
    let plan = |card: &CardState, day| {
        let what = Event::Plan { on: on(day).day };
        step(&scheduler, "d/i", card, &CardEvent { at_ms: on(9).at_ms, id: 1, what })
    };
    let card = CardState { due: Due::Day(on(200).day), ..strong() };
    let planned = plan(&card, 10);
    assert_eq!((planned.due, planned.interval), (Due::Day(on(10).day), 200));
    assert_eq!(plan(&planned, 12).due, planned.due, "the first of two plans stays");
    assert_eq!(plan(&card, 300).due, card.due, "a plan puts nothing off");
    let early = scheduler.answer(&planned, &review(on(9), Rating::Good), 0.5);
    assert_eq!(early.due, Due::Day(on(10).day), "an answer before the day does not fulfil the plan");
    let done = scheduler.answer(&early, &review(on(10), Rating::Good), 0.5);
    assert_eq!((done.due, done.planned), (Due::Day(on(10).day.plus(done.interval.cast_signed())), None));
    let new = plan(&CardState::default(), 10);
    assert_eq!((new.due, new.phase), (Due::Day(on(10).day), Phase::New));
    let learning = scheduler.answer(&new, &review(on(9), Rating::Good), 0.5);
    assert!(matches!(learning.due, Due::At(_)));
    assert_eq!(scheduler.answer(&learning, &review(on(9), Rating::Good), 0.5).due, Due::Day(on(10).day));
}

fn candidate(key: &str, due: Due) -> Candidate {
    let item = key.split('#').next().unwrap_or(key).to_owned();
    let phase = if due == Due::Now { Phase::New } else { Phase::Review };
    let state = CardState { due, phase, ..CardState::default() };
    Candidate {
        key: key.into(),
        item,
        deck: "d".into(),
        is_new: due == Due::Now,
        state,
        confusable: Vec::new(),
        position: 0,
    }
}

fn keys(candidates: &[Candidate], limits: Limits) -> Vec<&str> {
    order(candidates, on(10), limits).into_iter().map(|at| candidates[at].key.as_str()).collect()
}

const MANY: Limits = Limits { new_left: 20, reviews_left: 200 };

#[test]
fn learning_comes_first_then_reviews_with_new_cards_mixed_in() {
    let day = |n| Due::Day(on(n).day);
    let cards = [
        candidate("d/n1", Due::Now),
        candidate("d/r1", day(9)),
        candidate("d/r2", day(8)),
        candidate("d/n2", Due::Now),
        candidate("d/r3", day(10)),
        candidate("d/r4", day(10)),
        candidate("d/l", Due::At(0)),
    ];
    assert_eq!(keys(&cards, MANY), ["d/l", "d/r2", "d/r1", "d/n1", "d/r3", "d/r4", "d/n2"]);
    assert_eq!(keys(&cards, Limits { new_left: 0, reviews_left: 1 }), ["d/l", "d/r2"]);
}

#[test]
fn siblings_wait_for_another_day_and_so_do_new_look_alikes() {
    let mut cards = vec![candidate("d/a", Due::Now), candidate("d/a#r", Due::Now), candidate("d/b", Due::Now)];
    cards[2].confusable = vec!["d/a".into()];
    assert_eq!(keys(&cards, MANY), ["d/a"]);
}

#[test]
fn known_look_alikes_are_asked_side_by_side() {
    let due = Due::Day(on(3).day);
    let mut cards = vec![candidate("d/a", due), candidate("d/b", due), candidate("d/c", due)];
    cards[0].confusable = vec!["d/c".into()];
    assert_eq!(keys(&cards, MANY), ["d/a", "d/c", "d/b"]);
}

fn any_rating() -> impl Strategy<Value = Rating> {
    (1u8..=4).prop_map(|n| Rating::from_u8(n).unwrap())
}

fn any_event() -> impl Strategy<Value = CardEvent> {
    let what = prop_oneof![
        8 => (any_rating(), 0u32..3, 0u8..4).prop_map(|(rating, rev, sure)| {
            Event::Review(Review { rev, sure: Certainty::from_u8(sure), ..review(on(0), rating) })
        }),
        1 => (0u32..80).prop_map(|d| Event::Plan { on: on(d).day }),
        1 => any_rating().prop_map(|rating| Event::Practice(Practice { day: on(0).day, score: Some(500), rating: Some(rating) })),
        1 => (0u128..40).prop_map(|of| Event::Undo { of }),
        1 => Just(Event::Suspend),
        1 => Just(Event::Unsuspend),
        1 => (0u32..50).prop_map(|d| Event::Bury { through: on(d).day }),
        1 => Just(Event::Unbury),
        1 => Just(Event::Forget),
    ];
    (0i64..60, what).prop_map(|(day, what)| {
        let moment = on(u32::try_from(day).unwrap());
        let what = match what {
            Event::Review(review) => Event::Review(Review { moment, ..review }),
            other => other,
        };
        CardEvent { at_ms: moment.at_ms, id: 0, what }
    })
}

fn any_history() -> impl Strategy<Value = Vec<CardEvent>> {
    proptest::collection::vec(any_event(), 0..40).prop_map(|mut events| {
        for (id, event) in (0u128..).zip(&mut events) {
            event.id = id;
        }
        events
    })
}

fn state_after(ratings: &[(Rating, u32)]) -> (CardState, u32) {
    let scheduler = Scheduler::new(Settings::default());
    ratings.iter().fold((CardState::default(), 0), |(card, day), (rating, gap)| {
        let day = day + gap;
        (scheduler.answer(&card, &review(on(day), *rating), chance("d/i", card.reps)), day)
    })
}

fn due_ms(card: &CardState, now: Moment) -> i64 {
    match card.due {
        Due::Now => 0,
        Due::At(at) => at,
        Due::Day(day) => now.at_ms + i64::from(day.since(now.day)) * DAY_MS,
    }
}

proptest! {
    #[test]
    fn a_better_rating_is_never_due_sooner(history in proptest::collection::vec((any_rating(), 0u32..90), 0..12), c in 0.0f64..1.0, by in proptest::option::of(0u32..400)) {
        let (card, day) = state_after(&history);
        let now = on(day + 5);
        let due = Scheduler::new(Settings::default()).outcomes(&card, now, by.map(|b| on(b).day), c).map(|after| due_ms(&after, now));
        prop_assert!(due.is_sorted(), "{due:?}");
    }

    #[test]
    fn on_days_hard_good_and_easy_differ(history in proptest::collection::vec((any_rating(), 0u32..90), 0..12), c in 0.0f64..1.0) {
        let (card, day) = state_after(&history);
        prop_assume!(card.phase == Phase::Review && card.interval < 10_000);
        let [_, hard, good, easy] = Scheduler::new(Settings::default()).outcomes(&card, on(day + 9), None, c).map(|after| after.interval);
        prop_assert!(hard >= 1 && hard < good && good < easy, "{hard} {good} {easy}");
    }

    #[test]
    fn the_preview_is_the_result(history in proptest::collection::vec((any_rating(), 0u32..90), 0..12), rating in any_rating(), c in 0.0f64..1.0) {
        let (card, day) = state_after(&history);
        let scheduler = Scheduler::new(Settings::default());
        let now = on(day + 2);
        let preview = scheduler.outcomes(&card, now, None, c)[rating as usize - 1].clone();
        let result = scheduler.answer(&card, &Review { rev: card.rev, ..review(now, rating) }, c);
        prop_assert_eq!(preview, result);
    }

    #[test]
    fn fuzz_stays_in_its_range(interval in 0.0f32..40_000.0, c in 0.0f64..1.0) {
        let (low, high) = fuzz_range(interval);
        let days = interval::fuzzed(interval, Some(c), 0, u32::MAX);
        prop_assert!((low..=high).contains(&days));
    }

    #[test]
    fn replay_equals_the_incremental_state(events in any_history()) {
        let scheduler = Scheduler::new(Settings::default());
        let mut sorted: Vec<CardEvent> = events.iter().copied().filter(|e| !matches!(e.what, Event::Undo { .. })).collect();
        let whole = fold(&scheduler, "d/i", &sorted);
        sorted.sort_by_key(|event| (event.at_ms, event.id));
        let stepped = sorted.iter().fold(CardState::default(), |state, event| step(&scheduler, "d/i", &state, event));
        prop_assert_eq!(whole, stepped);
    }

    #[test]
    fn a_misjudged_card_is_in_its_steps_and_leaves_them_for_one_day(events in any_history()) {
        let scheduler = Scheduler::new(Settings::default());
        let mut events: Vec<CardEvent> = events.into_iter().filter(|e| !matches!(e.what, Event::Undo { .. })).collect();
        events.sort_unstable();
        let mut state = CardState::default();
        for event in &events {
            let next = step(&scheduler, "d/i", &state, event);
            let in_steps = matches!(next.phase, Phase::Learning { .. } | Phase::Relearning { .. });
            prop_assert!(!next.misjudged || in_steps);
            if state.misjudged && next.phase == Phase::Review {
                prop_assert_eq!(next.interval, 1);
            }
            if let Event::Practice(_) = event.what {
                prop_assert_eq!(&next, &state);
            }
            if let (Due::Day(due), Some(planned)) = (next.due, next.planned) {
                prop_assert!(due <= planned);
            }
            state = next;
        }
    }

    #[test]
    fn the_order_and_doubling_of_events_change_nothing(events in any_history(), seed in any::<u64>()) {
        let scheduler = Scheduler::new(Settings::default());
        let mut shuffled = [events.as_slice(), &events].concat();
        shuffled.sort_by_key(|event| event.id.wrapping_mul(u128::from(seed) | 1) % 1_009);
        prop_assert_eq!(fold(&scheduler, "d/i", &events), fold(&scheduler, "d/i", &shuffled));
    }

    #[test]
    fn no_clock_makes_it_panic(times in proptest::collection::vec((any::<i64>(), any::<i32>(), any_rating()), 0..8)) {
        let scheduler = Scheduler::new(Settings::default());
        times.into_iter().fold(CardState::default(), |card, (at, offset, rating)| {
            scheduler.answer(&card, &review(Moment::new(at, offset), rating), 0.5)
        });
    }

    #[test]
    fn a_day_survives_being_written(days in -700_000i32..2_900_000) {
        let day = StudyDay::from_days(days);
        prop_assert_eq!(day.to_string().parse::<StudyDay>(), Ok(day));
    }
}

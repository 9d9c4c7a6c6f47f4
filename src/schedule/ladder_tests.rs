//! The ladder over the real rules: simulated learners, and its laws.

use proptest::prelude::*;
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::deck::Tier;

const LEARNERS: u32 = 10_000;

fn attempt(day: i32, card: String, tier: Tier, rating: Rating) -> Attempt {
    Attempt { at_ms: i64::from(day) * 86_400_000, id: 0, day: StudyDay::from_days(day), card, tier, rating }
}

fn rated(right: bool) -> Rating {
    if right { Rating::Good } else { Rating::Again }
}

/// Asks a learner with a true success rate new questions of their tier, at most so many, until the first decision, and
/// gives how many it took and whether it was upwards.
fn first_decision(chance: &mut impl Rng, rate: f64, most: u32) -> Option<(u32, bool)> {
    let mut standing = Standing::at(Tier::Intermediate);
    for n in 1..=most {
        let asked = attempt(0, format!("d/q{n}"), Tier::Intermediate, rated(chance.random_bool(rate)));
        let (next, movement) = climb(standing, &asked);
        match movement {
            Movement::Up { .. } => return Some((n, true)),
            Movement::Down { .. } => return Some((n, false)),
            _ => standing = next,
        }
    }
    None
}

fn percent(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap()) * 100.0 / f64::from(LEARNERS)
}

#[test]
fn learners_are_promoted_as_the_design_says() {
    let mut chance = ChaCha8Rng::seed_from_u64(20_260_301);
    // Rate; promoted within 30 questions and in the end, in percent; questions to the decision on average. The figures
    // are those of the exact Markov chain; with 10,000 learners a percentage is within 1.5 of them.
    for (rate, within_30, in_the_end, questions) in
        [(0.5, 2.5, 2.5, 6.4), (0.7, 31.3, 33.1, 12.4), (0.9, 96.1, 96.6, 9.3)]
    {
        let decisions: Vec<(u32, bool)> =
            (0..LEARNERS).filter_map(|_| first_decision(&mut chance, rate, 1_000)).collect();
        assert_eq!(decisions.len(), LEARNERS as usize, "everybody gets a decision");
        let up = |most: u32| percent(decisions.iter().filter(|(n, up)| *up && *n <= most).count());
        let mean = decisions.iter().map(|(n, _)| f64::from(*n)).sum::<f64>() / f64::from(LEARNERS);
        assert!((up(30) - within_30).abs() < 1.5, "{rate}: {} % within 30", up(30));
        assert!((up(1_000) - in_the_end).abs() < 1.5, "{rate}: {} % in the end", up(1_000));
        assert!((mean - questions).abs() < 0.3, "{rate}: {mean} questions");
    }
}

#[test]
fn three_in_a_row_would_promote_nearly_everybody_at_one_in_two() {
    let mut chance = ChaCha8Rng::seed_from_u64(20_260_302);
    let mut promoted = |questions: usize| {
        let lucky = |_: &u32| {
            let right: Vec<bool> = (0..questions).map(|_| chance.random_bool(0.5)).collect();
            right.windows(3).any(|three| three == [true; 3])
        };
        percent((0..LEARNERS).filter(lucky).count())
    };
    let (short, long) = (promoted(30), promoted(56));
    assert!((short - 90.8).abs() < 1.5 && (long - 98.9).abs() < 1.0, "{short} % within 30, {long} % within 56");
}

/// A learner of a deck with a few beginner questions: they come when due, then new, then the longest unseen. A question
/// is answered by the learner's level the first time; later on, nine times in ten by memory.
struct Student {
    questions: Vec<(Question, u32)>,
    standing: Standing,
}

impl Student {
    fn new(questions: usize, chance: &mut impl Rng) -> Self {
        let question = |n: usize| Question {
            key: format!("d/q{n}"),
            tier: Some(Tier::Beginner),
            state: CardState::default(),
            chance: chance.random(),
        };
        Self { questions: (0..questions).map(question).map(|q| (q, 0)).collect(), standing: Standing::default() }
    }

    /// Studies a day; tells whether the learner climbed.
    fn study(&mut self, scheduler: &Scheduler, chance: &mut impl Rng, day: u32, rate: f64, count: usize) -> bool {
        let now = Moment::new(1_772_000_000_000 + i64::from(day) * 86_400_000, 0);
        let all: Vec<Question> = self.questions.iter().map(|(question, _)| question.clone()).collect();
        for at in mix(&all, Tier::Beginner, now, count) {
            let (question, seen) = &mut self.questions[at];
            let right = chance.random_bool(if *seen == 0 { rate } else { 0.9 });
            *seen += 1;
            // Easy takes a right answer off the learning steps, so that a day has one answer to each question.
            let rating = if right { Rating::Easy } else { Rating::Again };
            question.state = scheduler.answer(&question.state, &Review::new(now, rating), 0.5);
            let asked = Attempt { day: now.day, ..attempt(0, question.key.clone(), Tier::Beginner, rating) };
            let (next, movement) = climb(std::mem::take(&mut self.standing), &asked);
            if movement == (Movement::Up { from: Tier::Beginner }) {
                return true;
            }
            self.standing = next;
        }
        false
    }
}

const STUDENTS: usize = 200;

/// Gives the percentage of these learners who have climbed before each of the days.
fn climbed<const N: usize>(questions: usize, rate: f64, before: [u32; N]) -> [usize; N] {
    let scheduler = Scheduler::new(Settings::default());
    let mut chance = ChaCha8Rng::seed_from_u64(7);
    let days: Vec<Option<u32>> = (0..STUDENTS)
        .map(|_| {
            let mut student = Student::new(questions, &mut chance);
            (0..90).find(|day| student.study(&scheduler, &mut chance, *day, rate, 8))
        })
        .collect();
    before.map(|day| days.iter().flatten().filter(|climbed| **climbed < day).count() * 100 / STUDENTS)
}

#[test]
fn with_few_questions_a_tier_nobody_climbs_on_echoes_and_nobody_is_stuck() {
    let found = [0.5, 0.7, 0.9].map(|rate| climbed(28, rate, [7, 60]));
    assert!(found[0][0] <= 15 && found[1][0] <= 65 && found[2][0] >= 95, "in the first week: {found:?}");
    assert_eq!(found.map(|by| by[1]), [100; 3], "in the end");
    for questions in [5, 6] {
        let found = [0.5, 0.7, 0.9].map(|rate| climbed(questions, rate, [7, 90]));
        assert!(found[0][0] <= 3 && found[1][0] <= 20, "{questions} questions, in the first week: {found:?}");
        assert!(found.iter().all(|by| by[1] >= 95), "{questions} questions, in the end: {found:?}");
    }
}

#[test]
fn a_score_of_six_needs_five_different_questions() {
    let mut standing = Standing::default();
    let mut moves = Vec::new();
    for week in 0..3 {
        for n in 0..3 {
            let asked = attempt(week * 7, format!("d/q{n}"), Tier::Beginner, Rating::Good);
            let (next, movement) = climb(standing, &asked);
            standing = next;
            moves.push(movement);
        }
    }
    assert_eq!((standing.tier, standing.score, standing.distinct()), (Tier::Beginner, 6, 3));
    assert_eq!(moves, [Movement::Counted { by: 1 }; 9]);
    for (n, expected) in [(3, Movement::Counted { by: 1 }), (4, Movement::Up { from: Tier::Beginner })] {
        let (next, movement) = climb(standing, &attempt(21, format!("d/q{n}"), Tier::Beginner, Rating::Easy));
        standing = next;
        assert_eq!(movement, expected);
    }
    assert_eq!((standing.tier, standing.score, standing.distinct()), (Tier::Intermediate, 0, 0));
}

#[test]
fn two_misses_lead_down_and_at_the_bottom_to_a_new_start() {
    let miss = |n: i32, tier| attempt(0, format!("d/q{n}"), tier, Rating::Again);
    let (standing, first) = climb(Standing::at(Tier::Expert), &miss(1, Tier::Expert));
    let (standing, second) = climb(standing, &miss(2, Tier::Expert));
    assert_eq!((first, second), (Movement::Counted { by: -3 }, Movement::Down { from: Tier::Expert }));
    assert_eq!((standing.tier, standing.score), (Tier::Intermediate, 0));
    let (standing, _) = climb(Standing::default(), &miss(1, Tier::Beginner));
    let (standing, last) = climb(standing, &miss(2, Tier::Beginner));
    assert_eq!((standing.tier, standing.score, last), (Tier::Beginner, 0, Movement::Restart));
}

#[test]
fn a_question_of_another_tier_does_not_move_the_learner_nor_count_afresh_within_the_week() {
    let (standing, movement) = climb(Standing::default(), &attempt(3, "d/q".into(), Tier::Expert, Rating::Good));
    assert_eq!((standing.score, movement), (0, Movement::OtherTier { of: Tier::Expert }));
    let mut expert = standing;
    expert.tier = Tier::Expert;
    let again = attempt(9, "d/q".into(), Tier::Expert, Rating::Good);
    assert_eq!(climb(expert.clone(), &again).1, Movement::Repeated { again: StudyDay::from_days(10) });
    let later = attempt(10, "d/q".into(), Tier::Expert, Rating::Good);
    assert_eq!(climb(expert, &later).1, Movement::Counted { by: 1 });
}

fn any_attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let one = (0i32..60, 0usize..9, 0usize..10, 1u8..=4);
    proptest::collection::vec(one, 0..120).prop_map(|made| {
        let attempts = (0u128..).zip(made).map(|(id, (day, question, tier, rating))| {
            // Mostly beginner questions, so that something moves, and mostly good answers, so that it moves up.
            let tier = Tier::WORDS[[0, 0, 0, 0, 1, 1, 1, 2, 2, 2][tier]].1;
            let rating = if question < 6 { Rating::Good } else { Rating::from_u8(rating).unwrap() };
            Attempt { id, ..attempt(day, format!("d/{}{question}", tier.word()), tier, rating) }
        });
        let mut attempts: Vec<Attempt> = attempts.collect();
        attempts.sort_unstable();
        attempts
    })
}

fn review_of(attempt: &Attempt) -> CardEvent {
    let moment = Moment { at_ms: attempt.at_ms, offset_s: 0, day: attempt.day };
    let review = Review { tier: Some(attempt.tier), ..Review::new(moment, attempt.rating) };
    CardEvent { at_ms: attempt.at_ms, id: attempt.id, what: Event::Review(review) }
}

proptest! {
    #[test]
    fn the_score_is_bounded_and_no_tier_is_skipped(attempts in any_attempts()) {
        let mut standing = Standing::default();
        for attempt in &attempts {
            let before = standing.clone();
            let (after, movement) = climb(standing, attempt);
            prop_assert!((-5..=CLIMB_AT).contains(&after.score));
            prop_assert!((after.tier as i32 - before.tier as i32).abs() <= 1);
            let tiers = (before.tier as i32, after.tier as i32);
            match movement {
                Movement::Up { from } => {
                    prop_assert!(from == before.tier && tiers.1 == tiers.0 + 1 && after.score == 0);
                    prop_assert!(before.score >= 5 && before.distinct() >= DISTINCT - 1);
                }
                Movement::Down { from } => prop_assert!(from == before.tier && tiers.1 == tiers.0 - 1 && after.score == 0),
                Movement::Restart => prop_assert!(tiers == (0, 0) && after.score == 0),
                Movement::Counted { by } => prop_assert_eq!(after.score, (before.score + by).min(CLIMB_AT)),
                Movement::OtherTier { .. } | Movement::Repeated { .. } => {
                    prop_assert_eq!((after.tier, after.score, after.distinct()), (before.tier, before.score, before.distinct()));
                }
            }
            standing = after;
        }
        prop_assert_eq!(stand(attempts), standing);
    }

    #[test]
    fn the_order_in_which_attempts_come_does_not_matter(attempts in any_attempts(), seed in any::<u64>()) {
        let mut shuffled = attempts.clone();
        shuffled.sort_by_key(|attempt| attempt.id.wrapping_mul(u128::from(seed) | 1) % 1_009);
        prop_assert_eq!(stand(shuffled), stand(attempts));
    }

    #[test]
    fn undoing_the_last_attempt_restores_the_standing(history in any_attempts()) {
        let Some((last, before)) = history.split_last() else { return Ok(()) };
        let of_card = |card: &str| {
            let mut events: Vec<CardEvent> = history.iter().filter(|a| a.card == card).map(review_of).collect();
            if last.card == card {
                events.push(CardEvent { at_ms: last.at_ms + 1, id: 1_000, what: Event::Undo { of: last.id } });
            }
            attempts(card, &events)
        };
        let cards: std::collections::BTreeSet<&str> = history.iter().map(|a| a.card.as_str()).collect();
        prop_assert_eq!(stand(cards.into_iter().flat_map(of_card).collect()), stand(before.to_vec()));
    }
}

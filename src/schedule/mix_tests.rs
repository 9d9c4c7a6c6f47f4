use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::deck::Tier;

const TODAY: i32 = 100;

fn now() -> Moment {
    Moment { at_ms: i64::from(TODAY) * 86_400_000, offset_s: 0, day: StudyDay::from_days(TODAY) }
}

/// A question that is new, or due so many days from today.
fn question(key: &str, tier: Option<Tier>, due: Option<i32>) -> Question {
    let answered = |days: i32| {
        let last = Moment { day: StudyDay::from_days(TODAY - 20 + days), ..Moment::default() };
        let due = Due::Day(StudyDay::from_days(TODAY + days));
        CardState { phase: Phase::Review, due, last: Some(last), ..CardState::default() }
    };
    Question { key: key.to_owned(), tier, state: due.map(answered).unwrap_or_default(), chance: chance(key, 0) }
}

fn picked(questions: &[Question], tier: Tier, count: usize) -> Vec<&str> {
    mix(questions, tier, now(), count).into_iter().map(|at| questions[at].key.as_str()).collect()
}

#[test]
fn four_in_five_are_of_the_tier_and_one_is_a_due_one_from_below() {
    let mut questions = Vec::new();
    for n in 0..20 {
        questions.push(question(&format!("own-{n}"), Some(Tier::Intermediate), None));
        questions.push(question(&format!("low-{n}"), Some(Tier::Beginner), Some(-n)));
        questions.push(question(&format!("high-{n}"), Some(Tier::Expert), Some(-n)));
    }
    let ten = picked(&questions, Tier::Intermediate, 10);
    let below: Vec<(usize, &&str)> = ten.iter().enumerate().filter(|(_, key)| key.starts_with("low")).collect();
    assert_eq!(below, [(4, &"low-19"), (9, &"low-18")]);
    assert_eq!(ten.iter().filter(|key| key.starts_with("own")).count(), 8);
    assert_eq!(picked(&questions, Tier::Intermediate, 2).len(), 2);
    assert!(picked(&questions, Tier::Intermediate, 2).iter().all(|key| key.starts_with("own")));
}

#[test]
fn due_ones_come_first_and_the_longest_overdue_of_these() {
    let own = Some(Tier::Beginner);
    let questions = [
        question("new", own, None),
        question("later", own, Some(5)),
        question("due", own, Some(0)),
        question("overdue", own, Some(-9)),
        question("no tier", None, Some(-3)),
    ];
    assert_eq!(picked(&questions, Tier::Beginner, 4), ["overdue", "no tier", "due", "new"]);
    assert_eq!(picked(&questions, Tier::Beginner, 9), ["overdue", "no tier", "due", "new", "later"]);
}

#[test]
fn a_tier_with_too_few_is_filled_up_from_below_and_then_from_above() {
    let (low, own, high) = (Some(Tier::Beginner), Some(Tier::Intermediate), Some(Tier::Expert));
    let questions = [
        question("high new", high, None),
        question("high later", high, Some(2)),
        question("low new", low, None),
        question("low later", low, Some(1)),
        question("own later", own, Some(1)),
        question("own seen long ago", own, Some(-1 + 10)),
        question("low due", low, Some(-1)),
        question("low overdue", low, Some(-2)),
    ];
    let all = picked(&questions, Tier::Intermediate, 8);
    let expected =
        ["low due", "own later", "own seen long ago", "low overdue", "low new", "high new", "low later", "high later"];
    assert_eq!(all.iter().collect::<BTreeSet<_>>(), expected.iter().collect());
    assert_eq!(picked(&questions, Tier::Intermediate, 3), ["low due", "own later", "low overdue"]);
    assert_eq!(picked(&questions[..1], Tier::Beginner, 3), ["high new"]);
}

#[test]
fn what_is_left_out_is_not_picked() {
    let mut questions = [question("a", None, None), question("b", None, None), question("c", None, None)];
    questions[0].state.suspended = true;
    questions[1].state.buried = Some(StudyDay::from_days(TODAY));
    assert_eq!(picked(&questions, Tier::Beginner, 3), ["c"]);
}

fn any_questions() -> impl Strategy<Value = Vec<Question>> {
    let one = (0usize..25, 0usize..4, proptest::option::of(-5i32..5));
    proptest::collection::vec(one, 0..40).prop_map(|made| {
        let tier = |at: usize| Tier::WORDS.get(at).map(|(_, tier)| *tier);
        made.into_iter().map(|(key, at, due)| question(&format!("q{key}"), tier(at), due)).collect()
    })
}

proptest! {
    #[test]
    fn every_pick_is_full_and_without_doubles(questions in any_questions(), tier in 0usize..3, count in 0usize..50) {
        let keys: BTreeSet<&str> = questions.iter().map(|q| q.key.as_str()).collect();
        let found = picked(&questions, Tier::WORDS[tier].1, count);
        prop_assert_eq!(found.len(), count.min(keys.len()));
        prop_assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
    }

    #[test]
    fn the_order_of_the_questions_does_not_matter(questions in any_questions(), tier in 0usize..3, count in 0usize..50) {
        let mut seen = BTreeSet::new();
        let questions: Vec<Question> = questions.into_iter().filter(|q| seen.insert(q.key.clone())).collect();
        let backwards: Vec<Question> = questions.iter().rev().cloned().collect();
        let tier = Tier::WORDS[tier].1;
        prop_assert_eq!(picked(&questions, tier, count), picked(&backwards, tier, count));
    }
}

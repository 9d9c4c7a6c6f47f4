//! What holds for every item of the bundled lesson and for any answer.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::tests::{ids, labels, typed};
use super::{Answer, Verdict, mark};
use crate::deck::{Context, Id, Item, Kind, Move, Node, Part, Pattern, Text, read_lesson};

fn lesson() -> Vec<Item> {
    let json = include_str!("../../data/docker/07-docker-vs-vm.json");
    let mut problems = Vec::new();
    let lesson = read_lesson(&Node::parse(json).unwrap(), &mut Context::new(0, &mut problems));
    assert_eq!(problems, []);
    lesson.unwrap().items
}

/// Writes an answer that is right, and an empty one, in the shape of the item's kind; nothing for kinds that have no
/// mark here.
fn model(item: &Item, part: Part) -> Option<(Answer, Answer)> {
    Some(match &item.kind {
        Kind::Typed(typed_item) => (typed(&model_text(&typed_item.accept.first()?.pattern)), typed("")),
        Kind::Cloze(cloze) => {
            let Part::Cloze(number) = part else { return None };
            (typed(cloze.accepted(number).first()?.raw()), typed(""))
        }
        Kind::Choice(choice) => (Answer::Options(choice.key().cloned().collect()), Answer::Options(vec![])),
        Kind::Order(order) => {
            let steps = order.steps.iter().map(|step| step.id.clone()).collect();
            (Answer::Sequence(steps), Answer::Sequence(vec![]))
        }
        Kind::Match(pairing) => {
            let pairs = pairing.pairs.iter().enumerate().map(|(at, pair)| (pair.id.clone(), Some(at))).collect();
            (Answer::Pairs(pairs), Answer::Pairs(BTreeMap::new()))
        }
        Kind::Diagram(diagram) => {
            let first = |(hole, texts): (u32, &[Text])| (hole, texts[0].raw().to_owned());
            (Answer::Labels(diagram.holes().into_iter().map(first).collect()), labels(&[]))
        }
        Kind::Whatif(whatif) => {
            let moves = whatif.cases.iter().map(|case| case.then.clone()).collect();
            (Answer::Moves(moves), Answer::Moves(vec![]))
        }
        // Nobody can read the key of a sealed item.
        Kind::Flash(_) | Kind::Scenario(_) | Kind::Checklist(_) | Kind::Interview(_) | Kind::Sealed(_) => return None,
    })
}

fn model_text(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Text(text) => text.raw().to_owned(),
        Pattern::Regex(_) => "6.8.0".to_owned(),
        Pattern::Number { value, .. } => value.to_string(),
    }
}

#[test]
fn the_model_answer_of_a_bundled_item_is_right_and_an_empty_one_scores_nothing() {
    let mut seen = BTreeSet::new();
    for item in lesson() {
        for part in item.parts() {
            let Some((right, empty)) = model(&item, part) else {
                assert_eq!(mark(&item, part, &typed("x")), None, "{}", item.id);
                continue;
            };
            let right = mark(&item, part, &right).unwrap();
            assert_eq!((right.score, right.verdict), (1.0, Verdict::Right), "{}", item.id);
            assert!(right.findings.iter().all(|finding| finding.verdict == Verdict::Right), "{}", item.id);
            let empty = mark(&item, part, &empty).unwrap();
            assert_eq!((empty.score, empty.verdict), (0.0, Verdict::Wrong), "{}", item.id);
            seen.insert(item.kind.name().word());
        }
    }
    assert_eq!(Vec::from_iter(seen), ["choice", "cloze", "diagram", "match", "order", "typed", "whatif"]);
}

/// Lists the ids that answers to an item may name, and one that none has.
fn names(item: &Item) -> Vec<Id> {
    let mut names = ids("nowhere");
    match &item.kind {
        Kind::Choice(choice) => names.extend(choice.options.iter().map(|option| option.id.clone())),
        Kind::Order(order) => names.extend(order.steps.iter().chain(&order.extra).map(|step| step.id.clone())),
        Kind::Match(pairing) => names.extend(pairing.pairs.iter().map(|pair| pair.id.clone())),
        Kind::Whatif(whatif) => names.extend(whatif.metrics.iter().map(|metric| metric.id.clone())),
        _ => {}
    }
    names
}

fn any_text() -> impl Strategy<Value = String> {
    let near = prop::sample::select(vec!["kernel", "kernle", "hypervisr", "host kernal", "6.8.0", "1e3", "`.", ". ."]);
    prop_oneof![any::<String>(), near.prop_map(str::to_owned)]
}

fn any_answer(names: Vec<Id>) -> impl Strategy<Value = Answer> {
    let name = || prop::sample::select(names.clone());
    let moves = prop::sample::select(vec![Move::Up, Move::Down, Move::Same]);
    let case = prop::collection::btree_map(name().prop_map(|id| id.to_string()), moves, 0..5);
    let place = prop::option::of(prop_oneof![0..8usize, any::<usize>()]);
    prop_oneof![
        any_text().prop_map(Answer::Text),
        prop::collection::vec(name(), 0..8).prop_map(Answer::Options),
        prop::collection::vec(name(), 0..12).prop_map(Answer::Sequence),
        prop::collection::btree_map(name(), place, 0..6).prop_map(Answer::Pairs),
        prop::collection::btree_map(prop_oneof![1..5u32, any::<u32>()], any_text(), 0..5).prop_map(Answer::Labels),
        prop::collection::vec(case, 0..6).prop_map(Answer::Moves),
    ]
}

fn any_case() -> impl Strategy<Value = (Item, Answer)> {
    prop::sample::select(lesson())
        .prop_flat_map(|item| (any_answer(names(&item)), Just(item)).prop_map(|(a, i)| (i, a)))
}

proptest! {
    #[test]
    fn any_answer_to_any_item_has_a_lawful_mark_or_none((item, answer) in any_case(), number: u8) {
        for part in [Part::Whole, Part::Reverse, Part::Cloze(1), Part::Cloze(number)] {
            let Some(mark) = mark(&item, part, &answer) else { continue };
            prop_assert!((0.0..=1.0).contains(&mark.score));
            prop_assert_eq!(mark.verdict == Verdict::Right, mark.score == 1.0);
            prop_assert!(!mark.findings.is_empty());
            for was_slip in [true, false] {
                let settled = mark.clone().settle_slips(was_slip);
                prop_assert!(settled.score >= mark.score && settled.verdict != Verdict::Slip);
            }
        }
    }
}

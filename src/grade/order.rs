//! Marking order items: the share of pairs of steps in the right order.

use std::collections::BTreeMap;

use super::outcome::share;
use super::{Finding, Mark, Verdict};
use crate::deck::{Id, Order, OrderStep, Text};

/// Marks a sequence of steps.
///
/// The score is the share of [`Order::pairs`] given in the right order; a step left out loses its pairs. Every place
/// taken by a step that does not belong, or that stands there already, costs one over the number of steps; so does
/// leaving out a step that is in no pair.
pub(super) fn mark(order: &Order, sequence: &[Id]) -> Mark {
    let answer = Given::new(order, sequence);
    let pairs = order.pairs();
    let kept = pairs.iter().filter(|pair| answer.keeps(pair)).count();
    let base = if pairs.is_empty() { 1.0 } else { share(kept, pairs.len()) };
    let paired = |id: &Id| pairs.iter().any(|(first, later)| *first == id || *later == id);
    let lost = order.steps.iter().filter(|step| answer.place(&step.id).is_none() && !paired(&step.id)).count();
    let cost = share(answer.intruders.len() + lost, order.steps.len());
    let steps = order.steps.iter().enumerate().map(|(at, step)| answer.find_step(order, &pairs, at, step));
    let findings = steps.chain(answer.intruders.iter().map(|(at, id)| find_intruder(order, *at, id))).collect();
    Mark::scored(base - cost, findings)
}

/// A sequence, taken apart: where each step stands, and what should not stand there.
struct Given<'a> {
    places: BTreeMap<&'a Id, usize>,
    intruders: Vec<(usize, &'a Id)>,
}

impl<'a> Given<'a> {
    fn new(order: &Order, sequence: &'a [Id]) -> Self {
        let mut given = Self { places: BTreeMap::new(), intruders: Vec::new() };
        for (at, id) in sequence.iter().enumerate() {
            if given.places.contains_key(id) || order.steps.iter().all(|step| step.id != *id) {
                given.intruders.push((at, id));
            } else {
                given.places.insert(id, at);
            }
        }
        given
    }

    fn place(&self, id: &Id) -> Option<usize> {
        self.places.get(id).copied()
    }

    fn keeps(&self, (first, later): &(&Id, &Id)) -> bool {
        matches!((self.place(first), self.place(later)), (Some(first), Some(later)) if first < later)
    }

    /// Finds a step right when all its pairs are, wrong when none is. Where several sequences count there is no one place
    /// to expect it at, but another step that it belongs before or after.
    fn find_step(&self, order: &Order, pairs: &[(&Id, &Id)], at: usize, step: &OrderStep) -> Finding {
        let mine: Vec<_> = pairs.iter().filter(|(first, later)| *first == &step.id || *later == &step.id).collect();
        let kept = mine.iter().filter(|pair| self.keeps(pair)).count();
        let place = self.place(&step.id);
        let verdict = match kept {
            _ if place.is_none() => Verdict::Wrong,
            all if all == mine.len() => Verdict::Right,
            0 => Verdict::Wrong,
            _ => Verdict::Partial,
        };
        let several = !order.before.is_empty();
        let feedback = if verdict == Verdict::Right { None } else { step.feedback.as_ref().or(step.why.as_ref()) };
        Finding {
            what: step.text.clone(),
            verdict,
            given: place.map(counted).filter(|_| !several || verdict != Verdict::Right),
            expected: if several { self.neighbour(order, &mine, &step.id) } else { Some(counted(at)) },
            feedback: feedback.cloned(),
        }
    }
}

impl Given<'_> {
    /// Says of a step in the wrong place what it belongs before or after.
    fn neighbour(&self, order: &Order, pairs: &[&(&Id, &Id)], step: &Id) -> Option<Text> {
        let (first, later) = pairs.iter().find(|pair| !self.keeps(pair))?;
        let (word, other) = if *first == step { ("before", later) } else { ("after", first) };
        let other = order.steps.iter().find(|step| step.id == **other)?;
        Some(Text::new(format!("{word} {}", other.text.raw())))
    }
}

fn find_intruder(order: &Order, at: usize, id: &Id) -> Finding {
    let step = order.extra.iter().chain(&order.steps).find(|step| step.id == *id);
    Finding {
        what: step.map_or_else(|| Text::new(id.as_str()), |step| step.text.clone()),
        verdict: Verdict::Wrong,
        given: Some(counted(at)),
        expected: None,
        feedback: step.and_then(|step| step.feedback.clone()),
    }
}

/// Writes a place, counted from 1.
fn counted(at: usize) -> Text {
    Text::new((at + 1).to_string())
}

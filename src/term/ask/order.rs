//! Order items: first what does not belong, then the sequence of the rest.

use super::{lines, shuffled};
use crate::deck::{Order, OrderStep, Text};
use crate::grade::Answer;
use crate::term::{Asked, Prompter, Reply};

pub(super) fn ask(p: &mut dyn Prompter, order: &Order, shuffle: &[usize], hint: bool) -> Asked<Answer> {
    let steps: Vec<&OrderStep> = order.steps.iter().chain(&order.extra).collect();
    let texts: Vec<&Text> = steps.iter().map(|step| &step.text).collect();
    let shown = shuffled(&texts, shuffle);
    loop {
        let left_out = match left_out(p, order, &shown, hint)? {
            Reply::Given(all) => all,
            other => return Ok(other.map(|_| Answer::Sequence(Vec::new()))),
        };
        let kept: Vec<(usize, &Text)> =
            shown.iter().enumerate().filter(|(at, _)| !left_out.contains(at)).map(|(_, step)| *step).collect();
        if kept.is_empty() {
            return Ok(Reply::Given(Answer::Sequence(Vec::new())));
        }
        let sorted = p.order("First to last", &lines(&kept), hint && order.extra.is_empty())?;
        // Undo goes back to the question before, where there was one.
        if matches!(sorted, Reply::Undo) && !order.extra.is_empty() {
            continue;
        }
        let id = |at: &usize| kept.get(*at).map(|(at, _)| steps[*at].id.clone());
        return Ok(sorted.map(|all| Answer::Sequence(all.iter().filter_map(id).collect())));
    }
}

fn left_out(p: &mut dyn Prompter, order: &Order, shown: &[(usize, &Text)], hint: bool) -> Asked<Vec<usize>> {
    if order.extra.is_empty() {
        return Ok(Reply::Given(Vec::new()));
    }
    p.pick_many("Which steps do not belong?", &lines(shown), hint)
}

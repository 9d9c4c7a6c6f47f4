//! Match items: for each left side, one pick among the right sides.

use super::{in_turn, lines, shuffled};
use crate::deck::{Match, Text};
use crate::grade::Answer;
use crate::render::safe_line;
use crate::term::{Asked, Prompter};

/// The option for a left side that the learner cannot pair.
const UNKNOWN: &str = "I do not know";

pub(super) fn ask(p: &mut dyn Prompter, matching: &Match, shuffle: &[usize], hint: bool) -> Asked<Answer> {
    let rights: Vec<&Text> = matching.rights().collect();
    let shown = shuffled(&rights, shuffle);
    let mut options = lines(&shown);
    options.push(UNKNOWN.to_owned());
    let lefts = &matching.pairs;
    let picked = in_turn(lefts.len(), |at| p.pick(&safe_line(&lefts[at].left), &options, hint && at == 0))?;
    let right = |at: usize| shown.get(at).map(|(at, _)| *at);
    Ok(picked.map(|all| Answer::Pairs(lefts.iter().zip(all).map(|(pair, at)| (pair.id.clone(), right(at))).collect())))
}

//! Choice items: one list, one pick or several.

use super::{lines, shuffled};
use crate::deck::{Choice, Text};
use crate::grade::Answer;
use crate::term::{Asked, Prompter};

pub(super) fn ask(p: &mut dyn Prompter, choice: &Choice, shuffle: &[usize], hint: bool) -> Asked<Answer> {
    let texts: Vec<&Text> = choice.options.iter().map(|option| &option.text).collect();
    let shown = shuffled(&texts, shuffle);
    let picked = if choice.multi {
        p.pick_many("Which ones?", &lines(&shown), hint)?
    } else {
        p.pick("Which one?", &lines(&shown), hint)?.map(|at| vec![at])
    };
    let id = |at: &usize| shown.get(*at).map(|(at, _)| choice.options[*at].id.clone());
    Ok(picked.map(|all| Answer::Options(all.iter().filter_map(id).collect())))
}

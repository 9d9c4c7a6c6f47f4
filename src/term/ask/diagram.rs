//! Diagram items: the drawing, then a line for each hole.

use std::io;

use super::{in_turn, prose, say_lines};
use crate::deck::Diagram;
use crate::grade::Answer;
use crate::render::drawing;
use crate::term::{Asked, Prompter};

pub(super) fn show(p: &mut dyn Prompter, diagram: &Diagram) -> io::Result<()> {
    prose(p, &diagram.prompt)?;
    p.say("")?;
    let lines = drawing(&diagram.art, Some(&diagram.alt), p.style());
    say_lines(p, &lines)
}

pub(super) fn ask(p: &mut dyn Prompter, diagram: &Diagram, hint: bool) -> Asked<Answer> {
    let holes: Vec<u32> = diagram.holes().iter().map(|(hole, _)| *hole).collect();
    let given = in_turn(holes.len(), |at| p.line(&format!("[{}]", holes[at]), hint && at == 0))?;
    Ok(given.map(|all| Answer::Labels(holes.iter().copied().zip(all).collect())))
}

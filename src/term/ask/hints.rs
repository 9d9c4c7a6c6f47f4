//! The hints of an item, given one by one on request.

use std::io;

use crate::deck::Text;
use crate::render;
use crate::term::Prompter;

/// Hints, those already given in front.
#[derive(Debug)]
pub struct Hints<'h> {
    all: &'h [Text],
    given: usize,
}

impl<'h> Hints<'h> {
    /// Lays hints out; none is given yet.
    pub fn new(all: &'h [Text]) -> Self {
        Self { all, given: 0 }
    }

    /// Tells whether one is left.
    pub fn more(&self) -> bool {
        self.given < self.all.len()
    }

    /// Counts those given.
    pub fn given(&self) -> u32 {
        u32::try_from(self.given).unwrap_or(u32::MAX)
    }

    /// Shows the next one, if there is one.
    ///
    /// # Errors
    /// What writing failed with.
    pub fn show(&mut self, p: &mut dyn Prompter) -> io::Result<()> {
        let Some(hint) = self.all.get(self.given) else { return Ok(()) };
        self.given += 1;
        let told = render::hint(hint, p.style());
        p.say(&told)
    }
}

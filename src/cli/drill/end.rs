//! The end of a session of cards: its summary, for people and for programs.

use std::collections::BTreeMap;

use crate::deck::Text;
use crate::render;
use crate::session::{Mode, Step};

use super::super::app::write_json;
use super::super::error::Stop;
use super::Run;

impl Run<'_> {
    /// Says what the session came to.
    pub(super) fn sum_up(mut self) -> Result<(), Stop> {
        let style = *self.asker.prompter.style();
        let now = self.app.now();
        let tomorrow = self.index.due_on(&self.queries, now.day.plus(1))?;
        let later = match self.drill.next(now) {
            Step::Later(at_ms) => Some((at_ms - now.at_ms).max(0)),
            _ => None,
        };
        let stems = self.missed_stems();
        let tally = self.drill.tally();
        let summary = render::Summary {
            tally: &tally,
            left: self.drill.left(),
            stems: &stems,
            tomorrow,
            later_ms: later,
            cram: self.drill.mode() == Mode::Cram,
        };
        if self.app.json() {
            return write_json(&summary.document(self.drill.answered()));
        }
        self.asker.say(&render::summary(&summary, &style))
    }

    fn missed_stems(&self) -> BTreeMap<String, Text> {
        let stem = |key: &str| {
            let subject = self.subjects.get(key)?;
            Some((key.to_owned(), subject.item().ok()?.stem()))
        };
        self.drill.tally().missed.iter().filter_map(|missed| stem(&missed.key)).collect()
    }
}

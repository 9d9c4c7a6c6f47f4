//! A round of questions off the schedule, at the prompt: what quiz, lesson and `show --play` have in common.

use serde::Serialize;

use crate::deck::{CardKey, Deck, Item, ItemKey, Kind, Lesson, Part};
use crate::library::Origin;
use crate::render;
use crate::session::{Quiz, Tried};
use crate::term::Reply;

use super::asker::Question;
use super::error::Stop;
use super::play::{Played, Player};

/// A question that a round may ask.
pub struct Entry {
    pub origin: Origin,
    pub deck: String,
    pub lesson: String,
    pub item: Item,
    pub part: Part,
    pub key: String,
}

impl Entry {
    /// Makes the question of one part of an item.
    pub fn new(origin: &Origin, deck: &Deck, lesson: &Lesson, item: &Item, part: Part) -> Self {
        let owner = ItemKey { deck: deck.head.id.clone(), item: item.id.clone() };
        Self {
            origin: origin.clone(),
            deck: deck.head.id.to_string(),
            lesson: lesson.id.to_string(),
            key: CardKey { item: owner, part }.to_string(),
            item: item.clone(),
            part,
        }
    }

    /// Makes the questions of all parts of an item; one that has no cards is one question.
    pub fn all(origin: &Origin, deck: &Deck, lesson: &Lesson, item: &Item) -> Vec<Self> {
        let parts = item.parts();
        let parts = if parts.is_empty() { vec![Part::Whole] } else { parts };
        parts.into_iter().map(|part| Self::new(origin, deck, lesson, item, part)).collect()
    }

    /// Gives what is asked; `tries` counts the answers before.
    pub fn question(&self, tries: usize) -> Question<'_> {
        let reps = u32::try_from(tries).unwrap_or(u32::MAX);
        Question { origin: &self.origin, item: &self.item, part: self.part, key: &self.key, reps }
    }

    /// Gives the seconds for an answer; a question in several steps gets as many for each.
    fn allowance(&self, seconds: u64) -> u64 {
        let steps = match &self.item.kind {
            Kind::Scenario(scenario) => scenario.steps.len(),
            Kind::Whatif(whatif) => whatif.cases.len(),
            _ => 1,
        };
        seconds.saturating_mul(steps as u64)
    }
}

/// A round that is running.
pub struct Round<'r, 'a> {
    player: &'r mut Player<'a>,
    entries: &'r [Entry],
    pub quiz: Quiz,
    seconds: Option<u64>,
    pause_at_end: bool,
    played: Vec<Played>,
}

impl<'r, 'a> Round<'r, 'a> {
    /// Gets ready to ask `entries` in their order; with `retry`, those that are missed come again. An answer that
    /// takes longer than `seconds` counts as missed.
    pub fn new(player: &'r mut Player<'a>, entries: &'r [Entry], retry: bool, seconds: Option<u64>) -> Self {
        let quiz = Quiz::new(entries.iter().map(|entry| entry.key.clone()).collect(), retry);
        Self { player, entries, quiz, seconds, pause_at_end: false, played: Vec::new() }
    }

    /// Waits after the last answer too, for what is to follow.
    pub fn pause_at_end(mut self) -> Self {
        self.pause_at_end = true;
        self
    }

    /// Asks until nothing is left or the learner leaves. Never gives [`Reply::Hint`] or [`Reply::Undo`].
    pub fn run(&mut self) -> Result<Reply<()>, Stop> {
        while let Some((entry, tries)) = self.show_head()? {
            let reply = match self.player.play(&entry.question(tries))? {
                Reply::Given(played) => self.take(entry, played)?,
                other => other.map(|_| ()),
            };
            match reply {
                Reply::Given(()) => {}
                Reply::Undo => self.undo()?,
                Reply::Hint | Reply::Leave => return Ok(Reply::Leave),
            }
        }
        Ok(Reply::Given(()))
    }

    /// Says whose turn it is.
    fn show_head(&mut self) -> Result<Option<(&'r Entry, usize)>, Stop> {
        let Some(turn) = self.quiz.next() else { return Ok(None) };
        let Some(entry) = self.entries.iter().find(|entry| entry.key == turn.key) else { return Ok(None) };
        let mut parts = vec![entry.lesson.clone(), entry.item.kind.name().word().to_owned()];
        if self.entries.len() > 1 {
            parts.push(format!("{} of {}", turn.place, turn.of));
        }
        if turn.tries > 0 {
            parts.push("again".to_owned());
        }
        parts.extend(self.seconds.map(|seconds| format!("{} s", entry.allowance(seconds))));
        let tries = turn.tries;
        let style = *self.player.prompter().style();
        self.player.asker.say(&render::headline(&entry.deck, &parts, &style))?;
        self.player.asker.say("")?;
        Ok(Some((entry, tries)))
    }

    /// Takes in what was played, then waits where something is to follow.
    fn take(&mut self, entry: &Entry, played: Played) -> Result<Reply<()>, Stop> {
        let most = self.seconds.map(|seconds| entry.allowance(seconds));
        let late = most.is_some_and(|most| played.took_ms > most.saturating_mul(1000));
        if let Some(most) = most {
            let style = *self.player.prompter().style();
            self.player.asker.say(&render::pace(played.took_ms, most, &style))?;
        }
        let (score, right, took_ms) = (played.score.unwrap_or(0.0), played.right, played.took_ms);
        self.quiz.answer(Tried { key: entry.key.clone(), score, right, late, took_ms });
        self.played.push(played);
        if self.pause_at_end || self.quiz.next().is_some() {
            Ok(self.player.prompter().pause()?)
        } else {
            Ok(Reply::Given(()))
        }
    }

    /// Takes back the last answer of this round.
    fn undo(&mut self) -> Result<(), Stop> {
        match self.quiz.undo().zip(self.played.pop()) {
            Some((tried, played)) => {
                self.player.take_back(&played)?;
                self.player.asker.tell(&format!("Took back {}.", tried.key))
            }
            None => self.player.asker.say("There is nothing to undo."),
        }
    }
}

/// An answer of a round, for programs.
#[derive(Serialize)]
pub struct AnswerLine {
    lesson: String,
    kind: &'static str,
    tier: Option<&'static str>,
    #[serde(flatten)]
    tried: Tried,
}

/// Lists the answers of a round, oldest first.
pub fn answers(entries: &[Entry], quiz: &Quiz) -> Vec<AnswerLine> {
    let line = |tried: &Tried| {
        let entry = entries.iter().find(|entry| entry.key == tried.key)?;
        let (kind, tier) = (entry.item.kind.name().word(), entry.item.tier.map(|tier| tier.word()));
        Some(AnswerLine { lesson: entry.lesson.clone(), kind, tier, tried: tried.clone() })
    };
    quiz.tried().iter().filter_map(line).collect()
}

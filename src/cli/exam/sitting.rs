//! One sitting of an exam: answers come in, are kept if that was asked for, and are marked.

use std::collections::BTreeMap;

use crate::session::{Examined, Place, Reply, examine};

use super::super::app::App;
use super::super::error::Stop;
use super::ExamArgs;
use super::pick::Picked;

/// A sitting that is under way.
pub struct Sitting<'p> {
    pub app: &'p App,
    pub picked: &'p [Picked<'p>],
    places: BTreeMap<String, usize>,
    examined: Vec<Option<Examined>>,
}

impl<'p> Sitting<'p> {
    /// Begins, with no question answered.
    pub fn new(app: &'p App, _args: &ExamArgs, picked: &'p [Picked<'p>]) -> Result<Self, Stop> {
        let places = picked.iter().enumerate().map(|(at, one)| (one.question.key(), at)).collect();
        Ok(Self { app, picked, places, examined: vec![None; picked.len()] })
    }

    /// Finds a question by its key, `deck/item`.
    pub fn find(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// Lists the keys of the questions.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Takes in what came back for a question, after `took_ms` milliseconds.
    pub fn take(&mut self, at: usize, reply: &Reply, place: Option<Place>, _took_ms: u64) -> Result<(), Stop> {
        let examined = examine(&self.picked[at].question, reply, place);
        self.examined[at] = Some(examined);
        Ok(())
    }

    /// Ends: what has no answer is missing.
    pub fn end(self) -> Result<Vec<Examined>, Stop> {
        let each = self.picked.iter().zip(self.examined);
        Ok(each.map(|(one, done)| done.unwrap_or_else(|| examine(&one.question, &Reply::None, None))).collect())
    }
}

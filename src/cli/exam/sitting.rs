//! One sitting of an exam: answers come in, are kept if that was asked for, and are marked.

use std::collections::BTreeMap;

use crate::session::{Examined, Place, Reply, examine};

use super::super::app::App;
use super::super::error::Stop;
use super::ExamArgs;
use super::keep::Keeper;
use super::pick::Picked;
use super::record::Record;

/// A sitting that is under way.
pub struct Sitting<'p> {
    pub app: &'p App,
    pub picked: &'p [Picked<'p>],
    places: BTreeMap<String, usize>,
    examined: Vec<Option<Examined>>,
    record: Option<Record>,
    keeper: Option<Keeper<'p>>,
}

impl<'p> Sitting<'p> {
    /// Begins, with no question answered.
    pub fn new(app: &'p App, args: &ExamArgs, picked: &'p [Picked<'p>]) -> Result<Self, Stop> {
        let places = picked.iter().enumerate().map(|(at, one)| (one.question.key(), at)).collect();
        let record = args.record.as_deref().map(Record::create).transpose()?;
        let keeper = if args.save { Some(Keeper::new(app)?) } else { None };
        Ok(Self { app, picked, places, examined: vec![None; picked.len()], record, keeper })
    }

    /// Finds a question by its key, `deck/item`.
    pub fn find(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// Lists the keys of the questions.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Takes in what came back for a question, after `took_ms` milliseconds, and puts it on disk where that was asked for.
    pub fn take(&mut self, at: usize, reply: &Reply, place: Option<Place>, took_ms: u64) -> Result<(), Stop> {
        let question = &self.picked[at].question;
        if let (Some(record), Reply::Given(answer)) = (&mut self.record, reply) {
            record.add(&question.key(), answer)?;
        }
        let examined = examine(question, reply, place);
        if let Some(keeper) = &mut self.keeper {
            keeper.keep(question.item, &examined, took_ms)?;
        }
        self.examined[at] = Some(examined);
        Ok(())
    }

    /// Ends: what has no answer is missing.
    pub fn end(self) -> Result<Vec<Examined>, Stop> {
        let each = self.picked.iter().zip(self.examined);
        Ok(each.map(|(one, done)| done.unwrap_or_else(|| examine(&one.question, &Reply::None, None))).collect())
    }
}

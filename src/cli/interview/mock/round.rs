//! What is asked in a mock interview. Every answer is kept as practice before the next question shows.

use std::collections::BTreeSet;

use crate::deck::{FollowUp, Id, Interview, Item, Kind};
use crate::grade::{Coverage, PointVerdict, mark_open};
use crate::session::{Topic, follow_ups};
use crate::store::{Draft, What};
use crate::term::Reply;
use crate::term::ask::points::Ticks;

use super::super::super::error::Stop;
use super::super::keep::Answered;
use super::super::question::{self, Said};
use super::Talk;

/// One question with all that was said to it.
pub struct Exchange {
    pub key: String,
    pub item: Item,
    /// What was asked and answered, the question itself first.
    pub said: Vec<(String, String)>,
    pub came: Came,
}

/// What an exchange came to.
pub enum Came {
    /// An interview question: what was found in all that was said, and what the learner says of it once asked.
    Marked { coverage: Coverage, ticks: Option<Ticks> },
    /// A scenario: its share, and the steps that went wrong.
    Told { share: f64, open: Vec<String> },
}

impl Exchange {
    /// Gives the answer and all that was added.
    pub fn text(&self) -> String {
        self.said.iter().map(|(_, answer)| answer.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// Lists the points that were not found.
pub fn not_found(coverage: &Coverage) -> BTreeSet<Id> {
    let open = coverage.points.iter().filter(|point| point.verdict != PointVerdict::Hit);
    open.map(|point| point.id.clone()).collect()
}

/// The coverage that decides how the interview goes on: nobody is asked yet, so what is in doubt counts.
fn carried(coverage: &Coverage) -> f64 {
    coverage.upper
}

impl Talk<'_> {
    pub(super) fn question(&mut self, topic: &Topic) -> Result<Reply<f64>, Stop> {
        let Some((_, item)) = self.topics.item(&topic.key).cloned() else { return Ok(Reply::Leave) };
        let Kind::Interview(interview) = &item.kind else { return Ok(Reply::Leave) };
        self.head(&format!("question {}", self.exchanges.len() + 1))?;
        let draft = Draft::hold(&self.app.folders()?.drafts(), &topic.key);
        let said = match question::put(&mut self.asker, &item, &draft, false)? {
            Reply::Given(said) => said,
            other => return Ok(other.map(|_| 0.0)),
        };
        let text = said.text.clone().unwrap_or_default();
        let coverage = mark_open(&interview.rubric, &interview.prompt, &text);
        self.keep(&topic.key, &item, interview, &said, &coverage)?;
        draft.clear();
        let carried = carried(&coverage);
        let said = vec![(interview.prompt.raw().to_owned(), text)];
        let came = Came::Marked { coverage, ticks: None };
        self.exchanges.push(Exchange { key: topic.key.clone(), item, said, came });
        Ok(Reply::Given(carried))
    }

    /// Asks further about what the last answer left open; what is added counts with the answer.
    pub(super) fn follow_up(&mut self, topic: &Topic) -> Result<Reply<f64>, Stop> {
        let Some(last) = self.exchanges.last() else { return Ok(Reply::Leave) };
        let (Kind::Interview(interview), Came::Marked { coverage, .. }) = (last.item.kind.clone(), &last.came) else {
            return Ok(Reply::Leave);
        };
        let Some(more) = follow_ups(&interview, &not_found(coverage)).first().map(|more| (*more).clone()) else {
            return Ok(Reply::Given(carried(coverage)));
        };
        let (item, before) = (last.item.clone(), last.text());
        self.head("follow-up")?;
        let asked = further(&item, &more);
        let draft = Draft::hold(&self.app.folders()?.drafts(), &format!("{}#more", topic.key));
        let said = match question::put(&mut self.asker, &asked, &draft, false)? {
            Reply::Given(said) => said,
            other => return Ok(other.map(|_| 0.0)),
        };
        let text = said.text.clone().unwrap_or_default();
        let coverage = mark_open(&interview.rubric, &interview.prompt, &format!("{before}\n{text}"));
        self.keep(&topic.key, &item, &interview, &said, &coverage)?;
        draft.clear();
        let carried = carried(&coverage);
        if let Some(last) = self.exchanges.last_mut() {
            last.said.push((more.prompt.raw().to_owned(), text));
            last.came = Came::Marked { coverage, ticks: None };
        }
        Ok(Reply::Given(carried))
    }

    fn keep(
        &mut self,
        key: &str,
        item: &Item,
        interview: &Interview,
        said: &Said,
        coverage: &Coverage,
    ) -> Result<(), Stop> {
        let hits = coverage.points.iter().filter(|point| point.verdict == PointVerdict::Hit);
        let ticks: Ticks = hits.map(|point| (point.id.clone(), true)).collect();
        let (coverage, ticks) = (Some(coverage), &ticks);
        let answered = Answered { key, item, interview, said, coverage, ticks, confirmed: None, sure: None };
        self.append(answered.practice("mock"))
    }

    pub(super) fn append(&mut self, what: What) -> Result<(), Stop> {
        let event = self.app.event(self.app.now(), what);
        self.asker.keep(&mut self.log, &event)
    }
}

/// Makes a question of a follow-up: its prompt in place of the item's.
fn further(item: &Item, more: &FollowUp) -> Item {
    let mut asked = Item { hints: Vec::new(), stimulus: Vec::new(), ..item.clone() };
    if let Kind::Interview(interview) = &mut asked.kind {
        interview.prompt = more.prompt.clone();
    }
    asked
}

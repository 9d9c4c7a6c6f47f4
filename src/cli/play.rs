//! Items off the schedule: played one at a time, every answer kept as practice before anything else is asked.

use std::time::Instant;

use uuid::Uuid;

use crate::deck::{Checklist, Id, Interview, Kind};
use crate::grade::Mark;
use crate::render;
use crate::schedule::Rating;
use crate::store::{Detail, Draft, Log, What};
use crate::term::ask;
use crate::term::{Prompter, Reply};

use super::app::App;
use super::asker::{self, Asker, Question, Response};
use super::error::Stop;
use super::interview;
use super::interview::keep::Answered;

/// The score from which an open answer counts as right: the coverage that the schedule calls Good.
pub const OPEN_RIGHT_FROM: f64 = 0.85;

/// The longest answer time that is kept, in milliseconds.
const MOST_MS: u64 = 60_000;

/// Plays items and keeps the answers.
pub struct Player<'a> {
    pub app: &'a App,
    pub asker: Asker,
    log: Log,
    via: &'static str,
}

/// What playing an item came to.
#[derive(Debug, Default)]
pub struct Played {
    /// What it was worth, 0 to 1; nothing for a checklist, which only its learner judges.
    pub score: Option<f64>,
    /// Whether it was right.
    pub right: bool,
    /// Time taken, in milliseconds.
    pub took_ms: u64,
    /// What was kept of it, oldest first.
    pub kept: Vec<Kept>,
}

/// An answer in the log.
#[derive(Debug)]
pub struct Kept {
    event: Uuid,
    key: String,
}

/// One answer, as it is to be kept.
#[derive(Debug, Default)]
pub struct Practice {
    /// The step that it answers, of a scenario.
    pub step: Option<Id>,
    /// 1 Again to 4 Easy, where the learner said so.
    pub rating: Option<u8>,
    /// What the machine made of it, 0 to 1.
    pub score: Option<f64>,
    pub hints: u32,
    pub given: Option<String>,
    pub took_ms: u64,
    pub detail: Detail,
}

impl<'a> Player<'a> {
    /// Gets ready to play. `instead` says what to do where nobody may be asked.
    pub fn new(app: &'a App, via: &'static str, instead: &str) -> Result<Self, Stop> {
        Ok(Self { app, log: app.session_log()?, asker: Asker::new(app, instead)?, via })
    }

    /// Gives the one who asks.
    pub fn prompter(&mut self) -> &mut dyn Prompter {
        self.asker.prompter.as_mut()
    }

    /// Plays an item: shows, asks, marks, explains, keeps. Never gives [`Reply::Hint`].
    pub fn play(&mut self, question: &Question<'_>) -> Result<Reply<Played>, Stop> {
        match &question.item.kind {
            Kind::Scenario(scenario) => self.scenario(question, scenario),
            Kind::Checklist(checklist) => self.checklist(question, checklist),
            Kind::Interview(interview) => self.interview(question, interview),
            _ => self.card(question),
        }
    }

    fn card(&mut self, question: &Question<'_>) -> Result<Reply<Played>, Stop> {
        let started = Instant::now();
        self.asker.ask(question, &[])?.then(|Response { answer, mark, hints, .. }| {
            let (took_ms, given) = (elapsed(started), answer.as_ref().map(asker::given));
            let practice = Practice { hints, given, took_ms, ..Practice::default() };
            match mark {
                Some(Mark { score, .. }) => {
                    self.finish(question, Practice { score: Some(score), ..practice }, score >= 1.0)
                }
                None => self.prompter().confirm("Did you know it?", true)?.then(|known| {
                    let rating = if known { Rating::Good } else { Rating::Again };
                    self.finish(question, Practice { rating: Some(rating.as_u8()), ..practice }, known)
                }),
            }
        })
    }

    /// Plays a checklist. It has no score: covering it aloud proves nothing to others.
    fn checklist(&mut self, question: &Question<'_>, checklist: &Checklist) -> Result<Reply<Played>, Stop> {
        let started = Instant::now();
        ask::show(self.prompter(), question.item, question.part)?;
        self.asker.say("")?;
        ask::checklist::ask(self.prompter(), checklist)?.then(|ticks| {
            self.asker.explain(question, None)?;
            let given = Some(ticks.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" "));
            let practice = Practice { given, took_ms: elapsed(started), ..Practice::default() };
            self.finish(question, practice, ticks.len() == checklist.steps.len())
        })
    }

    /// Plays an interview question as the interview asks it, but without a rating: it moves no tier.
    fn interview(&mut self, question: &Question<'_>, interview: &Interview) -> Result<Reply<Played>, Stop> {
        let draft = Draft::hold(&self.app.folders()?.drafts(), question.key);
        interview::question::put(&mut self.asker, question.item, &draft, false)?.then(|said| {
            interview::question::mark(&mut self.asker, interview, &said)?.then(|marked| {
                let (coverage, score) = (marked.coverage.as_ref(), marked.confirmed);
                let style = *self.prompter().style();
                self.asker.say(&render::coverage_told(coverage, score, &style))?;
                self.asker.explain(question, None)?;
                let (key, item, ticks, confirmed) = (question.key, question.item, &marked.ticks, Some(score));
                let answered = Answered { key, item, interview, said: &said, coverage, ticks, confirmed, sure: None };
                let kept = vec![self.append(key.to_owned(), answered.practice(self.via))?];
                draft.clear();
                let (right, took_ms) = (score >= OPEN_RIGHT_FROM, said.took_ms);
                Ok(Reply::Given(Played { score: Some(score), right, took_ms, kept }))
            })
        })
    }

    fn finish(&mut self, question: &Question<'_>, practice: Practice, right: bool) -> Result<Reply<Played>, Stop> {
        let rated = practice.rating.map(|_| f64::from(u8::from(right)));
        let (score, took_ms) = (practice.score.or(rated), practice.took_ms);
        let kept = vec![self.keep(question, practice)?];
        Ok(Reply::Given(Played { score, right, took_ms, kept }))
    }

    /// Puts an answer on disk.
    pub fn keep(&mut self, question: &Question<'_>, practice: Practice) -> Result<Kept, Stop> {
        let Practice { step, rating, score, hints, given, took_ms, detail } = practice;
        let key = step.map_or_else(|| question.key.to_owned(), |step| format!("{}#{step}", question.key));
        let ms = u32::try_from(took_ms.min(MOST_MS)).unwrap_or(u32::MAX);
        let what = What::Practice {
            card: key.clone(),
            via: self.via.to_owned(),
            rating,
            ms,
            rev: question.item.rev,
            hints,
            given,
            score,
            detail,
        };
        self.append(key, what)
    }

    fn append(&mut self, key: String, what: What) -> Result<Kept, Stop> {
        let event = self.app.event(self.app.now(), what);
        self.asker.keep(&mut self.log, &event)?;
        Ok(Kept { event: event.id, key })
    }

    /// Takes the answers to an item back.
    pub fn take_back(&mut self, played: &Played) -> Result<(), Stop> {
        for Kept { event: of, key } in played.kept.iter().rev() {
            let what = What::Undo { card: key.clone(), of: *of };
            let event = self.app.event(self.app.now(), what);
            self.asker.keep(&mut self.log, &event)?;
        }
        Ok(())
    }
}

pub fn elapsed(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

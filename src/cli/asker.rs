//! One question at the prompt: asked, marked, explained. What asks on the schedule and what asks off it share this.

use std::collections::BTreeMap;

use crate::deck::{Ask, Flash, Id, Item, Kind, Move, Part, ScenarioStep};
use crate::grade::{self, Answer, Mark};
use crate::library::Origin;
use crate::render;
use crate::schedule::Certainty;
use crate::store::{Event, Log, StoreError};
use crate::term::ask::{self, Hints};
use crate::term::{Button, Guard, Prompter, Reply};

use super::app::App;
use super::chance;
use super::contents::Sources;
use super::error::Stop;

/// Asks questions, and keeps what it needs from one to the next.
pub struct Asker {
    pub prompter: Box<dyn Prompter>,
    sources: Sources,
    seed: u64,
    certainty: bool,
    /// Whether somebody is there who can mend what is in the way of an answer.
    patient: bool,
    _guard: Guard,
}

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'q> {
    pub origin: &'q Origin,
    pub item: &'q Item,
    pub part: Part,
    /// The card's key.
    pub key: &'q str,
    /// How often it was asked before: options are listed in another order each time.
    pub reps: u32,
}

/// How a question was answered.
pub struct Response {
    /// The answer, for a kind that takes one.
    pub answer: Option<Answer>,
    /// Its mark, for a kind that is graded.
    pub mark: Option<Mark>,
    /// Hints taken.
    pub hints: u32,
    /// The button pressed in place of Enter to reveal the answer.
    pub at_once: Option<usize>,
    /// How sure the learner was, if asked.
    pub sure: Option<Certainty>,
}

impl Asker {
    /// Gets ready to ask. `instead` says what to do where nobody may be asked.
    pub fn new(app: &App, instead: &str) -> Result<Self, Stop> {
        let (mut prompter, guard) = (app.prompter(instead), Guard::install()?);
        // Only now: the guard has seen the terminal as it was.
        prompter.hush(true);
        let patient = app.terminal.stdin && !app.global.no_input;
        let sources = Sources::default();
        Ok(Self { prompter, sources, seed: app.seed, certainty: false, patient, _guard: guard })
    }

    /// Asks with each question from now on how sure the learner is.
    pub fn with_certainty(mut self, certainty: bool) -> Self {
        self.certainty = certainty;
        self
    }

    /// Shows text, followed by a new line.
    pub fn say(&mut self, text: &str) -> Result<(), Stop> {
        Ok(self.prompter.say(text)?)
    }

    /// Shows a sentence, made safe, and broken at words where it is longer than a line.
    pub fn tell(&mut self, text: &str) -> Result<(), Stop> {
        let lines = render::wrap(&render::safe_str(text), self.prompter.style().prose_width());
        lines.iter().try_for_each(|line| self.say(line))
    }

    /// Puts an answer on disk. While it cannot be written it is held here, and who is at the terminal may try again.
    pub fn keep(&mut self, log: &mut Log, event: &Event) -> Result<(), Stop> {
        loop {
            let error = match log.append(event) {
                Err(error @ (StoreError::NotSaved { .. } | StoreError::Locked { .. })) if self.patient => error,
                done => return Ok(done?),
            };
            error.to_string().lines().try_for_each(|line| self.tell(line))?;
            if self.prompter.confirm("Try again?", true)? != Reply::Given(true) {
                return Err(error.into());
            }
        }
    }

    /// Shows a question, takes the answer, marks it, and explains. `buttons` rate a flash card at once. Never gives
    /// [`Reply::Hint`]: hints are shown here.
    pub fn ask(&mut self, question: &Question<'_>, buttons: &[Button]) -> Result<Reply<Response>, Stop> {
        ask::show(self.prompter.as_mut(), question.item, question.part)?;
        self.say("")?;
        let reply = match &question.item.kind {
            Kind::Flash(flash) => self.sure()?.then(|sure| {
                let reply = self.ask_flash(question, flash, buttons)?;
                Ok::<_, Stop>(reply.map(|response| Response { sure, ..response }))
            })?,
            _ => self.ask_graded(question)?,
        };
        if let Reply::Given(response) = &reply {
            self.explain(question, response.mark.as_ref())?;
        }
        Ok(reply)
    }

    fn ask_flash(
        &mut self,
        question: &Question<'_>,
        flash: &Flash,
        buttons: &[Button],
    ) -> Result<Reply<Response>, Stop> {
        let mut hints = Hints::new(&question.item.hints);
        loop {
            let reply = ask::flash::reveal(self.prompter.as_mut(), flash, question.part, buttons, hints.more())?;
            match reply {
                Reply::Hint => hints.show(self.prompter.as_mut())?,
                other => {
                    let hints = hints.given();
                    return Ok(other.map(|at_once| Response { answer: None, mark: None, hints, at_once, sure: None }));
                }
            }
        }
    }

    fn ask_graded(&mut self, question: &Question<'_>) -> Result<Reply<Response>, Stop> {
        let Question { item, part, .. } = *question;
        let shuffle = self.shuffled(question, None, listed(item));
        let mut hints = Hints::new(&item.hints);
        let answer = loop {
            self.prompter.clear_typed_ahead();
            match ask::ask(self.prompter.as_mut(), item, part, &shuffle, hints.more())? {
                Reply::Given(answer) => break answer,
                Reply::Hint => hints.show(self.prompter.as_mut())?,
                Reply::Undo => return Ok(Reply::Undo),
                Reply::Leave => return Ok(Reply::Leave),
            }
        };
        let marked = answer.and_then(|answer| Some((grade::mark(item, part, &answer)?, answer)));
        let Some((mark, answer)) = marked else { return Ok(Reply::Leave) };
        let hints = hints.given();
        self.sure()?.then(|sure| {
            let settled = ask::settle(self.prompter.as_mut(), mark)?;
            Ok(settled.map(|mark| Response { answer: Some(answer), mark: Some(mark), hints, at_once: None, sure }))
        })
    }

    /// Gives an order for what a question, or a step of it, lists.
    pub fn shuffled(&self, question: &Question<'_>, step: Option<&Id>, count: usize) -> Vec<usize> {
        let key = step.map_or_else(|| question.key.to_owned(), |step| format!("{}/{step}", question.key));
        chance::shuffled(self.seed, &key, question.reps, count)
    }

    /// Says what an answer was worth.
    pub fn mark(&mut self, mark: &Mark) -> Result<(), Stop> {
        let style = *self.prompter.style();
        self.say(&render::marking(mark, &style))
    }

    /// Asks how sure the learner is before the answer is shown, if that was wanted: one key.
    pub fn sure(&mut self) -> Result<Reply<Option<Certainty>>, Stop> {
        if !self.certainty {
            return Ok(Reply::Given(None));
        }
        let names = ["guess", "fairly sure", "certain"];
        let button = |(key, name): (char, &str)| Button { key, name: name.to_owned(), caption: String::new() };
        let buttons: Vec<Button> = ('1'..='3').zip(names).map(button).collect();
        self.say("How sure are you?")?;
        let help = "Say how sure you are before you see the answer; what you were certain of and got wrong comes back tomorrow.";
        Ok(self.prompter.menu("", &buttons, 1, help)?.map(|at| Certainty::ALL.get(at).copied()))
    }

    /// Says what the answer was worth, then what the author has to say to it.
    pub fn explain(&mut self, question: &Question<'_>, mark: Option<&Mark>) -> Result<(), Stop> {
        mark.map_or(Ok(()), |mark| self.mark(mark))?;
        let style = *self.prompter.style();
        let sources = self.sources.of(question.origin, question.item);
        let told = render::afterwards(question.item, &sources.iter().collect::<Vec<_>>(), &style);
        if told.is_empty() { Ok(()) } else { self.say(&told) }
    }
}

/// Counts what is listed in shuffled order.
fn listed(item: &Item) -> usize {
    match item.kind.asked() {
        Kind::Choice(choice) => choice.options.len(),
        Kind::Order(order) => order.steps.len() + order.extra.len(),
        Kind::Match(matching) => matching.rights().count(),
        _ => 0,
    }
}

/// Counts what a step of a scenario lists in shuffled order.
pub fn listed_step(step: &ScenarioStep) -> usize {
    if let Ask::Choice(choice) = &step.ask { choice.options.len() } else { 0 }
}

/// Writes an answer for the log.
pub fn given(answer: &Answer) -> String {
    fn joined(parts: impl Iterator<Item = String>, with: &str) -> String {
        parts.collect::<Vec<_>>().join(with)
    }
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Options(ids) | Answer::Sequence(ids) => joined(ids.iter().map(|id| id.as_str().to_owned()), " "),
        Answer::Pairs(pairs) => {
            let pair = |(left, right): (&Id, &Option<usize>)| {
                format!("{left}={}", right.map_or_else(String::new, |right| (right + 1).to_string()))
            };
            joined(pairs.iter().map(pair), " ")
        }
        Answer::Labels(labels) => joined(labels.iter().map(|(hole, text)| format!("{hole}: {text}")), "; "),
        Answer::Moves(cases) => {
            let case = |moves: &BTreeMap<String, Move>| {
                joined(moves.iter().map(|(metric, way)| format!("{metric} {}", way.word())), ", ")
            };
            joined(cases.iter().map(case), "; ")
        }
        Answer::Steps(steps) => joined(steps.iter().map(|(step, answer)| format!("{step}: {}", given(answer))), "; "),
        Answer::Ticks(ticks) => joined(ticks.iter().map(|id| id.as_str().to_owned()), " "),
    }
}

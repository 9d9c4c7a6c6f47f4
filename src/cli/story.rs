//! Scenarios: told step by step, the answer to each kept before the next is shown; or only watched.

use std::time::Instant;

use crate::deck::{Ask, Scenario, ScenarioStep};
use crate::grade::{Answer, Mark, scenario};
use crate::store::{Detail, Draft};
use crate::term::Reply;
use crate::term::ask::scenario::Stepped;
use crate::term::ask::{self, Hints};

use super::asker::{self, Asker, Question};
use super::error::Stop;
use super::interview::keep::points;
use super::play::{OPEN_RIGHT_FROM, Played, Player, Practice, elapsed};
use super::writing;

/// A step that was answered.
struct Done {
    mark: Mark,
    played: Played,
}

/// Makes of a step what is kept of it. Of an open one, the score is what was found; what the learner said counts beside it.
fn practised(step: &ScenarioStep, stepped: &Stepped) -> Practice {
    let (id, given, score) = (Some(step.id.clone()), Some(asker::given(&stepped.answer)), stepped.mark.score);
    let (Ask::Open { rubric, .. }, Some((coverage, ticks))) = (&step.ask, &stepped.opened) else {
        return Practice { step: id, given, score: Some(score), ..Practice::default() };
    };
    let (upper, confirmed) = (Some(coverage.upper), Some(score));
    let detail = Detail { upper, confirmed, points: points(rubric, Some(coverage), ticks), ..Detail::default() };
    Practice { step: id, given, score: Some(coverage.auto), detail, ..Practice::default() }
}

impl Asker {
    /// Shows and asks one step of a scenario, and says nothing of the answer. An open answer is written, over a draft.
    pub fn step(
        &mut self,
        question: &Question<'_>,
        told: &Scenario,
        at: usize,
        hints: &mut Hints<'_>,
        draft: &Draft,
    ) -> Result<Reply<Answer>, Stop> {
        let step = &told.steps[at];
        let shuffle = self.shuffled(question, Some(&step.id), asker::listed_step(step));
        ask::scenario::show(self.prompter.as_mut(), told, at)?;
        match ask::scenario::ask(self.prompter.as_mut(), step, hints, &shuffle)? {
            Reply::Given(None) => Ok(writing::written(self, hints, draft)?.map(Answer::Text)),
            other => Ok(other.map(|answer| answer.unwrap_or_else(|| Answer::Text(String::new())))),
        }
    }
}

impl Player<'_> {
    /// Plays a scenario. Undo goes back one step, and before the first is the caller's.
    pub fn scenario(&mut self, question: &Question<'_>, told: &Scenario) -> Result<Reply<Played>, Stop> {
        ask::show(self.prompter(), question.item, question.part)?;
        let mut hints = Hints::new(&question.item.hints);
        let mut done: Vec<Done> = Vec::new();
        while done.len() < told.steps.len() {
            let reply = match self.step(question, told, done.len(), &mut hints)? {
                Reply::Given(step) => {
                    done.push(step);
                    if done.len() < told.steps.len() { self.prompter().pause()? } else { Reply::Given(()) }
                }
                other => other.map(|_| ()),
            };
            match reply {
                Reply::Given(()) => {}
                Reply::Undo => match done.pop() {
                    Some(last) => self.take_back(&last.played)?,
                    None => return Ok(Reply::Undo),
                },
                Reply::Hint | Reply::Leave => return Ok(Reply::Leave),
            }
        }
        self.end(question, told, done)
    }

    fn step(
        &mut self,
        question: &Question<'_>,
        told: &Scenario,
        at: usize,
        hints: &mut Hints<'_>,
    ) -> Result<Reply<Done>, Stop> {
        let (step, started, before) = (&told.steps[at], Instant::now(), hints.given());
        let draft = Draft::hold(&self.app.folders()?.drafts(), &format!("{}#{}", question.key, step.id));
        self.asker.say("")?;
        self.asker.step(question, told, at, hints, &draft)?.then(|answer| {
            let took_ms = elapsed(started);
            ask::scenario::close(self.prompter(), told, at, answer)?.then(|stepped| {
                let practice = Practice { hints: hints.given() - before, took_ms, ..practised(step, &stepped) };
                let kept = vec![self.keep(question, practice)?];
                draft.clear();
                let score = Some(stepped.mark.score);
                Ok(Reply::Given(Done { mark: stepped.mark, played: Played { score, right: false, took_ms, kept } }))
            })
        })
    }

    fn end(&mut self, question: &Question<'_>, told: &Scenario, done: Vec<Done>) -> Result<Reply<Played>, Stop> {
        let marks: Vec<Option<Mark>> = done.iter().map(|step| Some(step.mark.clone())).collect();
        let whole = scenario::sum(told, &marks);
        // One step was told just now.
        if told.steps.len() > 1 {
            self.asker.say(&format!("\nAll {} steps together:", told.steps.len()))?;
            self.asker.mark(&whole)?;
        }
        ask::scenario::debrief(self.prompter(), told)?;
        self.asker.explain(question, None)?;
        let took_ms = done.iter().map(|step| step.played.took_ms).sum();
        let kept = done.into_iter().flat_map(|step| step.played.kept).collect();
        Ok(Reply::Given(Played { score: Some(whole.score), right: whole.score >= OPEN_RIGHT_FROM, took_ms, kept }))
    }

    /// Shows a scenario worked through: each step's answer on request, nothing asked and nothing kept.
    pub fn watch(&mut self, question: &Question<'_>, told: &Scenario) -> Result<Reply<()>, Stop> {
        ask::show(self.prompter(), question.item, question.part)?;
        for at in 0..told.steps.len() {
            self.asker.say("")?;
            let seen = ask::scenario::watch(self.prompter(), told, at)?;
            let more = at + 1 < told.steps.len();
            match if more { seen.then(|()| self.prompter().pause())? } else { seen } {
                Reply::Given(()) => {}
                other => return Ok(other),
            }
        }
        ask::scenario::debrief(self.prompter(), told)?;
        self.asker.explain(question, None)?;
        Ok(Reply::Given(()))
    }
}

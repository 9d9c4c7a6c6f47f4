//! The scenario of a mock interview: told step by step, with no word on how it goes.

use std::time::Instant;

use crate::deck::{Ask, Kind, Scenario, ScenarioStep};
use crate::grade::{Answer, mark_open, scenario};
use crate::session::Topic;
use crate::store::{Detail, Draft, What};
use crate::term::Reply;
use crate::term::ask::{self, Hints};

use super::super::super::asker::{self, Question};
use super::super::super::error::Stop;
use super::Talk;
use super::round::{Came, Exchange};
use crate::deck::Part;

/// The share of a step from which it is no point to fix.
const GOOD_FROM: f64 = 0.85;

/// The longest answer time that is kept, in milliseconds.
const MOST_MS: u128 = 60_000;

impl Talk<'_> {
    pub(super) fn scenario(&mut self, topic: &Topic) -> Result<Reply<f64>, Stop> {
        let Some((origin, item)) = self.topics.item(&topic.key).cloned() else { return Ok(Reply::Leave) };
        let Kind::Scenario(told) = &item.kind else { return Ok(Reply::Leave) };
        self.head("a failure to work through")?;
        ask::show(self.asker.prompter.as_mut(), &item, Part::Whole)?;
        let about = Question { origin: &origin, item: &item, part: Part::Whole, key: &topic.key, reps: 0 };
        let (mut said, mut shares) = (Vec::new(), Vec::new());
        while shares.len() < told.steps.len() {
            let (step, started) = (&told.steps[shares.len()], Instant::now());
            let draft = Draft::hold(&self.app.folders()?.drafts(), &format!("{}#{}", topic.key, step.id));
            self.asker.say("")?;
            let answer = match self.asker.step(&about, told, shares.len(), &mut Hints::new(&[]), &draft)? {
                Reply::Given(answer) => answer,
                Reply::Leave => return Ok(Reply::Leave),
                Reply::Undo | Reply::Hint => {
                    self.asker.say("What was said is said; the interview goes on.")?;
                    continue;
                }
            };
            let share = share(step, &answer);
            let ms = u32::try_from(started.elapsed().as_millis().min(MOST_MS)).unwrap_or(u32::MAX);
            let given = asker::given(&answer);
            self.append(kept(&topic.key, step, &given, share, ms, item.rev))?;
            draft.clear();
            said.push((step.ask.prompt().raw().to_owned(), shown(step, &answer, given)));
            shares.push(share);
        }
        let share = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
        let open = told.steps.iter().zip(&shares).filter(|(_, share)| **share < GOOD_FROM).map(|(step, _)| step);
        let open = open.map(|step| step.ask.prompt().raw().to_owned()).collect();
        self.exchanges.push(Exchange {
            key: topic.key.clone(),
            item: item.clone(),
            said,
            came: Came::Told { share, open },
        });
        Ok(Reply::Given(share))
    }

    /// Shows the debrief of a scenario once the interview is over.
    pub(super) fn debrief(&mut self, told: &Scenario) -> Result<(), Stop> {
        Ok(ask::scenario::debrief(self.asker.prompter.as_mut(), told)?)
    }
}

/// Gives what a step was worth; an open one by its key points, those in doubt included.
fn share(step: &ScenarioStep, answer: &Answer) -> f64 {
    match (&step.ask, answer) {
        (Ask::Open { prompt, rubric, .. }, Answer::Text(text)) => mark_open(rubric, prompt, text).upper,
        _ => scenario::mark_step(step, answer).map_or(0.0, |mark| mark.score),
    }
}

/// Writes an answer as it reads: the text of an option in place of its id.
fn shown(step: &ScenarioStep, answer: &Answer, given: String) -> String {
    let (Ask::Choice(choice), Answer::Options(picked)) = (&step.ask, answer) else { return given };
    let texts = choice.options.iter().filter(|option| picked.contains(&option.id)).map(|option| option.text.raw());
    texts.collect::<Vec<_>>().join("; ")
}

fn kept(key: &str, step: &ScenarioStep, given: &str, share: f64, ms: u32, rev: u32) -> What {
    What::Practice {
        card: format!("{key}#{}", step.id),
        via: "mock".to_owned(),
        rating: None,
        ms,
        rev,
        hints: 0,
        given: Some(given.to_owned()),
        score: Some(share),
        detail: Detail::default(),
    }
}

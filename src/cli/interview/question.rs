//! One interview question at the prompt: asked, written or thought through, gone through point by point.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::deck::{FollowUp, Id, Interview, Item, Part};
use crate::grade::{self, Coverage, mark_open};
use crate::render;
use crate::session::follow_ups;
use crate::store::Draft;
use crate::term::Reply;
use crate::term::ask::points::{Opened, Ticks, review};
use crate::term::ask::{self, Hints};

use super::super::asker::Asker;
use super::super::error::Stop;
use super::super::writing;

/// What the learner said, before anybody marked it.
pub struct Said {
    /// The text; none when it was thought through.
    pub text: Option<String>,
    /// Hints taken.
    pub hints: u32,
    /// Time taken, in milliseconds.
    pub took_ms: u64,
}

/// Shows a question and takes the answer. The draft of an earlier, broken-off answer is offered first; it stays in
/// place until whoever keeps the answer clears it.
pub fn put(asker: &mut Asker, item: &Item, draft: &Draft, think: bool) -> Result<Reply<Said>, Stop> {
    ask::show(asker.prompter.as_mut(), item, Part::Whole)?;
    asker.say("")?;
    let started = Instant::now();
    let mut hints = Hints::new(&item.hints);
    let reply = if think { thought(asker, &mut hints)? } else { writing::written(asker, &mut hints, draft)?.map(Some) };
    let hints = hints.given();
    Ok(reply.map(|text| Said {
        text,
        hints,
        took_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    }))
}

fn thought(asker: &mut Asker, hints: &mut Hints<'_>) -> Result<Reply<Option<String>>, Stop> {
    loop {
        match asker.prompter.reveal(&[], hints.more())? {
            Reply::Hint => hints.show(asker.prompter.as_mut())?,
            other => return Ok(other.map(|_| None)),
        }
    }
}

/// What the learner and the matcher make of an answer.
pub struct Marked {
    /// What the matcher found; none when the answer was thought through.
    pub coverage: Option<Coverage>,
    /// What the learner says of each point and claim.
    pub ticks: Ticks,
    /// The coverage after that, 0 to 1.
    pub confirmed: f64,
}

/// Shows the model answer, goes through the key points, and lets the learner have the last word.
pub fn mark(asker: &mut Asker, interview: &Interview, said: &Said) -> Result<Reply<Marked>, Stop> {
    let coverage = said.text.as_ref().map(|text| mark_open(&interview.rubric, &interview.prompt, text));
    let style = *asker.prompter.style();
    asker.say(&render::model_answer(&interview.answer, &style))?;
    let further = |ticks: &Ticks| -> Vec<&FollowUp> { follow_ups(interview, &open_points(interview, ticks)) };
    let opened = Opened {
        rubric: &interview.rubric,
        coverage: coverage.as_ref(),
        senior_angle: interview.senior_angle.as_ref(),
        follow_ups: &further,
    };
    let mut ticks = Ticks::new();
    Ok(review(asker.prompter.as_mut(), &opened, &mut ticks)?.map(|()| {
        let confirmed = confirmed_of(interview, coverage.as_ref(), &ticks);
        Marked { coverage, ticks, confirmed }
    }))
}

/// Lists the points that are not ticked.
pub fn open_points(interview: &Interview, ticks: &Ticks) -> BTreeSet<Id> {
    let points = interview.rubric.key_points.iter().map(|point| &point.id);
    points.filter(|id| !ticks.get(*id).copied().unwrap_or(false)).cloned().collect()
}

/// Gives the coverage after the learner's ticks; an answer that was thought through counts by the ticks alone.
pub fn confirmed_of(interview: &Interview, coverage: Option<&Coverage>, ticks: &Ticks) -> f64 {
    let silent = || mark_open(&interview.rubric, &interview.prompt, "");
    coverage.map_or_else(|| grade::confirmed(&silent(), ticks), |coverage| grade::confirmed(coverage, ticks))
}

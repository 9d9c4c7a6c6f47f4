//! An exam by hand: question after question, no feedback, perhaps against the clock.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use crate::deck::{Kind, Part, Scenario};
use crate::grade::{Answer, expected};
use crate::render::{self, counted};
use crate::session::{self, arranged, arranged_step};
use crate::store::Draft;
use crate::term::ask::{self, Hints};
use crate::term::{self, Reply};

use super::super::asker::Asker;
use super::super::error::Stop;
use super::super::play::elapsed;
use super::super::writing;
use super::pick::Picked;
use super::sitting::Sitting;

/// An exam that is being taken.
struct Hand<'h, 'p> {
    sitting: &'h mut Sitting<'p>,
    asker: Asker,
    /// Holds what is being written, which is no part of the progress file.
    drafts: tempfile::TempDir,
    started: Instant,
    limit: Option<Duration>,
}

/// Asks every question once, for so many minutes at most.
pub fn take(sitting: &mut Sitting<'_>, minutes: Option<u64>) -> Result<(), Stop> {
    let drafts = tempfile::Builder::new().prefix("grillme-exam-").tempdir();
    let drafts =
        drafts.map_err(|e| Stop::File { action: "write", path: "the temporary folder".to_owned(), source: e })?;
    let left_over = drafts.path().to_owned();
    term::before_a_signal_ends(move || drop(fs::remove_dir_all(&left_over)));
    let asker = Asker::new(sitting.app, "pass --answers FILE")?;
    let limit = minutes.map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));
    let mut hand = Hand { sitting, asker, drafts, started: Instant::now(), limit };
    hand.open()?;
    hand.run()?;
    hand.asker.say("")
}

impl Hand<'_, '_> {
    /// Says how it goes.
    fn open(&mut self) -> Result<(), Stop> {
        let count = counted(self.sitting.picked.len(), "question");
        let time = self.limit.map_or_else(String::new, |limit| {
            let minutes = usize::try_from(limit.as_secs() / 60).unwrap_or(usize::MAX);
            format!(" You have {}; an answer that comes later does not count.", counted(minutes, "minute"))
        });
        let told = format!("An exam of {count}. Nothing is marked until the end, and an answer stands.{time}");
        let style = *self.asker.prompter.style();
        self.asker.say(&render::wrap(&told, style.prose_width()).join("\n"))
    }

    fn run(&mut self) -> Result<(), Stop> {
        let mut at = 0;
        while at < self.sitting.picked.len() {
            if self.is_over() {
                return self.asker.say("\nTime is up.");
            }
            self.head(at)?;
            let (started, picked) = (Instant::now(), self.sitting.picked[at]);
            match self.ask(&picked)? {
                Reply::Given(_) if self.is_over() => {
                    return self.asker.say("\nTime is up. The last answer came too late, and does not count.");
                }
                Reply::Given(answer) => {
                    let value = expected::write(picked.question.item, &answer);
                    self.sitting.take(at, &session::Reply::Given(value), None, elapsed(started))?;
                    at += 1;
                }
                Reply::Undo | Reply::Hint => self.asker.say("In an exam an answer stands, and there are no hints.")?,
                Reply::Leave if self.leaves(at)? => return Ok(()),
                Reply::Leave => {}
            }
        }
        Ok(())
    }

    /// Asks whether to end before every question was asked. Where the input ended, nobody is left to ask.
    fn leaves(&mut self, at: usize) -> Result<bool, Stop> {
        let left = counted(self.sitting.picked.len() - at, "question");
        let asked = self.asker.prompter.confirm(&format!("End the exam with {left} unanswered?"), false)?;
        Ok(matches!(asked, Reply::Given(true) | Reply::Leave))
    }

    /// Tells what time is left; a clock that `--now` holds still spends none.
    fn left(&self) -> Option<Duration> {
        let spent = if self.sitting.app.clock.is_held() { Duration::ZERO } else { self.started.elapsed() };
        self.limit.map(|limit| limit.saturating_sub(spent))
    }

    fn is_over(&self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    fn head(&mut self, at: usize) -> Result<(), Stop> {
        let question = self.sitting.picked[at].question;
        let mut parts = vec![question.lesson.to_string(), question.item.kind.name().word().to_owned()];
        parts.push(format!("{} of {}", at + 1, self.sitting.picked.len()));
        parts.extend(self.left().map(|left| match left.as_secs() {
            seconds @ 0..120 => format!("{} s left", seconds.max(1)),
            seconds => format!("{} min left", seconds.div_ceil(60)),
        }));
        let style = *self.asker.prompter.style();
        self.asker.say(&render::headline(question.deck.as_str(), &parts, &style))?;
        self.asker.say("")
    }

    fn ask(&mut self, picked: &Picked<'_>) -> Result<Reply<Answer>, Stop> {
        let (item, shuffle) = (picked.question.item, picked.shuffle(self.sitting.app.seed));
        ask::show(self.asker.prompter.as_mut(), item, Part::Whole)?;
        self.asker.say("")?;
        match &item.kind {
            Kind::Scenario(told) => self.tell(picked, told),
            Kind::Interview(_) => Ok(self.write(&picked.question.key())?.map(Answer::Text)),
            _ => {
                let order = arranged(item, &shuffle);
                self.asker.prompter.clear_typed_ahead();
                let asked = ask::ask(self.asker.prompter.as_mut(), item, Part::Whole, &order, false)?;
                asked.then(|answer| Ok(answer.map_or(Reply::Leave, Reply::Given)))
            }
        }
    }

    /// Takes a text of several lines.
    fn write(&mut self, key: &str) -> Result<Reply<String>, Stop> {
        let draft = Draft::of(self.drafts.path(), key);
        writing::written(&mut self.asker, &mut Hints::new(&[]), &draft)
    }

    /// Asks the steps of a scenario in turn; to go back is to begin it again.
    fn tell(&mut self, picked: &Picked<'_>, told: &Scenario) -> Result<Reply<Answer>, Stop> {
        let shuffle = picked.shuffle(self.sitting.app.seed);
        let mut answers = BTreeMap::new();
        for (at, step) in told.steps.iter().enumerate() {
            // Nothing is asked that cannot count.
            if at > 0 && self.is_over() {
                break;
            }
            if at > 0 {
                self.asker.say("")?;
            }
            ask::scenario::show(self.asker.prompter.as_mut(), told, at)?;
            let order = arranged_step(step, &shuffle);
            let p = self.asker.prompter.as_mut();
            let reply = match ask::scenario::ask(p, step, &mut Hints::new(&[]), &order)? {
                Reply::Given(None) => self.write(&format!("{}#{}", picked.question.key(), step.id))?.map(Answer::Text),
                other => other.map(|answer| answer.unwrap_or_else(|| Answer::Text(String::new()))),
            };
            match reply {
                Reply::Given(answer) => answers.insert(step.id.clone(), answer),
                other => return Ok(other),
            };
        }
        Ok(Reply::Given(Answer::Steps(answers)))
    }
}

//! `grillme interview --mock`: a timed interview without feedback, then its report.

mod end;
mod round;
mod story;
mod topics;

use std::time::Instant;

use crate::render;
use crate::session::{Mock, Move};
use crate::store::Log;
use crate::term::Reply;

use super::super::app::App;
use super::super::asker::Asker;
use super::super::error::Stop;
use super::Interview;
use round::Exchange;
use topics::Topics;

/// A mock interview that is running.
struct Talk<'a> {
    app: &'a App,
    args: &'a Interview,
    asker: Asker,
    log: Log,
    topics: Topics,
    mock: Mock,
    started: Instant,
    exchanges: Vec<Exchange>,
}

pub fn run(app: &App, args: &Interview) -> Result<(), Stop> {
    if let Some(path) = args.save.as_ref().filter(|path| path.exists()) {
        return Err(Stop::Usage(format!("{} exists already; name a new file for the transcript", path.display())));
    }
    if let Some(folder) =
        args.save.as_ref().and_then(|path| path.parent()).filter(|folder| !folder.as_os_str().is_empty())
        && !folder.is_dir()
    {
        return Err(Stop::Usage(format!("there is no folder {} to save the transcript in", folder.display())));
    }
    let log = app.session_log()?;
    let topics = topics::find(app, args)?;
    let budget_ms = args.minutes * 60_000;
    let mock = Mock::new(budget_ms, topics.tier, topics.questions.clone(), topics.scenarios.clone());
    let asker = Asker::new(app, super::INSTEAD)?;
    let mut talk = Talk { app, args, asker, log, topics, mock, started: Instant::now(), exchanges: Vec::new() };
    talk.open()?;
    talk.play()?;
    talk.end()
}

impl Talk<'_> {
    /// Says how it goes.
    fn open(&mut self) -> Result<(), Stop> {
        let style = *self.asker.prompter.style();
        let told = format!(
            "A mock interview of {}. Answer as you would to a person: say what you know, then why. Nothing is marked \
             until the end. Leave with :q whenever you like; the report comes all the same.",
            render::counted(usize::try_from(self.args.minutes).unwrap_or(usize::MAX), "minute")
        );
        self.asker.say(&render::wrap(&told, style.prose_width()).join("\n"))
    }

    fn play(&mut self) -> Result<(), Stop> {
        loop {
            let next = self.mock.next(self.spent_ms());
            let reply = match &next {
                Move::Question(topic) => self.question(topic)?,
                Move::FollowUp(topic) => self.follow_up(topic)?,
                Move::Scenario(topic) => self.scenario(topic)?,
                Move::End => return Ok(()),
            };
            match reply {
                Reply::Given(coverage) => self.mock.answered(&next, coverage),
                Reply::Undo | Reply::Hint => self.asker.say("What was said is said; the interview goes on.")?,
                Reply::Leave => return Ok(()),
            }
        }
    }

    /// Tells the time since the start; a clock that `--now` holds still spends none.
    fn spent_ms(&self) -> u64 {
        if self.app.clock.is_held() {
            return 0;
        }
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Says whose turn it is and how much time is left.
    fn head(&mut self, what: &str) -> Result<(), Stop> {
        let left_ms = (self.args.minutes * 60_000).saturating_sub(self.spent_ms());
        let left = match left_ms.div_ceil(60_000) {
            0 => "time is up: a last word".to_owned(),
            minutes => format!("{minutes} min left"),
        };
        let style = *self.asker.prompter.style();
        self.asker.say(&render::headline("Mock interview", &[what.to_owned(), left], &style))?;
        self.asker.say("")
    }
}

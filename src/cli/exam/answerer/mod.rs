//! An answerer: a program that gets each question as a line of JSON and answers with one.

mod child;

use std::collections::BTreeSet;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::deck::escape_json;
use crate::session::{Reply, SheetLine, sheet_line};
use crate::term::{Guard, go_on_unless_ending};

use super::super::error::Stop;
use super::super::play::elapsed;
use super::answers::{self, Line};
use super::sitting::Sitting;
use child::{Child, Heard};

/// The version of the protocol.
const PROTOCOL: u32 = 1;

/// After so many questions in a row in which nothing was heard in time, nothing more is asked.
const PATIENCE: usize = 3;

/// What is sent.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Message<'m> {
    Hello {
        protocol: u32,
        seed: u64,
        questions: usize,
    },
    Question {
        #[serde(flatten)]
        line: SheetLine<'m>,
    },
}

/// Asks a program every question; what it fails at is an error of that question.
pub fn take(sitting: &mut Sitting<'_>, command: &str, limit: Duration) -> Result<(), Stop> {
    // A signal ends the program too: the guard tells the child.
    let _guard = Guard::install()?;
    let child = Child::spawn(command).map_err(|source| Stop::File {
        action: "run",
        path: format!("the answerer {command:?}"),
        source,
    })?;
    let mut talk = Talk { child, limit, asked: BTreeSet::new(), late: 0, over: None };
    let (seed, questions) = (sitting.app.seed, sitting.picked.len());
    talk.send(&Message::Hello { protocol: PROTOCOL, seed, questions })?;
    for at in 0..questions {
        let (picked, started) = (sitting.picked[at], Instant::now());
        let shuffle = picked.shuffle(seed);
        let reply = talk.ask(&picked.question.key(), sheet_line(&picked.question, &shuffle))?;
        sitting.take(at, &reply, None, elapsed(started))?;
    }
    talk.child.end();
    Ok(())
}

/// A talk with an answerer.
struct Talk {
    child: Child,
    limit: Duration,
    /// The questions so far, this one among them.
    asked: BTreeSet<String>,
    /// Questions in a row in which nothing was heard in time.
    late: usize,
    /// Why nothing more is asked.
    over: Option<String>,
}

impl Talk {
    fn send(&self, message: &Message<'_>) -> Result<(), Stop> {
        let json = serde_json::to_string(message).map_err(std::io::Error::from)?;
        self.child.send(escape_json(json) + "\n");
        Ok(())
    }

    fn ask(&mut self, key: &str, line: SheetLine<'_>) -> Result<Reply, Stop> {
        if let Some(reason) = &self.over {
            return Ok(Reply::Failed(reason.clone()));
        }
        self.send(&Message::Question { line })?;
        self.asked.insert(key.to_owned());
        Ok(self.listen(key))
    }

    /// Waits for the answer to a question. An answer to an earlier one comes late, and is passed over.
    fn listen(&mut self, key: &str) -> Reply {
        let deadline = Instant::now() + self.limit;
        loop {
            let heard = self.child.hear(deadline.saturating_duration_since(Instant::now()));
            if heard.is_ok() {
                self.late = 0;
            }
            match heard {
                Ok(Heard::Line(bytes)) => match answers::parse(&bytes, 0) {
                    Ok(Some(Line { item, answer })) if item == key => return Reply::Given(answer),
                    Ok(Some(Line { item, .. })) if self.asked.contains(&item) => {}
                    Ok(Some(Line { item, .. })) => return failed(format!("the answerer answered {}", short(&item))),
                    Ok(None) => return failed("the answerer wrote an empty line".to_owned()),
                    Err((reason, _)) => return failed(format!("the answerer wrote what is no answer: {reason}")),
                },
                Ok(Heard::TooLong) => {
                    return failed(format!("the answerer wrote a line longer than {} bytes", answers::MAX_LINE));
                }
                Err(RecvTimeoutError::Timeout) => return self.too_late(),
                Err(RecvTimeoutError::Disconnected) => {
                    go_on_unless_ending();
                    let how = self.child.status().map_or_else(String::new, |status| format!(" ({status})"));
                    self.over = Some(format!("the answerer had ended{how}"));
                    return failed(format!("the answerer ended without an answer{how}"));
                }
            }
        }
    }

    fn too_late(&mut self) -> Reply {
        self.late += 1;
        let seconds = self.limit.as_secs_f64();
        if self.late == PATIENCE {
            self.over = Some(format!("not asked: {PATIENCE} questions in a row had no answer within {seconds} s"));
            self.child.kill();
        }
        failed(format!("no answer within {seconds} s"))
    }
}

fn failed(reason: String) -> Reply {
    Reply::Failed(reason)
}

/// Quotes what a program wrote, not more of it than a message can hold.
fn short(text: &str) -> String {
    format!("\"{}\"", text.chars().take(80).collect::<String>())
}

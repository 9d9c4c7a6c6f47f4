//! Answers of an exam in the progress file, as practice: they move no memory and no tier.

use crate::deck::{Item, Kind};
use crate::grade::{Answer, PointVerdict, given};
use crate::session::{Examined, Found, PointFound, Status, StepExamined, verdict_word};
use crate::store::{Detail, Log, Point, What};

use super::super::app::App;
use super::super::asker;
use super::super::error::Stop;

/// The longest answer time that is kept, in milliseconds.
const MOST_MS: u64 = 60_000;

/// Keeps answers.
pub struct Keeper<'a> {
    app: &'a App,
    log: Log,
}

/// An answer to one card, or to one step of a scenario.
struct Kept {
    suffix: String,
    given: String,
    score: f64,
    detail: Detail,
}

impl<'a> Keeper<'a> {
    /// Opens the progress file for writing.
    pub fn new(app: &'a App) -> Result<Self, Stop> {
        Ok(Self { app, log: app.session_log()? })
    }

    /// Keeps what was answered to a question, if it could be marked. The time is that of the question as a whole.
    pub fn keep(&mut self, item: &Item, examined: &Examined, took_ms: u64) -> Result<(), Stop> {
        if matches!(examined.status, Status::Missing | Status::Error) {
            return Ok(());
        }
        let answer = examined.given.as_ref().and_then(|value| given::read(item, value).ok());
        let Some(answer) = answer else { return Ok(()) };
        for Kept { suffix, given, score, detail } in parts(item, examined, &answer) {
            let what = What::Practice {
                card: format!("{}{suffix}", examined.item),
                via: "exam".to_owned(),
                rating: None,
                ms: u32::try_from(took_ms.min(MOST_MS)).unwrap_or(u32::MAX),
                rev: item.rev,
                hints: 0,
                given: Some(given),
                score: Some(score),
                detail,
            };
            let event = self.app.event(self.app.now(), what);
            self.log.append(&event)?;
        }
        Ok(())
    }
}

/// Takes an answer apart into cards and steps.
fn parts(item: &Item, examined: &Examined, answer: &Answer) -> Vec<Kept> {
    match (&item.kind, answer) {
        (Kind::Cloze(cloze), Answer::Labels(labels)) => {
            let hole = |(number, found): (u8, &Found)| Kept {
                suffix: format!("#c{number}"),
                given: labels.get(&u32::from(number)).cloned().unwrap_or_default(),
                score: if verdict_word(found.verdict) == "right" { 1.0 } else { 0.0 },
                detail: Detail::default(),
            };
            cloze.numbers().into_iter().zip(&examined.findings).map(hole).collect()
        }
        (Kind::Scenario(_), Answer::Steps(answers)) => {
            let step = |step: &StepExamined| {
                let given = asker::given(answers.get(&step.id)?);
                let detail = detail(step.upper, &step.points);
                Some(Kept { suffix: format!("#{}", step.id), given, score: step.score, detail })
            };
            examined.steps.iter().filter_map(step).collect()
        }
        _ => {
            let detail = detail(examined.upper, &examined.points);
            vec![Kept { suffix: String::new(), given: asker::given(answer), score: examined.score, detail }]
        }
    }
}

/// Says what was found of key points; nobody confirmed it, so what was found counts.
fn detail(upper: Option<f64>, points: &[PointFound]) -> Detail {
    let point = |point: &PointFound| Point {
        id: point.id.to_string(),
        verdict: Some(point.verdict),
        confirmed: point.verdict == PointVerdict::Hit,
    };
    Detail { upper, points: points.iter().map(point).collect(), ..Detail::default() }
}

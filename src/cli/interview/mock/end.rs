//! The end of a mock interview: the points gone through if the learner wants to, the report, tomorrow's questions.

use std::fs;

use serde::Serialize;

use crate::deck::{Id, Interview, Item, KeyPoint, Kind, Part, Scenario, Tier};
use crate::grade::{self, Coverage};
use crate::render;
use crate::session::{Band, Open, Report, Round, SelfRated};
use crate::store::What;
use crate::term::ask::points::{Opened, Ticks, review};
use crate::term::{Button, Reply};

use super::super::super::app::write_json;
use super::super::super::asker::Question;
use super::super::super::error::Stop;
use super::super::keep::Answered;
use super::super::question::{Said, open_points};
use super::Talk;
use super::round::{Came, Exchange, not_found};

/// A mock interview, for programs.
#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    answers: &'a [Round],
    #[serde(flatten)]
    report: &'a Report,
}

impl Talk<'_> {
    /// Ends the interview: nothing of it is lost if the learner leaves anywhere in here.
    pub(super) fn end(mut self) -> Result<(), Stop> {
        let style = *self.asker.prompter.style();
        self.asker.say(&format!("\n{}", style.bold("Thank you, that was all.")))?;
        if self.exchanges.is_empty() {
            self.asker.say("Nothing was answered.")?;
            return if self.app.json() { self.show(&[], &Report::of(&[], SelfRated::default())) } else { Ok(()) };
        }
        if self.go_through()? == Reply::Leave {
            return self.report(SelfRated::default());
        }
        let own = self.self_rated()?;
        self.report(own)
    }

    /// Goes through each answer: model answer, points, senior angle.
    fn go_through(&mut self) -> Result<Reply<()>, Stop> {
        let question = "Go through your answers now, point by point? The report is fairer for it.";
        match self.asker.prompter.confirm(question, true)? {
            Reply::Given(true) => {}
            Reply::Given(false) => return Ok(Reply::Given(())),
            _ => return Ok(Reply::Leave),
        }
        let mut at = 0;
        while at < self.exchanges.len() {
            let exchange = &self.exchanges[at];
            let (item, key) = (exchange.item.clone(), exchange.key.clone());
            self.head(&format!("answer {} of {}", at + 1, self.exchanges.len()))?;
            let reply = match &item.kind {
                Kind::Interview(interview) => self.go_through_one(at, &key, &item, interview)?,
                Kind::Scenario(told) => self.look_back(at, told)?,
                _ => Reply::Given(()),
            };
            match reply {
                Reply::Given(()) => at += 1,
                Reply::Undo => at = at.saturating_sub(1),
                Reply::Hint | Reply::Leave => return Ok(Reply::Leave),
            }
        }
        Ok(Reply::Given(()))
    }

    fn go_through_one(&mut self, at: usize, key: &str, item: &Item, interview: &Interview) -> Result<Reply<()>, Stop> {
        let style = *self.asker.prompter.style();
        let exchange = &self.exchanges[at];
        let Came::Marked { coverage, .. } = &exchange.came else { return Ok(Reply::Given(())) };
        let (coverage, told) = (coverage.clone(), render::exchange(&exchange.said, &style));
        self.asker.say(&told)?;
        self.asker.say(&render::model_answer(&interview.answer, &style))?;
        let (rubric, senior_angle) = (&interview.rubric, interview.senior_angle.as_ref());
        let opened = Opened { rubric, coverage: Some(&coverage), senior_angle, follow_ups: &|_| Vec::new() };
        let mut ticks = Ticks::new();
        let reply = review(self.asker.prompter.as_mut(), &opened, &mut ticks)?;
        if reply != Reply::Given(()) {
            // What was said of the points so far counts in the report all the same.
            self.exchanges[at].came = Came::Marked { coverage, ticks: Some(ticks) };
            return Ok(reply);
        }
        let confirmed = grade::confirmed(&coverage, &ticks);
        let said = Said { text: Some(self.exchanges[at].text()), hints: 0, took_ms: 0 };
        let (found, confirmed) = (Some(&coverage), Some(confirmed));
        let answered =
            Answered { key, item, interview, said: &said, coverage: found, ticks: &ticks, confirmed, sure: None };
        self.append(answered.practice("mock-review"))?;
        if let Some((origin, _)) = self.topics.item(key).cloned() {
            self.asker.explain(&Question { origin: &origin, item, part: Part::Whole, key, reps: 0 }, None)?;
        }
        self.exchanges[at].came = Came::Marked { coverage, ticks: Some(ticks) };
        Ok(Reply::Given(()))
    }

    /// Looks back at a scenario: what was answered, and what to take away.
    fn look_back(&mut self, at: usize, told: &Scenario) -> Result<Reply<()>, Stop> {
        let style = *self.asker.prompter.style();
        self.asker.say(&render::exchange(&self.exchanges[at].said, &style))?;
        for step in &told.steps {
            self.asker.say(&format!("\n{}", render::solution(&step.ask, &style)))?;
        }
        self.debrief(told)?;
        Ok(self.asker.prompter.pause()?)
    }

    /// Asks for what no rubric sees.
    fn self_rated(&mut self) -> Result<SelfRated, Stop> {
        let tradeoffs = self.band("Did you weigh trade-offs: what a choice gains and what it costs?")?;
        let clarity = match tradeoffs {
            Some(_) => self.band("Were you clear: the point first, then the reasons?")?,
            None => None,
        };
        Ok(SelfRated { tradeoffs, clarity })
    }

    fn band(&mut self, question: &str) -> Result<Option<Band>, Stop> {
        let style = *self.asker.prompter.style();
        self.asker.say(&render::wrap(question, style.prose_width()).join("\n"))?;
        let button = |(key, band): (char, &Band)| Button { key, name: band.words().to_owned(), caption: String::new() };
        let buttons: Vec<Button> = ('1'..='4').zip(&Band::ALL).map(button).collect();
        let reply = self.asker.prompter.menu("", &buttons, 2, "Say how an interviewer would vote on it.")?;
        Ok(if let Reply::Given(at) = reply { Band::ALL.get(at).copied() } else { None })
    }

    /// Shows the report, puts the points to fix into tomorrow's queue, and writes the transcript.
    fn report(&mut self, own: SelfRated) -> Result<(), Stop> {
        let rounds: Vec<Round> = self.exchanges.iter().map(round).collect();
        let report = Report::of(&rounds, own);
        let tomorrow = self.app.now().day.plus(1);
        let mut planned: Vec<&str> = Vec::new();
        let scheduled = |key: &str| self.exchanges.iter().any(|each| each.key == key && each.item.parts().len() == 1);
        let to_fix: Vec<&Open> = report.to_fix.iter().filter(|open| scheduled(&open.key)).collect();
        for open in to_fix {
            if !planned.contains(&open.key.as_str()) {
                planned.push(&open.key);
                self.append(What::Plan { card: open.key.clone(), on: tomorrow })?;
            }
        }
        self.show(&rounds, &report)?;
        let Some(path) = &self.args.save else { return Ok(()) };
        let told: Vec<render::Told<'_>> = self.exchanges.iter().zip(&rounds).map(told).collect();
        let failed = |source| Stop::File { action: "write", path: path.display().to_string(), source };
        fs::write(path, render::transcript(&told, &report)).map_err(failed)?;
        self.asker.say(&render::safe_str(&format!("The transcript is in {}.", path.display())))
    }

    /// Shows the report, or writes it for programs.
    fn show(&mut self, answers: &[Round], report: &Report) -> Result<(), Stop> {
        if self.app.json() {
            return write_json(&Document { schema_version: 1, answers, report });
        }
        let style = *self.asker.prompter.style();
        self.asker.say(&render::mock_report(report, &style))
    }
}

fn told<'t>((exchange, round): (&'t Exchange, &'t Round)) -> render::Told<'t> {
    let model = match &exchange.item.kind {
        Kind::Interview(interview) => Some(&interview.answer),
        _ => None,
    };
    render::Told { round, said: &exchange.said, model }
}

fn round(exchange: &Exchange) -> Round {
    let tier = exchange.item.tier.unwrap_or(Tier::Beginner);
    match (&exchange.item.kind, &exchange.came) {
        (Kind::Interview(interview), Came::Marked { coverage, ticks }) => {
            marked_round(exchange, tier, interview, coverage, ticks.as_ref())
        }
        (_, Came::Told { share, open }) => told_round(exchange, tier, *share, open),
        (_, Came::Marked { coverage, .. }) => told_round(exchange, tier, coverage.auto, &[]),
    }
}

fn told_round(exchange: &Exchange, tier: Tier, share: f64, open: &[String]) -> Round {
    let step = |text: &String| Open { key: exchange.key.clone(), point: text.clone(), weight: 1, required: false };
    let open = open.iter().map(step).collect();
    Round { key: exchange.key.clone(), tier, coverage: share, claims: 0, open }
}

fn marked_round(
    exchange: &Exchange,
    tier: Tier,
    interview: &Interview,
    coverage: &Coverage,
    ticks: Option<&Ticks>,
) -> Round {
    let (share, open) = match ticks {
        Some(ticks) => (grade::confirmed(coverage, ticks), open_points(interview, ticks)),
        None => (coverage.auto, not_found(coverage)),
    };
    let stands = |id: &Id| ticks.and_then(|ticks| ticks.get(id).copied()).unwrap_or(true);
    let point = |point: &KeyPoint| Open {
        key: exchange.key.clone(),
        point: point.text.raw().to_owned(),
        weight: point.weight,
        required: point.required,
    };
    Round {
        key: exchange.key.clone(),
        tier,
        coverage: share,
        claims: coverage.misconceptions.iter().filter(|claim| stands(&claim.id)).count(),
        open: interview.rubric.key_points.iter().filter(|each| open.contains(&each.id)).map(point).collect(),
    }
}

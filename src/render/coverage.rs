//! What the matcher makes of an answer, with its whole trace: for authors and for programs.

use serde::Serialize;

use crate::deck::{Id, Rubric, Text};
use crate::grade::{Evidence, PointVerdict, Proposal, SentenceRead, Trace, Trial, Trials};

use super::{Style, counted, markdown, safe, safe_line, wrap};

/// An answer that was marked against a rubric.
#[derive(Debug, Clone, Copy)]
pub struct Marked<'a> {
    /// The item, as `deck/item`.
    pub item: &'a str,
    /// The step of a scenario.
    pub step: Option<&'a Id>,
    /// The question.
    pub question: &'a Text,
    /// What it was marked against.
    pub rubric: &'a Rubric,
    /// What marking gave.
    pub trace: &'a Trace,
    /// The rating that follows.
    pub rating: Proposal,
}

/// Sets a marked answer as a page: how it was read, each key point with its evidence and every pattern's result, the
/// misconceptions, the score.
pub fn marked(marked: &Marked<'_>, style: &Style) -> String {
    let mut page = Page { lines: markdown(&safe(marked.question), style), style };
    page.sentences(&marked.trace.sentences);
    page.heading("Key points");
    let points = marked.rubric.key_points.iter().zip(&marked.trace.point_trials);
    for (point, trials) in points {
        let required = if point.required { ", required" } else { "" };
        let about = format!("{} (weight {}{required}): {}", point.id, point.weight, safe_line(&point.text));
        page.subject(trials, &about, false);
    }
    if !marked.rubric.misconceptions.is_empty() {
        page.heading("Misconceptions");
    }
    for (claim, trials) in marked.rubric.misconceptions.iter().zip(&marked.trace.misconception_trials) {
        let about = format!("{} (caps at {}): {}", claim.id, percent(claim.cap), safe_line(&claim.text));
        page.subject(trials, &about, true);
    }
    page.score(marked);
    page.lines.join("\n")
}

/// Lines being set.
struct Page<'s> {
    lines: Vec<String>,
    style: &'s Style,
}

impl Page<'_> {
    fn heading(&mut self, text: &str) {
        self.lines.push(String::new());
        self.lines.push(self.style.bold(text));
    }

    /// Sets a text behind a mark, its further lines below its first word.
    fn entry(&mut self, indent: usize, mark: (&str, Paint), text: &str, paint: Paint) {
        let lead = super::width(mark.0) + usize::from(!mark.0.is_empty());
        let room = self.style.prose_width().saturating_sub(indent + lead).max(8);
        for (at, line) in wrap(text, room).iter().enumerate() {
            let shown = match at {
                0 if lead > 0 => format!("{} ", (mark.1)(self.style, mark.0)),
                _ => " ".repeat(lead),
            };
            self.lines.push(format!("{}{shown}{}", " ".repeat(indent), paint(self.style, line)));
        }
    }

    fn sentences(&mut self, sentences: &[SentenceRead]) {
        self.heading("Read as");
        if sentences.is_empty() {
            self.entry(2, ("", plain), "nothing: the answer has no words", Style::dim);
        }
        for sentence in sentences {
            let note = if sentence.repeats_question { " (repeats the question: no evidence)" } else { "" };
            self.entry(2, (self.style.bullet(), plain), &format!("{}{note}", safe_line(&sentence.words)), plain);
        }
    }

    /// Sets a key point or a misconception with all that was tried for it.
    fn subject(&mut self, trials: &Trials, about: &str, is_claim: bool) {
        let mark = match (trials.verdict(), is_claim) {
            (PointVerdict::Hit, true) => (self.style.wrong(), Style::red as Paint),
            (_, true) => ("-", plain as Paint),
            (verdict, false) => self.mark(verdict),
        };
        self.entry(0, mark, about, plain);
        if let Some(evidence) = trials.best().and_then(|trial| trial.evidence.as_ref()) {
            self.entry(4, ("", plain), &format!("\"{}\"", safe_line(&evidence.text)), Style::bold);
        }
        trials.trials.iter().for_each(|trial| self.trial(trial));
    }

    fn trial(&mut self, trial: &Trial) {
        self.entry(4, self.mark(trial.verdict), &safe_line(&trial.pattern), plain);
        let found = trial.evidence.as_ref().map(|evidence| format!("finds \"{}\"", safe_line(&evidence.words)));
        let reason = trial.reason().map(|reason| safe_line(&reason));
        let said: Vec<String> = found.into_iter().chain(reason).collect();
        self.entry(8, ("", plain), &said.join("; "), Style::dim);
    }

    fn mark(&self, verdict: PointVerdict) -> (&'static str, Paint) {
        match verdict {
            PointVerdict::Hit => (self.style.right(), Style::green),
            PointVerdict::Ask => (self.style.either_in_words("perhaps:", "?"), Style::yellow),
            PointVerdict::Miss => (self.style.wrong(), Style::red),
        }
    }

    fn score(&mut self, marked: &Marked<'_>) {
        let coverage = &marked.trace.coverage;
        self.heading("Score");
        let asked = if coverage.upper > coverage.auto {
            format!("; {} if what is asked about was meant", percent(coverage.upper))
        } else {
            String::new()
        };
        let words = counted(coverage.words, "word");
        self.entry(0, ("", plain), &format!("{}{asked}. {words}.", percent(coverage.auto)), plain);
        for line in caps(marked) {
            self.entry(0, ("", plain), &line, plain);
        }
        self.entry(0, ("", plain), &format!("Rating it suggests: {}.", name(marked.rating)), plain);
    }
}

type Paint = fn(&Style, &str) -> String;

fn plain(_: &Style, text: &str) -> String {
    text.to_owned()
}

/// Says what holds the score down.
fn caps(marked: &Marked<'_>) -> Vec<String> {
    let coverage = &marked.trace.coverage;
    let lacks = |point: &&crate::grade::PointMark| point.required && point.verdict != PointVerdict::Hit;
    let required = coverage.points.iter().filter(lacks).map(|point| format!("the required point {}", point.id));
    let required: Vec<String> = required.collect();
    let mut lines = Vec::new();
    if !required.is_empty() {
        lines.push(format!("Without {} it can reach 60 % at most.", required.join(" and ")));
    }
    for claim in &coverage.misconceptions {
        let feedback = safe_line(&claim.feedback);
        lines.push(format!(
            "With the misconception {} it can reach {} at most. {feedback}",
            claim.id,
            percent(claim.cap)
        ));
    }
    lines
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn name(rating: Proposal) -> &'static str {
    match rating {
        Proposal::Again => "Again",
        Proposal::Hard => "Hard",
        Proposal::Good => "Good",
    }
}

/// A marked answer for programs.
#[derive(Debug, Clone, Serialize)]
pub struct MarkDocument<'a> {
    schema_version: u32,
    item: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a Id>,
    question: &'a Text,
    auto: f64,
    upper: f64,
    cap: f64,
    words: usize,
    rating: String,
    sentences: &'a [SentenceRead],
    points: Vec<PointLine<'a>>,
    misconceptions: Vec<ClaimLine<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct PointLine<'a> {
    id: &'a Id,
    text: &'a Text,
    verdict: PointVerdict,
    weight: u32,
    required: bool,
    evidence: Option<&'a Evidence>,
    trials: &'a [Trial],
}

#[derive(Debug, Clone, Serialize)]
struct ClaimLine<'a> {
    id: &'a Id,
    text: &'a Text,
    verdict: PointVerdict,
    cap: f64,
    feedback: &'a Text,
    evidence: Option<&'a Evidence>,
    trials: &'a [Trial],
}

impl<'a> MarkDocument<'a> {
    /// Makes the document.
    pub fn new(marked: &Marked<'a>) -> Self {
        let (rubric, trace) = (marked.rubric, marked.trace);
        let evidence = |trials: &'a Trials| trials.best().and_then(|trial| trial.evidence.as_ref());
        let points = rubric.key_points.iter().zip(&trace.point_trials).map(|(point, trials)| PointLine {
            id: &point.id,
            text: &point.text,
            verdict: trials.verdict(),
            weight: point.weight,
            required: point.required,
            evidence: evidence(trials),
            trials: &trials.trials,
        });
        let claims = rubric.misconceptions.iter().zip(&trace.misconception_trials).map(|(claim, trials)| ClaimLine {
            id: &claim.id,
            text: &claim.text,
            verdict: trials.verdict(),
            cap: claim.cap,
            feedback: &claim.feedback,
            evidence: evidence(trials),
            trials: &trials.trials,
        });
        Self {
            schema_version: 1,
            item: marked.item,
            step: marked.step,
            question: marked.question,
            auto: trace.coverage.auto,
            upper: trace.coverage.upper,
            cap: trace.coverage.cap,
            words: trace.coverage.words,
            rating: name(marked.rating).to_lowercase(),
            sentences: &trace.sentences,
            points: points.collect(),
            misconceptions: claims.collect(),
        }
    }
}

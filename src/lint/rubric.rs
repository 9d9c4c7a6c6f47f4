//! Rules for rubrics: what a machine makes of the author's own answers.
//!
//! An empty answer earns 0 whatever the rubric, by the way marking works; no rule is needed for it.

use crate::deck::{Ask, Item, Kind, Rubric, Sample, Text};
use crate::grade::{Evidence, Marker, PointVerdict, Trace, Trial, Trials};

use super::spot::Report;

/// How much of an answer is shown as it was read, in characters.
const SHOWN: usize = 240;

/// An open question of an item, and where it stands in it.
struct Open<'i> {
    item: &'i Item,
    path: Vec<String>,
    prompt: &'i Text,
    answer: &'i Text,
    rubric: &'i Rubric,
}

/// Holds the rubrics of an item to the strict bar.
pub(super) fn check(item: &Item, report: &mut Report<'_>) {
    for open in open(item) {
        open.check_counts(report);
        open.check_answer(report);
        open.check_question(report);
    }
}

/// Runs the samples of an item's rubrics.
pub(super) fn check_samples(item: &Item, report: &mut Report<'_>) {
    for open in open(item) {
        let marker = Marker::new(open.rubric, open.prompt);
        for (at, sample) in open.rubric.samples.iter().enumerate() {
            open.check_sample(at, sample, &marker.trace(sample.text.raw()), report);
        }
    }
}

fn open(item: &Item) -> Vec<Open<'_>> {
    match &item.kind {
        Kind::Interview(k) => {
            vec![Open { item, path: Vec::new(), prompt: &k.prompt, answer: &k.answer, rubric: &k.rubric }]
        }
        Kind::Scenario(k) => {
            let steps = k.steps.iter().enumerate().filter_map(|(at, step)| match &step.ask {
                Ask::Open { prompt, answer, rubric } => {
                    Some(Open { item, path: vec!["steps".to_owned(), at.to_string()], prompt, answer, rubric })
                }
                Ask::Choice(_) | Ask::Typed(_) => None,
            });
            steps.collect()
        }
        _ => Vec::new(),
    }
}

impl Open<'_> {
    fn report(&self, path: &[&str], code: &'static str, message: String, hint: &str, report: &mut Report<'_>) {
        let path: Vec<&str> = self.path.iter().map(String::as_str).chain(path.iter().copied()).collect();
        report.item(self.item, &path, code, message, hint);
    }

    fn check_counts(&self, report: &mut Report<'_>) {
        let points = self.rubric.key_points.len();
        if !(2..=6).contains(&points) {
            let message = format!("{points} key points; two to six are wanted");
            self.report(&["rubric", "key_points"], "rubric-points", message, "split or join them", report);
        }
        let good = self.rubric.samples.iter().any(|sample| !sample.hits.is_empty());
        let bad = self.rubric.samples.iter().any(|sample| sample.hits.is_empty());
        if !good || !bad {
            let missing = if good { "bad" } else { "good" };
            let message = format!("the rubric has no {missing} sample");
            let hint = "add an answer with the verdicts it must get";
            self.report(&["rubric", "samples"], "rubric-samples", message, hint, report);
        }
    }

    /// The model answer hits every key point and no misconception.
    fn check_answer(&self, report: &mut Report<'_>) {
        let trace = Marker::new(self.rubric, self.prompt).trace(self.answer.raw());
        for (at, point) in trace.coverage.points.iter().enumerate() {
            if point.verdict != PointVerdict::Hit {
                let message = format!("the model answer does not hit the key point `{}`", point.id);
                let hint = format!("{}\n{}", tried(&trace.point_trials[at]), read(&trace));
                let path = ["rubric", "key_points", &at.to_string(), "match"];
                self.report(&path, "rubric-answer", message, &hint, report);
            }
        }
        for claim in &trace.coverage.misconceptions {
            let at = trace.misconception_trials.iter().position(|trials| trials.id == claim.id).unwrap_or_default();
            let message = format!("the model answer holds the misconception `{}`", claim.id);
            let path = ["rubric", "misconceptions", &at.to_string(), "match"];
            self.report(&path, "rubric-answer", message, &found(&claim.evidence), report);
        }
    }

    /// The question's own words earn nothing, even before marking sets aside what only repeats it.
    fn check_question(&self, report: &mut Report<'_>) {
        let coverage = Marker::new(self.rubric, &Text::default()).mark(self.prompt.raw());
        for (at, point) in coverage.points.iter().enumerate() {
            if let Some(evidence) = point.evidence.as_ref().filter(|_| point.verdict == PointVerdict::Hit) {
                let message = format!("the question itself hits the key point `{}`", point.id);
                let hint = format!("{}; ask for a word that the question does not give away", found(evidence));
                let path = ["rubric", "key_points", &at.to_string(), "match"];
                self.report(&path, "rubric-question", message, &hint, report);
            }
        }
    }

    /// A sample gets exactly the verdicts it states.
    fn check_sample(&self, at: usize, sample: &Sample, trace: &Trace, report: &mut Report<'_>) {
        let points = trace.point_trials.iter().map(|trials| (trials, &sample.hits, "hits"));
        let claims = trace.misconception_trials.iter().map(|trials| (trials, &sample.misconceptions, "misconceptions"));
        for (trials, stated, field) in points.chain(claims) {
            let does = if field == "hits" { "hit the key point" } else { "hold the misconception" };
            let got = trials.verdict() == PointVerdict::Hit;
            let id = &trials.id;
            let (message, field) = match (got, stated.contains(id)) {
                (true, false) => (format!("the sample must not {does} `{id}`, but does"), "text"),
                (false, true) => (format!("the sample must {does} `{id}`, but does not"), field),
                _ => continue,
            };
            let hint = format!("{}\n{}", tried(trials), read(trace));
            self.report(&["rubric", "samples", &at.to_string(), field], "rubric-sample", message, &hint, report);
        }
    }
}

/// Says what each pattern made of the answer, one a line.
fn tried(trials: &Trials) -> String {
    let line = |trial: &Trial| {
        let reason = trial.reason().map(|reason| reason.raw().to_owned());
        let found = || trial.evidence.as_ref().map(|evidence| format!("finds {:?}", evidence.words.raw()));
        format!("`{}`: {}", trial.pattern.raw(), reason.or_else(found).unwrap_or_default())
    };
    trials.trials.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn found(evidence: &Evidence) -> String {
    format!("`{}` finds {:?}", evidence.pattern.raw(), evidence.words.raw())
}

/// Shows an answer as it was read, sentences between bars.
fn read(trace: &Trace) -> String {
    let sentences: Vec<&str> = trace.sentences.iter().map(|sentence| sentence.words.raw()).collect();
    let text = sentences.join(" | ");
    let cut: String = text.chars().take(SHOWN).collect();
    let rest = if cut.len() < text.len() { "..." } else { "" };
    format!("read as: {cut}{rest}")
}

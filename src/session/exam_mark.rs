//! Marks the questions of an exam, by the same code as the drill.

use std::collections::BTreeMap;

use serde_json::Value;

use super::exam::{ClaimFound, Examined, Found, Place, PointFound, Status, StepExamined};
use crate::deck::{Ask, Id, Item, Kind, Part, Rubric, ScenarioStep, Text};
use crate::grade::{self, Answer, Coverage, Mark, PointVerdict, Verdict, expected, given, mark_open, scenario};

/// Findings that a reason names one by one.
const MOST_NAMED: usize = 5;

/// A question of an exam.
#[derive(Debug, Clone, Copy)]
pub struct Question<'d> {
    /// The deck's id.
    pub deck: &'d Id,
    /// The lesson's id.
    pub lesson: &'d Id,
    /// What is asked.
    pub item: &'d Item,
}

impl Question<'_> {
    /// Gives its name, `deck/item`.
    pub fn key(&self) -> String {
        format!("{}/{}", self.deck, self.item.id)
    }
}

/// What came back for a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Reply {
    /// Nothing.
    #[default]
    None,
    /// A value, which may be no answer to this question.
    Given(Value),
    /// Whoever should have answered failed, for this reason.
    Failed(String),
}

/// What an open answer covers.
struct Opened {
    auto: f64,
    upper: f64,
    points: Vec<PointFound>,
    misconceptions: Vec<ClaimFound>,
}

/// Tells whether an exam can ask an item: not what only its learner can mark.
pub fn examinable(item: &Item) -> bool {
    !matches!(item.kind, Kind::Flash(_) | Kind::Checklist(_))
}

/// Marks what came back for a question. Total: any reply gives a score from 0 to 1.
///
/// A slip, one edit away from right, is wrong: there is nobody to ask whether it was one.
pub fn examine(question: &Question<'_>, reply: &Reply, place: Option<Place>) -> Examined {
    let (item, bare) = (question.item, bare(question, place));
    let value = match reply {
        Reply::None | Reply::Given(Value::Null) => return unmarked(item, bare),
        Reply::Failed(reason) => {
            return unmarked(item, Examined { status: Status::Error, reason: Some(one_line(reason)), ..bare });
        }
        Reply::Given(value) => value,
    };
    match given::read(item, value) {
        Ok(answer) => marked(item, &answer, bare),
        Err(reason) => {
            let (given, reason) = (Some(value.clone()), Some(one_line(&reason)));
            unmarked(item, Examined { status: Status::Error, given, reason, ..bare })
        }
    }
}

/// What is known of a question before anything is marked.
fn bare(question: &Question<'_>, place: Option<Place>) -> Examined {
    Examined {
        item: question.key(),
        deck: question.deck.to_string(),
        lesson: question.lesson.to_string(),
        kind: question.item.kind.name(),
        tier: question.item.tier,
        stem: Text::new(one_line(question.item.stem().raw())),
        score: 0.0,
        status: Status::Missing,
        given: None,
        expected: expected::expected(question.item),
        reason: Some("no answer".to_owned()),
        findings: Vec::new(),
        auto: None,
        upper: None,
        points: Vec::new(),
        misconceptions: Vec::new(),
        steps: Vec::new(),
        place,
    }
}

/// Adds what would have been right, part by part.
fn unmarked(item: &Item, bare: Examined) -> Examined {
    if let Kind::Scenario(told) = &item.kind {
        let steps = told.steps.iter().map(|step| examine_step(step, &BTreeMap::new()).1).collect();
        return Examined { steps, ..bare };
    }
    let findings = blank(item).map(|answer| found(&mark_closed(item, &answer))).unwrap_or_default();
    Examined { findings, ..bare }
}

/// Gives an answer that answers nothing, for kinds with a key.
fn blank(item: &Item) -> Option<Answer> {
    match &item.kind {
        Kind::Choice(_) => Some(Answer::Options(Vec::new())),
        Kind::Typed(_) => Some(Answer::Text(String::new())),
        Kind::Cloze(_) | Kind::Diagram(_) => Some(Answer::Labels(BTreeMap::new())),
        Kind::Order(_) => Some(Answer::Sequence(Vec::new())),
        Kind::Match(_) => Some(Answer::Pairs(BTreeMap::new())),
        Kind::Whatif(_) => Some(Answer::Moves(Vec::new())),
        Kind::Scenario(_) | Kind::Interview(_) | Kind::Flash(_) | Kind::Checklist(_) | Kind::Sealed(_) => None,
    }
}

fn marked(item: &Item, answer: &Answer, bare: Examined) -> Examined {
    let given = Some(expected::write(item, answer));
    let examined = match (&item.kind, answer) {
        (Kind::Interview(interview), Answer::Text(text)) => {
            let (mark, opened) = mark_opened(&interview.rubric, &interview.prompt, text);
            let reason = opened_reason(&opened);
            let Opened { auto, upper, points, misconceptions } = opened;
            let (auto, upper) = (Some(auto), Some(upper));
            Examined { score: mark.score, auto, upper, points, misconceptions, reason, ..bare }
        }
        (Kind::Scenario(told), Answer::Steps(answers)) => {
            let (marks, steps): (Vec<_>, Vec<_>) = told.steps.iter().map(|step| examine_step(step, answers)).unzip();
            let mark = scenario::sum(told, &marks);
            let (reason, findings) = (steps_reason(&steps), found(&mark));
            Examined { score: mark.score, reason, findings, steps, ..bare }
        }
        (Kind::Sealed(_), _) => {
            let reason = Some("not the answer that is sealed".to_owned());
            Examined { score: mark_closed(item, answer).score, reason, ..bare }
        }
        _ => {
            let mark = mark_closed(item, answer);
            Examined { score: mark.score, reason: reason(&mark), findings: found(&mark), ..bare }
        }
    };
    let status = Status::of_score(examined.score);
    let reason = examined.reason.filter(|_| status != Status::Right);
    Examined { given, status, reason, ..examined }
}

/// Marks an answer to an item of a kind with a key. The holes of a cloze item are one question here: the score is the
/// share that is right.
fn mark_closed(item: &Item, answer: &Answer) -> Mark {
    let blank = || Mark { score: 0.0, verdict: Verdict::Wrong, findings: Vec::new() };
    let (Kind::Cloze(cloze), Answer::Labels(labels)) = (&item.kind, answer) else {
        return grade::mark(item, Part::Whole, answer).unwrap_or_else(blank);
    };
    let numbers = cloze.numbers();
    let hole = |number: u8| {
        let text = labels.get(&u32::from(number)).cloned().unwrap_or_default();
        grade::mark(item, Part::Cloze(number), &Answer::Text(text)).unwrap_or_else(blank)
    };
    let marks: Vec<Mark> = numbers.iter().map(|number| hole(*number)).collect();
    let score = marks.iter().fold(0.0, |sum, mark| sum + mark.score) / marks.len().max(1) as f64;
    Mark { score, verdict: verdict(score), findings: marks.into_iter().flat_map(|mark| mark.findings).collect() }
}

fn verdict(score: f64) -> Verdict {
    match Status::of_score(score) {
        Status::Right => Verdict::Right,
        Status::Partial => Verdict::Partial,
        _ => Verdict::Wrong,
    }
}

fn mark_opened(rubric: &Rubric, prompt: &Text, text: &str) -> (Mark, Opened) {
    let coverage = mark_open(rubric, prompt, text);
    let mark = scenario::mark_ticked(rubric, &coverage, &BTreeMap::new());
    let Coverage { points, misconceptions, auto, upper, .. } = coverage;
    let told = |id: &Id| rubric.key_points.iter().find(|point| point.id == *id).map(|point| point.text.clone());
    let points = points.into_iter().map(|point| PointFound {
        text: told(&point.id).unwrap_or_default(),
        id: point.id,
        verdict: point.verdict,
        evidence: point.evidence.map(|evidence| evidence.text),
    });
    let claims = misconceptions.into_iter().map(|claim| ClaimFound {
        id: claim.id,
        evidence: claim.evidence.text,
        feedback: claim.feedback,
    });
    (mark, Opened { auto, upper, points: points.collect(), misconceptions: claims.collect() })
}

fn examine_step(step: &ScenarioStep, answers: &BTreeMap<Id, Answer>) -> (Option<Mark>, StepExamined) {
    let answer = answers.get(&step.id);
    let (mark, opened) = match (&step.ask, answer) {
        (Ask::Open { prompt, rubric, .. }, Some(Answer::Text(text))) => {
            let (mark, opened) = mark_opened(rubric, prompt, text);
            (Some(mark), Some(opened))
        }
        _ => (answer.and_then(|answer| scenario::mark_step(step, answer)), None),
    };
    let score = mark.as_ref().map_or(0.0, |mark| mark.score);
    let findings = mark.as_ref().filter(|_| opened.is_none()).map(found).unwrap_or_default();
    let (auto, upper) = (opened.as_ref().map(|opened| opened.auto), opened.as_ref().map(|opened| opened.upper));
    let (points, misconceptions) = opened.map(|opened| (opened.points, opened.misconceptions)).unwrap_or_default();
    let examined = StepExamined {
        id: step.id.clone(),
        stem: Text::new(one_line(step.ask.prompt().raw())),
        score,
        status: if mark.is_some() { Status::of_score(score) } else { Status::Missing },
        given: answer.map(|answer| expected::write_step(&step.ask, answer)),
        expected: expected::expected_step(&step.ask),
        findings,
        auto,
        upper,
        points,
        misconceptions,
    };
    (mark, examined)
}

fn found(mark: &Mark) -> Vec<Found> {
    let each = mark.findings.iter().map(|finding| Found {
        part: finding.what.clone(),
        verdict: finding.verdict,
        given: finding.given.clone(),
        expected: finding.expected.clone(),
        feedback: finding.feedback.clone(),
    });
    each.collect()
}

/// Says what is not right, part by part.
fn reason(mark: &Mark) -> Option<String> {
    let single = mark.findings.len() == 1;
    let told = mark.findings.iter().filter(|finding| finding.verdict != Verdict::Right).map(|finding| {
        let (what, text) = (finding.what.raw(), |text: &Option<Text>| text.as_ref().map(|text| text.raw().to_owned()));
        let (given, expected) = (text(&finding.given), text(&finding.expected));
        let picked = given.as_deref() == Some(what);
        let slip = if finding.verdict == Verdict::Slip { " (one letter off)" } else { "" };
        match (given, expected) {
            (None, Some(expected)) if expected == what => format!("not picked: {what}"),
            (Some(_), None) if picked => format!("picked: {what}"),
            (given, Some(expected)) => {
                let lead = if single { String::new() } else { format!("{what}: ") };
                let given = given.map_or_else(|| "nothing".to_owned(), |given| format!("\"{given}\""));
                format!("{lead}{given}{slip}, expected \"{expected}\"")
            }
            (Some(given), None) => format!("{what}: at {given}, out of place"),
            (None, None) => format!("{what}: left out"),
        }
    });
    listed(told.collect())
}

fn opened_reason(opened: &Opened) -> Option<String> {
    let missed = opened.points.iter().filter(|point| point.verdict != PointVerdict::Hit);
    let missed = missed.map(|point| match point.verdict {
        PointVerdict::Ask => format!("in doubt: {}", point.text.raw()),
        _ => format!("not found: {}", point.text.raw()),
    });
    let claims = opened.misconceptions.iter().map(|claim| format!("wrong claim: {}", claim.evidence.raw()));
    listed(claims.chain(missed).collect())
}

fn steps_reason(steps: &[StepExamined]) -> Option<String> {
    let short = steps.iter().filter(|step| step.status != Status::Right);
    listed(short.map(|step| format!("{}: {}", step.id, step.status.word())).collect())
}

fn listed(told: Vec<String>) -> Option<String> {
    let more = told.len().saturating_sub(MOST_NAMED);
    let mut named: Vec<String> = told.into_iter().take(MOST_NAMED).collect();
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    (!named.is_empty()).then(|| one_line(&named.join("; ")))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The key-point matcher: how much of a rubric an answer in the learner's own words covers.
//!
//! It reports coverage of key points, never correctness, and gives the learner's own words as evidence. It trusts
//! what it finds and not what it misses: a hit is ticked, a find with a doubt and a miss are asked about.
//!
//! The way of an answer: `letters` normalises it, `words` cuts it into words and sentences, `echo` sets aside what only
//! repeats the question, `reading` makes it searchable; `needle` makes a pattern's words ready, `search` looks for a
//! pattern, in `together` for words and in `expression` for regular expressions; `negation` doubts; `score` sums up. The same answer always gets the same mark.

mod echo;
mod expression;
mod letters;
mod needle;
mod negation;
mod outcome;
mod reading;
mod reason;
mod score;
mod search;
#[cfg(test)]
mod tests;
mod together;
mod words;

pub use outcome::{
    ClaimMark, Coverage, Doubt, Evidence, Missed, PointMark, PointVerdict, SentenceRead, Trace, Trial, Trials,
};
pub use score::{confirmed, proposed_for};

use crate::deck::{KeyPattern, KeyPoint, Misconception, Rubric, Text};
use echo::Question;
use reading::Reading;
use search::{Search, Subject};

/// Marks an answer to an open question: an interview question, or the open step of a scenario.
///
/// Total: any text gets a mark, also one in another language, with emoji or control characters. An empty answer and
/// the question pasted back score 0. The time grows with the text's length times the number of patterns.
///
/// ```
/// use grillme::deck::{Context, FromNode, Node, Rubric, Text};
/// use grillme::grade::{PointVerdict, mark_open};
/// let json = r#"{"key_points": [{"id": "kernel", "text": "The kernel is shared", "match": ["shar* kernel"]}]}"#;
/// let mut problems = Vec::new();
/// let rubric = Rubric::from_node(&Node::parse(json).unwrap(), &mut Context::new(0, &mut problems)).unwrap();
/// let answer = "Containers are light: they share the host's kernel.";
/// let coverage = mark_open(&rubric, &Text::new("Why are containers light?"), answer);
/// assert_eq!(coverage.auto, 1.0);
/// let evidence = coverage.points[0].evidence.as_ref().unwrap();
/// assert_eq!(&answer[evidence.range.clone()], "share the host's kernel");
/// assert_eq!(evidence.words.raw(), "share the host s kernel");
/// ```
pub fn mark_open(rubric: &Rubric, question: &Text, answer: &str) -> Coverage {
    Marker::new(rubric, question).mark(answer)
}

/// A rubric and its question made ready, to mark several answers.
pub struct Marker<'r> {
    rubric: &'r Rubric,
    question: Question,
    points: Vec<Vec<Search<'r>>>,
    claims: Vec<Vec<Search<'r>>>,
}

impl<'r> Marker<'r> {
    /// Makes a rubric ready.
    pub fn new(rubric: &'r Rubric, question: &Text) -> Self {
        let searches = |patterns: &'r [KeyPattern]| patterns.iter().map(Search::new).collect();
        Self {
            rubric,
            question: Question::new(question.raw()),
            points: rubric.key_points.iter().map(|point| searches(&point.patterns)).collect(),
            claims: rubric.misconceptions.iter().map(|claim| searches(&claim.patterns)).collect(),
        }
    }

    /// Marks an answer.
    pub fn mark(&self, answer: &str) -> Coverage {
        self.trace(answer).coverage
    }

    /// Marks an answer, and tells what every pattern found and how the answer was read.
    pub fn trace(&self, answer: &str) -> Trace {
        let reading = Reading::new(answer, &self.question);
        let run =
            |searches: &[Search<'r>], subject| searches.iter().map(|search| search.run(&reading, subject)).collect();
        let points = self.rubric.key_points.iter().zip(&self.points);
        let point_trials: Vec<Trials> = points
            .map(|(point, searches)| Trials { id: point.id.clone(), trials: run(searches, Subject::Point) })
            .collect();
        let claims = self.rubric.misconceptions.iter().zip(&self.claims);
        let misconception_trials: Vec<Trials> = claims
            .map(|(claim, searches)| Trials { id: claim.id.clone(), trials: run(searches, Subject::Claim) })
            .collect();
        let points = self.rubric.key_points.iter().zip(&point_trials).map(|(point, trials)| mark_point(point, trials));
        let claims = self.rubric.misconceptions.iter().zip(&misconception_trials);
        let misconceptions = claims.filter_map(|(claim, trials)| mark_claim(claim, trials)).collect();
        Trace {
            coverage: Coverage::new(points.collect(), misconceptions, reading.words.len()),
            sentences: reading.read(),
            point_trials,
            misconception_trials,
        }
    }
}

fn mark_point(point: &KeyPoint, trials: &Trials) -> PointMark {
    PointMark {
        id: point.id.clone(),
        verdict: trials.verdict(),
        evidence: trials.best().and_then(|trial| trial.evidence.clone()),
        weight: point.weight,
        required: point.required,
    }
}

/// A misconception counts only when nothing speaks against it.
fn mark_claim(claim: &Misconception, trials: &Trials) -> Option<ClaimMark> {
    let hit = trials.best().filter(|trial| trial.verdict == PointVerdict::Hit)?;
    let evidence = hit.evidence.clone()?;
    Some(ClaimMark { id: claim.id.clone(), evidence, feedback: claim.feedback.clone(), cap: claim.cap })
}

impl Trials {
    /// Gives the verdict of the best pattern.
    pub fn verdict(&self) -> PointVerdict {
        self.best().map_or(PointVerdict::Miss, |trial| trial.verdict)
    }

    /// Gives the pattern that decided: the best verdict, the first of several.
    pub fn best(&self) -> Option<&Trial> {
        self.trials.iter().rev().max_by_key(|trial| trial.verdict)
    }
}

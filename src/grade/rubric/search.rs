//! Searching an answer for one pattern.
//!
//! The work is bounded: words are looked up, not compared one by one; each occurrence of a word is looked at once a
//! pattern, or once a window for patterns with `~`; a regular expression passes the answer twice.

use std::ops::Range;

use crate::deck::{KeyForm, KeyPattern, Text};

use super::echo::Echo;
use super::needle::Needles;
use super::outcome::{Doubt, Evidence, Missed, PointVerdict, Trial};
use super::reading::{Reading, Sentence};
use super::{expression, together};

/// What is searched for, which decides what of the question pasted back is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A key point: nothing that stands in the question is evidence for it.
    Point,
    /// A misconception: only whole sentences of the question are not the learner's claim.
    Claim,
}

impl Subject {
    /// Tells whether nothing is to be found in a sentence.
    pub fn passes_over(self, sentence: &Sentence) -> bool {
        match self {
            Self::Point => sentence.echo != Echo::None,
            Self::Claim => sentence.echo == Echo::Whole,
        }
    }
}

/// A pattern, made ready.
pub(super) struct Search<'p> {
    pattern: &'p KeyPattern,
    form: Form<'p>,
}

enum Form<'p> {
    Words(Needles<'p>),
    Regex { regex: &'p regex::Regex, names_negation: bool },
}

/// A find: the words from the first to the last, and what speaks against it.
pub(super) struct Find {
    pub words: Range<usize>,
    pub doubts: Vec<Doubt>,
}

impl Find {
    /// Doubts whether the words are meant, as a negation stands before or between them.
    pub fn denied(&mut self, reading: &Reading<'_>, negation: usize) {
        self.doubts.push(Doubt::Negation { word: Text::new(reading.text(negation)) });
    }

    pub fn is_certain(&self) -> bool {
        self.doubts.is_empty()
    }
}

impl<'p> Search<'p> {
    pub fn new(pattern: &'p KeyPattern) -> Self {
        let form = match pattern.form() {
            KeyForm::Words(words) => Form::Words(Needles::new(words)),
            KeyForm::Regex(regex) => Form::Regex { regex, names_negation: expression::names_negation(regex.as_str()) },
        };
        Self { pattern, form }
    }

    /// Searches an answer; the best find counts, the first of several.
    pub fn run(&self, reading: &Reading<'_>, subject: Subject) -> Trial {
        let found = match &self.form {
            Form::Words(needles) => together::find(needles, reading, subject),
            Form::Regex { regex, names_negation } => expression::find(regex, *names_negation, reading, subject),
        };
        let pattern = self.pattern.source().clone();
        match found {
            Ok(find) => {
                let verdict = if find.is_certain() { PointVerdict::Hit } else { PointVerdict::Ask };
                let evidence = Some(self.evidence(find, reading));
                Trial { pattern, verdict, evidence, missed: None }
            }
            Err(missed) => Trial { pattern, verdict: PointVerdict::Miss, evidence: None, missed: Some(missed) },
        }
    }

    fn evidence(&self, find: Find, reading: &Reading<'_>) -> Evidence {
        let range = reading.bytes(find.words.clone());
        Evidence {
            text: Text::new(&reading.answer[range.clone()]),
            range,
            words: Text::new(reading.line(find.words)),
            pattern: self.pattern.source().clone(),
            doubts: find.doubts,
        }
    }
}

/// Keeps the best of several finds: the first certain one ends the search, else the first one is kept, else the reason
/// that is nearest to a find.
pub(super) fn best(found: impl Iterator<Item = Result<Find, Missed>>, otherwise: Missed) -> Result<Find, Missed> {
    let (mut doubtful, mut missed) = (None, otherwise);
    for found in found {
        match found {
            Ok(find) if find.is_certain() => return Ok(find),
            Ok(find) => doubtful = doubtful.or(Some(find)),
            Err(reason) if nearness(&reason) > nearness(&missed) => missed = reason,
            Err(_) => {}
        }
    }
    doubtful.ok_or(missed)
}

/// Ranks reasons by how near they are to a find.
fn nearness(missed: &Missed) -> u8 {
    match missed {
        Missed::Absent { .. } | Missed::Regex => 0,
        Missed::Apart => 1,
        Missed::Far => 2,
        Missed::Excluded { .. } => 3,
        Missed::Question => 4,
    }
}

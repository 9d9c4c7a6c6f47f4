//! Searching with a regular expression, over the normalised answer.

use std::ops::Range;

use regex::Regex;

use super::negation;
use super::outcome::Missed;
use super::reading::{Reading, Sentence};
use super::search::{Find, Subject, best};

/// Matches every sentence by itself, then all of them, one a line, for expressions that reach over their ends.
///
/// Only the first match in each counts: looking for all of them could take the square of the answer's length.
pub(super) fn find(
    regex: &Regex,
    names_negation: bool,
    reading: &Reading<'_>,
    subject: Subject,
) -> Result<Find, Missed> {
    let judge = |words: Range<usize>| {
        let mut find = Find { words: words.clone(), doubts: Vec::new() };
        let negation = negation::within(reading, words).filter(|_| !names_negation);
        negation.into_iter().for_each(|word| find.denied(reading, word));
        find
    };
    let alone = reading.sentences.iter().map(|sentence| {
        let words = matched(regex, std::iter::once(sentence), reading).ok_or(Missed::Regex)?;
        if subject.passes_over(sentence) { Err(Missed::Question) } else { Ok(judge(words)) }
    });
    let together = std::iter::once_with(|| {
        let counting = reading.sentences.iter().filter(|sentence| !subject.passes_over(sentence));
        matched(regex, counting, reading).map(judge).ok_or(Missed::Regex)
    });
    best(alone.chain(together), Missed::Regex)
}

/// Gives the words that the first match in some sentences touches.
fn matched<'s>(
    regex: &Regex,
    sentences: impl Iterator<Item = &'s Sentence>,
    reading: &Reading<'_>,
) -> Option<Range<usize>> {
    let (mut text, mut starts) = (String::new(), Vec::new());
    for sentence in sentences {
        for word in sentence.words.clone() {
            if !text.is_empty() {
                text.push(if word == sentence.words.start { '\n' } else { ' ' });
            }
            starts.push((text.len(), word));
            text.push_str(reading.text(word));
        }
    }
    let found = regex.find(&text)?;
    // White space at its ends belongs to no word; a match of nothing else is none.
    let start = found.end() - found.as_str().trim_start().len();
    let end = found.start() + found.as_str().trim_end().len();
    if start >= end {
        return None;
    }
    let word_at = |at: usize| starts.partition_point(|(start, _)| *start <= at).checked_sub(1).map(|at| starts[at].1);
    Some(word_at(start)?..word_at(end - 1)? + 1)
}

/// Tells whether one of the words in a regular expression is a negation.
pub(super) fn names_negation(expression: &str) -> bool {
    let mut plain = String::new();
    let mut chars = expression.chars();
    while let Some(c) = chars.next() {
        // What follows a backslash is no letter of a word: `\bno\b`.
        plain.push(if c == '\\' { chars.next().map_or(' ', |_| ' ') } else { c });
    }
    plain.split(|c: char| !c.is_alphabetic()).any(|word| negation::is_negation(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_is_a_word_of_the_expression() {
        for expression in [r"\bno\b", "(no|without) guest", "Not yet", r"is\snot"] {
            assert!(names_negation(expression), "{expression}");
        }
        for expression in [r"\bnode", "known", "note", r"\no", "shared"] {
            assert!(!names_negation(expression), "{expression}");
        }
    }
}

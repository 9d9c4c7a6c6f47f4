//! Negations: what a learner denies is found, but not credited without asking.

use std::ops::Range;

use super::reading::Reading;

/// The words that deny what follows them.
const NEGATIONS: [&str; 9] = ["no", "not", "never", "without", "cannot", "neither", "nor", "none", "nothing"];
/// After one of these, `not` adds instead: "not only faster".
const ADDING: [&str; 3] = ["only", "just", "merely"];
/// How many words before a found one a negation reaches it.
const REACH: usize = 4;

/// Tells whether a word denies.
pub(super) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word)
}

/// Finds a negation in the four words before a word, in its sentence; the nearest.
pub(super) fn before(reading: &Reading<'_>, word: usize) -> Option<usize> {
    within(reading, word..word)
}

/// Finds a negation in a stretch of one sentence or in the four words before it; the last.
pub(super) fn within(reading: &Reading<'_>, words: Range<usize>) -> Option<usize> {
    let sentence = reading.around(words.start);
    let mut reached = words.start.saturating_sub(REACH).max(sentence.start)..words.end;
    reached.rfind(|word| denies(reading, *word))
}

fn denies(reading: &Reading<'_>, word: usize) -> bool {
    let next = (word + 1 < reading.around(word).end).then(|| reading.text(word + 1));
    let adds = reading.text(word) == "not" && next.is_some_and(|next| ADDING.contains(&next));
    is_negation(reading.text(word)) && !adds
}

#[cfg(test)]
mod tests {
    use super::super::echo::Question;
    use super::*;

    #[test]
    fn a_negation_reaches_four_words_and_no_further_than_its_sentence() {
        let table = [
            ("not share", "not"),
            ("not a b c share", "not"),
            ("not a b c d share", ""),
            ("no. share", ""),
            ("it can't share", "not"),
            ("not only share", ""),
            ("not just a share", ""),
            ("not merely share", ""),
            ("not. only share", ""),
            ("never only share", "never"),
            ("not, nor share", "nor"),
            ("cannot share", "cannot"),
            ("without sharing, share", "without"),
            ("knot share", ""),
        ];
        for (answer, expected) in table {
            let reading = Reading::new(answer, &Question::new(""));
            let found = before(&reading, reading.words.len() - 1);
            assert_eq!(found.map_or("", |word| reading.text(word)), expected, "{answer:?}");
        }
    }
}

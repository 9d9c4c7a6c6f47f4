//! Searching for words that stand together in one sentence.

use std::ops::Range;

use crate::deck::Text;

use super::needle::{Needle, Needles, Occurrence, TermNeedle};
use super::negation;
use super::outcome::{Doubt, Missed};
use super::reading::Reading;
use super::search::{Find, Subject, best};

/// What was found of one word asked for: where, and by which of its alternatives, counted in the order written.
struct Candidate {
    at: Occurrence,
    rank: usize,
}

impl Candidate {
    /// Words as they are go before slips, then alternatives as the author wrote them, then words as they come.
    fn order(&self) -> (bool, usize, usize) {
        (!self.at.slips.is_empty(), self.rank, self.at.start)
    }
}

/// Searches an answer for the words of a pattern.
pub(super) fn find(needles: &Needles<'_>, reading: &Reading<'_>, subject: Subject) -> Result<Find, Missed> {
    // Slips take longer to look for, and never make a hit.
    match Hunt::new(needles, reading, false).and_then(|hunt| hunt.best(subject)) {
        Ok(find) if find.is_certain() => Ok(find),
        _ => Hunt::new(needles, reading, true)?.best(subject),
    }
}

/// All that can matter of one answer for one pattern, in the order of the answer.
struct Hunt<'h> {
    reading: &'h Reading<'h>,
    needles: &'h Needles<'h>,
    /// One list a word asked for.
    candidates: Vec<Vec<Candidate>>,
    /// The words that must not stand in the sentence.
    barred: Vec<usize>,
}

impl<'h> Hunt<'h> {
    /// Looks the words up; fails when the answer has nothing for one of them.
    fn new(needles: &'h Needles<'h>, reading: &'h Reading<'h>, slips: bool) -> Result<Self, Missed> {
        let candidates: Vec<Vec<Candidate>> = needles.all.iter().map(|term| candidates(term, reading, slips)).collect();
        let absent = needles.all.iter().zip(&candidates).filter(|(_, found)| found.is_empty());
        let parts: Vec<Text> = absent.map(|(term, _)| Text::new(term.source)).collect();
        if !parts.is_empty() {
            return Err(Missed::Absent { parts });
        }
        Ok(Self { reading, needles, candidates, barred: barred(&needles.without, reading) })
    }

    fn best(&self, subject: Subject) -> Result<Find, Missed> {
        best(self.sentences().into_iter().map(|sentence| self.find_in(sentence, subject)), Missed::Apart)
    }

    /// Lists the sentences that have a candidate for the scarcest of the words asked for.
    fn sentences(&self) -> Vec<usize> {
        let scarcest = self.candidates.iter().min_by_key(|found| found.len());
        let sentence = |candidate: &Candidate| self.reading.words[candidate.at.start].sentence;
        let mut sentences: Vec<usize> = scarcest.into_iter().flatten().map(sentence).collect();
        sentences.dedup();
        sentences
    }

    fn find_in(&self, sentence: usize, subject: Subject) -> Result<Find, Missed> {
        let sentence = &self.reading.sentences[sentence];
        let here: Vec<&[Candidate]> = self.candidates.iter().map(|found| inside(found, &sentence.words)).collect();
        if here.iter().any(|found| found.is_empty()) {
            return Err(Missed::Apart);
        }
        let chosen = choose(&here, &sentence.words, self.needles.within).ok_or(Missed::Far)?;
        let after = self.barred.partition_point(|word| *word < sentence.words.start);
        match self.barred.get(after).filter(|word| sentence.words.contains(word)) {
            Some(word) => Err(Missed::Excluded { word: Text::new(self.reading.text(*word)) }),
            None if subject.passes_over(sentence) => Err(Missed::Question),
            None => Ok(self.judge(&chosen)),
        }
    }

    /// Weighs what was chosen: slips, and a negation before any of the words.
    fn judge(&self, chosen: &[&Occurrence]) -> Find {
        let start = chosen.iter().map(|at| at.start).min().unwrap_or(0);
        let end = chosen.iter().map(|at| at.start + at.len).max().unwrap_or(start);
        let typo = |(word, meant): &(usize, String)| {
            let wrote = Text::new(self.reading.text(*word));
            Doubt::Typo { wrote, meant: Text::new(meant) }
        };
        let doubts = chosen.iter().flat_map(|at| &at.slips).map(typo).collect();
        let mut find = Find { words: start..end, doubts };
        let denied = chosen.iter().find_map(|at| negation::before(self.reading, at.start));
        let denied = denied.filter(|_| !self.needles.names_negation);
        denied.into_iter().for_each(|word| find.denied(self.reading, word));
        find
    }
}

/// Finds one word asked for, in the order of the answer.
fn candidates(term: &TermNeedle<'_>, reading: &Reading<'_>, slips: bool) -> Vec<Candidate> {
    let found = term.phrases.iter().enumerate().flat_map(|(rank, needle)| {
        let found = needle.find(reading, slips);
        found.into_iter().map(move |at| Candidate { at, rank })
    });
    let mut found: Vec<Candidate> = found.collect();
    found.sort_by_key(|candidate| candidate.at.start);
    found
}

/// Finds what must not stand in a sentence.
fn barred(without: &[Needle], reading: &Reading<'_>) -> Vec<usize> {
    let found = without.iter().flat_map(|needle| needle.find(reading, false));
    let mut barred: Vec<usize> = found.map(|found| found.start).collect();
    barred.sort_unstable();
    barred
}

/// Narrows candidates down to those that begin within a stretch of words.
fn inside<'c>(found: &'c [Candidate], words: &Range<usize>) -> &'c [Candidate] {
    let start = found.partition_point(|candidate| candidate.at.start < words.start);
    let count = found[start..].partition_point(|candidate| candidate.at.start < words.end);
    &found[start..start + count]
}

/// Chooses one candidate a word asked for: in the whole sentence, or in the first stretch of `within` words that has
/// one of each.
fn choose<'c>(here: &[&'c [Candidate]], sentence: &Range<usize>, within: Option<usize>) -> Option<Vec<&'c Occurrence>> {
    let Some(length) = within else { return choose_in(here, sentence) };
    let mut starts: Vec<usize> = here.iter().flat_map(|found| found.iter().map(|found| found.at.start)).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.into_iter().find_map(|start| choose_in(here, &(start..sentence.end.min(start + length))))
}

fn choose_in<'c>(here: &[&'c [Candidate]], words: &Range<usize>) -> Option<Vec<&'c Occurrence>> {
    let best = |found: &&'c [Candidate]| {
        let fits = inside(found, words).iter().filter(|candidate| candidate.at.start + candidate.at.len <= words.end);
        fits.min_by_key(|candidate| candidate.order()).map(|candidate| &candidate.at)
    };
    here.iter().map(best).collect()
}

//! One phrase of a pattern, made ready to be found in an answer.

use super::reading::{Reading, forms, stem};
use super::words::words;
use crate::deck::{KeyWords, Phrase, Term};
use crate::grade::edit::{SLIP_FROM, is_one_edit};

/// The most bytes of one letter.
const WIDEST: usize = 4;

/// The words of a pattern, made ready.
pub(super) struct Needles<'p> {
    pub all: Vec<TermNeedle<'p>>,
    pub without: Vec<Needle>,
    pub within: Option<usize>,
    /// Whether one of the words asked for is a negation: then negations before a match mean nothing.
    pub names_negation: bool,
}

/// One word asked for, with its alternatives.
pub(super) struct TermNeedle<'p> {
    pub source: &'p str,
    pub phrases: Vec<Needle>,
}

/// Adjacent words to find.
pub(super) struct Needle {
    words: Vec<NeedleWord>,
    /// Two words or more may also be one that is joined: `mem_limit`.
    joined: Option<String>,
}

struct NeedleWord {
    text: String,
    stem: String,
    is_prefix: bool,
    may_slip: bool,
}

/// Where a phrase was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    /// The first word.
    pub start: usize,
    /// How many words.
    pub len: usize,
    /// The words that were found by one edit only, each with what was looked for.
    pub slips: Vec<(usize, String)>,
}

impl<'p> Needles<'p> {
    pub fn new(pattern: &'p KeyWords) -> Self {
        let term = |term: &'p Term| TermNeedle {
            source: &term.source,
            phrases: term.phrases.iter().map(Needle::new).collect(),
        };
        let all: Vec<TermNeedle<'p>> = pattern.all.iter().map(term).collect();
        let mut asked = all.iter().flat_map(|term| &term.phrases).flat_map(|needle| &needle.words);
        let names_negation = asked.any(|word| super::negation::is_negation(&word.text));
        let without = pattern.without.iter().map(Needle::new).collect();
        Self { all, without, within: pattern.within, names_negation }
    }
}

impl Needle {
    fn new(phrase: &Phrase) -> Self {
        let mut needles: Vec<NeedleWord> = Vec::new();
        for word in &phrase.words {
            needles.extend(words(&word.text).into_iter().map(|word| NeedleWord::new(word.text)));
            if let Some(last) = needles.last_mut() {
                last.is_prefix = word.is_prefix;
            }
        }
        let texts: Vec<&str> = needles.iter().map(|word| word.text.as_str()).collect();
        let joined = (texts.len() > 1).then(|| texts.join("_"));
        Self { words: needles, joined }
    }

    /// Finds every occurrence, also those by a slip if `slips`; in no order, none twice.
    pub fn find(&self, reading: &Reading<'_>, slips: bool) -> Vec<Occurrence> {
        let Some((first, rest)) = self.words.split_first() else { return Vec::new() };
        let mut found = Vec::new();
        for (entry, by_slip) in first.entries(reading, slips) {
            for start in reading.places(entry) {
                let sentence_end = reading.around(*start).end;
                let mut occurrence = Occurrence { start: *start, len: self.words.len(), slips: Vec::new() };
                occurrence.slips.extend(by_slip.then(|| (*start, first.shown())));
                if start + self.words.len() <= sentence_end && follow(rest, reading, slips, &mut occurrence) {
                    found.push(occurrence);
                }
            }
        }
        let is_prefix = self.words.last().is_some_and(|word| word.is_prefix);
        let joined = self.joined.iter().flat_map(|joined| {
            let alike = reading.beginning(joined).filter(move |(form, _)| is_prefix || form == joined);
            alike.flat_map(|(_, entry)| reading.places(entry))
        });
        found.extend(joined.map(|start| Occurrence { start: *start, len: 1, slips: Vec::new() }));
        found
    }
}

/// Tells whether the rest of a phrase stands behind its first word.
fn follow(rest: &[NeedleWord], reading: &Reading<'_>, slips: bool, occurrence: &mut Occurrence) -> bool {
    rest.iter().zip(occurrence.start + 1..).all(|(needle, at)| match needle.fit(reading.text(at)) {
        Some(Fit::Same) => true,
        Some(Fit::Slip) if slips => {
            occurrence.slips.push((at, needle.shown()));
            true
        }
        _ => false,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Slip,
}

impl NeedleWord {
    fn new(text: String) -> Self {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let may_slip = letters >= SLIP_FROM && !text.contains(char::is_numeric);
        Self { stem: stem(&text), text, is_prefix: false, may_slip }
    }

    fn shown(&self) -> String {
        format!("{}{}", self.text, if self.is_prefix { "*" } else { "" })
    }

    /// Lists the distinct words of the answer that fit, each once, and whether by a slip.
    fn entries(&self, reading: &Reading<'_>, slips: bool) -> Vec<(usize, bool)> {
        let mut found: Vec<(usize, bool)> = if self.is_prefix {
            reading.beginning(&self.text).map(|(_, entry)| (entry, false)).collect()
        } else {
            reading.with_stem(&self.stem).map(|entry| (entry, false)).collect()
        };
        if slips && self.may_slip {
            let slipped = reading.forms().filter(|(form, _)| self.is_slip(form));
            found.extend(slipped.map(|(_, entry)| (entry, true)));
        }
        // A word that fits is no slip, even where it is one edit away as well.
        found.sort_unstable();
        found.dedup_by_key(|(entry, _)| *entry);
        found
    }

    fn fit(&self, word: &str) -> Option<Fit> {
        let mut best = None;
        for form in forms(word) {
            match self.fit_form(form) {
                Some(Fit::Same) => return Some(Fit::Same),
                found => best = best.or(found),
            }
        }
        best
    }

    fn fit_form(&self, form: &str) -> Option<Fit> {
        let is_same = match self.is_prefix {
            true => form.starts_with(&self.text),
            false => form == self.text || stem(form) == self.stem,
        };
        if is_same { Some(Fit::Same) } else { self.is_slip(form).then_some(Fit::Slip) }
    }

    /// Tells whether a word of the answer is one edit away, or begins one edit away from what it should begin with.
    /// At the last letter of a beginning, where words part (`regular`, `regulat*`), an edit is no slip.
    fn is_slip(&self, form: &str) -> bool {
        let too_short = form.len() + WIDEST < self.text.len();
        if !self.may_slip || too_short || form.contains(char::is_numeric) {
            return false;
        }
        if !self.is_prefix {
            return form.len() <= self.text.len() + WIDEST && is_one_edit(form, &self.text);
        }
        let (length, last) = (self.text.chars().count(), self.text.chars().last());
        let ends = form.char_indices().map(|(at, c)| (at + c.len_utf8(), Some(c))).skip(length - 2).take(3);
        ends.into_iter().any(|(end, c)| c == last && is_one_edit(&form[..end], &self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::echo::Question;
    use super::*;
    use crate::deck::{KeyForm, KeyPattern};

    /// Writes what a one-phrase pattern finds in an answer, slips after a question mark.
    fn found(pattern: &str, answer: &str) -> String {
        let pattern = KeyPattern::parse(pattern).unwrap();
        let KeyForm::Words(words) = pattern.form() else { panic!() };
        let (needles, reading) = (Needles::new(words), Reading::new(answer, &Question::new("")));
        let mut occurrences = needles.all[0].phrases[0].find(&reading, true);
        occurrences.sort_unstable();
        let shown = |o: &Occurrence| {
            let slips: String = o.slips.iter().map(|(at, meant)| format!("?{}={meant}", reading.text(*at))).collect();
            reading.line(o.start..o.start + o.len) + &slips
        };
        occurrences.iter().map(shown).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn words_are_found_by_stem_beginning_neighbour_part_and_slip() {
        let table = [
            ("kernel", "Kernels, the kernel", "kernels, kernel"),
            ("shar*", "shares, sharing, hares", "shares, sharing"),
            ("guest_os", "a guest OS, guest. OS", "guest os"),
            ("virtual_machine*", "virtual machines, virtual-machine", "virtual machines, virtual machine"),
            ("multi-tenant", "multi-tenant, multi tenant", "multi tenant, multi tenant"),
            ("isn't", "is not, isn’t", "is not, is not"),
            ("mem_limit", "set mem_limit", "mem_limit"),
            ("limit*", "set mem_limit", "mem_limit"),
            ("docker.sock", "/var/run/docker.sock", ""),
            ("sock", "/var/run/docker.sock", "var/run/docker.sock"),
            ("kernel", "kernal kernl kern kernal6", "kernal?kernal=kernel, kernl?kernl=kernel"),
            ("guest_kernel", "guest kernal", "guest kernal?kernal=kernel"),
            ("kernels", "kernel", "kernel"),
            ("container*", "contaners share", "contaners?contaners=container*"),
            ("regulat*", "regular regluations", "regluations?regluations=regulat*"),
            ("share", "shared shar", "shared"),
            ("hosts", "hoxts", ""),
            ("ipv6addr", "ipv6adr", ""),
        ];
        for (pattern, answer, expected) in table {
            assert_eq!(found(pattern, answer), expected, "{pattern} in {answer:?}");
        }
    }
}

//! An answer as it is read: its words in order, its sentences, and where each word occurs.

use std::collections::HashMap;
use std::ops::Range;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::echo::{Echo, Question};
use super::outcome::SentenceRead;
use super::words::{Word, sentences};
use crate::deck::Text;

/// The longest word that is stemmed; no English word comes near.
const LONGEST_STEMMED: usize = 64;

/// An answer, read once and searched for many patterns.
pub(super) struct Reading<'a> {
    pub answer: &'a str,
    pub words: Vec<Place>,
    pub sentences: Vec<Sentence>,
    /// Every distinct word.
    entries: Vec<Entry>,
    /// Every form of every entry, in order, for words that begin alike.
    forms: Vec<(String, usize)>,
    /// Stem of a form -> entries.
    stems: HashMap<String, Vec<usize>>,
}

/// One word in its place.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub entry: usize,
    pub sentence: usize,
    /// The bytes of the answer it stands in.
    pub from: Range<usize>,
}

/// One sentence.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Its words, as indices.
    pub words: Range<usize>,
    /// How it repeats the question.
    pub echo: Echo,
}

/// A distinct word, and the words of the answer that are it, rising.
struct Entry {
    text: String,
    places: Vec<usize>,
}

impl<'a> Reading<'a> {
    /// Reads an answer to a question.
    pub fn new(answer: &'a str, question: &Question) -> Self {
        let (forms, stems) = Default::default();
        let mut reading = Self { answer, words: Vec::new(), sentences: Vec::new(), entries: Vec::new(), forms, stems };
        let mut known = HashMap::new();
        let sentences = sentences(answer);
        let echoes = question.echoes(&sentences);
        for (sentence, echo) in sentences.into_iter().zip(echoes) {
            let start = reading.words.len();
            sentence.into_iter().for_each(|word| reading.add(word, &mut known));
            reading.sentences.push(Sentence { words: start..reading.words.len(), echo });
        }
        reading.index();
        reading
    }

    fn add(&mut self, word: Word, known: &mut HashMap<String, usize>) {
        let entry = *known.entry(word.text).or_insert_with_key(|text| {
            self.entries.push(Entry { text: text.clone(), places: Vec::new() });
            self.entries.len() - 1
        });
        self.entries[entry].places.push(self.words.len());
        self.words.push(Place { entry, sentence: self.sentences.len(), from: word.from });
    }

    fn index(&mut self) {
        for (at, entry) in self.entries.iter().enumerate() {
            for form in forms(&entry.text) {
                let entries = self.stems.entry(stem(form)).or_default();
                if entries.last() != Some(&at) {
                    entries.push(at);
                }
                self.forms.push((form.to_owned(), at));
            }
        }
        self.forms.sort_unstable();
    }

    /// Gives the normalised text of a word.
    pub fn text(&self, word: usize) -> &str {
        &self.entries[self.words[word].entry].text
    }

    /// Gives the normalised text of a stretch of words.
    pub fn line(&self, words: Range<usize>) -> String {
        words.map(|word| self.text(word)).collect::<Vec<_>>().join(" ")
    }

    /// Gives the bytes of the answer that a stretch of words stands in; nothing for no words.
    pub fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let stretch = self.words.get(words).unwrap_or_default();
        let start = stretch.first().map_or(0, |word| word.from.start);
        // Two words can come from one character, as in `½`; the end is never before the start.
        start..stretch.last().map_or(start, |word| word.from.end)
    }

    /// Gives the sentence that a word stands in, as a range of words.
    pub fn around(&self, word: usize) -> Range<usize> {
        self.sentences[self.words[word].sentence].words.clone()
    }

    /// Gives the sentences as they were read.
    pub fn read(&self) -> Vec<SentenceRead> {
        let read = |sentence: &Sentence| SentenceRead {
            words: Text::new(self.line(sentence.words.clone())),
            repeats_question: sentence.echo != Echo::None,
        };
        self.sentences.iter().map(read).collect()
    }

    /// Gives where a distinct word occurs.
    pub fn places(&self, entry: usize) -> &[usize] {
        &self.entries[entry].places
    }

    /// Lists the distinct words that have a form with this stem.
    pub fn with_stem(&self, stem: &str) -> impl Iterator<Item = usize> {
        self.stems.get(stem).into_iter().flatten().copied()
    }

    /// Lists the forms that begin so, each with its distinct word, the shortest first.
    pub fn beginning(&self, prefix: &str) -> impl Iterator<Item = (&str, usize)> {
        let from = self.forms.partition_point(|(form, _)| form.as_str() < prefix);
        let alike = self.forms[from..].iter().take_while(move |(form, _)| form.starts_with(prefix));
        alike.map(|(form, entry)| (form.as_str(), *entry))
    }

    /// Lists all forms, each with its distinct word.
    pub fn forms(&self) -> impl Iterator<Item = (&str, usize)> {
        self.forms.iter().map(|(form, entry)| (form.as_str(), *entry))
    }
}

/// Lists what a word may be found by: itself, and the parts that dots, slashes and underscores join, as in
/// `containers/vms` or `mem_limit`, but for parts with digits, which are versions.
pub(super) fn forms(word: &str) -> impl Iterator<Item = &str> {
    let joined = |c| matches!(c, '.' | '/' | '_');
    let parts = word.split(joined).filter(move |part| part.len() < word.len());
    std::iter::once(word).chain(parts.filter(|part| !part.is_empty() && !part.contains(char::is_numeric)))
}

/// Gives the stem of a word by the Snowball stemmer for English; other words than those of a to z stay as they are.
pub(super) fn stem(word: &str) -> String {
    if word.len() > LONGEST_STEMMED || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_stem_beginning_and_part() {
        let reading = Reading::new("Booting boots docker.sock. VMs/containers 6.8.0", &Question::new(""));
        let texts = |entries: Vec<usize>| entries.iter().map(|e| reading.entries[*e].text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(reading.with_stem("boot").collect()), ["booting", "boots"]);
        assert_eq!(texts(reading.with_stem("contain").collect()), ["vms/containers"]);
        assert_eq!(reading.beginning("boot").map(|(form, _)| form).collect::<Vec<_>>(), ["booting", "boots"]);
        assert_eq!(reading.beginning("sock").map(|(form, _)| form).collect::<Vec<_>>(), ["sock"]);
        assert_eq!(reading.with_stem("8").count(), 0);
        assert_eq!(reading.around(4), 3..5);
        assert_eq!(reading.line(0..3), "booting boots docker.sock");
    }

    #[test]
    fn stems_join_the_forms_of_a_word() {
        let table = [("isolation", "isolated"), ("shared", "sharing"), ("policies", "policy"), ("kernels", "kernel")];
        for (a, b) in table {
            assert_eq!(stem(a), stem(b));
        }
        assert_eq!((stem("café").as_str(), stem("c++").as_str(), stem("vms").as_str()), ("café", "c++", "vms"));
    }
}

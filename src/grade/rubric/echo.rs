//! The question pasted back: what only repeats the question word for word is no evidence of knowing anything.

use std::collections::{BTreeSet, HashMap};

use super::words::{Word, sentences};

/// From how many words on a sentence that stands in the question is no evidence. A shorter one may be a choice that
/// the question offers ("VMs. They have a kernel each."), unless the answer holds nothing else.
const LONG: usize = 3;

/// How a sentence of an answer repeats the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Echo {
    /// It does not.
    None,
    /// It stands somewhere in the question. It is no evidence, but may still be a wrong claim: of "Do containers have
    /// a kernel each?" it may say "containers have a kernel each".
    Part,
    /// It is a whole sentence of the question.
    Whole,
}

/// A question, ready to be recognised.
pub(super) struct Question {
    sentences: BTreeSet<Vec<String>>,
    words: Vec<String>,
    places: HashMap<String, Vec<usize>>,
}

impl Question {
    pub fn new(text: &str) -> Self {
        let texts = |sentence: Vec<Word>| sentence.into_iter().map(|word| word.text).collect();
        let sentences: Vec<Vec<String>> = sentences(text).into_iter().map(texts).collect();
        let words = sentences.concat();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            places.entry(word.clone()).or_default().push(at);
        }
        Self { sentences: sentences.into_iter().collect(), words, places }
    }

    /// Tells of each sentence of an answer how it repeats the question.
    ///
    /// Whatever is added to an answer, a sentence that was evidence stays so: either it does not stand in the question,
    /// or it is short and another one does not stand there.
    pub fn echoes(&self, answer: &[Vec<Word>]) -> Vec<Echo> {
        let held: Vec<bool> = answer.iter().map(|sentence| self.holds(sentence)).collect();
        let all = held.iter().all(|held| *held);
        let echo = |(held, sentence): (bool, &Vec<Word>)| match held {
            true if self.is_sentence(sentence) => Echo::Whole,
            true if all || sentence.len() >= LONG => Echo::Part,
            _ => Echo::None,
        };
        held.into_iter().zip(answer).map(echo).collect()
    }

    fn is_sentence(&self, sentence: &[Word]) -> bool {
        let texts: Vec<String> = sentence.iter().map(|word| word.text.clone()).collect();
        self.sentences.contains(&texts)
    }

    /// Tells whether a sentence of an answer stands in the question, word for word.
    ///
    /// Of the sentence's words the one that the question has least often leads to the places to compare.
    fn holds(&self, sentence: &[Word]) -> bool {
        let places = |word: &Word| self.places.get(&word.text).map_or(&[] as &[usize], Vec::as_slice);
        let rarest = sentence.iter().enumerate().min_by_key(|(_, word)| places(word).len());
        let Some((offset, word)) = rarest else { return false };
        let starts = places(word).iter().filter_map(|place| place.checked_sub(offset));
        let stands = |start: usize| {
            let asked = self.words.get(start..start + sentence.len());
            asked.is_some_and(|asked| asked.iter().zip(sentence).all(|(asked, word)| *asked == word.text))
        };
        starts.into_iter().any(stands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_questions_own_words_in_its_own_order_are_an_echo() {
        use Echo::{None, Part, Whole};
        let question = Question::new("Containers or VMs: which one is safer? Say why, and say what breaks.");
        let table: [(&str, &[Echo]); 9] = [
            ("Containers or VMs: which one is safer?", &[Whole]),
            ("containers\nOR vms", &[Part, Part]),
            ("Say why, and say what breaks", &[Whole]),
            ("VMs", &[Part]),
            ("VMs. They have a kernel each.", &[None, None]),
            ("Which one is safer? VMs. Clearly.", &[Part, None, None]),
            ("VMs or containers", &[None]),
            ("say why not", &[None]),
            ("safer? Say why", &[Part, Part]),
        ];
        for (text, expected) in table {
            assert_eq!(question.echoes(&sentences(text)), expected, "{text:?}");
        }
        assert_eq!(Question::new("").echoes(&sentences("anything")), [None]);
    }
}

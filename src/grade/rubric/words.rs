//! Words and sentences of an answer, and of a pattern, which is read the same way.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::letters::{Letter, letters};

/// A word in its normalised form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    /// The bytes of the original it stands in.
    pub from: Range<usize>,
}

/// What a word may hold beside letters and digits, though not begin with: `c++`, `docker.sock`.
const INSIDE: [char; 5] = ['+', '#', '.', '/', '_'];
/// What is dropped at the end of a word.
const TRAILING: [char; 4] = ['.', '/', '_', '\''];

/// Reads a text as sentences of words; sentences without a word are left out.
///
/// A sentence ends at `.`, `!`, `?` or `;` before white space, and at a new line. Hyphens divide words, and
/// contractions are opened: `can't` is `can not`, `host's` is `host s`.
pub(super) fn sentences(text: &str) -> Vec<Vec<Word>> {
    let letters = letters(text);
    let (mut sentences, mut at) = (vec![Vec::new()], 0);
    while at < letters.len() {
        let end = word_end(&letters, at);
        if end > at {
            if let Some(sentence) = sentences.last_mut() {
                open(&letters[at..end], sentence);
            }
            at = end;
        } else {
            if ends_sentence(&letters, at) {
                sentences.push(Vec::new());
            }
            at += 1;
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Reads a text as words.
pub(super) fn words(text: &str) -> Vec<Word> {
    sentences(text).into_iter().flatten().collect()
}

/// Finds the end of the word that begins at `at`; `at` itself when none does.
fn word_end(letters: &[Letter], at: usize) -> usize {
    if !letters[at].c.is_alphanumeric() {
        return at;
    }
    let goes_on = |at: usize| match letters[at].c {
        '.' => letters.get(at + 1).is_none_or(|next| next.c != '.'),
        '\'' => true,
        c => c.is_alphanumeric() || INSIDE.contains(&c) || is_combining_mark(c),
    };
    let end = (at..letters.len()).find(|at| !goes_on(*at)).unwrap_or(letters.len());
    let trailing = letters[at..end].iter().rev().take_while(|letter| TRAILING.contains(&letter.c)).count();
    end - trailing
}

fn ends_sentence(letters: &[Letter], at: usize) -> bool {
    match letters[at].c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => true,
        '.' | '!' | '?' | ';' => letters.get(at + 1).is_none_or(|next| next.c.is_whitespace()),
        _ => false,
    }
}

/// Adds a word, its contractions opened.
fn open(word: &[Letter], sentence: &mut Vec<Word>) {
    let mut pieces = word.split(|letter| letter.c == '\'').map(trimmed).filter(|piece| !piece.is_empty()).peekable();
    while let Some(piece) = pieces.next() {
        let not = pieces.next_if(|next| matches!(next, [t] if t.c == 't') && negated(piece));
        match (not, piece.split_last()) {
            (Some([t]), Some((n, verb))) => {
                sentence.push(made(verb, |text| match text.as_str() {
                    "ca" => "can".to_owned(),
                    "wo" => "will".to_owned(),
                    "sha" => "shall".to_owned(),
                    _ => text,
                }));
                sentence.push(Word { text: "not".to_owned(), from: n.from.start..t.from.end });
            }
            _ => sentence.push(made(piece, |text| text)),
        }
    }
}

/// Tells whether a piece before `'t` is a verb and the `n` of `not`.
fn negated(piece: &[Letter]) -> bool {
    matches!(piece, [.., verb, n] if verb.c.is_alphabetic() && n.c == 'n')
}

fn trimmed(piece: &[Letter]) -> &[Letter] {
    let end = piece.iter().rposition(|letter| !TRAILING.contains(&letter.c)).map_or(0, |last| last + 1);
    let start = piece[..end].iter().position(|letter| letter.c.is_alphanumeric()).unwrap_or(end);
    &piece[start..end]
}

fn made(letters: &[Letter], written: impl Fn(String) -> String) -> Word {
    let start = letters.first().map_or(0, |letter| letter.from.start);
    let end = letters.last().map_or(start, |letter| letter.from.end);
    Word { text: written(letters.iter().map(|letter| letter.c).collect()), from: start..end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Writes sentences as they are read: words between spaces, sentences between bars.
    fn read(text: &str) -> String {
        let line = |sentence: &Vec<Word>| sentence.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        sentences(text).iter().map(line).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn words_and_sentences_are_found_as_the_rules_say() {
        let table = [
            ("The host’s kernel. It's shared!", "the host s kernel | it s shared"),
            (
                "I can't, won't, shan't and don't; you wouldn't've",
                "i can not will not shall not and do not | you would not ve",
            ),
            ("trade-off, work–load", "trade off work load"),
            ("C++ (or C#) reads /var/run/docker.sock.", "c++ or c# reads var/run/docker.sock"),
            ("mem_limit=512m; 6.8.0, e.g. v2", "mem_limit 512m | 6.8.0 e.g | v2"),
            ("one\ntwo\r\nthree", "one | two | three"),
            ("wait...next and so on... fine?!", "wait next and so on | fine"),
            ("a.b;c;d e", "a.b c d e"),
            ("`--privileged` **bold**", "privileged bold"),
            ("\u{1b}[31mred\u{1b}[0m", "31mred 0m"),
            ("容器共享内核。👩\u{200d}💻 ок", "容器共享内核 ок"),
            ("?! ... ' n't", "n t"),
            ("rock 'n' roll' s", "rock n roll s"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_word_knows_the_bytes_it_stands_in() {
        let text = "It isn’t café-like.";
        let found: Vec<&str> = words(text).iter().map(|word| &text[word.from.clone()]).collect();
        assert_eq!(found, ["It", "is", "n’t", "café", "like"]);
    }

    proptest! {
        #[test]
        fn words_stand_in_order_inside_the_text(text in "([a-c'’.;!?/_+ é漢\u{301}\n-]|\\PC){0,60}") {
            let mut before = 0;
            for word in words(&text) {
                prop_assert!(!word.text.is_empty() && text.get(word.from.clone()).is_some(), "{word:?}");
                prop_assert!(before <= word.from.start && word.from.start < word.from.end, "{word:?}");
                before = word.from.start;
            }
        }
    }
}

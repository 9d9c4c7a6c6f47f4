//! Patterns of key points and misconceptions: how they are written. `grade` searches answers with them.
//!
//! A pattern is one line. Its grammar, white space between the pieces:
//!
//! | piece | asks for |
//! |---|---|
//! | `kernel` | the word, as written or in another form (`kernels`) |
//! | `shar*` | a word that begins so |
//! | `guest_os` | adjacent words |
//! | `boot\|start*` | one of the alternatives, the first that is found counting as evidence |
//! | `!not\|never` | none of these in the sentence |
//! | `~8` | all that is asked for within eight words |
//!
//! All pieces must be found in one sentence, in any order. A line `/re/` is a regular expression instead.

use std::ops::Range;

use regex::Regex;
use serde::{Serialize, Serializer};

use super::pattern::{self, MAX_REGEX};
use super::{Context, FromNode, Node, Problem, Span, Text};

/// The longest pattern, in bytes; as long as a regular expression may be.
pub const MAX_KEY_PATTERN: usize = MAX_REGEX;
/// The most words that one pattern may ask for together.
pub const MAX_TERMS: usize = 16;
/// The longest stretch that `~` may name, in words.
pub const MAX_WITHIN: usize = 64;

/// What no answer can hold, or what means something in other pattern languages but nothing here.
const MEANINGLESS: [char; 11] = ['"', '(', ')', '[', ']', '{', '}', '?', '^', '\\', '*'];

/// One way to say a key point or a misconception.
///
/// ```
/// use grillme::deck::{KeyForm, KeyPattern};
/// let pattern = KeyPattern::parse("no|without guest_os !virtual* ~8").unwrap();
/// let KeyForm::Words(words) = pattern.form() else { panic!() };
/// assert_eq!((words.all.len(), words.without.len(), words.within), (2, 1, Some(8)));
/// let error = KeyPattern::parse("no || guest").unwrap_err();
/// assert_eq!((error.at, error.message.as_str()), (3..5, "an alternative is empty"));
/// ```
#[derive(Debug, Clone)]
pub struct KeyPattern {
    source: Text,
    form: KeyForm,
}

/// What a pattern asks for.
#[derive(Debug, Clone)]
pub enum KeyForm {
    /// Words in one sentence.
    Words(KeyWords),
    /// A regular expression over the normalised answer, blind to case, `^` and `$` at the ends of sentences.
    Regex(Regex),
}

/// Words that must stand, and words that must not stand, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWords {
    /// What must be found; never empty.
    pub all: Vec<Term>,
    /// What must not be found.
    pub without: Vec<Phrase>,
    /// How many words everything may span.
    pub within: Option<usize>,
}

/// One word to find, with its alternatives: `boot|start*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As the author wrote it.
    pub source: String,
    /// The alternatives in the order written; never empty.
    pub phrases: Vec<Phrase>,
}

/// Adjacent words: `guest_os`; mostly just one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As the author wrote it.
    pub source: String,
    /// The words as written, each with a letter or digit in it; never empty.
    pub words: Vec<PhraseWord>,
}

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseWord {
    /// As written, without the star.
    pub text: String,
    /// Whether it had a star: any word that begins so will do.
    pub is_prefix: bool,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct KeyPatternError {
    /// Which bytes of the pattern.
    pub at: Range<usize>,
    /// The rule's code.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: &'static str,
}

impl KeyPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The line is no pattern, or could never match, or would match nothing at all.
    pub fn parse(source: &str) -> Result<Self, KeyPatternError> {
        if source.len() > MAX_KEY_PATTERN {
            let message = format!("a pattern has at most {MAX_KEY_PATTERN} bytes");
            return Err(bad(0..source.len(), message, "split it into several patterns: one of them is enough"));
        }
        if let Some(at) = source.find(['\n', '\r']) {
            return Err(bad(at..at + 1, "a pattern is one line", "write the other line as a pattern of its own"));
        }
        let form = match source.trim().strip_prefix('/') {
            Some(rest) => KeyForm::Regex(parse_regex(source, rest)?),
            None => KeyForm::Words(parse_words(source)?),
        };
        Ok(Self { source: Text::new(source), form })
    }

    /// Gives the pattern as the author wrote it.
    pub fn source(&self) -> &Text {
        &self.source
    }

    /// Gives what it asks for.
    pub fn form(&self) -> &KeyForm {
        &self.form
    }
}

/// The source says it all.
impl PartialEq for KeyPattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for KeyPattern {}

impl Serialize for KeyPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(serializer)
    }
}

impl FromNode for KeyPattern {
    const EXPECTED: &'static str = "a pattern";
    const TEXT: bool = true;

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = Text::from_node(node, cx)?;
        match Self::parse(text.raw()) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let (first, last) = (error.at.start, error.at.end.saturating_sub(1).max(error.at.start));
                let span = Span { start: node.span_in_string(first).start, end: node.span_in_string(last).end };
                let rule = error.rule;
                let problem = Problem::error(rule, span, error.message);
                cx.report(if error.hint.is_empty() { problem } else { problem.hint(error.hint) });
                None
            }
        }
    }
}

fn bad(at: Range<usize>, message: impl Into<String>, hint: &'static str) -> KeyPatternError {
    KeyPatternError { at, rule: "bad-key-pattern", message: message.into(), hint }
}

fn parse_regex(source: &str, rest: &str) -> Result<Regex, KeyPatternError> {
    let start = source.len() - source.trim_start().len();
    let whole = start..source.trim_end().len();
    let Some(expression) = rest.strip_suffix('/').filter(|expression| !expression.is_empty()) else {
        let hint = "end it with `/`; a word of an answer never starts with one";
        return Err(bad(whole, "the regular expression has no end", hint));
    };
    let refuse = |message: String, hint| KeyPatternError { at: whole.clone(), rule: "bad-regex", message, hint };
    let regex = pattern::build_regex(expression, expression, true).map_err(|reason| refuse(reason, ""))?;
    if regex.is_match("") {
        let message = "the regular expression matches an empty answer".to_owned();
        return Err(refuse(message, "ask for at least one letter: `x+` in place of `x*`"));
    }
    Ok(regex)
}

fn parse_words(source: &str) -> Result<KeyWords, KeyPatternError> {
    let mut words = KeyWords { all: Vec::new(), without: Vec::new(), within: None };
    for piece in source.split_whitespace() {
        let at = piece.as_ptr() as usize - source.as_ptr() as usize;
        if let Some(rest) = piece.strip_prefix('!') {
            words.without.extend(parse_term(rest, at + 1)?.phrases);
        } else if let Some(rest) = piece.strip_prefix('~') {
            words.within = Some(parse_within(rest, at)?);
        } else {
            words.all.push(parse_term(piece, at)?);
        }
    }
    let whole = 0..source.len().max(1);
    match words.all.len() {
        0 if source.trim().is_empty() => {
            Err(bad(whole, "the pattern is empty", "write a word that an answer must hold"))
        }
        0 => Err(bad(whole, "the pattern does not say what must be found", "add a word without `!` or `~`")),
        n if n > MAX_TERMS => {
            let message = format!("the pattern asks for {n} words together; {MAX_TERMS} are the most");
            Err(bad(whole, message, "join alternatives with `|`, adjacent words with `_`"))
        }
        _ => Ok(words),
    }
}

fn parse_within(number: &str, at: usize) -> Result<usize, KeyPatternError> {
    let count = number.parse().ok().filter(|count| (2..=MAX_WITHIN).contains(count));
    let message = format!("`~` takes a number of words, from 2 to {MAX_WITHIN}");
    count.ok_or_else(|| bad(at..at + 1 + number.len(), message, "write `~8` for all within eight words"))
}

fn parse_term(source: &str, at: usize) -> Result<Term, KeyPatternError> {
    let (mut phrases, mut start) = (Vec::new(), at);
    for alternative in source.split('|') {
        if alternative.is_empty() {
            let hint = "put words on both sides of `|` and no space: a space means that both are wanted";
            let at = if source.is_empty() { at - 1..at } else { at..at + source.len() };
            return Err(bad(at, "an alternative is empty", hint));
        }
        phrases.push(parse_phrase(alternative, start)?);
        start += alternative.len() + 1;
    }
    Ok(Term { source: source.to_owned(), phrases })
}

fn parse_phrase(source: &str, at: usize) -> Result<Phrase, KeyPatternError> {
    if source.split('_').any(|word| word.trim_end_matches('*').is_empty()) {
        let hint = "write `guest_os` for adjacent words, `shar*` for a word that begins so";
        return Err(bad(at..at + source.len(), "a word is missing", hint));
    }
    let (mut words, mut start) = (Vec::new(), at);
    for word in source.split('_') {
        words.push(parse_word(word, start..start + word.len())?);
        start += word.len() + 1;
    }
    Ok(Phrase { source: source.to_owned(), words })
}

fn parse_word(word: &str, at: Range<usize>) -> Result<PhraseWord, KeyPatternError> {
    let (text, is_prefix) = word.strip_suffix('*').map_or((word, false), |text| (text, true));
    if let Some((inside, odd)) = text.char_indices().find(|(_, c)| MEANINGLESS.contains(c)) {
        let place = at.start + inside..at.start + inside + odd.len_utf8();
        let hint = match odd {
            '*' => "`*` stands at the end of a word: `shar*`",
            '"' => "write adjacent words as `guest_os`",
            _ => "leave it out, or write the whole line as `/regular expression/`",
        };
        return Err(bad(place, format!("`{odd}` means nothing here"), hint));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(bad(at, format!("`{text}` has no letter or digit, so no answer can hold it"), "leave it out"));
    }
    Ok(PhraseWord { text: text.to_owned(), is_prefix })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Writes what was understood, unlike what was written.
    fn understood(source: &str) -> String {
        let pattern = match KeyPattern::parse(source) {
            Ok(pattern) => pattern,
            Err(error) => return format!("{}: {}", &source[error.at], error.message),
        };
        let word = |word: &PhraseWord| format!("{}{}", word.text, if word.is_prefix { ".." } else { "" });
        let phrase = |phrase: &Phrase| phrase.words.iter().map(word).collect::<Vec<_>>().join(" ");
        let phrases = |all: &[Phrase]| all.iter().map(phrase).collect::<Vec<_>>().join(" or ");
        let KeyForm::Words(words) = pattern.form() else { return "regex".to_owned() };
        let mut parts: Vec<String> = words.all.iter().map(|term| phrases(&term.phrases)).collect();
        parts.extend((!words.without.is_empty()).then(|| format!("not {}", phrases(&words.without))));
        parts.extend(words.within.map(|n| format!("within {n}")));
        parts.join(" and ")
    }

    #[test]
    fn every_piece_of_the_grammar_is_understood() {
        let table = [
            ("kernel", "kernel"),
            ("  shar*|one   host_kernel ", "shar.. or one and host kernel"),
            (
                "virtual_machine*|vm !not|never !old_vm ~8",
                "virtual machine.. or vm and not not or never or old vm and within 8",
            ),
            ("c++ docker.sock 24/7 isn't multi-tenant", "c++ and docker.sock and 24/7 and isn't and multi-tenant"),
            ("/no (guest|second) os/", "regex"),
        ];
        for (source, expected) in table {
            assert_eq!(understood(source), expected, "{source:?}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused_at_its_place() {
        let table = [
            (" ", " : the pattern is empty"),
            ("!not ~4", "!not ~4: the pattern does not say what must be found"),
            ("boot | start", "|: an alternative is empty"),
            ("boot start|", "start|: an alternative is empty"),
            ("a guest__os", "guest__os: a word is missing"),
            ("vm ~", "~: `~` takes a number of words, from 2 to 64"),
            ("vm ~1", "~1: `~` takes a number of words, from 2 to 64"),
            ("vm !", "!: an alternative is empty"),
            ("a *", "*: a word is missing"),
            ("sh*re", "*: `*` means nothing here"),
            ("(vm|container)", "(: `(` means nothing here"),
            ("vm & container", "&: `&` has no letter or digit, so no answer can hold it"),
            ("/proc", "/proc: the regular expression has no end"),
            (" /(/", "/(/: unclosed group"),
            ("/x*/", "/x*/: the regular expression matches an empty answer"),
            ("a\nb", "\n: a pattern is one line"),
        ];
        for (source, expected) in table {
            assert_eq!(understood(source), expected, "{source:?}");
        }
        let long = "word ".repeat(17);
        assert_eq!(
            KeyPattern::parse(&long).unwrap_err().message,
            "the pattern asks for 17 words together; 16 are the most"
        );
        assert!(KeyPattern::parse(&"x".repeat(1025)).unwrap_err().message.contains("at most 1024 bytes"));
        assert_eq!(KeyPattern::parse(r"/\w{1000}/").unwrap_err().message, "the regular expression grows too large");
    }

    #[test]
    fn a_bad_pattern_is_a_problem_of_the_deck_with_its_place_and_remedy() {
        let (mut problems, json) = (Vec::new(), r#""\u0076m \"guest os\"""#);
        assert_eq!(KeyPattern::from_node(&Node::parse(json).unwrap(), &mut Context::new(0, &mut problems)), None);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.rule, &json[problem.span.start..problem.span.end]), ("bad-key-pattern", "\\\""));
        assert_eq!(problem.message, "`\"` means nothing here");
        assert_eq!(problem.hint.as_deref(), Some("write adjacent words as `guest_os`"));
    }

    proptest! {
        #[test]
        fn any_line_is_a_pattern_or_has_an_error_inside_it(source in "([a-c|_*!~ /0-9(é]|\\PC){0,24}") {
            if let Err(error) = KeyPattern::parse(&source) {
                prop_assert!(error.at.start <= error.at.end && error.at.end <= source.len().max(1), "{error:?}");
            }
        }
    }
}

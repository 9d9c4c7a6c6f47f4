//! Words of a text, as rules compare them.

use std::collections::BTreeSet;

/// Words that carry no meaning of their own.
const PLAIN: [&str; 48] = [
    "about", "after", "an", "and", "are", "as", "at", "be", "before", "by", "can", "could", "does", "for", "from",
    "has", "have", "how", "in", "is", "it", "its", "of", "on", "one", "or", "should", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "to", "what", "when", "where", "which", "while", "who", "why",
    "with", "would", "your",
];

/// Lists the words of a text in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '\''));
    split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Gives the runs of letters and digits in a text, in lower case.
pub(super) fn parts(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// Lists the words that carry meaning, cut to their first six letters so that forms of one word meet.
pub(super) fn telling(text: &str, least: usize) -> BTreeSet<String> {
    let telling =
        words(text).into_iter().filter(|word| word.chars().count() >= least && !PLAIN.contains(&word.as_str()));
    telling.map(|word| word.chars().take(6).collect()).collect()
}

/// Tells whether one of `phrases` stands in the text as whole words.
pub(super) fn has_phrase(text: &str, phrases: &[&str]) -> bool {
    let spaced = format!(" {} ", words(text).join(" "));
    phrases.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

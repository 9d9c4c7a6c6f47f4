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

/// Lists the words that carry meaning, cut to their first six letters so that forms of one word meet.
pub(super) fn telling(text: &str, least: usize) -> BTreeSet<String> {
    let telling =
        words(text).into_iter().filter(|word| word.chars().count() >= least && !PLAIN.contains(&word.as_str()));
    telling.map(|word| word.chars().take(6).collect()).collect()
}

/// Gives the share of meaningful words two texts have in common, 0 to 1 (Jaccard).
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (telling(a, 2), telling(b, 2));
    let (common, all) = (a.intersection(&b).count(), a.union(&b).count());
    #[allow(clippy::cast_precision_loss)]
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// Tells whether one of `phrases` stands in the text as whole words.
pub(super) fn has_phrase(text: &str, phrases: &[&str]) -> bool {
    let spaced = format!(" {} ", words(text).join(" "));
    phrases.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

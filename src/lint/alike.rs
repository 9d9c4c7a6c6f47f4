//! Finding texts that say nearly the same, among many.

use std::collections::{BTreeSet, HashMap};

use super::words::telling;

/// Lists the texts (second) of which an earlier one (first) says nearly the same: at least `share`, 0 to 1, of the
/// meaningful words of both are common (Jaccard). Of several earlier ones the first counts.
///
/// Two such texts have a word in common even among their rarest words, as many as they may differ in and one more
/// (prefix filter: Chaudhuri, Ganti, Kaushik 2006). So each text is compared with a few others only.
pub(super) fn twins(texts: &[&str], share: f64) -> Vec<(usize, usize)> {
    let sets: Vec<BTreeSet<String>> = texts.iter().map(|text| telling(text, 2)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    sets.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut twins = Vec::new();
    for (at, set) in sets.iter().enumerate() {
        let rarest = rarest(set, &counts, share);
        let before: BTreeSet<usize> = rarest.iter().filter_map(|word| holders.get(word)).flatten().copied().collect();
        twins.extend(before.into_iter().find(|other| likeness(&sets[*other], set) >= share).map(|other| (other, at)));
        rarest.into_iter().for_each(|word| holders.entry(word).or_default().push(at));
    }
    twins
}

fn rarest<'w>(set: &'w BTreeSet<String>, counts: &HashMap<&str, usize>, share: f64) -> Vec<&'w str> {
    let mut words: Vec<&str> = set.iter().map(String::as_str).collect();
    words.sort_by_key(|word| (counts.get(word), *word));
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let common = (share * words.len() as f64).ceil() as usize;
    words.truncate((words.len() + 1).saturating_sub(common));
    words
}

/// Gives the share of words that two sets have in common, 0 to 1.
fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let (common, all) = (a.intersection(b).count(), a.union(b).count());
    #[allow(clippy::cast_precision_loss)]
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_the_twin_of_the_first_that_says_nearly_the_same() {
        let texts = ["Which signal kills?", "What is a pod?", "Which signal kills it?", "the signal that kills", ""];
        assert_eq!(twins(&texts, 0.85), [(0, 2), (0, 3)]);
    }

    proptest! {
        #[test]
        fn no_twin_is_missed(texts in prop::collection::vec("([a-e]{2} ){0,6}", 0..12), share in 0.1..1.0) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let set = |at: usize| telling(texts[at], 2);
            let twin = |at: usize| (0..at).find(|other| likeness(&set(*other), &set(at)) >= share);
            let expected: Vec<_> = (0..texts.len()).filter_map(|at| Some((twin(at)?, at))).collect();
            prop_assert_eq!(twins(&texts, share), expected);
        }
    }
}

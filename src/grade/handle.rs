//! Names for what is listed in a question that say nothing of its place or its author's id.
//!
//! A deck's own ids can give the key away: `a` is often the right option, and `s1`, `s2`, `s3` is the order asked for.
//! A handle follows from the text alone, so it is the same in every exam and under every seed.

use std::collections::BTreeSet;

use crate::deck::{Id, Text};

/// No vowels, and nothing that is mistaken for another: no handle is a word.
const LETTERS: &[u8; 27] = b"bcdfghjkmnpqrstvwxz23456789";

/// Letters of a handle.
const LENGTH: usize = 4;

/// One thing that is listed: its author's id and its text.
pub type Listed<'d> = (&'d Id, &'d Text);

/// Gives places in a list in an order that does not depend on the author's: by text.
///
/// ```
/// use grillme::deck::Text;
/// use grillme::grade::handle::by_text;
/// assert_eq!(by_text(&[&Text::new("zinc"), &Text::new("iron")]), [1, 0]);
/// ```
pub fn by_text(texts: &[&Text]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|at| texts[*at].raw());
    order
}

/// Gives a handle for each thing, in the order of `listed`: four letters and digits, no two alike and none that is an id
/// of the list. In a sealed deck the ids are handles already, and stay.
pub fn handles(listed: &[Listed<'_>]) -> Vec<String> {
    let own = dealt(listed, BTreeSet::new());
    match own.iter().zip(listed).all(|(handle, (id, _))| handle == id.as_str()) {
        true => own,
        false => dealt(listed, listed.iter().map(|(id, _)| id.to_string()).collect()),
    }
}

/// Deals handles that are not taken.
fn dealt(listed: &[Listed<'_>], mut taken: BTreeSet<String>) -> Vec<String> {
    let mut handles = vec![String::new(); listed.len()];
    let texts: Vec<&Text> = listed.iter().map(|(_, text)| *text).collect();
    for at in by_text(&texts) {
        let mut number = crc32fast::hash(listed[at].1.raw().as_bytes());
        let handle = loop {
            let handle = written(number);
            if taken.insert(handle.clone()) {
                break handle;
            }
            number = number.wrapping_add(1);
        };
        handles[at] = handle;
    }
    handles
}

/// Finds the thing that is meant by an id or a handle.
pub(super) fn find<'d>(listed: &[Listed<'d>], name: &str) -> Option<&'d Id> {
    let by_id = listed.iter().find(|(id, _)| id.as_str() == name);
    let by_handle = || listed.iter().zip(handles(listed)).find(|(_, handle)| handle == name).map(|(one, _)| one);
    by_id.or_else(by_handle).map(|(id, _)| *id)
}

fn written(number: u32) -> String {
    let base = LETTERS.len() as u32;
    let digits = (0..LENGTH as u32).map(|place| number / base.pow(place) % base);
    digits.map(|digit| char::from(LETTERS[digit as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(texts: &[&str]) -> (Vec<Id>, Vec<Text>) {
        let ids = (0..texts.len()).map(|n| format!("s{n}").parse().unwrap()).collect();
        (ids, texts.iter().map(|text| Text::new(*text)).collect())
    }

    #[test]
    fn handles_follow_from_the_texts_and_not_from_their_order_or_ids() {
        let (ids, texts) = listed(&["pull", "create", "start"]);
        let forth: Vec<Listed<'_>> = ids.iter().zip(&texts).collect();
        let back: Vec<Listed<'_>> = ids.iter().zip(texts.iter().rev()).collect();
        let mut mirrored = handles(&back);
        mirrored.reverse();
        assert_eq!(handles(&forth), mirrored);
        assert_eq!(handles(&forth), ["7kqt", "wjs7", "s88r"]);
    }

    #[test]
    fn equal_texts_and_ids_that_look_like_handles_are_told_apart() {
        let (ids, texts) = listed(&["same", "same", "same"]);
        let all: Vec<Listed<'_>> = ids.iter().zip(&texts).collect();
        let first = handles(&all)[0].clone();
        assert_eq!(handles(&all).iter().collect::<BTreeSet<_>>().len(), 3);
        let id: Id = first.parse().unwrap();
        let clash: Vec<Listed<'_>> = vec![(&ids[0], &texts[0]), (&id, &texts[1])];
        assert!(!handles(&clash).contains(&first));
        assert_eq!(find(&clash, &first), Some(&id));
        assert_eq!(find(&clash, &handles(&clash)[0]), Some(&ids[0]));
        assert_eq!(find(&clash, "none"), None);
    }
}

//! Normalising: every letter of an answer the one way it is compared, with the bytes it was written in.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::grade::compare::keyboard;

/// One character of the normalised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    pub c: char,
    /// The bytes of the original it comes from; those of a whole grapheme, so that evidence never cuts one in two.
    pub from: Range<usize>,
}

/// Writes a text in NFKC and lower case, quotes and dashes as on a keyboard, invisible characters dropped.
///
/// Each grapheme is normalised by itself, which keeps the bytes it came from; no normalisation crosses graphemes but
/// for a few scripts that are rarely written with separate parts.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for (at, grapheme) in text.grapheme_indices(true) {
        let from = at..at + grapheme.len();
        if let [byte] = grapheme.as_bytes() {
            letters.push(Letter { c: char::from(byte.to_ascii_lowercase()), from });
        } else {
            let seen = grapheme.chars().filter(|c| !is_invisible(*c)).map(keyboard);
            let lower = seen.nfkc().flat_map(char::to_lowercase);
            letters.extend(lower.map(|c| Letter { c, from: from.clone() }));
        }
    }
    letters
}

/// Soft hyphens, zero-width characters, variation selectors: a word is the same word with them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same_and_knows_its_place() {
        let shown = |text: &str| letters(text).iter().map(|letter| letter.c).collect::<String>();
        assert_eq!(shown("Ｋernel’s “VM” ﬁt"), "kernel's \"vm\" fit");
        assert_eq!(shown("cafe\u{301} ker\u{ad}nel İ"), "café kernel i\u{307}");
        assert_eq!(letters("aﬁ")[2], Letter { c: 'i', from: 1..4 });
        assert_eq!(letters("e\u{301}"), [Letter { c: 'é', from: 0..3 }]);
    }
}

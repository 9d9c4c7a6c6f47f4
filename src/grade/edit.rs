//! One edit between two words: a letter inserted, deleted or replaced, or two neighbours swapped.

/// The fewest letters of a word in which one edit can be a slip.
pub(super) const SLIP_FROM: usize = 6;

/// Tells whether two words differ by exactly one edit (Damerau-Levenshtein distance 1).
pub(super) fn is_one_edit(a: &str, b: &str) -> bool {
    let start = common(a.chars(), b.chars());
    let (a, b) = (&a[start..], &b[start..]);
    let end = common(a.chars().rev(), b.chars().rev());
    let (mut a, mut b) = (a[..a.len() - end].chars(), b[..b.len() - end].chars());
    match ((a.next(), a.next(), a.next()), (b.next(), b.next(), b.next())) {
        ((Some(_), None, None), (None, None, None)) | ((None, None, None), (Some(_), None, None)) => true,
        ((Some(_), None, None), (Some(_), None, None)) => true,
        ((Some(v), Some(w), None), (Some(x), Some(y), None)) => v == y && w == x,
        _ => false,
    }
}

/// Gives the bytes of what two texts have in common from where they begin.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_edit_counts_once_and_two_are_too_many() {
        let table = [
            ("kernel", "kernal", true),
            ("kernel", "kernl", true),
            ("kernel", "kernels", true),
            ("kernel", "kenrel", true),
            ("kernel", "kernel", false),
            ("kernel", "kenrels", false),
            ("naïve", "naive", true),
            ("ab", "ba", true),
            ("", "a", true),
            ("abc", "cba", false),
        ];
        for (a, b, expected) in table {
            assert_eq!((is_one_edit(a, b), is_one_edit(b, a)), (expected, expected), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_general_distance(a in "[abcé]{0,6}", b in "[abcé]{0,6}") {
            // Restricted and unrestricted distances are the same as far as 1.
            prop_assert_eq!(is_one_edit(&a, &b), strsim::damerau_levenshtein(&a, &b) == 1);
        }
    }
}

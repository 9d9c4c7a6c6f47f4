//! Lines and columns.

/// A place in a file as editors name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

/// How far apart places are remembered, in bytes.
const STRIDE: usize = 1 << 16;

/// Finds places in one text. The text is read once, however many are asked for: a hostile deck can have a thousand
/// problems at the end of a line of 64 MiB.
#[derive(Debug, Clone)]
pub struct Places<'t> {
    text: &'t str,
    /// The place of every [`STRIDE`]th byte, or of the character that it is in.
    known: Vec<Place>,
}

impl<'t> Places<'t> {
    /// Reads a text.
    pub fn new(text: &'t str) -> Self {
        let (mut known, mut last, mut from) = (Vec::new(), Place { line: 1, column: 1 }, 0);
        for at in (0..=text.len()).step_by(STRIDE) {
            let at = floor(text, at);
            last = last.after(&text[from..at]);
            from = at;
            known.push(last);
        }
        Self { text, known }
    }

    /// Gives the text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Finds the line and column of a byte offset.
    ///
    /// ```
    /// use grillme::deck::{Place, Places};
    /// assert_eq!(Places::new("ab\ncd").at(4), Place { line: 2, column: 2 });
    /// ```
    pub fn at(&self, offset: usize) -> Place {
        let at = floor(self.text, offset);
        let nearest = at / STRIDE;
        let from = floor(self.text, nearest * STRIDE);
        self.known.get(nearest).map_or(Place { line: 1, column: 1 }, |known| known.after(&self.text[from..at]))
    }
}

impl Place {
    /// Gives the place after some more text.
    fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self { column: self.column + text.chars().count(), ..self },
            Some(end) => {
                Self { line: self.line + text.matches('\n').count(), column: text[end + 1..].chars().count() + 1 }
            }
        }
    }
}

/// Finds the line and column of one byte offset.
///
/// ```
/// use grillme::deck::{Place, place};
/// assert_eq!(place("ab\ncd", 4), Place { line: 2, column: 2 });
/// ```
pub fn place(text: &str, offset: usize) -> Place {
    Place { line: 1, column: 1 }.after(&text[..floor(text, offset)])
}

/// Gives the offset of the character that a byte is in, or the end of the text.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_beyond_the_first_stride_are_those_of_a_count_from_the_start() {
        let lines = "é\n".repeat(STRIDE) + &"ü漢".repeat(STRIDE);
        let places = Places::new(&lines);
        for at in (0..lines.len() + 9).step_by(997) {
            assert_eq!(places.at(at), place(&lines, at), "{at}");
        }
    }

    proptest! {
        #[test]
        fn a_place_is_the_number_of_newlines_and_of_characters_after_the_last(text in "[a\né漢👩]{0,40}", at in 0usize..200) {
            let at = floor(&text, at);
            let lines: Vec<&str> = text[..at].split('\n').collect();
            let expected = Place { line: lines.len(), column: lines.last().unwrap().chars().count() + 1 };
            prop_assert_eq!(place(&text, at), expected);
            prop_assert_eq!(Places::new(&text).at(at), expected);
        }
    }
}

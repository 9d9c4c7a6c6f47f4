//! The one way from untrusted text to a screen.

use crate::deck::{Text, forbidden};

/// Makes a deck's text safe to show, keeping its lines and tabs. See [`safe_str`].
pub fn safe(text: &Text) -> String {
    safe_str(text.raw())
}

/// Makes any text safe to show. What could drive a terminal or make it lie (controls but newline and tab, escape
/// sequences, bidirectional controls, misplaced zero-width characters) appears as `<U+001B>`.
///
/// ```
/// use grillme::render::safe_str;
/// assert_eq!(safe_str("a\u{1b}]0;title\u{7}b\n"), "a<U+001B>]0;title<U+0007>b\n");
/// ```
pub fn safe_str(text: &str) -> String {
    let mut shown = replaced(text);
    // A mark is allowed for the sake of its neighbour; when the neighbour itself was replaced, it no longer is.
    while forbidden(&shown).is_some() {
        shown = replaced(&shown);
    }
    shown
}

/// Makes a text safe and puts it on one line: each run of white space becomes one space.
///
/// ```
/// use grillme::{deck::Text, render::safe_line};
/// assert_eq!(safe_line(&Text::new(" two\n\tlines\r\n")), "two lines<U+000D>");
/// ```
pub fn safe_line(text: &Text) -> String {
    safe(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn replaced(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, c)) = forbidden(rest) {
        shown.push_str(&rest[..at]);
        shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        rest = &rest[at + c.len_utf8()..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_class_of_hostile_character_is_shown_and_inert() {
        let cases = [
            ("\u{1b}[31m", "<U+001B>[31m"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("\u{7}\u{8}\r\u{7f}", "<U+0007><U+0008><U+000D><U+007F>"),
            ("\u{202e}txt", "<U+202E>txt"),
            ("\u{2066}a\u{2069}", "<U+2066>a<U+2069>"),
            ("a\u{200b}b\u{feff}", "a<U+200B>b<U+FEFF>"),
            ("\u{200e}\u{061c}\u{180e}", "<U+200E><U+061C><U+180E>"),
            ("a\nb\tc é 漢 👩\u{200d}💻", "a\nb\tc é 漢 👩\u{200d}💻"),
        ];
        for (raw, shown) in cases {
            assert_eq!(safe_str(raw), shown);
        }
    }

    fn hostile() -> impl Strategy<Value = String> {
        let marks = "[\u{0}-\u{9f}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{631}]";
        proptest::collection::vec(prop_oneof![marks, any::<char>().prop_map(String::from)], 0..40)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn nothing_shown_is_forbidden_and_lines_stay(text in hostile()) {
            let shown = safe_str(&text);
            prop_assert_eq!(forbidden(&shown), None);
            prop_assert_eq!(shown.matches('\n').count(), text.matches('\n').count());
            prop_assert_eq!(safe_str(&shown), shown.clone());
            let line = safe_line(&Text::new(text));
            prop_assert_eq!(forbidden(&line), None);
            prop_assert!(!line.contains(['\n', '\t']));
        }
    }
}

//! A line being typed: what each key does to it, and the part of it that fits on one row.

use console::Key;
use unicode_segmentation::UnicodeSegmentation;

use crate::deck::forbidden;
use crate::render::width;

/// A line and the place in it where typing goes on.
#[derive(Debug, Default)]
pub(super) struct Edit {
    before: String,
    after: String,
}

/// What a key brought about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    Going,
    Done,
    Leave,
    Interrupt,
}

impl Edit {
    /// Takes a key: letters, arrows, Home, End, Backspace, Del, and the shell's Ctrl-U, -W, -K.
    pub(super) fn press(&mut self, key: Key) -> Pressed {
        match key {
            Key::Enter | Key::Char('\n' | '\r') => return Pressed::Done,
            Key::Escape => return Pressed::Leave,
            Key::Char('\u{4}') if self.before.is_empty() && self.after.is_empty() => return Pressed::Leave,
            Key::CtrlC | Key::Char('\u{3}' | '\u{1c}') => return Pressed::Interrupt,
            Key::Backspace => drop(take_last(&mut self.before)),
            Key::Del | Key::Char('\u{4}') => drop(take_first(&mut self.after)),
            Key::ArrowLeft => self.after.insert_str(0, &take_last(&mut self.before)),
            Key::ArrowRight => self.before.push_str(&take_first(&mut self.after)),
            Key::Home => self.after.insert_str(0, &std::mem::take(&mut self.before)),
            Key::End => self.before.push_str(&std::mem::take(&mut self.after)),
            Key::Char('\u{15}') => self.before.clear(),
            Key::Char('\u{b}') => self.after.clear(),
            Key::Char('\u{17}') => self.drop_word(),
            Key::Char(c) => self.insert(c),
            _ => {}
        }
        Pressed::Going
    }

    /// Gives what stands before the cursor.
    pub(super) fn before(&self) -> &str {
        &self.before
    }

    /// Gives what stands behind the cursor.
    pub(super) fn after(&self) -> &str {
        &self.after
    }

    /// Moves the cursor to a byte offset, which must be between two letters.
    pub(super) fn go_to(&mut self, at: usize) {
        let text = self.text();
        if text.is_char_boundary(at) {
            self.before = text[..at].to_owned();
            self.after = text[at..].to_owned();
        }
    }

    /// Takes out the bytes from `start` to `end`, and goes there.
    pub(super) fn cut(&mut self, start: usize, end: usize) {
        let text = self.text();
        if let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) {
            (self.before, self.after) = (before.to_owned(), after.to_owned());
        }
    }

    /// Gives the line.
    pub(super) fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// Gives the part of the line around the cursor that fits into `columns`, and the cursor's column in it.
    pub(super) fn window(&self, columns: usize) -> (String, usize) {
        let mut shown: Vec<&str> = Vec::new();
        let mut cursor = 0;
        for grapheme in self.before.graphemes(true).rev() {
            if cursor >= columns {
                break;
            }
            if cursor + width(grapheme) > columns.saturating_sub(1) {
                break;
            }
            cursor += width(grapheme);
            shown.push(grapheme);
        }
        shown.reverse();
        let mut used = cursor;
        for grapheme in self.after.graphemes(true) {
            used += width(grapheme);
            if used > columns {
                break;
            }
            shown.push(grapheme);
        }
        (shown.concat(), cursor)
    }

    /// Takes a letter; one that could make the terminal lie is left out.
    pub(super) fn insert(&mut self, c: char) {
        self.before.push(if c == '\t' { ' ' } else { c });
        if forbidden(&self.before).is_some() {
            self.before.pop();
        }
    }

    fn drop_word(&mut self) {
        let kept = self.before.trim_end();
        let end = kept.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        self.before.truncate(end);
    }
}

fn take_last(text: &mut String) -> String {
    let at = text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    text.split_off(at)
}

fn take_first(text: &mut String) -> String {
    let rest = text.graphemes(true).next().map_or(0, str::len);
    let kept = text.split_off(rest);
    std::mem::replace(text, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Edit {
        let mut edit = Edit::default();
        for c in text.chars() {
            assert_eq!(edit.press(Key::Char(c)), Pressed::Going);
        }
        edit
    }

    #[test]
    fn keys_edit_the_line_as_a_shell_does() {
        let mut edit = typed("docker ps");
        let keys = [Key::Char('\u{17}'), Key::Char('r'), Key::Char('n'), Key::ArrowLeft, Key::Char('u'), Key::End];
        keys.into_iter().for_each(|key| {
            edit.press(key);
        });
        assert_eq!(edit.text(), "docker run");
        [Key::Home, Key::Del, Key::Char('D'), Key::Char('\u{b}')].into_iter().for_each(|key| {
            edit.press(key);
        });
        assert_eq!(edit.text(), "D");
        [Key::Char('\u{15}'), Key::Char('👍'), Key::Char('🏽'), Key::Backspace].into_iter().for_each(|key| {
            edit.press(key);
        });
        assert_eq!((edit.text(), edit.press(Key::Char('\u{4}'))), (String::new(), Pressed::Leave));
    }

    #[test]
    fn hostile_letters_are_left_out() {
        assert_eq!(typed("a\u{202e}b\u{7}\tc\u{9b}").text(), "ab c");
    }

    #[test]
    fn the_window_follows_the_cursor() {
        let mut edit = typed("漢字漢字ab");
        assert_eq!(edit.window(20), ("漢字漢字ab".to_owned(), 10));
        assert_eq!(edit.window(6), ("字ab".to_owned(), 4));
        edit.press(Key::Home);
        assert_eq!(edit.window(5), ("漢字".to_owned(), 0));
    }
}

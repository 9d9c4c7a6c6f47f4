//! A text of several lines being written: what each key does to it, and how it is laid out on the screen.

use console::Key;
use unicode_segmentation::UnicodeSegmentation;

use super::edit::{Edit, Pressed};
use crate::render::width;

/// Ends the text when it stands alone on a line.
pub(super) const END: &str = ".";

/// A text and the place in it where writing goes on.
#[derive(Debug, Default)]
pub(super) struct Area {
    edit: Edit,
}

/// What a key brought about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrote {
    Going,
    Done,
    Leave,
    Interrupt,
    /// A line with nothing but a command; it is no longer in the text.
    Command(char),
}

/// The bytes of a text that stand on one row of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    start: usize,
    end: usize,
}

/// The rows to show, and where the cursor is among them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) rows: Vec<String>,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Area {
    /// Starts with a text, the cursor on a line of its own after it.
    pub(super) fn with(text: &str) -> Self {
        let mut area = Self::default();
        text.chars().for_each(|c| area.edit.insert(c));
        if !text.is_empty() && !text.ends_with('\n') {
            area.edit.insert('\n');
        }
        area
    }

    /// Gives the text.
    pub(super) fn text(&self) -> String {
        self.edit.text()
    }

    /// Takes a key; `columns` is the width that the arrows up and down go by.
    pub(super) fn press(&mut self, key: Key, columns: usize) -> Wrote {
        match key {
            Key::Enter | Key::Char('\n' | '\r') => return self.enter(),
            Key::Char('\u{4}') if self.edit.after().is_empty() && !self.text().trim().is_empty() => return Wrote::Done,
            Key::Home => self.edit.go_to(self.line_start()),
            Key::End => self.edit.go_to(self.line_end()),
            Key::ArrowUp => self.go_row(columns, -1),
            Key::ArrowDown => self.go_row(columns, 1),
            Key::Char('\u{15}') => self.edit.cut(self.line_start(), self.edit.before().len()),
            Key::Char('\u{b}') => self.edit.cut(self.edit.before().len(), self.line_end()),
            other => match self.edit.press(other) {
                Pressed::Going | Pressed::Done => {}
                Pressed::Leave => return Wrote::Leave,
                Pressed::Interrupt => return Wrote::Interrupt,
            },
        }
        Wrote::Going
    }

    /// A line with nothing but a dot ends the text, one with nothing but a command asks for it.
    fn enter(&mut self) -> Wrote {
        let (start, end) = (self.line_start(), self.line_end());
        let line = self.text()[start..end].trim().to_owned();
        let command = match line.as_str() {
            END => None,
            "?" => Some('?'),
            _ => match line.strip_prefix(':').map(|rest| (rest.chars().next(), rest.len())) {
                Some((Some(letter @ ('h' | 'u' | 'q' | 'e')), 1)) => Some(letter),
                _ => {
                    self.edit.insert('\n');
                    return Wrote::Going;
                }
            },
        };
        // The end takes the newline before it along; after a command, writing goes on on the fresh line.
        let from = if command.is_none() { start.saturating_sub(1) } else { start };
        self.edit.cut(from, end);
        command.map_or(Wrote::Done, Wrote::Command)
    }

    fn line_start(&self) -> usize {
        self.edit.before().rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let after = self.edit.after();
        self.edit.before().len() + after.find('\n').unwrap_or(after.len())
    }

    fn go_row(&mut self, columns: usize, by: isize) {
        let text = self.text();
        let rows = rows(&text, columns);
        let (row, column) = place(&text, &rows, self.edit.before().len());
        let Some(target) = row.checked_add_signed(by).and_then(|at| rows.get(at)) else { return };
        let mut used = 0;
        let mut at = target.start;
        for grapheme in text[target.start..target.end].graphemes(true) {
            if used + width(grapheme) > column {
                break;
            }
            used += width(grapheme);
            at += grapheme.len();
        }
        self.edit.go_to(at);
    }

    /// Lays the text out in rows of at most `columns`, and shows those `height` rows that hold the cursor.
    pub(super) fn layout(&self, columns: usize, height: usize) -> Layout {
        let text = self.text();
        let rows = rows(&text, columns);
        let (row, column) = place(&text, &rows, self.edit.before().len());
        let first = (row + 1).saturating_sub(height.max(1));
        let shown = rows.iter().skip(first).take(height.max(1));
        let rows = shown.map(|row| text[row.start..row.end].trim_end().to_owned()).collect();
        Layout { rows, row: row - first, column: column.min(columns) }
    }
}

/// Finds the row and the column of a byte offset.
fn place(text: &str, rows: &[Row], offset: usize) -> (usize, usize) {
    let row = rows.iter().rposition(|row| row.start <= offset).unwrap_or(0);
    let start = rows.get(row).map_or(0, |row| row.start);
    (row, width(&text[start..offset.max(start)]))
}

/// Breaks a text into rows of at most `columns`: behind a space where there is one, else within the word. Spaces at
/// the end of a row may hang over.
fn rows(text: &str, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut offset = 0;
    for line in text.split('\n') {
        let (mut start, mut used, mut fold) = (0, 0, None);
        for (at, grapheme) in line.grapheme_indices(true) {
            let space = grapheme.chars().all(char::is_whitespace);
            // Behind the fold, what is left of the word may still be too wide.
            while used + width(grapheme) > columns && !space && at > start {
                let end = fold.filter(|fold| *fold > start).unwrap_or(at);
                rows.push(Row { start: offset + start, end: offset + end });
                (start, used, fold) = (end, width(&line[end..at]), None);
            }
            used += width(grapheme);
            if space {
                fold = Some(at + grapheme.len());
            }
        }
        rows.push(Row { start: offset + start, end: offset + line.len() });
        offset += line.len() + 1;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(text: &str) -> Area {
        let mut area = Area::default();
        for c in text.chars() {
            assert_eq!(area.press(Key::Char(c), 40), Wrote::Going);
        }
        area
    }

    #[test]
    fn a_dot_alone_ends_the_text_and_is_not_part_of_it() {
        let mut area = typed("one. two.\n\nthree\n.");
        assert_eq!(area.press(Key::Enter, 40), Wrote::Done);
        assert_eq!(area.text(), "one. two.\n\nthree");
        assert_eq!(typed(".").press(Key::Enter, 40), Wrote::Done);
    }

    #[test]
    fn a_command_alone_on_a_line_is_taken_out_of_the_text() {
        let mut area = typed("so far\n:h");
        assert_eq!(area.press(Key::Enter, 40), Wrote::Command('h'));
        assert_eq!(area.text(), "so far\n");
        let mut prose = typed("a ratio of 3:h");
        assert_eq!(prose.press(Key::Enter, 40), Wrote::Going);
        assert_eq!(prose.text(), "a ratio of 3:h\n");
    }

    #[test]
    fn ctrl_d_ends_a_text_and_leaves_an_empty_one() {
        assert_eq!(typed("a").press(Key::Char('\u{4}'), 40), Wrote::Done);
        assert_eq!(typed("").press(Key::Char('\u{4}'), 40), Wrote::Leave);
    }

    #[test]
    fn arrows_keep_the_column_over_rows_and_lines() {
        let mut area = typed("a container shares\nthe kernel");
        area.press(Key::ArrowUp, 12);
        area.press(Key::Char('|'), 12);
        assert_eq!(area.text(), "a container shares|\nthe kernel");
        area.press(Key::Home, 12);
        area.press(Key::ArrowDown, 12);
        area.press(Key::Char('|'), 12);
        assert_eq!(area.text(), "a container |shares|\nthe kernel");
        area.press(Key::Char('\u{b}'), 12);
        area.press(Key::Char('\u{15}'), 12);
        assert_eq!(area.text(), "\nthe kernel");
    }

    #[test]
    fn rows_break_behind_spaces_and_the_window_follows_the_cursor() {
        let area = typed("容器 shares the kernel");
        assert_eq!(
            area.layout(12, 9),
            Layout { rows: vec!["容器 shares".into(), "the kernel".into()], row: 1, column: 10 }
        );
        assert_eq!(area.layout(12, 1), Layout { rows: vec!["the kernel".into()], row: 0, column: 10 });
    }

    proptest! {
        #[test]
        fn rows_hold_every_byte_once_and_fit(text in "([a-c 漢👍\n]){0,60}", columns in 4usize..30) {
            let rows = rows(&text, columns);
            let joined: String = rows.iter().map(|row| &text[row.start..row.end]).collect();
            prop_assert_eq!(joined, text.replace('\n', ""));
            for row in &rows {
                prop_assert!(width(text[row.start..row.end].trim_end()) <= columns);
            }
        }

        #[test]
        fn keys_never_panic_and_the_cursor_stays_in_the_text(keys in proptest::collection::vec(0usize..10, 0..60)) {
            let mut area = typed("one two\n漢字 three");
            let all = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight, Key::Home, Key::End, Key::Backspace,
                Key::Del, Key::Char('x'), Key::Char('\u{17}')];
            for key in keys {
                area.press(all[key].clone(), 9);
                let layout = area.layout(9, 3);
                prop_assert!(layout.row < layout.rows.len() && layout.column <= 9);
            }
        }
    }
}

//! Lines by display width: measuring, cutting, padding, wrapping.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Style;
use super::inline::{Face, Run};

/// Measures a text without escape sequences, in columns.
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Cuts a line to `columns`, its end replaced by `mark`, if it is wider.
///
/// ```
/// use grillme::render::cut;
/// assert_eq!(cut("容器 runtime", 6, "…"), "容器 …");
/// ```
pub fn cut(line: &str, columns: usize, mark: &str) -> String {
    if width(line) <= columns {
        return line.to_owned();
    }
    if width(mark) > columns {
        return ".".repeat(columns);
    }
    head(line, columns - width(mark)).0.to_owned() + mark
}

/// Pads a text with spaces to `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    text.to_owned() + &" ".repeat(columns.saturating_sub(width(text)))
}

/// Wraps plain text at `columns`; a word that does not fit on any line is broken.
///
/// ```
/// use grillme::render::wrap;
/// assert_eq!(wrap("one two three", 8), ["one two", "three"]);
/// ```
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    wrap_runs(&[Run::new(Face::Plain, text)], columns, &Style::plain(columns))
}

/// Splits off as much of a text as fits into `columns`, and at least one cluster.
pub(super) fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    match head(text, columns) {
        ("", rest) => rest.split_at(rest.graphemes(true).next().map_or(0, str::len)),
        fitting => fitting,
    }
}

/// Splits off as much of a text as fits into `columns`.
fn head(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Wraps runs of text, each with its face, at `columns`.
pub(super) fn wrap_runs(runs: &[Run], columns: usize, style: &Style) -> Vec<String> {
    let mut lines = vec![Line::default()];
    for word in words(runs) {
        place(&word, columns, &mut lines);
    }
    lines.iter().map(|line| line.written(style)).collect()
}

type Word = Vec<Run>;

#[derive(Default)]
struct Line {
    words: Vec<Word>,
    used: usize,
}

impl Line {
    fn push(&mut self, word: Word) {
        self.used += word_width(&word) + usize::from(!self.words.is_empty());
        self.words.push(word);
    }

    fn fits(&self, word: &Word, columns: usize) -> bool {
        self.used + usize::from(!self.words.is_empty()) + word_width(word) <= columns
    }

    /// Writes the line, neighbours of one face painted together, so that a bold phrase keeps bold spaces.
    fn written(&self, style: &Style) -> String {
        let spaces = iter::once(None).chain(iter::repeat(Some(Run::new(Face::Plain, " "))));
        let pieces = spaces.zip(&self.words).flat_map(|(space, word)| space.into_iter().chain(word.iter().cloned()));
        let mut merged: Vec<Run> = Vec::new();
        for piece in pieces {
            match merged.last_mut() {
                Some(last) if last.face == piece.face => last.text.push_str(&piece.text),
                _ => merged.push(piece),
            }
        }
        merged.iter().map(|run| run.face.paint(&run.text, style)).collect()
    }
}

fn word_width(word: &Word) -> usize {
    word.iter().map(|run| width(&run.text)).sum()
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for run in runs {
        for piece in run.text.split_inclusive(char::is_whitespace) {
            let text = piece.trim_end();
            if !text.is_empty() {
                let piece = Run::new(run.face, text);
                match words.last_mut() {
                    Some(word) if open => word.push(piece),
                    _ => words.push(vec![piece]),
                }
                open = true;
            }
            open = open && text.len() == piece.len();
        }
    }
    words
}

fn place(word: &Word, columns: usize, lines: &mut Vec<Line>) {
    if let Some(line) = lines.last_mut().filter(|line| line.fits(word, columns)) {
        return line.push(word.clone());
    }
    if lines.last().is_some_and(|line| !line.words.is_empty()) {
        lines.push(Line::default());
    }
    for part in broken(word, columns) {
        if let Some(line) = lines.last_mut().filter(|line| line.words.is_empty()) {
            line.push(part);
        } else {
            let mut line = Line::default();
            line.push(part);
            lines.push(line);
        }
    }
}

/// Breaks a word into parts of at most `columns`; a cluster wider than that stands alone.
fn broken(word: &Word, columns: usize) -> Vec<Word> {
    let mut parts: Vec<Word> = vec![Vec::new()];
    let mut used = 0;
    for run in word {
        for grapheme in run.text.graphemes(true) {
            if used > 0 && used + grapheme.width() > columns {
                parts.push(Vec::new());
                used = 0;
            }
            used += grapheme.width();
            if let Some(part) = parts.last_mut() {
                match part.last_mut() {
                    Some(last) if last.face == run.face => last.text.push_str(grapheme),
                    _ => part.push(Run::new(run.face, grapheme)),
                }
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wide_characters_count_two_columns_and_long_words_are_broken() {
        assert_eq!(wrap("容器容器容器 ok", 5), ["容器", "容器", "容器", "ok"]);
        assert_eq!(wrap("a verylongword b", 6), ["a", "verylo", "ngword", "b"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(cut("abcdef", 5, "..."), "ab...");
        assert_eq!(cut("abcdef", 2, "..."), "..");
        assert_eq!(pad("容", 4) + "|", "容  |");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-c é漢👍🏽 \n]{0,80}", columns in 4usize..30) {
            let lines = wrap(&text, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= columns || line.graphemes(true).count() == 1));
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}

//! How output looks: colours, marks, width.

/// The widest that prose is set, in columns.
pub const MAX_PROSE: usize = 88;

/// What the place that text goes to can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours and bold are written, as ANSI sequences.
    pub color: bool,
    /// Whether marks may be other than ASCII.
    pub unicode: bool,
    /// Whether marks, tables and drawings are given in words: screen readers, dumb terminals, pipes.
    pub plain: bool,
    /// Columns of the screen.
    pub width: usize,
}

impl Style {
    /// Makes a style without colours, in ASCII, with marks, tables and drawings in words.
    pub fn plain(width: usize) -> Self {
        Self { color: false, unicode: false, plain: true, width }
    }

    /// Gives the columns for prose: the screen's, at most [`MAX_PROSE`].
    pub fn prose_width(&self) -> usize {
        self.width.clamp(1, MAX_PROSE)
    }

    /// Gives the mark of a right answer; in plain mode a word.
    pub fn right(&self) -> &'static str {
        self.either_in_words("right:", self.either("✓", "ok"))
    }

    /// Gives the mark of a wrong answer; in plain mode a word.
    pub fn wrong(&self) -> &'static str {
        self.either_in_words("wrong:", self.either("✗", "x"))
    }

    /// Gives a word in plain mode, else a mark.
    pub fn either_in_words<'m>(&self, word: &'m str, mark: &'m str) -> &'m str {
        if self.plain { word } else { mark }
    }

    /// Gives the mark of what was cut.
    pub fn ellipsis(&self) -> &'static str {
        self.either("…", "...")
    }

    /// Gives the mark before an entry of a list.
    pub fn bullet(&self) -> &'static str {
        self.either("•", "-")
    }

    /// Gives the two columns that set off code and drawings.
    pub fn bar(&self) -> &'static str {
        self.either("│ ", "  ")
    }

    /// Gives the mark before the rest of a line of code that did not fit.
    pub fn goes_on(&self) -> &'static str {
        self.either("↳ ", "> ")
    }

    /// Writes bold.
    pub fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Writes faint.
    pub fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }

    /// Writes in italics.
    pub fn italic(&self, text: &str) -> String {
        self.paint("3", text)
    }

    /// Writes in green: right.
    pub fn green(&self, text: &str) -> String {
        self.paint("32", text)
    }

    /// Writes in red: wrong.
    pub fn red(&self, text: &str) -> String {
        self.paint("31", text)
    }

    /// Writes in yellow: nearly, or take note.
    pub fn yellow(&self, text: &str) -> String {
        self.paint("33", text)
    }

    /// Writes in cyan: code within prose.
    pub fn cyan(&self, text: &str) -> String {
        self.paint("36", text)
    }

    fn either(&self, rich: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { rich } else { ascii }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_and_unicode_everything_is_plain_ascii() {
        let plain = Style::plain(80);
        let all = [plain.right(), plain.wrong(), plain.ellipsis(), plain.bullet(), plain.bar(), &plain.red("no")];
        assert_eq!(all.join("|"), "right:|wrong:|...|-|  |no");
        let ascii = Style { plain: false, ..plain };
        assert_eq!([ascii.right(), ascii.wrong()], ["ok", "x"]);
    }

    #[test]
    fn colour_wraps_text_and_leaves_nothing_alone() {
        let rich = Style { color: true, unicode: true, plain: false, width: 200 };
        assert_eq!((rich.green("✓"), rich.bold("")), ("\u{1b}[32m✓\u{1b}[0m".to_owned(), String::new()));
        assert_eq!(rich.prose_width(), MAX_PROSE);
    }
}

//! A small Markdown: paragraphs, lists, fenced code, and the marks of `inline`.

use super::inline::runs;
use super::wrap::wrap_runs;
use super::{Style, cut};

/// Columns between tab stops.
const TAB: usize = 4;

/// Sets safe Markdown as lines. Prose is wrapped at the screen's width and at most 88 columns; fenced code is set
/// off, see [`verbatim`].
///
/// ```
/// use grillme::render::{Style, markdown};
/// let lines = markdown("Run it:\n```\nps -e\n```\n- **fast**", &Style::plain(80));
/// assert_eq!(lines, ["Run it:", "", "  ps -e", "", "- fast"]);
/// ```
pub fn markdown(text: &str, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    let mut before: Option<Block> = None;
    for block in blocks(text) {
        if before.as_ref().is_some_and(|before| !(before.is_entry() && block.is_entry())) {
            lines.push(String::new());
        }
        lines.extend(block.set(style));
        before = Some(block);
    }
    lines
}

/// Sets code or a log as lines: set off, as written. A line that is wider than the screen goes on below, behind a mark:
/// what it ends in may be what counts.
///
/// ```
/// use grillme::render::{Style, verbatim};
/// let set = verbatim("modprobe: ERROR: Operation not permitted", &Style::plain(24));
/// assert_eq!(set, ["  modprobe: ERROR:", "  > Operation not", "  > permitted"]);
/// ```
pub fn verbatim(body: &str, style: &Style) -> Vec<String> {
    let bar = style.dim(style.bar());
    let room = style.width.saturating_sub(2);
    body_lines(body).flat_map(|line| folded(&line, room, style)).map(|line| beside_bar(&bar, &line)).collect()
}

/// Sets a drawing as lines: set off, and cut at the screen's edge, so that its shape stays.
pub fn art(body: &str, style: &Style) -> Vec<String> {
    let bar = style.dim(style.bar());
    let set = |line: String| beside_bar(&bar, &cut(&line, style.width.saturating_sub(2), style.ellipsis()));
    body_lines(body).map(set).collect()
}

/// Tells whether a drawing fits on the screen as a whole.
pub(super) fn fits(body: &str, style: &Style) -> bool {
    body_lines(body).all(|line| super::width(&line) <= style.width.saturating_sub(2))
}

fn body_lines(body: &str) -> impl Iterator<Item = String> {
    body.trim_end_matches('\n').split('\n').map(expanded)
}

fn beside_bar(bar: &str, line: &str) -> String {
    if line.is_empty() { bar.trim_end().to_owned() } else { format!("{bar}{line}") }
}

/// Breaks a line where it has to, between words where it can. No character is lost but the spaces at a break.
fn folded(line: &str, columns: usize, style: &Style) -> Vec<String> {
    let mark = style.goes_on();
    let mut lines = Vec::new();
    let mut rest = line;
    loop {
        let lead = if lines.is_empty() { "" } else { mark };
        let room = columns.saturating_sub(super::width(lead)).max(1);
        let (first, after) = super::wrap::split_at_width(rest, room);
        if after.is_empty() {
            lines.push(format!("{lead}{first}"));
            return lines;
        }
        let space = first.rfind(' ').filter(|at| !first[..*at].trim().is_empty() && !after.starts_with(' '));
        let end = space.unwrap_or(first.len());
        lines.push(format!("{lead}{}", rest[..end].trim_end()));
        rest = rest[end..].trim_start_matches(' ');
    }
}

fn expanded(line: &str) -> String {
    let mut shown = String::new();
    let mut column = 0;
    for piece in line.split_inclusive('\t') {
        let text = piece.trim_end_matches('\t');
        shown.push_str(text);
        column += super::width(text);
        if text.len() < piece.len() {
            let blanks = TAB - column % TAB;
            shown.push_str(&" ".repeat(blanks));
            column += blanks;
        }
    }
    shown.trim_end().to_owned()
}

#[derive(Debug, PartialEq)]
enum Block {
    Prose(String),
    Entry { indent: usize, marker: String, text: String },
    Code(String),
}

impl Block {
    fn is_entry(&self) -> bool {
        matches!(self, Self::Entry { .. })
    }

    fn set(&self, style: &Style) -> Vec<String> {
        match self {
            Self::Prose(text) => wrap_runs(&runs(text, style), style.prose_width(), style),
            Self::Code(body) => verbatim(body, style),
            Self::Entry { indent, marker, text } => {
                let marker = if marker == "-" { style.bullet() } else { marker };
                // Two columns must be left for the text: that is how wide a character can be.
                let spare = style.prose_width().saturating_sub(super::width(marker) + 3);
                let indent = (*indent).min(style.prose_width() / 4).min(spare);
                let lead = format!("{}{marker} ", " ".repeat(indent));
                let room = style.prose_width().saturating_sub(super::width(&lead)).max(1);
                let lines = wrap_runs(&runs(text, style), room, style);
                let hang = " ".repeat(super::width(&lead));
                let lead = |at| if at == 0 { &lead } else { &hang };
                lines.iter().enumerate().map(|(at, line)| format!("{}{line}", lead(at))).collect()
            }
        }
    }

    /// Takes in a further line of the same block.
    fn grow(&mut self, line: &str) {
        if let Self::Prose(text) | Self::Entry { text, .. } = self {
            text.push('\n');
            text.push_str(line);
        }
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        let bare = line.trim();
        if let Some(fence) = fence(bare) {
            let body: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != fence).collect();
            blocks.push(Block::Code(body.join("\n")));
            open = false;
        } else if bare.is_empty() {
            open = false;
        } else if let Some(entry) = entry(line) {
            blocks.push(entry);
            open = true;
        } else if let Some(last) = blocks.last_mut().filter(|_| open) {
            last.grow(bare);
        } else {
            blocks.push(Block::Prose(bare.to_owned()));
            open = true;
        }
    }
    blocks
}

fn fence(bare: &str) -> Option<&str> {
    let ticks = bare.len() - bare.trim_start_matches('`').len();
    (ticks >= 3 && !bare[ticks..].contains('`')).then_some(&bare[..ticks])
}

/// Reads `- text`, `* text` or `12. text`.
fn entry(line: &str) -> Option<Block> {
    let bare = line.trim();
    let (marker, text) = bare.split_once(' ')?;
    let number = marker.strip_suffix('.').filter(|n| (1..=3).contains(&n.len()));
    let numbered = number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let marker = if matches!(marker, "-" | "*") { "-" } else { Some(marker).filter(|_| numbered)? };
    let indent = line.len() - line.trim_start().len();
    Some(Block::Entry { indent, marker: marker.to_owned(), text: text.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::width;
    use proptest::prelude::*;

    const RICH: Style = Style { color: false, unicode: true, plain: false, width: 24 };

    #[test]
    fn paragraphs_lists_and_code_are_set_and_wrapped() {
        let text = "A **container** is a\nprocess with `namespaces` around it.\n\n- one that is long enough to wrap\n  \
                    and goes on\n  - two\n10. ten\n\n```sh\ndocker run --rm -it alpine sh\n\n\tps\n```\nEnd.";
        let expected = [
            "A container is a process",
            "with `namespaces` around",
            "it.",
            "",
            "• one that is long",
            "  enough to wrap and",
            "  goes on",
            "  • two",
            "10. ten",
            "",
            "│ docker run --rm -it",
            "│ ↳ alpine sh",
            "│",
            "│     ps",
            "",
            "End.",
        ];
        assert_eq!(markdown(text, &RICH), expected);
    }

    #[test]
    fn colours_follow_the_words_over_a_line_break() {
        let style = Style { color: true, width: 6, ..RICH };
        assert_eq!(markdown("**ab cdefg**", &style), ["\u{1b}[1mab\u{1b}[0m", "\u{1b}[1mcdefg\u{1b}[0m"]);
    }

    #[test]
    fn a_fence_that_never_closes_runs_to_the_end() {
        assert_eq!(markdown("```\na\n\nb", &RICH), ["│ a", "│", "│ b"]);
    }

    #[test]
    fn a_drawing_keeps_its_shape_when_it_is_cut() {
        let style = Style { width: 10, ..RICH };
        let set = art("+--------+\n|  容器  |\n+--------+", &style);
        assert_eq!(set, ["│ +------…", "│ |  容器…", "│ +------…"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_screen(text in "([a-c`*\\[\\]()漢👍\t -]|1\\. |\n|```\n){0,60}", columns in 8usize..120) {
            let lines = markdown(&text, &Style { width: columns, ..RICH });
            prop_assert!(lines.iter().all(|line| width(line) <= columns), "{:?}", lines);
        }

        #[test]
        fn no_letter_of_code_is_lost_and_no_line_is_too_wide(line in "[a-c漢 ]{0,60}", columns in 8usize..40) {
            let style = Style { width: columns, ..RICH };
            let set = verbatim(&line, &style);
            prop_assert!(set.iter().all(|line| width(line) <= columns), "{:?}", set);
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&set.concat()), letters(&line));
        }

        #[test]
        fn no_letter_of_prose_is_lost(text in "([a-c*漢👍 -]|1\\. |\n){0,60}", columns in 8usize..120) {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric() || *c == '👍').collect::<String>();
            let lines = markdown(&text, &Style { width: columns, ..RICH });
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}

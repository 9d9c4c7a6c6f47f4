//! A small Markdown: paragraphs, lists, fenced code, and the marks of `inline`.

use super::inline::runs;
use super::wrap::wrap_runs;
use super::{Style, cut};

/// Columns between tab stops.
const TAB: usize = 4;

/// Sets safe Markdown as lines. Prose is wrapped at the screen's width and at most 88 columns; fenced code is set
/// off and never wrapped, its lines cut at the screen's edge.
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

/// Sets code or a drawing as lines: set off, never wrapped, cut at the screen's edge.
pub fn verbatim(body: &str, style: &Style) -> Vec<String> {
    let bar = style.dim(style.bar());
    let set = |line: &str| {
        let shown = cut(&expanded(line), style.width.saturating_sub(2), style.ellipsis());
        if shown.is_empty() { bar.trim_end().to_owned() } else { format!("{bar}{shown}") }
    };
    body.trim_end_matches('\n').split('\n').map(set).collect()
}

fn expanded(line: &str) -> String {
    let mut shown = String::new();
    for c in line.chars() {
        if c == '\t' {
            shown.push_str(&" ".repeat(TAB - super::width(&shown) % TAB));
        } else {
            shown.push(c);
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
                let lead = format!("{}{marker} ", " ".repeat((*indent).min(style.prose_width() / 4)));
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
            "│ docker run --rm -it a…",
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
        let set = verbatim("+--------+\n|  容器  |\n+--------+", &style);
        assert_eq!(set, ["│ +------…", "│ |  容器…", "│ +------…"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_screen(text in "([a-c`*\\[\\]()漢👍\t -]|1\\. |\n|```\n){0,60}", columns in 8usize..120) {
            let lines = markdown(&text, &Style { width: columns, ..RICH });
            prop_assert!(lines.iter().all(|line| width(line) <= columns), "{:?}", lines);
        }

        #[test]
        fn no_letter_of_prose_is_lost(text in "([a-c*漢👍 -]|1\\. |\n){0,60}", columns in 8usize..120) {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric() || *c == '👍').collect::<String>();
            let lines = markdown(&text, &Style { width: columns, ..RICH });
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}

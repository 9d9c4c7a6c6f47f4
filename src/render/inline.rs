//! Markdown within a line: code, strong, emphasis, links.

use super::Style;

/// How a run of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Plain,
    Strong,
    Emphasis,
    Code,
}

impl Face {
    /// Writes text in this face. Without colours the words alone remain, except that code keeps its backticks:
    /// where a command starts and ends matters.
    pub(super) fn paint(self, text: &str, style: &Style) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Strong => style.bold(text),
            Self::Emphasis => style.italic(text),
            Self::Code => style.cyan(text),
        }
    }
}

/// A run of text in one face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) face: Face,
    pub(super) text: String,
}

impl Run {
    pub(super) fn new(face: Face, text: &str) -> Self {
        Self { face, text: text.to_owned() }
    }
}

/// Cuts a paragraph into runs. What is not closed stays as written.
pub(super) fn runs(text: &str, style: &Style) -> Vec<Run> {
    let marks = Marks::of(text);
    let mut runs = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some((run, length)) = marked(text, at, plain.chars().next_back(), &marks, style) {
            if !plain.is_empty() {
                runs.push(Run { face: Face::Plain, text: std::mem::take(&mut plain) });
            }
            runs.push(run);
            at += length;
            continue;
        }
        let (shown, length) = literal(&text[at..], c);
        plain.push_str(shown);
        at += length;
    }
    if !plain.is_empty() {
        runs.push(Run { face: Face::Plain, text: plain });
    }
    runs
}

/// Takes what is no mark off a text that starts with `c`: a row of backticks, an escaped mark, or the one character.
/// Gives what is shown, and the bytes it was written in.
fn literal(text: &str, c: char) -> (&str, usize) {
    let escaped = text.strip_prefix('\\').filter(|rest| rest.starts_with(['*', '`', '[', '\\']));
    match (escaped, c) {
        (Some(rest), _) => (&rest[..1], 2),
        (None, '`') => (&text[..ticks(text)], ticks(text)),
        (None, c) => (&text[..c.len_utf8()], c.len_utf8()),
    }
}

fn ticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// Where marks can end, found once: looking anew at every mark that opens would take the square of the text's length.
struct Marks {
    /// Where a single star can close.
    one: Vec<usize>,
    /// Where a pair of stars can close.
    two: Vec<usize>,
    /// Where code or a link can begin, which emphasis does not hold.
    breaks: Vec<usize>,
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Self { one: Vec::new(), two: Vec::new(), breaks: Vec::new() };
        let mut at = 0;
        for piece in text.split_inclusive(['*', '`', '[']) {
            at += piece.len();
            if piece.ends_with(['`', '[']) {
                marks.breaks.push(at - 1);
            } else if piece.ends_with('*') && !text[at..].starts_with('*') {
                let stars = text[..at].bytes().rev().take(3).take_while(|byte| *byte == b'*').count();
                let before = text[..at - stars].chars().next_back();
                let closes =
                    before.is_some_and(|c| !c.is_whitespace()) && !text[at..].starts_with(char::is_alphanumeric);
                match stars {
                    1 if closes => marks.one.push(at - 1),
                    2 if closes => marks.two.push(at - 2),
                    _ => {}
                }
            }
        }
        marks
    }
}

/// Gives the first of some rising places that is not before `at`.
fn next(places: &[usize], at: usize) -> Option<usize> {
    places.get(places.partition_point(|place| *place < at)).copied()
}

/// Reads a marked run that starts at byte `at`; gives it with the bytes it took.
fn marked(text: &str, at: usize, before: Option<char>, marks: &Marks, style: &Style) -> Option<(Run, usize)> {
    match text.as_bytes().get(at)? {
        b'`' => code(&text[at..], style),
        b'*' => starred(text, at, "**", before, marks).or_else(|| starred(text, at, "*", before, marks)),
        b'[' => link(&text[at..]),
        _ => None,
    }
}

fn code(text: &str, style: &Style) -> Option<(Run, usize)> {
    let ticks = ticks(text);
    let fence = &text[..ticks];
    let length = text[ticks..].find(fence)?;
    let body = text[ticks..ticks + length].trim();
    if body.is_empty() {
        return None;
    }
    let shown = if style.color { body.to_owned() } else { format!("{fence}{body}{fence}") };
    Some((Run { face: Face::Code, text: shown }, length + 2 * ticks))
}

/// Reads `**strong**` or `*emphasis*`. A mark opens only after a non-letter and closes only before one, so that
/// `2*3*4` and `*.rs` stay as they are.
fn starred(text: &str, at: usize, mark: &str, before: Option<char>, marks: &Marks) -> Option<(Run, usize)> {
    let body = text[at..].strip_prefix(mark)?;
    let opens =
        body.starts_with(|c: char| !c.is_whitespace() && c != '*') && !before.is_some_and(char::is_alphanumeric);
    let (face, closers) = if mark.len() == 2 { (Face::Strong, &marks.two) } else { (Face::Emphasis, &marks.one) };
    let start = at + mark.len();
    let end = next(closers, start + 1).filter(|_| opens)?;
    let whole = next(&marks.breaks, start).is_none_or(|stop| stop > end);
    whole.then(|| (Run::new(face, &text[start..end]), end + mark.len() - at))
}

/// The longest address of a link, in bytes; what is longer is no link.
const MAX_ADDRESS: usize = 2_048;

/// Reads `[words](address)`, shown as `words (address)`.
fn link(text: &str) -> Option<(Run, usize)> {
    let text = text.strip_prefix('[')?;
    let words = &text[..text.find(['[', ']', '\n'])?];
    let rest = text[words.len()..].strip_prefix("](")?;
    let length = rest.find(')').filter(|length| *length <= MAX_ADDRESS)?;
    let address = &rest[..length];
    if words.is_empty() || address.contains(char::is_whitespace) {
        return None;
    }
    let shown = if words == address { words.to_owned() } else { format!("{words} ({address})") };
    Some((Run { face: Face::Plain, text: shown }, words.len() + address.len() + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faces(text: &str) -> Vec<(Face, String)> {
        runs(text, &Style::plain(80)).into_iter().map(|run| (run.face, run.text)).collect()
    }

    #[test]
    fn marks_become_faces() {
        let expected = [
            (Face::Plain, "A ".to_owned()),
            (Face::Strong, "namespace".to_owned()),
            (Face::Plain, " ".to_owned()),
            (Face::Emphasis, "hides".to_owned()),
            (Face::Plain, ", ".to_owned()),
            (Face::Code, "`ps`".to_owned()),
            (Face::Plain, " ".to_owned()),
            (Face::Plain, "shows (man:ps)".to_owned()),
        ];
        assert_eq!(faces("A **namespace** *hides*, `ps` [shows](man:ps)"), expected);
    }

    #[test]
    fn what_is_no_mark_stays_as_written() {
        for text in ["2*3*4", "*.rs and *.toml", "a * b * c", "`open", "**", "[1] [2](", "x[0](y z)", "****", "``"] {
            assert_eq!(faces(text), [(Face::Plain, text.to_owned())], "{text}");
        }
        assert_eq!(faces("\\*not\\*"), [(Face::Plain, "*not*".to_owned())]);
    }
}

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
    let mut runs = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((run, length)) = marked(rest, plain.chars().next_back(), style) {
            if !plain.is_empty() {
                runs.push(Run { face: Face::Plain, text: std::mem::take(&mut plain) });
            }
            runs.push(run);
            rest = &rest[length..];
            continue;
        }
        let escaped = rest.strip_prefix('\\').and_then(|r| r.chars().next()).filter(|c| "*`[\\".contains(*c));
        plain.push(escaped.unwrap_or(c));
        rest = &rest[c.len_utf8() + escaped.map_or(0, char::len_utf8)..];
    }
    if !plain.is_empty() {
        runs.push(Run { face: Face::Plain, text: plain });
    }
    runs
}

/// Reads a marked run at the start of a text; gives it with the bytes it took.
fn marked(text: &str, before: Option<char>, style: &Style) -> Option<(Run, usize)> {
    match text.as_bytes().first()? {
        b'`' => code(text, style),
        b'*' => starred(text, "**", Face::Strong, before).or_else(|| starred(text, "*", Face::Emphasis, before)),
        b'[' => link(text),
        _ => None,
    }
}

fn code(text: &str, style: &Style) -> Option<(Run, usize)> {
    let ticks = text.len() - text.trim_start_matches('`').len();
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
fn starred(text: &str, mark: &str, face: Face, before: Option<char>) -> Option<(Run, usize)> {
    let body = text.strip_prefix(mark)?;
    let opens =
        body.starts_with(|c: char| !c.is_whitespace() && c != '*') && !before.is_some_and(char::is_alphanumeric);
    let end = body.match_indices(mark).map(|(at, _)| at).find(|at| closes(body, *at, mark)).filter(|_| opens)?;
    let inner = &body[..end];
    (!inner.contains(['`', '['])).then(|| (Run::new(face, inner), end + 2 * mark.len()))
}

fn closes(body: &str, at: usize, mark: &str) -> bool {
    let after = body[at + mark.len()..].chars().next();
    let before = body[..at].chars().next_back();
    before.is_some_and(|c| !c.is_whitespace() && c != '*') && !after.is_some_and(|c| c.is_alphanumeric() || c == '*')
}

/// Reads `[words](address)`, shown as `words (address)`.
fn link(text: &str) -> Option<(Run, usize)> {
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    if words.is_empty() || words.contains(['[', ']', '\n']) || address.contains(char::is_whitespace) {
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

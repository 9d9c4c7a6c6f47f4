//! Text that a deck, a learner or a file name supplied: shown only by the one function that makes it safe.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Context, FromNode, Node, Problem};

/// The longest text a deck may hold, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;

/// Text from outside. It has no `Display`, so that it cannot reach a screen or a report by accident;
/// `render::safe` is the way out.
///
/// ```
/// use grillme::deck::Text;
/// let front = Text::new("What is a *namespace*?");
/// assert_eq!(front.raw(), "What is a *namespace*?");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Wraps a string as untrusted text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Gives the text as it was written. Never print this.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Tells whether there is nothing to read in it.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Finds the first character that no honest deck needs: controls other than newline and tab, bidirectional
/// overrides, and zero-width characters outside emoji sequences and the scripts that join with them.
/// Gives its byte offset and the character.
///
/// ```
/// use grillme::deck::forbidden;
/// assert_eq!(forbidden("plain\ttext\n"), None);
/// assert_eq!(forbidden("a\u{1b}[31m"), Some((1, '\u{1b}')));
/// assert_eq!(forbidden("👩\u{200d}💻"), None);
/// ```
pub fn forbidden(text: &str) -> Option<(usize, char)> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        if is_forbidden(c, before, text[at + c.len_utf8()..].chars().next()) {
            return Some((at, c));
        }
        before = Some(c);
    }
    None
}

/// Escapes what is forbidden ([`forbidden`]) in a JSON document as `\u001b`: it says the same, and drives no terminal.
///
/// ```
/// use grillme::deck::escape_json;
/// assert_eq!(escape_json("[\"a\u{9b}31m\"]".to_owned()), "[\"a\\u009b31m\"]");
/// ```
pub fn escape_json(json: String) -> String {
    let mut escaped = json;
    // A mark is allowed for the sake of its neighbour; when the neighbour itself was escaped, it no longer is.
    while forbidden(&escaped).is_some() {
        let (mut next, mut rest) = (String::with_capacity(escaped.len() + 16), escaped.as_str());
        while let Some((at, c)) = forbidden(rest) {
            next.push_str(&rest[..at]);
            next.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
            rest = &rest[at + c.len_utf8()..];
        }
        escaped = next + rest;
    }
    escaped
}

fn is_forbidden(c: char, before: Option<char>, after: Option<char>) -> bool {
    match c {
        '\n' | '\t' => false,
        c if c.is_control() => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => true,
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{00ad}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{180e}' | '\u{e0000}'..='\u{e007f}' => true,
        '\u{200e}' | '\u{200f}' | '\u{061c}' => !(joins(before) || joins(after)),
        '\u{200c}' => !joins(before),
        '\u{200d}' => !(joins(before) || before.is_some_and(is_pictograph)),
        _ => false,
    }
}

/// Scripts written from right to left or with joiners: Hebrew to Arabic, the Indic blocks to Khmer, Mongolian. The
/// marks that need such a neighbour are none themselves.
fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        !matches!(c, '\u{061c}' | '\u{180e}')
            && matches!(c, '\u{0590}'..='\u{08ff}' | '\u{0900}'..='\u{0dff}' | '\u{0f00}'..='\u{109f}'
            | '\u{1780}'..='\u{18af}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
    })
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

impl FromNode for Text {
    const EXPECTED: &'static str = "a text";
    const TEXT: bool = true;

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = String::from_node(node, cx)?;
        if text.len() > MAX_TEXT {
            let message = format!("text of {} bytes is longer than {MAX_TEXT}", text.len());
            cx.report(Problem::error("text-too-long", node.span(), message).hint("split it into several items"));
            return None;
        }
        if let Some((at, c)) = forbidden(&text) {
            let message = format!("text holds the character U+{:04X}, which is not allowed", u32::from(c));
            let hint = "remove it: control, bidirectional and zero-width characters can make a terminal lie";
            cx.report(Problem::error("forbidden-character", node.span_in_string(at), message).hint(hint));
            return None;
        }
        Some(Self(text))
    }
}

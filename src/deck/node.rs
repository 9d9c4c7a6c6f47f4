//! JSON with its places kept: a view of the text, opened level by level.
//!
//! serde_json does the parsing; a [`Node`] is the slice of the text that one value was written in, so its span is
//! exact, whatever the model later makes of it.

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Problem, Span, syntax};

/// How deep objects and arrays may nest.
pub const MAX_NESTING: usize = 64;

/// How many members an object may have.
pub(super) const MAX_MEMBERS: usize = 20_000;

/// One JSON value in its source text.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    text: &'a str,
    offset: usize,
}

/// What kind of JSON value a [`Node`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `{...}`
    Object,
    /// `[...]`
    Array,
    /// `"..."`
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`
    Null,
}

impl Shape {
    /// Names the shape with its article, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "a list",
            Self::String => "a text",
            Self::Number => "a number",
            Self::Bool => "true or false",
            Self::Null => "null",
        }
    }
}

impl<'a> Node<'a> {
    /// Opens a JSON text.
    ///
    /// # Errors
    /// One problem, at its place: a syntax error, a byte order mark, or nesting deeper than [`MAX_NESTING`].
    pub fn parse(text: &'a str) -> Result<Self, Problem> {
        if text.starts_with('\u{feff}') {
            let span = Span { start: 0, end: 3 };
            return Err(Problem::error("byte-order-mark", span, "the file starts with a byte order mark")
                .hint("save it as UTF-8 without BOM"));
        }
        check_nesting(text)?;
        let raw: &RawValue = serde_json::from_str(text).map_err(|e| syntax_problem(text, &e))?;
        Ok(Self::child(text, 0, raw))
    }

    /// Opens a slice of a text that was already found to be one JSON value starting at byte `offset`.
    ///
    /// # Errors
    /// As [`Node::parse`]; the problem's span is relative to the slice.
    pub fn parse_slice(slice: &'a str, offset: usize) -> Result<Self, Problem> {
        Self::parse(slice).map(|node| Self { text: node.text, offset: node.offset + offset })
    }

    fn child(parent: &'a str, offset: usize, raw: &'a RawValue) -> Self {
        let text = raw.get();
        Self { text, offset: offset + (text.as_ptr() as usize - parent.as_ptr() as usize) }
    }

    /// Gives the place of the value in its file.
    pub fn span(&self) -> Span {
        Span { start: self.offset, end: self.offset + self.text.len() }
    }

    /// Gives the JSON text of the value.
    pub fn json(&self) -> &'a str {
        self.text
    }

    /// Tells what kind of value it is.
    pub fn shape(&self) -> Shape {
        match self.text.as_bytes().first() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::Array,
            Some(b'"') => Shape::String,
            Some(b't' | b'f') => Shape::Bool,
            Some(b'n') => Shape::Null,
            _ => Shape::Number,
        }
    }

    /// Lists the members of an object, in order, doubled keys included; `None` if it is no object. Of an object with
    /// more than 20,000 members it lists one more than that, so that one too many is seen without holding them all.
    pub fn members(&self) -> Option<Vec<(Node<'a>, Node<'a>)>> {
        let mut parser = serde_json::Deserializer::from_str(self.text);
        let pairs = parser.deserialize_map(Members).ok()?;
        Some(pairs.into_iter().map(|(k, v)| (self.at(k), self.at(v))).collect())
    }

    /// Finds the member with a key, the first if there are several, and reads no further.
    fn member(&self, name: &str) -> Option<Node<'a>> {
        let mut found = None;
        let mut parser = serde_json::Deserializer::from_str(self.text);
        // Stopping early leaves the object unread, which the parser calls an error; the text was checked already.
        let _ = parser.deserialize_map(Member { object: *self, name, found: &mut found });
        found
    }

    /// Lists the elements of an array; `None` if it is no array.
    pub fn elements(&self) -> Option<Vec<Node<'a>>> {
        let raws: Vec<&RawValue> = serde_json::from_str(self.text).ok()?;
        Some(raws.into_iter().map(|raw| self.at(raw)).collect())
    }

    /// Hands the elements of an array to `each`, one at a time, until it returns false.
    pub fn each_element(&self, each: impl FnMut(Node<'a>) -> bool) {
        let mut parser = serde_json::Deserializer::from_str(self.text);
        // Stopping early leaves the array unread, which the parser calls an error; the text was checked already.
        let _ = parser.deserialize_seq(Elements { array: *self, each });
    }

    /// Counts the elements of an array, up to `most`; 0 if it is no array.
    pub fn count_up_to(&self, most: usize) -> usize {
        let mut count = 0;
        self.each_element(|_| {
            count += 1;
            count < most
        });
        count
    }

    /// Decodes a string; `None` if it is none, or escapes a lone surrogate.
    pub fn string(&self) -> Option<String> {
        match self.text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            // Most strings stand as they are; that much was checked when the text was opened.
            Some(plain) if !plain.contains('\\') => Some(plain.to_owned()),
            _ => serde_json::from_str(self.text).ok(),
        }
    }

    /// Reads a number; `None` if it is none or out of range.
    pub fn number(&self) -> Option<f64> {
        (self.shape() == Shape::Number).then(|| serde_json::from_str(self.text).ok()).flatten()
    }

    /// Reads `true` or `false`.
    pub fn boolean(&self) -> Option<bool> {
        serde_json::from_str(self.text).ok()
    }

    /// Finds a member of an object or an element of an array by a path such as `["options", "1", "text"]`.
    pub fn find<S: AsRef<str>>(&self, path: &[S]) -> Option<Node<'a>> {
        let Some((first, rest)) = path.split_first() else { return Some(*self) };
        let next = match self.shape() {
            Shape::Object => self.member(first.as_ref())?,
            _ => self.elements()?.into_iter().nth(first.as_ref().parse().ok()?)?,
        };
        next.find(rest)
    }

    /// Gives the place of the character at byte `at` of the decoded string, escapes counted.
    pub fn span_in_string(&self, at: usize) -> Span {
        let inner = self.text.get(1..).unwrap_or_default();
        let (mut raw, mut decoded) = (0, 0);
        while decoded < at && raw < inner.len() {
            let (read, made) = one_character(&inner[raw..]);
            raw += read;
            decoded += made;
        }
        let width = inner.get(raw..).map_or(1, |rest| one_character(rest).0.max(1));
        let start = self.offset + 1 + raw;
        Span { start, end: (start + width).min(self.span().end) }
    }

    fn at(&self, raw: &'a RawValue) -> Self {
        Self::child(self.text, self.offset, raw)
    }
}

/// Reads one character of a JSON string body: how many bytes it is written in, and how many it decodes to.
fn one_character(body: &str) -> (usize, usize) {
    let mut chars = body.chars();
    let Some(first) = chars.next() else { return (1, 1) };
    if first != '\\' {
        return (first.len_utf8(), first.len_utf8());
    }
    if chars.next() != Some('u') {
        return (2, 1);
    }
    let unit = body.get(2..6).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    if (0xd800..0xdc00).contains(&unit) { (12, 4) } else { (6, char::from_u32(unit).map_or(1, char::len_utf8)) }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while pairs.len() <= MAX_MEMBERS {
            let Some(pair) = map.next_entry()? else { return Ok(pairs) };
            pairs.push(pair);
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(pairs)
    }
}

struct Member<'a, 'f> {
    object: Node<'a>,
    name: &'f str,
    found: &'f mut Option<Node<'a>>,
}

impl<'de> Visitor<'de> for Member<'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry()? {
            if self.object.at(key).string().as_deref() == Some(self.name) {
                *self.found = Some(self.object.at(value));
                break;
            }
        }
        Ok(())
    }
}

struct Elements<'a, F> {
    array: Node<'a>,
    each: F,
}

impl<'de, F: FnMut(Node<'de>) -> bool> Visitor<'de> for Elements<'de, F> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        while let Some(raw) = seq.next_element()? {
            if !(self.each)(self.array.at(raw)) {
                break;
            }
        }
        Ok(())
    }
}

fn check_nesting(text: &str) -> Result<(), Problem> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > MAX_NESTING {
                    let message = format!("values nest deeper than {MAX_NESTING} levels");
                    return Err(Problem::error("nesting-too-deep", Span { start: at, end: at + 1 }, message));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn syntax_problem(text: &str, error: &serde_json::Error) -> Problem {
    let full = error.to_string();
    let message = full.rsplit_once(" at line ").map_or(full.as_str(), |(message, _)| message);
    syntax::problem(text, offset_of(text, error.line(), error.column()), message)
}

/// Turns serde_json's line and column (columns count bytes from 1; 0 means the end of the line before) into an offset.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

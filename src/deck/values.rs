//! Reading plain values and lists of them, and what to write in place of one of the wrong type.

use std::collections::BTreeMap;

use super::{Context, Fields, FromNode, MAX_ENTRIES, Node, Problem, Shape, Text};

/// The most characters of a value that a hint repeats.
pub(super) const MOST_SHOWN: usize = 40;

/// Reports that a value has the wrong type, with what to write in its place where that is clear.
pub(super) fn wrong_type(node: &Node<'_>, expected: Shape, cx: &mut Context<'_>) {
    wrong_type_with(node, expected, remedy(node, expected), cx);
}

/// Reports that a value has the wrong type, with a remedy of the caller's.
pub(super) fn wrong_type_with(node: &Node<'_>, expected: Shape, remedy: Option<String>, cx: &mut Context<'_>) {
    let message = format!("expected {}, found {}", expected.name(), node.shape().name());
    let problem = Problem::error("wrong-type", node.span(), message);
    cx.report(Problem { hint: remedy, ..problem });
}

/// Reports a `null`, which no field takes.
pub(super) fn null(node: &Node<'_>, expected: &str, remedy: impl Into<String>, cx: &mut Context<'_>) {
    let message = format!("expected {expected}, found null");
    cx.report(Problem::error("wrong-type", node.span(), message).hint(remedy));
}

fn remedy(node: &Node<'_>, expected: Shape) -> Option<String> {
    match (expected, node.shape()) {
        (_, Shape::Null) => Some("leave the field out".to_owned()),
        (Shape::String, Shape::Number | Shape::Bool) => Some(format!("write {}", quoted(node))),
        (Shape::Number | Shape::Bool, Shape::String) => {
            let inside = node.string()?.trim().to_ascii_lowercase();
            let fits = inside.len() <= MOST_SHOWN && Node::parse(&inside).is_ok_and(|node| node.shape() == expected);
            fits.then(|| format!("write {inside}"))
        }
        _ => None,
    }
}

/// Says how to make a list of what stands in its place; `of_texts` tells whether the list may hold texts.
fn listed(node: &Node<'_>, of_texts: bool) -> Option<String> {
    match node.shape() {
        Shape::String if of_texts => Some(format!("write [{}]", shortened(node.json()))),
        Shape::Number | Shape::Bool if of_texts => Some(format!("write [{}]", quoted(node))),
        Shape::Object if !of_texts => Some("put it between [ and ]".to_owned()),
        _ => remedy(node, Shape::Array),
    }
}

fn quoted(node: &Node<'_>) -> String {
    shortened(&format!("\"{}\"", node.json()))
}

/// Cuts a text in quotation marks that is longer than a hint should be.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}...\"", &text[..end]),
        None => text.to_owned(),
    }
}

impl FromNode for String {
    const EXPECTED: &'static str = "a text";
    const TEXT: bool = true;

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if node.shape() != Shape::String {
            wrong_type(node, Shape::String, cx);
            return None;
        }
        let text = node.string();
        if text.is_none() {
            cx.error("bad-string", node.span(), "the text escapes half a surrogate pair, which is no character");
        }
        text
    }
}

impl FromNode for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let value = node.boolean();
        if value.is_none() {
            wrong_type(node, Shape::Bool, cx);
        }
        value
    }
}

impl FromNode for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let value = node.number().filter(|n| n.is_finite());
        match value {
            None if node.shape() == Shape::Number => cx.error("bad-number", node.span(), "the number is out of range"),
            None => wrong_type(node, Shape::Number, cx),
            Some(_) => {}
        }
        value
    }
}

impl FromNode for u32 {
    const EXPECTED: &'static str = "a whole number";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let number = f64::from_node(node, cx)?;
        let whole = number.fract() == 0.0 && (0.0..=f64::from(Self::MAX)).contains(&number);
        if !whole {
            cx.error("bad-number", node.span(), "expected a whole number from 0 on");
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(number as Self)
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if node.shape() != Shape::Array {
            wrong_type_with(node, Shape::Array, listed(node, T::TEXT), cx);
            return None;
        }
        let (mut list, mut count) = (Self::new(), 0);
        node.each_element(|element| {
            count += 1;
            if count > MAX_ENTRIES {
                cx.error("too-many-items", element.span(), format!("a list holds at most {MAX_ENTRIES} entries"));
                return false;
            }
            match element.shape() {
                Shape::Null => null(&element, T::EXPECTED, "remove it", cx),
                _ => list.extend(T::from_node(&element, cx)),
            }
            !cx.is_full()
        });
        Some(list)
    }
}

/// An object used as a map with free keys.
impl<T: FromNode> FromNode for BTreeMap<String, T> {
    const EXPECTED: &'static str = "an object";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let fields = Fields::open(node, cx)?;
        // A name is shown like any text: the bounds of texts hold for it.
        let read = |(name, key, value): (String, Node<'_>, Node<'_>)| {
            let (named, value) = (Text::from_node(&key, cx), T::from_node(&value, cx));
            Some((name, named.and(value)?))
        };
        Some(fields.into_members().into_iter().filter_map(read).collect())
    }
}

/// Reads one of a few words; suggests the nearest.
pub(super) fn one_of<T: Copy>(
    node: &Node<'_>,
    words: &[(&'static str, T)],
    rule: &'static str,
    cx: &mut Context<'_>,
) -> Option<T> {
    let all = || format!("one of {}", words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "));
    if !matches!(node.shape(), Shape::String | Shape::Null) {
        wrong_type_with(node, Shape::String, Some(all()), cx);
        return None;
    }
    let written = String::from_node(node, cx)?;
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == written) {
        return Some(*value);
    }
    let near = words.iter().map(|(word, _)| (strsim::damerau_levenshtein(word, &written), *word)).min();
    let hint = match near {
        Some((distance, word)) if distance <= 2 => format!("did you mean `{word}`?"),
        _ => all(),
    };
    cx.report(Problem::error(rule, node.span(), format!("unknown value {written:?}")).hint(hint));
    None
}

//! What a typed answer is compared with.

use serde::Serialize;

use super::values::{MOST_SHOWN, wrong_type_with};
use super::{Context, Fields, FromNode, Node, Shape, Text};

/// The longest regular expression, in bytes.
pub const MAX_REGEX: usize = 1024;
/// The most memory a compiled regular expression may take, in bytes.
pub const REGEX_SIZE_LIMIT: usize = 1 << 20;
/// How deep a regular expression may nest.
pub const REGEX_NEST_LIMIT: u32 = 50;

/// One way to be right, or nearly right.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pattern {
    /// The same words, after the item's rules.
    Text(Text),
    /// A regular expression over the whole answer.
    Regex(Text),
    /// A number, give or take `tolerance`.
    Number {
        /// The number.
        value: f64,
        /// The largest difference that is still right, 0 or more.
        tolerance: f64,
    },
}

impl Pattern {
    /// Compiles a regular expression within the limits, anchored at both ends and blind to case.
    ///
    /// # Errors
    /// The expression is too long, nests too deep, grows too large, or is not valid.
    pub fn compile(expression: &str) -> Result<regex::Regex, String> {
        // Alone first: `a)|(b` is valid only between the anchors, and would step around them. To parse it is enough.
        check_length(expression)?;
        let parsed = regex_syntax::ParserBuilder::new().nest_limit(REGEX_NEST_LIMIT).build().parse(expression);
        parsed.map_err(|e| last_line(&e.to_string()))?;
        build_regex(expression, &format!("^(?:{expression})$"), false)
    }

    fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let text: Option<Text> = fields.optional("text", cx);
        let regex = fields.take("regex").and_then(|node| read_regex(&node, cx));
        let number: Option<f64> = fields.optional("number", cx);
        let tolerance: Option<(Node<'_>, f64)> = fields.optional_at("tolerance", cx);
        if let Some((node, tolerance)) = &tolerance {
            check_tolerance(node, *tolerance, number.is_some(), cx);
        }
        match (text, regex, number) {
            (Some(text), None, None) => Some(Self::Text(text)),
            (None, Some(regex), None) => Some(Self::Regex(regex)),
            (None, None, Some(value)) => {
                let tolerance = tolerance.map_or(0.0, |(_, tolerance)| tolerance);
                Some(Self::Number { value, tolerance })
            }
            (None, None, None) => None,
            _ => {
                cx.error("bad-pattern", fields.span(), "give one of `text`, `regex` and `number`");
                None
            }
        }
    }
}

fn check_tolerance(node: &Node<'_>, tolerance: f64, has_number: bool, cx: &mut Context<'_>) {
    if tolerance < 0.0 {
        cx.error("bad-number", node.span(), "`tolerance` is 0 or more");
    } else if !has_number {
        cx.error("bad-pattern", node.span(), "`tolerance` goes with `number`");
    }
}

/// Compiles a regular expression within the limits, blind to case; `written` is what the author wrote of it.
pub(super) fn build_regex(written: &str, expression: &str, multi_line: bool) -> Result<regex::Regex, String> {
    check_length(written)?;
    let built = regex::RegexBuilder::new(expression)
        .case_insensitive(true)
        .multi_line(multi_line)
        .size_limit(REGEX_SIZE_LIMIT)
        .dfa_size_limit(REGEX_SIZE_LIMIT)
        .nest_limit(REGEX_NEST_LIMIT)
        .build();
    built.map_err(|e| match e {
        regex::Error::CompiledTooBig(_) => "the regular expression grows too large".to_owned(),
        e => last_line(&e.to_string()),
    })
}

fn check_length(written: &str) -> Result<(), String> {
    if written.len() > MAX_REGEX {
        return Err(format!("a regular expression may have {MAX_REGEX} bytes"));
    }
    Ok(())
}

/// Gives what an error of a regular expression comes to; the lines before draw it.
fn last_line(error: &str) -> String {
    error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

fn read_regex(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Text> {
    let text = Text::from_node(node, cx)?;
    match Pattern::compile(text.raw()) {
        Ok(_) => Some(text),
        Err(reason) => {
            cx.error("bad-regex", node.span(), reason);
            None
        }
    }
}

/// An answer that is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Accepted {
    /// What to compare with.
    #[serde(flatten)]
    pub pattern: Pattern,
    /// Shown when it matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Text>,
}

impl FromNode for Accepted {
    const EXPECTED: &'static str = "an accepted answer";
    const TEXT: bool = true;

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if node.shape() == Shape::String {
            return Some(Self { pattern: Pattern::Text(Text::from_node(node, cx)?), feedback: None });
        }
        if node.shape() == Shape::Number {
            let number = node.json();
            let remedy =
                (number.len() <= MOST_SHOWN).then(|| format!("write \"{number}\" or {{\"number\": {number}}}"));
            wrong_type_with(node, Shape::String, remedy, cx);
            return None;
        }
        let mut fields = Fields::open(node, cx)?;
        let reported = Reported::now(cx);
        let pattern = Pattern::read(&mut fields, cx);
        let feedback = fields.optional("feedback", cx);
        fields.close(cx);
        if pattern.is_none() && !reported.more(cx) {
            cx.error("bad-pattern", node.span(), "give one of `text`, `regex` and `number`");
        }
        Some(Self { pattern: pattern?, feedback })
    }
}

/// An answer that is wrong in a way worth explaining.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Near {
    /// What to compare with.
    #[serde(flatten)]
    pub pattern: Pattern,
    /// Shown when it matched.
    pub feedback: Text,
}

impl FromNode for Near {
    const EXPECTED: &'static str = "a near miss";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let reported = Reported::now(cx);
        let pattern = Pattern::read(&mut fields, cx);
        let feedback = fields.required("feedback", cx);
        fields.close(cx);
        if pattern.is_none() && !reported.more(cx) {
            cx.error("bad-pattern", node.span(), "give one of `text`, `regex` and `number`");
        }
        Some(Self { pattern: pattern?, feedback: feedback? })
    }
}

/// How many problems there were, so that one mistake is not told twice.
struct Reported(usize);

impl Reported {
    fn now(cx: &Context<'_>) -> Self {
        Self(cx.count())
    }

    fn more(&self, cx: &Context<'_>) -> bool {
        cx.count() > self.0
    }
}

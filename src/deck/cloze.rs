//! Cloze deletions: `{{c1::answer::hint}}` holes in a text, one card for each number.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Context, Fields, Node, Problem, Text};

/// A text with holes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cloze {
    /// The text as written, holes included.
    pub text: Text,
    /// For a hole (`c1`), what else is right there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub accept: BTreeMap<String, Vec<Text>>,
    /// The text cut at its holes.
    #[serde(skip)]
    pub pieces: Vec<Piece>,
}

/// A stretch of a cloze text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain text.
    Plain(Text),
    /// A hole.
    Hole {
        /// The cloze number, from 1.
        number: u8,
        /// What belongs in it.
        answer: Text,
        /// What may be shown in it.
        hint: Option<Text>,
    },
}

/// What is wrong with a cloze text, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ClozeError {
    /// Byte offset in the text.
    pub at: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// Cuts a cloze text at its holes. Holes do not nest; a hole's number is 1 to 99; its answer is not empty.
///
/// # Errors
/// The first hole that is not closed, not numbered, or empty; or a text without holes.
///
/// ```
/// use grillme::deck::parse_cloze;
/// assert_eq!(parse_cloze("A {{c1::kernel::one word}} is shared.").unwrap().len(), 3);
/// assert!(parse_cloze("A {{c1:kernel}} is shared.").is_err());
/// ```
pub fn parse_cloze(text: &str) -> Result<Vec<Piece>, ClozeError> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{c") {
        let open = at + found;
        let Some(length) = text[open..].find("}}") else {
            return Err(ClozeError { at: open, reason: "the hole is not closed by `}}`" });
        };
        if found > 0 {
            pieces.push(Piece::Plain(Text::new(&text[at..open])));
        }
        pieces.push(hole(&text[open + 3..open + length]).map_err(|reason| ClozeError { at: open, reason })?);
        at = open + length + 2;
    }
    if at < text.len() {
        pieces.push(Piece::Plain(Text::new(&text[at..])));
    }
    if pieces.iter().any(|piece| matches!(piece, Piece::Hole { .. })) {
        return Ok(pieces);
    }
    Err(ClozeError { at: 0, reason: "the text has no hole" })
}

fn hole(body: &str) -> Result<Piece, &'static str> {
    let mut parts = body.splitn(3, "::");
    let digits = parts.next().filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let number = digits.and_then(|n| n.parse().ok()).filter(|n| (1..=99).contains(n));
    let number = number.ok_or("a hole starts with `{{c`, a number from 1 to 99, and `::`")?;
    let answer = parts.next().ok_or("a hole needs `::` and its answer")?;
    if answer.trim().is_empty() {
        return Err("the hole's answer is empty");
    }
    if answer.contains("{{") {
        return Err("a hole inside a hole");
    }
    Ok(Piece::Hole { number, answer: Text::new(answer), hint: parts.next().map(Text::new) })
}

impl Cloze {
    /// Lists the cloze numbers, each once, in rising order.
    pub fn numbers(&self) -> Vec<u8> {
        let mut numbers: Vec<u8> = self.pieces.iter().filter_map(Piece::number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Gives the text with every hole shown as `[...]`.
    pub fn with_holes(&self) -> String {
        self.written(|_, _, _| "[...]".to_owned())
    }

    /// Gives the text with each hole replaced by what `fill` makes of its number, answer and hint.
    pub fn written(&self, fill: impl Fn(u8, &Text, Option<&Text>) -> String) -> String {
        let write = |piece: &Piece| match piece {
            Piece::Plain(text) => text.raw().to_owned(),
            Piece::Hole { number, answer, hint } => fill(*number, answer, hint.as_ref()),
        };
        self.pieces.iter().map(write).collect()
    }

    /// Lists what is right in the holes of one number: the answer as written first, then what is accepted too.
    pub fn accepted(&self, number: u8) -> Vec<&Text> {
        self.answers(number).chain(self.accept.get(&format!("c{number}")).into_iter().flatten()).collect()
    }

    pub(super) fn read(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let accept: BTreeMap<String, Vec<Text>> = fields.optional("accept", cx).unwrap_or_default();
        let (node, text) = fields.required_at::<Text>("text", cx)?;
        let pieces = match parse_cloze(text.raw()) {
            Ok(pieces) => pieces,
            Err(e) => {
                let problem = Problem::error("bad-cloze", node.span_in_string(e.at), e.reason);
                cx.report(problem.hint("write holes as {{c1::answer}} or {{c1::answer::hint}}"));
                return None;
            }
        };
        let cloze = Self { text, accept, pieces };
        cloze.check_accept(fields, cx);
        cloze.check_answers(&node, cx);
        Some(cloze)
    }

    /// Holes of one number are asked once, so they have one answer.
    fn check_answers(&self, node: &Node<'_>, cx: &mut Context<'_>) {
        let same = |text: &Text| text.raw().trim().to_lowercase();
        for number in self.numbers() {
            let answers: Vec<&Text> = self.answers(number).collect();
            if let [first, rest @ ..] = answers.as_slice()
                && let Some(other) = rest.iter().find(|other| same(other) != same(first))
            {
                let message = format!("the holes c{number} have two answers, {:?} and {:?}", first.raw(), other.raw());
                let problem = Problem::error("unequal-holes", node.span(), message);
                cx.report(
                    problem.hint("number them apart, as c1 and c2; what else is right in a hole goes into `accept`"),
                );
            }
        }
    }

    fn answers(&self, number: u8) -> impl Iterator<Item = &Text> {
        self.pieces.iter().filter_map(move |piece| match piece {
            Piece::Hole { number: n, answer, .. } if *n == number => Some(answer),
            _ => None,
        })
    }

    fn check_accept(&self, fields: &Fields<'_>, cx: &mut Context<'_>) {
        let numbers: Vec<String> = self.numbers().iter().map(|n| format!("c{n}")).collect();
        for hole in self.accept.keys().filter(|hole| !numbers.contains(hole)) {
            let problem = Problem::error("unknown-hole", fields.span(), format!("`accept` names the hole {hole:?}"));
            cx.report(problem.hint(format!("the text has {}", numbers.join(", "))));
        }
    }
}

impl Piece {
    /// Gives the number of a hole.
    pub fn number(&self) -> Option<u8> {
        match self {
            Self::Plain(_) => None,
            Self::Hole { number, .. } => Some(*number),
        }
    }
}

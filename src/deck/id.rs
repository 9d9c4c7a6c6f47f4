//! Ids and card keys: the names that history hangs on.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::values::wrong_type_with;
use super::{Context, Fields, FromNode, Node, Problem, Shape};

/// The longest id, in characters.
pub const MAX_ID_LENGTH: usize = 64;

/// Names a deck, lesson, item, option or step: `[a-z0-9-]`, 1 to 64 characters.
///
/// ```
/// use grillme::deck::Id;
/// assert!("docker-vs-vm".parse::<Id>().is_ok());
/// assert!("Docker vs VM".parse::<Id>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(String);

/// Says why a string is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id is 1 to {MAX_ID_LENGTH} characters of a-z, 0-9 and '-'")]
pub struct BadId;

impl Id {
    /// Gives the id as text; it is plain ASCII and safe to show.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Id {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        let fits = (1..=MAX_ID_LENGTH).contains(&s.len());
        let plain = s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits && plain { Ok(Self(s.to_owned())) } else { Err(BadId) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromNode for Id {
    const EXPECTED: &'static str = "an id";
    const TEXT: bool = true;

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = String::from_node(node, cx)?;
        match text.parse() {
            Ok(id) => Some(id),
            Err(BadId) => {
                let hint = suggestion(&text).map_or_else(|| "pick a short name".to_owned(), |s| format!("try `{s}`"));
                cx.report(Problem::error("bad-id", node.span(), BadId.to_string()).hint(hint));
                None
            }
        }
    }
}

/// Reads the references of an item or a block of theory: ids of the deck's sources.
pub(super) fn read_refs(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Vec<Id> {
    fields.list::<Ref>("refs", cx).into_iter().map(|Ref(id)| id).collect()
}

/// The id of a source, where a first-time author writes the source itself.
struct Ref(Id);

impl FromNode for Ref {
    const EXPECTED: &'static str = "the id of a source";
    const TEXT: bool = true;

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let remedy = "name the source in the deck's `sources`, and write here the id that it has there";
        if node.shape() == Shape::Object {
            wrong_type_with(node, Shape::String, Some(remedy.to_owned()), cx);
            return None;
        }
        if node.string().is_some_and(|text| is_address(&text)) {
            let message = "a source is referred to by its id, not by its address";
            cx.report(Problem::error("bad-id", node.span(), message).hint(remedy));
            return None;
        }
        Id::from_node(node, cx).map(Self)
    }
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("www.") || text.starts_with("man:")
}

fn suggestion(text: &str) -> Option<String> {
    let plain: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|w| !w.is_empty()).collect();
    let joined: String = words.join("-").chars().take(MAX_ID_LENGTH).collect();
    (!joined.is_empty()).then_some(joined)
}

/// Names one item in one deck: `deck/item`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// The deck's id.
    pub deck: Id,
    /// The item's id.
    pub item: Id,
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.deck, self.item)
    }
}

/// Names the schedulable part of an item: the whole, a reversed side, or one cloze number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The item as a whole.
    Whole,
    /// The reversed side of a flash card: `#r`.
    Reverse,
    /// One cloze number: `#c1`.
    Cloze(u8),
}

impl Part {
    /// Gives what follows `#` in a card key; empty for the whole item.
    pub fn suffix(self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Reverse => "r".to_owned(),
            Self::Cloze(n) => format!("c{n}"),
        }
    }

    /// Reads what follows `#` in a card key.
    pub fn from_suffix(s: &str) -> Option<Self> {
        match s {
            "" => Some(Self::Whole),
            "r" => Some(Self::Reverse),
            _ => s.strip_prefix('c')?.parse().ok().filter(|n| *n > 0).map(Self::Cloze),
        }
    }
}

/// Names one card: `deck/item`, or `deck/item#part`.
///
/// ```
/// use grillme::deck::CardKey;
/// let key: CardKey = "docker/cgroups-limit#r".parse().unwrap();
/// assert_eq!(key.to_string(), "docker/cgroups-limit#r");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardKey {
    /// The item the card belongs to.
    pub item: ItemKey,
    /// Which part of it.
    pub part: Part,
}

impl fmt::Display for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Whole => write!(f, "{}", self.item),
            part => write!(f, "{}#{}", self.item, part.suffix()),
        }
    }
}

impl FromStr for CardKey {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        let (deck, rest) = s.split_once('/').ok_or(BadId)?;
        let (item, part) = match rest.split_once('#') {
            Some((_, "")) => return Err(BadId),
            Some((item, part)) => (item, Part::from_suffix(part).ok_or(BadId)?),
            None => (rest, Part::Whole),
        };
        Ok(Self { item: ItemKey { deck: deck.parse()?, item: item.parse()? }, part })
    }
}

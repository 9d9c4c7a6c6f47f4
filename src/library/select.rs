//! What a learner selects: a deck, a part of it, and filters.

use std::path::{Path, PathBuf};

use super::catalog::origin_at;
use super::check::nearest;
use super::read::is_deck_folder;
use super::{Catalog, Origin};
use crate::deck::{CardKey, Deck, Id, Item, ItemKey, KindName, Lesson, Part, Tier};

/// A selector as it was written, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// Which deck.
    pub deck: DeckRef,
    /// A lesson, item or card of it, as written.
    pub rest: Option<String>,
}

/// How a selector names a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeckRef {
    /// By its id, as written.
    Id(String),
    /// By its path.
    Path(PathBuf),
}

/// A deck that was selected, not loaded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where the deck is.
    pub origin: Origin,
    /// What of it was named; [`narrow`] finds it in the loaded deck.
    pub rest: Option<Rest>,
}

/// The part of a selector behind the deck: a lesson or an item, or one card of an item, as in `limits#c1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The lesson's or the item's id.
    pub id: Id,
    /// Which card of the item, where only one is meant.
    pub card: Option<Part>,
}

/// Why a selector selects nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// No deck has that id.
    #[error("there is no deck {name:?}")]
    UnknownDeck {
        /// The id as written.
        name: String,
        /// The id that was probably meant.
        near: Option<String>,
        /// The ids there are.
        known: Vec<String>,
    },
    /// Nothing is at that path.
    #[error("there is no deck at {}", path.display())]
    UnknownPath {
        /// The path as written.
        path: PathBuf,
    },
    /// The deck has no such lesson or item.
    #[error("the deck {deck} has no lesson or item {name:?}")]
    UnknownPart {
        /// The deck's id, or its path.
        deck: String,
        /// The id as written.
        name: String,
        /// The id that was probably meant.
        near: Option<String>,
    },
    /// The item has no such card.
    #[error("{item} has no card #{}", card.suffix())]
    UnknownCard {
        /// The item, as `deck/item`.
        item: String,
        /// The card that was named.
        card: Part,
        /// The cards there are, as `deck/item#c1`.
        known: Vec<String>,
    },
}

impl Selector {
    /// Takes a selector apart by its looks alone: what starts with `.`, `/` or `~`, or ends in `.json`, is a path.
    ///
    /// ```
    /// use grillme::library::{DeckRef, Selector};
    /// let selector = Selector::parse("docker/docker-vs-vm");
    /// assert_eq!(selector.deck, DeckRef::Id("docker".to_owned()));
    /// assert_eq!(selector.rest.as_deref(), Some("docker-vs-vm"));
    /// assert_eq!(Selector::parse("./my.json").deck, DeckRef::Path("./my.json".into()));
    /// ```
    pub fn parse(written: &str) -> Self {
        if written.starts_with(['.', '/', '~']) || written.ends_with(".json") || Path::new(written).is_absolute() {
            return Self { deck: DeckRef::Path(written.into()), rest: None };
        }
        match written.split_once('/') {
            Some((deck, rest)) if !rest.is_empty() => {
                Self { deck: DeckRef::Id(deck.to_owned()), rest: Some(rest.to_owned()) }
            }
            _ => Self { deck: DeckRef::Id(written.trim_end_matches('/').to_owned()), rest: None },
        }
    }
}

/// Finds the deck that a selector names. An id wins over a folder of that name in the current folder; `./name` is
/// always the folder.
///
/// # Errors
/// No such deck, with the nearest id; nothing at the path; or a part that cannot be an id.
pub fn resolve(catalog: &Catalog, written: &str) -> Result<Target, SelectError> {
    let Selector { deck, rest } = Selector::parse(written);
    let name = match deck {
        DeckRef::Path(path) => return resolve_path(path),
        DeckRef::Id(name) => name,
    };
    if let Some(entry) = catalog.get(&name) {
        let rest = rest.map(|rest| part(&name, rest)).transpose()?;
        return Ok(Target { origin: entry.origin.clone(), rest });
    }
    match resolve_path(PathBuf::from(written)) {
        Ok(target) if is_deck(&target.origin) => Ok(target),
        _ => Err(unknown_deck(catalog, name)),
    }
}

/// Resolves a path to a deck; past the deck, the last part may name a lesson or item.
fn resolve_path(path: PathBuf) -> Result<Target, SelectError> {
    if path.exists() {
        return Ok(Target { origin: origin_at(&path), rest: None });
    }
    let deck = path.parent().filter(|deck| is_deck_folder(deck) || deck.is_file());
    match (deck, path.file_name().and_then(|name| name.to_str())) {
        (Some(deck), Some(name)) => {
            let rest = Some(part(&deck.display().to_string(), name.to_owned())?);
            Ok(Target { origin: origin_at(deck), rest })
        }
        _ => Err(SelectError::UnknownPath { path }),
    }
}

fn is_deck(origin: &Origin) -> bool {
    match origin {
        Origin::Bundled(_) => true,
        Origin::Path(path) => is_deck_folder(path) || path.extension().is_some_and(|e| e == "json"),
    }
}

fn part(deck: &str, name: String) -> Result<Rest, SelectError> {
    let read = |name: &str| {
        let (id, card) = match name.split_once('#') {
            Some((id, suffix)) => (id, Some(Part::from_suffix(suffix).filter(|_| !suffix.is_empty())?)),
            None => (name, None),
        };
        Some(Rest { id: id.parse().ok()?, card })
    };
    read(&name).ok_or_else(|| SelectError::UnknownPart { deck: deck.to_owned(), name, near: None })
}

fn unknown_deck(catalog: &Catalog, name: String) -> SelectError {
    let known: Vec<String> = catalog.entries().iter().map(|entry| entry.id.to_string()).collect();
    let near = nearest(&name.to_lowercase(), known.iter().map(String::as_str)).map(str::to_owned);
    SelectError::UnknownDeck { name, near, known }
}

/// The part of a deck that a selector names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Narrowed<'d> {
    /// A lesson.
    Lesson(&'d Lesson),
    /// An item, and the lesson it is in.
    Item(&'d Lesson, &'d Item),
}

/// Finds what is named of a deck. A lesson wins over an item of the same id, unless one card is meant; a retired item
/// stands for the one that took over its history.
///
/// # Errors
/// The deck has neither lesson nor item of the id, and the nearest id is given; or the item has no such card.
pub fn narrow<'d>(deck: &'d Deck, rest: &Rest) -> Result<Narrowed<'d>, SelectError> {
    let Rest { id, card } = rest;
    if let Some(lesson) = deck.lessons.iter().find(|lesson| lesson.id == *id && card.is_none()) {
        return Ok(Narrowed::Lesson(lesson));
    }
    if let Some((lesson, item)) = deck.item(id.as_str()).or_else(|| heir(deck, id)) {
        return match card.filter(|card| !item.parts().contains(card)) {
            Some(card) => Err(unknown_card(deck, item, card)),
            None => Ok(Narrowed::Item(lesson, item)),
        };
    }
    let ids = deck.lessons.iter().map(|lesson| &lesson.id).chain(deck.items().map(|(_, item)| &item.id));
    let near = nearest(id.as_str(), ids.map(Id::as_str)).map(str::to_owned);
    Err(SelectError::UnknownPart { deck: deck.head.id.to_string(), name: id.to_string(), near })
}

/// Finds the item that took over from a retired one, in the end. Chains are followed, circles are not.
fn heir<'d>(deck: &'d Deck, id: &Id) -> Option<(&'d Lesson, &'d Item)> {
    let next = |id: &Id| deck.head.retired.iter().find(|old| old.id == *id)?.replaced_by.as_ref();
    let chain = std::iter::successors(next(id), |id| next(id)).take(deck.head.retired.len());
    chain.last().and_then(|id| deck.item(id.as_str()))
}

fn unknown_card(deck: &Deck, item: &Item, card: Part) -> SelectError {
    let item_key = ItemKey { deck: deck.head.id.clone(), item: item.id.clone() };
    let key = |part: &Part| CardKey { item: item_key.clone(), part: *part }.to_string();
    SelectError::UnknownCard { item: item_key.to_string(), card, known: item.parts().iter().map(key).collect() }
}

/// Which items are wanted: all lists that are not empty must hold the item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Lessons by id.
    pub lessons: Vec<Id>,
    /// Items by id.
    pub items: Vec<Id>,
    /// Tags, as written; one of them is enough.
    pub tags: Vec<String>,
    /// Tiers; an item without one is of none.
    pub tiers: Vec<Tier>,
    /// Kinds.
    pub kinds: Vec<KindName>,
}

impl Filter {
    /// Tells whether an item of a lesson is wanted.
    pub fn matches(&self, lesson: &Lesson, item: &Item) -> bool {
        let tagged = || item.tags.iter().any(|tag| self.tags.iter().any(|wanted| wanted == tag.raw()));
        let any = |empty: bool, held: bool| empty || held;
        any(self.lessons.is_empty(), self.lessons.contains(&lesson.id))
            && any(self.items.is_empty(), self.items.contains(&item.id))
            && any(self.tiers.is_empty(), item.tier.is_some_and(|tier| self.tiers.contains(&tier)))
            && any(self.kinds.is_empty(), self.kinds.contains(&item.kind.name()))
            && (self.tags.is_empty() || tagged())
    }
}

//! From what was typed to what is meant: selectors and filters to queries over the index.

use crate::deck::{Deck, KindName};
use crate::library::{self, DeckRef, Filter, LoadError, Loaded, Origin, Rest, SourceFile, Target};
use crate::store::{Index, Part, Query};

use super::app::App;
use super::args::{FilterArgs, Selection};
use super::check;
use super::contents;
use super::error::Stop;

/// A deck that was selected, and which of its cards.
pub struct Picked {
    /// Where the deck is.
    pub origin: Origin,
    /// Which of its cards.
    pub query: Query,
}

/// Finds the decks that are meant, puts their contents into the index, and narrows them down.
pub fn pick(app: &App, index: &mut Index, selection: &Selection) -> Result<Vec<Picked>, Stop> {
    let targets = targets(app, &selection.selectors)?;
    let mut picked = Vec::new();
    for target in targets {
        match narrow(app, index, target, &selection.filter) {
            // One that nobody named stays out of the way.
            Err(Stop::Sealed(_)) if selection.selectors.is_empty() => {}
            Err(Stop::Load(error)) if selection.selectors.is_empty() => app.tell_unreadable(&error),
            Err(Stop::Load(LoadError::Broken(broken))) => {
                check::show_broken(app, &broken);
                return Err(Stop::Load(LoadError::Broken(broken)));
            }
            other => picked.push(other?),
        }
    }
    Ok(picked)
}

/// Resolves selectors; none at all means every deck.
pub fn targets(app: &App, selectors: &[String]) -> Result<Vec<Target>, Stop> {
    let catalog = app.catalog();
    app.tell_notices(&catalog);
    if selectors.is_empty() {
        return Ok(catalog.entries().iter().map(|entry| Target { origin: entry.origin.clone(), rest: None }).collect());
    }
    selectors.iter().map(|selector| Ok(library::resolve(&catalog, selector)?)).collect()
}

pub fn narrow(app: &App, index: &mut Index, target: Target, filter: &FilterArgs) -> Result<Picked, Stop> {
    let deck = contents::ensure(app, index, &target.origin)?;
    let mut query = Query {
        origin: target.origin.name(),
        deck,
        lessons: filter.lesson.clone(),
        items: filter.item.clone(),
        tags: filter.tag.clone(),
        tiers: filter.tier.clone(),
        kinds: filter.kind.clone(),
        parts: Vec::new(),
    };
    if let Some(rest) = &target.rest {
        match part(app, index, &target.origin, rest)? {
            (Part::Lesson, id) => query.lessons.push(id),
            (Part::Item, id) => query.items.push(id),
        }
        query.parts.extend(rest.card.map(|card| card.suffix()));
    }
    Ok(Picked { origin: target.origin, query })
}

/// Tells what was named of a deck, and its id; the deck is read only where the index does not tell.
fn part(app: &App, index: &Index, origin: &Origin, rest: &Rest) -> Result<(Part, String), Stop> {
    if rest.card.is_none()
        && let Some(part) = index.part(&origin.name(), rest.id.as_str())?
    {
        return Ok((part, rest.id.to_string()));
    }
    let loaded = contents::load(app, origin)?;
    Ok(match library::narrow(&loaded.deck, rest)? {
        library::Narrowed::Lesson(lesson) => (Part::Lesson, lesson.id.to_string()),
        library::Narrowed::Item(_, item) => (Part::Item, item.id.to_string()),
    })
}

/// A deck that was read, and which of its items are meant.
pub struct Chosen {
    /// What selects the deck, to be typed: its id, or its path.
    pub name: String,
    /// Where the deck is.
    pub origin: Origin,
    /// The deck.
    pub deck: Deck,
    /// Its files as they were read.
    pub files: Vec<SourceFile>,
    /// Which of its items.
    pub filter: Filter,
}

/// Reads the decks that are meant as a whole. What asks items, not cards, takes no single card of one.
pub fn load(app: &App, selectors: &[String], filter: &Filter) -> Result<Vec<Chosen>, Stop> {
    let read = |(at, target): (usize, Target)| {
        let Loaded { deck, files, .. } = contents::load(app, &target.origin)?;
        let written = selectors.get(at).map(|written| library::Selector::parse(written).deck);
        let by_id = written.is_none_or(|written| written == DeckRef::Id(deck.head.id.to_string()));
        let name = if by_id { deck.head.id.to_string() } else { target.origin.name() };
        if let Some(Rest { id, card: Some(_) }) = &target.rest {
            return Err(Stop::Usage(format!("this asks whole items; name {id} without its card")));
        }
        let mut filter = filter.clone();
        match target.rest.as_ref().map(|rest| library::narrow(&deck, rest)).transpose()? {
            Some(library::Narrowed::Lesson(lesson)) => filter.lessons.push(lesson.id.clone()),
            Some(library::Narrowed::Item(_, item)) => filter.items.push(item.id.clone()),
            None => {}
        }
        Ok(Chosen { name, origin: target.origin, deck, files, filter })
    };
    targets(app, selectors)?.into_iter().enumerate().map(read).collect()
}

/// Leaves out sealed decks, which cannot be drilled; one that was named is refused.
pub fn drillable(chosen: Vec<Chosen>, selectors: &[String]) -> Result<Vec<Chosen>, Stop> {
    match chosen.iter().find(|chosen| chosen.deck.is_sealed()) {
        Some(sealed) if !selectors.is_empty() => Err(Stop::Sealed(sealed.name.clone())),
        _ => Ok(chosen.into_iter().filter(|chosen| !chosen.deck.is_sealed()).collect()),
    }
}

/// Keeps to the kinds of the daily session where no kind was asked for.
pub fn daily(mut query: Query) -> Query {
    if query.kinds.is_empty() {
        let kinds = KindName::WORDS.iter().filter(|(_, kind)| kind.in_daily_session());
        query.kinds = kinds.map(|(word, _)| (*word).to_owned()).collect();
    }
    query
}

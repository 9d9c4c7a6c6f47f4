//! From what was typed to what is meant: selectors and filters to queries over the index.

use crate::deck::KindName;
use crate::library::{self, Origin, Target};
use crate::store::{Index, Query};

use super::app::App;
use super::args::{FilterArgs, Selection};
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
    targets.into_iter().map(|target| narrow(app, index, target, &selection.filter)).collect()
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
    };
    if let Some(rest) = &target.rest {
        let loaded = contents::load(app, &target.origin)?;
        match library::narrow(&loaded.deck, rest)? {
            library::Narrowed::Lesson(lesson) => query.lessons.push(lesson.id.to_string()),
            library::Narrowed::Item(_, item) => query.items.push(item.id.to_string()),
        }
    }
    Ok(Picked { origin: target.origin, query })
}

/// Keeps to the kinds of the daily session where no kind was asked for.
pub fn daily(mut query: Query) -> Query {
    if query.kinds.is_empty() {
        let kinds = KindName::WORDS.iter().filter(|(_, kind)| kind.in_daily_session());
        query.kinds = kinds.map(|(word, _)| (*word).to_owned()).collect();
    }
    query
}

//! Keeps the index's table of a deck's contents in step with the deck.

use std::collections::BTreeMap;

use crate::deck::{Deck, Item, Lesson, Source};
use crate::library::{self, LoadError, Loaded, Origin};
use crate::store::{Entry, Index};

use super::app::App;
use super::check;
use super::error::Stop;

/// Reads a deck; a broken one has its problems shown first.
pub fn load(app: &App, origin: &Origin) -> Result<Loaded, Stop> {
    library::load(origin).map_err(|error| {
        if let LoadError::Broken(broken) = &error {
            check::show_broken(app, broken);
        }
        Stop::Load(error)
    })
}

/// Refuses a deck with sealed items: nobody can learn from it.
pub fn refuse_sealed(deck: &Deck, name: &str) -> Result<(), Stop> {
    if deck.is_sealed() { Err(Stop::Sealed(name.to_owned())) } else { Ok(()) }
}

/// Brings the contents of a deck into the index unless they are there already, makes it the one in use for its id, and
/// gives that. What is wrong with a broken one is left to whoever named it.
pub fn ensure(app: &App, index: &mut Index, origin: &Origin) -> Result<String, Stop> {
    let name = origin.name();
    let stamp = library::stamp(origin).map_err(|source| Stop::File { action: "read", path: name.clone(), source })?;
    if let Some((deck, known)) = index.contents_stamp(&name)?
        && known == stamp
    {
        index.take_up(&name, &app.scheduler)?;
        return Ok(deck);
    }
    let loaded = library::load(origin)?;
    refuse_sealed(&loaded.deck, &name)?;
    let deck = loaded.deck.head.id.to_string();
    let (head, retired) = ((name.as_str(), deck.as_str(), stamp.as_str()), retired(&loaded.deck));
    index.put_contents(head, &entries(&loaded.deck), &retired, &app.scheduler)?;
    Ok(deck)
}

/// Brings a deck that was read into step with the index before anything is asked about its cards: only then does the index
/// know which items took over from others. A sealed one has no cards.
pub fn note(app: &App, index: &mut Index, loaded: &Loaded) -> Result<(), Stop> {
    if loaded.deck.is_sealed() { Ok(()) } else { ensure(app, index, &loaded.origin).map(drop) }
}

fn retired(deck: &Deck) -> Vec<(String, Option<String>)> {
    let each = deck.head.retired.iter();
    each.map(|old| (old.id.to_string(), old.replaced_by.as_ref().map(ToString::to_string))).collect()
}

/// Lists the cards of a deck in the author's order.
pub fn entries(deck: &Deck) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (lesson, item) in deck.items() {
        for part in item.parts() {
            let suffix = part.suffix();
            entries.push(entry(deck, lesson, item, suffix, entries.len() as u64));
        }
    }
    entries
}

fn entry(deck: &Deck, lesson: &Lesson, item: &Item, part: String, position: u64) -> Entry {
    let deck = deck.head.id.to_string();
    let hash = if part.is_empty() { "" } else { "#" };
    Entry {
        key: format!("{deck}/{}{hash}{part}", item.id),
        item: item.id.to_string(),
        part,
        lesson: lesson.id.to_string(),
        kind: item.kind.name().word().to_owned(),
        tier: item.tier.map(|tier| tier.word().to_owned()),
        tags: item.tags.iter().map(|tag| tag.raw().to_owned()).collect(),
        rev: item.rev,
        source: u32::try_from(item.source).unwrap_or(u32::MAX),
        start: item.span.start as u64,
        end: item.span.end as u64,
        position,
        confusable: item.confusable_with.iter().map(|id| format!("{deck}/{id}")).collect(),
        deck,
    }
}

/// The sources of decks, read when the first answer needs them.
#[derive(Debug, Default)]
pub struct Sources {
    known: BTreeMap<String, BTreeMap<String, Source>>,
}

/// A larger deck is not read as a whole for the titles of its sources, in bytes.
const LARGE: u64 = 4 << 20;

impl Sources {
    /// Gives the sources an item refers to; none where the deck is too large to be read for them.
    pub fn of(&mut self, origin: &Origin, item: &Item) -> Vec<Source> {
        let sources = self.known.entry(origin.name()).or_insert_with(|| {
            let small = !matches!(origin, Origin::Path(path) if path.metadata().is_ok_and(|file| file.len() > LARGE));
            let loaded = small.then(|| library::load(origin).ok()).flatten();
            loaded.map(|loaded| loaded.deck.head.sources).unwrap_or_default()
        });
        item.refs.iter().filter_map(|id| sources.get(id.as_str()).cloned()).collect()
    }
}

//! `grillme list`: decks, or the lessons and cards of the selected ones.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use crate::deck::{CardKey, ItemKey};
use crate::library::{Filter, Loaded, Narrowed, Origin, Target};
use crate::render::{self, CardLine, DeckLine, ItemLine};
use crate::store::Index;

use super::app::{App, write_json};
use super::args::Selection;
use super::error::Stop;
use super::{contents, lessons, select};

/// List decks, or the lessons and cards of one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme list                          the decks there are
  grillme list docker                   its lessons and cards, and where they stand
  grillme list docker --tier expert     only some of them
  grillme list docker --lessons         its lessons, and what you have shown of each objective
  grillme list docker --format json     for programs

With --lessons an item is right if its last answer was, in a session or in practice, and
is not older than 30 days or not due again yet. Checklists do not count.")]
pub struct List {
    #[command(flatten)]
    pub selection: Selection,
    /// Show the lessons with their objectives, and how many items of each you had right lately
    #[arg(long)]
    pub lessons: bool,
}

#[derive(Serialize)]
struct Decks {
    schema_version: u32,
    decks: Vec<DeckLine>,
}

#[derive(Serialize)]
struct Cards {
    schema_version: u32,
    cards: Vec<CardLine>,
    unscheduled: Vec<ItemLine>,
}

pub fn run(app: &App, args: &List) -> Result<(), Stop> {
    if args.lessons {
        return lessons::run(app, &args.selection);
    }
    if args.selection.selectors.is_empty() && !args.selection.filter.narrows() {
        return decks(app);
    }
    let mut index = app.index()?;
    let (mut all, mut unscheduled, mut sealed) = (Vec::new(), Vec::new(), None);
    for target in select::targets(app, &args.selection.selectors)? {
        let loaded = contents::load(app, &target.origin)?;
        contents::note(app, &mut index, &loaded)?;
        sealed = sealed.or(loaded.deck.is_sealed().then(|| target.origin.name()));
        let filter = filter(&args.selection, &target, &loaded)?;
        let cards = cards(app, &index, &loaded, &filter)?;
        let others = items_without_cards(&loaded, &filter);
        let found = !(cards.is_empty() && others.is_empty());
        if !app.json() && found {
            write!(io::stdout().lock(), "{}", render::deck(&loaded.deck, &cards, &others, &app.style()))?;
        }
        all.extend(cards);
        unscheduled.extend(others);
    }
    let none = all.is_empty() && unscheduled.is_empty();
    match sealed.filter(|_| none) {
        Some(name) => Err(Stop::Sealed(name)),
        None if none => {
            Err(Stop::Nothing("nothing selected: no item fits\nhint: `grillme list` shows the decks".into()))
        }
        None if app.json() => write_json(&Cards { schema_version: 1, cards: all, unscheduled }),
        None => Ok(()),
    }
}

/// Gives the filter of a selection, narrowed to the lesson or item that one of its selectors names.
pub fn filter(selection: &Selection, target: &Target, loaded: &Loaded) -> Result<Filter, Stop> {
    let mut filter = selection.filter.filter()?;
    match target.rest.as_ref().map(|rest| crate::library::narrow(&loaded.deck, rest)).transpose()? {
        Some(Narrowed::Lesson(lesson)) => filter.lessons.push(lesson.id.clone()),
        Some(Narrowed::Item(_, item)) => filter.items.push(item.id.clone()),
        None => {}
    }
    Ok(filter)
}

fn decks(app: &App) -> Result<(), Stop> {
    let catalog = app.catalog();
    app.tell_notices(&catalog);
    let line = |entry: &crate::library::Entry| DeckLine {
        id: entry.id.to_string(),
        title: entry.title.clone(),
        origin: match &entry.origin {
            Origin::Bundled(_) => "bundled".to_owned(),
            Origin::Path(path) => path.display().to_string(),
        },
    };
    let decks: Vec<DeckLine> = catalog.entries().iter().map(line).collect();
    if app.json() {
        return write_json(&Decks { schema_version: 1, decks });
    }
    write!(io::stdout().lock(), "{}", render::decks(&decks, &app.style()))?;
    Ok(())
}

/// Lists the selected items that no card is made of; `show --play` and the lesson ask them.
fn items_without_cards(loaded: &Loaded, filter: &Filter) -> Vec<ItemLine> {
    let wanted = loaded.deck.items().filter(|(lesson, item)| filter.matches(lesson, item));
    let left_alone = wanted.filter(|(_, item)| item.parts().is_empty() && !item.is_sealed());
    left_alone.map(|(lesson, item)| ItemLine::new(&loaded.deck, lesson, item)).collect()
}

/// Joins the selected items of a deck with where their cards stand.
pub fn cards(app: &App, index: &Index, loaded: &Loaded, filter: &Filter) -> Result<Vec<CardLine>, Stop> {
    let mut cards = Vec::new();
    for (lesson, item) in loaded.deck.items().filter(|(lesson, item)| filter.matches(lesson, item)) {
        for part in item.parts() {
            let owner = ItemKey { deck: loaded.deck.head.id.clone(), item: item.id.clone() };
            let key = CardKey { item: owner, part }.to_string();
            let state = index.state(&key)?.unwrap_or_default();
            let recall = app.scheduler.retrievability(&state, app.now().day);
            cards.push(CardLine::new(key, lesson.id.as_str(), item, (&state, app.now().day), recall));
        }
    }
    Ok(cards)
}

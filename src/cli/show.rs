//! `grillme show`: one item as the learner sees it, with its answer, and where its cards stand.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use crate::deck::Item;
use crate::library::{self, Filter, Narrowed};
use crate::render::{self, CardLine};

use super::app::{App, write_json};
use super::contents;
use super::error::Stop;
use super::{list, select};

/// Show an item, its answer, and where its cards stand
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme show docker/cgroups-limit
  grillme show docker/cgroups-limit --format json")]
pub struct Show {
    /// The item, as deck/item
    #[arg(value_name = "ITEM", add = clap_complete::ArgValueCompleter::new(super::complete::selectors))]
    pub item: String,
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    item: &'a Item,
    cards: Vec<CardLine>,
}

pub fn run(app: &App, args: &Show) -> Result<(), Stop> {
    let targets = select::targets(app, std::slice::from_ref(&args.item))?;
    let one_item = || Stop::Usage(format!("{:?} is no item; name one as deck/item", args.item));
    let target = targets.first().ok_or_else(one_item)?;
    let loaded = contents::load(app, &target.origin)?;
    let rest = target.rest.as_ref().ok_or_else(one_item)?;
    let Narrowed::Item(_, item) = library::narrow(&loaded.deck, rest)? else {
        return Err(one_item());
    };
    let index = app.index()?;
    let filter = Filter { items: vec![item.id.clone()], ..Filter::default() };
    let cards = list::cards(app, &index, &loaded, &filter)?;
    if app.json() {
        return write_json(&Document { schema_version: 1, item, cards });
    }
    let style = app.style();
    let sources: Vec<_> = item.refs.iter().filter_map(|id| loaded.deck.head.sources.get(id.as_str())).collect();
    let mut out = io::stdout().lock();
    writeln!(out, "{}", render::item(item, &style))?;
    let told = render::afterwards(item, &sources, &style);
    if !told.is_empty() {
        writeln!(out, "\n{told}")?;
    }
    if !cards.is_empty() {
        write!(out, "\n{}", render::standing(&cards, &style))?;
    }
    Ok(())
}

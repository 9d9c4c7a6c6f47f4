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
use super::play::Player;
use super::round::{self, AnswerLine, Entry, Round};
use super::{list, select};

/// Show an item, its answer, and where its cards stand
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme show docker/cgroups-limit
  grillme show docker/cgroups-limit#r         one of its cards
  grillme show docker/cgroups-limit --format json
  grillme show docker/module-denied --play    answer it now, off the schedule")]
pub struct Show {
    /// The item, as deck/item
    #[arg(value_name = "ITEM", add = clap_complete::ArgValueCompleter::new(super::complete::selectors))]
    pub item: String,
    /// Ask it instead, off the schedule; the answer is kept as practice
    #[arg(long)]
    pub play: bool,
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
    let Narrowed::Item(lesson, item) = library::narrow(&loaded.deck, rest)? else {
        return Err(one_item());
    };
    if args.play {
        contents::refuse_sealed(&loaded.deck, &target.origin.name())?;
        let entries = match rest.card {
            Some(part) => vec![Entry::new(&target.origin, &loaded.deck, lesson, item, part)],
            None => Entry::all(&target.origin, &loaded.deck, lesson, item),
        };
        let instead = "leave --play out to see it with its answer, or pipe the answers in with --plain";
        let mut player = Player::new(app, "play", instead)?;
        return play(app, &mut player, &entries);
    }
    let mut index = app.index()?;
    contents::note(app, &mut index, &loaded)?;
    let filter = Filter { items: vec![item.id.clone()], ..Filter::default() };
    let mut cards = list::cards(app, &index, &loaded, &filter)?;
    let suffix = rest.card.map(|part| format!("#{}", part.suffix()));
    cards.retain(|card| suffix.as_ref().is_none_or(|suffix| card.card.ends_with(suffix)));
    if app.json() {
        return write_json(&Document { schema_version: 1, item, cards });
    }
    let style = app.style();
    let sources: Vec<_> = item.refs.iter().filter_map(|id| loaded.deck.head.sources.get(id.as_str())).collect();
    let mut out = io::stdout().lock();
    writeln!(out, "{}", render::item(item, &style))?;
    let told = render::afterwards(item, &sources, &style);
    if !told.is_empty() {
        writeln!(out, "{told}")?;
    }
    if !cards.is_empty() {
        write!(out, "\n{}", render::standing(&cards, &style))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct PlayedDocument {
    schema_version: u32,
    answers: Vec<AnswerLine>,
}

fn play(app: &App, player: &mut Player<'_>, entries: &[Entry]) -> Result<(), Stop> {
    let mut round = Round::new(player, entries, false, None);
    round.run()?;
    if app.json() {
        return write_json(&PlayedDocument { schema_version: 1, answers: round::answers(entries, &round.quiz) });
    }
    Ok(())
}

//! `grillme undo`: takes the last answer back, also after a restart.

use std::io::{self, Write};

use clap::Args;

use crate::render::{counted, safe_str};
use crate::store::{Event, What};

use super::app::App;
use super::error::Stop;

/// Take back the last answer, or all of the last suspend, bury or forget
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme undo     the last answer never happened; its card is as it was before
  grillme undo     once more: the one before it")]
pub struct Undo {}

pub fn run(app: &App, _args: &Undo) -> Result<(), Stop> {
    let mut index = app.index()?;
    let last = index.last_events()?;
    let Some(first) = last.first() else {
        return Err(Stop::Nothing("there is nothing to undo".into()));
    };
    let now = app.now();
    let events: Vec<Event> =
        last.iter().map(|last| app.event(now, What::Undo { card: last.card.clone(), of: last.id })).collect();
    app.log()?.append_all(&events)?;
    index.refresh(&app.scheduler)?;
    let cards = match last.len() {
        1 => safe_str(&first.card),
        many => counted(many, "card"),
    };
    writeln!(io::stdout().lock(), "Took back: {} {cards}.", first.what)?;
    Ok(())
}

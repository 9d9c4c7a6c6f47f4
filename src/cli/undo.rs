//! `grillme undo`: takes the last answer back, also after a restart.

use std::io::{self, Write};

use clap::Args;

use crate::store::What;

use super::app::App;
use super::error::Stop;

/// Take back the last answer, or the last suspend, bury or forget
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme undo     the last answer never happened; its card is as it was before
  grillme undo     once more: the one before it")]
pub struct Undo {}

pub fn run(app: &App, _args: &Undo) -> Result<(), Stop> {
    let mut index = app.index()?;
    let Some(last) = index.last_event()? else {
        return Err(Stop::Nothing("there is nothing to undo".into()));
    };
    let event = app.event(app.now(), What::Undo { card: last.card.clone(), of: last.id });
    app.log()?.append(&event)?;
    index.refresh(&app.scheduler)?;
    writeln!(io::stdout().lock(), "Took back: {} {}.", last.what, crate::render::safe_str(&last.card))?;
    Ok(())
}

//! `grillme suspend`, `bury` and `forget`: card care, one event a card, all kept at once.

use std::io::{self, Write};

use clap::Args;

use crate::render;
use crate::schedule::{CardState, Due, Phase};
use crate::store::{Event, Index, Query, What};
use crate::term::{Guard, Reply};

use super::app::App;
use super::args::Selection;
use super::error::Stop;
use super::select;

/// How many cards one call may touch without being asked about it.
const MANY: usize = 10;

/// Leave cards out of every session until they are resumed
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme suspend docker/cgroups-limit             the cards of one item
  grillme suspend docker/cgroups-limit#r           one of them
  grillme suspend docker --tag kernel              by tag
  grillme suspend docker/cgroups-limit --resume    back into the sessions")]
pub struct Suspend {
    #[command(flatten)]
    pub what: Chosen,
    /// Take the cards back in
    #[arg(long)]
    pub resume: bool,
}

/// Leave cards out until tomorrow
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme bury docker/cgroups-limit           not today
  grillme bury docker/cgroups-limit --undo    today after all")]
pub struct Bury {
    #[command(flatten)]
    pub what: Chosen,
    /// Take the cards back in today
    #[arg(long)]
    pub undo: bool,
}

/// Start cards over as new; the log keeps what was answered
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme forget docker/cgroups-limit     one item
  grillme forget docker --yes             a whole deck
  grillme undo                            takes the last one back")]
pub struct Forget {
    #[command(flatten)]
    pub what: Chosen,
}

/// The cards to care for.
#[derive(Debug, Args)]
pub struct Chosen {
    #[command(flatten)]
    pub selection: Selection,
    /// Do not ask before touching many cards
    #[arg(long)]
    pub yes: bool,
}

pub fn suspend(app: &App, args: &Suspend) -> Result<(), Stop> {
    let done = if args.resume { "resumed" } else { "suspended" };
    let changes = |state: &CardState| state.suspended == args.resume;
    let what = |card| if args.resume { What::Unsuspend { card } } else { What::Suspend { card } };
    each(app, &args.what, done, changes, what)
}

pub fn bury(app: &App, args: &Bury) -> Result<(), Stop> {
    let (done, through) = (if args.undo { "back in today" } else { "buried until tomorrow" }, app.now().day);
    let changes = |state: &CardState| state.buried.is_some_and(|until| through <= until) == args.undo;
    let what = |card| if args.undo { What::Unbury { card } } else { What::Bury { card, through } };
    each(app, &args.what, done, changes, what)
}

pub fn forget(app: &App, args: &Forget) -> Result<(), Stop> {
    let changes = |state: &CardState| state.reps > 0 || state.phase != Phase::New || state.due != Due::Now;
    each(app, &args.what, "forgotten", changes, |card| What::Forget { card })
}

/// Cares for the chosen cards that it `changes`.
fn each(
    app: &App,
    chosen: &Chosen,
    done: &str,
    changes: impl Fn(&CardState) -> bool,
    what: impl Fn(String) -> What,
) -> Result<(), Stop> {
    if chosen.selection.selectors.is_empty() {
        return Err(Stop::Usage("name a deck, a lesson or an item, such as docker/cgroups-limit".into()));
    }
    let mut index = app.index()?;
    let (keys, others) = keys(app, &mut index, chosen, changes)?;
    if keys.is_empty() {
        let count = render::counted(others, "card");
        writeln!(io::stdout().lock(), "Nothing to change: {count} stood like that already.")?;
        return Ok(());
    }
    if !agreed(app, chosen, keys.len(), done)? {
        writeln!(io::stdout().lock(), "Nothing changed.")?;
        return Ok(());
    }
    let now = app.now();
    let events: Vec<Event> = keys.into_iter().map(|key| app.event(now, what(key))).collect();
    app.log()?.append_all(&events)?;
    index.refresh(&app.scheduler)?;
    writeln!(io::stdout().lock(), "{} {done}.", render::counted(events.len(), "card"))?;
    Ok(())
}

/// Lists the cards that change, and counts the others.
fn keys(
    app: &App,
    index: &mut Index,
    chosen: &Chosen,
    changes: impl Fn(&CardState) -> bool,
) -> Result<(Vec<String>, usize), Stop> {
    let picked = select::pick(app, index, &chosen.selection)?;
    let queries: Vec<Query> = picked.into_iter().map(|picked| picked.query).collect();
    let found = index.every(&queries)?;
    if found.is_empty() {
        return Err(Stop::Nothing(
            "nothing selected: no card fits\nhint: `grillme list` shows decks, lessons and items".into(),
        ));
    }
    let all = found.len();
    let keys: Vec<String> = found.into_iter().filter(|(_, state)| changes(state)).map(|(entry, _)| entry.key).collect();
    let others = all - keys.len();
    Ok((keys, others))
}

fn agreed(app: &App, chosen: &Chosen, count: usize, done: &str) -> Result<bool, Stop> {
    if count <= MANY || chosen.yes {
        return Ok(true);
    }
    let question = format!("{count} cards will be {done}. Go on?");
    let _guard = Guard::install()?;
    match app.prompter("pass --yes").confirm(&question, false)? {
        Reply::Leave if !app.terminal.stdin => Err(Stop::Usage("nobody answered; pass --yes to go on unasked".into())),
        answer => Ok(matches!(answer, Reply::Given(true))),
    }
}

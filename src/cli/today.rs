//! The bare `grillme`: what is due today, and what to type next.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::render;
use crate::schedule::Moment;
use crate::session::Tally;
use crate::store::{Counts, Index};
use crate::term::{Guard, Reply};

use super::app::{App, write_json};
use super::args::Selection;
use super::cards;
use super::error::Stop;
use super::select::{self, Picked};

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    day: String,
    decks: &'a [render::DeckDay],
}

pub fn run(app: &App) -> Result<(), Stop> {
    let mut index = app.index()?;
    let picked = pick_usable(app, &mut index)?;
    let decks = deck_days(app, &index, &picked)?;
    if app.json() {
        return write_json(&Document { schema_version: 1, day: app.now().day.to_string(), decks: &decks });
    }
    write!(io::stdout().lock(), "{}", render::today(&decks, &app.style()))?;
    if decks.iter().any(render::DeckDay::is_open) { offer(app, index) } else { Ok(()) }
}

/// A broken deck must not hide the others: it is named, and left out.
fn pick_usable(app: &App, index: &mut Index) -> Result<Vec<Picked>, Stop> {
    let mut picked = Vec::new();
    for target in select::targets(app, &[])? {
        match select::narrow(app, index, target, &Selection::default().filter) {
            Ok(usable) => picked.push(usable),
            Err(Stop::Sealed(_)) => {}
            Err(Stop::Load(error)) => app.tell_unreadable(&error),
            Err(other) => return Err(other),
        }
    }
    Ok(picked)
}

fn deck_days(app: &App, index: &Index, picked: &[Picked]) -> Result<Vec<render::DeckDay>, Stop> {
    let now = app.now();
    let day = |picked: &Picked| {
        let counts: Counts = index.counts(&[select::daily(picked.query.clone())], now)?;
        let Counts { due, learning, new, due_tomorrow, total } = counts;
        let (deck, interview) = (picked.query.deck.clone(), interview_day(index, picked, now)?);
        Ok(render::DeckDay { deck, due, learning, new, due_tomorrow, total, interview })
    };
    picked.iter().map(day).collect()
}

fn interview_day(index: &Index, picked: &Picked, now: Moment) -> Result<Option<render::InterviewDay>, Stop> {
    let by_tier = index.interviews(&picked.query.origin, now)?;
    if by_tier.is_empty() {
        return Ok(None);
    }
    let standing = index.standing(&picked.query.deck)?;
    let sum = |count: fn(&Counts) -> usize| by_tier.values().map(count).sum();
    Ok(Some(render::InterviewDay {
        due: sum(|counts| counts.due),
        learning: sum(|counts| counts.learning),
        new: sum(|counts| counts.new),
        due_tomorrow: sum(|counts| counts.due_tomorrow),
        total: sum(|counts| counts.total),
        of_tier: by_tier.get(&standing.tier).map_or(0, |counts| counts.total),
        standing,
    }))
}

fn offer(app: &App, index: Index) -> Result<(), Stop> {
    let can_ask = app.terminal.stdin && app.terminal.stderr && !app.global.no_input;
    if !can_ask {
        return Ok(());
    }
    drop(index);
    let _guard = Guard::install()?;
    match app.prompter("leave --no-input out").confirm("Start now?", true)? {
        Reply::Given(true) => cards::run(app, &cards::Cards::default()),
        _ => Ok(()),
    }
}

/// Says that nothing is due, and what can be done instead.
pub fn nothing_due(app: &App, args: &cards::Cards, index: &Index, picked: &[Picked]) -> Result<(), Stop> {
    let queries: Vec<_> = picked.iter().map(|picked| select::daily(picked.query.clone())).collect();
    let counts = index.counts(&queries, app.now())?;
    if counts.total == 0 {
        return Err(Stop::Nothing(
            "nothing selected: no card fits\nhint: `grillme list` shows decks, lessons and items".into(),
        ));
    }
    if args.cram {
        let hint = "`grillme list DECK` shows them; `grillme suspend ITEM --resume` takes one back in";
        return Err(Stop::Nothing(format!(
            "nothing selected: every card that fits is suspended, or buried until tomorrow\nhint: {hint}"
        )));
    }
    if app.json() {
        let (tally, stems) = (Tally::default(), BTreeMap::new());
        let (tomorrow, later_ms) = (counts.due_tomorrow, None);
        let nothing = render::Summary { tally: &tally, left: 0, stems: &stems, tomorrow, later_ms, cram: false };
        return write_json(&nothing.document(&[]));
    }
    writeln!(io::stderr(), "Nothing is due now. {} due tomorrow.", counts.due_tomorrow)?;
    let selectors = args.selection.selectors.iter().map(|selector| format!(" {selector}")).collect::<String>();
    let command = render::safe_str(&format!("grillme cards{selectors}"));
    let ahead = if args.ahead { "Practise".to_owned() } else { format!("Go on with `{command} --ahead`, or practise") };
    writeln!(io::stderr(), "{ahead} with `{command} --cram`.")?;
    if counts.new > 0 {
        let waiting = render::counted(counts.new, "new card");
        writeln!(io::stderr(), "Today's new cards are used up; {waiting} more with `{command} --new NUMBER`.")?;
    }
    Ok(())
}

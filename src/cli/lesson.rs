//! `grillme lesson`: a lesson to read, with questions before and exercises after it.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use crate::deck::{Deck, Lesson, Objective, Source};
use crate::library::{Narrowed, narrow};
use crate::render::{self, Style};
use crate::schedule::Coverage;
use crate::store::Index;

use super::app::{App, write_json};
use super::contents;
use super::error::Stop;
use super::play::Player;
use super::reader::Reader;
use super::{paging, select};

/// Read a lesson: a few questions first, then the theory, then its exercises
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme lesson docker/docker-vs-vm             questions, theory, exercises
  grillme lesson docker/docker-vs-vm --read      only the theory, as one page
  grillme lesson docker --read --no-pager        the same, without a pager
  grillme lesson docker --format json            the lesson as data

Two or three questions come before the theory. They do not count: to have
guessed wrongly helps what you read to stick. Trade-offs show what is gained
and wait for you to say what it costs. Of the exercises, the first scenario
can be watched before you do the others.

Answers are kept as practice; the schedule of `grillme cards` is left alone.
With --read, a page longer than the screen goes through $PAGER, or less.")]
pub struct LessonArgs {
    /// The lesson, as deck/lesson; a deck or one of its items where that tells which
    #[arg(value_name = "SELECTOR", add = clap_complete::ArgValueCompleter::new(super::complete::selectors))]
    pub lesson: String,
    /// Only read: no questions, costs shown with gains
    #[arg(long)]
    pub read: bool,
    /// Write the page as it is, not through a pager
    #[arg(long)]
    pub no_pager: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    deck: &'a str,
    lesson: &'a Lesson,
    evidence: BTreeMap<&'a str, Coverage>,
    sources: BTreeMap<&'a str, &'a Source>,
}

pub fn run(app: &App, args: &LessonArgs) -> Result<(), Stop> {
    let targets = select::targets(app, std::slice::from_ref(&args.lesson))?;
    let Some(target) = targets.first() else { return Err(Stop::Usage("name a lesson, as deck/lesson".into())) };
    let loaded = contents::load(app, &target.origin)?;
    let mut index = app.index()?;
    contents::note(app, &mut index, &loaded)?;
    let deck = loaded.deck;
    let lesson = match target.rest.as_ref().map(|rest| narrow(&deck, rest)).transpose()? {
        Some(Narrowed::Lesson(lesson) | Narrowed::Item(lesson, _)) => lesson,
        None => only(&deck, &args.lesson)?,
    };
    let shown = shown(app, &index, &deck, lesson)?;
    if app.json() {
        return write_json(&document(&deck, lesson, &shown));
    }
    if args.read {
        return paging::write(app, &page(&deck, lesson, &shown, &app.style()), !args.no_pager);
    }
    contents::refuse_sealed(&deck, &target.origin.name())?;
    let mut player = Player::new(app, "lesson", "add --read to read without being asked")?;
    let origin = &target.origin;
    let ended = Reader { app, player: &mut player, origin, deck: &deck, lesson, shown: &shown }.run()?;
    close(&mut player, &args.lesson, ended)
}

/// Finds the one lesson of a deck that was named alone.
fn only<'d>(deck: &'d Deck, written: &str) -> Result<&'d Lesson, Stop> {
    let name = |lesson: &Lesson| format!("{}/{}", written.trim_end_matches('/'), lesson.id);
    match deck.lessons.as_slice() {
        [lesson] => Ok(lesson),
        [] => Err(Stop::Nothing(format!("nothing selected: the deck {} has no lessons", deck.head.id))),
        several => {
            let names: Vec<String> = several.iter().map(name).collect();
            Err(Stop::Usage(format!(
                "the deck {} has {} lessons\nhint: name one: {}",
                deck.head.id,
                several.len(),
                names.join(", ")
            )))
        }
    }
}

fn sources<'d>(deck: &'d Deck, lesson: &'d Lesson) -> BTreeMap<&'d str, &'d Source> {
    let of_items = lesson.items.iter().flat_map(|item| &item.refs);
    let refs = lesson.theory.iter().flat_map(|block| &block.refs).chain(of_items);
    refs.filter_map(|id| Some((id.as_str(), deck.head.sources.get(id.as_str())?))).collect()
}

fn document<'d>(deck: &'d Deck, lesson: &'d Lesson, shown: &[Coverage]) -> Document<'d> {
    let ids = lesson.objectives.iter().map(|objective| objective.id.as_str());
    let evidence = ids.zip(shown.iter().copied()).collect();
    Document { schema_version: 1, deck: deck.head.id.as_str(), lesson, evidence, sources: sources(deck, lesson) }
}

/// Gathers what the learner has shown of each objective.
fn shown(app: &App, index: &Index, deck: &Deck, lesson: &Lesson) -> Result<Vec<Coverage>, Stop> {
    let id = deck.head.id.as_str();
    let evidence = index.evidence(id)?;
    let of = |objective: &Objective| {
        let serving = lesson.items.iter().filter(|item| item.objectives.contains(&objective.id));
        Coverage::of(id, serving, &evidence, app.now().day)
    };
    Ok(lesson.objectives.iter().map(of).collect())
}

/// Sets the whole lesson as one page.
fn page(deck: &Deck, lesson: &Lesson, shown: &[Coverage], style: &Style) -> String {
    let mut parts = vec![render::lesson_head(&deck.head, lesson, shown, style)];
    parts.extend(lesson.theory.iter().map(|block| render::theory(block, style)));
    parts.push(render::lesson_sources(&deck.head, lesson, style));
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| part.join("\n")).collect();
    parts.join("\n\n") + "\n"
}

/// Says what to go on with.
fn close(player: &mut Player<'_>, lesson: &str, ended: bool) -> Result<(), Stop> {
    let (said, commands): (_, &[&str]) = if ended {
        ("That was the lesson. Go on with:", &["cards", "quiz"])
    } else {
        ("What you answered is kept. The theory on one page:", &["lesson --read"])
    };
    let style = *player.prompter().style();
    player.asker.say("")?;
    render::wrap(said, style.prose_width()).iter().try_for_each(|line| player.asker.say(line))?;
    let command = |command: &&str| render::safe_str(&format!("  grillme {command} {lesson}"));
    commands.iter().map(command).try_for_each(|line| player.asker.say(&line))
}

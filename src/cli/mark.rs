//! `grillme mark`: what the matcher makes of a text, with its whole trace.

use std::fs::File;
use std::io::{self, Read, Write};

use clap::Args;

use crate::deck::{Ask, Id, Item, Kind, Rubric, Scenario, Text};
use crate::grade::{Marker, proposed_for};
use crate::library::{self, Narrowed};
use crate::render::{self, MarkDocument, Marked};
use crate::term::{Guard, Reply};

use super::app::{App, write_json};
use super::error::Stop;
use super::{contents, select};

/// The longest text that is marked, in bytes.
const MAX_ANSWER: u64 = 64 * 1024;

/// Mark a text against an open question's key points, showing every step
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme mark docker/q-why-lighter --text answer.txt
  echo 'They share the host kernel.' | grillme mark docker/q-why-lighter
  grillme mark docker/module-denied#decide --text - < answer.txt
  grillme mark ./my-deck.json/q-first --text answer.txt --format json

Nothing is saved. docs/marking.md explains the result.")]
pub struct Mark {
    /// An interview question as deck/item, or an open step of a scenario as deck/item#step
    #[arg(value_name = "ITEM", add = clap_complete::ArgValueCompleter::new(super::complete::selectors))]
    pub item: String,
    /// The file with the text, or - for standard input; asked for when left out at a terminal
    #[arg(long, value_name = "FILE")]
    pub text: Option<String>,
}

/// An open question.
struct Open<'d> {
    step: Option<&'d Id>,
    prompt: &'d Text,
    rubric: &'d Rubric,
}

pub fn run(app: &App, args: &Mark) -> Result<(), Stop> {
    let (name, step) = match args.item.rsplit_once('#') {
        Some((name, step)) => (name, Some(step)),
        None => (args.item.as_str(), None),
    };
    let targets = select::targets(app, &[name.to_owned()])?;
    let no_item = || Stop::Usage(format!("{name:?} is no item; name one as deck/item"));
    let target = targets.first().ok_or_else(no_item)?;
    let rest = target.rest.as_ref().ok_or_else(no_item)?;
    let loaded = contents::load(app, &target.origin)?;
    let Narrowed::Item(_, item) = library::narrow(&loaded.deck, rest)? else { return Err(no_item()) };
    let key = format!("{}/{}", loaded.deck.head.id, item.id);
    let open = open(item, &key, step)?;
    let answer = answer(app, args.text.as_deref(), open.prompt)?;
    let trace = Marker::new(open.rubric, open.prompt).trace(&answer);
    let rating = proposed_for(trace.coverage.auto);
    let (question, rubric) = (open.prompt, open.rubric);
    let marked = Marked { item: &key, step: open.step, question, rubric, trace: &trace, rating };
    if app.json() {
        return write_json(&MarkDocument::new(&marked));
    }
    writeln!(io::stdout().lock(), "{}", render::marked(&marked, &app.style()))?;
    Ok(())
}

/// Finds the open question that is meant.
fn open<'d>(item: &'d Item, key: &str, step: Option<&str>) -> Result<Open<'d>, Stop> {
    match (&item.kind, step) {
        (Kind::Interview(k), None) => Ok(Open { step: None, prompt: &k.prompt, rubric: &k.rubric }),
        (Kind::Interview(_), Some(_)) => {
            Err(Stop::Usage(format!("{key} is one question without steps\nhint: grillme mark {key}")))
        }
        (Kind::Scenario(k), step) => open_step(k, key, step),
        (kind, _) => Err(Stop::Usage(other_kind(kind, item, key))),
    }
}

/// Without a step named, the only open one is meant.
fn open_step<'d>(scenario: &'d Scenario, key: &str, step: Option<&str>) -> Result<Open<'d>, Stop> {
    let open = scenario.steps.iter().filter_map(|step| match &step.ask {
        Ask::Open { prompt, rubric, .. } => Some(Open { step: Some(&step.id), prompt, rubric }),
        Ask::Choice(_) | Ask::Typed(_) => None,
    });
    let mut open: Vec<Open<'d>> = open.collect();
    let named = |open: &Open<'d>| open.step.map(|id| format!("grillme mark {key}#{id}"));
    let commands: Vec<String> = open.iter().filter_map(named).collect();
    let found = match step {
        Some(step) => open.iter().position(|open| open.step.is_some_and(|id| id.as_str() == step)),
        None => (open.len() == 1).then_some(0),
    };
    let said = match (found, step) {
        (Some(at), _) => return Ok(open.swap_remove(at)),
        (None, _) if open.is_empty() => format!("the scenario {key} has no open step"),
        (None, Some(step)) => format!("{step:?} is no open step of the scenario {key}"),
        (None, None) => format!("the scenario {key} has {} open steps: name one", open.len()),
    };
    let hint = if commands.is_empty() { String::new() } else { format!("\nhint: {}", commands.join(", or ")) };
    Err(Stop::Usage(format!("{said}{hint}")))
}

fn other_kind(kind: &Kind, item: &Item, key: &str) -> String {
    let name = kind.name();
    let deck = key.split('/').next().unwrap_or_default();
    let instead = match name.in_daily_session() {
        true => format!("answer it with `grillme cards {deck} --item {}`", item.id),
        false => format!("see it with `grillme show {key}`"),
    };
    format!(
        "{key} is a {} item; only interview items and open steps of scenarios have key points\nhint: {instead}",
        name.word()
    )
}

/// Reads the text to mark: from a file, from standard input, or from the person at the terminal.
fn answer(app: &App, file: Option<&str>, question: &Text) -> Result<String, Stop> {
    match file {
        Some("-") => read("standard input", io::stdin().lock()),
        Some(path) => {
            let file = File::open(path);
            read(path, file.map_err(|source| Stop::File { action: "read", path: path.to_owned(), source })?)
        }
        None if app.terminal.stdin => ask(app, question),
        None => read("standard input", io::stdin().lock()),
    }
}

fn read(name: &str, from: impl Read) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    let read = from.take(MAX_ANSWER + 1).read_to_end(&mut bytes);
    read.map_err(|source| Stop::File { action: "read", path: name.to_owned(), source })?;
    if bytes.len() as u64 > MAX_ANSWER {
        return Err(Stop::Usage(format!("{name} holds more than the {MAX_ANSWER} bytes of text that are marked")));
    }
    String::from_utf8(bytes).map_err(|_| Stop::Usage(format!("{name} is not UTF-8 text\nhint: save it as UTF-8")))
}

fn ask(app: &App, question: &Text) -> Result<String, Stop> {
    let mut prompter = app.prompter("pass --text FILE");
    let _guard = Guard::install()?;
    let asked = render::markdown(&render::safe(question), prompter.style()).join("\n");
    prompter.say(&asked)?;
    match prompter.line("Your answer", false)? {
        Reply::Given(line) => Ok(line),
        Reply::Hint | Reply::Undo | Reply::Leave => Err(Stop::Nothing("no answer, so nothing was marked".into())),
    }
}

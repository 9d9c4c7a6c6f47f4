//! `grillme check`: everything that is wrong with decks, for authors and for CI.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use crate::deck::{Places, Problem, Severity};
use crate::library::{self, Broken, LoadError, Loaded, Origin, SourceFile};
use crate::lint;
use crate::render::{self, Placed, counted};

use super::app::{App, write_json};
use super::error::Stop;
use super::select;

/// Find everything that is wrong with decks, all at once
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme check my-deck.json             can it be used?
  grillme check --strict my-deck/        is it good? (our own bar)
  grillme check --strict --format json   for programs
  grillme check --rules                  the rules, each with its code

Exit status: 0 when nothing is wrong, 1 when something is.")]
pub struct Check {
    /// Decks by path or id; all of them when left out
    #[arg(value_name = "PATH", add = clap_complete::ArgValueCompleter::new(super::complete::selectors))]
    pub decks: Vec<String>,
    /// Hold the decks to the strict bar as well
    #[arg(long)]
    pub strict: bool,
    /// List the rules of the strict bar
    #[arg(long, conflicts_with_all = ["decks", "strict"])]
    pub rules: bool,
}

#[derive(Serialize)]
struct Document {
    schema_version: u32,
    ok: bool,
    decks: Vec<Report>,
}

#[derive(Serialize)]
struct Report {
    deck: String,
    items: usize,
    problems: Vec<Placed>,
}

/// A deck that was checked.
struct Checked {
    name: String,
    items: usize,
    problems: Vec<Problem>,
    files: Vec<SourceFile>,
}

pub fn run(app: &App, args: &Check) -> Result<(), Stop> {
    if args.rules {
        return rules(app);
    }
    let targets = select::targets(app, &args.decks)?;
    let checked: Vec<Checked> =
        targets.iter().map(|target| check(&target.origin, args.strict)).collect::<Result<_, Stop>>()?;
    let ok = checked.iter().all(|deck| deck.problems.is_empty());
    if app.json() {
        write_json(&Document { schema_version: 1, ok, decks: checked.iter().map(report).collect() })?;
    } else {
        checked.iter().try_for_each(|deck| show(app, deck))?;
    }
    if ok { Ok(()) } else { Err(Stop::Failed) }
}

fn rules(app: &App) -> Result<(), Stop> {
    let rows: Vec<Vec<String>> = lint::RULES.iter().map(|rule| vec![rule.code.into(), rule.summary.into()]).collect();
    writeln!(io::stdout().lock(), "{}", render::table(&rows, false, &app.style()).join("\n"))?;
    Ok(())
}

fn check(origin: &Origin, strict: bool) -> Result<Checked, Stop> {
    match library::load(origin) {
        Ok(Loaded { deck, files, .. }) => {
            let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
            let problems = if strict { lint::strict(&deck, &texts) } else { lint::samples(&deck, &texts) };
            Ok(Checked { name: origin.name(), items: deck.items().count(), problems, files })
        }
        Err(LoadError::Broken(broken)) => {
            let Broken { name, problems, files } = *broken;
            Ok(Checked { name, items: 0, problems, files })
        }
        Err(error) => Err(error.into()),
    }
}

fn report(deck: &Checked) -> Report {
    let sources = sources(&deck.files);
    let placed = |problem: &Problem| {
        let (name, places) = source(&sources, problem);
        render::placed(problem, name, places)
    };
    Report { deck: deck.name.clone(), items: deck.items, problems: deck.problems.iter().map(placed).collect() }
}

fn show(app: &App, deck: &Checked) -> Result<(), Stop> {
    let (mut out, sources) = (io::stdout().lock(), sources(&deck.files));
    for problem in &deck.problems {
        let (name, places) = source(&sources, problem);
        writeln!(out, "{}\n", render::problem(problem, name, places, &app.style()))?;
    }
    let errors = deck.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let (errors, warnings) = (counted(errors, "error"), counted(deck.problems.len() - errors, "warning"));
    let name = render::safe_str(&deck.name);
    match deck.problems.is_empty() {
        true => writeln!(out, "{name}: {} fine.", counted(deck.items, "item"))?,
        false => writeln!(out, "{name}: {errors}, {warnings}.")?,
    }
    Ok(())
}

/// Shows what is wrong with a deck that was to be used, on standard error.
pub fn show_broken(app: &App, broken: &Broken) {
    let (mut err, sources) = (io::stderr().lock(), sources(&broken.files));
    for problem in &broken.problems {
        let (name, places) = source(&sources, problem);
        let _ = writeln!(err, "{}\n", render::problem(problem, name, places, &app.prompt_style()));
    }
}

/// The files of a deck by name, each with its places; at the end, for a problem of no file, an empty one.
fn sources(files: &[SourceFile]) -> Vec<(&str, Places<'_>)> {
    let known = files.iter().map(|file| (file.name.as_str(), Places::new(&file.text)));
    known.chain([("", Places::new(""))]).collect()
}

fn source<'s, 'f>(sources: &'s [(&'f str, Places<'f>)], problem: &Problem) -> (&'f str, &'s Places<'f>) {
    let (name, places) = &sources[problem.source.min(sources.len() - 1)];
    (name, places)
}

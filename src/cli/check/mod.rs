//! `grillme check`: everything that is wrong with decks, for authors and for CI.

mod known;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::deck::{Places, Problem, Severity};
use crate::library::{self, Broken, LoadError, Loaded, Notice, Origin, SourceFile};
use crate::lint::{self, Rule};
use crate::render::{self, Checked, counted};

use super::app::{App, write_json};
use super::args::Format;
use super::error::Stop;
use super::{rooted, summary};

/// Find everything that is wrong with decks, all at once
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme check my-deck.json             can it be used?
  grillme check --strict my-deck/        is it good? (our own bar)
  grillme check --strict --format json   for programs; also:
                 --format github         annotations and a job summary
                 --format sarif          for code scanning and editors
  grillme check --rules                  the rules, each with its code
Hold a deck that has findings already to the strict bar from now on:
  grillme check --strict --write-baseline known.json my-deck/
  grillme check --strict --baseline known.json my-deck/

Exit status: 0 when nothing is wrong, 1 when something is.")]
pub struct Check {
    /// Decks by path or id; all of them when left out
    #[arg(value_name = "PATH", add = clap_complete::ArgValueCompleter::new(super::complete::selectors))]
    pub decks: Vec<String>,
    /// Hold the decks to the strict bar as well
    #[arg(long)]
    pub strict: bool,
    /// Let pass the warnings that this file knows; errors never pass
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the warnings that there are now into this file
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// List the rules, those of the strict bar last
    #[arg(long, conflicts_with_all = ["decks", "strict", "baseline", "write_baseline"])]
    pub rules: bool,
}

#[derive(Serialize)]
struct Document {
    schema_version: u32,
    ok: bool,
    decks: Vec<Checked>,
}

#[derive(Serialize)]
struct Rules {
    schema_version: u32,
    rules: Vec<RuleLine>,
}

#[derive(Serialize)]
struct RuleLine {
    #[serde(flatten)]
    rule: &'static Rule,
    severity: Severity,
}

/// A deck with what is wrong with it.
struct Found {
    name: String,
    /// Its id, when it can be used.
    id: Option<String>,
    items: usize,
    problems: Vec<Problem>,
    files: Vec<SourceFile>,
}

pub fn run(app: &App, args: &Check) -> Result<(), Stop> {
    if args.rules {
        return rules(app);
    }
    let (origins, mut unread) = origins(app, &args.decks);
    let mut found = Vec::new();
    for origin in &origins {
        match check(origin, args.strict) {
            Ok(deck) => found.push(deck),
            Err(stop) => unread.push(stop),
        }
    }
    if args.write_baseline.is_some() && !unread.is_empty() {
        // It would lose what is known of the decks that are not there.
        return Err(unread.swap_remove(0));
    }
    let known = known::let_pass(app, args, &mut found)?;
    let fine = found.iter().all(|deck| deck.problems.is_empty());
    let ok = fine && unread.is_empty();
    let checked = |rooted: bool| -> Vec<Checked> {
        found.iter().zip(&known).map(|(deck, known)| checked(deck, *known, rooted)).collect()
    };
    match app.global.format {
        Format::Text => {
            found.iter().zip(&known).try_for_each(|(deck, known)| show(app, deck, known.unwrap_or_default()))?;
        }
        Format::Json => write_json(&Document { schema_version: 1, ok, decks: checked(false) })?,
        Format::Sarif => writeln!(io::stdout().lock(), "{}", render::check_sarif(&checked(true)))?,
        Format::Github => {
            let checked = checked(true);
            writeln!(io::stdout().lock(), "{}", render::check_github(&checked))?;
            // It has no words for what was not read, and nothing else is wrong.
            if ok || !fine {
                summary::add(app, &render::check_markdown(&checked));
            }
        }
    }
    for stop in &unread {
        let _ = writeln!(io::stderr(), "error: {}", stop.message());
    }
    match unread.first() {
        Some(stop) => Err(Stop::Unread { status: stop.status() }),
        None if ok => Ok(()),
        None => Err(Stop::Failed),
    }
}

/// Lists the decks to check, and why others that were named are not among them: without a selector all that there are,
/// the broken ones among them.
fn origins(app: &App, decks: &[String]) -> (Vec<Origin>, Vec<Stop>) {
    let catalog = app.catalog();
    if !decks.is_empty() {
        app.tell_notices(&catalog);
        let (mut origins, mut unread) = (Vec::new(), Vec::new());
        for written in decks {
            match library::resolve(&catalog, written) {
                Ok(target) => origins.push(target.origin),
                Err(error) => unread.push(error.into()),
            }
        }
        return (origins, unread);
    }
    let mut origins: Vec<Origin> = catalog.entries().iter().map(|entry| entry.origin.clone()).collect();
    for notice in catalog.notices() {
        match notice {
            Notice::Unreadable(LoadError::Broken(broken)) => origins.push(Origin::Path(broken.name.clone().into())),
            other => app.notice(&other.to_string()),
        }
    }
    (origins, Vec::new())
}

fn rules(app: &App) -> Result<(), Stop> {
    let errors = lint::ERRORS.iter().map(|rule| RuleLine { rule, severity: Severity::Error });
    let warnings = lint::RULES.iter().map(|rule| RuleLine { rule, severity: Severity::Warning });
    let lines = errors.chain(warnings);
    if matches!(app.global.format, Format::Github | Format::Sarif) {
        return Err(Stop::Usage("the rules come as --format text or json; SARIF has them in every report".to_owned()));
    }
    if app.json() {
        return write_json(&Rules { schema_version: 1, rules: lines.collect() });
    }
    let row = |line: RuleLine| {
        let severity = if line.severity == Severity::Error { "error" } else { "strict" };
        vec![line.rule.code.into(), severity.into(), line.rule.summary.into()]
    };
    let rows: Vec<Vec<String>> = lines.map(row).collect();
    writeln!(io::stdout().lock(), "{}", render::table(&rows, false, &app.style()).join("\n"))?;
    Ok(())
}

fn check(origin: &Origin, strict: bool) -> Result<Found, Stop> {
    match library::load(origin) {
        Ok(Loaded { deck, files, .. }) => {
            let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
            let problems = if strict { lint::strict(&deck, &texts) } else { lint::samples(&deck, &texts) };
            let (id, items) = (Some(deck.head.id.to_string()), deck.items().count());
            Ok(Found { name: origin.name(), id, items, problems, files })
        }
        Err(LoadError::Broken(broken)) => {
            let Broken { name, problems, files } = *broken;
            Ok(Found { name, id: None, items: 0, problems, files })
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives what was found with its places; `rooted` names files from the root of the repository on.
fn checked(deck: &Found, known: Option<usize>, rooted: bool) -> Checked {
    let sources = sources(&deck.files);
    let placed = |problem: &Problem| {
        let (name, places) = source(&sources, problem);
        let name = if rooted { rooted::rooted(name) } else { name.to_owned() };
        render::placed(problem, &name, places)
    };
    let problems = deck.problems.iter().map(placed).collect();
    Checked { deck: deck.name.clone(), items: deck.items, problems, known }
}

/// Names the file that a problem stands in.
fn file_name<'d>(deck: &'d Found, problem: &Problem) -> &'d str {
    deck.files.get(problem.source).map_or("", |file| &file.name)
}

fn show(app: &App, deck: &Found, known: usize) -> Result<(), Stop> {
    let (mut out, sources) = (io::stdout().lock(), sources(&deck.files));
    for problem in &deck.problems {
        let (name, places) = source(&sources, problem);
        writeln!(out, "{}\n", render::problem(problem, name, places, &app.style()))?;
    }
    let errors = deck.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let (errors, warnings) = (counted(errors, "error"), counted(deck.problems.len() - errors, "warning"));
    let name = render::safe_str(&deck.name);
    let known = if known == 0 { String::new() } else { format!(" {known} more known from the baseline.") };
    match deck.problems.is_empty() {
        true => writeln!(out, "{name}: {} fine.{known}", counted(deck.items, "item"))?,
        false => writeln!(out, "{name}: {errors}, {warnings}.{known}")?,
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

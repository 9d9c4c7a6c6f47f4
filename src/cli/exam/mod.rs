//! `grillme exam`: the scripted self-test. Answers in, reports and an exit status out.

mod answerer;
mod answers;
mod blueprint;
mod digest;
mod hand;
mod keep;
mod pick;
mod record;
mod reports;
mod rules;
mod seal;
mod sitting;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::deck::{Tier, escape_json};
use crate::render::{self, counted};
use crate::session::{Exam, sheet_line};

use super::app::App;
use super::args::Selection;
use super::error::Stop;
use blueprint::Blueprint;
use pick::{Paper, Picked};
use reports::Target;
use rules::{Rules, Wanted};
use sitting::Sitting;

/// Test yourself, or a program, by a script: answers in, reports and an exit status out
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme exam docker --count 10 --minutes 15   by hand, against the clock
  grillme exam docker --count 10 --seed 7 --questions > sheet.jsonl
  grillme exam docker --count 10 --seed 7 --answers answers.jsonl
  grillme exam docker --answers - --report text --report json=result.json
  grillme exam docker --answerer 'python3 bot.py' --record answers.jsonl
  grillme exam --seal deck.json -o sealed.json
  grillme exam docker --pass 70 --pass-tier expert=50 --answers answers.jsonl

An answers file has one line a question, such as
  {\"item\": \"docker/cgroups-limit\", \"answer\": \"cgroups\"}

Exit status: 0 passed, 1 not passed, 2 wrong usage, 3 could not run (a broken
answers file, say), 4 nothing selected. Nothing is kept unless you say --save.
docs/exam.md has every shape of answer, and the reports.")]
pub struct ExamArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// How many questions; all that fit when left out
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    pub count: Option<u64>,
    /// At most so many questions of each lesson
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    pub per_lesson: Option<u64>,
    /// A JSON file that says how many of which lesson, tier, kind and tag
    #[arg(long, value_name = "FILE", conflicts_with_all = ["count", "per_lesson"])]
    pub blueprint: Option<String>,
    /// Write the question sheet, JSON Lines without the key, and end
    #[arg(long, conflicts_with_all = ["answers", "answerer", "minutes", "record", "save", "report"])]
    pub questions: bool,
    /// The file with the answers, JSON Lines, or - for standard input
    #[arg(long, value_name = "FILE")]
    pub answers: Option<String>,
    /// A shell command that is asked every question in JSON Lines
    #[arg(long, value_name = "CMD", conflicts_with = "answers")]
    pub answerer: Option<String>,
    /// The seconds that an answerer has for a question
    #[arg(long, value_name = "NUMBER", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub answer_seconds: u64,
    /// By hand: the minutes for all questions
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["answers", "answerer"],
        value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub minutes: Option<u64>,
    /// Write every answer, as it is given, to a new file that --answers reads
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    pub record: Option<PathBuf>,
    /// The score that passes, in percent
    #[arg(long, value_name = "PERCENT", default_value = "80", value_parser = rules::percent)]
    pub pass: f64,
    /// The score that passes for the questions of one tier, such as expert=60; may be given several times
    #[arg(long, value_name = "TIER=PERCENT", value_parser = rules::tier)]
    pub pass_tier: Vec<Wanted<Tier>>,
    /// An item (deck/item) that must be right, or reach a score, as in deck/item=60; may be given several times
    #[arg(long, value_name = "ITEM[=PERCENT]", value_parser = rules::item)]
    pub require: Vec<Wanted<String>>,
    /// A report, and the file it goes to; may be given several times [formats: text, json, junit, tap, github, markdown, classroom]
    #[arg(long, value_name = "FORMAT[=PATH]", value_parser = reports::target)]
    pub report: Vec<Target>,
    /// Make a deck of which nobody can read the key: hashes take its place, where the kind of item allows it
    #[arg(long, conflicts_with_all = ["questions", "answers", "answerer", "minutes", "record", "save", "report", "count",
        "per_lesson", "blueprint"])]
    pub seal: bool,
    /// The file for the sealed deck
    #[arg(long, short, value_name = "FILE", requires = "seal")]
    pub output: Option<PathBuf>,
    /// Keep the answers in the progress file, as practice
    #[arg(long)]
    pub save: bool,
}

pub fn run(app: &App, args: &ExamArgs) -> Result<(), Stop> {
    if args.seal {
        return seal::run(app, args);
    }
    let reports = reports::check(app, &args.report)?;
    let blueprint = args.blueprint.as_deref().map(Blueprint::read).transpose()?;
    let paper = Paper::load(app, args)?;
    let picked = paper.pick(app, args, blueprint.as_ref())?;
    if picked.is_empty() {
        let hint = "`grillme list` shows decks, lessons and items; flash cards and checklists are never examined";
        return Err(Stop::Nothing(format!("nothing selected: no question fits\nhint: {hint}")));
    }
    if args.questions {
        return print_sheet(app, &picked);
    }
    let rules = Rules::new(args, &picked)?;
    if args.answers.is_none() && args.answerer.is_none() && !app.terminal.stdin && !app.global.plain {
        return Err(no_answers());
    }
    let mut sitting = Sitting::new(app, args, &picked)?;
    match (&args.answers, &args.answerer) {
        (Some(file), _) => answers::take(&mut sitting, file)?,
        (None, Some(command)) => answerer::take(&mut sitting, command, Duration::from_secs(args.answer_seconds))?,
        (None, None) => hand::take(&mut sitting, args.minutes)?,
    }
    let items = sitting.end()?;
    let exam = rules.judge(app.seed, paper.decks.clone(), items);
    reports::write(app, &reports, &exam)?;
    conclude(app, &reports, &exam)
}

fn no_answers() -> Stop {
    let hint = "pass --answers FILE, or --plain to pipe them in line by line; --questions writes the sheet";
    Stop::Usage(format!("an exam needs answers, and nobody is here to ask\nhint: {hint}"))
}

/// Writes the sheet; standard output is for it alone, so the seed goes beside it.
fn print_sheet(app: &App, picked: &[Picked<'_>]) -> Result<(), Stop> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for one in picked {
        let shuffle = one.shuffle(app.seed);
        let line = serde_json::to_string(&sheet_line(&one.question, &shuffle)).map_err(io::Error::from)?;
        writeln!(out, "{}", escape_json(line))?;
    }
    out.flush()?;
    app.notice(&format!("{}; --seed {} asks the same", counted(picked.len(), "question"), app.seed));
    Ok(())
}

/// Says in a line how it ended where no report for people did, and turns it into the exit status.
fn conclude(app: &App, reports: &[Target], exam: &Exam) -> Result<(), Stop> {
    if !reports.iter().any(Target::is_told) {
        app.notice(&format!("{}; --seed {} asks the same", render::report::verdict(exam), exam.seed));
    }
    if exam.passed { Ok(()) } else { Err(Stop::Failed) }
}

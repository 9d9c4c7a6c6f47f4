//! Arguments in, calls out: one file a command, each of them load, decide, act, render.

mod app;
mod args;
mod asker;
mod cards;
mod care;
mod chance;
mod check;
mod complete;
mod completions;
mod contents;
mod drill;
mod editor;
mod error;
mod exam;
mod interview;
mod lesson;
mod lessons;
mod list;
mod man;
mod mark;
mod paging;
mod play;
mod progress;
mod quiz;
mod reader;
mod rooted;
mod round;
mod select;
mod show;
mod story;
mod summary;
mod today;
mod undo;
mod whole;
mod writing;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use app::App;
use args::{Cli, Command, Format};
use error::Stop;

use crate::env;
use crate::render::{safe_str, wrap};
use crate::term;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    env::write_past_a_limit_fails();
    let Err(stop) = complete_or_run() else { return ExitCode::SUCCESS };
    let message = stop.message();
    if !message.is_empty() {
        complain(&format!("error: {message}"));
    }
    ExitCode::from(stop.status())
}

/// Says something on standard error, at a terminal broken at words. The text is safe already.
fn complain(text: &str) {
    let columns = term::size().map(|(_, columns)| usize::from(columns).max(20));
    let broken = |line: &str| columns.map_or_else(|| vec![line.to_owned()], |columns| wrap(line, columns));
    let lines: Vec<String> = text.lines().flat_map(broken).collect();
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}

fn complete_or_run() -> Result<(), Stop> {
    let here = std::env::current_dir().ok();
    let completer = clap_complete::CompleteEnv::with_factory(Cli::command);
    match completer.try_complete(std::env::args_os(), here.as_deref()) {
        Ok(true) => return Ok(()),
        Ok(false) => {}
        Err(message) => return told(&message),
    }
    Cli::try_parse().map_or_else(|message| told(&message), run)
}

/// Writes what clap has to say: help to standard output, or what is wrong with the arguments to standard error.
fn told(message: &clap::Error) -> Result<(), Stop> {
    if message.exit_code() == 0 {
        return message.print().map_err(Stop::Io);
    }
    // It quotes what was typed, or what a variable holds.
    let _ = write!(io::stderr(), "{}", safe_str(&message.render().to_string()));
    Err(Stop::Told)
}

fn run(cli: Cli) -> Result<(), Stop> {
    let for_check = matches!(cli.global.format, Format::Github | Format::Sarif);
    if for_check && !matches!(cli.command, Some(Command::Check(_))) {
        return Err(Stop::Usage("only `grillme check` writes --format github and sarif; take text or json".to_owned()));
    }
    let app = App::new(cli.global)?;
    match cli.command {
        None => today::run(&app),
        Some(Command::Cards(args)) => cards::run(&app, &args),
        Some(Command::Interview(args)) => interview::run(&app, &args),
        Some(Command::List(args)) => list::run(&app, &args),
        Some(Command::Show(args)) => show::run(&app, &args),
        Some(Command::Quiz(args)) => quiz::run(&app, &args),
        Some(Command::Exam(args)) => exam::run(&app, &args),
        Some(Command::Lesson(args)) => lesson::run(&app, &args),
        Some(Command::Mark(args)) => mark::run(&app, &args),
        Some(Command::Check(args)) => check::run(&app, &args),
        Some(Command::Undo(args)) => undo::run(&app, &args),
        Some(Command::Suspend(args)) => care::suspend(&app, &args),
        Some(Command::Bury(args)) => care::bury(&app, &args),
        Some(Command::Forget(args)) => care::forget(&app, &args),
        Some(Command::Progress(args)) => progress::run(&app, &args),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
    }
}

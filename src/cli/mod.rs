//! Arguments in, calls out: one file a command, each of them load, decide, act, render.

mod app;
mod args;
mod cards;
mod care;
mod chance;
mod check;
mod complete;
mod completions;
mod contents;
mod drill;
mod error;
mod list;
mod man;
mod progress;
mod select;
mod show;
mod today;
mod undo;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use app::App;
use args::{Cli, Command};
use error::Stop;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    clap_complete::CompleteEnv::with_factory(Cli::command).complete();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => {
            let _ = message.print();
            return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2));
        }
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            let message = stop.message();
            if !message.is_empty() {
                let _ = writeln!(std::io::stderr(), "error: {message}");
            }
            ExitCode::from(stop.status())
        }
    }
}

fn run(cli: Cli) -> Result<(), Stop> {
    let app = App::new(cli.global)?;
    match cli.command {
        None => today::run(&app),
        Some(Command::Cards(args)) => cards::run(&app, &args),
        Some(Command::List(args)) => list::run(&app, &args),
        Some(Command::Show(args)) => show::run(&app, &args),
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

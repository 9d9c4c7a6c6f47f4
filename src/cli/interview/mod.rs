//! `grillme interview`: open questions, marked against key points; their answers move the learner's tier.

mod candidates;
mod disputes;
mod host;
pub mod keep;
mod mock;
pub mod question;
mod session;

use std::path::PathBuf;

use clap::Args;

use super::app::App;
use super::args::Selection;
use super::error::Stop;

/// Answer interview questions, marked against key points; they move your tier
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme interview docker                        five questions of your tier
  grillme interview docker --tier expert          any tier, whenever you like
  grillme interview docker --think --count 3      think the answers through aloud
  grillme interview docker --mock --minutes 30    no feedback until the end
  grillme interview docker --mock --save talk.md  keep a transcript
  grillme interview docker --host > sheet.md      a sheet for a friend who asks you
  grillme interview docker --export-disputes d.json

Write as much as you like; a dot alone on a line ends the answer, :e opens your
editor. Key points that were found are ticked with your own words; the others are
asked about, and you may change any tick. A draft is kept if the terminal goes.")]
pub struct Interview {
    #[command(flatten)]
    pub selection: Selection,
    /// How many questions to ask
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    pub count: usize,
    /// Think the answers through instead of writing them
    #[arg(long, conflicts_with = "mock")]
    pub think: bool,
    /// Ask how sure you are before the answer is shown
    #[arg(long)]
    pub certainty: bool,
    /// A timed interview: a warm-up, then as high as your answers carry; the report comes at the end
    #[arg(long)]
    pub mock: bool,
    /// How long the mock interview takes
    #[arg(long, value_name = "MINUTES", default_value_t = 30, requires = "mock", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub minutes: u64,
    /// Write the mock interview down, as Markdown
    #[arg(long, value_name = "FILE", requires = "mock")]
    pub save: Option<PathBuf>,
    /// Print a sheet for a friend who asks you: questions, hints, boxes to tick
    #[arg(long, conflicts_with_all = ["mock", "think"])]
    pub host: bool,
    /// Write the answers on which you and the matcher differed, as samples for the rubrics
    #[arg(long, value_name = "FILE", conflicts_with_all = ["mock", "think", "host"])]
    pub export_disputes: Option<PathBuf>,
}

/// What to do where nobody may be asked.
const INSTEAD: &str = "an interview asks; pipe the answers in with --plain, or leave --no-input out";

pub fn run(app: &App, args: &Interview) -> Result<(), Stop> {
    if let Some(path) = &args.export_disputes {
        return disputes::run(app, &args.selection, path);
    }
    if args.host {
        return host::run(app, args);
    }
    if args.mock { mock::run(app, args) } else { session::run(app, args) }
}

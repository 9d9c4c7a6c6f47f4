//! `grillme man`: the manual pages, made from the same words as `--help`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use super::args::Cli;
use super::error::Stop;

/// Print the manual page, or write all pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme man | man -l -                        read it now
  grillme man --dir ~/.local/share/man/man1     install grillme.1, grillme-cards.1, ...")]
pub struct Man {
    /// Write a page a command into this folder
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

pub fn run(args: &Man) -> Result<(), Stop> {
    let command = Cli::command().disable_help_subcommand(true);
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        Page::new(command).render(&mut page)?;
        io::stdout().lock().write_all(&page)?;
        return Ok(());
    };
    let failed = |source| Stop::File { action: "write to", path: dir.display().to_string(), source };
    std::fs::create_dir_all(dir).map_err(failed)?;
    clap_mangen::generate_to(command, dir).map_err(failed)
}

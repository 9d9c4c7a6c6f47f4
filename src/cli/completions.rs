//! `grillme completions`: what a shell needs to complete commands, decks, lessons and items.

use std::io;

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::args::Cli;
use super::error::Stop;

/// Print what a shell needs to complete grillme's commands, decks, lessons and items
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme completions bash >> ~/.bashrc
  grillme completions zsh >> ~/.zshrc
  grillme completions fish > ~/.config/fish/completions/grillme.fish
  grillme completions powershell >> $PROFILE
  grillme completions elvish >> ~/.config/elvish/rc.elv")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// A shell that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

pub fn run(args: &Completions) -> Result<(), Stop> {
    let completer: &dyn EnvCompleter = match args.shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Elvish => &Elvish,
    };
    let name = Cli::command().get_name().to_owned();
    let mut out = Vec::new();
    completer.write_registration("COMPLETE", &name, &name, &name, &mut out)?;
    io::Write::write_all(&mut io::stdout().lock(), &out)?;
    Ok(())
}

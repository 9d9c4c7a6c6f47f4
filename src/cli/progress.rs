//! `grillme progress`: the log as a file: copies, merging, integrity.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::env;
use crate::render::{self, counted};
use crate::store::{self, BadLine, Index, Notes};

use super::app::{App, write_json};
use super::error::Stop;

/// Copy, merge, verify and repair the progress file
#[derive(Debug, Args)]
pub struct Progress {
    #[command(subcommand)]
    pub command: Action,
}

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Write every event as JSON Lines, each once, in order of time
    #[command(after_help = "Example:\n  grillme progress export > all.jsonl")]
    Export {
        /// Where to; standard output when left out
        file: Option<PathBuf>,
    },
    /// Take in the events of another log; those already there are left alone
    #[command(after_help = "Example:\n  grillme progress import laptop.jsonl")]
    Import {
        /// Where from; - reads standard input
        file: PathBuf,
    },
    /// Check every line of the log against its checksum
    #[command(after_help = "Exit status: 0 when all is well, 1 when a line is damaged.")]
    Verify,
    /// Take damaged lines out, after a backup
    Repair,
    /// Copy the log into the backups folder
    Backup,
}

pub fn run(app: &App, args: &Progress) -> Result<(), Stop> {
    match &args.command {
        Action::Export { file } => export(app, file.as_deref()),
        Action::Import { file } => import(app, file),
        Action::Verify => verify(app),
        Action::Repair => repair(app),
        Action::Backup => backup(app),
    }
}

fn export(app: &App, file: Option<&Path>) -> Result<(), Stop> {
    let logs = app.folders()?.progress();
    file.map_or(Ok(()), |path| app.refuse_log(path))?;
    let mut bytes = Vec::new();
    store::export(&logs, &mut bytes)?;
    match file {
        Some(path) => std::fs::write(path, &bytes).map_err(|source| cannot("write", path, source))?,
        None if app.terminal.stdout => write!(io::stdout().lock(), "{}", inert(&bytes))?,
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(())
}

/// A log from elsewhere may hold anything; a terminal gets to see it, not to obey it.
fn inert(bytes: &[u8]) -> String {
    render::safe_str(&String::from_utf8_lossy(bytes))
}

fn import(app: &App, path: &Path) -> Result<(), Stop> {
    let reader: Box<dyn Read> = if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(open(path)?) };
    let report = store::import(&app.folders()?.progress(), &env::machine(), BufReader::new(reader))?;
    let named = |bad: BadLine| BadLine { path: path.to_owned(), ..bad };
    let bad = report.bad.into_iter().map(named).collect();
    app.tell_damage(&Notes { bad, bad_lines: report.bad_lines, ..Notes::default() });
    writeln!(io::stdout().lock(), "{} added, {} known already.", counted(report.added, "event"), report.known)?;
    if report.bad_lines == 0 { Ok(()) } else { Err(Stop::Failed) }
}

/// Opens a log to import: a file, or a pipe such as `<(ssh laptop grillme progress export)`. A device may have no end.
fn open(path: &Path) -> Result<File, Stop> {
    let failed = |source| cannot("read", path, source);
    let kind = std::fs::metadata(path).map_err(failed)?.file_type();
    #[cfg(unix)]
    let is_pipe = std::os::unix::fs::FileTypeExt::is_fifo(&kind);
    #[cfg(not(unix))]
    let is_pipe = false;
    if !(kind.is_file() || is_pipe) {
        return Err(failed(io::Error::other("it is neither a file nor a pipe")));
    }
    File::open(path).map_err(failed)
}

fn verify(app: &App) -> Result<(), Stop> {
    let verification = store::verify(&app.folders()?.progress())?;
    if app.json() {
        write_json(&verification)?;
    } else {
        write!(io::stdout().lock(), "{}", render::safe_str(&verification.to_text()))?;
    }
    if verification.ok { Ok(()) } else { Err(Stop::Failed) }
}

fn repair(app: &App) -> Result<(), Stop> {
    let folders = app.folders()?;
    let report = store::repair(&folders.progress(), &folders.data.join("backups"), app.now().at_ms)?;
    // What is there now is what is to be used from here on, however much there was before.
    if let Some(cache) = &folders.cache {
        Index::reset(cache);
    }
    write!(io::stdout().lock(), "{}", render::safe_str(&report.to_text()))?;
    Ok(())
}

fn backup(app: &App) -> Result<(), Stop> {
    let folders = app.folders()?;
    let copy = store::backup(&folders.progress(), &folders.data.join("backups"), app.now().at_ms)?;
    match copy {
        Some(folder) => {
            writeln!(io::stdout().lock(), "Copied to {}.", render::safe_str(&folder.display().to_string()))?
        }
        None => writeln!(io::stdout().lock(), "There is no progress file yet.")?,
    }
    Ok(())
}

fn cannot(action: &'static str, path: &Path, source: io::Error) -> Stop {
    Stop::File { action, path: path.display().to_string(), source }
}

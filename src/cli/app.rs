//! What the commands share: the world read once, and the layers opened on demand.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::deck::escape_json;
use crate::env::{self, Clock, Folders, Terminal};
use crate::library::{self, Catalog};
use crate::render::Style;
use crate::schedule::{Moment, Scheduler, Settings};
use crate::store::{self, Event, Index, Log, Notes, What};
use crate::term::{self, Backend, Facts, NoInput, Plain, Prompter};

use super::args::{ColorWhen, Format, Global};
use super::error::Stop;

/// The most damaged lines that are named one by one.
const MOST_NOTES: usize = 5;

/// The world of one run.
pub struct App {
    pub global: Global,
    pub clock: Clock,
    pub terminal: Terminal,
    pub scheduler: Scheduler,
    /// The seed of this run's shuffles.
    pub seed: u64,
}

impl App {
    /// Reads the world.
    pub fn new(global: Global) -> Result<Self, Stop> {
        let clock = Clock::new(global.now.as_deref())?;
        let seed = global.seed.unwrap_or_else(env::fresh_seed);
        Ok(Self { clock, terminal: Terminal::look(), scheduler: Scheduler::new(Settings::default()), seed, global })
    }

    /// Tells the moment.
    pub fn now(&self) -> Moment {
        let now = self.clock.now();
        Moment::new(now.at_ms, now.offset_s)
    }

    /// Finds the folders.
    pub fn folders(&self) -> Result<Folders, Stop> {
        Ok(Folders::find(self.global.data_dir.as_deref())?)
    }

    /// Finds all decks; works without a home folder, with the bundled ones.
    pub fn catalog(&self) -> Catalog {
        let user_decks = self.folders().ok().map(|folders| folders.decks());
        let listed = env::variable("GRILLME_DECKS");
        let extra: Vec<PathBuf> = listed.map(|list| std::env::split_paths(&list).collect()).unwrap_or_default();
        Catalog::find(&library::Folders { user_decks, extra })
    }

    /// Opens the index, brought up to date with the log, and says on standard error what was wrong with it.
    pub fn index(&self) -> Result<Index, Stop> {
        let folders = self.folders()?;
        let (index, notes) = Index::open(folders.cache.as_deref(), &folders.progress(), &self.scheduler)?;
        self.tell(&notes);
        Ok(index)
    }

    /// Says on standard error which decks could not be listed, and which stand in for bundled ones.
    pub fn tell_notices(&self, catalog: &Catalog) {
        for notice in catalog.notices() {
            match notice {
                library::Notice::Unreadable(error) => self.tell_unreadable(error),
                other => self.notice(&other.to_string()),
            }
        }
        for entry in catalog.entries().iter().filter(|entry| entry.shadows) {
            self.notice(&format!("the deck {} is yours, from {}, not the bundled one", entry.id, entry.origin.name()));
        }
    }

    /// Says on standard error that a deck which nobody named is left out, and where its problems are told.
    pub fn tell_unreadable(&self, error: &library::LoadError) {
        match error {
            library::LoadError::Broken(broken) => self.notice(&format!("{error}; see `grillme check {}`", broken.name)),
            other => self.notice(&other.to_string()),
        }
    }

    fn tell(&self, notes: &Notes) {
        self.tell_damage(notes);
        for torn in &notes.torn {
            let (log, at) = (torn.path.display(), torn.offset);
            self.notice(&format!("{log}: the last line, from byte {at} on, is cut off; it does not count"));
        }
    }

    /// Says on standard error which lines of the logs cannot be used.
    pub fn tell_damage(&self, notes: &Notes) {
        for bad in notes.bad.iter().take(MOST_NOTES) {
            let (log, at, reason) = (bad.path.display(), bad.offset, &bad.reason);
            self.notice(&format!("{log}: the line at byte {at} is damaged ({reason}); it does not count"));
        }
        let told = notes.bad.len().min(MOST_NOTES) as u64;
        match notes.bad_lines - told {
            0 if told == 0 => {}
            0 => self.notice("see `grillme progress verify`"),
            more => self.notice(&format!("and {more} more damaged lines; see `grillme progress verify`")),
        }
    }

    /// Opens this machine's log for writing.
    pub fn log(&self) -> Result<Log, Stop> {
        Ok(Log::new(&self.folders()?.progress(), &env::machine()))
    }

    /// Opens this machine's log for the answers of a session; see [`Log::ready`].
    pub fn session_log(&self) -> Result<Log, Stop> {
        let mut log = self.log()?;
        log.ready()?;
        Ok(log)
    }

    /// Refuses to write something else over a log of answers.
    pub fn refuse_log(&self, path: &Path) -> Result<(), Stop> {
        let Ok(folders) = self.folders() else { return Ok(()) };
        if store::is_log(&folders.progress(), path) {
            let name = path.display();
            return Err(Stop::Usage(format!("{name} is where the logs are kept\nhint: name a file in another folder")));
        }
        Ok(())
    }

    /// Makes an event of what happened at `now`.
    pub fn event(&self, now: Moment, what: What) -> Event {
        Event { id: uuid::Uuid::now_v7(), at_ms: now.at_ms, offset_s: now.offset_s, day: now.day, what }
    }

    /// Says something beside the results, on standard error.
    pub fn notice(&self, text: &str) {
        super::complain(&format!("note: {}", crate::render::safe_str(text)));
    }

    /// Tells whether results are for programs.
    pub fn json(&self) -> bool {
        self.global.format == Format::Json
    }

    /// Tells how standard output is to look.
    pub fn style(&self) -> Style {
        self.style_of(self.terminal.stdout)
    }

    /// Tells how prompts and messages are to look.
    pub fn prompt_style(&self) -> Style {
        self.style_of(self.terminal.stderr)
    }

    fn style_of(&self, is_terminal: bool) -> Style {
        let color = match self.global.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => is_terminal && !self.terminal.no_color && !self.terminal.dumb && !self.global.plain,
        };
        let columns = term::size().filter(|_| is_terminal).map_or(80, |(_, columns)| columns);
        let width = usize::from(columns).max(20);
        let plain = self.global.plain;
        Style { color, unicode: self.terminal.utf8 && !plain, width, plain }
    }

    /// Chooses how to ask. `instead` says what to do where nobody may be asked, naming the flag.
    pub fn prompter(&self, instead: &str) -> Box<dyn Prompter> {
        let facts = Facts {
            stdin_terminal: self.terminal.stdin,
            stderr_terminal: self.terminal.stderr,
            dumb: self.terminal.dumb,
            size: term::size(),
            plain: self.global.plain,
            no_input: self.global.no_input,
        };
        let style = self.prompt_style();
        match term::choose(&facts) {
            Backend::Terminal => Box::new(term::Terminal::new(style)),
            Backend::Plain => {
                let style = Style { plain: true, unicode: false, ..style };
                let echo = !self.terminal.stdin;
                Box::new(Plain::new(io::stdin().lock(), io::stderr(), style, echo))
            }
            Backend::None => Box::new(NoInput::new(io::stderr(), style, instead)),
        }
    }
}

/// Writes a JSON document to standard output.
pub fn write_json(document: &impl serde::Serialize) -> Result<(), Stop> {
    let json = serde_json::to_string_pretty(document).map_err(io::Error::from)?;
    writeln!(io::stdout().lock(), "{}", escape_json(json))?;
    Ok(())
}

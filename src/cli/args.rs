//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::deck::{Id, KindName, Tier};
use crate::library::Filter;

use super::error::Stop;
use super::{cards, care, check, completions, exam, interview, lesson, list, man, mark, progress, quiz, show, undo};

/// Drills you with flash cards and quizzes from JSON decks, on a spaced-repetition schedule.
#[derive(Debug, Parser)]
#[command(name = "grillme", bin_name = "grillme", version, max_term_width = 88, infer_subcommands = false)]
#[command(after_help = "\
Examples:
  grillme                           what is due today, and what to type next
  grillme cards docker              answer today's cards of the Docker deck
  grillme lesson docker/docker-vs-vm read a lesson, then do its exercises
  grillme quiz docker               ten questions with feedback, off the schedule
  grillme exam docker --questions   the sheet of a self-test for scripts
  grillme cards ./my-deck.json      any deck, by path
  grillme list docker               its lessons and cards
  grillme check --strict my-deck/   everything that is wrong with a deck

Exit status: 0 done, 1 a test failed, 2 wrong usage, 3 could not run,
4 nothing selected, 130 interrupted.")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// How to write what is read: for people, or for programs
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, help_heading = "Global options")]
    pub format: Format,
    /// Where the progress file and your decks are kept
    #[arg(
        long,
        global = true,
        env = "GRILLME_DATA_DIR",
        hide_env_values = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub data_dir: Option<PathBuf>,
    /// The time to go by, such as 2026-03-01T09:30:00+01:00
    #[arg(
        long,
        global = true,
        env = "GRILLME_NOW",
        hide_env_values = true,
        value_name = "TIME",
        help_heading = "Global options"
    )]
    pub now: Option<String>,
    /// A number that fixes every shuffle
    #[arg(
        long,
        global = true,
        env = "GRILLME_SEED",
        hide_env_values = true,
        value_name = "NUMBER",
        help_heading = "Global options"
    )]
    pub seed: Option<u64>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto, value_name = "WHEN", help_heading = "Global options")]
    pub color: ColorWhen,
    /// Plain numbered lists and lines, for screen readers and pipes
    #[arg(long, global = true, help_heading = "Global options")]
    pub plain: bool,
    /// Never ask: fail where a prompt would wait, and say which flag answers it
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,
}

/// The form of what is written to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Format {
    Text,
    Json,
    /// What `check` alone writes; its help tells of it.
    #[value(hide = true)]
    Github,
    #[value(hide = true)]
    Sarif,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

/// Which items are meant; every flag may be given several times.
#[derive(Debug, Clone, Default, Args)]
pub struct FilterArgs {
    /// Only this lesson
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    pub lesson: Vec<String>,
    /// Only this item
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    pub item: Vec<String>,
    /// Only items with this tag
    #[arg(long, value_name = "TAG", help_heading = "Filters")]
    pub tag: Vec<String>,
    /// Only items of this tier
    #[arg(long, value_name = "TIER", value_parser = ["beginner", "intermediate", "expert"], help_heading = "Filters")]
    pub tier: Vec<String>,
    /// Only items of this kind
    #[arg(long, value_name = "KIND", help_heading = "Filters", value_parser = ["flash", "cloze", "choice", "typed",
        "order", "match", "diagram", "whatif", "scenario", "checklist", "interview"])]
    pub kind: Vec<String>,
}

/// Which decks, lessons or items are meant.
#[derive(Debug, Clone, Default, Args)]
pub struct Selection {
    /// A deck, deck/lesson, deck/item, or the path of a deck
    #[arg(value_name = "SELECTOR", add = clap_complete::ArgValueCompleter::new(super::complete::selectors))]
    pub selectors: Vec<String>,
    #[command(flatten)]
    pub filter: FilterArgs,
}

impl FilterArgs {
    /// Tells whether any filter was given.
    pub fn narrows(&self) -> bool {
        [&self.lesson, &self.item, &self.tag, &self.tier, &self.kind].iter().any(|given| !given.is_empty())
    }

    /// Reads the filters as values.
    pub fn filter(&self) -> Result<Filter, Stop> {
        let id = |text: &String| text.parse::<Id>().map_err(|e| Stop::Usage(format!("{text:?}: {e}")));
        fn words<T: Copy>(given: &[String], words: &[(&'static str, T)]) -> Vec<T> {
            words.iter().filter(|(word, _)| given.iter().any(|text| text == word)).map(|(_, value)| *value).collect()
        }
        Ok(Filter {
            lessons: self.lesson.iter().map(id).collect::<Result<_, _>>()?,
            items: self.item.iter().map(id).collect::<Result<_, _>>()?,
            tags: self.tag.clone(),
            tiers: words(&self.tier, &Tier::WORDS),
            kinds: words(&self.kind, &KindName::WORDS),
        })
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)]
pub enum Command {
    Cards(cards::Cards),
    Interview(interview::Interview),
    Quiz(quiz::QuizArgs),
    Exam(exam::ExamArgs),
    Lesson(lesson::LessonArgs),
    List(list::List),
    Show(show::Show),
    Mark(mark::Mark),
    Check(check::Check),
    Undo(undo::Undo),
    Suspend(care::Suspend),
    Bury(care::Bury),
    Forget(care::Forget),
    Progress(progress::Progress),
    Completions(completions::Completions),
    Man(man::Man),
}

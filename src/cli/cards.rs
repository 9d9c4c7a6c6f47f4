//! `grillme cards`: the daily session.

use std::collections::BTreeMap;

use clap::Args;

use crate::schedule::{self, Candidate, Limits, StudyDay};
use crate::session::{Card, Drill, Mode};
use crate::store::{Entry, Index, Query};

use super::app::App;
use super::args::Selection;
use super::drill::{Run, Subject};
use super::error::Stop;
use super::select::{self, Picked};

/// How many cards a practice round takes when the schedule does not limit it.
const ROUND: usize = 200;

/// Answer today's cards: those that are due, then new ones
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme cards                        every deck, within the daily limits
  grillme cards docker                 one deck
  grillme cards docker/docker-vs-vm    one lesson
  grillme cards docker --kind typed    only cards that are typed
  grillme cards docker --ahead         also what is due in the next days
  grillme cards docker --cram          practise without touching the schedule
  grillme cards docker --by 2026-12-24 be ready on that day
  printf '3\\n1\\n' | grillme cards docker --plain

Keys: Enter shows the answer; 1 Again, 2 Hard, 3 Good and 4 Easy rate it, Enter
takes the one in brackets; u takes the last answer back, h gives a hint, ? helps,
q leaves. Where letters are the answer: :u, :h, ? and :q.
Every answer is saved before the next card shows; leave whenever you like.
With --format json a document of the session ends it, in place of the summary.")]
pub struct Cards {
    #[command(flatten)]
    pub selection: Selection,
    /// Go on with cards that are due in the days to come, nearest first
    #[arg(long, conflicts_with = "cram")]
    pub ahead: bool,
    /// Practise everything selected; the schedule is left alone
    #[arg(long)]
    pub cram: bool,
    /// Be ready on this day: shorter intervals, and a last pass in the final two days
    #[arg(long, value_name = "DATE", conflicts_with = "cram")]
    pub by: Option<String>,
    /// Ask how sure you are before each answer is shown; sure and wrong comes back tomorrow
    #[arg(long)]
    pub certainty: bool,
    /// New cards a day, over all decks
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    pub new: usize,
    /// Reviews a day, over all decks
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    pub reviews: usize,
}

impl Default for Cards {
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            ahead: false,
            cram: false,
            by: None,
            certainty: false,
            new: 20,
            reviews: 200,
        }
    }
}

pub fn run(app: &App, args: &Cards) -> Result<(), Stop> {
    let by = args.by.as_deref().map(|text| deadline(text, app.now().day)).transpose()?;
    let mut index = app.index()?;
    let picked = select::pick(app, &mut index, &args.selection)?;
    let chosen = choose(app, args, by, &index, &picked)?;
    if chosen.is_empty() {
        return super::today::nothing_due(app, args, &index, &picked);
    }
    let mode = if args.cram { Mode::Cram } else { Mode::Scheduled };
    let cards = chosen.iter().map(|(entry, state)| Card { key: entry.key.clone(), state: state.clone() }).collect();
    let drill = Drill::new(mode, cards, schedule::LEARN_AHEAD_MS);
    let subjects = subjects(&picked, chosen.into_iter().map(|(entry, _)| entry));
    let queries = picked.into_iter().map(|picked| select::daily(picked.query)).collect();
    Run::new(app, index, drill, subjects, queries, by, args.certainty)?.play()
}

fn deadline(text: &str, today: StudyDay) -> Result<StudyDay, Stop> {
    let day: StudyDay =
        text.parse().map_err(|_| Stop::Usage(format!("--by takes a day such as 2026-12-24, not {text:?}")))?;
    if day < today { Err(Stop::Usage(format!("--by {day} is past; today is {today}"))) } else { Ok(day) }
}

type Chosen = Vec<(Entry, schedule::CardState)>;

fn choose(app: &App, args: &Cards, by: Option<StudyDay>, index: &Index, picked: &[Picked]) -> Result<Chosen, Stop> {
    let queries: Vec<Query> = picked.iter().map(|picked| select::daily(picked.query.clone())).collect();
    if args.cram {
        let mut all = index.all(&queries, ROUND)?;
        all.truncate(ROUND);
        return Ok(all);
    }
    let now = app.now();
    let (introduced, reviewed) = index.today(now.day)?;
    let limits =
        Limits { new_left: args.new.saturating_sub(introduced), reviews_left: args.reviews.saturating_sub(reviewed) };
    let mut found = index.due(&queries, now, schedule::LEARN_AHEAD_MS, limits.reviews_left.max(1) * 2)?;
    if let Some(by) = by {
        let last_pass = index.soon(&queries, now.day, ROUND)?;
        found.extend(last_pass.into_iter().filter(|(_, state)| schedule::due_under_deadline(state, now.day, by)));
    }
    if args.ahead {
        found.extend(index.soon(&queries, now.day, ROUND)?);
    }
    // Twice as many as the limit: look-alikes and siblings may put some off.
    let fresh = index.fresh(&queries, now.day, limits.new_left * 2)?;
    found.extend(fresh.into_iter().map(|entry| (entry, schedule::CardState::default())));
    Ok(ordered(app, found, limits))
}

fn ordered(app: &App, found: Chosen, limits: Limits) -> Chosen {
    let mut by_key: BTreeMap<String, (Entry, schedule::CardState)> = BTreeMap::new();
    let mut candidates = Vec::new();
    for (entry, state) in found {
        if !by_key.contains_key(&entry.key) {
            candidates.push(candidate(&entry, &state));
            by_key.insert(entry.key.clone(), (entry, state));
        }
    }
    let order = schedule::order(&candidates, app.now(), limits);
    order.into_iter().filter_map(|at| by_key.remove(&candidates[at].key)).collect()
}

fn candidate(entry: &Entry, state: &schedule::CardState) -> Candidate {
    Candidate {
        key: entry.key.clone(),
        item: format!("{}/{}", entry.deck, entry.item),
        deck: entry.deck.clone(),
        is_new: state.phase == schedule::Phase::New,
        state: state.clone(),
        confusable: entry.confusable.clone(),
        position: entry.position,
    }
}

fn subjects(picked: &[Picked], entries: impl Iterator<Item = Entry>) -> BTreeMap<String, Subject> {
    let origin = |deck: &str| picked.iter().find(|picked| picked.query.deck == deck).map(|picked| &picked.origin);
    let subject = |entry: Entry| {
        let origin = origin(&entry.deck)?.clone();
        Some((entry.key.clone(), Subject { origin, entry }))
    };
    entries.filter_map(subject).collect()
}

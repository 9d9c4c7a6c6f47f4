//! `grillme quiz`: some questions with feedback at once, off the schedule.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use crate::deck::{Item, KindName, Lesson, Objective};
use crate::render::{self, Review};
use crate::session::{self, Quiz, Score};
use crate::store::Index;

use super::app::{App, write_json};
use super::args::Selection;
use super::chance;
use super::contents;
use super::error::Stop;
use super::play::Player;
use super::round::{self, AnswerLine, Entry, Round};
use super::select::{self, Chosen};

/// The most questions that a quiz may have.
const MOST: u64 = 1000;

/// Answer some questions with feedback at once, off the schedule
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grillme quiz                            ten questions from every deck
  grillme quiz docker --count 5           five from one deck
  grillme quiz docker --tier expert       only hard ones
  grillme quiz docker --retry-missed      ask the missed ones again until right
  grillme quiz docker --missed            only what you got wrong last
  grillme quiz docker --seconds 30        30 s a question
  grillme quiz docker --seed 7            the same questions each time
  printf '2\\n\\n1\\n' | grillme quiz docker --kind choice --count 2 --plain

Asked are choice, typed, cloze, order, match, diagram, what-if and scenario
questions; interview questions with --kind interview. Flash cards and
checklists, which nobody but you can mark, are not.

With --seconds, take the time you need: nothing cuts you short. But an answer
that comes late counts as missed, and scores nothing. A what-if or scenario
question has the seconds for each of its cases or steps.

Answers are kept as practice; the schedule of `grillme cards` is left alone.")]
pub struct QuizArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// How many questions
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=MOST))]
    pub count: u64,
    /// Ask the missed ones again, until they are right
    #[arg(long)]
    pub retry_missed: bool,
    /// Only questions whose last answer was wrong
    #[arg(long)]
    pub missed: bool,
    /// The seconds a question may take
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub seconds: Option<u64>,
}

pub fn run(app: &App, args: &QuizArgs) -> Result<(), Stop> {
    let mut filter = args.selection.filter.filter()?;
    filter.kinds = kinds(&filter.kinds)?;
    let selectors = &args.selection.selectors;
    let chosen = select::drillable(select::load(app, selectors, &filter)?, selectors)?;
    let mut index = app.index()?;
    chosen.iter().try_for_each(|chosen| contents::ensure(app, &mut index, &chosen.origin).map(drop))?;
    let entries = choose(app, args, &index, &chosen)?;
    if entries.is_empty() {
        let fits = if args.missed { "no question that fits was last answered wrongly" } else { "no question fits" };
        let hint = "`grillme list` shows decks, lessons and items";
        return Err(Stop::Nothing(format!("nothing selected: {fits}\nhint: {hint}")));
    }
    let mut player = Player::new(app, "quiz", "pipe the answers in with --plain, or leave --no-input out")?;
    let mut round = Round::new(&mut player, &entries, args.retry_missed, args.seconds);
    round.run()?;
    let quiz = round.quiz;
    if app.json() {
        return write_json(&document(app, &entries, &quiz, &chosen));
    }
    let (score, style) = (quiz.score(), *player.prompter().style());
    let missed = entries.iter().filter(|entry| score.missed.iter().any(|miss| miss.key == entry.key));
    let stems = missed.map(|entry| (entry.key.clone(), entry.item.stem())).collect();
    let review = review(&entries, &score, &chosen);
    let end = render::QuizEnd { score: &score, stems: &stems, review: &review, seed: app.seed };
    player.asker.say(&render::quiz(&end, &style))
}

/// Gives the kinds to ask: those that were named, or all that are marked without a rubric.
fn kinds(named: &[KindName]) -> Result<Vec<KindName>, Stop> {
    if let Some(kind) = named.iter().find(|kind| matches!(kind, KindName::Flash | KindName::Checklist)) {
        let instead = if *kind == KindName::Flash { "`grillme cards --kind flash`" } else { "`grillme lesson`" };
        let word = kind.word();
        return Err(Stop::Usage(format!("a quiz has no {word} items, which only you can mark; see {instead}")));
    }
    let all = KindName::WORDS.iter().map(|(_, kind)| *kind);
    let unasked = [KindName::Flash, KindName::Checklist, KindName::Interview];
    Ok(if named.is_empty() { all.filter(|kind| !unasked.contains(kind)).collect() } else { named.to_vec() })
}

/// Chooses questions by the seed, about as many from each lesson. What is suspended stays out unless it is named.
fn choose(app: &App, args: &QuizArgs, index: &Index, chosen: &[Chosen]) -> Result<Vec<Entry>, Stop> {
    let (mut entries, count): (Vec<Entry>, _) = (Vec::new(), usize::try_from(args.count).unwrap_or(usize::MAX));
    let missed = if args.missed { Some(missed(index, chosen)?) } else { None };
    for (chosen, lesson, item) in deal(app, chosen) {
        if entries.len() == count {
            break;
        }
        let mut parts = Entry::all(&chosen.origin, &chosen.deck, lesson, item);
        parts.retain(|entry| missed.as_ref().is_none_or(|missed| missed.contains(&entry.key)));
        let first = chance::shuffled(app.seed, item.id.as_str(), 0, parts.len()).first().copied();
        let Some(entry) = first.map(|at| parts.swap_remove(at)) else { continue };
        let doubled = entries.iter().any(|known| known.key == entry.key);
        let named = chosen.filter.items.contains(&item.id);
        let suspended = !named && index.state(&entry.key)?.is_some_and(|state| state.suspended);
        if !doubled && !suspended {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Lists the cards whose last answer was wrong, and the scenarios with such a step.
fn missed(index: &Index, chosen: &[Chosen]) -> Result<BTreeSet<String>, Stop> {
    let mut missed = BTreeSet::new();
    for chosen in chosen {
        for (key, evidence) in index.evidence(chosen.deck.head.id.as_str())? {
            if evidence.is_answered() && !evidence.right {
                missed.extend([key.split('#').next().unwrap_or_default().to_owned(), key]);
            }
        }
    }
    Ok(missed)
}

type Candidate<'c> = (&'c Chosen, &'c Lesson, &'c Item);

/// Deals all that may be asked, lesson by lesson in turn.
fn deal<'c>(app: &App, chosen: &'c [Chosen]) -> Vec<Candidate<'c>> {
    let lessons = chosen.iter().flat_map(|chosen| chosen.deck.lessons.iter().map(move |lesson| (chosen, lesson)));
    let group = |(chosen, lesson): (&'c Chosen, &'c Lesson)| {
        let fits = |item: &&Item| chosen.filter.matches(lesson, item);
        let items: Vec<Candidate<'c>> = lesson.items.iter().filter(fits).map(|item| (chosen, lesson, item)).collect();
        mixed(app, &format!("{}/{}", chosen.deck.head.id, lesson.id), items)
    };
    session::spread(mixed(app, "lessons", lessons.map(group).collect()))
}

fn mixed<T: Clone>(app: &App, key: &str, all: Vec<T>) -> Vec<T> {
    chance::shuffled(app.seed, key, 0, all.len()).into_iter().map(|at| all[at].clone()).collect()
}

/// Lists the lessons of missed questions, each with the objectives that those serve.
fn review(entries: &[Entry], score: &Score, chosen: &[Chosen]) -> Vec<Review> {
    let missed = |entry: &&Entry| score.missed.iter().any(|miss| miss.key == entry.key);
    let missed: Vec<&Entry> = entries.iter().filter(missed).collect();
    let lessons = chosen.iter().flat_map(|chosen| chosen.deck.lessons.iter().map(move |lesson| (chosen, lesson)));
    let mut review: Vec<Review> = Vec::new();
    for (chosen, lesson) in lessons {
        let here = |entry: &&&Entry| entry.origin == chosen.origin && entry.lesson == lesson.id.as_str();
        let items: Vec<&Item> = missed.iter().filter(here).map(|entry| &entry.item).collect();
        let served = |objective: &&Objective| items.iter().any(|item| item.objectives.contains(&objective.id));
        let objectives = lesson.objectives.iter().filter(served).map(|objective| objective.text.clone()).collect();
        let found = Review { lesson: format!("{}/{}", chosen.name, lesson.id), objectives };
        if !items.is_empty() && !review.contains(&found) {
            review.push(found);
        }
    }
    review
}

#[derive(Serialize)]
struct Document {
    schema_version: u32,
    seed: u64,
    #[serde(flatten)]
    score: Score,
    answers: Vec<AnswerLine>,
    review: Vec<Review>,
}

fn document(app: &App, entries: &[Entry], quiz: &Quiz, chosen: &[Chosen]) -> Document {
    let (score, answers) = (quiz.score(), round::answers(entries, quiz));
    let review = review(entries, &score, chosen);
    Document { schema_version: 1, seed: app.seed, score, answers, review }
}

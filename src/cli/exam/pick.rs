//! Which questions an exam asks, and in what order: fixed by the seed for good.

use crate::deck::{Id, Item, KindName, Lesson};
use crate::session::{self, DeckUsed, Question, examinable};

use super::super::app::App;
use super::super::chance;
use super::super::error::Stop;
use super::super::select::{self, Chosen};
use super::blueprint::Blueprint;
use super::{ExamArgs, digest};

/// The decks of an exam, from which its questions borrow.
pub struct Paper {
    chosen: Vec<Chosen>,
    pub decks: Vec<DeckUsed>,
}

/// A question, and the deck it is from.
#[derive(Clone, Copy)]
pub struct Picked<'p> {
    pub question: Question<'p>,
    lesson: &'p Lesson,
}

impl Paper {
    /// Reads the decks that are meant.
    pub fn load(app: &App, args: &ExamArgs) -> Result<Self, Stop> {
        let mut filter = args.selection.filter.filter()?;
        filter.kinds = kinds(&filter.kinds)?;
        let chosen = select::load(app, &args.selection.selectors, &filter)?;
        let mut decks: Vec<DeckUsed> = Vec::new();
        for (at, one) in chosen.iter().enumerate() {
            let head = &one.deck.head;
            let (id, title, sha256) = (head.id.to_string(), head.title.clone(), digest::of_deck(&one.files));
            match decks.iter().find(|known| known.id == id) {
                None => decks.push(DeckUsed { id, title, sha256 }),
                Some(known) if known.sha256 == sha256 => {}
                Some(_) => return Err(same_id(one, &chosen[..at])),
            }
        }
        Ok(Self { chosen, decks })
    }

    /// Chooses the questions, in the order they are asked.
    pub fn pick(&self, app: &App, args: &ExamArgs, blueprint: Option<&Blueprint>) -> Result<Vec<Picked<'_>>, Stop> {
        let mut lessons = self.lessons(app.seed);
        if let Some(most) = args.per_lesson {
            lessons.iter_mut().for_each(|lesson| lesson.truncate(limit(most)));
        }
        let dealt = session::spread(lessons);
        let mut picked = match blueprint {
            Some(blueprint) => blueprint.choose(&dealt)?,
            None => dealt,
        };
        picked.truncate(args.count.map_or(usize::MAX, limit));
        Ok(mixed(app.seed, "questions", &picked))
    }

    /// Lists what may be asked of each lesson, lessons and questions in the seed's order.
    fn lessons(&self, seed: u64) -> Vec<Vec<Picked<'_>>> {
        let mut lessons: Vec<(String, Vec<Picked<'_>>)> = Vec::new();
        for chosen in &self.chosen {
            for lesson in &chosen.deck.lessons {
                let name = format!("{}/{}", chosen.deck.head.id, lesson.id);
                let at = lessons.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                    lessons.push((name, Vec::new()));
                    lessons.len() - 1
                });
                let known = std::mem::take(&mut lessons[at].1);
                lessons[at].1 = merged(known, chosen, lesson);
            }
        }
        let each: Vec<Vec<Picked<'_>>> = lessons.into_iter().map(|(name, all)| mixed(seed, &name, &all)).collect();
        mixed(seed, "lessons", &each)
    }
}

/// Adds what another selector selects of the same lesson, nothing twice, all in the author's order.
fn merged<'p>(known: Vec<Picked<'p>>, chosen: &'p Chosen, lesson: &'p Lesson) -> Vec<Picked<'p>> {
    let doubled: std::collections::BTreeSet<&str> =
        known.iter().map(|picked| picked.question.item.id.as_str()).collect();
    let fits =
        |item: &&Item| doubled.contains(item.id.as_str()) || (examinable(item) && chosen.filter.matches(lesson, item));
    let pick = |item: &'p Item| {
        let question = Question { deck: &chosen.deck.head.id, lesson: &lesson.id, item };
        Picked { question, lesson }
    };
    lesson.items.iter().filter(fits).map(pick).collect()
}

impl Picked<'_> {
    /// Tells whether a tag is on the item.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.question.item.tags.iter().any(|known| known.raw() == tag)
    }

    /// Tells whether it is of a lesson, named by its id or as `deck/lesson`.
    pub fn is_of(&self, lesson: &str) -> bool {
        let id = self.lesson.id.as_str();
        lesson == id
            || lesson.strip_prefix(self.question.deck.as_str()).is_some_and(|rest| rest.strip_prefix('/') == Some(id))
    }

    /// Gives the order in which the question, or a step of it, lists what it lists.
    pub fn shuffle(&self, seed: u64) -> impl Fn(Option<&Id>, usize) -> Vec<usize> + use<> {
        let key = self.question.key();
        move |step, count| {
            let key = step.map_or_else(|| key.clone(), |step| format!("{key}/{step}"));
            chance::shuffled(seed, &key, 0, count)
        }
    }
}

fn mixed<T: Clone>(seed: u64, key: &str, all: &[T]) -> Vec<T> {
    chance::shuffled(seed, key, 0, all.len()).into_iter().map(|at| all[at].clone()).collect()
}

fn limit(most: u64) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}

/// Gives the kinds to ask: those that were named, or all that can be marked.
fn kinds(named: &[KindName]) -> Result<Vec<KindName>, Stop> {
    if let Some(kind) = named.iter().find(|kind| matches!(kind, KindName::Flash | KindName::Checklist)) {
        let word = kind.word();
        return Err(Stop::Usage(format!(
            "an exam has no {word} items, which only you can mark\nhint: leave out --kind {word}"
        )));
    }
    Ok(named.to_vec())
}

fn same_id(one: &Chosen, before: &[Chosen]) -> Stop {
    let (id, name) = (&one.deck.head.id, one.origin.name());
    let twin =
        before.iter().find(|other| other.deck.head.id == *id).map_or_else(String::new, |other| other.origin.name());
    Stop::Usage(format!("{twin} and {name} have the same id, {id}, and differ\nhint: examine one of them at a time"))
}

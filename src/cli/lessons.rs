//! `grillme list --lessons`: lessons with their objectives and the learner's evidence for each.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::deck::{Deck, Item, Lesson};
use crate::library::Filter;
use crate::render::{self, LessonLine, ObjectiveLine};
use crate::schedule::{Coverage, Evidence, StudyDay};

use super::app::{App, write_json};
use super::args::Selection;
use super::error::Stop;
use super::{contents, list, select};

#[derive(Serialize)]
struct Lessons {
    schema_version: u32,
    lessons: Vec<LessonLine>,
}

pub fn run(app: &App, selection: &Selection) -> Result<(), Stop> {
    let mut index = app.index()?;
    let today = app.now().day;
    let mut all = Vec::new();
    for target in select::targets(app, &selection.selectors)? {
        let loaded = contents::load(app, &target.origin)?;
        contents::note(app, &mut index, &loaded)?;
        let filter = list::filter(selection, &target, &loaded)?;
        let evidence = index.evidence(loaded.deck.head.id.as_str())?;
        let lines = lines(&loaded.deck, &filter, &evidence, today);
        if !app.json() && !lines.is_empty() {
            let gap = if all.is_empty() { "" } else { "\n" };
            let told = render::lessons(&loaded.deck.head.title, &lines, &app.style());
            write!(io::stdout().lock(), "{gap}{told}")?;
        }
        all.extend(lines);
    }
    if all.is_empty() {
        return Err(Stop::Nothing("nothing selected: no lesson fits\nhint: `grillme list` shows the decks".into()));
    }
    if app.json() { write_json(&Lessons { schema_version: 1, lessons: all }) } else { Ok(()) }
}

/// Joins the selected lessons of a deck with the learner's evidence.
fn lines(deck: &Deck, filter: &Filter, evidence: &BTreeMap<String, Evidence>, today: StudyDay) -> Vec<LessonLine> {
    deck.lessons.iter().filter_map(|lesson| line(deck, lesson, filter, evidence, today)).collect()
}

/// Gives what the learner has shown of a lesson, as far as the filter goes; nothing if it leaves no item.
fn line(
    deck: &Deck,
    lesson: &Lesson,
    filter: &Filter,
    evidence: &BTreeMap<String, Evidence>,
    today: StudyDay,
) -> Option<LessonLine> {
    let items: Vec<&Item> = lesson.items.iter().filter(|item| filter.matches(lesson, item)).collect();
    let id = deck.head.id.as_str();
    let objectives = lesson.objectives.iter().map(|objective| {
        let serving = items.iter().copied().filter(|item| item.objectives.contains(&objective.id));
        let coverage = Coverage::of(id, serving, evidence, today);
        ObjectiveLine { id: objective.id.to_string(), text: objective.text.clone(), coverage }
    });
    (!items.is_empty()).then(|| LessonLine {
        deck: id.to_owned(),
        lesson: lesson.id.to_string(),
        title: lesson.title.clone(),
        minutes: lesson.minutes,
        coverage: Coverage::of(id, items.iter().copied(), evidence, today),
        objectives: objectives.collect(),
    })
}

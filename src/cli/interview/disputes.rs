//! Answers on which learner and matcher differed, as samples that an author can put into the rubrics.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::deck::escape_json;
use crate::grade::PointVerdict;
use crate::store::{self, Detail, Event, Point, What};

use super::super::app::App;
use super::super::args::Selection;
use super::super::error::Stop;
use super::super::whole;
use super::candidates;

/// One sample, in the form of `rubric.samples` in a deck.
#[derive(Debug, PartialEq, Serialize)]
struct Sample {
    text: String,
    hits: Vec<String>,
    note: String,
}

/// The samples of one question.
#[derive(Debug, PartialEq, Serialize)]
struct Disputed {
    item: String,
    samples: Vec<Sample>,
}

#[derive(Serialize)]
struct Document {
    schema_version: u32,
    disputes: Vec<Disputed>,
}

pub fn run(app: &App, selection: &Selection, path: &Path) -> Result<(), Stop> {
    let mut index = app.index()?;
    let pools = candidates::pools(app, &mut index, selection)?;
    let asked: Vec<String> =
        pools.iter().flat_map(|pool| pool.found.iter().map(|(subject, _)| subject.entry.key.clone())).collect();
    let selected = |event: &Event| event.what.card().is_some_and(|card| asked.iter().any(|key| key == card));
    let events = store::events(&app.folders()?.progress(), selected)?;
    let document = Document { schema_version: 1, disputes: disputed(&events) };
    let samples: usize = document.disputes.iter().map(|disputed| disputed.samples.len()).sum();
    if path == Path::new("-") {
        return super::super::app::write_json(&document);
    }
    let json = serde_json::to_string_pretty(&document).map_err(io::Error::from)?;
    app.refuse_log(path)?;
    whole::write(path, &(escape_json(json) + "\n"))?;
    writeln!(io::stdout().lock(), "{} written.", crate::render::counted(samples, "sample"))?;
    Ok(())
}

/// Makes a sample of every written answer on which the two differed; the same text counts once, as last judged.
fn disputed(events: &[Event]) -> Vec<Disputed> {
    let mut by_item: BTreeMap<&str, BTreeMap<&str, Sample>> = BTreeMap::new();
    for event in events {
        let (What::Review { card, given: Some(text), detail, .. }
        | What::Practice { card, given: Some(text), detail, .. }) = &event.what
        else {
            continue;
        };
        let samples = by_item.entry(card).or_default();
        match sample(text, detail) {
            Some(sample) => drop(samples.insert(text, sample)),
            None => drop(samples.remove(text.as_str())),
        }
    }
    let all = by_item.into_iter().filter(|(_, samples)| !samples.is_empty());
    all.map(|(item, samples)| Disputed { item: item.to_owned(), samples: samples.into_values().collect() }).collect()
}

fn sample(text: &str, detail: &Detail) -> Option<Sample> {
    let hit = |point: &Point| point.verdict == Some(PointVerdict::Hit);
    let named = |wanted: &dyn Fn(&Point) -> bool| -> Vec<String> {
        detail.points.iter().filter(|point| wanted(point)).map(|point| point.id.clone()).collect()
    };
    let missed = named(&|point| point.confirmed && point.verdict.is_some() && !hit(point));
    let wrong = named(&|point| !point.confirmed && hit(point));
    let told = |what: &str, ids: Vec<String>| (!ids.is_empty()).then(|| format!("{what} {}", ids.join(", ")));
    let notes: Vec<String> =
        told("the patterns missed", missed).into_iter().chain(told("the patterns wrongly found", wrong)).collect();
    if notes.is_empty() {
        return None;
    }
    Some(Sample { text: text.to_owned(), hits: named(&|point| point.confirmed), note: notes.join("; ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(id: &str, verdict: PointVerdict, confirmed: bool) -> Point {
        Point { id: id.to_owned(), verdict: Some(verdict), confirmed }
    }

    #[test]
    fn only_what_the_two_differ_on_becomes_a_sample() {
        let agreed = Detail {
            points: vec![point("kernel", PointVerdict::Hit, true), point("boot", PointVerdict::Miss, false)],
            ..Detail::default()
        };
        assert_eq!(sample("They share it.", &agreed), None);
        let differing = Detail {
            points: vec![
                point("kernel", PointVerdict::Hit, false),
                point("boot", PointVerdict::Miss, true),
                point("cost", PointVerdict::Ask, true),
            ],
            ..Detail::default()
        };
        let expected = Sample {
            text: "No.".to_owned(),
            hits: vec!["boot".to_owned(), "cost".to_owned()],
            note: "the patterns missed boot, cost; the patterns wrongly found kernel".to_owned(),
        };
        assert_eq!(sample("No.", &differing), Some(expected));
    }

    #[test]
    fn an_answer_thought_aloud_is_no_sample() {
        let thought = Detail {
            points: vec![Point { id: "kernel".to_owned(), verdict: None, confirmed: true }],
            think: true,
            ..Detail::default()
        };
        assert_eq!(sample("", &thought), None);
    }
}

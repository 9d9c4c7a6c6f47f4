//! `--baseline` and `--write-baseline`: adopting the strict bar on a deck that does not meet it yet.

use std::fs;
use std::io;

use crate::cli::app::App;
use crate::cli::error::Stop;
use crate::cli::whole;
use crate::lint::{Baseline, Entry};
use crate::render::counted;

use super::{Check, Found, file_name};

/// Takes what the baseline knows out of the findings, and gives how many that were of each deck; nothing when there is
/// no baseline.
pub(super) fn let_pass(app: &App, args: &Check, found: &mut [Found]) -> Result<Vec<Option<usize>>, Stop> {
    let now = all(found);
    let baseline = match (&args.baseline, &args.write_baseline) {
        (Some(path), _) => read(path)?,
        (None, Some(path)) => {
            app.refuse_log(path)?;
            whole::write(path, &now.to_json())?;
            app.notice(&format!("{}: {} written", path.display(), counted(now.len(), "finding")));
            now.clone()
        }
        (None, None) => return Ok(vec![None; found.len()]),
    };
    let decks: Vec<String> = found.iter().filter_map(|deck| deck.id.clone()).collect();
    let gone = baseline.gone(&now, &decks.iter().map(String::as_str).collect::<Vec<_>>());
    if gone > 0 {
        let finding = counted(gone, "finding");
        app.notice(&format!("{finding} of the baseline are gone; write it anew with --write-baseline"));
    }
    Ok(found.iter_mut().map(|deck| Some(drop_known(deck, &baseline, &now))).collect())
}

fn read(path: &std::path::Path) -> Result<Baseline, Stop> {
    let failed = |source| Stop::File { action: "read", path: path.display().to_string(), source };
    let text = fs::read_to_string(path).map_err(failed)?;
    Baseline::from_json(&text).map_err(|reason| failed(io::Error::other(reason)))
}

fn all(found: &[Found]) -> Baseline {
    let mut all = Baseline::default();
    for deck in found {
        for problem in &deck.problems {
            all.add(entry(deck, problem), problem.severity);
        }
    }
    all
}

fn entry(deck: &Found, problem: &crate::deck::Problem) -> Entry {
    Entry::of(deck.id.as_deref().unwrap_or_default(), file_name(deck, problem), problem)
}

fn drop_known(deck: &mut Found, baseline: &Baseline, now: &Baseline) -> usize {
    let is_known = |problem: &crate::deck::Problem| {
        let entry = entry(deck, problem);
        baseline.covers(&entry, now.count(&entry))
    };
    let (known, new): (Vec<_>, Vec<_>) = deck.problems.clone().into_iter().partition(is_known);
    deck.problems = new;
    known.len()
}

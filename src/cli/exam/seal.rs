//! `--seal`: makes a deck whose keys cannot be read.

use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::deck::{Item, escape_json};
use crate::library::{Filter, SourceFile};
use crate::render::counted;
use crate::session::{Sealing, seal};

use super::super::app::App;
use super::super::error::Stop;
use super::super::select::{self, Chosen};
use super::super::whole;
use super::ExamArgs;

pub fn run(app: &App, args: &ExamArgs) -> Result<(), Stop> {
    let filter = args.selection.filter.filter()?;
    let chosen = chosen(app, args, &filter)?;
    refuse_own_source(args, &chosen.files)?;
    let wanted = |lesson: &_, item: &Item| chosen.filter.matches(lesson, item);
    let sealing = seal(&chosen.deck, wanted, |item| written(&chosen.files, item), crate::env::fresh_salt);
    if sealing.sealed == 0 {
        let hint = "choice, typed, order and match items can be sealed";
        return Err(Stop::Nothing(format!("nothing can be sealed of what is selected\nhint: {hint}")));
    }
    let text = escape_json(sealing.deck.clone()) + "\n";
    match &args.output {
        Some(path) => {
            app.refuse_log(path)?;
            whole::write(path, &text)?;
        }
        None => io::stdout().lock().write_all(text.as_bytes())?,
    }
    tell(app, &sealing);
    Ok(())
}

fn chosen(app: &App, args: &ExamArgs, filter: &Filter) -> Result<Chosen, Stop> {
    let mut chosen = select::load(app, &args.selection.selectors, filter)?;
    match (chosen.pop(), chosen.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(Stop::Usage("--seal takes one deck\nhint: name it, as in --seal deck.json -o sealed.json".to_owned())),
    }
}

fn refuse_own_source(args: &ExamArgs, files: &[SourceFile]) -> Result<(), Stop> {
    let real = |path: &std::path::Path| path.canonicalize().ok();
    let Some(output) = args.output.as_deref().and_then(real) else { return Ok(()) };
    match files.iter().any(|file| real(file.name.as_ref()).as_ref() == Some(&output)) {
        true => {
            Err(Stop::Usage("the sealed deck would replace the deck it is made from\nhint: name another file".into()))
        }
        false => Ok(()),
    }
}

/// Gives an item as its author wrote it.
fn written(files: &[SourceFile], item: &Item) -> Option<Map<String, Value>> {
    let text = files.get(item.source)?.text.get(item.span.start..item.span.end)?;
    serde_json::from_str(text).ok()
}

fn tell(app: &App, sealing: &Sealing) {
    for (item, reason) in &sealing.open {
        app.notice(&format!("{item} is not sealed, its key can be read: {reason}"));
    }
    let open = match sealing.open.len() {
        0 => String::new(),
        count => format!(", {count} not"),
    };
    app.notice(&format!(
        "{} sealed{open}; only `grillme exam` can ask what is sealed",
        counted(sealing.sealed, "item")
    ));
}

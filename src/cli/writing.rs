//! Long answers: written in place or in the learner's editor, with a draft that outlives the terminal.

use crate::render;
use crate::store::Draft;
use crate::term::ask::Hints;
use crate::term::{Reply, Written};

use super::asker::Asker;
use super::editor;
use super::error::Stop;

/// Takes an answer in the learner's own words, of as many lines as it needs. The draft of an earlier, broken-off answer
/// is offered first; it stays in place until whoever keeps the answer clears it.
pub fn written(asker: &mut Asker, hints: &mut Hints<'_>, draft: &Draft) -> Result<Reply<String>, Stop> {
    let Earlier { mut text, declined } = match earlier(asker, draft)? {
        Reply::Given(earlier) => earlier,
        other => return Ok(other.map(|_| String::new())),
    };
    asker.prompter.clear_typed_ahead();
    loop {
        let mut failed = None;
        let (mut latest, more) = (text.clone(), hints.more());
        let mut save = |now: &str| {
            now.clone_into(&mut latest);
            // An earlier draft that was declined stays until there is something to put in its place.
            if !(declined && now.trim().is_empty()) {
                failed = failed.take().or(draft.save(now).err());
            }
        };
        let reply = asker.prompter.write(&text, &mut save, more)?;
        if let Some(error) = failed {
            asker.say(&render::safe_str(&format!("note: the draft is not kept: {error}")))?;
        }
        match reply {
            Reply::Given(Written::Answer(answer)) => return Ok(Reply::Given(answer)),
            Reply::Given(Written::Editor(so_far)) => text = in_editor(asker, draft, so_far)?,
            Reply::Hint => {
                hints.show(asker.prompter.as_mut())?;
                text = latest;
            }
            Reply::Undo => return Ok(Reply::Undo),
            Reply::Leave => return Ok(Reply::Leave),
        }
    }
}

/// What there is to go on from.
#[derive(Default)]
struct Earlier {
    text: String,
    /// Whether there was a draft, and the learner starts anew.
    declined: bool,
}

/// Offers what was written before the terminal went away or the learner left.
fn earlier(asker: &mut Asker, draft: &Draft) -> Result<Reply<Earlier>, Stop> {
    let text = match draft.load() {
        Ok(Some(text)) => text,
        Ok(None) => return Ok(Reply::Given(Earlier::default())),
        Err(error) => {
            let aside = draft.set_aside()?;
            asker.tell(&format!("note: {error}; it was put aside as {}", aside.display()))?;
            return Ok(Reply::Given(Earlier::default()));
        }
    };
    let style = *asker.prompter.style();
    asker.say(&render::earlier_draft(&text, &style))?;
    Ok(asker
        .prompter
        .confirm("Go on from this draft?", true)?
        .map(|go_on| Earlier { text: if go_on { text } else { String::new() }, declined: !go_on }))
}

/// Lets the text be written in the learner's editor, on the draft itself: nothing is lost whatever the editor does.
fn in_editor(asker: &mut Asker, draft: &Draft, so_far: String) -> Result<String, Stop> {
    if let Err(error) = draft.save(&so_far) {
        asker.tell(&format!("{error}; go on writing here"))?;
        return Ok(so_far);
    }
    asker.prompter.hush(false);
    let edited = editor::edit(draft.path());
    asker.prompter.hush(true);
    if let Err(error) = edited {
        asker.say(&render::safe_str(&error.to_string()))?;
    }
    let text = match draft.load() {
        Ok(text) => text.unwrap_or_default(),
        Err(error) => {
            asker.tell(&format!("{error}; go on writing here"))?;
            return Ok(so_far);
        }
    };
    if text == so_far {
        asker.say("The editor left the text as it was.")?;
    }
    Ok(text)
}

//! Checklist items: say it aloud, then tick what was covered.

use super::{in_turn, prose};
use crate::deck::{Checklist, ChecklistStep, Id, Text};
use crate::render::counted;
use crate::term::{Asked, Prompter, Reply};

/// Waits until it was said aloud, then shows each step with what to look for, to be ticked; gives the ids of those
/// that are, and says how many.
///
/// # Errors
/// See [`PromptError`](crate::term::PromptError).
pub fn ask(p: &mut dyn Prompter, checklist: &Checklist) -> Asked<Vec<Id>> {
    prose(p, &Text::new("Say it aloud first. Then tick what you covered."))?;
    match p.pause()? {
        Reply::Given(()) => {}
        other => return Ok(other.map(|()| Vec::new())),
    }
    let steps = &checklist.steps;
    let ticks = match in_turn(steps.len(), |at| tick(p, at, &steps[at]))? {
        Reply::Given(ticks) => ticks,
        other => return Ok(other.map(|_| Vec::new())),
    };
    let covered: Vec<Id> = steps.iter().zip(ticks).filter(|(_, tick)| *tick).map(|(step, _)| step.id.clone()).collect();
    p.say("")?;
    p.say(&format!("You covered {} of {}.", covered.len(), counted(steps.len(), "step")))?;
    Ok(Reply::Given(covered))
}

fn tick(p: &mut dyn Prompter, at: usize, step: &ChecklistStep) -> Asked<bool> {
    p.say("")?;
    prose(p, &Text::new(format!("{}. **{}**\n\nLook for: {}", at + 1, step.text.raw(), step.look_for.raw())))?;
    p.confirm("Did you cover it?", false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::{Scripted, Step};

    fn checklist() -> Checklist {
        let step = |name: &str| ChecklistStep {
            id: name.parse().unwrap(),
            text: Text::new(format!("Say {name}")),
            look_for: Text::new(format!("the word {name}")),
        };
        Checklist { prompt: Text::new("Read it aloud."), steps: ["one", "two", "three"].map(step).to_vec() }
    }

    #[test]
    fn what_was_covered_is_ticked_and_counted() {
        let steps = [Step::Enter, Step::Yes(true), Step::Yes(true), Step::Undo, Step::Enter, Step::Yes(true)];
        let mut p = Scripted::new(steps);
        let Reply::Given(covered) = ask(&mut p, &checklist()).unwrap() else { panic!("not given") };
        assert_eq!(covered.iter().map(Id::as_str).collect::<Vec<_>>(), ["one", "three"]);
        assert_eq!(p.said.last().map(String::as_str), Some("You covered 2 of 3 steps."));
        assert!(p.said.contains(&"2. Say two".to_owned()) && p.said.contains(&"Look for: the word two".to_owned()));
    }

    #[test]
    fn leaving_and_undo_at_the_start_are_the_callers() {
        assert_eq!(ask(&mut Scripted::new([Step::Undo]), &checklist()).unwrap(), Reply::Undo);
        assert_eq!(ask(&mut Scripted::new([Step::Enter, Step::Leave]), &checklist()).unwrap(), Reply::Leave);
    }
}

//! Scenario items: a story in steps, each of them asked, marked and explained before the next; or only watched.

use std::io;

use super::points::{Opened, Ticks, review};
use super::{Hints, choice, prose, settle, show_stimuli, typed};
use crate::deck::{Ask, Scenario, ScenarioStep, Text};
use crate::grade::scenario::{mark_step, mark_ticked};
use crate::grade::{Answer, Coverage, Mark, Verdict, mark_open};
use crate::render::{coverage_told, marking, model_answer, solution};
use crate::term::{Asked, Prompter, Reply};

/// What was answered at a step, and what it was worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Stepped {
    /// The answer.
    pub answer: Answer,
    /// Its mark, settled.
    pub mark: Mark,
    /// Of an open step, what was found and what the learner says of it.
    pub opened: Option<(Coverage, Ticks)>,
}

/// Shows one step: its place, what there is to look at, its question.
///
/// # Errors
/// What writing failed with.
pub fn show(p: &mut dyn Prompter, scenario: &Scenario, at: usize) -> io::Result<()> {
    let step = &scenario.steps[at];
    let head = format!("Step {} of {}", at + 1, scenario.steps.len());
    let head = p.style().bold(&head);
    p.say(&head)?;
    p.say("")?;
    show_stimuli(p, &step.stimulus)?;
    prose(p, step.ask.prompt())?;
    p.say("")
}

/// Asks one step. `shuffle` is the order in which a choice's options are listed; hints are shown here. Gives `None` for
/// an open step, whose answer is written: see [`Prompter::write`].
///
/// # Errors
/// See [`PromptError`](crate::term::PromptError).
pub fn ask(
    p: &mut dyn Prompter,
    step: &ScenarioStep,
    hints: &mut Hints<'_>,
    shuffle: &[usize],
) -> Asked<Option<Answer>> {
    loop {
        p.clear_typed_ahead();
        let reply = match &step.ask {
            Ask::Choice(asked) => choice::ask(p, asked, shuffle, hints.more())?,
            Ask::Typed(_) => typed::ask(p, hints.more())?,
            Ask::Open { .. } => return Ok(Reply::Given(None)),
        };
        match reply {
            Reply::Hint => hints.show(p)?,
            other => return Ok(other.map(Some)),
        }
    }
}

/// Marks an answer with its learner's help and says at once what it was worth.
///
/// # Errors
/// See [`PromptError`](crate::term::PromptError).
pub fn close(p: &mut dyn Prompter, scenario: &Scenario, at: usize, answer: Answer) -> Asked<Stepped> {
    let step = &scenario.steps[at];
    let stepped = match (&step.ask, &answer) {
        (Ask::Open { prompt, answer: model, rubric }, Answer::Text(text)) => {
            let coverage = mark_open(rubric, prompt, text);
            let model = model_answer(model, p.style());
            p.say(&model)?;
            let opened = Opened { rubric, coverage: Some(&coverage), senior_angle: None, follow_ups: &|_| Vec::new() };
            let mut ticks = Ticks::new();
            review(p, &opened, &mut ticks)?.map(|()| {
                let mark = mark_ticked(rubric, &coverage, &ticks);
                Stepped { answer, mark, opened: Some((coverage, ticks)) }
            })
        }
        _ => match mark_step(step, &answer) {
            Some(mark) => settle(p, mark)?.map(|mark| Stepped { answer, mark, opened: None }),
            None => Reply::Leave,
        },
    };
    if let Reply::Given(stepped) = &stepped {
        explain(p, step, stepped, at + 1 < scenario.steps.len())?;
    }
    Ok(stepped)
}

/// Says what an answer was worth, and that the story does not wait for the right one.
fn explain(p: &mut dyn Prompter, step: &ScenarioStep, stepped: &Stepped, more: bool) -> io::Result<()> {
    let told = match &stepped.opened {
        // Its points were gone through one by one; what they come to is enough.
        Some((coverage, _)) => coverage_told(Some(coverage), stepped.mark.score, p.style()),
        None => marking(&stepped.mark, p.style()),
    };
    p.say(&told)?;
    after(p, step)?;
    if more && stepped.mark.verdict != Verdict::Right {
        p.say("")?;
        prose(p, &Text::new("The story goes on with the right answer."))?;
    }
    Ok(())
}

fn after(p: &mut dyn Prompter, step: &ScenarioStep) -> io::Result<()> {
    let Some(explanation) = &step.explanation else { return Ok(()) };
    p.say("")?;
    prose(p, explanation)
}

/// Shows one step, and its answer on request.
///
/// # Errors
/// See [`PromptError`](crate::term::PromptError).
pub fn watch(p: &mut dyn Prompter, scenario: &Scenario, at: usize) -> Asked<()> {
    let step = &scenario.steps[at];
    show(p, scenario, at)?;
    if let Ask::Choice(choice) = &step.ask {
        let options: Vec<String> =
            choice.options.iter().map(|option| format!("- {}", option.text.raw().replace('\n', " "))).collect();
        prose(p, &Text::new(options.join("\n")))?;
        p.say("")?;
    }
    p.reveal(&[], false)?.then(|_| {
        let told = solution(&step.ask, p.style());
        p.say("")?;
        p.say(&told)?;
        after(p, step)?;
        Ok(Reply::Given(()))
    })
}

/// Shows what to take away.
///
/// # Errors
/// What writing failed with.
pub fn debrief(p: &mut dyn Prompter, scenario: &Scenario) -> io::Result<()> {
    let Some(debrief) = &scenario.debrief else { return Ok(()) };
    p.say("")?;
    prose(p, &Text::new(format!("**Debrief:** {}", debrief.raw())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Context, FromNode, Item, Kind, Node};
    use crate::term::{Scripted, Step};

    const STORY: &str = r#"{"id": "s", "kind": "scenario", "prompt": "It is down.", "debrief": "Read first.", "steps": [
        {"id": "read", "ask": "choice", "prompt": "What does it say?", "explanation": "It names the disk.",
         "stimulus": [{"kind": "log", "body": "no space left"}],
         "options": [{"id": "full", "text": "The disk is full", "correct": true, "feedback": "It is."},
                     {"id": "cpu", "text": "The CPU is busy", "feedback": "Nothing says so."}]},
        {"id": "fix", "ask": "typed", "prompt": "What do you run?", "accept": ["journalctl"]}]}"#;

    fn story() -> Scenario {
        let mut problems = Vec::new();
        let item = Item::from_node(&Node::parse(STORY).unwrap(), &mut Context::new(0, &mut problems)).unwrap();
        assert_eq!(problems, []);
        let Kind::Scenario(scenario) = item.kind else { panic!("no scenario") };
        scenario
    }

    fn play(at: usize, steps: impl IntoIterator<Item = Step>) -> (Reply<Stepped>, Vec<String>) {
        let (mut p, hints, story) = (Scripted::new(steps), [Text::new("Look at the disk.")], story());
        show(&mut p, &story, at).unwrap();
        let asked = ask(&mut p, &story.steps[at], &mut Hints::new(&hints), &[1, 0]).unwrap();
        let reply = asked.then(|answer| close(&mut p, &story, at, answer.unwrap())).unwrap();
        (reply, p.said)
    }

    #[test]
    fn a_wrong_fix_is_answered_at_once_and_the_story_goes_on_with_the_right_one() {
        let (reply, said) = play(0, [Step::Hint, Step::Index(0)]);
        let Reply::Given(Stepped { answer, mark, opened: None }) = reply else { panic!("{reply:?}") };
        assert_eq!((answer, mark.verdict), (Answer::Options(vec!["cpu".parse().unwrap()]), Verdict::Wrong));
        let said = said.join("\n");
        for text in
            ["Step 1 of 2", "no space left", "Hint: Look at the disk.", "Nothing says so.", "It names the disk."]
        {
            assert!(said.contains(text), "{text:?} in {said}");
        }
        assert!(said.ends_with("\nThe story goes on with the right answer."), "{said}");
    }

    #[test]
    fn a_slip_is_asked_about_and_the_last_step_has_nothing_to_go_on_to() {
        let (reply, said) = play(1, [Step::Line("journalctll".into()), Step::Yes(false)]);
        assert!(matches!(&reply, Reply::Given(stepped) if stepped.mark.verdict == Verdict::Wrong), "{reply:?}");
        assert!(!said.join("\n").contains("goes on"), "{said:?}");
        assert_eq!(play(1, [Step::Undo]).0, Reply::Undo);
        assert_eq!(play(1, [Step::Line("journalctll".into()), Step::Leave]).0, Reply::Leave);
    }

    #[test]
    fn watching_shows_each_answer_on_request_and_asks_nothing() {
        let mut p = Scripted::new([Step::Enter]);
        assert_eq!(watch(&mut p, &story(), 0).unwrap(), Reply::Given(()));
        let reveal = p.said.iter().position(|said| said == "reveal").unwrap();
        assert!(p.said[..reveal].join("\n").contains("- The CPU is busy"));
        let after = p.said[reveal + 1..].join("\n");
        assert_eq!(
            after,
            "\n- right: The disk is full (It is.)\n- wrong: The CPU is busy (Nothing says so.)\n\nIt names the disk."
        );
        assert_eq!(watch(&mut Scripted::new([]), &story(), 0).unwrap(), Reply::Leave);
    }
}

//! The key points of an open answer: what was found is ticked, what was not is asked about, and the learner has the
//! last word.

use std::collections::BTreeMap;

use super::{prose, say_lines};
use crate::deck::{FollowUp, Id, Rubric, Text};
use crate::grade::{Coverage, Doubt, PointVerdict};
use crate::render;
use crate::term::{Asked, Button, Prompter, Reply};

/// What the learner says of each key point, and of each wrong claim that was found, by id.
pub type Ticks = BTreeMap<Id, bool>;

/// An open answer to be gone through.
#[derive(Clone, Copy)]
pub struct Opened<'o> {
    /// What a good answer covers.
    pub rubric: &'o Rubric,
    /// What was found in the answer; none when it was thought through and not written.
    pub coverage: Option<&'o Coverage>,
    /// How a senior would put it, behind a key of its own.
    pub senior_angle: Option<&'o Text>,
    /// What an interviewer would go on to, for these ticks: the most fitting first.
    pub follow_ups: &'o dyn Fn(&Ticks) -> Vec<&'o FollowUp>,
}

/// What a key does in the menu behind the points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    GoOn,
    Senior,
    FollowUp,
    Point(usize),
    Claim(usize),
}

/// Goes through the points one by one, then lets any tick be changed. Undo goes back to the point before; at the first
/// one it is the caller's. However it ends, `ticks` holds what was found and what the learner said of it so far.
///
/// # Errors
/// See [`PromptError`](crate::term::PromptError).
pub fn review(p: &mut dyn Prompter, opened: &Opened<'_>, ticks: &mut Ticks) -> Asked<()> {
    *ticks = found(opened);
    let lines = render::points(opened.rubric, opened.coverage, p.style());
    say_lines(p, &lines)?;
    let open = open(opened);
    let mut next = 0;
    let mut asked = 0;
    loop {
        if let Some(at) = open.get(next) {
            match ask_point(p, opened, *at)? {
                Reply::Given(said) => {
                    ticks.insert(opened.rubric.key_points[*at].id.clone(), said);
                    next += 1;
                }
                Reply::Undo if next > 0 => next -= 1,
                other => return Ok(other.map(|_| ())),
            }
            continue;
        }
        let menu = menu(opened, ticks, asked);
        let act = match p.menu(&menu.prompt, &menu.buttons, 0, HELP)? {
            Reply::Given(at) => menu.acts.get(at).copied().unwrap_or(Act::GoOn),
            Reply::Undo if next > 0 => {
                next -= 1;
                continue;
            }
            other => return Ok(other.map(|_| ())),
        };
        match act {
            Act::GoOn => return Ok(Reply::Given(())),
            Act::Senior => senior(p, opened)?,
            Act::Point(at) => toggle(p, opened, at, ticks)?,
            Act::Claim(at) => claim(p, opened, at, ticks)?,
            Act::FollowUp => {
                let more = (opened.follow_ups)(ticks);
                if let Reply::Leave = follow_up(p, more.get(asked).copied())? {
                    return Ok(Reply::Leave);
                }
                asked += 1;
            }
        }
    }
}

const HELP: &str = "Enter goes on. A digit ticks or unticks the point of that number, a letter from a on a wrong \
                    claim; s shows how a senior would put it; f asks further.";

/// A hit is ticked and a claim that was found stands, until the learner says otherwise.
fn found(opened: &Opened<'_>) -> Ticks {
    let Some(coverage) = opened.coverage else { return Ticks::new() };
    let points = coverage.points.iter().map(|point| (point.id.clone(), point.verdict == PointVerdict::Hit));
    points.chain(coverage.misconceptions.iter().map(|claim| (claim.id.clone(), true))).collect()
}

/// Lists the points to ask about.
fn open(opened: &Opened<'_>) -> Vec<usize> {
    let hit = |at: &usize| opened.coverage.is_some_and(|coverage| coverage.points[*at].verdict == PointVerdict::Hit);
    (0..opened.rubric.key_points.len()).filter(|at| !hit(at)).collect()
}

fn ask_point(p: &mut dyn Prompter, opened: &Opened<'_>, at: usize) -> Asked<bool> {
    let evidence = opened.coverage.and_then(|coverage| coverage.points[at].evidence.as_ref());
    // A typo is most likely the point; a denial most likely is not.
    let typo = evidence.is_some_and(|found| found.doubts.iter().all(|doubt| matches!(doubt, Doubt::Typo { .. })));
    let lines = render::point_asked(at + 1, &opened.rubric.key_points[at], evidence, p.style());
    say_lines(p, &lines)?;
    p.confirm("Did you say this?", typo)
}

/// The keys of the menu, what each does, and the line that names them.
struct Menu {
    buttons: Vec<Button>,
    acts: Vec<Act>,
    prompt: String,
}

fn menu(opened: &Opened<'_>, ticks: &Ticks, asked: usize) -> Menu {
    let mut keys = vec![('g', Act::GoOn)];
    let mut named = vec!["g go on".to_owned()];
    if opened.senior_angle.is_some() {
        keys.push(('s', Act::Senior));
        named.push("s senior angle".to_owned());
    }
    if (opened.follow_ups)(ticks).len() > asked {
        keys.push(('f', Act::FollowUp));
        named.push("f follow-up".to_owned());
    }
    let points = opened.rubric.key_points.len();
    keys.extend(('1'..='9').take(points).enumerate().map(|(at, key)| (key, Act::Point(at))));
    let ticked: Vec<String> =
        (0..points).filter(|at| is_ticked(opened, ticks, *at)).map(|at| (at + 1).to_string()).collect();
    let ticked = if ticked.is_empty() { "none".to_owned() } else { ticked.join(" ") };
    named.push(format!("1-{points} change a point (ticked: {ticked})"));
    let claims = opened.coverage.map_or(0, |coverage| coverage.misconceptions.len());
    keys.extend(('a'..='e').take(claims).enumerate().map(|(at, key)| (key, Act::Claim(at))));
    if claims > 0 {
        named.push("a letter takes a wrong claim back".to_owned());
    }
    let button = |key: char| Button { key, name: String::new(), caption: String::new() };
    let buttons = keys.iter().map(|(key, _)| button(*key)).collect();
    Menu { buttons, acts: keys.into_iter().map(|(_, act)| act).collect(), prompt: named.join("   ") }
}

fn is_ticked(opened: &Opened<'_>, ticks: &Ticks, at: usize) -> bool {
    ticks.get(&opened.rubric.key_points[at].id).copied().unwrap_or(false)
}

fn toggle(p: &mut dyn Prompter, opened: &Opened<'_>, at: usize, ticks: &mut Ticks) -> std::io::Result<()> {
    let (point, now) = (&opened.rubric.key_points[at], !is_ticked(opened, ticks, at));
    ticks.insert(point.id.clone(), now);
    let line = render::ticked(&(at + 1).to_string(), &point.text, now, p.style());
    say_lines(p, &line)
}

fn claim(p: &mut dyn Prompter, opened: &Opened<'_>, at: usize, ticks: &mut Ticks) -> std::io::Result<()> {
    let found = opened.coverage.and_then(|coverage| coverage.misconceptions.get(at));
    let Some(found) = found else { return Ok(()) };
    let stands = !ticks.get(&found.id).copied().unwrap_or(true);
    ticks.insert(found.id.clone(), stands);
    p.say(if stands { "The claim stands." } else { "The claim is taken back." })
}

fn senior(p: &mut dyn Prompter, opened: &Opened<'_>) -> std::io::Result<()> {
    let Some(angle) = opened.senior_angle else { return Ok(()) };
    p.say("")?;
    prose(p, &Text::new(format!("**Senior angle:** {}", angle.raw())))
}

fn follow_up(p: &mut dyn Prompter, more: Option<&FollowUp>) -> Asked<()> {
    let Some(more) = more else { return Ok(Reply::Given(())) };
    p.say("")?;
    prose(p, &Text::new(format!("**Asked next:** {}", more.prompt.raw())))?;
    p.say("")?;
    let reply = p.reveal(&[], false)?;
    if let Reply::Given(_) = reply {
        prose(p, &more.answer)?;
    }
    Ok(reply.map(|_| ()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Context, FromNode, Node};
    use crate::grade::mark_open;
    use crate::term::{Scripted, Step};

    const RUBRIC: &str = r#"{
        "key_points": [
            {"id": "kernel", "text": "The kernel is shared", "required": true, "match": ["shar* kernel"]},
            {"id": "process", "text": "It is a process", "match": ["process"]},
            {"id": "boot", "text": "Nothing boots", "match": ["no boot*"]}],
        "misconceptions": [
            {"id": "own", "text": "It has its own kernel", "match": ["own kernel"], "feedback": "It shares one."}]}"#;

    fn go(text: Option<&str>, steps: impl IntoIterator<Item = Step>) -> (Reply<Ticks>, Vec<String>) {
        let mut problems = Vec::new();
        let rubric = Rubric::from_node(&Node::parse(RUBRIC).unwrap(), &mut Context::new(0, &mut problems)).unwrap();
        let coverage = text.map(|text| mark_open(&rubric, &Text::new("Why?"), text));
        let more = FollowUp { prompt: Text::new("And then?"), answer: Text::new("More.") };
        let follow_ups = |_: &Ticks| vec![&more];
        let senior = Text::new("Say when it stops to matter.");
        let opened = Opened {
            rubric: &rubric,
            coverage: coverage.as_ref(),
            senior_angle: Some(&senior),
            follow_ups: &follow_ups,
        };
        let mut p = Scripted::new(steps);
        let mut ticks = Ticks::new();
        let reply = review(&mut p, &opened, &mut ticks).unwrap().map(|()| ticks);
        (reply, p.said)
    }

    fn ticked(reply: Reply<Ticks>) -> Vec<String> {
        let Reply::Given(ticks) = reply else { panic!("{reply:?}") };
        ticks.into_iter().filter(|(_, on)| *on).map(|(id, _)| id.to_string()).collect()
    }

    #[test]
    fn hits_are_ticked_and_everything_else_is_asked() {
        let (reply, said) = go(Some("They share a kernel; just a proces."), [Step::Enter, Step::Enter, Step::Enter]);
        let said = said.join("\n");
        assert!(said.contains("1. said: The kernel is shared (a must)\n     \"share a kernel\""), "{said}");
        assert!(said.contains("is \"proces\" meant to be \"process\"?"), "{said}");
        assert_eq!(said.matches("Did you say this?").count(), 2);
        // Enter takes a typo for the point, and a point that was not found for one that was not made.
        assert_eq!(ticked(reply), ["kernel", "process"]);
    }

    #[test]
    fn the_learner_may_change_any_tick_and_take_a_claim_back() {
        let answer = Some("They share a kernel, and each has its own kernel.");
        let menu = [Step::Yes(false), Step::Yes(true), Step::Index(3), Step::Index(4), Step::Index(6), Step::Index(0)];
        let (reply, said) = go(answer, menu);
        assert!(said.join("\n").contains("It shares one."), "{said:?}");
        assert_eq!(ticked(reply), ["boot", "process"]);
    }

    #[test]
    fn thought_aloud_every_point_is_asked_and_the_extras_stay_behind_their_keys() {
        let (reply, said) = go(
            None,
            [
                Step::Yes(true),
                Step::Yes(true),
                Step::Yes(false),
                Step::Index(1),
                Step::Index(2),
                Step::Enter,
                Step::Enter,
            ],
        );
        assert_eq!(ticked(reply), ["kernel", "process"]);
        let menu = said.iter().position(|line| line.starts_with("g go on")).unwrap();
        assert!(!said[..menu].join("\n").contains("Say when"));
        let after = said[menu..].join("\n");
        assert!(after.contains("Senior angle: Say when it stops to matter.") && after.contains("More."), "{after}");
        // The only follow-up was asked: it is not offered again.
        assert_eq!(after.matches("f follow-up").count(), 2);
    }

    #[test]
    fn leaving_leaves_from_any_prompt() {
        assert_eq!(go(Some(""), [Step::Leave]).0, Reply::Leave);
        assert_eq!(go(Some("They share a kernel, no boot, a process."), [Step::Leave]).0, Reply::Leave);
        assert_eq!(go(None, [Step::Enter, Step::Enter, Step::Enter, Step::Index(2), Step::Leave]).0, Reply::Leave);
    }
}

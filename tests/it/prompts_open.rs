//! The prompts of interviews, quizzes and lessons on terminals of many sizes: whatever ends one leaves the terminal as it
//! was, and a text that was begun is offered again.

use std::fs;

use crate::prompts::{Event, SIZES, each};
use crate::pty::{Pty, Size};
use crate::sandbox::Sandbox;

/// A deck with open questions, a scenario, a checklist and a lesson.
const TALK: &str = include_str!("fixtures/talk.json");

/// A prompt and how to get there.
struct Prompt {
    name: &'static str,
    args: &'static [&'static str],
    /// Keys to type on the way, each at a prompt that shows the text before it.
    way: &'static [(&'static str, &'static str)],
    /// Any of these shows that the prompt is there.
    there: &'static [&'static str],
    /// What is typed to leave.
    quit: &'static str,
    /// Whether a text stands there.
    text: bool,
    /// The text that is kept as a draft.
    draft: Option<&'static str>,
}

const ASK: &[&str] = &["interview", "./talk.json", "--tier", "beginner"];
const SURE: &[&str] = &["interview", "./talk.json", "--tier", "beginner", "--certainty"];
const THINK: &[&str] = &["interview", "./talk.json", "--tier", "beginner", "--think"];
const MOCK: &[&str] = &["interview", "./talk.json", "--mock", "--minutes", "5"];
const QUIZ: &[&str] = &["quiz", "./talk.json/pick"];
const LESSON: &[&str] = &["lesson", "./talk.json/one"];
const LAB: &[&str] = &["show", "./talk.json/lab", "--play"];
const WALK: &[&str] = &["show", "./talk.json/walk", "--play"];

/// Picks an option: the first of a list, or the first number where there is no room for one.
const PICK: &str = "1\r";

/// An answer that covers one key point of two.
const WRITTEN: (&str, &str) = ("Alone on a line", "They share one kernel\r.\r");
const KEPT: Option<&str> = Some("They share one kernel");

const fn at(
    name: &'static str,
    args: &'static [&'static str],
    way: &'static [(&'static str, &'static str)],
    there: &'static [&'static str],
) -> Prompt {
    Prompt { name, args, way, there, quit: "q\r", text: false, draft: None }
}

const PROMPTS: [Prompt; 16] = [
    Prompt { quit: "\r:q\r", ..at("writing", ASK, &[], &["Alone on a line"]) },
    Prompt {
        quit: "\r:q\r",
        text: true,
        draft: KEPT,
        ..at("written", ASK, &[("Alone on a line", "They share one kernel")], &["one kernel"])
    },
    Prompt { draft: KEPT, ..at("a point", ASK, &[WRITTEN], &["Did you say this?"]) },
    Prompt { draft: KEPT, ..at("all points", ASK, &[WRITTEN, ("Did you say this?", "n")], &["change a point"]) },
    Prompt {
        draft: KEPT,
        ..at("the rating", ASK, &[WRITTEN, ("Did you say this?", "n"), ("change a point", "g")], &["3 Good"])
    },
    Prompt { draft: KEPT, ..at("how sure", SURE, &[WRITTEN], &["fairly sure"]) },
    at("thinking", THINK, &[], &["Enter shows"]),
    at("a point thought of", THINK, &[("Enter shows", "\r")], &["Did you say this?"]),
    Prompt { quit: "\r:q\r", ..at("a mock interview", MOCK, &[], &["Alone on a line"]) },
    at("a quiz", QUIZ, &[], &["The files"]),
    at("after an answer", LAB, &[("SIGKILL", PICK)], &["Enter goes on"]),
    at("a lesson", LESSON, &[], &["Enter goes on"]),
    at("a scenario", LAB, &[], &["SIGKILL"]),
    Prompt {
        quit: "\r:q\r",
        ..at("an open step", LAB, &[("SIGKILL", PICK), ("Enter goes on", "\r")], &["Alone on a line"])
    },
    at("a checklist", WALK, &[], &["Enter goes on"]),
    at("a tick", WALK, &[("Enter goes on", "\r")], &["Did you cover it?"]),
];

impl Prompt {
    fn start(&self, size: Size) -> (Sandbox, Pty) {
        let sandbox = Sandbox::new();
        sandbox.write("talk.json", TALK);
        let mut pty = Pty::start(sandbox.command(self.args), size);
        for (text, keys) in self.way {
            pty.wait_at(&[text]);
            let list = *keys == PICK && !pty.shows("Number:");
            pty.send(if list { "\r" } else { keys });
        }
        pty.wait_at(self.there);
        (sandbox, pty)
    }

    /// Ctrl-D after a text ends it, as a dot does; what comes next is left.
    fn end_the_text(&self, pty: &mut Pty) -> i32 {
        pty.send("\u{4}");
        pty.wait_at(&["Did you say this?"]);
        pty.send("q");
        0
    }

    /// Says what is wrong after an event at this prompt.
    fn check(&self, size: Size, event: Event) -> Result<(), String> {
        let (sandbox, mut pty) = self.start(size);
        let expected = match event {
            Event::CtrlD if self.text => self.end_the_text(&mut pty),
            _ => event.happen(&mut pty, self.quit),
        };
        let status = pty.end();
        let failed = |what: String| Err(format!("{} at {size:?}, {event:?}: {what}\n{}\n", self.name, pty.text()));
        if status != expected {
            return failed(format!("status {status}"));
        }
        let drafts = drafts(&sandbox);
        if drafts != self.draft.map(str::to_owned).into_iter().collect::<Vec<_>>() {
            return failed(format!("the drafts are {drafts:?}"));
        }
        match pty.is_as_before() {
            Err(what) if event != Event::HangUp => failed(what),
            _ => Ok(()),
        }
    }
}

/// What waits to be written on; the lock of a session that a signal ended may lie beside it, and is nobody's.
fn drafts(sandbox: &Sandbox) -> Vec<String> {
    let files = fs::read_dir(sandbox.home.path().join("data/drafts")).into_iter().flatten();
    let paths = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.map(|path| fs::read_to_string(path).unwrap().trim().to_owned()).collect()
}

#[test]
fn whatever_ends_a_prompt_the_terminal_is_as_before_and_what_was_written_is_kept() {
    each(&PROMPTS, Prompt::check);
}

#[test]
fn a_text_that_was_being_written_when_the_terminal_went_is_offered_again() {
    let prompt = &PROMPTS[1];
    for size in SIZES {
        let (sandbox, mut pty) = prompt.start(size);
        pty.hang_up();
        assert_eq!(pty.end(), 130);
        let mut pty = Pty::start(sandbox.command(prompt.args), size);
        pty.wait_at(&["Go on from this draft?"]);
        pty.send("y");
        pty.wait_at(&[":q leave"]);
        pty.send("and nothing boots\r.\r");
        pty.wait_at(&["change a point"]);
        pty.send("g");
        pty.wait_at(&["3 Good"]);
        pty.send("3");
        assert_eq!((pty.end(), drafts(&sandbox).len()), (0, 0), "{}", pty.text());
        let log = fs::read_to_string(sandbox.log()).unwrap();
        assert!(log.contains("\"given\":\"They share one kernel\\nand nothing boots\""), "{log}");
    }
}

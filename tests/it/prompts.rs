//! Every prompt on terminals of many sizes: whatever ends it leaves the terminal as it was, and the answers kept.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::process::Signal;

use crate::pty::{Pty, Size};
use crate::sandbox::{Sandbox, many};

/// Columns and rows.
pub const SIZES: [Size; 5] = [(20, 5), (40, 12), (80, 24), (132, 43), (200, 50)];

/// One item of each kind.
pub const KINDS: &str = include_str!("fixtures/kinds.json");

/// A prompt and how to get there.
struct Prompt {
    name: &'static str,
    /// The item asked after the item `first`; or the whole command, where there is none.
    item: Option<&'static str>,
    command: &'static [&'static str],
    /// Keys to type on the way, each at a prompt that shows the text before it.
    way: &'static [(&'static str, &'static str)],
    /// Any of these shows that the prompt is there.
    there: &'static [&'static str],
    /// What is typed to leave in place of `q`.
    quit: &'static str,
}

/// At the first card a digit rates at once.
const FIRST: (&str, &str) = ("Enter shows the answer", "4");

const fn asking(
    name: &'static str,
    item: &'static str,
    way: &'static [(&'static str, &'static str)],
    there: &'static [&'static str],
) -> Prompt {
    Prompt { name, item: Some(item), command: &[], way, there, quit: "q\r" }
}

const fn typing(name: &'static str, item: &'static str, there: &'static [&'static str]) -> Prompt {
    Prompt { quit: ":q\r", ..asking(name, item, &[FIRST], there) }
}

const PROMPTS: [Prompt; 14] = [
    asking("reveal", "flash", &[FIRST], &["h hint,"]),
    asking("rate", "flash", &[FIRST, ("h hint,", "\r")], &["3 Good"]),
    asking("rate what was graded", "typed", &[FIRST, ("Answer:", "x\r")], &["3 Good"]),
    asking("choice", "choice", &[FIRST], &["A new root"]),
    asking("choice of several", "several", &[FIRST], &["A port", "Numbers, none"]),
    asking("order", "order", &[FIRST], &["space lifts", "Order:"]),
    asking("match", "match", &[FIRST], &["I do not know"]),
    asking("what-if", "whatif", &[FIRST], &["same"]),
    asking("slip", "slip", &[FIRST, ("Answer:", "hypervisr\r")], &["only a slip"]),
    typing("typed", "typed", &["Answer:"]),
    typing("cloze", "cloze", &["In the hole"]),
    typing("diagram", "diagram", &["[1]:"]),
    Prompt { name: "start", item: None, command: &[], way: &[], there: &["Start now?"], quit: "q" },
    Prompt {
        name: "suspend",
        item: None,
        command: &["suspend", "./many.json"],
        way: &[],
        there: &["Go on?"],
        quit: "q",
    },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    CtrlC,
    Term,
    Hup,
    Quit,
    HangUp,
    CtrlD,
    Esc,
    Q,
}

impl Event {
    pub const ALL: [Self; 8] =
        [Self::CtrlC, Self::Term, Self::Hup, Self::Quit, Self::HangUp, Self::CtrlD, Self::Esc, Self::Q];

    /// Makes it happen; gives the exit status to expect.
    pub fn happen(self, pty: &mut Pty, quit: &str) -> i32 {
        match self {
            Self::CtrlC => pty.send("\u{3}"),
            Self::Term => pty.signal(Signal::TERM),
            Self::Hup => pty.signal(Signal::HUP),
            Self::Quit => pty.signal(Signal::QUIT),
            Self::HangUp => pty.hang_up(),
            Self::CtrlD => {
                pty.send("\u{4}");
                // dialoguer's lists do not know the key: what it means is asked.
                if pty.shows_or_ends("goes back to the list") {
                    pty.send("\u{4}");
                }
            }
            Self::Esc => pty.send("\u{1b}"),
            Self::Q => pty.send(quit),
        }
        if matches!(self, Self::CtrlD | Self::Esc | Self::Q) { 0 } else { 130 }
    }
}

impl Prompt {
    fn start(&self, size: Size) -> (Sandbox, Pty) {
        let sandbox = Sandbox::new();
        sandbox.write("kinds.json", KINDS);
        sandbox.write("many.json", many(12));
        let cards = ["cards", "./kinds.json", "--item", "first", "--item", self.item.unwrap_or_default()];
        let args = if self.item.is_some() { &cards } else { self.command };
        let pty = Pty::start(sandbox.command(args), size);
        (sandbox, pty)
    }

    /// Says what is wrong after an event at this prompt.
    fn check(&self, size: Size, event: Event) -> Result<(), String> {
        let (sandbox, mut pty) = self.start(size);
        for (text, keys) in self.way {
            pty.wait_at(&[text]);
            pty.send(keys);
        }
        pty.wait_at(self.there);
        let expected = event.happen(&mut pty, self.quit);
        let status = pty.end();
        let kept = usize::from(self.item.is_some());
        let failed = |what: String| Err(format!("{} at {size:?}, {event:?}: {what}\n{}\n", self.name, pty.text()));
        if status != expected {
            return failed(format!("status {status}"));
        }
        if sandbox.log_lines() != kept {
            return failed(format!("{} answers kept", sandbox.log_lines()));
        }
        if status == 0 && kept == 1 && !pty.shows("tomorrow.") {
            return failed("no summary".to_owned());
        }
        match pty.is_as_before() {
            Err(what) if event != Event::HangUp => failed(what),
            _ => Ok(()),
        }
    }
}

/// Checks every prompt on every size of terminal at every event, some at once, and lists what failed.
pub fn each<P: Sync>(prompts: &[P], check: fn(&P, Size, Event) -> Result<(), String>) {
    let cases: Vec<(&P, Size, Event)> = prompts
        .iter()
        .flat_map(|prompt| SIZES.iter().flat_map(move |size| Event::ALL.map(|event| (prompt, *size, event))))
        .collect();
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((prompt, size, event)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(what) = check(prompt, *size, *event) {
                        failures.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn whatever_ends_a_prompt_the_terminal_is_as_before_and_the_answers_are_kept() {
    each(&PROMPTS, Prompt::check);
}

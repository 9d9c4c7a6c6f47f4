//! A world of its own for one run of the program: empty home, fixed clock and seed, no variables from outside.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use grillme::schedule::Moment;
use grillme::store::{Detail, Event, What, write_line};
use tempfile::TempDir;
use uuid::Uuid;

/// 2026-03-01, a Sunday, in the morning.
pub const NOW: &str = "2026-03-01T09:30:00+01:00";

pub struct Sandbox {
    pub home: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    /// A sandbox in which two cards of the bundled deck were answered the day before.
    pub fn used() -> Self {
        let sandbox = Self::new();
        let lines = [answer(1, "docker/what-container-shares", 3), answer(2, "docker/cgroups-limit", 4)];
        sandbox.write("data/progress/here.jsonl", lines.map(|event| write_line(&event) + "\n").concat());
        sandbox
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_grillme"));
        command.args(args).env_clear().current_dir(self.home.path());
        for name in ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        let home = self.home.path();
        command
            .env("HOME", home)
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("GRILLME_SEED", "1")
            .env("GRILLME_NOW", NOW);
        command.env("GRILLME_MACHINE", "here").env("GRILLME_DATA_DIR", home.join("data"));
        command.env("XDG_CACHE_HOME", home.join("cache"));
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    pub fn run_with(&self, args: &[&str], input: &str) -> Ran {
        self.finish(&mut self.command(args), input)
    }

    /// Runs a command that was made by [`Sandbox::command`] to its end.
    pub fn finish(&self, command: &mut Command, input: &str) -> Ran {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text =
            |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&self.home.path().display().to_string(), "HOME");
        Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn log(&self) -> PathBuf {
        self.home.path().join("data/progress/here.jsonl")
    }

    pub fn log_lines(&self) -> usize {
        fs::read_to_string(self.log()).map_or(0, |text| text.lines().count())
    }
}

/// An answer given on 2026-02-28, `n` minutes after noon.
pub fn answer(n: u8, card: &str, rating: u8) -> Event {
    let moment = Moment::new(1_772_280_000_000 + i64::from(n) * 60_000, 0);
    let what = What::Review {
        card: card.to_owned(),
        rating,
        ms: 4_200,
        rev: 1,
        by: None,
        hints: 0,
        given: None,
        score: None,
        auto: None,
        detail: Detail::default(),
    };
    let id = Uuid::from_u128(0x019c_a3f0_0000_7000_8000_0000_0000_0000 + u128::from(n));
    Event { id, at_ms: moment.at_ms, offset_s: 0, day: moment.day, what }
}

/// A deck of `count` flash cards with the id `many`.
pub fn many(count: usize) -> String {
    let card = |n: usize| format!(r#"{{"id":"card-{n}","kind":"flash","front":"Question {n}?","back":"Answer {n}"}}"#);
    let cards: Vec<String> = (0..count).map(card).collect();
    format!(r#"{{"format":"grillme-deck","version":1,"id":"many","title":"Many","items":[{}]}}"#, cards.join(",\n"))
}

//! A world of its own for one run of the program: empty home, fixed clock and seed, no variables from outside.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

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
        let mut command = self.command(args);
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

/// A deck of `count` flash cards with the id `many`.
pub fn many(count: usize) -> String {
    let card = |n: usize| format!(r#"{{"id":"card-{n}","kind":"flash","front":"Question {n}?","back":"Answer {n}"}}"#);
    let cards: Vec<String> = (0..count).map(card).collect();
    format!(r#"{{"format":"grillme-deck","version":1,"id":"many","title":"Many","items":[{}]}}"#, cards.join(",\n"))
}

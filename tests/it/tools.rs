//! What a test needs from the machine and may not get: it then says loudly that it did not run.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;

/// Tells whether a command can be run and succeeds; says so on the real standard error if not, past the harness, which
/// hides what a passing test prints.
pub fn works(test: &str, tool: &str, args: &[&str]) -> bool {
    let quiet =
        || Command::new(tool).args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let works = quiet().is_ok_and(|status| status.success());
    if !works {
        let line = format!("\nNOT RUN: {test}: `{tool} {}` does not work on this machine\n", args.join(" "));
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
    works
}

/// Whether system calls can be traced.
pub fn strace(test: &str) -> bool {
    works(test, "strace", &["-qq", "-e", "trace=none", "true"])
}

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_grillme");

impl Sandbox {
    /// Makes a command that runs a bash script in this sandbox; `$G` is the program.
    pub fn bash(&self, script: &str) -> Command {
        self.words(&["bash", "-c", script])
    }

    /// Makes a command of words, run in this sandbox.
    pub fn words(&self, words: &[&str]) -> Command {
        let (mut command, template) = (Command::new(words[0]), self.command(&[]));
        command.args(&words[1..]).env_clear().env("G", PROGRAM);
        command.envs(template.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(self.home.path());
        command
    }
}

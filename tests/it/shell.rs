//! What a shell makes of the pages, on Linux, where their paths are right.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;

/// The fenced shell blocks under a heading of a page.
pub fn blocks_under(page: &str, heading: &str) -> Vec<String> {
    let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    section.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// Runs a script at home, with nothing set but what a login sets, and the program found by its name.
pub fn sh(sandbox: &Sandbox, script: &str, input: &str) -> String {
    let grillme = sandbox.command(&[]);
    let mut command = Command::new("sh");
    command.args(["-eu", "-c", script]).current_dir(sandbox.home.path()).env_clear();
    for (name, value) in grillme.get_envs() {
        command.envs(value.map(|value| (name, value)));
    }
    let program = std::path::Path::new(grillme.get_program()).parent().unwrap().display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
    command.env("PATH", path).env_remove("GRILLME_DATA_DIR").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for who in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        command.env(who, "learner");
    }
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}\n{out}\n{err}");
    out.into_owned()
}

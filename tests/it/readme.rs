//! The README tells the truth: what it says to type works, and every command it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::sandbox::Sandbox;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The fenced shell blocks under a heading of the README.
#[cfg(target_os = "linux")]
fn blocks_under(heading: &str) -> Vec<String> {
    let readme = file("README.md");
    let (_, rest) = readme.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    section.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn it_names_only_commands_that_are_there() {
    let help = Sandbox::new().run(&["--help"]).out;
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let there: BTreeSet<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let readme = file("README.md");
    let written = ["`grillme ", "\ngrillme ", "| grillme "].map(|before| readme.split(before).skip(1));
    let words = written.into_iter().flatten().filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next());
    let named: BTreeSet<&str> = words.filter(|word| !word.is_empty()).collect();
    assert!(named.contains("cards") && named.contains("progress"), "{named:?}");
    assert_eq!(named.difference(&there).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn its_test_command_is_what_the_checks_run() {
    assert!(file("README.md").contains("\n    cargo test --locked\n"));
    assert!(file(".ci/run").ends_with("\ncargo test --locked\n"));
}

/// What a shell makes of the README, on Linux, where its paths are right.
#[cfg(target_os = "linux")]
mod shell {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use super::{Sandbox, blocks_under};

    /// Runs a script at home, with nothing set but what a login sets, and the program found by its name.
    fn sh(sandbox: &Sandbox, script: &str, input: &str) -> String {
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

    #[test]
    fn the_five_minutes_work_as_they_are_written() {
        let sandbox = Sandbox::new();
        let out: String = blocks_under("Five minutes").iter().map(|block| sh(&sandbox, block, "\n3\nq\n")).collect();
        for shown in
            ["docker", "cgroups-limit", "Took back", "cards suspended", "cards resumed", "3 items fine", "\"reps\": 1"]
        {
            assert!(out.contains(shown), "{shown:?} is not in\n{out}");
        }
    }

    #[test]
    fn two_machines_with_one_name_merge_their_answers_by_git() {
        let (one, two) = (Sandbox::new(), Sandbox::new());
        let answer = |sandbox: &Sandbox, count: usize| {
            sh(sandbox, "grillme cards docker --plain", &"\n3\n".repeat(count));
        };
        let data = one.home.path().join(".local/share/grillme").display().to_string();
        answer(&one, 2);
        sh(&one, &blocks_under("Sync")[0], "");
        sh(&two, &format!("git clone --quiet {data} .local/share/grillme"), "");
        answer(&one, 1);
        answer(&two, 3);
        let commit = "cd ~/.local/share/grillme; git add progress; git commit --quiet -m more";
        sh(&one, commit, "");
        sh(&two, &format!("{commit}; git pull --quiet --no-rebase --no-edit"), "");
        let report = sh(&two, "grillme progress verify", "");
        assert!(report.ends_with("All 6 events are as they were written.\n"), "{report}");
    }

    #[test]
    fn a_log_goes_from_one_folder_to_another_by_hand() {
        let sandbox = Sandbox::new();
        sh(&sandbox, "grillme cards docker --plain", "\n3\n");
        let blocks = blocks_under("Sync");
        let (folder, by_hand) = (&blocks[1], &blocks[2]);
        let (export, import) = by_hand.split_once('\n').unwrap();
        let out = sh(&sandbox, &format!("{export}\n{folder}\n{import}"), "");
        assert_eq!(out, "1 events added, 0 known already.\n");
    }
}

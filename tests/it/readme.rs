//! The README tells the truth: what it says to type works, and every command it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::sandbox::Sandbox;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
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
    use super::file;
    use crate::sandbox::Sandbox;
    use crate::shell::{blocks_under, sh};

    fn under(heading: &str) -> Vec<String> {
        blocks_under(&file("README.md"), heading)
    }

    #[test]
    fn the_five_minutes_work_as_they_are_written() {
        let sandbox = Sandbox::new();
        let out: String = under("Five minutes").iter().map(|block| sh(&sandbox, block, "\n3\nq\n")).collect();
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
        sh(&one, &under("Sync")[0], "");
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
        let blocks = under("Sync");
        let (folder, by_hand) = (&blocks[1], &blocks[2]);
        let (export, import) = by_hand.split_once('\n').unwrap();
        let out = sh(&sandbox, &format!("{export}\n{folder}\n{import}"), "");
        assert_eq!(out, "1 event added, 0 known already.\n");
    }
}

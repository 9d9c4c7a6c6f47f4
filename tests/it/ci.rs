//! The kit for CI: the worked example passes and fails as it says, the page shows its files, and the action's own script
//! does what the action promises.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};
use crate::tools::PROGRAM;

fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn file(name: &str) -> String {
    fs::read_to_string(repository(name)).unwrap()
}

/// A command of words in the sandbox in which the program is found by its name.
fn named(sandbox: &Sandbox, words: &[&str]) -> Command {
    let mut command = sandbox.words(words);
    let folder = Path::new(PROGRAM).parent().unwrap().display().to_string();
    command.env("PATH", format!("{folder}:{}", std::env::var("PATH").unwrap_or_default()));
    command
}

fn example(sandbox: &Sandbox, answers: &str) -> Ran {
    let (script, answers) = (repository("examples/ci/run.sh"), repository("examples/ci").join(answers));
    let words = ["sh", script.to_str().unwrap(), answers.to_str().unwrap(), "reports"];
    sandbox.finish(&mut named(sandbox, &words), "")
}

#[test]
fn the_example_passes_with_the_one_answers_file_and_ends_in_1_with_the_other() {
    let sandbox = Sandbox::new();
    let score = || {
        let text = fs::read_to_string(sandbox.home.path().join("reports/exam.json")).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        (document["passed"].as_bool().unwrap(), document["score"].as_f64().unwrap())
    };
    let passing = example(&sandbox, "passing.jsonl");
    assert_eq!(passing.status, 0, "{}{}", passing.out, passing.err);
    assert_eq!(score(), (true, 1.0));
    let failing = example(&sandbox, "failing.jsonl");
    assert_eq!(failing.status, 1, "{}{}", failing.out, failing.err);
    assert_eq!(score(), (false, 0.1));
    for name in ["junit.xml", "exam.md"] {
        assert!(fs::read_to_string(sandbox.home.path().join("reports").join(name)).unwrap().contains("not-found"));
    }
}

#[test]
fn the_page_shows_the_files_of_the_example() {
    let page = file("docs/ci.md");
    for name in ["github.yml", "gitlab.yml", "run.sh"] {
        assert!(page.contains(file(&format!("examples/ci/{name}")).trim_end()), "docs/ci.md does not show {name}");
    }
    for format in grillme::render::report::FORMATS {
        assert!(page.contains(&format!("\n| `{}` |", format.name)), "docs/ci.md does not name {}", format.name);
    }
}

/// The script of the action's step `run`.
fn script() -> String {
    let action = file("action.yml");
    let (_, step) = action.split_once("    - id: run\n").unwrap();
    let (_, block) = step.split_once("      run: |\n").unwrap();
    block.lines().map(|line| line.strip_prefix("        ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn act(sandbox: &Sandbox, inputs: &[(&str, &str)]) -> Ran {
    let script = script();
    assert!(!script.contains("${{"), "an input is pasted into the script");
    let mut command = sandbox.words(&["bash", "-c", &script]);
    let unset = ["COMMAND", "DECKS", "ANSWERS", "ARGS", "REPORTS"].map(|name| (name, ""));
    command.envs(unset).env("REPORTS", "grillme-reports").env("COMMAND", "exam").env("PROGRAM", PROGRAM);
    command.env("GITHUB_OUTPUT", sandbox.home.path().join("output"));
    command.env("GITHUB_STEP_SUMMARY", sandbox.home.path().join("summary.md"));
    sandbox.finish(command.envs(inputs.iter().copied()), "")
}

fn outputs(sandbox: &Sandbox) -> Vec<(String, String)> {
    let text = fs::read_to_string(sandbox.home.path().join("output")).unwrap();
    text.lines().map(|line| line.split_once('=').map(|(k, v)| (k.to_owned(), v.to_owned())).unwrap()).collect()
}

#[test]
fn the_script_of_the_action_holds_an_exam_and_gives_its_result() {
    let deck = repository("examples/ci/deck.json").display().to_string();
    for (answers, status, passed) in [("passing", 0, "true"), ("failing", 1, "false")] {
        let sandbox = Sandbox::new();
        let answers = repository("examples/ci").join(format!("{answers}.jsonl")).display().to_string();
        let inputs = [("DECKS", deck.as_str()), ("ANSWERS", &answers), ("ARGS", "--seed 7  --pass\n80")];
        let ran = act(&sandbox, &inputs);
        assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
        assert_eq!(ran.out.contains("::error file="), status == 1, "{}", ran.out);
        let outputs = outputs(&sandbox);
        assert_eq!(outputs[0], ("passed".to_owned(), passed.to_owned()));
        let written = fs::read(sandbox.home.path().join("grillme-reports/classroom.json")).unwrap();
        let decoded = sandbox.finish(&mut sandbox.words(&["base64", "-d"]), &outputs[1].1);
        assert_eq!((outputs[1].0.as_str(), decoded.out.as_bytes()), ("result", written.as_slice()));
        let summary = fs::read_to_string(sandbox.home.path().join("summary.md")).unwrap();
        assert!(summary.contains("grillme exam") && summary.contains("Seed 7"), "{summary}");
    }
}

#[test]
fn the_script_of_the_action_checks_decks_and_runs_nothing_that_is_in_an_input() {
    let sandbox = Sandbox::new();
    sandbox.write("two words.json", crate::sandbox::many(2));
    let decks = "docker\n\n./two words.json\n";
    let ran = act(&sandbox, &[("COMMAND", "check"), ("DECKS", decks), ("ARGS", "")]);
    assert_eq!((ran.status, ran.out.lines().count()), (0, 1), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(" items in 2 decks: no problems."), "{}", ran.out);
    for bad in ["$(touch made)", "`touch made`", "; touch made", "' touch made"] {
        act(&sandbox, &[("COMMAND", "check"), ("DECKS", bad), ("ARGS", bad)]);
        act(&sandbox, &[("COMMAND", bad), ("DECKS", "docker")]);
    }
    assert!(!sandbox.home.path().join("made").exists());
}

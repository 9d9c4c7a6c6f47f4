//! Input that means to eat memory or time: it is refused at a place, and within 64 MB of memory.
#![cfg(unix)]

use std::fs;
use std::process::Output;

use crate::payload::hostile;
use crate::sandbox::{Sandbox, many};

/// The memory a run may have, in KiB, where the system can hold it to that: Linux counts what a process may write to.
const MEMORY: u32 = 64 * 1024;

/// Runs the program with a bound on its memory. Past it, an allocation fails, which ends the program with a signal; so
/// the exit status tells.
fn run(sandbox: &Sandbox, args: &str) -> Output {
    let bound = if cfg!(target_os = "linux") { format!("ulimit -d {MEMORY}; ") } else { String::new() };
    sandbox.bash(&format!("{bound}exec \"$G\" {args}")).output().unwrap()
}

/// A deck with something in place of the list of items.
fn deck(rest: &str) -> String {
    format!("{{\"format\":\"grillme-deck\",\"version\":1,\"id\":\"bomb\",\"title\":\"Bomb\",{rest}}}")
}

fn refused(name: &str, bytes: &[u8], rule: &str) {
    let sandbox = Sandbox::new();
    let path = sandbox.write("data/decks/bomb.json", bytes);
    let shown = path.display().to_string();
    for (command, status) in [("check", 1), ("cards --plain", 3), ("list", 3)] {
        let output = run(&sandbox, &format!("{command} {shown}"));
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let text = text.replace(&shown, "DECK");
        let start: String = text.chars().take(600).collect();
        assert_eq!(output.status.code(), Some(status), "{name}, {command}: {:?} {start}", output.status);
        assert!(text.contains(rule) && text.contains("DECK:"), "{name}, {command}: no {rule} at a place: {start}");
        assert!(text.len() < 400_000 && hostile(&text).is_none(), "{name}, {command}: {start}");
    }
    // In the folder of the user's decks it must not keep the others from being used, whether its head can be read or not.
    let output = run(&sandbox, "list");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.code() == Some(0) && out.contains("docker"), "{name}: {:?} {err}", output.status);
    assert!(err.starts_with("note: ") || out.contains("Bomb"), "{name}: {out} {err}");
}

#[test]
fn json_that_is_deep_or_wide_is_refused_at_a_place() {
    refused("deep", format!("{}1{}", "[".repeat(1_000_000), "]".repeat(1_000_000)).as_bytes(), "nesting-too-deep");
    refused("wide", "[0,".repeat(1_000_000).as_bytes(), "nesting-too-deep");
    refused("deep inside", deck(&format!("\"items\":{}", "{\"a\":".repeat(1_000_000))).as_bytes(), "nesting-too-deep");
    refused("a list of zeros", format!("[0{}]", ",0".repeat(10_000_000)).as_bytes(), "wrong-type");
    refused("items of zeros", deck(&format!("\"items\":[0{}]", ",0".repeat(5_000_000))).as_bytes(), "too-many");
}

#[test]
fn names_and_texts_without_end_are_refused_at_a_place() {
    let names: String = (0..400_000).map(|n| format!(",\"k{n}\":0")).collect();
    refused("many names", deck(&format!("\"items\":[]{names}")).as_bytes(), "too-many-keys");
    let doubled = ",\"title\":\"Bomb\"".repeat(400_000);
    refused("one name, doubled", deck(&format!("\"items\":[]{doubled}")).as_bytes(), "too-many-keys");
    let text = format!(
        "\"items\":[{{\"id\":\"a\",\"kind\":\"flash\",\"front\":\"{}\",\"back\":\"b\"}}]",
        "x".repeat(10_000_000)
    );
    refused("a long text", deck(&text).as_bytes(), "text-too-long");
    let errors = "{\"id\":\"\u{9b}\",\"kind\":\"no\"},".repeat(300_000);
    refused("many errors", deck(&format!("\"items\":[{errors}0]")).as_bytes(), "too-many");
    refused(
        "a long id",
        deck(&format!("\"summary\":\"{}\",\"items\":[]", "\\u0041".repeat(2_000_000))).as_bytes(),
        "text-too-long",
    );
}

#[test]
fn numbers_without_end_are_refused_at_a_place() {
    for number in ["1e999999999", &"9".repeat(1_000_000), &format!("1.{}1", "0".repeat(9)), "-0.0e-99999", "1e1"] {
        let text = many(1).replace("\"version\":1", &format!("\"version\":{number}"));
        let sandbox = Sandbox::new();
        sandbox.write("bomb.json", text);
        let output = run(&sandbox, "check ./bomb.json");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.code() == Some(1) && out.contains("bomb.json:1:"),
            "{:.20}: {:?} {out:.600}",
            number,
            output.status
        );
    }
}

#[test]
fn files_that_are_too_large_are_not_even_read() {
    let sandbox = Sandbox::new();
    // A hole of 8 GiB: it takes no room on disk.
    let file = fs::File::create(sandbox.home.path().join("huge.json")).unwrap();
    file.set_len(8 << 30).unwrap();
    for command in ["check", "cards --plain", "list"] {
        let output = run(&sandbox, &format!("{command} ./huge.json"));
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(3) && err.contains("huge.json has 8589934592 bytes"), "{command}: {err}");
        assert!(err.contains("hint: split the deck"), "{command}: {err}");
    }
}

/// A pattern that would take for ever by backtracking, and one that would grow without bounds.
#[test]
fn patterns_are_bombs_for_nobody() {
    let typed = |pattern: &str| {
        deck(&format!(
            "\"items\":[{{\"id\":\"a\",\"kind\":\"typed\",\"prompt\":\"p\",\"accept\":[{{\"regex\":{pattern:?}}}]}}]"
        ))
    };
    let sandbox = Sandbox::new();
    for pattern in ["(a{1000}){1000}", "((a{99}){99}){99}", &"(".repeat(200), &"a?".repeat(600), "(?P<n", "\\p{nope}"] {
        sandbox.write("bomb.json", typed(pattern));
        let output = run(&sandbox, "check ./bomb.json");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let what = format!("{pattern:.30}: {:?} {out:.600}", output.status);
        assert!(output.status.code() == Some(1) && out.contains("bad-regex"), "{what}");
    }
    // These are allowed, and harmless: the automaton takes time in proportion to the text.
    for pattern in ["(a+)+b", "(a|aa)*c", "(.*)*x", "(a?){40}a{40}"] {
        sandbox.write("bomb.json", typed(pattern));
        let input = format!("{}\n1\n", "a".repeat(60_000));
        let ran = sandbox.run_with(&["cards", "./bomb.json", "--plain", "--cram"], &input);
        assert_eq!(ran.status, 0, "{pattern}: {}", ran.err);
    }
}

/// An honest deck of 5,000 cards fits into the same bound, so the bound measures the bombs and not the program.
#[test]
fn an_honest_deck_fits_into_the_bound() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(5_000));
    for args in ["check ./many.json", "list ./many.json", "cards ./many.json --plain --data-dir there"] {
        let output = run(&sandbox, &format!("{args} < /dev/null"));
        assert_eq!(output.status.code(), Some(0), "{args}: {}", String::from_utf8_lossy(&output.stderr));
    }
    if cfg!(target_os = "linux") {
        let script = format!("ulimit -d {}; exec \"$G\" check ./many.json", MEMORY / 64);
        assert_ne!(sandbox.bash(&script).output().unwrap().status.code(), Some(0), "the bound does not bind");
    }
}

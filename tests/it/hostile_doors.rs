//! Text that comes in by any other door than a deck is shown inert: arguments, variables, answers, names of files and
//! folders, errors.

use std::fs;
use std::process::{Command, Stdio};

use crate::payload::{PAYLOADS, hostile};
use crate::sandbox::{Sandbox, answer, many};

/// Runs a command and looks at all it shows, with colours forced on so that no library strips what it would pass on to
/// a terminal. The colours themselves are taken out: a payload that looks like one is no good test.
fn shown(command: &mut Command, input: Option<&str>, what: &str) -> (i32, String) {
    command.env("CLICOLOR_FORCE", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.unwrap_or_default().as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(hostile(&without_colours(&text)), None, "{what}: {text:?}");
    assert!(!text.contains("panicked"), "{what}: {text}");
    (output.status.code().unwrap_or(-1), text)
}

/// Takes out `ESC [ digits m`, but not the payload of that form.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !(c.is_ascii_digit() || c == ';'));
        match end {
            Some(end) if part[end..].starts_with('m') && !part.starts_with("31m") => rest += &part[end + 1..],
            _ => rest += &format!("\u{1b}[{part}"),
        }
    }
    rest
}

/// The payloads that can be an argument, a variable or a part of a file's name: all but those with a zero byte.
fn payloads() -> impl Iterator<Item = &'static str> {
    PAYLOADS.into_iter().filter(|payload| !payload.contains('\0'))
}

#[test]
fn arguments_are_quoted_inert() {
    let sandbox = Sandbox::used();
    sandbox.write("many.json", many(1));
    let before: [&[&str]; 20] = [
        &[],
        &["cards"],
        &["cards", "docker", "--item"],
        &["cards", "--by"],
        &["cards", "--new"],
        &["list", "--lesson"],
        &["list", "docker", "--tag"],
        &["list", "--tier"],
        &["list", "--kind"],
        &["list", "--format"],
        &["list", "--now"],
        &["list", "--seed"],
        &["list", "--color"],
        &["list", "docker", "--data-dir"],
        &["show"],
        &["check"],
        &["suspend"],
        &["progress"],
        &["progress", "import"],
        &["completions"],
    ];
    let shapes = ["X", "docker/X", "./X.json", "./many.json/X", "--X", "-X", "--lesson=X"];
    for (n, payload) in payloads().enumerate() {
        for (m, args) in before.iter().enumerate().skip(n % 3).step_by(3) {
            let word = shapes[(n + m) % shapes.len()].replace('X', &format!("x{payload}y"));
            let what = format!("{args:?} {word:?}");
            let (status, _) = shown(sandbox.command(args).arg(&word), None, &what);
            assert!((0..=4).contains(&status), "{what}: {status}");
        }
    }
}

#[test]
fn variables_are_quoted_inert() {
    let sandbox = Sandbox::used();
    let names = [
        "GRILLME_NOW",
        "GRILLME_SEED",
        "GRILLME_DECKS",
        "GRILLME_DATA_DIR",
        "GRILLME_MACHINE",
        "HOME",
        "XDG_CACHE_HOME",
        "TZ",
        "TERM",
        "LANG",
        "LC_ALL",
        "NO_COLOR",
        "COLUMNS",
        "COMPLETE",
    ];
    for (n, payload) in payloads().enumerate() {
        for name in names {
            let args: &[&str] = [&["list"][..], &["list", "docker"], &["progress", "verify"], &["--help"]][n % 4];
            let mut command = sandbox.command(args);
            if name == "HOME" {
                command.env_remove("GRILLME_DATA_DIR").env_remove("XDG_CACHE_HOME");
            }
            let (status, _) =
                shown(command.env(name, format!("/x{payload}y")), None, &format!("{name} {args:?} {payload:?}"));
            assert!((0..=4).contains(&status), "{name} {payload:?}: {status}");
        }
    }
}

#[test]
fn machines_have_plain_names_whatever_they_are_called() {
    let names = [
        ("My Laptop", "my-laptop"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u{1b}[31m", "31m"),
        ("ÄÖÜ", "local"),
        ("a\nb", "a-b"),
        ("...", "local"),
        ("CON", "con"),
    ];
    for (name, file) in names {
        let sandbox = Sandbox::new();
        let mut command = sandbox.command(&["suspend", "docker/cgroups-limit"]);
        let (status, text) = shown(command.env("GRILLME_MACHINE", name), None, name);
        assert_eq!(status, 0, "{text}");
        let logs = fs::read_dir(sandbox.home.path().join("data/progress")).unwrap();
        let logs: Vec<String> = logs.map(|log| log.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(logs, [format!("{file}.jsonl")], "{name:?}");
    }
}

#[test]
fn answers_are_echoed_and_kept_inert() {
    let sandbox = Sandbox::new();
    let typed = many(30)
        .replace("\"kind\":\"flash\",\"front\"", "\"kind\":\"typed\",\"prompt\"")
        .replace("\"back\":\"Answer", "\"accept\":[\"Answer")
        .replace("\"}", "\"]}");
    sandbox.write("many.json", typed);
    for (n, payload) in PAYLOADS.iter().enumerate() {
        for command in ["cards", "quiz"] {
            let item = format!("card-{n}");
            let args = [command, "./many.json", "--plain", "--item", &item];
            let input = format!("x{payload}y\n1\n{payload}\n{payload}\n");
            let (status, text) = shown(&mut sandbox.command(&args), Some(&input), &format!("{command} {payload:?}"));
            assert_eq!(status, 0, "{command} {payload:?}: {text}");
        }
        // The log itself holds no raw payload: it can be looked at with any tool.
        let log = fs::read_to_string(sandbox.log()).unwrap();
        assert_eq!(hostile(&log), None, "{payload:?}");
        assert!(log.lines().count() > n, "{payload:?}: the answer is not kept");
    }
    assert_eq!(sandbox.run(&["progress", "verify"]).status, 0);
}

/// Files and folders whose names hold payloads: decks, logs, folders of data and cache, the current folder.
#[test]
#[cfg(target_os = "linux")]
fn names_of_files_and_folders_are_shown_inert() {
    for payload in payloads().filter(|payload| !payload.contains('/')) {
        let sandbox = Sandbox::new();
        let name = format!("n{payload}m");
        let home = sandbox.home.path().join(&name);
        let log = grillme::store::write_line(&answer(1, "docker/cgroups-limit", 3));
        fs::create_dir_all(home.join("data/progress")).unwrap();
        fs::write(home.join(format!("data/progress/{name}.jsonl")), format!("{log}\njunk\n{}", &log[..40])).unwrap();
        fs::create_dir_all(home.join("data/decks")).unwrap();
        fs::write(home.join(format!("data/decks/{name}.json")), many(1).replace("front", "fornt")).unwrap();
        fs::write(home.join(format!("{name}.json")), many(1)).unwrap();
        let deck = format!("./{name}.json");
        let commands: [&[&str]; 9] = [
            &[],
            &["list"],
            &["check", &deck],
            &["check"],
            &["cards", &deck, "--plain"],
            &["progress", "verify"],
            &["progress", "verify", "--format", "json"],
            &["progress", "repair"],
            &["progress", "export", &format!("data/progress/{name}.jsonl")],
        ];
        for args in commands {
            let mut command = sandbox.command(args);
            command.current_dir(&home).env("GRILLME_DATA_DIR", home.join("data")).env("HOME", &home);
            command
                .env("XDG_CACHE_HOME", home.join("cache"))
                .env("GRILLME_DECKS", format!("{name}.json:missing{payload}"));
            let (status, text) = shown(&mut command, None, &format!("{args:?} {payload:?}"));
            assert!((0..=4).contains(&status), "{args:?} {payload:?}: {status} {text}");
        }
    }
}

/// What completes in a shell is put on its command line: only ids may come.
#[test]
fn completions_offer_ids_and_nothing_else() {
    let sandbox = Sandbox::new();
    for payload in payloads() {
        sandbox.write("data/decks/many.json", many(1).replace("\"many\"", &format!("\"ma{payload}ny\"")));
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            let mut command = sandbox.command(&["--", "grillme", "list", &format!("m{payload}")]);
            command.env("COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", "2");
            let (status, _) = shown(&mut command, None, &format!("{shell} {payload:?}"));
            assert_eq!(status, 0, "{shell} {payload:?}");
        }
    }
}

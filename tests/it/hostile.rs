//! Text from outside never drives the terminal, and no input makes the program hang, panic or eat memory.

use std::fs;

use crate::sandbox::{Ran, Sandbox, many};

/// One payload of each class that passes raw through a plain print.
const PAYLOADS: [&str; 17] = [
    "\u{1b}[31m",
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://x\u{7}",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{1b}P1$r\u{1b}\\",
    "\u{1b}_apc\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}0;t\u{9c}",
    "\u{7}",
    "\r",
    "\u{8}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{7f}",
    "\u{0}",
];

fn is_inert(ran: &Ran) -> bool {
    let plain = |c: char| {
        matches!(c, '\n' | '\t')
            || !(c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'))
    };
    ran.out.chars().chain(ran.err.chars()).all(plain)
}

fn escaped(payload: &str) -> String {
    payload.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect()
}

#[test]
fn a_deck_with_terminal_controls_is_refused_inertly_in_every_field() {
    let sandbox = Sandbox::new();
    for payload in PAYLOADS {
        for field in ["Many", "Question 1?", "Answer 1", "card-1", "flash", "\"front\""] {
            let bare = field.trim_matches('"');
            for written in [escaped(payload), payload.to_owned()] {
                let text = many(2).replacen(bare, &format!("{bare}{written}"), 1);
                let path = sandbox.write("deck.json", text);
                let ran = sandbox.run(&["check", path.to_str().unwrap()]);
                assert_eq!(ran.status, 1, "{payload:?} in {field}: {}", ran.out);
                assert!(is_inert(&ran), "{payload:?} in {field}: {:?}", ran.out);
                let cards = sandbox.run(&["cards", path.to_str().unwrap(), "--plain"]);
                assert!(cards.status == 3 && is_inert(&cards), "{payload:?} in {field}: {:?}", cards.err);
            }
        }
    }
}

#[test]
fn answers_arguments_file_names_and_imported_logs_are_shown_inert() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "many.json",
        many(1)
            .replace("\"kind\":\"flash\",\"front\"", "\"kind\":\"typed\",\"prompt\"")
            .replace("\"back\":\"Answer 0\"", "\"accept\":[\"Answer 0\"]"),
    );
    for payload in PAYLOADS.into_iter().filter(|payload| !payload.contains('\u{0}')) {
        let answered = sandbox.run_with(&["cards", "./many.json", "--cram", "--plain"], &format!("x{payload}y\n\n"));
        assert!(is_inert(&answered), "{payload:?}: {:?}", answered.err);
        let named = sandbox.run(&["cards", &format!("x{payload}")]);
        assert!(named.status == 2 && is_inert(&named), "{payload:?}: {:?}", named.err);
        let path = sandbox.run(&["check", &format!("./x{payload}.json")]);
        assert!(path.status == 2 && is_inert(&path), "{payload:?}: {:?}", path.err);
        let flag = sandbox.run(&["list", &format!("--lesson=x{payload}")]);
        assert!(is_inert(&flag), "{payload:?}: {:?}", flag.err);
    }
    let event = "{\"v\":1,\"id\":\"0192f3a0-0000-7000-8000-000000000001\",\"kind\":\"forget\",\"at\":1,\"offset\":0,\"day\":\"1970-01-01\",\"card\":\"d/\\u001b[31m\"";
    let line = format!("{event},\"crc\":\"{:08x}\"}}\n", crc32fast::hash(event.as_bytes()));
    assert_eq!(sandbox.run_with(&["progress", "import", "-"], &line).status, 0);
    let undone = sandbox.run(&["undo"]);
    assert!(undone.status == 0 && is_inert(&undone), "{:?}", undone.out);
}

#[test]
fn bombs_and_strange_files_end_soon_with_a_place() {
    let sandbox = Sandbox::new();
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let doubled = many(1).replace("\"title\":\"Many\"", "\"title\":\"Many\",\"title\":\"Many\"");
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("deep.json", deep.into_bytes(), "nesting-too-deep"),
        ("wide.json", "[0,".repeat(300_000).into_bytes(), "nesting-too-deep"),
        ("doubled.json", doubled.into_bytes(), "duplicate-key"),
        ("bom.json", format!("\u{feff}{}", many(1)).into_bytes(), "byte-order-mark"),
        ("nan.json", many(1).replace("\"version\":1", "\"version\":NaN").into_bytes(), "syntax"),
        ("newer.json", many(1).replace("\"version\":1", "\"version\":2").into_bytes(), "wrong-version"),
        ("empty.json", Vec::new(), "syntax"),
        ("cut.json", many(3).into_bytes()[..150].to_vec(), "syntax"),
    ];
    for (name, bytes, rule) in cases {
        let path = sandbox.write(name, bytes);
        let ran = sandbox.run(&["check", path.to_str().unwrap()]);
        assert!(ran.status == 1 && ran.out.contains(rule), "{name}: {} {}", ran.out, ran.err);
    }
    let crlf = sandbox.write("crlf.json", many(3).replace('\n', "\r\n"));
    assert_eq!(sandbox.run(&["check", crlf.to_str().unwrap()]).status, 0);
    let latin = sandbox.write("latin.json", [many(1).as_bytes(), b"\xe9"].concat());
    let ran = sandbox.run(&["check", latin.to_str().unwrap()]);
    assert!(ran.status == 3 && ran.err.contains("not valid UTF-8"), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn a_pipe_a_device_or_a_folder_in_place_of_a_deck_is_named() {
    let sandbox = Sandbox::new();
    let fifo = sandbox.home.path().join("fifo.json");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    fs::create_dir(sandbox.home.path().join("folder.json")).unwrap();
    for path in [fifo.to_str().unwrap(), "./folder.json", "/dev/zero"] {
        let ran = sandbox.run(&["cards", path, "--plain"]);
        assert!(ran.status == 3 && ran.err.contains("hint:"), "{path}: {}", ran.err);
    }
}

#[test]
#[cfg(unix)]
fn names_that_are_no_text_and_closed_pipes_make_no_panic() {
    use std::os::unix::ffi::OsStrExt;
    use std::process::Stdio;
    let sandbox = Sandbox::new();
    let strange = std::ffi::OsStr::from_bytes(b"./\xff.json");
    fs::write(sandbox.home.path().join(strange), many(1)).unwrap();
    let output = sandbox.command(&["check"]).arg(strange).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code <= 3), "{:?}", output);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    for args in [
        vec![],
        vec!["list", "docker"],
        vec!["show", "docker/cgroups-limit"],
        vec!["check", "--rules"],
        vec!["man"],
        vec!["--help"],
    ] {
        let mut child = sandbox.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(0) && !err.contains("panicked"), "{args:?}: {:?} {err}", output.status);
    }
}

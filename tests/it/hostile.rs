//! Decks that are no decks: each ends soon, with a message that says what and where.

use std::fs;

use crate::sandbox::{Sandbox, many};

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
    assert!(ran.status == 1 && ran.out.contains("error[not-utf8]: the file is not UTF-8: the byte E9 "), "{}", ran.out);
    assert_eq!(sandbox.run(&["cards", latin.to_str().unwrap(), "--plain"]).status, 3);
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
fn a_deck_whose_name_is_no_text_makes_no_panic() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    let strange = std::ffi::OsStr::from_bytes(b"./\xff.json");
    fs::write(sandbox.home.path().join(strange), many(1)).unwrap();
    let output = sandbox.command(&["check"]).arg(strange).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code <= 3), "{:?}", output);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

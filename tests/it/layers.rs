//! The layers of `lib.rs` hold: a module names only modules above it, and nothing of the world it must not know.

use std::fs;
use std::path::{Path, PathBuf};

const ORDER: [&str; 11] =
    ["deck", "grade", "schedule", "session", "library", "lint", "store", "render", "term", "env", "cli"];

/// What a module must not name, beside the modules below it.
fn forbidden(module: &str) -> &'static [&'static str] {
    const PURE: &[&str] =
        &["std::fs", "std::io", "std::env", "SystemTime", "Instant", "rand::", "dialoguer", "console::"];
    match module {
        "deck" | "schedule" => PURE,
        "grade" => {
            &["std::fs", "std::io", "std::env", "Instant", "rand::", "crate::schedule", "dialoguer", "console::"]
        }
        "session" => {
            &["crate::store", "crate::term", "std::fs", "std::io", "Instant", "rand::", "dialoguer", "console::"]
        }
        "library" | "lint" => {
            &["crate::store", "crate::term", "std::env", "dialoguer", "console::", "stdout", "stderr"]
        }
        "store" => &["crate::session", "crate::term", "std::env", "dialoguer", "console::", "stdout", "stderr"],
        "render" => &["crate::store", "stdout", "stderr", "std::fs", "std::env", "dialoguer"],
        "term" => &["crate::store", "crate::schedule", "std::fs", "rusqlite"],
        "env" => &["crate::", "dialoguer", "rusqlite", "serde_json"],
        _ => &["rusqlite", "dialoguer", "console::", "fsrs::"],
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs")
            && !path.file_stem().unwrap().to_str().unwrap().contains("tests")
        {
            found.push(path);
        }
    }
    found
}

/// The code of a file without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn names(code: &str, word: &str) -> bool {
    let ends = |at: usize| !code[at + word.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let starts = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    code.match_indices(word).any(|(at, _)| (word.ends_with(':') || ends(at)) && starts(at))
}

fn breaches(module: &str, code: &str) -> Vec<String> {
    let rank = ORDER.iter().position(|name| *name == module).unwrap();
    let below = ORDER[rank + 1..].iter().map(|name| format!("crate::{name}"));
    below.chain(forbidden(module).iter().map(|word| (*word).to_owned())).filter(|word| names(code, word)).collect()
}

#[test]
fn every_module_names_only_what_stands_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for module in ORDER {
        for file in files(&source.join(module)) {
            let breaches = breaches(module, &code(&file));
            found.extend(breaches.iter().map(|word| format!("{}: {word}", file.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let listed =
        map.lines().filter_map(|line| line.strip_prefix("//! | [`")?.trim_start_matches("mod@").split('`').next());
    assert_eq!(listed.collect::<Vec<_>>(), ORDER);
    let mut declared: Vec<&str> =
        map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut known = ORDER;
    declared.sort_unstable();
    known.sort_unstable();
    assert_eq!(declared, known);
}

#[test]
fn the_check_sees_a_breach() {
    assert_eq!(breaches("session", "use crate::store::Log;"), ["crate::store", "crate::store"]);
    assert_eq!(breaches("deck", "let now = std::time::Instant::now();"), [] as [&str; 0]);
    assert_eq!(breaches("deck", "use std::time;\nlet t = Instant::now();"), ["Instant"]);
    assert_eq!(breaches("grade", "use crate::deck::Item;"), [] as [&str; 0]);
}

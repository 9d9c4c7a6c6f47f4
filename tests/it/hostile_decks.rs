//! Every field that the reader knows refuses what could drive a terminal, and says so inertly.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use grillme::deck::Places;
use grillme::library::{LoadError, Origin, load};
use grillme::render::{self, Style};
use serde_json::Value;
use tempfile::TempDir;

use crate::payload::{PAYLOADS, escaped, hostile};
use crate::sandbox::Sandbox;

/// A deck with every field of every kind.
const DECK: &str = include_str!("../data/every-field.json");

/// Stands where a payload goes; the fields are named by it too, so it looks like no other text.
const MARK: &str = "zzPAYLOADzz";

/// Where a text or a name stands.
enum Place {
    /// A text, by its JSON pointer.
    Text(String),
    /// The name of a member, by the pointer of its object.
    Name(String, String),
}

fn places(value: &Value, at: &str, found: &mut Vec<Place>) {
    match value {
        Value::String(_) => found.push(Place::Text(at.to_owned())),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(n, value)| places(value, &format!("{at}/{n}"), found));
        }
        Value::Object(members) => {
            for (name, value) in members {
                found.push(Place::Name(at.to_owned(), name.clone()));
                places(value, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Writes the deck with the mark at one place.
fn marked(deck: &Value, place: &Place) -> String {
    let mut deck = deck.clone();
    match place {
        Place::Text(at) => {
            let text = deck.pointer_mut(at).unwrap();
            *text = Value::String(format!("{}{MARK}", text.as_str().unwrap()));
        }
        Place::Name(at, name) => {
            let object = deck.pointer_mut(at).unwrap().as_object_mut().unwrap();
            let value = object.remove(name).unwrap();
            object.insert(format!("{name}{MARK}"), value);
        }
    }
    serde_json::to_string_pretty(&deck).unwrap()
}

/// Loads a deck that must be refused, and looks at all that is said about it.
fn refused(folder: &Path, text: &str, what: &str) {
    let path = folder.join("deck.json");
    fs::write(&path, text).unwrap();
    let broken = match load(&Origin::Path(path)) {
        Err(LoadError::Broken(broken)) => broken,
        Err(error) => panic!("{what}: {error}"),
        Ok(_) => panic!("{what}: it is taken"),
    };
    for problem in &broken.problems {
        let file = &broken.files[problem.source];
        let shown = render::problem(problem, &file.name, &Places::new(&file.text), &Style::plain(80));
        assert_eq!(hostile(&shown), None, "{what}: {shown:?}");
    }
}

#[test]
fn every_field_of_every_kind_refuses_every_payload() {
    let (deck, folder) = (serde_json::from_str(DECK).unwrap(), TempDir::new().unwrap());
    let mut found = Vec::new();
    places(&deck, "", &mut found);
    assert!(found.len() > 300, "{}", found.len());
    for (n, place) in found.iter().enumerate() {
        let text = marked(&deck, place);
        let name = match place {
            Place::Text(at) => format!("text {at}"),
            Place::Name(at, name) => format!("name {at}/{name}"),
        };
        // Every place meets a sixth of the payloads, and every payload a sixth of the places; those that JSON takes
        // raw are also written raw.
        for payload in PAYLOADS.iter().skip(n % 6).step_by(6) {
            refused(folder.path(), &text.replace(MARK, &escaped(payload)), &format!("{payload:?} in {name}"));
            if !payload.contains(|c: char| c < ' ') {
                refused(folder.path(), &text.replace(MARK, payload), &format!("{payload:?} raw in {name}"));
            }
        }
    }
}

/// The names of fields stand in the reader's source; each of them must be in the deck above, or it is not tested.
#[test]
fn the_deck_above_has_every_field_that_the_reader_knows() {
    let mut known = BTreeSet::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/deck")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        for call in [".required", ".required_at", ".optional", ".list", ".take"] {
            for (at, _) in code.match_indices(call) {
                let Some((before, rest)) = code[at + call.len()..].split_once("(\"") else { continue };
                if before.is_empty() || before.starts_with("::<") && !before.contains(['(', ';']) {
                    known.insert(rest.split('"').next().unwrap().to_owned());
                }
            }
        }
    }
    assert!(known.len() > 70, "{known:?}");
    let missing: Vec<&String> =
        known.iter().filter(|name| **name != "$schema" && !DECK.contains(&format!("{name:?}:"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What an author keeps for themselves is not read, and not shown either: not even beside an error on the same line.
#[test]
fn members_that_are_the_authors_own_are_never_shown_raw() {
    let folder = TempDir::new().unwrap();
    for payload in PAYLOADS {
        for written in [escaped(payload), payload.to_owned()] {
            let own = format!("\"x-note\": \"{written}\", \"fornt\": 1, \"id\": \"flash\"");
            let text = DECK.replacen("\"id\": \"flash\"", &own, 1);
            refused(folder.path(), &text, &format!("{payload:?}"));
        }
    }
}

#[test]
fn no_command_takes_a_hostile_deck_or_shows_what_is_in_it() {
    let sandbox = Sandbox::new();
    for (n, payload) in PAYLOADS.iter().enumerate() {
        let text = DECK.replacen("\"A hint\"", &format!("\"A hint{}\"", escaped(payload)), 1);
        let text = text.replacen("\"Every field\"", &format!("\"Every{}field\"", escaped(payload)), 1);
        sandbox.write("data/decks/every.json", text);
        let commands = [
            &["check", "./data/decks/every.json"][..],
            &["cards", "./data/decks/every.json", "--plain"],
            &["list", "./data/decks/every.json"],
            &["show", "data/decks/every.json/flash"],
            &["suspend", "./data/decks/every.json"],
            &["check", "./data/decks/every.json", "--format", "json"],
            &["quiz", "./data/decks/every.json", "--plain"],
            // It is in the folder of the user's decks: those that list all decks name it, and go on.
            &["list"],
            &[],
            &["cards", "every", "--plain"],
        ];
        for args in [commands[n % 7], commands[7 + n % 3]] {
            let ran = sandbox.run(args);
            assert_eq!(hostile(&(ran.out.clone() + &ran.err)), None, "{payload:?} {args:?}: {} {}", ran.out, ran.err);
            let expected = match args {
                ["check", ..] => 1,
                ["list"] | [] => 0,
                ["cards", "every", ..] => 2,
                _ => 3,
            };
            assert_eq!(ran.status, expected, "{payload:?} {args:?}: {} {}", ran.out, ran.err);
        }
    }
}

//! What holds for every text that the loader is given.

use std::fs;

use grillme::library::{BUNDLED, Origin, load};
use proptest::prelude::*;

use crate::laws;

/// Loads a folder with the bundled head and `lesson` in place of its first lesson, and holds the result to the laws;
/// tells whether it was accepted.
fn is_accepted(lesson: &[u8]) -> bool {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("deck.json"), BUNDLED[0].files[0].text).unwrap();
    fs::write(dir.path().join("01-lesson.json"), lesson).unwrap();
    let origin = Origin::Path(dir.path().to_owned());
    let result = load(&origin);
    let accepted = result.is_ok();
    laws::loaded(&origin, result);
    accepted
}

fn lesson() -> &'static [u8] {
    BUNDLED[0].files[1].text.as_bytes()
}

#[derive(Debug, Clone)]
enum Mutation {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index, usize),
    Splice(prop::sample::Index, prop::sample::Index, usize),
    Insert(prop::sample::Index, &'static str),
}

const PIECES: [&str; 12] =
    ["\"", "{", "]", ",", "\\u0000", "\\ud800", "é", "😀", "{{c1::", "null", "\u{202e}", "\"id\":\"x\","];

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), 1..=255u8).prop_map(|(i, mask)| Mutation::Flip(i, mask)),
        (at(), 1..200usize).prop_map(|(i, n)| Mutation::Cut(i, n)),
        (at(), at(), 1..400usize).prop_map(|(i, j, n)| Mutation::Splice(i, j, n)),
        (at(), prop::sample::select(&PIECES[..])).prop_map(|(i, piece)| Mutation::Insert(i, piece)),
    ]
}

fn mutated(bytes: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for mutation in mutations {
        match mutation {
            Mutation::Flip(at, mask) => {
                let at = at.index(bytes.len());
                bytes[at] ^= mask;
            }
            Mutation::Cut(at, length) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Mutation::Splice(from, to, length) => {
                let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
                let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
                bytes.splice(to..to, piece);
            }
            Mutation::Insert(at, piece) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let words = ["format", "grillme-lesson", "id", "title", "items", "kind", "flash", "front", "options", "objectives"];
    let word = prop_oneof![prop::sample::select(words.to_vec()).prop_map(str::to_owned), ".{0,6}"];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        word.clone().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((word.clone(), inner), 0..6)
                .prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_lesson_is_read_or_refused_with_places_inside_it(mutations in prop::collection::vec(mutation(), 1..4)) {
        is_accepted(&mutated(lesson(), &mutations));
    }

    #[test]
    fn a_lesson_cut_short_is_refused(at in any::<prop::sample::Index>()) {
        let at = at.index(lesson().trim_ascii_end().len());
        prop_assert!(!is_accepted(&lesson()[..at]));
    }

    #[test]
    fn any_json_is_read_or_refused_with_places_inside_it(items in json(), lesson in json()) {
        is_accepted(lesson.to_string().as_bytes());
        let text = format!(r#"{{"format":"grillme-lesson","version":1,"id":"a","title":"A","items":[{items}]}}"#);
        is_accepted(text.as_bytes());
    }

    #[test]
    fn any_text_is_refused_with_places_inside_it(text in "[\\PC\"{}\\[\\]:,\\\\]{0,80}") {
        is_accepted(text.as_bytes());
    }
}

//! What holds for every text that the loader is given.

use std::fs;

use grillme::deck::Problem;
use grillme::library::{BUNDLED, LoadError, Origin, SourceFile, load};
use proptest::prelude::*;

/// Loads a folder with the bundled head and `lesson` in place of its first lesson.
fn load_lesson(lesson: &[u8]) -> Result<(), LoadError> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("deck.json"), BUNDLED[0].files[0].text).unwrap();
    fs::write(dir.path().join("01-lesson.json"), lesson).unwrap();
    load(&Origin::Path(dir.path().to_owned())).map(drop)
}

fn assert_in_bounds(files: &[SourceFile], problem: &Problem) {
    let text = &files[problem.source].text;
    assert!(text.get(problem.span.start..problem.span.end).is_some(), "{problem:?}");
}

/// Holds a result to the law: no panic, some problem, in order, each at a stretch of its file.
fn assert_lawful(result: Result<(), LoadError>) {
    if let Err(LoadError::Broken(broken)) = result {
        assert!(!broken.problems.is_empty());
        assert!(broken.problems.is_sorted_by_key(|problem| (problem.source, problem.span)));
        broken.problems.iter().for_each(|problem| assert_in_bounds(&broken.files, problem));
    }
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
        assert_lawful(load_lesson(&mutated(lesson(), &mutations)));
    }

    #[test]
    fn a_lesson_cut_short_is_refused(at in any::<prop::sample::Index>()) {
        let at = at.index(lesson().trim_ascii_end().len());
        let result = load_lesson(&lesson()[..at]);
        prop_assert!(result.is_err());
        assert_lawful(result);
    }

    #[test]
    fn any_json_is_read_or_refused_with_places_inside_it(items in json(), lesson in json()) {
        assert_lawful(load_lesson(lesson.to_string().as_bytes()));
        let text = format!(r#"{{"format":"grillme-lesson","version":1,"id":"a","title":"A","items":[{items}]}}"#);
        assert_lawful(load_lesson(text.as_bytes()));
    }

    #[test]
    fn any_text_is_refused_with_places_inside_it(text in "[\\PC\"{}\\[\\]:,\\\\]{0,80}") {
        assert_lawful(load_lesson(text.as_bytes()));
    }
}

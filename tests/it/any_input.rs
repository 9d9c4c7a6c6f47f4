//! No input makes a reader panic, hang, or say what is not so: random input of each shape, and seeds that once did.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use grillme::render::Style;
use proptest::prelude::*;

use crate::laws;

/// Applies a law to every file of a folder of seeds.
fn seeds(folder: &str, law: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let outcome = catch_unwind(AssertUnwindSafe(|| law(&bytes)));
        assert!(outcome.is_ok(), "{} breaks a law", path.display());
    }
}

fn as_text(law: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |bytes| law(&String::from_utf8_lossy(bytes))
}

#[test]
fn the_seeds_of_decks_are_lawful() {
    seeds("deck", laws::deck);
}

#[test]
fn the_seeds_of_clozes_are_lawful() {
    seeds("cloze", as_text(laws::cloze));
}

#[test]
fn the_seeds_of_logs_are_lawful() {
    seeds("log", laws::log);
}

#[test]
fn the_seeds_of_texts_are_lawful() {
    seeds("text", as_text(laws::text));
}

/// A pattern of 1024 bytes can ask for more memory than it may have; so can a counted repeat.
#[test]
fn patterns_that_would_grow_are_refused() {
    for expression in ["a{1000}{1000}", "(a?){1000}b{99999}", r"\pL{1000}{10}", &"(".repeat(400), &"a|".repeat(600)] {
        laws::pattern(expression, "a");
        assert!(grillme::deck::Pattern::compile(expression).is_err(), "{expression}");
    }
}

/// Of these texts a reader that looks ahead at every mark would make billions of steps.
#[test]
fn the_longest_texts_are_set_and_parsed() {
    for text in laws::long_texts() {
        laws::set(text.raw(), &Style::plain(40));
        laws::cloze(text.raw());
    }
}

/// Writes one line of a log from members that fit and members that do not; `log` seals it.
fn line() -> impl Strategy<Value = String> {
    const KINDS: [&str; 8] = ["review", "undo", "suspend", "unsuspend", "bury", "unbury", "forget", "later"];
    let id = (0u128..6).prop_map(|n| format!("0192f3a0-0000-7000-8000-{n:012x}"));
    let strange = "1e400|-0.0|1e19|0|7|null|true|\\[\\]|\\{\\}|\"\"|\"2026-02-28\"|\"9999-12-31\"|\"-999-01-01\"";
    let names = "v|id|at|offset|day|card|rating|ms|rev|by|hints|given|score|auto|of|through|crc|kind";
    let more = prop::collection::vec((names, strange), 0..3);
    let head = (1u8..3, id, prop::sample::select(&KINDS[..]), any::<i64>(), any::<i32>());
    (head, 1u8..5, more).prop_map(|((v, id, kind, at, offset), rating, more)| {
        let more: String = more.iter().map(|(name, value)| format!(",\"{name}\":{value}")).collect();
        let v = if v == 2 && at % 16 == 0 { 2 } else { 1 };
        format!(
            "{{\"v\":{v},\"id\":\"{id}\",\"kind\":\"{kind}\",\"at\":{at},\"offset\":{offset},\"day\":\"2026-02-28\",\
             \"card\":\"d/c\",\"rating\":{rating},\"of\":\"{id}\",\"through\":\"2026-03-01\"{more}}}"
        )
    })
}

fn log() -> impl Strategy<Value = Vec<u8>> {
    let noise =
        prop::sample::select(vec!["\r\n", "\u{feff}", "<<<<<<< ours\n", "\n\n", "{\"v\":2}\n", "{}", "\u{0}", " "]);
    let piece = prop_oneof![
        6 => line().prop_map(|line| (line + "\n").into_bytes()),
        1 => line().prop_map(String::into_bytes),
        1 => noise.prop_map(|noise| noise.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_log_is_read_appended_to_repaired_and_merged(bytes in log()) {
        laws::log(&bytes);
    }

    #[test]
    fn any_bytes_are_read_as_a_log(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        laws::log(&[b"!", bytes.as_slice()].concat());
    }
}

proptest! {
    #[test]
    fn any_cloze_is_parsed_or_refused(text in "(\\{\\{c|[0-9+]{1,3}|::|:|\\}\\}|\\}|\\{|[a-c é漢\n]|\u{200d}){0,30}") {
        laws::cloze(&text);
    }

    #[test]
    fn any_text_is_parsed_as_a_cloze_or_refused(text in any::<String>()) {
        laws::cloze(&text);
    }

    #[test]
    fn any_pattern_is_compiled_within_its_limits_or_refused(
        expression in "([a-c]|\\(|\\)|\\||\\[|\\]|\\?|\\*|\\+|\\{[0-9,]{1,4}\\}|\\\\[pbBdDwsAz]|\\^|\\$|\\.|\\(\\?[imsxU-]{1,2}\\)?|é|#| ){0,20}",
        answer in "[a-cA-C é1\n]{0,8}",
    ) {
        laws::pattern(&expression, &answer);
    }

    #[test]
    fn any_pattern_of_a_rubric_is_understood_or_refused(
        source in "([a-c]|kernel|shar|_|\\||!|~[0-9]{1,2}|\\*| |/|\\(|\\)|\\?|\\.|é|\u{301}){0,16}",
        answer in "([a-cA-C]|kernels?|shares|no|not|: |\\. |,|-|'|é|\u{301}|漢|\n| ){0,24}",
    ) {
        laws::key_pattern(&source, &answer);
    }

    #[test]
    fn any_prose_stays_on_the_screen(text in "([a-c`*\\[\\]()\\\\漢👍\t\u{301}\u{200d} -]|[0-9]{1,4}\\. |\n|```\n|[*]{2}){0,80}") {
        laws::prose(&text);
    }

    #[test]
    fn any_text_at_all_stays_on_the_screen(text in any::<String>()) {
        laws::text(&text);
    }

    #[test]
    fn any_day_is_read_as_it_is_written(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9+T:-]{10}|[0-9-]{0,12}|[0-9]{4}-[Ww]?[0-9]{2}-[0-9]") {
        laws::day(&text);
    }

    #[test]
    fn any_selector_is_taken_apart(text in "([a-z./~#]|docker|/|\\.json|é|\u{1b}| ){0,12}") {
        laws::selector(&text);
    }
}

//! What the reader says of single items: the words, the place, the remedy.

use crate::library::{broken, deck, folder, load_path, told, write};

/// Tells what is wrong with a deck of one item, which starts in column 10 of line 2.
fn told_of(item: &str) -> Vec<String> {
    let dir = folder();
    told(&broken(&write(&dir, "d.json", deck(item))))
}

fn options(options: &str) -> String {
    format!(r#"{{"id":"i","kind":"choice","prompt":"P","options":{options}}}"#)
}

fn whatif(base: &str, parameters: &str, set: &str) -> String {
    format!(
        r#"{{"id":"i","kind":"whatif","prompt":"P","base":{base},"parameters":{parameters},
"metrics":[{{"id":"m","label":"M"}}],
"cases":[{{"set":{set},"then":{{"m":"up"}}}}]}}"#
    )
}

fn accept(pattern: &str) -> String {
    format!(r#"{{"id":"i","kind":"typed","prompt":"P","accept":[{pattern}]}}"#)
}

#[test]
fn a_list_that_is_too_short_is_told_with_what_it_needs() {
    let steps = |kind: &str, steps: &str| format!(r#"{{"id":"i","kind":"{kind}","prompt":"P","steps":{steps}}}"#);
    let cases = [
        (options(r#"[{"id":"a","text":"A","correct":true}]"#), "2:59 too-few [i] expected at least 2 options, found 1"),
        (options("[]"), "2:59 too-few [i] expected at least 2 options, found 0"),
        (steps("order", r#"[{"id":"a","text":"A"}]"#), "2:56 too-few [i] expected at least 2 steps, found 1"),
        (steps("checklist", "[]"), "2:60 too-few [i] expected at least 1 step, found 0"),
        (accept(""), "2:57 too-few [i] expected at least 1 accepted answer, found 0"),
        (whatif("{}", r#"[{"id":"p","label":"P"}]"#, "{}"), "4:17 too-few [i] the case sets no parameter"),
    ];
    for (item, expected) in cases {
        assert_eq!(told_of(&item), [format!("d.json:{expected}")], "{item}");
    }
}

#[test]
fn entries_with_problems_of_their_own_cause_no_second_one() {
    let broken_option = r#"[{"id":"a","txt":"A","correct":true},{"id":"b","text":"B"}]"#;
    assert_eq!(
        told_of(&options(broken_option)),
        [r#"d.json:2:70 unknown-field [i] unknown field "txt" (did you mean `text`?)"#]
    );
    let one_broken_step = r#"{"id":"i","kind":"order","prompt":"P","steps":[{"id":"a","text":"A"},{"id":"b","text":7}],
"before":{"a":["b"]}}"#;
    assert_eq!(told_of(one_broken_step), ["d.json:2:96 wrong-type [i] expected a text, found a number (write \"7\")"]);
    let broken_parameter = whatif(r#"{"p":"1"}"#, r#"[{"id":"p","label":7}]"#, r#"{"p":"2"}"#);
    assert_eq!(
        told_of(&broken_parameter),
        ["d.json:2:98 wrong-type [i] expected a text, found a number (write \"7\")"]
    );
}

#[test]
fn an_option_whose_mark_is_wrong_is_not_missed_as_the_right_one() {
    let two = |first: &str| options(&format!(r#"[{{"id":"a","text":"A"{first}}},{{"id":"b","text":"B"}}]"#));
    for (first, expected) in [
        (r#","correct":"true""#, "d.json:2:91 wrong-type [i] expected true or false, found a text (write true)"),
        (r#","corect":true"#, "d.json:2:81 unknown-field [i] unknown field \"corect\" (did you mean `correct`?)"),
        ("", "d.json:2:59 no-key [i] no option is marked as correct (add \"correct\": true to the right one)"),
    ] {
        assert_eq!(told_of(&two(first)), [expected], "{first}");
    }
}

#[test]
fn the_base_of_a_whatif_is_held_to_its_parameters() {
    let parameters = r#"[{"id":"p","label":"P","values":["1","2"]}]"#;
    assert_eq!(
        told_of(&whatif(r#"{"p":"3","q":"1"}"#, parameters, r#"{"p":"2"}"#)),
        [
            "d.json:2:61 unknown-setting [i] \"3\" is no value of `p`",
            "d.json:2:69 unknown-parameter [i] no parameter has the id \"q\"",
        ]
    );
}

#[test]
fn a_pattern_says_one_thing_and_fits_the_whole_answer() {
    let cases = [
        (r#"{"text":"a","tolerance":1}"#, "2:82 bad-pattern [i] `tolerance` goes with `number`"),
        (r#"{"number":1,"tolerance":-1}"#, "2:82 bad-number [i] `tolerance` is 0 or more"),
        (r#"{"regex":"a)|(b"}"#, "2:67 bad-regex [i] unopened group"),
        (r#"{"regex":"(?x)a #"}"#, "2:67 bad-regex [i] unclosed group"),
    ];
    for (pattern, expected) in cases {
        assert_eq!(told_of(&accept(pattern)), [format!("d.json:{expected}")], "{pattern}");
    }
}

#[test]
fn a_day_that_the_calendar_does_not_have_is_told() {
    let item = |day: &str| format!(r#"{{"id":"i","kind":"flash","front":"F","back":"B","verified":{{"on":"{day}"}}}}"#);
    for day in ["2025-02-29", "2025-04-31", "2025-00-10", "20250-1-10"] {
        let expected = format!("d.json:2:75 bad-date [i] \"{day}\" is no date (write it as YYYY-MM-DD)");
        assert_eq!(told_of(&item(day)), [expected]);
    }
    let dir = folder();
    assert!(load_path(&write(&dir, "d.json", deck(&item("2024-02-29")))).is_ok());
}

#[test]
fn a_code_block_without_its_body_is_one_problem() {
    let dir = folder();
    let theory = r#"{"format":"grillme-deck","version":1,"id":"d","title":"D","lessons":[
{"id":"l","title":"L","items":[],"theory":[{"kind":"code","lang":"sh"}]}]}"#;
    let found = told(&broken(&write(&dir, "d.json", theory)));
    assert_eq!(found, ["d.json:2:44 missing-field the field `body` is missing (add \"body\": a text)"]);
}

#[test]
fn a_source_is_named_by_an_id_and_a_schema_by_a_text() {
    let dir = folder();
    let text = r#"{"$schema":7,"format":"grillme-deck","version":1,"id":"d","title":"D",
"sources":{"Linux man":{"title":"T"}},"items":[]}"#;
    let found = told(&broken(&write(&dir, "d.json", text)));
    assert_eq!(
        found,
        [
            "d.json:1:12 wrong-type expected a text, found a number (write \"7\")",
            "d.json:2:12 bad-id an id is 1 to 64 characters of a-z, 0-9 and '-' (try `linux-man`)",
        ]
    );
}

#[test]
fn schemas_for_editors_are_no_decks_and_no_lessons() {
    let dir = folder();
    write(&dir, "deck.json", r#"{"format":"grillme-deck","version":1,"id":"d","title":"D"}"#);
    write(&dir, "deck.schema.json", "{}");
    assert_eq!(load_path(dir.path()).unwrap().files.len(), 1);
}

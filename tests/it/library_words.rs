//! What a deck's author is told to write in place of a value, a field or a name that is none.

use crate::library::{HEAD, deck, flash, told_of};

#[test]
fn a_value_of_the_wrong_type_comes_with_what_to_write() {
    let long = "x".repeat(60);
    let short = format!(r#"write ["{}..."]"#, "x".repeat(39));
    let text = |found: &str, hint: &str| format!("expected a text, found {found} ({hint})");
    let list = |found: &str, hint: &str| format!("expected a list, found {found} ({hint})");
    let day = "write it as \"YYYY-MM-DD\"";
    let cases = [
        (r#""tags":"a""#.to_owned(), list("a text", r#"write ["a"]"#)),
        (format!(r#""tags":"{long}""#), list("a text", &short)),
        (r#""tags":5"#.to_owned(), list("a number", r#"write ["5"]"#)),
        (r#""tags":[null]"#.to_owned(), "expected a text, found null (remove it)".to_owned()),
        (r#""hints":[true]"#.to_owned(), text("true or false", r#"write "true""#)),
        (r#""stimulus":{"kind":"log","body":"B"}"#.to_owned(), list("an object", "put it between [ and ]")),
        (r#""why":0.5"#.to_owned(), text("a number", r#"write "0.5""#)),
        (r#""why":null"#.to_owned(), text("null", "leave the field out")),
        (r#""tier":1"#.to_owned(), text("a number", "one of beginner, intermediate, expert")),
        (r#""verified":{"on":2026}"#.to_owned(), text("a number", day)),
        (r#""verified":{"on":null}"#.to_owned(), {
            "expected a day as \"YYYY-MM-DD\", found null (write a day as \"YYYY-MM-DD\" in its place)".to_owned()
        }),
        (r#""seconds":" 9 ""#.to_owned(), "expected a number, found a text (write 9)".to_owned()),
        (r#""seconds":"nine""#.to_owned(), "expected a number, found a text".to_owned()),
    ];
    for (field, expected) in cases {
        let told = told_of(deck(&flash("a", &format!(",{field}"))));
        assert!(matches!(&told[..], [only] if only.ends_with(&format!("wrong-type [a] {expected}"))), "{told:?}");
    }
    let typed = |accept: &str| {
        told_of(deck(&format!(
            r#"{{"id":"t","kind":"typed","prompt":"P","accept":{accept},"rules":{{"case":"True"}}}}"#
        )))
    };
    let case = "expected true or false, found a text (write true)";
    for (accept, expected) in [
        (r#""4""#, "expected a list, found a text (write [\"4\"])"),
        ("[4]", "expected a text, found a number (write \"4\" or {\"number\": 4})"),
    ] {
        let told = typed(accept);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].ends_with(expected) && told[1].ends_with(case), "{told:?}");
    }
}

#[test]
fn names_from_elsewhere_are_told_with_the_field_they_mean_and_nothing_is_missed_as_well() {
    let meant = |line: &str, written: &str, field: &str| {
        format!("d.json:{line} unknown field {written:?} (did you mean `{field}`?)")
    };
    let item = |kind: &str, fields: &str| told_of(deck(&format!("\n{{\"id\":\"a\",\"kind\":\"{kind}\",{fields}}}")));
    let unknown =
        |column: usize, written: &str, field: &str| meant(&format!("3:{column} unknown-field [a]"), written, field);
    assert_eq!(
        item("flash", r#""question":"Q","answer":"A","reverse":true"#),
        [unknown(26, "question", "front"), unknown(41, "answer", "back"), unknown(54, "reverse", "reverse_front")]
    );
    assert_eq!(
        item("typed", r#""text":"Q","answers":["A"],"description":"D""#),
        [unknown(26, "text", "prompt"), unknown(37, "answers", "accept"), unknown(53, "description", "explanation")]
    );
    assert_eq!(
        item("choice", r#""Prompt":"Q","choices":[]"#),
        [unknown(27, "Prompt", "prompt"), unknown(40, "choices", "options")]
    );
    // Where the field is there, the name means something else.
    let own = "(remove it, or start its name with `x-` to keep it as your own)";
    assert_eq!(
        item("flash", r#""front":"F","back":"B","question":"Q""#),
        [format!("d.json:3:49 unknown-field [a] unknown field \"question\" {own}")]
    );
    assert_eq!(
        told_of(deck(r#"{"id":"a","type":"flash","front":"F"}"#)),
        [meant("2:20 unknown-field [a]", "type", "kind")]
    );
    let head = HEAD.replace("title", "name");
    for (field, means) in [("cards", "items"), ("item", "items"), ("chapters", "lessons")] {
        let told = told_of(format!("{head}\"{field}\":[]}}"));
        assert_eq!(told, [meant("1:47 unknown-field", "name", "title"), meant("1:58 unknown-field", field, means)]);
    }
}

#[test]
fn a_field_of_another_kind_says_of_which() {
    let told = told_of(deck(
        r#"{"id":"a","kind":"choice","prompt":"P","options":[{"id":"a","text":"A","correct":true},{"id":"b","text":"B"}],
"front":"F","steps":[],"rubric":{},"accept":[]},
{"id":"b","kind":"cloze","text":"{{c1::a}}","prompt":"P"},
{"id":"c","kind":"flash","front":"F","back":"B","prompt":"P"}"#,
    ));
    let hints: Vec<&str> = told.iter().filter_map(|line| line.split(" (").nth(1)).collect();
    assert_eq!(
        hints,
        [
            "`front` is a field of flash items)",
            "`steps` is a field of order, scenario and checklist items)",
            "`rubric` is a field of interview items)",
            "`accept` is a field of cloze and typed items)",
            "`prompt` is a field of other kinds of items)",
            "`prompt` is a field of other kinds of items)",
        ],
        "{told:?}"
    );
}

#[test]
fn a_reference_that_is_a_source_itself_says_where_sources_are_named() {
    let hint = "(name the source in the deck's `sources`, and write here the id that it has there)";
    let refs = r#","refs":["https://git-scm.com/docs","www.x.org",{"title":"T"},"Git Doc"]"#;
    let address = "bad-id [a] a source is referred to by its id, not by its address";
    assert_eq!(
        told_of(deck(&flash("a", refs))),
        [
            format!("d.json:2:66 {address} {hint}"),
            format!("d.json:2:93 {address} {hint}"),
            format!("d.json:2:105 wrong-type [a] expected a text, found an object {hint}"),
            "d.json:2:119 bad-id [a] an id is 1 to 64 characters of a-z, 0-9 and '-' (try `git-doc`)".to_owned(),
        ]
    );
    assert_eq!(told_of(deck(&flash("a", r#","refs":"git""#))).len(), 1);
}

//! Loading decks from disk: what is refused, where, and in which words.

use std::fs;
use std::path::{Path, PathBuf};

use grillme::deck::{Node, place};
use grillme::library::{BUNDLED, Broken, Catalog, Folders, LoadError, Origin, load, read_item, stamp};
use tempfile::TempDir;

pub(crate) const HEAD: &str = r#"{"format":"grillme-deck","version":1,"id":"d","title":"D","#;

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub(crate) fn write(dir: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

pub(crate) fn load_path(path: &Path) -> Result<grillme::library::Loaded, LoadError> {
    load(&Origin::Path(path.to_owned()))
}

pub(crate) fn broken(path: &Path) -> Broken {
    match load_path(path) {
        Err(LoadError::Broken(broken)) => *broken,
        other => panic!("expected a broken deck, got {other:?}"),
    }
}

/// Writes every problem as `file:line:column rule [item] message (hint)`.
pub(crate) fn told(broken: &Broken) -> Vec<String> {
    let tell = |problem: &grillme::deck::Problem| {
        let file = &broken.files[problem.source];
        let (at, name) = (place(&file.text, problem.span.start), Path::new(&file.name).file_name().unwrap());
        let item = problem.item.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
        let hint = problem.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        let (line, column) = (at.line, at.column);
        format!("{}:{line}:{column} {}{item} {}{hint}", name.display(), problem.rule, problem.message)
    };
    broken.problems.iter().map(tell).collect()
}

/// Loads a text as a single file and tells what is wrong with it.
pub(crate) fn told_of(text: impl AsRef<[u8]>) -> Vec<String> {
    let dir = folder();
    told(&broken(&write(&dir, "d.json", text)))
}

pub(crate) fn deck(items: &str) -> String {
    format!("{HEAD}\n\"items\":[{items}]}}\n")
}

pub(crate) fn flash(id: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","kind":"flash","front":"F","back":"B"{more}}}"#)
}

#[test]
fn the_bundled_decks_load_whole() {
    for deck in BUNDLED {
        let loaded = load(&Origin::Bundled(deck)).unwrap();
        assert_eq!(loaded.deck.head.id.as_str(), deck.name);
        assert_eq!(loaded.deck.lessons.len() + 1, deck.files.len());
        assert_eq!(loaded.files[0].name, format!("bundled:{}/deck.json", deck.name));
    }
}

#[test]
fn each_item_is_read_alone_from_its_slice_exactly_as_in_the_whole_deck() {
    let on_disk = Origin::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/docker"));
    for origin in [Origin::Bundled(&BUNDLED[0]), on_disk] {
        let loaded = load(&origin).unwrap();
        for (_, item) in loaded.deck.items() {
            assert_eq!(read_item(&origin, item.source, item.span).unwrap(), *item);
        }
    }
}

#[test]
fn an_item_that_is_no_longer_at_its_place_is_an_error() {
    let dir = folder();
    let path = write(&dir, "d.json", deck(&flash("a", "")));
    let origin = Origin::Path(path.clone());
    let span = load(&origin).unwrap().deck.lessons[0].items[0].span;
    fs::write(&path, deck(&flash("longer", ""))).unwrap();
    assert!(matches!(read_item(&origin, 0, span), Err(LoadError::Changed { .. })));
    fs::write(&path, "{}").unwrap();
    assert!(matches!(read_item(&origin, 0, span), Err(LoadError::Changed { .. })));
    assert!(matches!(read_item(&origin, 7, span), Err(LoadError::Changed { .. })));
}

#[test]
fn three_errors_are_told_at_once_with_their_places_and_hints() {
    let text = concat!(
        "{\"format\":\"grillme-deck\",\"version\":1,\"id\":\"d\",\"title\":\"D\",\n",
        " \"items\":[\n",
        "  {\"id\":\"a\",\"kind\":\"flash\",\"fornt\":\"F\",\"back\":\"B\"},\n",
        "  {\"id\":\"b\",\"kind\":\"flsh\",\"front\":\"F\",\"back\":\"B\"},\n",
        "  {\"id\":\"c\",\"kind\":\"flash\",\"front\":7,\"back\":\"B\"}]}\n",
    );
    assert_eq!(
        told_of(text),
        [
            "d.json:3:28 unknown-field [a] unknown field \"fornt\" (did you mean `front`?)",
            "d.json:4:20 unknown-kind [b] unknown value \"flsh\" (did you mean `flash`?)",
            "d.json:5:36 wrong-type [c] expected a text, found a number (write \"7\")",
        ]
    );
}

#[test]
fn a_missing_field_is_not_blamed_on_a_present_one_that_looks_alike() {
    let items = r#"{"kind":"flash","front":"F","back":"B"},{"id":"x","kind":"diagram","prompt":"P","alt":"A","labels":{"1":["a"]}}"#;
    assert_eq!(
        told_of(deck(items)),
        [
            "d.json:2:10 missing-field the field `id` is missing (add \"id\": an id)",
            "d.json:2:50 missing-field [x] the field `art` is missing (add \"art\": a text)",
        ]
    );
}

#[test]
fn columns_are_exact_inside_nested_kinds_after_escapes_and_wide_characters() {
    let items = concat!(
        "\n",
        r#" {"id":"é","kind":"flash","front":"ü😀","back":"B"},"#,
        "\n",
        r#" {"id":"s","kind":"scenario","prompt":"ü😀","steps":[{"id":"one","ask":"choice","prompt":"é","#,
        r#""options":[{"id":"a","text":"ok","correct":true},{"id":"b","txt":"no"}]}]},"#,
        "\n",
        r#" {"id":"e","kind":"flash","front":"tab\t \u00e9\ud83d\ude00 \u001b[0m","back":"\ud800"},"#,
        "\n",
        r#" {"id":"w","kind":"whatif","prompt":"P","parameters":[{"id":"p","label":"P"}],"metrics":[{"id":"m","label":"M"}],"#,
        r#""cases":[{"set":{"p":"1"},"then":{"m":"upp"}}]}"#,
    );
    assert_eq!(
        told_of(deck(items)),
        [
            "d.json:3:8 bad-id [é] an id is 1 to 64 characters of a-z, 0-9 and '-' (pick a short name)",
            "d.json:4:152 unknown-field [s] unknown field \"txt\" (did you mean `text`?)",
            "d.json:5:61 forbidden-character [e] text holds the character U+001B, which is not allowed \
             (remove it: control, bidirectional and zero-width characters can make a terminal lie)",
            "d.json:5:79 bad-string [e] the text escapes half a surrogate pair, which is no character",
            "d.json:6:152 unknown-move [w] unknown value \"upp\" (did you mean `up`?)",
        ]
    );
}

#[test]
fn a_value_with_a_problem_causes_no_second_one_and_hides_none() {
    let cases = [
        (
            r#"{"id":"w","kind":"whatif","prompt":"P","parameters":[{"id":"p","label":"P"}],
"metrics":[{"id":"m","label":"M"}],"cases":[{"set":{"p":"1"},"then":{"m":"upp"}},{"set":{"p":"1"},"then":{}}]}"#,
            vec![
                "d.json:3:74 unknown-move [w] unknown value \"upp\" (did you mean `up`?)",
                "d.json:3:106 missing-metric [w] `m` is not answered (add \"m\": \"up\", \"down\" or \"same\")",
            ],
        ),
        (
            r#"{"id":"o","kind":"order","prompt":"P",
"steps":[{"id":"a","text":"A"},{"id":"b","text":"B"}],"extra":[{"id":"a","text":"C"}]}"#,
            vec!["d.json:3:9 duplicate-id [o] the id `a` is used twice here (give each an id of its own)"],
        ),
        (
            r#"{"id":"c","kind":"choice","prompt":"P","options":[
{"id":"a","text":"A","correct":true},{"id":"a","text":"B"},
{"id":"a","text":"C"}]}"#,
            vec![
                "d.json:3:44 duplicate-id [c] the id `a` is used twice here (give each an id of its own)",
                "d.json:4:7 duplicate-id [c] the id `a` is used twice here (give each an id of its own)",
            ],
        ),
        (
            r#"{"id":"f","kind":"flash","front":"F","back":"B",
"stimulus":[{"kind":"log","bdy":"x","lines":3}],
"verified":{"method":"ran"}}"#,
            vec![
                "d.json:3:27 unknown-field [f] unknown field \"bdy\" (did you mean `body`?)",
                "d.json:3:37 unknown-field [f] unknown field \"lines\" \
                 (remove it, or start its name with `x-` to keep it as your own)",
                "d.json:4:12 missing-field [f] the field `on` is missing (add \"on\": a day as \"YYYY-MM-DD\")",
            ],
        ),
    ];
    for (item, expected) in cases {
        assert_eq!(told_of(deck(item)), expected, "{item}");
    }
}

#[test]
fn every_malformed_text_is_told_with_its_place() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (
            deck(&flash("a", r#","back":"C""#)).into(),
            "d.json:2:58 duplicate-key [a] key \"back\" is given twice (keep one of them)",
        ),
        (
            [b"\xef\xbb\xbf", deck("").as_bytes()].concat(),
            "d.json:1:1 byte-order-mark the file starts with a byte order mark (save it as UTF-8 without BOM)",
        ),
        (format!("{HEAD}\"x-a\":{deep}}}").into(), "d.json:1:128 nesting-too-deep values nest deeper than 64 levels"),
        (
            deck(&flash("a", r#","seconds":NaN"#)).into(),
            "d.json:2:68 syntax NaN is no JSON value (a text stands between double quotation marks)",
        ),
        (deck(&flash("a", r#","seconds":1e999"#)).into(), "d.json:2:68 bad-number [a] the number is out of range"),
        (
            b"{\"a\":1".to_vec(),
            "d.json:1:6 syntax the file ends too early: the \"{\" of line 1, column 1 is still open \
             (close it; if the file is cut off, get it whole)",
        ),
        (
            b"".to_vec(),
            "d.json:1:1 syntax the file is empty (a deck starts {\"format\": \"grillme-deck\", \"version\": 1, \"id\": ...)",
        ),
        (
            b"[]".to_vec(),
            "d.json:1:1 wrong-type expected an object, found a list \
             (the file is one object: {\"format\": \"grillme-deck\", \"version\": 1, \"id\": ..., \"items\": [ ... ]})",
        ),
        (
            format!("{}{{}}", deck("")).into(),
            "d.json:3:1 syntax something stands after the end (a deck file holds one JSON object and nothing after it)",
        ),
        (
            b"{\"format\":\"grillme-deck\",\"version\":2}".to_vec(),
            "d.json:1:36 wrong-version the deck format has version 2; this grillme reads version 1 (update grillme)",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told_of(&text), [expected], "{}", String::from_utf8_lossy(&text));
    }
}

#[test]
fn a_syntax_error_at_a_wide_character_covers_all_of_it() {
    let dir = folder();
    let broken = broken(&write(&dir, "d.json", "{\"é\":😀}"));
    let span = broken.problems[0].span;
    assert_eq!(&broken.files[0].text[span.start..span.end], "😀");
}

#[test]
fn a_deck_with_crlf_line_ends_is_read_and_its_places_are_right() {
    let dir = folder();
    let text = deck(&format!("\n{},\n{}", flash("a", ""), flash("b", ""))).replace('\n', "\r\n");
    assert_eq!(load_path(&write(&dir, "d.json", &text)).unwrap().deck.items().count(), 2);
    let twice = text.replace("\"b\"", "\"a\"");
    let path = write(&dir, "d.json", twice);
    let name = path.display();
    let expected =
        format!("d.json:4:7 duplicate-id [a] the item id `a` is used twice in this deck (first used at {name}:3:7)");
    assert_eq!(told(&broken(&path)), [expected]);
}

#[test]
fn a_file_in_another_encoding_is_one_problem_of_its_deck_and_hides_no_other() {
    let dir = folder();
    write(&dir, "deck.json", HEAD.trim_end_matches(',').to_owned() + "}");
    let lesson = format!("{LESSON}\"id\":\"one\",\"title\":\"One\",\"items\":[]}}");
    let wide = |unit: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{lesson}").encode_utf16().flat_map(unit).collect()
    };
    write(&dir, "01.json", b"{\n \"\xc3\xa9\xff\"}");
    write(&dir, "02.json", wide(u16::to_le_bytes, "\u{feff}"));
    write(&dir, "03.json", wide(u16::to_be_bytes, "\u{feff}"));
    write(&dir, "04.json", wide(u16::to_le_bytes, ""));
    write(&dir, "05.json", wide(u16::to_be_bytes, ""));
    write(&dir, "06.json", lesson.replace("title", "titel"));
    write(&dir, "07.json", b"\xff\xfe");
    write(&dir, "08.json", "\u{fffd}é");
    let wide = |file: u8| format!("0{file}.json:1:1 not-utf8 the file is in UTF-16 (save it as UTF-8)");
    assert_eq!(
        told(&broken(dir.path())),
        [
            "01.json:2:4 not-utf8 the file is not UTF-8: the byte FF here belongs to no character (save it as UTF-8)"
                .to_owned(),
            wide(2),
            wide(3),
            wide(4),
            wide(5),
            "06.json:1:51 unknown-field unknown field \"titel\" (did you mean `title`?)".to_owned(),
            wide(7),
            "08.json:1:1 syntax expected value".to_owned(),
        ]
    );
}

#[test]
fn a_file_past_64_mib_is_refused_unread() {
    let dir = folder();
    let path = write(&dir, "d.json", "");
    fs::File::options().write(true).open(&path).unwrap().set_len(8 << 30).unwrap();
    let error = load_path(&path).unwrap_err();
    let expected = format!("{} has 8589934592 bytes; a deck file has at most 67108864", path.display());
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_folder_without_a_deck_file_and_a_missing_path_are_refused() {
    let dir = folder();
    let told = load_path(dir.path()).unwrap_err().to_string();
    assert_eq!(told, format!("{} is a folder without a deck.json", dir.path().display()));
    let missing = dir.path().join("none.json");
    assert_eq!(load_path(&missing).unwrap_err().to_string(), format!("cannot read {}", missing.display()));
    fs::create_dir(dir.path().join("deck.json")).unwrap();
    assert!(load_path(dir.path()).is_err());
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_sockets_are_refused_without_waiting_for_them() {
    let dir = folder();
    let pipe = dir.path().join("d.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let socket = dir.path().join("s.json");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [&pipe, &socket, Path::new("/dev/zero")] {
        let expected = format!("{} is no regular file", path.display());
        assert_eq!(load_path(path).unwrap_err().to_string(), expected);
    }
    let found = Catalog::find(&Folders { user_decks: Some(dir.path().to_owned()), extra: vec![] });
    assert_eq!(found.notices().len(), 2);
}

#[test]
fn a_list_of_millions_of_wrong_values_is_cut_short() {
    let mut items = "0,".repeat(3_000_000);
    items.push('0');
    let told = told_of(deck(&items));
    assert_eq!(told.len(), 1001);
    let last = "d.json:2:2010 too-many-problems more than 1000 problems; those from here on are left out";
    assert_eq!(told[1000], last);
}

#[test]
fn thousands_of_doubled_ids_are_cut_short() {
    let items: Vec<String> = (0..6_000).map(|n| flash(&format!("i{}", n / 2), r#","requires":["none"]"#)).collect();
    assert_eq!(told_of(deck(&items.join(",\n"))).len(), 1001);
}

#[test]
fn an_object_with_too_many_keys_is_refused() {
    let keys: Vec<String> = (0..20_001).map(|n| format!("\"k{n}\":0")).collect();
    let told = told_of(format!("{HEAD}\"sources\":{{{}}},\"items\":[]}}", keys.join(",")));
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with("too-many-keys an object holds at most 20000 keys"), "{told:?}");
}

pub(crate) const LESSON: &str = r#"{"format":"grillme-lesson","version":1,"#;

#[test]
fn the_stamp_changes_with_any_file_of_a_deck_and_only_then() {
    let dir = folder();
    write(&dir, "deck.json", format!("{}}}", HEAD.trim_end_matches(',')));
    let lesson = write(&dir, "01-a.json", "x");
    let origin = Origin::Path(dir.path().to_owned());
    let before = stamp(&origin).unwrap();
    assert_eq!(stamp(&origin).unwrap(), before);
    fs::write(&lesson, "xy").unwrap();
    let after = stamp(&origin).unwrap();
    assert_ne!(after, before);
    write(&dir, "02-b.json", "");
    assert_ne!(stamp(&origin).unwrap(), after);
    let bundled = stamp(&Origin::Bundled(&BUNDLED[0])).unwrap();
    assert!(bundled.starts_with(concat!(env!("CARGO_PKG_VERSION"), "-")), "{bundled}");
    assert!(stamp(&Origin::Path(dir.path().join("none"))).is_err());
}

#[test]
fn a_span_in_a_text_counts_what_escapes_were_written_with() {
    let node = Node::parse(r#""\n\u00e9x\ud83d\ude00y""#).unwrap();
    let at = |byte| node.span_in_string(byte).start;
    assert_eq!([at(0), at(1), at(3), at(4), at(8)], [1, 3, 9, 10, 22]);
}

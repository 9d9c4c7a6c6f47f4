//! What must hold whatever bytes come in: shared by the property tests, the kept seeds and the fuzz targets.

use std::fs;
use std::path::Path;

use grillme::deck::{
    CardKey, Context, FromNode, Id, Item, KeyPattern, Kind, Node, Part, Pattern, Piece, Places, Problem, Rubric, Text,
    forbidden, holes_in, parse_cloze,
};
use grillme::grade::{Answer, Marker, mark};
use grillme::library::{
    Catalog, DeckRef, Folders, LoadError, Loaded, Origin, Selector, SourceFile, load, read_item, resolve,
};
use grillme::lint;
use grillme::render::{Style, item, markdown, placed, problem, safe_str, verbatim, width};
use grillme::schedule::{Moment, StudyDay};
use grillme::store::{
    Event, Log, StoreError, What, export, import, parse_line, repair, scan, union, verify, write_line,
};
use tempfile::TempDir;
use uuid::Uuid;

const LESSON_MARK: &str = "grillme-lesson";
const HEAD: &str = r#"{"format":"grillme-deck","version":1,"id":"d","title":"D","sources":{"s":{"title":"S"}}}"#;

/// Loads the bytes as a deck file, or as the one lesson of a folder when they speak of a lesson.
pub fn deck(bytes: &[u8]) {
    let dir = TempDir::new().unwrap();
    let is_lesson = bytes.windows(LESSON_MARK.len()).any(|window| window == LESSON_MARK.as_bytes());
    let origin = if is_lesson {
        fs::write(dir.path().join("deck.json"), HEAD).unwrap();
        fs::write(dir.path().join("01-lesson.json"), bytes).unwrap();
        Origin::Path(dir.path().to_owned())
    } else {
        let path = dir.path().join("d.json");
        fs::write(&path, bytes).unwrap();
        Origin::Path(path)
    };
    loaded(&origin, load(&origin));
}

/// Holds the result of a load to its laws.
pub fn loaded(origin: &Origin, result: Result<Loaded, LoadError>) {
    match result {
        Ok(loaded) => sound(origin, &loaded),
        Err(LoadError::Broken(broken)) => {
            assert!(!broken.problems.is_empty());
            assert!(broken.problems.is_sorted_by_key(|problem| (problem.source, problem.span)));
            broken.problems.iter().take(20).for_each(|problem| shown(&broken.files, problem));
        }
        Err(error) => panic!("{error}"),
    }
}

/// A problem lies in its file and is drawn without a character that could drive a terminal.
fn shown(files: &[SourceFile], found: &Problem) {
    let file = &files[found.source];
    assert!(file.text.get(found.span.start..found.span.end).is_some(), "{found:?}");
    let places = Places::new(&file.text);
    let drawn = problem(found, &file.name, &places, &Style::plain(40));
    assert_eq!(forbidden(&drawn), None, "{drawn:?}");
    let at = placed(found, &file.name, &places);
    assert!(at.line > 0 && at.column > 0);
}

/// A deck that was accepted holds no text that could drive a terminal; each of its items is read alone as it is read
/// with all others; it can be shown, listed, and held to the strict bar.
fn sound(origin: &Origin, loaded: &Loaded) {
    let json = serde_json::to_string(&loaded.deck).unwrap();
    assert_eq!(forbidden(&json), None);
    for (lesson, of) in loaded.deck.items() {
        assert_eq!(read_item(origin, of.source, of.span).unwrap(), *of);
        assert_eq!(lesson.source, of.source);
        shown_and_marked(of);
    }
    let texts: Vec<&str> = loaded.files.iter().map(|file| file.text.as_str()).collect();
    lint::strict(&loaded.deck, &texts).iter().take(20).for_each(|problem| shown(&loaded.files, problem));
    let Origin::Path(path) = origin else { return };
    let catalog = Catalog::find(&Folders { user_decks: None, extra: vec![path.clone()] });
    assert_eq!(catalog.get(loaded.deck.head.id.as_str()).map(|entry| &entry.title), Some(&loaded.deck.head.title));
}

fn shown_and_marked(of: &Item) {
    for style in [Style::plain(20), Style { color: false, unicode: true, plain: false, width: 76 }] {
        inert(&item(of, &style));
    }
    if let Kind::Interview(asked) = &of.kind {
        ["", "It shares the kernel."].iter().for_each(|answer| marked(&asked.rubric, answer));
    }
    let parts = of.parts();
    for part in parts.iter().chain([&Part::Whole]) {
        for typed in ["", "kernel", "6.8", "1e3"] {
            let found = mark(of, *part, &Answer::Text(typed.to_owned()));
            assert!(found.is_none_or(|mark| (0.0..=1.0).contains(&mark.score)));
        }
    }
}

/// No character is one that is forbidden everywhere. A line may end between a joining mark and its neighbour: the mark
/// is then alone, and still harmless.
fn inert(shown: &str) {
    for c in shown.chars() {
        assert_eq!(forbidden(&format!("\u{627}{c}\u{627}")), None, "{shown:?}");
    }
}

/// The mark of an answer is within its bounds, and its evidence within the answer.
fn marked(rubric: &Rubric, answer: &str) {
    let trace = Marker::new(rubric, &Text::new("Why are containers light?")).trace(answer);
    assert!((0.0..=1.0).contains(&trace.coverage.auto), "{trace:?}");
    let trials = trace.point_trials.iter().chain(&trace.misconception_trials).flat_map(|trials| &trials.trials);
    for evidence in trials.filter_map(|trial| trial.evidence.as_ref()) {
        assert!(answer.get(evidence.range.clone()).is_some_and(|words| !words.is_empty()), "{evidence:?}");
    }
}

/// Parses a cloze text; what was accepted can be put together again and is then read the same.
pub fn cloze(text: &str) {
    match parse_cloze(text) {
        Ok(pieces) => {
            let written: String = pieces.iter().map(written).collect();
            assert_eq!(parse_cloze(&written).as_ref(), Ok(&pieces));
            assert!(written.len() <= text.len());
            assert!(pieces.iter().any(|piece| piece.number().is_some()));
        }
        Err(error) => assert!(text.is_char_boundary(error.at), "{error:?}"),
    }
    let json = serde_json::json!({"id": "c", "kind": "cloze", "text": text}).to_string();
    let mut problems = Vec::new();
    let found = Item::from_node(&Node::parse(&json).unwrap(), &mut Context::new(0, &mut problems));
    assert_eq!(found.is_some(), problems.is_empty());
    let is_honest = text.len() <= 64 * 1024 && forbidden(text).is_none();
    assert_eq!(found.is_some(), is_honest && parse_cloze(text).is_ok(), "{problems:?}");
    if let Some(found) = found {
        assert!(!found.parts().is_empty());
        shown_and_marked(&found);
    }
}

fn written(piece: &Piece) -> String {
    match piece {
        Piece::Plain(text) => text.raw().to_owned(),
        Piece::Hole { number, answer, hint } => {
            assert!((1..=99).contains(number) && !answer.is_blank() && !answer.raw().contains("{{"));
            let hint = hint.as_ref().map(|hint| format!("::{}", hint.raw())).unwrap_or_default();
            format!("{{{{c{number}::{}{hint}}}}}", answer.raw())
        }
    }
}

/// Reads the bytes as a log. Unless they start with `!`, every line of JSON is sealed first: chance alone would never
/// find a checksum.
pub fn log(bytes: &[u8]) {
    match bytes.strip_prefix(b"!") {
        Some(raw) => read_log(raw),
        None => read_log(&sealed(bytes)),
    }
}

fn sealed(bytes: &[u8]) -> Vec<u8> {
    let lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(seal).collect();
    lines.join(&b'\n')
}

fn seal(line: &[u8]) -> Vec<u8> {
    let Some(open) = line.strip_suffix(b"}") else { return line.to_vec() };
    let is_sealed = open.len() >= 17 && open[open.len() - 17..].starts_with(b",\"crc\":\"");
    let body = if is_sealed { &open[..open.len() - 17] } else { open };
    [body, format!(",\"crc\":\"{:08x}\"}}", crc32fast::hash(body)).as_bytes()].concat()
}

fn read_log(bytes: &[u8]) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("progress");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("here.jsonl");
    fs::write(&path, bytes).unwrap();
    bytes.split(|byte| *byte == b'\n').for_each(line);
    let Some(before) = events(&path) else {
        assert!(matches!(verify(&folder), Err(StoreError::Newer { .. })));
        return;
    };
    let found = scan(&path, 0, |_| {}).unwrap();
    assert!(found.bad.is_sorted_by_key(|bad| bad.offset) && found.end <= bytes.len() as u64);
    assert!(found.torn || found.end == bytes.len() as u64);
    scan(&path, found.end, |_| panic!("an event behind the end")).unwrap();
    let report = verify(&folder).unwrap();
    assert_eq!((report.files[0].events, report.ok), (before.len(), found.bad.is_empty()));
    changed(home.path(), &path, before);
}

/// What is written behind the bytes is found, repair keeps every event, and another machine takes all of them in.
fn changed(home: &Path, path: &Path, mut expected: Vec<Event>) {
    let folder = path.parent().unwrap();
    let known = expected.iter().map(|event| event.id.as_u128()).max().unwrap_or(0);
    let id = Uuid::from_u128(known.wrapping_add(1));
    let moment = Moment::new(1_772_000_000_000, 3_600);
    let what = What::Forget { card: "d/card".to_owned() };
    let event = Event { id, at_ms: moment.at_ms, offset_s: 3_600, day: moment.day, what };
    Log::new(folder, "here").append(&event).unwrap();
    expected.push(event);
    assert_eq!(events(path).as_ref(), Some(&expected));
    repair(folder, &home.join("backups"), 0).unwrap();
    assert_eq!(events(path), Some(expected));
    assert!(verify(folder).unwrap().ok);
    let there = home.join("there");
    import(&there, "there", exported(folder).as_slice()).unwrap();
    assert_eq!(exported(folder), exported(&there));
}

fn exported(folder: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    export(folder, &mut out).unwrap();
    out
}

/// Lists the events of a log; nothing if a newer version wrote it.
fn events(path: &Path) -> Option<Vec<Event>> {
    let mut events = Vec::new();
    match scan(path, 0, |record| events.push(record.event)) {
        Ok(_) => Some(events),
        Err(StoreError::Newer { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

/// An event that is read can be written, and is then read the same.
fn line(line: &[u8]) {
    if let Ok(event) = parse_line(line)
        && event.what != What::Unknown
    {
        assert_eq!(parse_line(write_line(&event).as_bytes()), Ok(event.clone()));
        let lines = [(event.at_ms, event.id, line.to_vec()), (event.at_ms, event.id, line.to_vec())];
        assert_eq!(union(lines).len(), 1);
    }
}

/// Reads a text as each of the small languages that authors and learners write.
pub fn text(text: &str) {
    prose(text);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    pattern(first, rest);
    key_pattern(first, rest);
    day(first);
    selector(first);
    assert!(holes_in(text).iter().all(|hole| *hole > 0));
}

/// Markdown stays within the screen, is inert when its text is, and loses no letter.
pub fn prose(text: &str) {
    let text = safe_str(text);
    for columns in [8, 40] {
        for style in [Style::plain(columns), Style { color: false, unicode: true, plain: false, width: columns }] {
            set(&text, &style);
        }
    }
}

/// Sets a safe text as Markdown and as code.
pub fn set(text: &str, style: &Style) {
    for line in markdown(text, style).iter().chain(&verbatim(text, style)) {
        assert!(width(line) <= style.width, "{line:?} is wider than {}", style.width);
        inert(line);
    }
}

/// A pattern that compiles is matched against the whole answer, alone and in an item.
pub fn pattern(expression: &str, answer: &str) {
    let compiled = Pattern::compile(expression);
    if let Ok(regex) = &compiled
        && let Some(found) = regex.find(answer)
    {
        assert_eq!(found.as_str(), answer, "{expression:?} fits a part");
    }
    let json = serde_json::json!({"id": "t", "kind": "typed", "prompt": "P", "accept": [{"regex": expression}],
        "near": [{"text": answer, "feedback": "F"}]})
    .to_string();
    let mut problems = Vec::new();
    let read = Item::from_node(&Node::parse(&json).unwrap(), &mut Context::new(0, &mut problems));
    let is_honest = [expression, answer].iter().all(|text| text.len() <= 64 * 1024 && forbidden(text).is_none());
    assert_eq!(read.is_some() && problems.is_empty(), compiled.is_ok() && is_honest, "{problems:?}");
    if let Some(item) = read {
        let found = mark(&item, Part::Whole, &Answer::Text(answer.to_owned())).unwrap();
        assert!((0.0..=1.0).contains(&found.score));
    }
}

/// A pattern of a rubric is understood or refused at a place inside it, and what it finds lies in the answer.
pub fn key_pattern(source: &str, answer: &str) {
    match KeyPattern::parse(source) {
        Ok(pattern) => assert_eq!(pattern.source().raw(), source),
        Err(error) => assert!(error.at.start <= error.at.end && error.at.end <= source.len().max(1), "{error:?}"),
    }
    let json = serde_json::json!({"key_points": [{"id": "a", "text": "A", "match": [source]}],
        "misconceptions": [{"id": "b", "text": "B", "match": [source], "feedback": "F"}]})
    .to_string();
    let mut problems = Vec::new();
    let rubric = Rubric::from_node(&Node::parse(&json).unwrap(), &mut Context::new(0, &mut problems));
    let is_honest = source.len() <= 64 * 1024 && forbidden(source).is_none();
    assert_eq!(problems.is_empty(), is_honest && KeyPattern::parse(source).is_ok(), "{problems:?}");
    if let Some(rubric) = rubric {
        marked(&rubric, answer);
    }
}

/// A day that is read is written as it was.
pub fn day(text: &str) {
    if let Ok(day) = text.parse::<StudyDay>() {
        assert_eq!(day.to_string(), text);
        assert_eq!(day.plus(1).since(day), 1);
    }
}

/// A selector is taken apart without a loss; it selects a bundled deck or says why not; ids and keys are written as read.
pub fn selector(text: &str) {
    let found = Selector::parse(text);
    match (&found.deck, &found.rest) {
        (DeckRef::Path(path), None) => assert_eq!(path.as_os_str(), text),
        (DeckRef::Id(deck), Some(rest)) => assert_eq!(format!("{deck}/{rest}"), text),
        (DeckRef::Id(deck), None) => assert_eq!(deck, text.trim_end_matches('/')),
        (DeckRef::Path(_), Some(_)) => panic!("{found:?}"),
    }
    if !text.contains('\0')
        && let Err(error) = resolve(&Catalog::find(&Folders::default()), text)
    {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(id) = text.parse::<Id>() {
        assert_eq!(id.as_str(), text);
    }
    if let Ok(key) = text.parse::<CardKey>() {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
}

/// The longest texts a deck may hold, made of what a reader could trip over again and again.
pub fn long_texts() -> impl Iterator<Item = Text> {
    const LENGTH: usize = 64 * 1024;
    let pieces =
        ["*a ", "**a ", "[", "[a](", "`a``", "\\", "{{c1::", "{{c1::x}}", "- a\n", "```\n", "漢 ", "1. \n", "<"];
    pieces.into_iter().map(|piece| Text::new(piece.repeat(LENGTH / piece.len())))
}

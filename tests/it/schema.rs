//! The published schemas and the reader give the same verdicts, but for the rules that a schema cannot say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use grillme::library::{BUNDLED, LoadError, Origin, load};
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

const DECK: &str = include_str!("../../data/deck.schema.json");
const LESSON: &str = include_str!("../../data/lesson.schema.json");
const EVERY_FIELD: &str = include_str!("../decks/every-field.json");

/// Rules that hold between values, look inside a text, or count what a schema does not see. A document that breaks
/// one of them is valid by the schema and refused by the reader; there is no other difference.
pub(crate) const BEYOND_A_SCHEMA: [&str; 29] = [
    // References from one place of a deck to another.
    "duplicate-id",
    "retired-id",
    "unknown-item",
    "unknown-objective",
    "unknown-source",
    "unknown-point",
    "unknown-step",
    "unknown-parameter",
    "unknown-setting",
    "unknown-metric",
    "missing-metric",
    "before-differs",
    "unequal-holes",
    // The small languages inside of texts.
    "bad-cloze",
    "bad-key-pattern",
    "bad-regex",
    "no-holes",
    // Lists of which one must be at least as long as the other.
    "bad-seal",
    "unknown-hole",
    "unlabelled-hole",
    // Characters that only some neighbours make harmless; sizes in bytes.
    "forbidden-character",
    "text-too-long",
    "too-many-patterns",
    // What the parser sees and the value no longer shows, or what holds for any object or list.
    "duplicate-key",
    "nesting-too-deep",
    "too-many-keys",
    "too-many-items",
    // Whether a file stands alone or in a folder.
    "no-lessons",
    "lessons-in-folder",
];

/// The second look at the options, which only counts the right ones.
const COUNTED: &str = "/$defs/choice/else/properties/options";

/// What a document is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A deck that is one file.
    Single,
    /// The deck.json of a folder.
    Head,
    /// A lesson of a folder, whose deck has the source `s`.
    Lesson,
}

struct Schemas {
    deck: Validator,
    lesson: Validator,
}

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| {
    let [deck, lesson] = [DECK, LESSON].map(|text| serde_json::from_str::<Value>(text).unwrap());
    for schema in [&deck, &lesson] {
        assert!(jsonschema::meta::is_valid(schema));
    }
    let registry = Registry::new().add("file:///deck.schema.json", &deck).unwrap().prepare().unwrap();
    let options = || jsonschema::options().with_registry(&registry).should_validate_formats(true);
    let lesson = options().with_base_uri("file:///lesson.schema.json").build(&lesson).unwrap();
    Schemas { deck: options().build(&deck).unwrap(), lesson }
});

/// Lists the codes of the rules that the reader finds broken; none means that it accepts the document.
fn codes(form: Form, text: &str) -> BTreeSet<&'static str> {
    const HEAD: &str = r#"{"format":"grillme-deck","version":1,"id":"d","title":"D","sources":{"s":{"title":"S"}}}"#;
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    let path = match form {
        Form::Single => {
            write("d.json", text);
            dir.path().join("d.json")
        }
        Form::Head => {
            write("deck.json", text);
            dir.path().to_owned()
        }
        Form::Lesson => {
            write("deck.json", HEAD);
            write("01-lesson.json", text);
            dir.path().to_owned()
        }
    };
    match load(&Origin::Path(path)) {
        Ok(_) => BTreeSet::new(),
        Err(LoadError::Broken(broken)) => broken.problems.iter().map(|problem| problem.rule).collect(),
        Err(error) => panic!("{error}"),
    }
}

/// Asks both; gives the codes that the reader told. Panics when they differ by more than [`BEYOND_A_SCHEMA`].
pub(crate) fn agreed(form: Form, text: &str) -> BTreeSet<&'static str> {
    let schema = if form == Form::Lesson { &SCHEMAS.lesson } else { &SCHEMAS.deck };
    let codes = codes(form, text);
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        assert!(!codes.is_empty(), "the reader accepts what is no JSON: {text}");
        return codes;
    };
    let errors: Vec<String> = schema.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    match (errors.is_empty(), codes.is_empty()) {
        (true, true) | (false, false) => {}
        (false, true) => panic!("the reader accepts what the schema refuses: {errors:#?}\n{text}"),
        (true, false) => {
            let other: Vec<_> = codes.iter().filter(|code| !BEYOND_A_SCHEMA.contains(code)).collect();
            assert!(other.is_empty(), "only the reader refuses, with {other:?}:\n{text}");
        }
    }
    codes
}

/// Asks both about a document that both accept.
pub(crate) fn accepted(form: Form, text: &str) {
    assert_eq!(agreed(form, text), BTreeSet::new(), "{text}");
}

/// Makes a deck around one item; it has a source `s` and an objective `o`.
pub(crate) fn deck_of(item: &Value) -> Value {
    json!({
        "format": "grillme-deck", "version": 1, "id": "d", "title": "D", "sources": {"s": {"title": "S"}},
        "lessons": [{"id": "l", "title": "L", "objectives": [{"id": "o", "text": "O"}], "items": [item]}]
    })
}

pub(crate) fn every_field() -> Value {
    serde_json::from_str(EVERY_FIELD).unwrap()
}

/// Cuts the deck with every field into small ones: the deck without lessons, the lesson without items, each item.
pub(crate) fn small_documents() -> Vec<(Form, Value)> {
    let mut head = every_field();
    let mut lesson = head["lessons"][0].take();
    let items = lesson["items"].take();
    let found = items.as_array().unwrap();
    lesson["items"] = json!([]);
    lesson["format"] = json!("grillme-lesson");
    lesson["version"] = json!(1);
    lesson["$schema"] = json!("x");
    head["retired"][0]["replaced_by"] = json!("i");
    head.as_object_mut().unwrap().remove("lessons");
    let mut single = head.clone();
    single["items"] = json!([{"id": "i", "kind": "flash", "front": "F", "back": "B"}]);
    head["retired"] = json!([{"id": "old", "x-own": 1}]);
    let whole = [(Form::Single, single), (Form::Head, head), (Form::Lesson, lesson)];
    whole.into_iter().chain(found.iter().map(|item| (Form::Single, deck_of(item)))).collect()
}

#[test]
fn both_accept_the_bundled_decks_and_the_deck_with_every_field() {
    for deck in BUNDLED {
        let (head, lessons) = deck.files.split_first().unwrap();
        for (schema, file) in std::iter::once((&SCHEMAS.deck, head)).chain(lessons.iter().map(|l| (&SCHEMAS.lesson, l)))
        {
            let value = serde_json::from_str(file.text).unwrap();
            let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
            assert_eq!(errors, [] as [&str; 0], "{}", file.name);
        }
        load(&Origin::Bundled(deck)).unwrap();
    }
    accepted(Form::Single, EVERY_FIELD);
    small_documents().iter().for_each(|(form, document)| accepted(*form, &document.to_string()));
}

/// Collects the pointers of the properties that the schema knows, and for each those that a document has.
fn known(schema: &Value, at: &str, pointers: &mut BTreeMap<String, String>) {
    let Value::Object(members) = schema else { return };
    for (key, sub) in members {
        match key.as_str() {
            "properties" => {
                for (name, sub) in sub.as_object().unwrap() {
                    pointers.insert(format!("{at}/properties/{name}"), name.clone());
                    known(sub, &format!("{at}/properties/{name}"), pointers);
                }
            }
            "$defs" => {
                sub.as_object().unwrap().iter().for_each(|(n, sub)| known(sub, &format!("{at}/$defs/{n}"), pointers))
            }
            "allOf" => sub
                .as_array()
                .unwrap()
                .iter()
                .enumerate()
                .for_each(|(i, sub)| known(sub, &format!("{at}/allOf/{i}"), pointers)),
            "then" | "else" | "items" | "additionalProperties" => known(sub, &format!("{at}/{key}"), pointers),
            _ => {}
        }
    }
}

/// Walks a document along the schema and takes away the pointers of the properties that it has.
fn walk(root: &Value, at: &str, value: &Value, left: &mut BTreeMap<String, String>) {
    let Some(schema) = root.pointer(at).filter(|schema| schema.is_object()) else { return };
    if let Some(target) = schema["$ref"].as_str() {
        walk(root, target.trim_start_matches("deck.schema.json").trim_start_matches('#'), value, left);
    }
    (0..schema["allOf"].as_array().map_or(0, Vec::len))
        .for_each(|i| walk(root, &format!("{at}/allOf/{i}"), value, left));
    if let Some(condition) = schema.get("if") {
        let branch = if jsonschema::is_valid(condition, value) { "then" } else { "else" };
        walk(root, &format!("{at}/{branch}"), value, left);
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        let pointer = format!("{at}/properties/{}", name.replace('/', "~1"));
        if root.pointer(&pointer).is_some() {
            left.remove(&pointer);
            walk(root, &pointer, member, left);
        } else {
            walk(root, &format!("{at}/additionalProperties"), member, left);
        }
    }
    value.as_array().into_iter().flatten().for_each(|element| walk(root, &format!("{at}/items"), element, left));
}

#[test]
fn the_deck_with_every_field_has_every_field_that_the_schema_knows() {
    let schema: Value = serde_json::from_str(DECK).unwrap();
    let mut left = BTreeMap::new();
    known(&schema, "", &mut left);
    left.remove(COUNTED);
    left.remove("/properties/items");
    walk(&schema, "", &every_field(), &mut left);
    assert_eq!(left.into_keys().collect::<Vec<_>>(), [] as [&str; 0]);
}

/// Lists the names of the fields that the schemas know, each of which they describe.
pub(crate) fn fields() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in [DECK, LESSON] {
        let schema: Value = serde_json::from_str(text).unwrap();
        let mut found = BTreeMap::new();
        known(&schema, "", &mut found);
        found.remove(COUNTED);
        for (pointer, field) in found {
            let property = schema.pointer(&pointer).unwrap();
            let target = property["$ref"].as_str().and_then(|target| schema.pointer(target.strip_prefix('#')?));
            let described = |schema: &Value| schema["description"].as_str().is_some_and(|text| text.ends_with('.'));
            assert!(described(property) || target.is_some_and(described), "{pointer} has no description");
            names.insert(field);
        }
    }
    names
}

#[test]
fn the_schemas_describe_just_the_fields_that_the_reader_takes() {
    assert_eq!(fields(), taken());
}

/// Lists the names of the fields that the reader takes, from its source.
fn taken() -> BTreeSet<String> {
    let take = regex::Regex::new(r#"\.(?:required|optional|list|take)(?:_at)?(?:::<[^(]*>)?\(\s*"([^"]+)""#).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/deck");
    let texts = fs::read_dir(source).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let names = |text: String| take.captures_iter(&text).map(|found| found[1].to_owned()).collect::<Vec<_>>();
    texts.flat_map(names).collect()
}

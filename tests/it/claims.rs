//! The claim sheets beside the bundled lessons: which source, and where in it, stands behind which fact.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use grillme::deck::{Deck, Lesson};
use grillme::library::{BUNDLED, Loaded, Origin, load};
use serde::Deserialize;

/// One fact that a lesson states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    /// The item that states it, or `theory:` and the title of a block.
    item: String,
    /// The fact, in other words than the source's.
    claim: String,
    /// Its source, by the deck's id.
    source: String,
    /// The section or place in the source.
    anchor: String,
    /// The versions it holds for.
    applies_to: Option<String>,
    /// The day by which to look again, where it holds for some versions only.
    expires: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/docker")
}

fn docker() -> Loaded {
    load(&Origin::Path(folder())).unwrap()
}

/// Reads the sheet of a lesson: the file of the same name under `claims/`.
fn sheet(loaded: &Loaded, lesson: &Lesson) -> Vec<Claim> {
    let name = Path::new(&loaded.files[lesson.source].name).file_name().unwrap();
    serde_json::from_str(&fs::read_to_string(folder().join("claims").join(name)).unwrap()).unwrap()
}

/// Lists who states facts in a lesson, each with the sources it refers to.
fn stated(lesson: &Lesson) -> BTreeMap<String, Vec<String>> {
    let items = lesson.items.iter().map(|item| (item.id.to_string(), &item.refs));
    let title = |block: &grillme::deck::Theory| block.title.as_ref().map_or("", |t| t.raw()).to_owned();
    let blocks = lesson.theory.iter().map(|block| (format!("theory:{}", title(block)), &block.refs));
    let names = |refs: &[grillme::deck::Id]| refs.iter().map(ToString::to_string).collect();
    items.chain(blocks).map(|(who, refs)| (who, names(refs))).collect()
}

/// Says what is wrong with a row, if anything is.
fn wrong(claim: &Claim, stated: &BTreeMap<String, Vec<String>>, deck: &Deck) -> Option<String> {
    let Claim { item, source, .. } = claim;
    let Some(refs) = stated.get(item) else { return Some(format!("no item or block {item:?}")) };
    let day = |day: &str| day.len() == 10 && day.split('-').map(str::len).eq([4, 2, 2]);
    if !deck.head.sources.contains_key(source) {
        Some(format!("{item}: the deck has no source {source:?}"))
    } else if !refs.contains(source) {
        Some(format!("{item}: does not refer to {source:?}"))
    } else if claim.claim.is_empty() || claim.anchor.is_empty() {
        Some(format!("{item}: a row for {source:?} is empty"))
    } else if claim.applies_to.is_some() != claim.expires.is_some() {
        Some(format!("{item}: `applies_to` and `expires` go together"))
    } else {
        claim.expires.as_ref().filter(|on| !day(on)).map(|on| format!("{item}: {on:?} is no day"))
    }
}

/// Lists the references that no claim uses.
fn unused(claims: &[Claim], stated: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let backs = |who: &str, source: &str| claims.iter().any(|row| row.item == who && row.source == source);
    let pairs = stated.iter().flat_map(|(who, refs)| refs.iter().map(move |source| (who, source)));
    pairs.filter(|(who, source)| !backs(who, source)).map(|(who, source)| format!("{who}: {source}")).collect()
}

#[test]
fn every_row_of_a_claim_sheet_names_who_states_it_and_a_source_that_is_referred_to() {
    let loaded = docker();
    for lesson in &loaded.deck.lessons {
        let stated = stated(lesson);
        let rows = sheet(&loaded, lesson);
        let complaints: Vec<_> = rows.iter().filter_map(|row| wrong(row, &stated, &loaded.deck)).collect();
        assert_eq!(complaints, [""; 0]);
    }
}

#[test]
fn every_source_that_an_item_or_block_refers_to_backs_a_claim() {
    let loaded = docker();
    for lesson in &loaded.deck.lessons {
        assert_eq!(unused(&sheet(&loaded, lesson), &stated(lesson)), [""; 0]);
    }
}

#[test]
fn a_row_that_hangs_in_the_air_and_a_reference_without_a_row_are_noticed() {
    let loaded = docker();
    let lesson = loaded.deck.lessons.iter().find(|lesson| lesson.id.as_str() == "docker-vs-vm").unwrap();
    let (stated, sheet) = (stated(lesson), sheet(&loaded, lesson));
    let good = sheet.iter().find(|row| row.item == "vm-own-kernel").unwrap();
    let told = |row: Claim| wrong(&row, &stated, &loaded.deck);
    assert_eq!(told(good.clone()), None);
    assert_eq!(told(Claim { item: "gone".into(), ..good.clone() }).unwrap(), "no item or block \"gone\"");
    let nowhere = told(Claim { source: "hearsay".into(), ..good.clone() });
    assert_eq!(nowhere.unwrap(), "vm-own-kernel: the deck has no source \"hearsay\"");
    let other = told(Claim { source: "firecracker-spec".into(), ..good.clone() });
    assert_eq!(other.unwrap(), "vm-own-kernel: does not refer to \"firecracker-spec\"");
    let late = Claim { applies_to: Some("1".into()), expires: Some("soon".into()), ..good.clone() };
    assert_eq!(told(late).unwrap(), "vm-own-kernel: \"soon\" is no day");
    let rest: Vec<Claim> = sheet.iter().filter(|row| row.item != "vm-own-kernel").cloned().collect();
    assert_eq!(unused(&rest, &stated), ["vm-own-kernel: docker-what-is-a-container"]);
}

#[test]
fn claim_sheets_are_no_part_of_the_deck() {
    let loaded = docker();
    let bundled = BUNDLED.iter().find(|deck| deck.name == "docker").unwrap();
    let names: Vec<_> = loaded.files.iter().map(|file| Path::new(&file.name).file_name().unwrap()).collect();
    let embedded: Vec<_> = bundled.files.iter().map(|file| file.name).collect();
    assert_eq!(names, embedded);
    assert!(bundled.files.iter().all(|file| !file.text.contains("\"anchor\"")));
}

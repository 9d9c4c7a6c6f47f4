//! Which decks there are, and what a selector makes of them.

use std::path::PathBuf;

use grillme::deck::{Id, KindName, Part, Tier};
use grillme::library::{
    BUNDLED, Catalog, Filter, Folders, Narrowed, Notice, Origin, Rest, SelectError, load, narrow, resolve,
};

use crate::library::{HEAD, broken, deck, flash, folder, load_path, told, write};

fn named(id: &str, title: &str) -> String {
    format!(r#"{{"format":"grillme-deck","version":1,"id":"{id}","title":"{title}","items":[{}]}}"#, flash("a", ""))
}

#[test]
fn the_catalog_lists_user_decks_over_bundled_ones_and_keeps_what_is_broken() {
    let (user, extra) = (folder(), folder());
    write(&user, "docker.json", named("docker", "Mine"));
    write(&user, "bad.json", "{");
    write(&user, "git.json", named("git", "Git of the user"));
    write(&user, "no-deck/readme.json", "{}");
    write(&user, "go/deck.json", r#"{"format":"grillme-deck","version":1,"id":"go","title":"Go"}"#);
    let git = write(&extra, "git.json", named("git", "Git of the list"));
    let missing = extra.path().join("none");
    let folders = Folders { user_decks: Some(user.path().to_owned()), extra: vec![git.clone(), missing.clone()] };
    let catalog = Catalog::find(&folders);
    let shown: Vec<_> = catalog.entries().iter().map(|e| (e.id.as_str(), e.title.raw(), e.shadows)).collect();
    assert_eq!(shown, [("docker", "Mine", true), ("git", "Git of the list", false), ("go", "Go", false)]);
    assert_eq!(catalog.get("go").unwrap().origin, Origin::Path(user.path().join("go")));
    let notices: Vec<String> = catalog.notices().iter().map(Notice::to_string).collect();
    assert_eq!(
        notices,
        [
            format!("GRILLME_DECKS names {}, which does not exist", missing.display()),
            format!("{} has 1 problem", user.path().join("bad.json").display()),
            format!(
                "{} is not listed: {} has the same deck id, git",
                user.path().join("git.json").display(),
                git.display()
            ),
        ]
    );
}

#[test]
fn without_folders_the_catalog_has_the_bundled_decks() {
    let folders = Folders { user_decks: Some("/nowhere/at/all".into()), extra: vec![] };
    let catalog = Catalog::find(&folders);
    assert_eq!(catalog.entries().len(), BUNDLED.len());
    assert!(catalog.notices().is_empty() && !catalog.entries()[0].shadows);
}

#[test]
fn a_head_is_found_after_the_items_and_a_doubled_key_there_is_no_entry() {
    let dir = folder();
    let late =
        format!(r#"{{"items":[{}],"title":"T","id":"late","version":1,"format":"grillme-deck"}}"#, flash("a", ""));
    write(&dir, "late.json", &late);
    write(&dir, "twice.json", late.replacen("\"version\"", "\"id\":\"other\",\"version\"", 1));
    let catalog = Catalog::find(&Folders { user_decks: None, extra: vec![dir.path().to_owned()] });
    assert!(catalog.get("late").is_some());
    assert_eq!(catalog.notices().len(), 1);
    assert_eq!(catalog.entries().len(), BUNDLED.len() + 1);
}

#[test]
fn listing_stops_reading_at_the_items_and_loading_does_not() {
    let dir = folder();
    let path = write(&dir, "half.json", format!("{HEAD}\"items\":[{{"));
    let catalog = Catalog::find(&Folders { user_decks: Some(dir.path().to_owned()), extra: vec![] });
    assert_eq!(catalog.get("d").unwrap().origin, Origin::Path(path.clone()));
    assert_eq!(told(&broken(&path)).len(), 1);
}

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn rest(name: &str, card: Option<Part>) -> Rest {
    Rest { id: id(name), card }
}

#[test]
fn selectors_name_decks_parts_files_and_folders() {
    let dir = folder();
    let catalog = Catalog::find(&Folders::default());
    let docker = Origin::Bundled(&BUNDLED[0]);
    let target = |written: &str| resolve(&catalog, written).map(|t| (t.origin, t.rest)).unwrap();
    assert_eq!(target("docker"), (docker.clone(), None));
    assert_eq!(target("docker/docker-vs-vm"), (docker.clone(), Some(rest("docker-vs-vm", None))));
    assert_eq!(target("docker/limits#c2"), (docker.clone(), Some(rest("limits", Some(Part::Cloze(2))))));
    assert_eq!(target("docker/limits#r"), (docker, Some(rest("limits", Some(Part::Reverse)))));
    let file = write(&dir, "x.json", named("x", "X"));
    assert_eq!(target(file.to_str().unwrap()), (Origin::Path(file.clone()), None));
    assert_eq!(target(&format!("{}/a", file.display())), (Origin::Path(file), Some(rest("a", None))));
    let inside = write(&dir, "go/deck.json", r#"{"format":"grillme-deck","version":1,"id":"go","title":"Go"}"#);
    let parent = Origin::Path(dir.path().join("go"));
    assert_eq!(target(inside.to_str().unwrap()), (parent.clone(), None));
    assert_eq!(target(dir.path().join("go").to_str().unwrap()), (parent, None));
}

#[test]
fn a_selector_that_selects_nothing_says_what_there_is() {
    let catalog = Catalog::find(&Folders::default());
    let unknown = |name: &str, near: Option<&str>| {
        let known = BUNDLED.iter().map(|deck| deck.name.to_owned()).collect();
        Err(SelectError::UnknownDeck { name: name.to_owned(), near: near.map(str::to_owned), known })
    };
    assert_eq!(resolve(&catalog, "dokcer"), unknown("dokcer", Some("docker")));
    assert_eq!(resolve(&catalog, "Docker"), unknown("Docker", Some("docker")));
    assert_eq!(resolve(&catalog, "kubernetes/pods"), unknown("kubernetes", None));
    assert_eq!(resolve(&catalog, ""), unknown("", None));
    let path = PathBuf::from("./none.json");
    assert_eq!(resolve(&catalog, "./none.json"), Err(SelectError::UnknownPath { path }));
    for name in ["A B", "a#", "a#x", "a#c0", "#c1"] {
        let part = SelectError::UnknownPart { deck: "docker".into(), name: name.into(), near: None };
        assert_eq!(resolve(&catalog, &format!("docker/{name}")), Err(part));
    }
}

#[test]
fn a_part_is_found_in_the_loaded_deck_or_its_nearest_name_is_told() {
    let deck = load(&Origin::Bundled(&BUNDLED[0])).unwrap().deck;
    let first = &deck.lessons[0].items[0];
    assert_eq!(narrow(&deck, &rest(deck.lessons[0].id.as_str(), None)), Ok(Narrowed::Lesson(&deck.lessons[0])));
    assert_eq!(narrow(&deck, &rest(first.id.as_str(), None)), Ok(Narrowed::Item(&deck.lessons[0], first)));
    let near = Some("docker-vs-vm".to_owned());
    let error = SelectError::UnknownPart { deck: "docker".into(), name: "docker-vs-wm".into(), near };
    assert_eq!(narrow(&deck, &rest("docker-vs-wm", None)), Err(error));
}

#[test]
fn a_card_is_found_in_its_item_or_its_siblings_are_told() {
    let deck = load(&Origin::Bundled(&BUNDLED[0])).unwrap().deck;
    let (lesson, item) = deck.items().find(|(_, item)| item.parts().contains(&Part::Cloze(2))).unwrap();
    let name = item.id.as_str();
    assert_eq!(narrow(&deck, &rest(name, Some(Part::Cloze(2)))), Ok(Narrowed::Item(lesson, item)));
    let error = narrow(&deck, &rest(name, Some(Part::Cloze(99)))).unwrap_err();
    assert_eq!(error.to_string(), format!("docker/{name} has no card #c99"));
    assert!(matches!(error, SelectError::UnknownCard { known, .. } if known[0] == format!("docker/{name}#c1")));
    let of_a_lesson = rest(deck.lessons[0].id.as_str(), Some(Part::Cloze(1)));
    assert!(matches!(narrow(&deck, &of_a_lesson), Err(SelectError::UnknownPart { .. })));
}

#[test]
fn a_filter_wants_every_list_to_hold_and_any_entry_of_a_list() {
    let dir = folder();
    let items =
        [flash("a", r#","tier":"beginner","tags":["net","disk"]"#), flash("b", r#","tags":["net"]"#), flash("c", "")];
    let deck = load_path(&write(&dir, "d.json", deck(&items.join(",")))).unwrap().deck;
    let wanted = |filter: &Filter| -> Vec<&str> {
        deck.items().filter(|(l, i)| filter.matches(l, i)).map(|(_, i)| i.id.as_str()).collect()
    };
    let net = Filter { tags: vec!["net".into()], ..Filter::default() };
    assert_eq!(wanted(&Filter::default()), ["a", "b", "c"]);
    assert_eq!(wanted(&net), ["a", "b"]);
    assert_eq!(wanted(&Filter { tiers: vec![Tier::Beginner, Tier::Expert], ..net.clone() }), ["a"]);
    assert_eq!(wanted(&Filter { items: vec![id("b"), id("c")], ..net.clone() }), ["b"]);
    assert_eq!(wanted(&Filter { kinds: vec![KindName::Cloze], ..net.clone() }), [""; 0]);
    assert_eq!(wanted(&Filter { lessons: vec![id("d")], kinds: vec![KindName::Flash], ..net }), ["a", "b"]);
}

//! Completes selectors: decks, and after a slash their lessons and items.

use std::ffi::OsStr;

use clap_complete::CompletionCandidate;

use crate::env;
use crate::library::{self, Catalog};

/// Lists the selectors that begin with what was typed.
pub fn selectors(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let catalog = catalog();
    let names: Vec<String> = match typed.split_once('/') {
        None => catalog.entries().iter().map(|entry| entry.id.to_string()).collect(),
        Some((deck, _)) => parts(&catalog, deck),
    };
    names.into_iter().filter(|name| name.starts_with(typed)).map(CompletionCandidate::new).collect()
}

fn catalog() -> Catalog {
    let data = env::variable("GRILLME_DATA_DIR").map(std::path::PathBuf::from);
    let user_decks = env::Folders::find(data.as_deref()).ok().map(|folders| folders.decks());
    let listed = env::variable("GRILLME_DECKS");
    let extra = listed.map(|list| std::env::split_paths(&list).collect()).unwrap_or_default();
    Catalog::find(&library::Folders { user_decks, extra })
}

fn parts(catalog: &Catalog, deck: &str) -> Vec<String> {
    let loaded = catalog.get(deck).and_then(|entry| library::load(&entry.origin).ok());
    let Some(loaded) = loaded else { return Vec::new() };
    let lessons = loaded.deck.lessons.iter().map(|lesson| format!("{deck}/{}", lesson.id));
    lessons.chain(loaded.deck.items().map(|(_, item)| format!("{deck}/{}", item.id))).collect()
}

use crate::library::{BUNDLED, Origin, load};

use super::strict;

#[test]
fn every_bundled_deck_meets_the_strict_bar() {
    for bundled in BUNDLED {
        let loaded = load(&Origin::Bundled(bundled)).expect("a bundled deck loads");
        let texts: Vec<&str> = loaded.files.iter().map(|file| file.text.as_str()).collect();
        let found: Vec<String> = strict(&loaded.deck, &texts)
            .iter()
            .map(|p| format!("{} {}: {}", p.rule, p.item.clone().unwrap_or_default(), p.message))
            .collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

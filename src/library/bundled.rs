//! The decks that are part of the program.

/// A deck that is part of the program.
#[derive(Debug, PartialEq, Eq)]
pub struct BundledDeck {
    /// Its folder under `data/`.
    pub name: &'static str,
    /// Its files: `deck.json` first, then the lessons by name.
    pub files: &'static [BundledFile],
}

/// One file of a bundled deck.
#[derive(Debug, PartialEq, Eq)]
pub struct BundledFile {
    /// Its name in the deck's folder.
    pub name: &'static str,
    /// What it holds.
    pub text: &'static str,
}

macro_rules! deck {
    ($name:literal: $($file:literal)*) => {
        BundledDeck {
            name: $name,
            files: &[$(BundledFile { name: $file, text: include_str!(concat!("../../data/", $name, "/", $file)) }),*],
        }
    };
}

/// All bundled decks, by name.
pub static BUNDLED: &[BundledDeck] = &[
    deck!("docker": "deck.json" "01-introduction.json" "02-installation.json" "03-commands.json" "04-image-layers.json" "05-port-binding.json" "06-troubleshooting.json" "07-docker-vs-vm.json" "08-developing.json" "09-compose.json" "10-dockerizing.json" "11-publishing.json" "12-volumes.json" "13-networks.json" "14-summary.json"),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn every_json_file_of_every_folder_under_data_is_bundled_in_name_order() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut expected = Vec::new();
        for deck in names(&data).iter().filter(|name| data.join(name).is_dir()) {
            let mut files: Vec<_> = names(&data.join(deck)).into_iter().filter(|f| f.ends_with(".json")).collect();
            files.sort_by_key(|name| (name != "deck.json", name.clone()));
            expected.extend(files.iter().map(|file| format!("{deck}/{file}")));
        }
        let path = |deck: &BundledDeck, file: &BundledFile| format!("{}/{}", deck.name, file.name);
        let bundled: Vec<_> = BUNDLED.iter().flat_map(|d| d.files.iter().map(move |f| path(d, f))).collect();
        assert_eq!(bundled, expected);
    }
}

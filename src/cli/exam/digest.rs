//! The sums by which a report names the decks it is about.

use sha2::{Digest, Sha256};

use crate::library::SourceFile;

/// Gives the SHA-256 of a deck in hexadecimal. That of one file is what `sha256sum deck.json` says; that of a folder is
/// what `sha256sum deck.json 01-first.json ... | sha256sum` says in it, the files in the order of their names.
pub fn of_deck(files: &[SourceFile]) -> String {
    if let [only] = files {
        return hex(&only.text);
    }
    let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let lines = files.iter().map(|file| format!("{}  {}\n", hex(&file.text), base(&file.name)));
    hex(&lines.collect::<String>())
}

fn hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn sums_are_those_that_sha256sum_gives() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of_deck(&[file("x/deck.json", "abc")]), abc);
        let folder = [file("x/deck.json", "abc"), file("x/01-a.json", "abc")];
        assert_eq!(of_deck(&folder), hex(&format!("{abc}  deck.json\n{abc}  01-a.json\n")));
    }
}

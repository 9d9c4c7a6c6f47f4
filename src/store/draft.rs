//! What is being written and not yet answered: kept beside the log until the answer is in it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{StoreError, folder};

/// The largest draft that is read, in bytes: the longest answer that is marked.
const MOST: u64 = 64 << 10;

/// The draft of an answer to one card. Touches no file until something is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    path: PathBuf,
}

impl Draft {
    /// Names the draft of a card (`deck/item`, or `deck/item#part`) in a folder of drafts.
    ///
    /// ```
    /// use grillme::store::Draft;
    /// let draft = Draft::of("drafts".as_ref(), "docker/q-when-vm");
    /// assert!(draft.path().ends_with("docker+q-when-vm.txt"));
    /// ```
    pub fn of(drafts: &Path, card: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '+' };
        let name: String = card.chars().map(plain).collect();
        Self { path: drafts.join(format!("{name}.txt")) }
    }

    /// Gives the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads what was written before; none if nothing was, or nothing but white space.
    ///
    /// # Errors
    /// The file is there and cannot be read, or is larger than any answer.
    pub fn load(&self) -> Result<Option<String>, StoreError> {
        let read = || -> io::Result<Vec<u8>> {
            if fs::metadata(&self.path)?.len() > MOST {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 64 KiB"));
            }
            fs::read(&self.path)
        };
        match read() {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned()).filter(|text| !text.trim().is_empty())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StoreError::io("read", &self.path)(e)),
        }
    }

    /// Keeps a text: the file holds the one before or this one at any moment. It is not synced, as it is saved with
    /// every letter: it outlives the program, not a power cut. A text of nothing but white space is none.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, text: &str) -> Result<(), StoreError> {
        if text.trim().is_empty() {
            self.clear();
            return Ok(());
        }
        let parent = self.path.parent().unwrap_or(Path::new("."));
        if !parent.is_dir() {
            folder::make_private(parent)?;
        }
        let fresh = self.path.with_extension("new");
        let write = || {
            folder::private().write(true).truncate(true).open(&fresh)?.write_all(text.as_bytes())?;
            fs::rename(&fresh, &self.path)
        };
        write().map_err(StoreError::io("write", &self.path))
    }

    /// Forgets the draft. One that cannot be removed is offered again: nothing is lost by it.
    pub fn clear(&self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_there_until_it_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::of(&folder.path().join("drafts"), "docker/q-when-vm#a");
        assert_eq!(draft.load().unwrap(), None);
        draft.save("half an ans").unwrap();
        draft.save("half an answer 漢").unwrap();
        assert_eq!(draft.load().unwrap().as_deref(), Some("half an answer 漢"));
        draft.save(" \n").unwrap();
        assert_eq!(draft.load().unwrap(), None);
        draft.save("another").unwrap();
        draft.clear();
        assert_eq!(draft.load().unwrap(), None);
        assert_eq!(fs::read_dir(folder.path().join("drafts")).unwrap().count(), 0);
    }

    #[test]
    #[cfg(unix)]
    fn only_its_owner_can_read_a_draft() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::of(&folder.path().join("drafts"), "d/i");
        draft.save("x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(draft.path()), mode(draft.path().parent().unwrap())), (0o600, 0o700));
    }

    #[test]
    fn a_draft_that_cannot_be_kept_is_an_error_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("drafts"), "a file").unwrap();
        let error = Draft::of(&folder.path().join("drafts"), "d/i").save("x").unwrap_err();
        assert!(error.to_string().contains("drafts"), "{error}");
    }
}

//! What is being written and not yet answered: kept beside the log until the answer is in it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{StoreError, folder};

/// The largest draft that is read, in bytes: the longest answer that is marked.
const MOST: u64 = 64 << 10;

/// How many sessions may write an answer to the same card at once, each with a draft of its own.
const AT_ONCE: usize = 9;

/// The draft of an answer to one card.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    /// Held while this session writes it.
    lock: Option<File>,
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
        Self { path: path(drafts, card, 0), lock: None }
    }

    /// Takes the draft of a card for this session: one that nobody else is writing. What an earlier session left comes
    /// first. Where no lock can be had, the draft is shared.
    pub fn hold(drafts: &Path, card: &str) -> Self {
        let names = (0..AT_ONCE).map(|at| path(drafts, card, at));
        let (begun, fresh): (Vec<PathBuf>, Vec<PathBuf>) = names.partition(|path| path.exists());
        let held = |path: PathBuf| lock(&path).map(|lock| Self { path, lock: Some(lock) });
        begun.into_iter().chain(fresh).find_map(held).unwrap_or_else(|| Self::of(drafts, card))
    }

    /// Tells whether an answer to a card was begun and is waiting.
    pub fn is_begun(drafts: &Path, card: &str) -> bool {
        (0..AT_ONCE).any(|at| path(drafts, card, at).exists())
    }

    /// Puts the draft aside, where nothing overwrites it, and gives its new path.
    ///
    /// # Errors
    /// The file cannot be renamed.
    pub fn set_aside(&self) -> Result<PathBuf, StoreError> {
        let aside = (1..).map(|n| self.path.with_extension(format!("aside{n}.txt"))).find(|path| !path.exists());
        let aside = aside.unwrap_or_else(|| self.path.with_extension("aside.txt"));
        fs::rename(&self.path, &aside).map_err(StoreError::io("rename", &self.path))?;
        Ok(aside)
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

impl Drop for Draft {
    fn drop(&mut self) {
        // Removed before it is let go, so that nobody takes one that is about to vanish.
        if let Some(lock) = self.lock.take() {
            let _ = fs::remove_file(lock_path(&self.path));
            drop(lock);
        }
    }
}

/// Names the draft of a card, or the one beside it for a session that comes while another writes.
fn path(drafts: &Path, card: &str, at: usize) -> PathBuf {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '+' };
    let name: String = card.chars().map(plain).collect();
    let beside = if at == 0 { String::new() } else { format!("~{at}") };
    drafts.join(format!("{name}{beside}.txt"))
}

fn lock_path(draft: &Path) -> PathBuf {
    draft.with_extension("lock")
}

/// Locks a draft; nothing if another session has it, or no lock can be had.
fn lock(draft: &Path) -> Option<File> {
    let parent = draft.parent()?;
    if !parent.is_dir() {
        folder::make_private(parent).ok()?;
    }
    let path = lock_path(draft);
    let file = folder::private().write(true).open(&path).ok()?;
    file.try_lock().ok()?;
    folder::is_at(&file, &path).then_some(file)
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
    fn two_sessions_on_one_card_write_a_draft_each_and_what_is_left_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = folder.path().join("drafts");
        let (first, second) = (Draft::hold(&drafts, "d/i"), Draft::hold(&drafts, "d/i"));
        first.save("the first").unwrap();
        second.save("the second").unwrap();
        first.clear();
        drop(first);
        assert_eq!(second.load().unwrap().as_deref(), Some("the second"));
        let third = Draft::hold(&drafts, "d/i");
        assert_eq!(third.load().unwrap(), None, "the second is still being written");
        drop((second, third));
        assert!(Draft::is_begun(&drafts, "d/i") && !Draft::is_begun(&drafts, "d/j"));
        let later = Draft::hold(&drafts, "d/i");
        assert_eq!(later.load().unwrap().as_deref(), Some("the second"));
        later.clear();
        drop(later);
        assert_eq!(fs::read_dir(&drafts).unwrap().count(), 0);
    }

    #[test]
    fn a_draft_that_is_put_aside_is_not_in_the_way_and_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::of(folder.path(), "d/i");
        draft.save(&"x".repeat(70_000)).unwrap();
        assert!(draft.load().unwrap_err().to_string().contains("longer than 64 KiB"));
        let aside = draft.set_aside().unwrap();
        assert_eq!((draft.load().unwrap(), fs::read(aside).unwrap().len()), (None, 70_000));
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

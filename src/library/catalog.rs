//! What decks there are, from their heads alone.

use std::fs;
use std::path::{Path, PathBuf};

use super::head::{Head, parse_head, read_head};
use super::read::{DECK_FILE, is_deck_folder, json_files};
use super::{BUNDLED, LoadError, Origin, load};
use crate::deck::{Id, Text};

/// Where decks are looked for, besides the bundled ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// The user's folder of decks; it need not exist.
    pub user_decks: Option<PathBuf>,
    /// What `GRILLME_DECKS` lists: deck files, deck folders, folders of decks. The first of an id wins.
    pub extra: Vec<PathBuf>,
}

/// One deck that can be selected by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The deck's id.
    pub id: Id,
    /// The deck's title.
    pub title: Text,
    /// Where it is.
    pub origin: Origin,
    /// Whether it is a user's deck that stands in for the bundled one of the same id.
    pub shadows: bool,
}

/// Something in the folders that could not be listed.
#[derive(Debug, thiserror::Error)]
pub enum Notice {
    /// `GRILLME_DECKS` names what is not there.
    #[error("GRILLME_DECKS names {}, which does not exist", path.display())]
    Missing {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A deck that cannot be read, or has errors.
    #[error(transparent)]
    Unreadable(#[from] LoadError),
    /// A deck that another with the same id hides.
    #[error("{} is not listed: {} has the same deck id, {id}", path.display(), by.display())]
    Hidden {
        /// The deck that is hidden.
        path: PathBuf,
        /// The deck that is listed.
        by: PathBuf,
        /// Their id.
        id: Id,
    },
}

/// The decks that can be selected by id, and what was found besides.
#[derive(Debug, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
    notices: Vec<Notice>,
}

impl Catalog {
    /// Looks through the folders. A deck in `extra` wins over one of the same id in `user_decks`, and both win over a
    /// bundled one.
    pub fn find(folders: &Folders) -> Self {
        let mut catalog = Self::default();
        folders.extra.iter().for_each(|path| catalog.add_named(path));
        if let Some(folder) = folders.user_decks.as_deref().filter(|folder| folder.exists()) {
            catalog.add_folder(folder);
        }
        catalog.add_bundled();
        catalog.entries.sort_by(|a, b| a.id.cmp(&b.id));
        catalog
    }

    /// Lists the decks by id.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Finds a deck by its id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }

    /// Lists what could not be listed.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    fn add_named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() && !is_deck_folder(path) => self.add_folder(path),
            Ok(_) => self.add_deck(path),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                self.notices.push(Notice::Missing { path: path.to_owned() });
            }
            Err(source) => self.notices.push(LoadError::io(path)(source).into()),
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        match decks_in(folder) {
            Ok(decks) => decks.iter().for_each(|path| self.add_deck(path)),
            Err(source) => self.notices.push(LoadError::io(folder)(source).into()),
        }
    }

    fn add_deck(&mut self, path: &Path) {
        let origin = origin_at(path);
        match head_of(&origin) {
            Ok((id, title)) => self.add(id, title, origin),
            Err(error) => self.notices.push(error.into()),
        }
    }

    fn add(&mut self, id: Id, title: Text, origin: Origin) {
        match self.get(id.as_str()).map(|entry| &entry.origin) {
            None => self.entries.push(Entry { id, title, origin, shadows: false }),
            Some(Origin::Path(by)) => {
                if let Origin::Path(path) = origin
                    && path != *by
                {
                    let by = by.clone();
                    self.notices.push(Notice::Hidden { path, by, id });
                }
            }
            Some(Origin::Bundled(_)) => {}
        }
    }

    fn add_bundled(&mut self) {
        for deck in BUNDLED {
            let head = deck.files.first().and_then(|file| parse_head(file.text));
            let Some(Head { id, title, .. }) = head else { continue };
            match self.entries.iter_mut().find(|entry| entry.id == id) {
                Some(entry) => entry.shadows = true,
                None => self.add(id, title, Origin::Bundled(deck)),
            }
        }
    }
}

/// Lists the deck files and deck folders in a folder, by name.
fn decks_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut decks = json_files(folder)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_deck_folder(&path) {
            decks.push(path);
        }
    }
    decks.sort();
    Ok(decks)
}

/// Makes the origin of a deck at a path. The `deck.json` of a folder stands for the folder.
pub(super) fn origin_at(path: &Path) -> Origin {
    let in_folder = path.file_name().is_some_and(|name| name == DECK_FILE)
        && matches!(read_head(path), Ok(Some(Head { has_content: false, .. })));
    let folder = path.parent().filter(|_| in_folder);
    let folder = folder.map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
    Origin::Path(folder.unwrap_or(path).to_owned())
}

fn head_of(origin: &Origin) -> Result<(Id, Text), LoadError> {
    if let Origin::Path(path) = origin {
        let in_folder = path.is_dir();
        let file = if in_folder { path.join(DECK_FILE) } else { path.clone() };
        if let Some(head) = read_head(&file)?.filter(|head| head.has_content != in_folder) {
            return Ok((head.id, head.title));
        }
    }
    load(origin).map(|loaded| (loaded.deck.head.id, loaded.deck.head.title))
}

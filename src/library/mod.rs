//! Finds and reads decks: the bundled ones, the user's folders, and paths; resolves what a learner selects.
//!
//! Absent on purpose: the store and the terminal. Nothing here decides what to ask; [`load`] turns an [`Origin`] into
//! a deck or into every problem in it, [`Catalog`] lists what there is from the heads alone.

mod bundled;
mod catalog;
mod check;
mod encoding;
mod error;
mod head;
mod load;
mod outline;
mod read;
mod select;

use std::path::PathBuf;

use crate::deck::Deck;

pub use bundled::{BUNDLED, BundledDeck, BundledFile};
pub use catalog::{Catalog, Entry, Folders, Notice};
pub use check::nearest;
pub use error::{Broken, LoadError};
pub use load::{load, read_item};
pub use read::{MAX_FILE, stamp};
pub use select::{DeckRef, Filter, Narrowed, Rest, SelectError, Selector, Target, narrow, resolve};

/// Where a deck comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is part of the program.
    Bundled(&'static BundledDeck),
    /// It is a deck file, or a folder with a `deck.json`.
    Path(PathBuf),
}

/// One file of a deck, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path as it is shown; `bundled:docker/deck.json` for a bundled one.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// A deck without a problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// What was read.
    pub deck: Deck,
    /// What it was read from; `source` of lessons and items counts into it.
    pub files: Vec<SourceFile>,
    /// Where it was found.
    pub origin: Origin,
}

//! Files on disk and in the program: which a deck has, and reading them within limits.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{BundledDeck, LoadError, Origin, SourceFile, encoding};
use crate::deck::{Problem, Span};

/// The most bytes a deck file may have.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// The file that makes a folder a deck.
pub(super) const DECK_FILE: &str = "deck.json";

impl Origin {
    /// Gives the deck's name for messages: its path, or `bundled:docker`.
    pub fn name(&self) -> String {
        match self {
            Self::Bundled(deck) => format!("bundled:{}", deck.name),
            Self::Path(path) => path.display().to_string(),
        }
    }
}

/// Tells the state of a deck's files without reading them: the stamp changes when they do.
///
/// # Errors
/// A file or folder whose state cannot be read.
pub fn stamp(origin: &Origin) -> io::Result<String> {
    let path = match origin {
        Origin::Bundled(deck) => return Ok(bundled_stamp(deck)),
        Origin::Path(path) => path,
    };
    if !fs::metadata(path)?.is_dir() {
        return Ok(file_stamp(&fs::metadata(path)?));
    }
    let files = folder_files(path)?;
    let stamps: io::Result<Vec<String>> = files.iter().map(|file| named_stamp(file)).collect();
    Ok(stamps?.join("/"))
}

fn bundled_stamp(deck: &BundledDeck) -> String {
    let mut sum = crc32fast::Hasher::new();
    deck.files.iter().for_each(|file| sum.update(file.text.as_bytes()));
    let length: usize = deck.files.iter().map(|file| file.text.len()).sum();
    format!("{}-{length}-{:08x}", env!("CARGO_PKG_VERSION"), sum.finalize())
}

fn named_stamp(path: &Path) -> io::Result<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{name}:{}", file_stamp(&fs::metadata(path)?)))
}

fn file_stamp(metadata: &Metadata) -> String {
    let since_1970 = metadata.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    let nanoseconds = since_1970.map_or(0, |age| age.as_nanos());
    format!("{}-{nanoseconds}-{}", metadata.len(), inode(metadata))
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// Tells whether a path is a folder that holds a `deck.json`.
pub(super) fn is_deck_folder(path: &Path) -> bool {
    path.is_dir() && path.join(DECK_FILE).exists()
}

/// Lists the JSON files of a folder by name; hidden ones, folders, and schemas for editors are no part of a deck.
pub(super) fn json_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        let passed_over = name.starts_with(b".") || name.ends_with(b".schema.json");
        if !passed_over && path.extension().is_some_and(|e| e == "json") && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Lists the files of a deck's folder: `deck.json`, then the lessons by name.
fn folder_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = json_files(folder)?;
    files.sort_by_key(|path| path.file_name().is_none_or(|name| name != DECK_FILE));
    Ok(files)
}

/// Says which files a deck at a path has, and whether they lie in a folder.
pub(super) fn deck_files(path: &Path) -> Result<(Vec<PathBuf>, bool), LoadError> {
    if !fs::metadata(path).map_err(LoadError::io(path))?.is_dir() {
        return Ok((vec![path.to_owned()], false));
    }
    if !is_deck_folder(path) {
        return Err(LoadError::NotAFile { path: path.to_owned(), what: "a folder without a deck.json" });
    }
    Ok((folder_files(path).map_err(LoadError::io(path))?, true))
}

/// Opens a file for reading once its type and size are known to be harmless: opening a pipe would wait for a writer.
pub(super) fn open(path: &Path) -> Result<File, LoadError> {
    let metadata = fs::metadata(path).map_err(LoadError::io(path))?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "no regular file" };
        return Err(LoadError::NotAFile { path: path.to_owned(), what });
    }
    if metadata.len() > MAX_FILE {
        return Err(LoadError::TooLarge { path: path.to_owned(), bytes: metadata.len() });
    }
    File::open(path).map_err(LoadError::io(path))
}

/// Reads a whole file as text; for one that is not UTF-8 as much as shows where, and the problem.
pub(super) fn read_file(path: &Path) -> Result<(SourceFile, Option<Problem>), LoadError> {
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a file that grows or lies about its size is still noticed.
    open(path)?.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(LoadError::io(path))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(LoadError::TooLarge { path: path.to_owned(), bytes: bytes.len() as u64 });
    }
    let (text, problem) = encoding::decode(bytes);
    Ok((SourceFile { name: path.display().to_string(), text }, problem))
}

/// Reads one stretch of a file; `None` if the file does not have it, or it is no text.
pub(super) fn read_slice(path: &Path, span: Span) -> Result<Option<String>, LoadError> {
    let mut file = open(path)?;
    let length = span.end.saturating_sub(span.start) as u64;
    if length > MAX_FILE {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(span.start as u64)).map_err(LoadError::io(path))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).map_err(LoadError::io(path))?;
    Ok(String::from_utf8(bytes).ok().filter(|text| text.len() as u64 == length))
}

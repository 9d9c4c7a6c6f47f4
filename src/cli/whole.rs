//! Files that are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::Stop;

/// Writes a file whole or not at all: beside its place first, then moved there. What is no regular file, such as a pipe
/// or `/dev/stderr`, is written as it is.
pub fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let failed = |source| Stop::File { action: "write", path: path.display().to_string(), source };
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return fs::write(path, text).map_err(failed);
    }
    // A link stays one: what it leads to is replaced.
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = beside(&place).ok_or_else(|| failed(io::Error::other("it names no file")))?;
    let written = write_new(&beside, text).and_then(|()| fs::rename(&beside, &place));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

fn beside(place: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(place.file_name()?);
    name.push(format!(".{}.unfinished", std::process::id()));
    Some(place.with_file_name(name))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

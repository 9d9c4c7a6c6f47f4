//! The folder of the logs.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::StoreError;

/// Lists the logs in a folder by name; a folder that is not there holds none.
///
/// # Errors
/// The folder cannot be read.
pub fn log_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = || StoreError::io("read", folder);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(failed()(e)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed())?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Makes a folder that only its owner can look into, unless it is there.
pub(super) fn make_private(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(StoreError::io("make the folder", folder))
}

/// Makes a folder's entries durable; where folders cannot be synced (Windows), the file's own sync must do.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Tells whether an open file is the one that a path leads to.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let same = |a: &fs::Metadata, b: &fs::Metadata| a.dev() == b.dev() && a.ino() == b.ino();
        matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
    }
    #[cfg(not(unix))]
    {
        // An open file cannot be replaced on Windows; it is enough that the path still leads somewhere.
        let _ = file;
        path.exists()
    }
}

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

/// Tells whether a path leads into the folder of the logs, or to the file of a log by another name. Nothing but a
/// log may be written there.
pub fn is_log(folder: &Path, path: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    let parent = path.parent().map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
    let inside = |parent: Option<&Path>| parent.and_then(real).is_some_and(|parent| Some(parent) == real(folder));
    let target = real(path);
    let linked = |log: &PathBuf| cfg!(unix) && File::open(log).is_ok_and(|file| is_at(&file, path));
    let is_it = |log: &PathBuf| real(log) == target || linked(log);
    let behind = || log_files(folder).is_ok_and(|logs| logs.iter().any(is_it));
    inside(parent) || inside(target.as_deref().and_then(Path::parent)) || (target.is_some() && behind())
}

/// Makes a folder that only its owner can look into, unless it is there, and makes what was made durable.
pub(super) fn make_private(folder: &Path) -> Result<(), StoreError> {
    let made: Vec<&Path> = folder.ancestors().take_while(|ancestor| !ancestor.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(StoreError::io("make the folder", folder))?;
    made.into_iter().try_for_each(sync_parent)
}

/// Makes the entry of a file or folder durable in the folder that really holds it.
pub(super) fn sync_parent(path: &Path) -> Result<(), StoreError> {
    let real = path.canonicalize().map_err(StoreError::io("find", path))?;
    let Some(parent) = real.parent() else { return Ok(()) };
    sync(parent).map_err(StoreError::io("sync the folder", parent))
}

/// Makes a folder's entries durable; where folders cannot be synced (Windows), the file's own sync must do.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Opens a file for writing that only its owner can read, if it is new.
pub(super) fn private() -> fs::OpenOptions {
    let mut options = File::options();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
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

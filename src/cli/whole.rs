//! Files that are written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::error::Stop;

/// Puts a file in place at once: written beside it, then renamed. What is no file, as `/dev/stdout` or a pipe, is
/// written to; a link stays one, and what it leads to is replaced.
pub fn write(path: &Path, text: &str) -> Result<(), Stop> {
    replace(path, text).map_err(|source| Stop::File { action: "write", path: path.display().to_string(), source })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes());
    }
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".grillme-");
    // Anybody may read it whom the user's mask lets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    file.persist(&real).map_err(|e| e.error).map(drop)
}

//! Paths as services that show a repository name them.

use std::path::{Path, PathBuf};

use crate::env;

/// Names a file from the root of the repository on: the workspace of a GitHub job, else the folder the program runs in.
/// A file outside keeps its whole path, a bundled one its name.
pub fn rooted(file: &str) -> String {
    if file.starts_with("bundled:") {
        return file.to_owned();
    }
    let whole = std::path::absolute(file).unwrap_or_else(|_| PathBuf::from(file));
    let workspace = env::variable("GITHUB_WORKSPACE").map(PathBuf::from);
    let roots = workspace.into_iter().chain(std::env::current_dir().ok());
    let inside = roots.filter_map(|root| whole.strip_prefix(root).map(Path::to_owned).ok()).next();
    let path = inside.unwrap_or(whole);
    let parts: Vec<String> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if path.is_absolute() { path.display().to_string() } else { parts.join("/") }
}

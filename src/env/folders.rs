//! Where things are kept.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// Says why a folder cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is no home folder to keep data in.
    #[error("the home folder is not known (HOME is missing or not an absolute path)")]
    NoHome,
}

/// The folders of this run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Holds the progress file and the user's decks.
    pub data: PathBuf,
    /// Holds what can be made again; none when the platform offers no such folder.
    pub cache: Option<PathBuf>,
}

impl Folders {
    /// Finds the folders: `data` if given, else the platform's.
    ///
    /// # Errors
    /// There is no usable home folder and `data` was not given.
    pub fn find(data: Option<&Path>) -> Result<Self, FolderError> {
        let project = home_is_usable().then(|| ProjectDirs::from("", "", "grillme")).flatten();
        let cache = project.as_ref().map(|dirs| dirs.cache_dir().to_owned());
        match (data, project) {
            (Some(data), _) => {
                let data = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
                let cache = cache.map(|cache| cache.join(format!("{:08x}", name_of(&data))));
                Ok(Self { data, cache })
            }
            (None, Some(project)) => Ok(Self { data: project.data_dir().to_owned(), cache }),
            (None, None) => Err(FolderError::NoHome),
        }
    }

    /// Gives the folder of the review logs.
    pub fn progress(&self) -> PathBuf {
        self.data.join("progress")
    }

    /// Gives the folder of answers that are being written.
    pub fn drafts(&self) -> PathBuf {
        self.data.join("drafts")
    }

    /// Gives the folder of the user's decks.
    pub fn decks(&self) -> PathBuf {
        self.data.join("decks")
    }
}

/// Two data folders never share a cache: the cache of one given by hand is named after its path.
fn name_of(path: &Path) -> u32 {
    crc32fast::hash(path.as_os_str().as_encoded_bytes())
}

fn home_is_usable() -> bool {
    cfg!(windows) || super::variable("HOME").is_some_and(|home| Path::new(&home).is_absolute())
}

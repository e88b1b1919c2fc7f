//! Where the files of a catalog are read: on disk, or somewhere else that has folders and links.

use std::fs;
use std::path::{Path, PathBuf};

use crate::document;
use crate::error::Error;

/// Files in folders. Paths are those of the disk, relative to the working folder.
pub(crate) trait Storage {
    /// What a path leads to; `None` if that is nothing.
    ///
    /// # Errors
    /// If the storage fails.
    fn find(&self, path: &Path) -> Result<Option<Real>, Error>;

    /// The content of a file, by its path without links; `None` if it can't be read.
    ///
    /// # Errors
    /// If the storage fails.
    fn read(&self, real: &Path) -> Result<Option<Vec<u8>>, Error>;

    /// The path that was meant by one that leads to nothing.
    fn meant(&self, path: &Path) -> Option<PathBuf>;

    /// What messages call a file.
    fn name(&self, path: &Path) -> String;
}

/// What a path leads to.
pub(crate) struct Real {
    /// The whole path, without links.
    pub path: PathBuf,
    pub is_folder: bool,
}

pub(super) struct Disk;

impl Storage for Disk {
    fn find(&self, path: &Path) -> Result<Option<Real>, Error> {
        let real = fs::canonicalize(path).ok();
        Ok(real.map(|path| Real { is_folder: path.is_dir(), path }))
    }

    fn read(&self, real: &Path) -> Result<Option<Vec<u8>>, Error> {
        Ok(document::file::read(real).ok())
    }

    fn meant(&self, path: &Path) -> Option<PathBuf> {
        document::file::meant(path)
    }

    fn name(&self, path: &Path) -> String {
        path.display().to_string()
    }
}

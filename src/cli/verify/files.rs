//! The files of recordings.

use std::fs;
use std::path::{Path, PathBuf};

use super::is_standard_input;
use crate::error::Error;

/// The recordings that were named, and all files in folders that were named, in a fixed order. Hidden files
/// in a folder are left out.
pub(super) fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in named {
        if !is_standard_input(path) && path.is_dir() {
            add_folder(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn add_folder(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |error| Error::io("read", folder, error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden {
            // A folder behind a link may lead back here.
            paths.push((entry.path(), entry.file_type().map_err(failed)?));
        }
    }
    paths.sort_by(|(path, _), (other, _)| path.cmp(other));
    for (path, kind) in paths {
        if kind.is_dir() {
            add_folder(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

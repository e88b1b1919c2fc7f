//! Files outside of output folders: the dependency file, and what `errcat init` and
//! `errcat templates eject` write for people to own.

use std::path::Path;
#[cfg(feature = "cli")]
use std::path::PathBuf;

use super::disk;
#[cfg(feature = "cli")]
use super::same::is_same;
use crate::error::Error;

/// Writes a single file, unless it is up to date.
pub(super) fn put(file: &Path, text: &str) -> Result<(), Error> {
    if disk::holds(file, text) { Ok(()) } else { disk::replace(file, text.as_bytes()) }
}

/// Creates files in the working folder, and returns the names of those it wrote.
///
/// A file that already has the right content was written by a run that was interrupted.
///
/// # Errors
/// If one of the names is taken. Nothing is written then.
#[cfg(feature = "cli")]
pub(crate) fn create(files: &[(&'static str, &str)]) -> Result<Vec<&'static str>, Error> {
    let taken = |name: &str| {
        let help = "nothing was written; move it away, or keep it and run `errcat generate`";
        Error::usage(format!("`{name}` already exists"), help)
    };
    let mut missing = Vec::new();
    for file in files {
        let (name, text) = *file;
        if !disk::exists(Path::new(name))? {
            missing.push(file);
        } else if !disk::holds(Path::new(name), text) {
            return Err(taken(name));
        }
    }
    if let (true, Some((name, _))) = (missing.is_empty(), files.first()) {
        return Err(taken(name));
    }
    disk::remove_temporaries(Path::new("."))?;
    for (name, text) in &missing {
        disk::replace(Path::new(name), text.as_bytes())?;
    }
    Ok(missing.into_iter().map(|(name, _)| *name).collect())
}

/// Writes files into a folder that people own, unless they are up to date. Returns the paths of those it
/// wrote.
///
/// # Errors
/// If a file exists and differs, and `force` is not set. Nothing is written then.
#[cfg(feature = "cli")]
pub(crate) fn put_all(
    folder: &Path,
    files: &[(&str, &str)],
    force: bool,
) -> Result<Vec<PathBuf>, Error> {
    let mut writes = Vec::new();
    let mut differing = Vec::new();
    for (path, text) in files {
        let file = folder.join(path);
        match disk::read(folder, path)? {
            Some(content) if is_same(path, &content, text.as_bytes()) => {}
            Some(_) if !force => differing.push(format!("`{}`", file.display())),
            _ => writes.push((file, text)),
        }
    }
    if !differing.is_empty() {
        let differ = if differing.len() == 1 { "differs" } else { "differ" };
        return Err(Error::usage(
            format!("{} {differ} from what would be written", differing.join(", ")),
            "nothing was written; move what is yours, or run again with `--force` to overwrite it",
        ));
    }
    for (file, text) in &writes {
        if let Some(folder) = file.parent() {
            disk::remove_temporaries(folder)?;
        }
        disk::replace(file, text.as_bytes())?;
    }
    Ok(writes.into_iter().map(|(file, _)| file).collect())
}

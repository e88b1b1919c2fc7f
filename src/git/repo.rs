//! The repository that a folder is in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::process;
use crate::error::Error;

/// A repository on disk.
pub(super) struct Repo {
    /// The whole path of its top folder, without links.
    pub top: PathBuf,
    /// Whether it has only the last commits.
    pub is_shallow: bool,
}

impl Repo {
    /// The one that a folder is in.
    ///
    /// # Errors
    /// If it doesn't exist, or git is missing.
    pub(super) fn around(folder: &Path) -> Result<Self, Error> {
        // A file in the working folder has an empty path for its folder.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let folder = fs::canonicalize(folder).map_err(|error| Error::io("open", folder, error))?;
        let questions =
            ["rev-parse", "--is-shallow-repository", "--is-inside-work-tree", "--show-cdup"];
        let answer = process::run(&folder, &questions)?;
        let is_in_one = folder.ancestors().any(|one| one.join(".git").symlink_metadata().is_ok());
        let Some(lines) = process::lines(&answer) else {
            return Err(if is_in_one { process::failed(&answer.stderr) } else { none(&folder) });
        };
        // In the top folder, the way up is an empty line, or missing.
        let [is_shallow, is_inside, up @ ..] = lines.as_slice() else { return Err(none(&folder)) };
        if is_inside != "true" {
            return Err(none(&folder));
        }
        let up = folder.join(up.first().map_or("", String::as_str));
        let top = fs::canonicalize(&up).map_err(|error| Error::io("open", &up, error))?;
        Ok(Self { top, is_shallow: is_shallow == "true" })
    }

    /// Asks git something about the repository.
    ///
    /// # Errors
    /// If it can't be started.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Output, Error> {
        process::run(&self.top, arguments)
    }

    /// The lines of an answer; none if git failed.
    ///
    /// # Errors
    /// If git can't be started.
    pub(super) fn list(&self, arguments: &[&str]) -> Result<Vec<String>, Error> {
        Ok(process::lines(&self.ask(arguments)?).unwrap_or_default())
    }
}

fn none(folder: &Path) -> Error {
    Error::usage(
        format!("`{}` is not in a git repository", folder.display()),
        "change to a folder of the repository, or compare two files: `errcat diff OLD NEW`",
    )
}

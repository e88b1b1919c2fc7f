//! Which output makes which file. Two outputs that make the same file are refused.

use std::fmt;
use std::path::{Path, PathBuf};

use super::manifest;
use crate::config::Output;
use crate::error::Error;
use crate::sorted::SortedMap;
use crate::text::files;

/// Every file so far.
#[derive(Debug, Default)]
pub(super) struct Owners<'p> {
    /// The output that makes a file and the path in its folder, by the whole path in lower case, as a file system
    /// that ignores case sees it.
    files: SortedMap<PathBuf, Owner<'p>>,
}

/// An output, and one of its files.
#[derive(Debug)]
struct Owner<'p> {
    output: &'p Output,
    path: String,
}

impl Owner<'_> {
    /// The file as its output spells it.
    fn file(&self) -> PathBuf {
        self.output.folder.join(&self.path)
    }
}

/// Names an output by its target and its catalog.
impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of `{}`", self.output.target, self.output.catalog.display())
    }
}

impl<'p> Owners<'p> {
    /// Adds a file of an output. `real` is the path of its folder without links.
    pub(super) fn add(&mut self, output: &'p Output, real: &Path, path: &str) -> Result<(), Error> {
        let target = &output.target;
        if !manifest::can_hold(target, path) {
            return Err(Error::usage(
                format!("the target `{target}` makes a file `{path}`"),
                "name targets without spaces, and templates without line breaks, `\\` and `:`: \
                 a file must have its name on every system, and a line in the manifest",
            ));
        }
        if let Some(flaw) = path.split('/').find_map(files::windows_flaw) {
            return Err(Error::usage(
                format!("the target `{target}` makes a file `{path}`: {flaw}"),
                "rename the template, so that the file can be checked out on every system",
            ));
        }
        let owner = Owner { output, path: path.to_owned() };
        let key = real.join(path.to_lowercase());
        match self.files.get(&key) {
            Some(other) if std::ptr::eq(other.output, output) => Err(same(target, path)),
            Some(other) => Err(clash(other, &owner)),
            None => {
                self.files.insert(key, owner);
                Ok(())
            }
        }
    }

    /// Refuses a file in the place of a folder that another file needs.
    pub(super) fn check(&self) -> Result<(), Error> {
        for (key, owner) in &self.files {
            if let Some(other) = key.ancestors().skip(1).find_map(|above| self.files.get(above)) {
                return Err(Error::usage(
                    format!(
                        "{other} would make the file `{}`, and {owner} a folder there for `{}`",
                        other.file().display(),
                        owner.file().display()
                    ),
                    ELSEWHERE,
                ));
            }
        }
        Ok(())
    }
}

const ELSEWHERE: &str = "give one of them another folder (`out` in errcat.yaml)";

/// Two files of an output have the same path, or paths that differ only in their case.
fn same(target: &str, path: &str) -> Error {
    Error::usage(
        format!("the target `{target}` makes two files that some systems take for one: `{path}`"),
        "rename one of their templates; if two surfaces have an error of this name, put \
         `[surface]` before `[error]` in the name of the template",
    )
}

/// Two outputs that make one file.
fn clash(one: &Owner, other: &Owner) -> Error {
    let (first, second) = (one.file(), other.file());
    let is_spelled_alike = first.file_name() == second.file_name();
    let (first, second) = (first.display(), second.display());
    if !is_spelled_alike {
        return Error::usage(
            format!(
                "{one} makes `{first}` and {other} makes `{second}`, which are one file on many systems"
            ),
            "rename a template or an `out` so that more than the case of letters differs",
        );
    }
    if one.to_string() == other.to_string() {
        return Error::usage(
            format!("two outputs make `{second}`: both are {one}"),
            "remove one of them, or give it another folder (`out` in errcat.yaml)",
        );
    }
    Error::usage(format!("{one} and {other} both make `{second}`"), ELSEWHERE)
}

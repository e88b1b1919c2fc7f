//! Output folders as they are on disk. Two paths to the same folder are merged, and two outputs that make
//! the same file are refused.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::{Folder, Output, disk, manifest};
use crate::error::Error;
use crate::text::files;

/// A folder on disk, and each output that is made in it.
pub(super) struct OutputFolder<'f> {
    /// As the first output spells it.
    pub path: &'f Path,
    /// The path from here to the config that asks for the outputs, if it is here or in a folder above.
    pub config: Option<String>,
    pub outputs: Vec<&'f Output>,
}

/// The output that makes a file.
struct Owner<'f> {
    output: &'f Output,
    path: PathBuf,
}

/// Names an output by its target and its catalog.
impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of `{}`", self.output.target, self.output.catalog.display())
    }
}

/// Merges paths that lead to the same folder.
///
/// The order does not depend on how the folders are spelled, so that two runs at once lock them in the
/// same order.
pub(super) fn merge(folders: &[Folder]) -> Result<Vec<OutputFolder<'_>>, Error> {
    let mut merged: BTreeMap<PathBuf, OutputFolder> = BTreeMap::new();
    // By path in lower case, as a file system that ignores case sees it.
    let mut owners: BTreeMap<PathBuf, Owner> = BTreeMap::new();
    for folder in folders {
        let real = disk::real(&folder.path);
        for output in &folder.outputs {
            for artifact in &output.artifacts {
                if !manifest::can_hold(&output.target, &artifact.path) {
                    return Err(Error::usage(
                        format!("the target `{}` makes a file `{}`", output.target, artifact.path),
                        "name targets without spaces, and templates without line breaks, `\\` and `:`: \
                         a file must have its name on every system, and a line in the manifest",
                    ));
                }
                let mut names = artifact.path.split('/');
                if let Some(flaw) = names.find_map(files::windows_flaw) {
                    return Err(Error::usage(
                        format!(
                            "the target `{}` makes a file `{}`: {flaw}",
                            output.target, artifact.path
                        ),
                        "rename the template, so that the file can be checked out on every system",
                    ));
                }
                let owner = Owner { output, path: folder.path.join(&artifact.path) };
                let key = real.join(artifact.path.to_lowercase());
                if let Some(other) = owners.get(&key) {
                    return Err(clash(other, &owner));
                }
                owners.insert(key, owner);
            }
        }
        let config = folder.config.as_deref().and_then(|config| above(&real, config));
        let output = OutputFolder { path: &folder.path, config, outputs: Vec::new() };
        merged.entry(real).or_insert(output).outputs.extend(&folder.outputs);
    }
    for (key, owner) in &owners {
        if let Some(other) = key.ancestors().skip(1).find_map(|above| owners.get(above)) {
            return Err(Error::usage(
                format!(
                    "{other} would make the file `{}`, and {owner} a folder there for `{}`",
                    other.path.display(),
                    owner.path.display()
                ),
                ELSEWHERE,
            ));
        }
    }
    Ok(merged.into_values().collect())
}

/// The path of a config from an output folder. Any but one that only goes up depends on the names of folders
/// outside of the repo.
fn above(folder: &Path, config: &Path) -> Option<String> {
    let parent = disk::real(config.parent().unwrap_or(Path::new("")));
    let below = folder.strip_prefix(parent).ok()?;
    let up = "../".repeat(below.components().count());
    let name = config.file_name()?.to_str().filter(|name| !name.contains(char::is_control))?;
    Some(format!("{up}{name}"))
}

/// How many files the outputs of these folders have.
pub(super) fn files(folders: &[OutputFolder]) -> usize {
    folders.iter().flat_map(|folder| &folder.outputs).map(|output| output.artifacts.len()).sum()
}

const ELSEWHERE: &str = "give one of them another folder (`out` in errcat.yaml)";

/// Two outputs that make one file.
fn clash(one: &Owner, other: &Owner) -> Error {
    let (path, second) = (one.path.display(), other.path.display());
    if one.path.file_name() != other.path.file_name() {
        return Error::usage(
            format!(
                "{one} makes `{path}` and {other} makes `{second}`, which are one file on many systems"
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

//! Output folders as they are on disk: two paths to one folder are merged, and no file is made by two
//! targets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Folder, disk, manifest};
use crate::error::Error;
use crate::render::Artifact;

/// A folder on disk, and each target that is made in it.
pub(super) struct OutputFolder<'f> {
    /// As the first output spells it.
    pub path: &'f Path,
    pub targets: Vec<(&'f str, &'f [Artifact])>,
}

/// The target that makes a file.
struct Owner<'f> {
    target: &'f str,
    path: PathBuf,
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
        for (target, artifacts) in &folder.targets {
            for artifact in artifacts {
                if !manifest::can_hold(target, &artifact.path) {
                    return Err(Error::usage(
                        format!("the target `{target}` makes a file `{}`", artifact.path),
                        "name targets without spaces, and templates without line breaks, `\\` and `:`: \
                         a file must have its name on every system, and a line in the manifest",
                    ));
                }
                let owner = Owner { target, path: folder.path.join(&artifact.path) };
                let key = real.join(artifact.path.to_lowercase());
                if let Some(other) = owners.get(&key) {
                    return Err(clash(other, &owner));
                }
                owners.insert(key, owner);
            }
        }
        let output = OutputFolder { path: &folder.path, targets: Vec::new() };
        let targets = folder.targets.iter();
        let targets = targets.map(|(target, artifacts)| (target.as_str(), artifacts.as_slice()));
        merged.entry(real).or_insert(output).targets.extend(targets);
    }
    for (key, owner) in &owners {
        if let Some(other) = key.ancestors().skip(1).find_map(|above| owners.get(above)) {
            return Err(Error::usage(
                format!(
                    "the target `{}` would make the file `{}`, and `{}` a folder there for `{}`",
                    other.target,
                    other.path.display(),
                    owner.target,
                    owner.path.display()
                ),
                ELSEWHERE,
            ));
        }
    }
    Ok(merged.into_values().collect())
}

/// The number of files that are made in these folders.
pub(super) fn files(folders: &[OutputFolder]) -> usize {
    let targets = folders.iter().flat_map(|folder| &folder.targets);
    targets.map(|(_, artifacts)| artifacts.len()).sum()
}

const ELSEWHERE: &str = "give one of them another folder (`out` in errcat.yaml)";

/// Two targets that make one file.
fn clash(one: &Owner, other: &Owner) -> Error {
    let targets = format!("the targets `{}` and `{}`", one.target, other.target);
    let (path, second) = (one.path.display(), other.path.display());
    if one.path.file_name() == other.path.file_name() {
        return Error::usage(format!("{targets} both make `{second}`"), ELSEWHERE);
    }
    Error::usage(
        format!("{targets} make `{path}` and `{second}`, which are one file on many systems"),
        "rename a template or an `out` so that more than the case of letters differs",
    )
}

//! What is to be done in one output folder.

use std::path::Path;

use super::disk;
use super::folders::OutputFolder;
use super::manifest::{self, Listed};
use super::same::is_same;
use crate::error::Error;
use crate::render::Artifact;

/// What is to be done in an output folder.
pub(super) struct Plan<'f> {
    pub folder: &'f OutputFolder<'f>,
    /// Whether the folder exists.
    pub exists: bool,
    /// The text of the manifest on disk, and the files it lists.
    pub manifest: String,
    pub listed: Listed,
    /// The files that the manifest will list.
    pub made: Listed,
    pub writes: Vec<&'f Artifact>,
    /// Files that are no longer made. One may be gone although its folder is not.
    pub removals: Vec<String>,
}

impl Plan<'_> {
    /// Whether there is nothing to do.
    pub(super) fn is_done(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty() && self.lists(&self.made)
    }

    /// Whether the manifest on disk lists these files and holds nothing else.
    pub(super) fn lists(&self, files: &Listed) -> bool {
        is_same(manifest::FILE, self.manifest.as_bytes(), manifest::text(files).as_bytes())
    }
}

/// Compares a folder on disk with what is to be in it.
///
/// # Errors
/// If a file that errcat did not write is in the way, unless `force` allows to overwrite it.
///
/// `is_exact` replaces files that differ in line ends or layout alone, too.
pub(super) fn plan<'f>(
    folder: &'f OutputFolder<'f>,
    force: bool,
    is_exact: bool,
) -> Result<Plan<'f>, Error> {
    let exists = disk::is_there(folder.path)?;
    let manifest = manifest::read(folder.path)?;
    let listed = manifest::parse(&manifest);
    let mut made = Listed::new();
    let mut writes = Vec::new();
    for (target, artifacts) in &folder.targets {
        for artifact in *artifacts {
            let is_own = listed.contains_key(&artifact.path);
            if !is_current(folder.path, artifact, is_own || force, is_exact)? {
                writes.push(artifact);
            }
            made.insert(artifact.path.clone(), (*target).to_owned());
        }
    }
    let mut removals = Vec::new();
    for (path, target) in &listed {
        if made.contains_key(path) {
            continue;
        }
        if !folder.targets.iter().any(|(run, _)| run == target) {
            made.insert(path.clone(), target.clone());
        } else if disk::is_file_or_gone(folder.path, path)? {
            removals.push(path.clone());
        }
    }
    Ok(Plan { folder, exists, manifest, listed, made, writes, removals })
}

/// Whether a file is up to date.
fn is_current(
    folder: &Path,
    artifact: &Artifact,
    may_replace: bool,
    is_exact: bool,
) -> Result<bool, Error> {
    let made = artifact.text.as_bytes();
    match disk::read(folder, &artifact.path)? {
        None => Ok(false),
        Some(content) if content == made => Ok(true),
        Some(content) if !is_exact && is_same(&artifact.path, &content, made) => Ok(true),
        Some(_) if may_replace => Ok(false),
        Some(_) => Err(Error::usage(
            format!(
                "`{}` is in the way: errcat did not write it",
                folder.join(&artifact.path).display()
            ),
            "move it, or choose another `out`, or run again with `--force` to overwrite it",
        )),
    }
}

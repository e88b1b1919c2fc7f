//! What a run has to do in one output folder.

use std::path::Path;

use super::disk;
use super::folders::OutputFolder;
use super::manifest::{self, Asked, Listed};
use super::same::is_same;
use crate::error::Error;
use crate::render::{Artifact, header};

/// What a run has to do in an output folder.
pub(super) struct Plan<'f> {
    pub folder: &'f OutputFolder<'f>,
    /// Whether the folder exists.
    pub exists: bool,
    /// The text of the manifest on disk, if there is one, and the files it lists.
    pub manifest: Option<String>,
    pub listed: Listed,
    /// What configs asked for, as the manifest will say.
    pub asked: Asked,
    /// The files that the manifest will list.
    pub made: Listed,
    pub writes: Vec<&'f Artifact>,
    /// Files that no output has any more. Some may already be gone.
    pub removals: Vec<String>,
}

impl Plan<'_> {
    /// Whether there is nothing to do.
    pub(super) fn is_done(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty() && self.lists(&self.made)
    }

    /// Whether the manifest on disk lists these files and holds nothing else.
    pub(super) fn lists(&self, files: &Listed) -> bool {
        let text = self.manifest.as_deref().unwrap_or_default();
        is_same(manifest::FILE, text.as_bytes(), self.manifest_of(files).as_bytes())
    }

    /// The text of the manifest that lists these files.
    pub(super) fn manifest_of(&self, files: &Listed) -> String {
        manifest::text(files, &self.asked)
    }
}

/// Compares a folder on disk with what should be in it.
///
/// # Errors
/// If a file that errcat did not write is in the way, and `force` is not set.
///
/// `is_exact` also replaces files that differ only in line ends or layout.
pub(super) fn plan<'f>(
    folder: &'f OutputFolder<'f>,
    force: bool,
    is_exact: bool,
) -> Result<Plan<'f>, Error> {
    let exists = disk::is_there(folder.path)?;
    let manifest = manifest::read(folder.path)?;
    let listed = manifest::parse(manifest.as_deref().unwrap_or_default());
    let mut made = Listed::new();
    let mut writes = Vec::new();
    for output in &folder.outputs {
        for artifact in &output.artifacts {
            let on_disk = disk::read(folder.path, &artifact.path)?;
            let is_current = |content: &Vec<u8>| {
                *content == artifact.content
                    || !is_exact && is_same(&artifact.path, content, &artifact.content)
            };
            // Without a manifest, the header tells.
            let is_own = |content: &Vec<u8>| match manifest {
                Some(_) => listed.contains_key(&artifact.path),
                None => header::is_shared(content, &artifact.content),
            };
            if !on_disk.as_ref().is_some_and(is_current) {
                if !force && !on_disk.as_ref().is_none_or(is_own) {
                    return Err(in_the_way(folder.path, &artifact.path, manifest.is_some()));
                }
                writes.push(artifact);
            }
            made.insert(artifact.path.clone(), output.target.clone());
        }
    }
    let mut removals = Vec::new();
    for (path, target) in &listed {
        if made.contains_key(path) {
            continue;
        }
        if !folder.outputs.iter().any(|output| output.target == *target) {
            made.insert(path.clone(), target.clone());
        } else if disk::is_file_or_gone(folder.path, path)? {
            removals.push(path.clone());
        }
    }
    let mut asked = manifest::asked(manifest.as_deref().unwrap_or_default());
    if let Some(config) = &folder.config {
        asked.retain(|other, _| folder.path.join(other).is_file());
        let targets = folder.outputs.iter().map(|output| output.target.clone());
        asked.entry(config.clone()).or_default().extend(targets);
    }
    Ok(Plan { folder, exists, manifest, listed, asked, made, writes, removals })
}

/// The error about a file that is in the way.
fn in_the_way(folder: &Path, path: &str, has_manifest: bool) -> Error {
    let file = folder.join(path);
    if has_manifest {
        return Error::usage(
            format!("`{}` is in the way: errcat did not write it", file.display()),
            "move it, or choose another `out`, or run again with `--force` to overwrite it",
        );
    }
    let manifest = folder.join(manifest::FILE);
    Error::usage(
        format!(
            "`{}` exists, but `{}` does not, so errcat can't tell whether it wrote the file",
            file.display(),
            manifest.display()
        ),
        "if the file is yours, move it or choose another `out`; if errcat wrote it, run again with \
         `--force`, and make sure that .gitignore and .dockerignore keep `.errcat-files`",
    )
}

//! Artifacts → disk. Writes only what changed, each file whole, by a rename; or reports how the disk
//! differs.
//!
//! The manifest of a folder lists which files in it are errcat's. Other files are never touched.

mod apply;
mod change;
pub(crate) mod depfile;
mod disk;
mod files;
mod folders;
mod manifest;
mod plan;
mod same;

#[cfg(feature = "cli")]
use std::collections::{BTreeMap, BTreeSet};
#[cfg(feature = "cli")]
use std::path::Path;
use std::path::PathBuf;

pub(crate) use change::Outcome;
pub use change::{Change, Drift};
#[cfg(feature = "cli")]
pub(crate) use disk::real;
#[cfg(feature = "cli")]
pub(crate) use files::{create, put_all};

use crate::error::Error;
use crate::render::Artifact;

/// The name of the file that lists what errcat wrote to a folder.
#[cfg(feature = "cli")]
pub(crate) const MANIFEST: &str = manifest::FILE;

/// The files in a folder that errcat wrote for a config and that none of these targets makes: how many, by
/// their targets. Files that no longer exist don't count.
#[cfg(feature = "cli")]
pub(crate) fn left_over(
    folder: &Path,
    config: &Path,
    made: &BTreeSet<&str>,
) -> BTreeMap<String, usize> {
    let text = manifest::read(folder).ok().flatten().unwrap_or_default();
    let config = disk::real(config);
    let mut asked = manifest::asked(&text).into_iter();
    let own = asked.find(|(other, _)| disk::real(&folder.join(other)) == config);
    let mut left = BTreeMap::new();
    for (path, target) in manifest::parse(&text) {
        let is_own = own.as_ref().is_some_and(|(_, targets)| targets.contains(&target));
        if is_own && !made.contains(target.as_str()) && folder.join(path).is_file() {
            *left.entry(target).or_default() += 1;
        }
    }
    left
}

/// The files in a folder that errcat wrote, as far as its manifest says.
#[cfg(feature = "cli")]
pub(crate) fn written(folder: &Path) -> Vec<PathBuf> {
    let text = manifest::read(folder).ok().flatten().unwrap_or_default();
    manifest::parse(&text).into_keys().map(|path| folder.join(path)).collect()
}

/// Everything that goes into one folder.
#[derive(Debug)]
pub(crate) struct Folder {
    pub path: PathBuf,
    /// The config that asks for the outputs, if one does and they are to be written.
    pub config: Option<PathBuf>,
    pub outputs: Vec<Output>,
}

/// The files of one output.
#[derive(Debug)]
pub(crate) struct Output {
    pub target: String,
    pub catalog: PathBuf,
    pub artifacts: Vec<Artifact>,
}

impl Folder {
    /// The path of every file that is made here.
    fn files(&self) -> impl Iterator<Item = PathBuf> {
        let artifacts = self.outputs.iter().flat_map(|output| &output.artifacts);
        artifacts.map(|artifact| self.path.join(&artifact.path))
    }
}

/// Writes all folders, or none if a file that errcat did not write is in the way of any.
///
/// `force` overwrites such files, and files that differ only in line ends or layout.
pub(crate) fn write(folders: &[Folder], force: bool) -> Result<Outcome<Change>, Error> {
    let folders = folders::merge(folders)?;
    let mut locks = Vec::new();
    let mut plans = Vec::new();
    for folder in &folders {
        if disk::is_there(folder.path)? {
            locks.push(disk::lock(folder.path)?);
        }
        plans.push(plan::plan(folder, force, force)?);
    }
    let mut changes = Vec::new();
    for mut plan in plans {
        if !plan.exists && !plan.is_done() {
            // Another run may have created the folder meanwhile, and files in it.
            disk::make(plan.folder.path)?;
            locks.push(disk::lock(plan.folder.path)?);
            plan = plan::plan(plan.folder, force, force)?;
        }
        apply::apply(&plan, &mut changes)?;
    }
    Ok(Outcome { files: folders::files(&folders), list: changes })
}

/// Compares all folders with what is on disk, and writes nothing.
///
/// `is_exact` also reports files that differ only in line ends or layout.
pub(crate) fn drift(folders: &[Folder], is_exact: bool) -> Result<Outcome<Drift>, Error> {
    let mut drift = Vec::new();
    let folders = folders::merge(folders)?;
    for folder in &folders {
        let plan = plan::plan(folder, true, is_exact)?;
        let so_far = drift.len();
        for artifact in &plan.writes {
            let path = folder.path.join(&artifact.path);
            let Some(old) = disk::read(folder.path, &artifact.path)? else {
                drift.push(Drift::Missing(path));
                continue;
            };
            let new = &artifact.content;
            drift.push(match same::comparable(&artifact.path, &old, new, is_exact) {
                Some((old, new)) => Drift::Differs { path, old, new },
                None => Drift::NotText(path),
            });
        }
        let left_over = plan.removals.iter().map(|path| folder.path.join(path));
        let left_over = left_over.filter(|path| path.symlink_metadata().is_ok());
        drift.extend(left_over.map(Drift::LeftOver));
        // The files can be right without a manifest: the next run writes one.
        if drift.len() == so_far
            && !plan.is_done()
            && let Some(old) = &plan.manifest
        {
            let path = folder.path.join(manifest::FILE);
            let (old, new) = (old.clone(), plan.manifest_of(&plan.made));
            drift.push(Drift::Differs { path, old, new });
        }
    }
    Ok(Outcome { files: folders::files(&folders), list: drift })
}

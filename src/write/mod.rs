//! Files, as they are rendered → disk. Writes only what changed, each file whole, by a rename; or reports how the
//! disk differs.
//!
//! The manifest of a folder lists which files in it are errcat's. Other files are never touched.

mod change;
pub(crate) mod depfile;
mod disk;
mod files;
mod folder;
mod manifest;
mod new_file;
mod owners;
mod run;
mod same;

#[cfg(feature = "cli")]
use crate::sorted::{SortedMap, SortedSet};
#[cfg(feature = "cli")]
#[cfg(feature = "cli")]
use std::path::{Path, PathBuf};

pub(crate) use change::Outcome;
pub use change::{Change, Drift};
#[cfg(feature = "cli")]
pub(crate) use disk::real;
#[cfg(feature = "cli")]
pub(crate) use files::{create, put_all};
pub(crate) use run::{Purpose, Run};

/// The name of the file that lists what errcat wrote to a folder.
#[cfg(feature = "cli")]
pub(crate) const MANIFEST: &str = manifest::FILE;

/// The files in a folder that errcat wrote for a config and that none of these targets makes: how many, by
/// their targets. Files that no longer exist don't count.
#[cfg(feature = "cli")]
pub(crate) fn left_over(
    folder: &Path,
    config: &Path,
    made: &SortedSet<&str>,
) -> SortedMap<String, usize> {
    let text = manifest::read(folder).ok().flatten().unwrap_or_default();
    let config = disk::real(config);
    let mut asked = manifest::asked(&text).into_iter();
    let own = asked.find(|(other, _)| disk::real(&folder.join(other)) == config);
    let mut left = SortedMap::new();
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

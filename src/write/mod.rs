//! Artifacts to disk: what changed and nothing else, each file whole, by rename; or the drift.
//! Knows its own files by the manifest of their folder. Never touches a file it did not write,
//! never leaves the folder, never renders.

pub(crate) mod depfile;
mod disk;
mod folders;
mod manifest;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::render::Artifact;
use folders::Place;
use manifest::Listed;

/// Everything that goes into one folder.
#[derive(Debug)]
pub(crate) struct Folder {
    pub path: PathBuf,
    /// Each target that is made here, with its files.
    pub targets: Vec<(String, Vec<Artifact>)>,
}

/// A file that a run changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new, or has other content now.
    Wrote(PathBuf),
    /// It is no longer made.
    Removed(PathBuf),
}

/// In a line: `wrote src/errors.rs`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrote(path) => write!(f, "wrote {}", path.display()),
            Self::Removed(path) => write!(f, "removed {}", path.display()),
        }
    }
}

/// A file that is not as this run would make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// Its content differs.
    Differs {
        /// The file.
        path: PathBuf,
        /// What it holds.
        old: String,
        /// What it should hold.
        new: String,
    },
    /// It is not there.
    Missing(PathBuf),
    /// It is no longer made, but still there.
    LeftOver(PathBuf),
}

/// In a line: `differs: docs/errors.md`.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs { path, .. } => write!(f, "differs: {}", path.display()),
            Self::Missing(path) => write!(f, "missing: {}", path.display()),
            Self::LeftOver(path) => write!(f, "left over: {}", path.display()),
        }
    }
}

/// What is to be done in a folder.
struct Plan<'f> {
    place: &'f Place<'f>,
    /// Whether the folder is there.
    is_there: bool,
    /// The manifest as it is, and the files it lists.
    manifest: String,
    listed: Listed,
    /// The files it will list.
    made: Listed,
    writes: Vec<&'f Artifact>,
    /// Files that are no longer made. One may be gone, and its folder not.
    removals: Vec<String>,
}

/// Writes all folders, or none if a file that errcat did not write is in the way of any.
pub(crate) fn write(folders: &[Folder], force: bool) -> Result<Vec<Change>, Error> {
    let places = folders::of(folders)?;
    let mut locks = Vec::new();
    let mut plans = Vec::new();
    for place in &places {
        if disk::is_there(place.path)? {
            locks.push(disk::lock(place.path)?);
        }
        plans.push(plan(place, force)?);
    }
    let mut changes = Vec::new();
    for mut plan in plans {
        if !plan.is_there && !plan.is_done() {
            // Another run may have made it meanwhile, and files in it.
            disk::make(plan.place.path)?;
            locks.push(disk::lock(plan.place.path)?);
            plan = self::plan(plan.place, force)?;
        }
        apply(&plan, &mut changes)?;
    }
    Ok(changes)
}

/// Writes a file that belongs to no folder of outputs, whole; one that is right already is not touched.
pub(crate) fn put(file: &Path, text: &str) -> Result<(), Error> {
    if disk::holds(file, text) { Ok(()) } else { disk::replace(file, text) }
}

/// Writes files to start from, or none if anything else has the name of one, and gives the names of
/// those it wrote. A file that holds what it should was written by a run that did not end.
#[cfg(feature = "cli")]
pub(crate) fn create(files: &[(&'static str, &str)]) -> Result<Vec<&'static str>, Error> {
    let taken = |name: &str| {
        let help = "nothing was written; move it, or go on with it";
        Error::usage(format!("`{name}` is here already"), help)
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
    disk::remove_temporaries(Path::new("."), "")?;
    for (name, text) in &missing {
        disk::replace(Path::new(name), text)?;
    }
    Ok(missing.into_iter().map(|(name, _)| *name).collect())
}

/// Writes files into a folder of people's own, or none if one of them is there and differs, and gives
/// the paths of those it wrote. A file that holds what it should is not touched.
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
            Some(content) if content == text.as_bytes() => {}
            Some(_) if !force => differing.push(format!("`{}`", file.display())),
            _ => writes.push((path, file, text)),
        }
    }
    if !differing.is_empty() {
        let differ = if differing.len() == 1 { "differs" } else { "differ" };
        return Err(Error::usage(
            format!("{} {differ} from what would be written", differing.join(", ")),
            "nothing was written; move what is yours, or run again with `--force` to overwrite it",
        ));
    }
    for (path, file, text) in &writes {
        disk::remove_temporaries(folder, path.rsplit_once('/').map_or("", |(above, _)| above))?;
        disk::replace(file, text)?;
    }
    Ok(writes.into_iter().map(|(_, file, _)| file).collect())
}

/// Compares all folders with what is on disk, and writes nothing.
pub(crate) fn drift(folders: &[Folder]) -> Result<Vec<Drift>, Error> {
    let mut drift = Vec::new();
    for place in &folders::of(folders)? {
        let plan = plan(place, true)?;
        let so_far = drift.len();
        for artifact in &plan.writes {
            let path = place.path.join(&artifact.path);
            drift.push(match disk::read(place.path, &artifact.path)? {
                Some(old) => Drift::Differs {
                    path,
                    old: String::from_utf8_lossy(&old).into_owned(),
                    new: artifact.text.clone(),
                },
                None => Drift::Missing(path),
            });
        }
        let left_over = plan.removals.iter().map(|path| place.path.join(path));
        let left_over = left_over.filter(|path| path.symlink_metadata().is_ok());
        drift.extend(left_over.map(Drift::LeftOver));
        if drift.len() == so_far && !plan.is_done() {
            let path = place.path.join(manifest::FILE);
            drift.push(Drift::Differs {
                path,
                old: plan.manifest,
                new: manifest::text(&plan.made),
            });
        }
    }
    Ok(drift)
}

impl Plan<'_> {
    fn is_done(&self) -> bool {
        self.writes.is_empty()
            && self.removals.is_empty()
            && self.manifest == manifest::text(&self.made)
    }
}

fn plan<'f>(place: &'f Place<'f>, force: bool) -> Result<Plan<'f>, Error> {
    let is_there = disk::is_there(place.path)?;
    let manifest = manifest::read(place.path)?;
    let listed = manifest::parse(&manifest);
    let mut made = Listed::new();
    let mut writes = Vec::new();
    for (target, artifacts) in &place.targets {
        for artifact in *artifacts {
            let is_own = listed.contains_key(&artifact.path);
            if !is_current(place.path, artifact, is_own || force)? {
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
        if !place.targets.iter().any(|(run, _)| run == target) {
            made.insert(path.clone(), target.clone());
        } else if disk::is_file_or_gone(place.path, path)? {
            removals.push(path.clone());
        }
    }
    Ok(Plan { place, is_there, manifest, listed, made, writes, removals })
}

/// Whether a file holds what it should already.
fn is_current(folder: &Path, artifact: &Artifact, may_replace: bool) -> Result<bool, Error> {
    match disk::read(folder, &artifact.path)? {
        None => Ok(false),
        Some(content) if content == artifact.text.as_bytes() => Ok(true),
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

/// The order lets a kill at any instant leave a folder that the next run finishes: every path that
/// may exist is listed before it does.
fn apply(plan: &Plan, changes: &mut Vec<Change>) -> Result<(), Error> {
    let root = plan.place.path;
    remove_temporaries(plan)?;
    if plan.is_done() {
        return Ok(());
    }
    let file = root.join(manifest::FILE);
    let mut all = plan.listed.clone();
    all.extend(plan.made.clone());
    if all != plan.listed {
        disk::replace(&file, &manifest::text(&all))?;
    }
    for artifact in &plan.writes {
        let file = root.join(&artifact.path);
        disk::replace(&file, &artifact.text)?;
        changes.push(Change::Wrote(file));
    }
    for path in &plan.removals {
        let file = root.join(path);
        if disk::remove(&file)? {
            changes.push(Change::Removed(file));
        }
        disk::remove_empty_parents(root, path);
    }
    if all != plan.made || all == plan.listed && plan.manifest != manifest::text(&all) {
        disk::replace(&file, &manifest::text(&plan.made))?;
    }
    Ok(())
}

/// Removes what an interrupted run left in the folders of the files it was to write.
fn remove_temporaries(plan: &Plan) -> Result<(), Error> {
    let paths = plan.listed.keys().chain(plan.made.keys());
    let folders = paths.map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder));
    for folder in folders.chain([""]).collect::<BTreeSet<_>>() {
        disk::remove_temporaries(plan.place.path, folder)?;
    }
    Ok(())
}

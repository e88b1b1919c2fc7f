//! Artifacts to disk: what changed and nothing else, each file whole, by rename; or the drift.
//! Knows its own files by the manifest of their folder. Never touches a file it did not write,
//! never leaves the folder, never renders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::render::Artifact;

/// The manifest in each output folder: sorted lines `target path`.
pub(crate) const MANIFEST: &str = ".errcat-files";

/// What the name of a file that is being written ends with.
const TEMPORARY: &str = ".errcat-tmp";

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

/// The files of a manifest, each with the target that made it.
type Listed = BTreeMap<String, String>;

/// What is to be done in a folder.
struct Plan<'f> {
    folder: &'f Folder,
    /// The manifest as it is.
    listed: Listed,
    /// The manifest as it will be.
    made: Listed,
    writes: Vec<&'f Artifact>,
    removals: Vec<String>,
    lock: Option<File>,
}

/// Writes all folders, or none if a file that errcat did not write is in the way of any.
pub(crate) fn write(folders: &[Folder], force: bool) -> Result<Vec<Change>, Error> {
    let plans = folders
        .iter()
        .map(|folder| plan(folder, force, true))
        .collect::<Result<Vec<_>, Error>>()?;
    let mut changes = Vec::new();
    for plan in &plans {
        apply(plan, &mut changes)?;
    }
    Ok(changes)
}

/// Writes a file that is not there yet.
#[cfg(feature = "cli")]
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Error> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Error::io("write", path, error))
}

/// Compares all folders with what is on disk, and writes nothing.
pub(crate) fn drift(folders: &[Folder]) -> Result<Vec<Drift>, Error> {
    let mut drift = Vec::new();
    for folder in folders {
        let plan = plan(folder, true, false)?;
        for artifact in plan.writes {
            let path = folder.path.join(&artifact.path);
            drift.push(match read(&path)? {
                Some(old) => Drift::Differs {
                    path,
                    old: String::from_utf8_lossy(&old).into_owned(),
                    new: artifact.text.clone(),
                },
                None => Drift::Missing(path),
            });
        }
        drift.extend(plan.removals.iter().map(|path| Drift::LeftOver(folder.path.join(path))));
        if drift.is_empty() && plan.listed != plan.made {
            let path = folder.path.join(MANIFEST);
            let (old, new) = (manifest_text(&plan.listed), manifest_text(&plan.made));
            drift.push(Drift::Differs { path, old, new });
        }
    }
    Ok(drift)
}

fn plan(folder: &Folder, force: bool, is_write: bool) -> Result<Plan<'_>, Error> {
    let lock = if is_write { lock(&folder.path)? } else { None };
    let listed = read_manifest(&folder.path)?;
    let mut made = Listed::new();
    let mut writes = Vec::new();
    for (target, artifacts) in &folder.targets {
        for artifact in artifacts {
            if !is_inside(&artifact.path) || target.contains(char::is_whitespace) {
                return Err(Error::usage(
                    format!("the target `{target}` makes a file `{}`", artifact.path),
                    "name targets without spaces, and templates without line breaks, `\\` and `:`: \
                     a file must have its name on every system, and a line in the manifest",
                ));
            }
            if let Some(other) = made.insert(artifact.path.clone(), target.clone()) {
                return Err(Error::usage(
                    format!(
                        "the targets `{other}` and `{target}` both make `{}`",
                        folder.path.join(&artifact.path).display()
                    ),
                    "give one of them another `out` in errcat.yaml",
                ));
            }
            let is_own = listed.contains_key(&artifact.path);
            if !is_current(&folder.path, artifact, is_own || force)? {
                writes.push(artifact);
            }
        }
    }
    let is_run = |target: &str| folder.targets.iter().any(|(run, _)| run == target);
    let mut removals = Vec::new();
    for (path, target) in &listed {
        if made.contains_key(path) {
            continue;
        }
        if !is_run(target) {
            made.insert(path.clone(), target.clone());
        } else if exists(&folder.path, path)? {
            removals.push(path.clone());
        }
    }
    Ok(Plan { folder, listed, made, writes, removals, lock })
}

/// Whether a file holds what it should already.
fn is_current(folder: &Path, artifact: &Artifact, may_replace: bool) -> Result<bool, Error> {
    refuse_links(folder, &artifact.path)?;
    let path = folder.join(&artifact.path);
    match read(&path)? {
        None => Ok(false),
        Some(content) if content == artifact.text.as_bytes() => Ok(true),
        Some(_) if may_replace => Ok(false),
        Some(_) => Err(Error::usage(
            format!("`{}` is in the way: errcat did not write it", path.display()),
            "move it, or choose another `out`, or run again with `--force` to overwrite it",
        )),
    }
}

/// A link below the output folder could lead out of it.
fn refuse_links(folder: &Path, path: &str) -> Result<(), Error> {
    let mut place = folder.to_owned();
    for part in path.split('/') {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_symlink() => {
                return Err(Error::usage(
                    format!(
                        "`{}` is a symbolic link, which errcat does not follow",
                        place.display()
                    ),
                    "remove the link, or choose another `out`",
                ));
            }
            Ok(_) => {}
            Err(error) if is_absent(&error) => return Ok(()),
            Err(error) => return Err(Error::io("look at", &place, error)),
        }
    }
    Ok(())
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound)
}

/// The content of a regular file, if it is there.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(Error::io("look at", path, error)),
    };
    if !metadata.is_file() {
        // A folder, or a pipe, which would block whoever opens it.
        let error = io::Error::new(ErrorKind::IsADirectory, "it is no regular file");
        return Err(Error::io("write", path, error));
    }
    fs::read(path).map(Some).map_err(|error| Error::io("read", path, error))
}

fn exists(folder: &Path, path: &str) -> Result<bool, Error> {
    refuse_links(folder, path)?;
    Ok(fs::symlink_metadata(folder.join(path)).is_ok_and(|metadata| metadata.is_file()))
}

/// The order lets a kill at any instant leave a folder that the next run finishes: every path that
/// may exist is listed before it does.
fn apply(plan: &Plan, changes: &mut Vec<Change>) -> Result<(), Error> {
    let root = &plan.folder.path;
    if plan.writes.is_empty() && plan.removals.is_empty() && plan.listed == plan.made {
        return remove_temporaries(plan);
    }
    fs::create_dir_all(root).map_err(|error| Error::io("create the folder", root, error))?;
    let _lock = if plan.lock.is_none() { lock(root)? } else { None };
    remove_temporaries(plan)?;
    let mut all = plan.listed.clone();
    all.extend(plan.made.clone());
    if all != plan.listed {
        replace(root, MANIFEST, &manifest_text(&all))?;
    }
    for artifact in &plan.writes {
        replace(root, &artifact.path, &artifact.text)?;
        changes.push(Change::Wrote(root.join(&artifact.path)));
    }
    for path in &plan.removals {
        let file = root.join(path);
        fs::remove_file(&file).map_err(|error| Error::io("remove", &file, error))?;
        remove_empty_parents(root, path);
        changes.push(Change::Removed(file));
    }
    if all != plan.made {
        replace(root, MANIFEST, &manifest_text(&plan.made))?;
    }
    Ok(())
}

/// Writes a file beside its place and renames it, so that readers see the old or the new one.
fn replace(root: &Path, path: &str, text: &str) -> Result<(), Error> {
    let file = root.join(path);
    let (folder, name) = match path.rsplit_once('/') {
        Some((folder, name)) => (root.join(folder), name),
        None => (root.to_owned(), path),
    };
    fs::create_dir_all(&folder).map_err(|error| Error::io("create the folder", &folder, error))?;
    let temporary = folder.join(format!(".{name}{TEMPORARY}"));
    let written = File::create_new(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&temporary, &file));
    written.map_err(|error| {
        // What went wrong is told; that the rest can't be cleaned up adds nothing.
        let _ = fs::remove_file(&temporary);
        Error::io("write", &file, error)
    })
}

/// Removes what an interrupted run left in the folders of the files it was to write.
fn remove_temporaries(plan: &Plan) -> Result<(), Error> {
    let root = &plan.folder.path;
    let folders: BTreeSet<PathBuf> = plan
        .made
        .keys()
        .map(|path| {
            path.rsplit_once('/').map_or_else(|| root.clone(), |(folder, _)| root.join(folder))
        })
        .chain([root.clone()])
        .collect();
    for folder in folders {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            if entry.file_name().to_str().is_some_and(|name| name.ends_with(TEMPORARY)) {
                let path = entry.path();
                fs::remove_file(&path).map_err(|error| Error::io("remove", &path, error))?;
            }
        }
    }
    Ok(())
}

/// The folders that held nothing but a removed file.
fn remove_empty_parents(root: &Path, path: &str) {
    let mut rest = path;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        // It fails on a folder that is not empty, which is what ends this.
        if fs::remove_dir(root.join(folder)).is_err() {
            return;
        }
        rest = folder;
    }
}

/// Holds other runs off the folder while the file is open.
#[cfg(unix)]
fn lock(folder: &Path) -> Result<Option<File>, Error> {
    let file = match File::open(folder) {
        Ok(file) => file,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(Error::io("open the folder", folder, error)),
    };
    match file.lock() {
        Ok(()) => Ok(Some(file)),
        // Some network file systems know no locks; each file is still written whole.
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(Error::io("lock the folder", folder, error)),
    }
}

/// A folder can't be opened as a file here; each file is still written whole.
#[cfg(not(unix))]
fn lock(_: &Path) -> Result<Option<File>, Error> {
    Ok(None)
}

/// The lines of a manifest. What a merge conflict left in it is passed over: the worst that can
/// come of it is a file that errcat no longer knows as its own.
fn read_manifest(folder: &Path) -> Result<Listed, Error> {
    refuse_links(folder, MANIFEST)?;
    let Some(content) = read(&folder.join(MANIFEST))? else { return Ok(Listed::new()) };
    let text = String::from_utf8_lossy(&content);
    let entries = text.lines().filter_map(|line| line.split_once(' '));
    let entries = entries.filter(|(_, path)| is_inside(path));
    Ok(entries.map(|(target, path)| (path.to_owned(), target.to_owned())).collect())
}

/// Whether a path stays below the folder it is joined to, on every system.
fn is_inside(path: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(is_name) && !path.contains(['\\', ':']) && !path.contains(char::is_control)
}

fn manifest_text(listed: &Listed) -> String {
    let lines: BTreeSet<_> =
        listed.iter().map(|(path, target)| format!("{target} {path}\n")).collect();
    lines.into_iter().collect()
}

//! One run: files are rendered into temporary files one after the other, and take their places when all are there.

use std::path::{Path, PathBuf};

use super::change::{Change, Drift, Outcome};
use super::disk::{self, Temporary};
use super::folder::Folder;
use super::manifest;
use super::new_file::{Made, NewFile};
use super::owners::Owners;
use super::same::{comparable, is_same};
use crate::config::Output;
use crate::error::Error;
use crate::render::header;
use crate::sorted::{SortedMap, SortedSet, sort_by_key};

/// What a run is for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose<'p> {
    /// To write.
    Write {
        /// Whether to overwrite files that errcat did not write, and files that differ only in line ends or layout.
        force: bool,
        /// The config that asks for the outputs, if one does.
        config: Option<&'p Path>,
    },
    /// To compare, and write nothing.
    Check {
        /// Whether files that differ only in line ends or layout count.
        is_exact: bool,
    },
}

/// A run, and what it made so far: nothing but temporary files, which are removed unless it finishes.
pub(crate) struct Run<'p> {
    purpose: Purpose<'p>,
    /// Sorted by their paths without links, so that two runs at once lock them in the same order.
    folders: Vec<Folder>,
    /// The positions of folders, by their paths as outputs spell them.
    positions: SortedMap<&'p Path, usize>,
    owners: Owners<'p>,
    /// Every file, after the position of its folder.
    files: Vec<(usize, PathBuf)>,
}

impl<'p> Run<'p> {
    /// Begins a run for some outputs: locks their folders, unless it only compares.
    pub(crate) fn begin(outputs: &'p [Output], purpose: Purpose<'p>) -> Result<Self, Error> {
        let mut spelled: SortedMap<PathBuf, SortedSet<&Path>> = SortedMap::new();
        for output in outputs {
            let real = disk::real(&output.folder);
            spelled.entry(real).or_default().insert(&output.folder);
        }
        let mut run = Self {
            purpose,
            folders: Vec::new(),
            positions: SortedMap::new(),
            owners: Owners::default(),
            files: Vec::new(),
        };
        for (real, paths) in spelled {
            run.positions.extend(paths.iter().map(|path| (*path, run.folders.len())));
            let path = paths.iter().next().copied().unwrap_or(&real);
            run.folders.push(match purpose {
                Purpose::Write { .. } => Folder::lock(path)?,
                Purpose::Check { .. } => Folder::open(path)?,
            });
        }
        for output in outputs {
            if let Some((_, folder)) = run.folder(output) {
                folder.targets.insert(output.target.clone());
            }
        }
        Ok(run)
    }

    /// The folder of an output, after its position.
    fn folder(&mut self, output: &Output) -> Option<(usize, &mut Folder)> {
        let position = *self.positions.get(output.folder.as_path())?;
        Some((position, self.folders.get_mut(position)?))
    }

    /// Refuses a file that would overwrite one which errcat did not write, before anything is written. `print`
    /// prints it, and tells whether there is one.
    pub(crate) fn refuse(
        &mut self,
        output: &Output,
        path: &str,
        print: impl FnOnce(&mut NewFile) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let Purpose::Write { force, .. } = self.purpose else { return Ok(()) };
        let Some((_, folder)) = self.folder(output) else { return Ok(()) };
        let is_free = match disk::open(&folder.path, path) {
            Ok(old) => force || old.is_none() || folder.listed.contains_key(path),
            // Something else is there.
            Err(_) => false,
        };
        if !is_free
            && let Some(Made::Differs { old, new }) = made(folder, path, None, print)?
            && !force
        {
            is_needed(folder, path, &old, &new)?;
        }
        Ok(())
    }

    /// Makes a file of an output. `print` prints it, and returns whether there is one.
    pub(crate) fn file(
        &mut self,
        output: &'p Output,
        path: &str,
        print: impl FnOnce(&mut NewFile) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let purpose = self.purpose;
        let Some((position, folder)) = self.folder(output) else { return Ok(()) };
        let temporary = match purpose {
            Purpose::Write { .. } => Some((folder.clean(path)?, folder.number)),
            Purpose::Check { .. } => None,
        };
        let Some(made) = made(folder, path, temporary, print)? else { return Ok(()) };
        let file = folder.path.join(path);
        match (made, purpose) {
            (Made::Same, _) => {}
            (Made::New(temporary), _) => folder.put(path, temporary),
            (Made::Missing, _) => folder.drift.push(Drift::Missing(file)),
            (Made::Differs { old, new }, Purpose::Write { force, .. }) => {
                if force || is_needed(folder, path, &old, &new)? {
                    let (place, number) = (folder.clean(path)?, folder.number);
                    folder.put(path, Temporary::with(&new, &file, &place, number)?);
                }
            }
            (Made::Differs { old, new }, Purpose::Check { is_exact }) => {
                folder.drift.extend(drift(file, path, &old, &new, is_exact));
            }
        }
        folder.made.insert(path.to_owned(), output.target.clone());
        let real = folder.real.clone();
        self.owners.add(output, &real, path)?;
        self.files.push((position, output.folder.join(path)));
        Ok(())
    }

    /// Puts every file in its place, and removes those that no output has any more.
    pub(crate) fn write(mut self) -> Result<Outcome<Change>, Error> {
        let mut changes = Vec::new();
        let files = self.finish()?;
        if let Purpose::Write { config, .. } = self.purpose {
            for folder in &mut self.folders {
                folder.apply(config, &mut changes)?;
            }
        }
        Ok(Outcome { files, list: changes })
    }

    /// What differs on disk.
    pub(crate) fn drift(mut self) -> Result<Outcome<Drift>, Error> {
        let mut drift = Vec::new();
        let files = self.finish()?;
        for folder in &mut self.folders {
            drift.extend(folder.drift()?);
        }
        Ok(Outcome { files, list: drift })
    }

    /// Every file, by folders.
    fn finish(&mut self) -> Result<Vec<PathBuf>, Error> {
        self.owners.check()?;
        let mut files = std::mem::take(&mut self.files);
        sort_by_key(&mut files, |(folder, _)| *folder);
        Ok(files.into_iter().map(|(_, file)| file).collect())
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        // A folder may be in one before it.
        self.folders.iter_mut().for_each(Folder::discard);
        while self.folders.pop().is_some() {}
    }
}

/// Makes a file. Returns nothing if the template prints nothing.
fn made(
    folder: &Folder,
    path: &str,
    temporary: Option<(PathBuf, u32)>,
    print: impl FnOnce(&mut NewFile) -> Result<bool, Error>,
) -> Result<Option<Made>, Error> {
    let mut new = NewFile::new(&folder.path, path, temporary);
    let printed = print(&mut new);
    if let Some(error) = new.error() {
        return Err(error);
    }
    if printed? { new.finish().map(Some) } else { Ok(None) }
}

/// Whether new content replaces what is on disk.
///
/// # Errors
/// If errcat did not write that one.
fn is_needed(folder: &Folder, path: &str, old: &[u8], new: &[u8]) -> Result<bool, Error> {
    if is_same(path, old, new) {
        return Ok(false);
    }
    // Without a manifest, the header tells.
    let is_own = match &folder.manifest {
        Some(_) => folder.listed.contains_key(path),
        None => header::is_shared(old, new),
    };
    if is_own { Ok(true) } else { Err(in_the_way(folder, &folder.path.join(path))) }
}

/// How a file differs from the one on disk, unless only in what doesn't count.
fn drift(file: PathBuf, path: &str, old: &[u8], new: &[u8], is_exact: bool) -> Option<Drift> {
    if !is_exact && is_same(path, old, new) {
        return None;
    }
    Some(match comparable(path, old, new, is_exact) {
        Some((old, new)) => Drift::Differs { path: file, old, new },
        None => Drift::NotText(file),
    })
}

/// The error about a file that is in the way.
fn in_the_way(folder: &Folder, file: &Path) -> Error {
    if folder.manifest.is_some() {
        return Error::usage(
            format!("`{}` is in the way: errcat did not write it", file.display()),
            "move it, or choose another `out`, or run again with `--force` to overwrite it",
        );
    }
    Error::usage(
        format!(
            "`{}` exists, but `{}` does not, so errcat can't tell whether it wrote the file",
            file.display(),
            folder.path.join(manifest::FILE).display()
        ),
        "if the file is yours, move it or choose another `out`; if errcat wrote it, run again with \
         `--force`, and make sure that .gitignore and .dockerignore keep `.errcat-files`",
    )
}

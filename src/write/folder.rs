//! An output folder: what is in it, and what a run makes of it.
//!
//! A run that is killed at any moment leaves a folder that the next run can finish: temporary files take their places
//! only after all are rendered, and every file is listed in the manifest before it exists.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::change::{Change, Drift};
use super::disk::{self, Created, Temporary};
use super::manifest::{self, Asked, Listed};
use super::same::is_same;
use crate::error::Error;
use crate::sorted::SortedSet;

/// A folder on disk, in which outputs make files.
///
/// What is dropped first comes first: no other run may see what is removed.
pub(super) struct Folder {
    /// As the first output spells it.
    pub path: PathBuf,
    /// Without links.
    pub real: PathBuf,
    /// The text of the manifest on disk, if there is one, and the files it lists.
    pub manifest: Option<String>,
    pub listed: Listed,
    /// Every file that is made.
    pub made: Listed,
    /// The new files, and those with another content.
    new: Vec<(String, Temporary)>,
    /// A number for the name of the next temporary file.
    pub number: u32,
    /// How it differs on disk, so far.
    pub drift: Vec<Drift>,
    /// The targets of its outputs.
    pub targets: SortedSet<String>,
    /// The folders in it that were cleared of what a killed run left.
    clean: SortedSet<PathBuf>,
    _created: Option<Created>,
    _lock: Option<File>,
}

impl Folder {
    /// Opens a folder to compare it.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        disk::is_there(path)?;
        Self::read(path, None, None)
    }

    /// Creates a folder unless it exists, locks it, and removes what a killed run left.
    pub(super) fn lock(path: &Path) -> Result<Self, Error> {
        disk::is_there(path)?;
        let created = Created::make(path)?;
        let lock = disk::lock(path)?;
        let mut folder = Self::read(path, Some(created), lock)?;
        let listed: Vec<String> = folder.listed.keys().cloned().collect();
        for path in listed.iter().map(String::as_str).chain([""]) {
            folder.clean(path)?;
        }
        Ok(folder)
    }

    fn read(path: &Path, created: Option<Created>, lock: Option<File>) -> Result<Self, Error> {
        let manifest = manifest::read(path)?;
        Ok(Self {
            path: path.to_owned(),
            real: disk::real(path),
            listed: manifest::parse(manifest.as_deref().unwrap_or_default()),
            manifest,
            made: Listed::new(),
            new: Vec::new(),
            number: std::process::id(),
            drift: Vec::new(),
            targets: SortedSet::new(),
            clean: SortedSet::new(),
            _created: created,
            _lock: lock,
        })
    }

    /// Removes what a killed run left where a file will be. Returns the innermost folder that exists there.
    pub(super) fn clean(&mut self, path: &str) -> Result<PathBuf, Error> {
        let folders = disk::folders_of(&self.path, path);
        for folder in &folders {
            if self.clean.insert(folder.clone()) {
                disk::remove_temporaries(folder)?;
            }
        }
        Ok(folders.last().cloned().unwrap_or_default())
    }

    /// Keeps a file that takes its place once all files are there.
    pub(super) fn put(&mut self, path: &str, temporary: Temporary) {
        self.number = self.number.wrapping_add(1);
        self.new.push((path.to_owned(), temporary));
    }

    /// Removes the files that were to take their places.
    pub(super) fn discard(&mut self) {
        self.new.clear();
    }

    /// Files that no output has any more. Some may already be gone. Those of other targets stay in the manifest.
    fn removals(&mut self) -> Result<Vec<String>, Error> {
        let mut removals = Vec::new();
        for (path, target) in &self.listed {
            if self.made.contains_key(path) {
                continue;
            }
            if !self.targets.contains(target) {
                self.made.insert(path.clone(), target.clone());
            } else if disk::is_file_or_gone(&self.path, path)? {
                removals.push(path.clone());
            }
        }
        Ok(removals)
    }

    /// What configs asked for, as the manifest will say. `config` is the one that asks now.
    fn asked(&self, config: Option<&Path>) -> Asked {
        let mut asked = manifest::asked(self.manifest.as_deref().unwrap_or_default());
        if let Some(config) = config.and_then(|config| above(&self.real, config)) {
            asked.retain(|other, _| self.path.join(other).is_file());
            asked.entry(config).or_default().extend(self.targets.iter().cloned());
        }
        asked
    }

    /// Whether the manifest on disk lists these files and holds nothing else.
    fn lists(&self, files: &Listed, asked: &Asked) -> bool {
        let text = self.manifest.as_deref().unwrap_or_default();
        is_same(manifest::FILE, text.as_bytes(), manifest::text(files, asked).as_bytes())
    }

    /// Puts the new files in their places, and removes those that no output has any more.
    pub(super) fn apply(
        &mut self,
        config: Option<&Path>,
        changes: &mut Vec<Change>,
    ) -> Result<(), Error> {
        let removals = self.removals()?;
        let asked = self.asked(config);
        if self.new.is_empty() && removals.is_empty() && self.lists(&self.made, &asked) {
            return Ok(());
        }
        let file = self.path.join(manifest::FILE);
        let mut all = self.listed.clone();
        all.extend(self.made.clone());
        if all != self.listed {
            disk::replace(&file, manifest::text(&all, &asked).as_bytes())?;
        }
        for (path, temporary) in std::mem::take(&mut self.new) {
            let file = self.path.join(path);
            disk::make(file.parent().unwrap_or(&self.path))?;
            temporary.replace(&file)?;
            changes.push(Change::Wrote(file));
        }
        for path in &removals {
            let file = self.path.join(path);
            if disk::remove(&file)? {
                changes.push(Change::Removed(file));
            }
            disk::remove_empty_parents(&self.path, path);
        }
        if all != self.made || all == self.listed && !self.lists(&all, &asked) {
            disk::replace(&file, manifest::text(&self.made, &asked).as_bytes())?;
        }
        Ok(())
    }

    /// How it differs on disk: files that are out of date, those that no output has any more, or else the manifest.
    pub(super) fn drift(&mut self) -> Result<Vec<Drift>, Error> {
        let removals = self.removals()?;
        let mut drift = std::mem::take(&mut self.drift);
        let left_over = removals.iter().map(|path| self.path.join(path));
        let left_over = left_over.filter(|path| path.symlink_metadata().is_ok());
        drift.extend(left_over.map(Drift::LeftOver));
        let asked = self.asked(None);
        // The files can be right without a manifest: the next run writes one.
        if drift.is_empty()
            && (!removals.is_empty() || !self.lists(&self.made, &asked))
            && let Some(old) = &self.manifest
        {
            let path = self.path.join(manifest::FILE);
            let (old, new) = (old.clone(), manifest::text(&self.made, &asked));
            drift.push(Drift::Differs { path, old, new });
        }
        Ok(drift)
    }
}

/// The path of a config from an output folder, if it is there or in a folder above. Any other depends on the
/// names of folders outside of the repo.
fn above(folder: &Path, config: &Path) -> Option<String> {
    let parent = disk::real(config.parent().unwrap_or(Path::new("")));
    let below = folder.strip_prefix(parent).ok()?;
    let up = "../".repeat(below.components().count());
    let name = config.file_name()?.to_str().filter(|name| !name.contains(char::is_control))?;
    Some(format!("{up}{name}"))
}

//! A catalog, loaded together with those that it includes errors from.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use super::files::Files;
use super::links::Documents;
use super::storage::{Disk, Storage};
use crate::catalog::load::load;
use crate::catalog::{Catalog, find};
use crate::diagnostic::{Copies, Diagnostics, Report, Sources};
use crate::document::{self, Document};
use crate::error::Error;

/// A catalog and those that it includes errors from.
pub(crate) struct Set {
    sources: Arc<Sources>,
    /// The catalog itself comes first. Each has the problems that were found so far.
    loaded: Vec<(Catalog, Report)>,
    copies: Copies,
}

impl Set {
    /// Loads a file, and all that it includes from below the folder `top`.
    ///
    /// # Errors
    /// If one of them can't be read, or isn't plain YAML.
    pub(crate) fn read(file: &Path, top: &Path) -> Result<Self, Error> {
        let bytes = document::file::read(file).map_err(|error| {
            match find::namesake(file, Path::new(".")).filter(|_| !file.exists()) {
                Some(other) => error.with_help(format!("did you mean `{}`?", other.display())),
                None => error,
            }
        })?;
        Self::read_from(&Disk, file, bytes, top)
    }

    /// Loads a file that holds `bytes`, and all that it includes from below the folder `top` of a storage.
    ///
    /// # Errors
    /// If one of them isn't plain YAML, or the storage fails.
    pub(crate) fn read_from(
        storage: &dyn Storage,
        file: &Path,
        bytes: Vec<u8>,
        top: &Path,
    ) -> Result<Self, Error> {
        Self::load(&Files::read(storage, file, bytes, top)?)
    }

    /// Loads a catalog that is not a file.
    ///
    /// # Errors
    /// If it isn't plain YAML.
    pub(crate) fn parse(path: &str, bytes: impl Into<Vec<u8>>) -> Result<Self, Error> {
        Self::load(&Files::of(path, bytes.into())?)
    }

    fn load(files: &Files) -> Result<Self, Error> {
        let sources = Arc::clone(&files.sources);
        let list = (0..sources.len()).map(|file| Document::of(&sources, file));
        let documents = Documents {
            list: list.collect::<Result<_, _>>()?,
            files,
            copies: RefCell::new(Copies::from(sources.end())),
        };
        let load = |file| {
            let mut report = Report::default();
            Some((load(&documents, file, &mut report)?, report))
        };
        let loaded = (0..sources.len()).filter_map(load).collect();
        let copies = documents.copies.into_inner();
        Ok(Self { sources, loaded, copies })
    }

    /// Checks every catalog. `settle` gets a catalog and what `check` found, and adds it to the problems.
    pub(crate) fn check(
        &mut self,
        check: impl Fn(&Catalog) -> Report,
        settle: impl Fn(&Catalog, Report, &mut Report),
    ) {
        let mut found: Vec<Report> = self.loaded.iter().map(|(one, _)| check(one)).collect();
        let reports = self.loaded.iter_mut().map(|(_, report)| report);
        self.copies.settle(reports.chain(&mut found));
        for ((catalog, report), found) in self.loaded.iter_mut().zip(found) {
            settle(catalog, found, report);
        }
    }

    /// The catalog itself, and the problems that were found in it so far.
    #[cfg(feature = "cli")]
    pub(crate) fn own(&mut self) -> Option<(&Catalog, &mut Report)> {
        self.loaded.first_mut().map(|(catalog, report)| (&*catalog, report))
    }

    /// The files that it was read from, and the parts of them that were read again.
    #[cfg(feature = "cli")]
    pub(crate) fn sources(&self) -> (Arc<Sources>, Copies) {
        (Arc::clone(&self.sources), self.copies.clone())
    }

    /// The catalog, without the surfaces that are only there for others to include.
    ///
    /// # Errors
    /// The problems that were found, in all files.
    pub(crate) fn into_catalog(self) -> Result<Catalog, Error> {
        let mut problems = Vec::new();
        let mut catalogs = Vec::new();
        for (file, (catalog, report)) in self.loaded.into_iter().enumerate() {
            if !report.is_empty() {
                problems.push(Diagnostics::new(&self.sources, file, report));
            }
            catalogs.push(catalog);
        }
        match catalogs.into_iter().next() {
            Some(mut catalog) if problems.is_empty() => {
                catalog.surfaces.retain(|surface| !surface.is_pool);
                Ok(catalog)
            }
            _ => Err(Error::of_diagnostics(problems)),
        }
    }
}

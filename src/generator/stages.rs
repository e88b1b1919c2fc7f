//! Each stage of the pipeline alone, for `benches/`. No part of the API: it can change with any
//! version. Never used by errcat itself.

use std::collections::BTreeSet;
use std::path::Path;

use crate::catalog::{Catalog, load};
use crate::diagnostic::Report;
use crate::error::Error;
use crate::lint;
use crate::render::templates::Templates;
use crate::render::{Artifact, Context, Options, Renderer};
use crate::write::{self, Folder};

/// A catalog that was read.
pub struct Parsed(Catalog);

/// A catalog as templates see it.
pub struct Resolved(Context);

/// The files of one target.
pub struct Rendered(Vec<Artifact>);

impl Parsed {
    /// Reads a catalog, without findings if `text` has none.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut report = Report::default();
        let catalog = load::load(text, &mut report)?;
        report.is_empty().then_some(Self(catalog))
    }

    /// Whether no rule finds anything.
    #[must_use]
    pub fn lint(&self) -> bool {
        let mut report = Report::default();
        lint::run(&self.0, &mut report);
        report.is_empty()
    }

    /// Works out what templates see.
    #[must_use]
    pub fn resolve(&self) -> Resolved {
        Resolved(Context::new(&self.0))
    }
}

impl Resolved {
    /// Compiles the templates of a target and renders them.
    ///
    /// # Errors
    /// If there is no such target.
    pub fn render(&self, target: &str) -> Result<Rendered, Error> {
        let templates = Templates::read(None)?;
        let renderer = Renderer::new(&templates, &BTreeSet::from([target]))?;
        renderer.render(target, &self.0, &Options::new(), "errors.yaml").map(Rendered)
    }
}

impl Rendered {
    /// Writes the files into a folder, and tells how many bytes they have.
    ///
    /// # Errors
    /// If the disk says no.
    pub fn write(self, folder: &Path) -> Result<usize, Error> {
        let bytes = self.0.iter().map(|artifact| artifact.text.len()).sum();
        let targets = vec![("bench".to_owned(), self.0)];
        write::write(&[Folder { path: folder.to_owned(), targets }], false)?;
        Ok(bytes)
    }
}

//! Each stage of the pipeline alone, for `benches/`. It is not part of the API and can change with any
//! version.

use std::collections::BTreeSet;
use std::path::Path;

use crate::catalog::Set;
use crate::error::Error;
use crate::lint;
use crate::render::templates::Templates;
use crate::render::{Artifact, Context, Options, Renderer};
use crate::write::{self, Folder, Output};

/// A catalog that was read.
pub struct Parsed(Set);

/// A catalog as templates see it.
pub struct Resolved(Context);

/// The files of one target.
pub struct Rendered(Vec<Artifact>);

impl Parsed {
    /// Reads a catalog.
    ///
    /// # Errors
    /// The problems that loading it finds.
    pub fn new(text: &str) -> Result<Self, Error> {
        Set::parse("errors.yaml", text.as_bytes()).map(Self)
    }

    /// Checks every rule of lint.
    pub fn lint(&mut self) {
        lint::run(&mut self.0);
    }

    /// Works out what templates see.
    ///
    /// # Errors
    /// The problems of the catalog.
    pub fn resolve(self) -> Result<Resolved, Error> {
        Ok(Resolved(Context::new(&self.0.into_catalog()?.into())))
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
    /// If a file can't be written.
    pub fn write(self, folder: &Path) -> Result<usize, Error> {
        let bytes = self.0.iter().map(|artifact| artifact.content.len()).sum();
        let target = "bench".to_owned();
        let output = Output { target, catalog: "errors.yaml".into(), artifacts: self.0 };
        write::write(
            &[Folder { path: folder.to_owned(), config: None, outputs: vec![output] }],
            false,
        )?;
        Ok(bytes)
    }
}

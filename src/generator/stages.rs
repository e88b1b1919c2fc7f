//! Each stage of the pipeline alone, for `benches/` and `tests/fuzz`. It is not part of the API and can change with any
//! version.

use std::io::Write as _;
use std::path::Path;

use crate::catalog::Set;
use crate::config::Output;
use crate::error::Error;
use crate::lint;
use crate::render::templates::Templates;
use crate::render::{Context, Options, Renderer};
use crate::sorted::SortedSet;
use crate::write::{Purpose, Run};

/// A catalog that was read.
pub struct Parsed(Set);

/// A catalog as templates see it.
pub struct Resolved(Context);

/// The files of one target: paths and contents.
pub struct Rendered(Vec<(String, Vec<u8>)>);

impl Parsed {
    /// Reads a catalog.
    ///
    /// # Errors
    /// The problems that loading it finds.
    pub fn new(text: impl AsRef<[u8]>) -> Result<Self, Error> {
        Set::parse("errors.yaml", text.as_ref()).map(Self)
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
        let renderer = Renderer::new(&templates, &SortedSet::from([target]))?;
        let mut files = Vec::new();
        for file in renderer.files(target, &self.0, &Options::new(), "errors.yaml")? {
            let mut content = Vec::new();
            if file.print(&mut content)? {
                files.push((file.path().to_owned(), content));
            }
        }
        Ok(Rendered(files))
    }
}

impl Rendered {
    /// Writes the files into a folder, and returns how many bytes they have.
    ///
    /// # Errors
    /// If a file can't be written.
    pub fn write(self, folder: &Path) -> Result<usize, Error> {
        let bytes = self.0.iter().map(|(_, content)| content.len()).sum();
        let catalog = Path::new("errors.yaml");
        let output = Output::new(catalog, "bench".to_owned(), folder.to_owned(), Options::new());
        let outputs = [output];
        let mut run = Run::begin(&outputs, Purpose::Write { force: false, config: None })?;
        for (output, (path, content)) in outputs.iter().cycle().zip(&self.0) {
            run.file(output, path, |out| {
                let written = out.write_all(content).map(|()| true);
                written.map_err(|error| Error::io("write", folder, error))
            })?;
        }
        run.write()?;
        Ok(bytes)
    }
}

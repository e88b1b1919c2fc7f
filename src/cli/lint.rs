//! `errcat lint`: check catalogs, and print every finding. Never changes a catalog.

use std::io::Write;
use std::path::PathBuf;

use super::{Exit, Failure, generator};

/// Check every catalog, and print every finding
#[derive(Debug, clap::Args)]
pub(super) struct Lint {
    /// A catalog to check, instead of those of errcat.yaml
    #[arg(value_name = "CATALOG")]
    catalogs: Vec<PathBuf>,
}

impl Lint {
    pub(super) fn run(&self, out: &mut dyn Write, _: &mut dyn Write) -> Result<Exit, Failure> {
        let mut generators = Vec::new();
        if self.catalogs.is_empty() {
            generators.push(generator(None, None)?);
        }
        for catalog in &self.catalogs {
            generators.push(generator(Some(catalog), None)?);
        }
        let mut exit = Exit::Clean;
        for generator in generators {
            match generator.lint() {
                Ok(()) => {}
                Err(error) if error.is_findings() => {
                    write!(out, "{}", error.to_text(true))?;
                    exit = Exit::Findings;
                }
                Err(error) => return Err(error.into()),
            }
        }
        out.flush()?;
        Ok(exit)
    }
}

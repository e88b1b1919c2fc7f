//! The config file of a command: the one that `--config` names, or the nearest `errcat.yaml`.

use std::path::{Path, PathBuf};

use super::{misnamed, path};
use crate::config::{self, Plan};
use crate::error::Error;

/// The flag of every command that reads a config file.
#[derive(Debug, clap::Args)]
pub(super) struct ConfigFile {
    /// Use this config file instead of the nearest errcat.yaml
    #[arg(long, value_name = "FILE", value_parser = path())]
    pub config: Option<PathBuf>,
}

impl ConfigFile {
    /// The config file, if there is one.
    ///
    /// # Errors
    /// If a file with a name such as `errcat.yml` is nearer.
    pub(super) fn find(&self) -> Result<Option<PathBuf>, Error> {
        if self.config.is_some() {
            return Ok(self.config.clone());
        }
        let working = working_folder()?;
        let found = config::find(&working);
        match misnamed::find(&working, found.as_deref()) {
            Some(file) => {
                let file = near(&file, &working);
                Err(misnamed::error(&file, &format!("add `--config {}`", file.display())))
            }
            None => Ok(found.map(|file| near(&file, &working))),
        }
    }

    /// The plan for a catalog, or for the config file.
    pub(super) fn plan(&self, catalog: Option<&Path>, out: Option<&Path>) -> Result<Plan, Error> {
        if let Some(catalog) = catalog {
            return Plan::of_catalog(catalog, out.unwrap_or(Path::new("generated")));
        }
        let Some(file) = self.find()? else { return Err(no_config()) };
        let mut plan = config::read(&file)?;
        if let Some(out) = out {
            plan.move_below(out)?;
        }
        Ok(plan)
    }
}

/// The error that there is no config file.
fn no_config() -> Error {
    Error::usage(
        format!("there is no `{}` here or in a folder above", config::FILE),
        "name a catalog with `--catalog FILE`, or run `errcat init`",
    )
}

fn working_folder() -> Result<PathBuf, Error> {
    std::env::current_dir().map_err(|error| {
        Error::usage(
            format!("cannot find the working folder: {error}"),
            "change to a folder that exists, and run the command again",
        )
    })
}

/// The path of a file in a folder or above it, as one would type it in the folder.
fn near(file: &Path, folder: &Path) -> PathBuf {
    let Some(parent) = file.parent() else { return file.to_owned() };
    match folder.strip_prefix(parent) {
        Ok(below) => {
            let up: PathBuf = below.components().map(|_| "..").collect();
            up.join(file.file_name().unwrap_or_default())
        }
        Err(_) => file.to_owned(),
    }
}

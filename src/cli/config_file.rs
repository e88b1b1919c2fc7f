//! The config file of a command: the one that `--config` names, or the nearest `errcat.yaml`.

use std::path::{Component, Path, PathBuf};

use super::{misnamed, path};
use crate::catalog::find;
use crate::config::{self, Plan};
use crate::error::Error;
use crate::text::paths;
use crate::text::words::joined;

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
                let file = paths::relative(&working, &file);
                Err(misnamed::error(&file, &format!("add `--config {}`", file.display())))
            }
            None => Ok(found.map(|file| paths::relative(&working, &file))),
        }
    }

    /// The plan for making a catalog's outputs, or those of the config file.
    pub(super) fn plan(&self, catalog: Option<&Path>, out: Option<&Path>) -> Result<Plan, Error> {
        if let Some(catalog) = catalog {
            return Plan::of_catalog(catalog, out.unwrap_or(Path::new("generated")));
        }
        let mut plan = self.read()?;
        if let Some(out) = out {
            plan.move_below(out)?;
        }
        Ok(plan)
    }

    /// The plan for reading a catalog, or those of the config file.
    pub(super) fn inputs(&self, catalog: Option<&Path>) -> Result<Plan, Error> {
        catalog.map_or_else(|| self.read(), |catalog| Ok(Plan::reading(catalog)))
    }

    fn read(&self) -> Result<Plan, Error> {
        config::read(&self.find()?.ok_or_else(no_config)?)
    }
}

/// The error that there is no config file, with the configs elsewhere in the repo, or else its catalogs.
fn no_config() -> Error {
    let here = Path::new(".");
    let message = format!("there is no `{}` here or in a folder above", config::FILE);
    if let Some(choice) = choice(&config::around(here), "config") {
        return Error::usage(message, format!("{choice}, or change to its folder"));
    }
    let catalogs = find::around(here);
    let top = catalogs.iter().find_map(|file| Some(format!(" in `{}`", above(file)?.display())));
    let choice = choice(&catalogs, "catalog");
    let choice = choice.unwrap_or_else(|| "name a catalog with `--catalog FILE`".to_owned());
    Error::usage(message, format!("{choice}, or run `errcat init`{}", top.unwrap_or_default()))
}

/// The most files that are listed.
const MAX_SHOWN: usize = 3;

/// How to choose one of the files that a repo has, with a flag of the name of what they are.
fn choice(found: &[PathBuf], what: &str) -> Option<String> {
    let shown = found.iter().take(MAX_SHOWN).map(|file| format!("`{}`", file.display()));
    let more = found.len().saturating_sub(MAX_SHOWN);
    let all: Vec<String> = shown.chain((more > 0).then(|| format!("{more} more"))).collect();
    let (plural, name) = if found.len() == 1 { ("", "add") } else { ("s", "name one, as in") };
    let (all, first) = (joined(&all, " and "), found.first()?.display());
    Some(format!("this repo has the {what}{plural} {all}: {name} `--{what} {first}`"))
}

/// The `..` that a path begins with.
pub(super) fn above(file: &Path) -> Option<PathBuf> {
    let up = file.components().take_while(|part| *part == Component::ParentDir);
    let up: PathBuf = up.collect();
    (!up.as_os_str().is_empty()).then_some(up)
}

pub(super) fn working_folder() -> Result<PathBuf, Error> {
    std::env::current_dir().map_err(|error| {
        Error::usage(
            format!("cannot find the working folder: {error}"),
            "change to a folder that exists, and run the command again",
        )
    })
}

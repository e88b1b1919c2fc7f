//! The folder of a new errcat.yaml: what is in the way there, and what people should know about the folders
//! around it.

use std::path::Path;

use super::CATALOG_FILE;
use super::repo::Repo;
use crate::catalog::find;
use crate::cli::{config_file, misnamed};
use crate::config;
use crate::error::Error;
use crate::text::paths;

/// Why nothing can be written. `found` are the catalogs of the repo.
pub(super) fn refusal(repo: &Repo, found: &[String]) -> Option<Error> {
    let config = Path::new(config::FILE);
    if repo.has(config::FILE) {
        let has_problems = config::read(config).is_err_and(|error| error.diagnostics().is_some());
        let help = "nothing was written; it has problems: correct what `errcat lint` shows, or delete \
                    it and run `errcat init` again";
        return has_problems
            .then(|| Error::usage(format!("`{}` already exists", config::FILE), help));
    }
    if let Some(file) = misnamed::in_folder(repo.0, 1) {
        let file = Path::new(file.file_name().unwrap_or_default());
        return Some(misnamed::error(file, "move it away; nothing was written"));
    }
    let is_taken = repo.has(CATALOG_FILE) && !found.iter().any(|file| file == CATALOG_FILE);
    (found.is_empty() && is_taken).then(|| {
        Error::usage(
            format!("`{CATALOG_FILE}` already exists"),
            "nothing was written; it isn't the catalog of an API: rename it, or run `errcat init` in \
             another folder",
        )
    })
}

/// A note about other configs above and below the folder, or else about catalogs of the repo that aren't below.
pub(super) fn note(found: &[String]) -> Option<String> {
    let working = config_file::working_folder().ok()?;
    let name = config::FILE;
    if let Some(above) = config::find(working.parent()?) {
        let above = paths::relative(&working, &above);
        let above = above.display();
        return Some(format!(
            "note: here, errcat reads this {name} instead of `{above}` from now on"
        ));
    }
    // The walk meets the new config too.
    let mut configs = config::around(&working).into_iter();
    if let Some(below) = configs.find(|file| !file.starts_with("..") && file != Path::new(name)) {
        let below = below.display();
        return Some(format!("note: in its own folder, errcat still reads `{below}`"));
    }
    let others = if found.is_empty() { find::around(&working) } else { Vec::new() };
    let (other, top) = others.iter().find_map(|file| Some((file, config_file::above(file)?)))?;
    Some(format!(
        "note: this repo also has the catalog `{}`; `errcat init` in `{}` makes one {name} for all",
        other.display(),
        top.display()
    ))
}

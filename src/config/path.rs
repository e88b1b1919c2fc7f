//! The paths in errcat.yaml: as seen from the working folder, and what is wrong with them.

use std::path::{Path, PathBuf};

use super::schema::{MALFORMED_PATH, MISSING_PATH, PATH, SHARED_ONLY};
use crate::catalog::find;
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{self, Members};
use crate::error::Error;
use crate::sorted::{SortedMap, SortedSet};
use crate::text::{files, paths};
use crate::yaml::{Node, Value};

/// The folder of a config, to which its paths are relative.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// A path of the config to read from, as seen from the working folder. A file may have any name.
pub(super) fn source(node: &Node, folder: &Path, report: &mut Report) -> Option<PathBuf> {
    match &node.value {
        Value::Text(text) if folder.join(text.as_ref()).exists() => {
            Some(folder.join(text.as_ref()))
        }
        _ => path(node, folder, report),
    }
}

/// A path of the config, as seen from the working folder.
pub(super) fn path(node: &Node, folder: &Path, report: &mut Report) -> Option<PathBuf> {
    let Value::Text(text) = &node.value else { return None };
    let names = text.split('/').filter(|name| !matches!(*name, "" | "." | ".."));
    let flaw = || {
        let flaw = names.clone().find_map(files::windows_flaw)?;
        Some((format!("not every system can have `{text}`: {flaw}"), "choose another name".into()))
    };
    let refusal = paths::refusal(text, MALFORMED_PATH.fix).or_else(flaw);
    if (PATH.holds)(text)
        && let Some((message, help)) = refusal
    {
        report.push(Diagnostic::new(&MALFORMED_PATH, node.at, message, help));
        return None;
    }
    Some(folder.join(text.as_ref()))
}

/// Reports catalogs that don't exist, and those that have no outputs, at the lines of the config that name
/// them.
pub(crate) fn report_catalogs(
    config: &Path,
    missing: &SortedSet<&Path>,
    shared: &SortedSet<&Path>,
) -> Result<(), Error> {
    document::read(config, |document, report| {
        let folder = folder_of(config);
        let mut first: SortedMap<PathBuf, Option<Diagnostic>> = SortedMap::new();
        let lists = ["outputs", "sources"].map(|name| document.fields().list(name));
        for item in lists.into_iter().flatten() {
            let Some(node) = Members::of(item).get("catalog") else { continue };
            let Value::Text(text) = &node.value else { continue };
            let path = folder.join(text.as_ref());
            let new = if missing.contains(path.as_path()) {
                self::missing(node, &path, folder, "catalog")
            } else if shared.contains(path.as_path()) {
                let message = format!("every surface of `{text}` lacks a `shape`");
                Diagnostic::of(&SHARED_ONLY, node.at, message)
            } else {
                continue;
            };
            let diagnostic = first.entry(path).or_default();
            *diagnostic = Some(match diagnostic.take() {
                Some(diagnostic) => diagnostic.also(node.at, "the same path is here too"),
                None => new,
            });
        }
        for diagnostic in first.into_values().flatten() {
            report.push(diagnostic);
        }
        Ok(())
    })
}

/// The problem that there is no `wanted` at a path of the config.
pub(super) fn missing(node: &Node, path: &Path, folder: &Path, wanted: &str) -> Diagnostic {
    let written = path.strip_prefix(folder).unwrap_or(path).display();
    let message = match path.metadata() {
        Ok(metadata) if metadata.is_dir() => format!("`{written}` is a folder, not a {wanted}"),
        Ok(_) => format!("`{written}` is a file, not a {wanted}"),
        Err(_) => format!("there is no {wanted} `{written}`"),
    };
    let near = || document::file::meant(path).filter(|meant| meant != path);
    match find::namesake(path, folder).or_else(near) {
        Some(meant) => {
            let meant = meant.strip_prefix(folder).unwrap_or(&meant).display().to_string();
            Diagnostic::new(&MISSING_PATH, node.at, message, format!("did you mean `{meant}`?"))
        }
        None => Diagnostic::of(&MISSING_PATH, node.at, message),
    }
}

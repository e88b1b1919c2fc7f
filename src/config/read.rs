//! errcat.yaml → a [`Plan`].

use std::path::Path;
#[cfg(feature = "cli")]
use std::path::PathBuf;

use super::outputs;
use super::path::{folder_of, missing, source};
use super::plan::Plan;
use super::requirement::Requirement;
use super::schema::CONFIG;
#[cfg(feature = "cli")]
use super::schema::PATH;
#[cfg(feature = "cli")]
use super::sources;
#[cfg(feature = "cli")]
use crate::catalog;
use crate::diagnostic::Report;
#[cfg(feature = "cli")]
use crate::document::Members;
#[cfg(feature = "cli")]
use crate::document::walk;
use crate::document::{self, Document};
use crate::error::Error;
use crate::render::templates::Templates;
#[cfg(feature = "cli")]
use crate::sorted::SortedSet;
use crate::text::version::Version;
#[cfg(feature = "cli")]
use crate::yaml::{self, NodeId};
use crate::yaml::{Node, Value};

/// The name of the config file.
#[cfg(feature = "cli")]
pub(crate) const FILE: &str = "errcat.yaml";

/// The nearest config file in a folder or above it. One that can't be read counts too, because the next
/// one above would write to other folders.
#[cfg(feature = "cli")]
pub(crate) fn find(from: &Path) -> Option<PathBuf> {
    from.ancestors().map(|folder| folder.join(FILE)).find(|file| file.symlink_metadata().is_ok())
}

/// Every config file in the repo of a folder: paths as seen from the folder.
#[cfg(feature = "cli")]
pub(crate) fn around(folder: &Path) -> Vec<PathBuf> {
    catalog::find::in_repo(folder, |top| walk::files(top, |name| name == FILE))
}

/// The folder of templates that a config names. It need not exist, and the rest of the config may
/// have problems.
#[cfg(feature = "cli")]
pub(crate) fn templates_folder(file: &Path) -> Result<Option<PathBuf>, Error> {
    document::read(file, |document, report| {
        let Some(node) = document.fields().get("templates") else { return Ok(None) };
        match &node.value {
            Value::Text(path) if (PATH.holds)(path) => {
                Ok(Some(folder_of(file).join(path.as_ref())))
            }
            _ => {
                document.check(&CONFIG, report);
                Ok(None)
            }
        }
    })
}

/// The catalogs that the text of a config file names, as seen from the working folder. The rest of it may have
/// problems.
#[cfg(feature = "cli")]
pub(crate) fn catalogs(file: &Path, text: &str) -> SortedSet<PathBuf> {
    let Ok(root) = yaml::parse(text, NodeId::FIRST) else { return SortedSet::new() };
    let outputs = Members::of(&root).list("outputs");
    let named = outputs.iter().filter_map(|item| match &Members::of(item).get("catalog")?.value {
        Value::Text(path) => Some(folder_of(file).join(path.as_ref())),
        _ => None,
    });
    named.collect()
}

/// Reads a config file. Paths in it are relative to its folder.
///
/// # Errors
/// If it can't be read, has problems, or requires another version of errcat.
pub(crate) fn read(file: &Path) -> Result<Plan, Error> {
    document::read(file, |document, report| {
        // Before anything else: another version may know other fields.
        check_version(document, file)?;
        document.check(&CONFIG, report);
        plan(document, file, report)
    })
}

fn plan(document: &Document, file: &Path, report: &mut Report) -> Result<Plan, Error> {
    let fields = document.fields();
    let folder = folder_of(file);
    let mut plan = Plan { config: Some(file.to_owned()), ..Plan::default() };
    if let Some(node) = fields.get("templates") {
        plan.templates = source(node, folder, report);
        if let Some(templates) = &plan.templates
            && !templates.is_dir()
        {
            report.push(missing(node, templates, folder, "folder"));
            return Ok(plan);
        }
    }
    let known = Templates::read(plan.templates.as_deref())?;
    plan.outputs = outputs::read(fields, folder, &known, report)?;
    #[cfg(feature = "cli")]
    {
        plan.sources = sources::read(fields, folder, report);
    }
    Ok(plan)
}

fn check_version(document: &Document, file: &Path) -> Result<(), Error> {
    let Some(Node { value: Value::Text(requirement), .. }) = document.fields().get("requires")
    else {
        return Ok(());
    };
    let own = env!("CARGO_PKG_VERSION");
    let (Some(accepted), Some(version)) = (Requirement::parse(requirement), Version::parse(own))
    else {
        return Ok(()); // The check of the fields reports it, with its place.
    };
    if accepted.accepts(version.core) {
        return Ok(());
    }
    Err(Error::usage(
        format!("this is errcat {own}, but `{}` requires {requirement}", file.display()),
        "install a version that it accepts, or change `requires` and regenerate",
    ))
}

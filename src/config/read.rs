//! errcat.yaml → a [`Plan`].

use std::path::Path;
#[cfg(feature = "cli")]
use std::path::PathBuf;

use serde_json::Value as Json;

use super::option::{OPTION_VALUE, Refusal};
use super::plan::{Output, Plan};
use super::schema::CONFIG;
use super::target::{self, UNKNOWN_OPTION, UNKNOWN_TARGET};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{self, Document, Members};
use crate::error::Error;
use crate::render::Options;
use crate::render::templates::Templates;
use crate::text::suggest;
use crate::yaml::{Node, Value};

/// The name of the config file.
#[cfg(feature = "cli")]
pub(crate) const FILE: &str = "errcat.yaml";

/// The config file of a folder, looked for upwards. One that can't be read counts too: going on to
/// another would write where that one says.
#[cfg(feature = "cli")]
pub(crate) fn find(from: &Path) -> Option<PathBuf> {
    from.ancestors().map(|folder| folder.join(FILE)).find(|file| file.symlink_metadata().is_ok())
}

/// The folder of templates that a config names. It need not exist, and the rest of the config may
/// have problems.
#[cfg(feature = "cli")]
pub(crate) fn templates_folder(file: &Path) -> Result<Option<PathBuf>, Error> {
    document::read(file, |document, report| {
        let Some(node) = document.fields().get("templates") else { return Ok(None) };
        match &node.value {
            Value::Text(path) if (super::schema::PATH.holds)(path) => {
                Ok(Some(folder_of(file).join(path.as_ref())))
            }
            _ => {
                document.check(&CONFIG, report);
                Ok(None)
            }
        }
    })
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

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

fn plan(document: &Document, file: &Path, report: &mut Report) -> Result<Plan, Error> {
    let fields = document.fields();
    let folder = folder_of(file);
    let path = |node: &Node| match &node.value {
        Value::Text(text) => Some(folder.join(text.as_ref())),
        _ => None,
    };
    let templates = fields.get("templates").and_then(path);
    let known = Templates::read(templates.as_deref())?;
    let mut outputs = Vec::new();
    for item in fields.list("outputs") {
        let fields = Members::of(item);
        let (Some(catalog), Some(target), Some(out)) =
            (fields.get("catalog"), fields.get("target"), fields.get("out"))
        else {
            continue;
        };
        let (Value::Text(written), Value::Text(name)) = (&catalog.value, &target.value) else {
            continue;
        };
        if !known.targets().contains(&name.as_ref()) {
            report.push(Diagnostic::new(
                &UNKNOWN_TARGET,
                target.at,
                format!("there is no target `{name}`"),
                suggest::help(name, known.targets()),
            ));
            continue;
        }
        let options = options(fields, name, &known, report)?;
        if let (Some(catalog), Some(folder)) = (path(catalog), path(out)) {
            outputs.push(Output {
                catalog,
                source: Output::source(Path::new(written.as_ref())),
                target: name.clone().into_owned(),
                folder,
                options,
            });
        }
    }
    Ok(Plan { config: Some(file.to_owned()), outputs, on_request: Vec::new(), templates })
}

fn check_version(document: &Document, file: &Path) -> Result<(), Error> {
    let Some(Node { value: Value::Text(requirement), .. }) = document.fields().get("requires")
    else {
        return Ok(());
    };
    let (Ok(requirement), Ok(own)) =
        (semver::VersionReq::parse(requirement), semver::Version::parse(env!("CARGO_PKG_VERSION")))
    else {
        return Ok(()); // The check of the fields reports it, with its place.
    };
    if requirement.matches(&own) {
        return Ok(());
    }
    Err(Error::usage(
        format!("this is errcat {own}, but `{}` requires {requirement}", file.display()),
        "install a version that it accepts, or change `requires` and regenerate",
    ))
}

/// The options of an output, as far as its target takes them.
fn options(
    output: Members,
    target: &str,
    templates: &Templates,
    report: &mut Report,
) -> Result<Options, Error> {
    let mut options = Options::new();
    let Some(given) = output.mapping("options") else { return Ok(options) };
    let description = target::describe(target, templates)?;
    for (name, at, node) in given.entries() {
        let option = match description.option(name) {
            Ok(option) => option,
            Err((message, help)) => {
                report.push(Diagnostic::new(&UNKNOWN_OPTION, at, message, help));
                continue;
            }
        };
        let Some(value) = value(node) else { continue };
        if let Some(Refusal { item, message, help }) = option.refuses(&value) {
            let wrong = match (&node.value, item) {
                (Value::List(items), Some(index)) => items.get(index).unwrap_or(node),
                _ => node,
            };
            report.push(Diagnostic::new(&OPTION_VALUE, wrong.at, message, help));
        }
        options.insert(name.to_owned(), value);
    }
    Ok(options)
}

/// The value of an option; none if the check of the fields reports it.
fn value(node: &Node) -> Option<Json> {
    match &node.value {
        Value::Text(text) => Some(text.as_ref().into()),
        Value::Boolean(value) => Some((*value).into()),
        Value::List(items) => items.iter().map(value).collect(),
        _ => None,
    }
}

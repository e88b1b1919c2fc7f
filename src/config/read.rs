//! errcat.yaml → a [`Plan`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::option::{OPTION_VALUE, Refusal};
use super::plan::{Output, Plan};
use super::schema::{CONFIG, EMPTY_OUTPUTS, MALFORMED_PATH, MISSING_PATH, PATH, SHARED_ONLY};
use super::target::{self, UNKNOWN_OPTION, UNKNOWN_TARGET};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{self, Document, Members};
use crate::error::Error;
use crate::render::Options;
use crate::render::templates::Templates;
use crate::text::{files, paths, suggest};
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
    if let Some(Node { value: Value::List(items), at, .. }) = fields.get("outputs")
        && items.is_empty()
    {
        report.push(Diagnostic::of(&EMPTY_OUTPUTS, *at, "errcat.yaml asks for no outputs"));
    }
    let known = Templates::read(plan.templates.as_deref())?;
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
        let paths = (source(catalog, folder, report), path(out, folder, report));
        if let (Some(catalog), Some(folder)) = paths {
            plan.outputs.push(Output {
                catalog,
                source: Output::source(Path::new(written.as_ref())),
                target: name.clone().into_owned(),
                folder,
                options,
            });
        }
    }
    Ok(plan)
}

/// A path of the config to read from, as seen from the working folder. A file may have any name.
fn source(node: &Node, folder: &Path, report: &mut Report) -> Option<PathBuf> {
    match &node.value {
        Value::Text(text) if folder.join(text.as_ref()).exists() => {
            Some(folder.join(text.as_ref()))
        }
        _ => path(node, folder, report),
    }
}

/// A path of the config, as seen from the working folder.
fn path(node: &Node, folder: &Path, report: &mut Report) -> Option<PathBuf> {
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

/// Reports catalogs that don't exist, and those from which nothing can be made, at the lines of the config
/// that name them.
pub(crate) fn report_catalogs(
    config: &Path,
    missing: &BTreeSet<&Path>,
    shared: &BTreeSet<&Path>,
) -> Result<(), Error> {
    document::read(config, |document, report| {
        let folder = folder_of(config);
        let mut first: BTreeMap<PathBuf, Diagnostic> = BTreeMap::new();
        for output in document.fields().list("outputs") {
            let Some(node) = Members::of(output).get("catalog") else { continue };
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
            let diagnostic = match first.remove(&path) {
                Some(diagnostic) => diagnostic.also(node.at, "the same path is here too"),
                None => new,
            };
            first.insert(path, diagnostic);
        }
        for diagnostic in first.into_values() {
            report.push(diagnostic);
        }
        Ok(())
    })
}

/// The problem that there is no `wanted` at a path of the config.
fn missing(node: &Node, path: &Path, folder: &Path, wanted: &str) -> Diagnostic {
    let written = path.strip_prefix(folder).unwrap_or(path).display();
    let message = match path.metadata() {
        Ok(metadata) if metadata.is_dir() => format!("`{written}` is a folder, not a {wanted}"),
        Ok(_) => format!("`{written}` is a file, not a {wanted}"),
        Err(_) => format!("there is no {wanted} `{written}`"),
    };
    match document::file::meant(path).filter(|meant| meant != path) {
        Some(meant) => {
            let meant = meant.strip_prefix(folder).unwrap_or(&meant).display().to_string();
            Diagnostic::new(&MISSING_PATH, node.at, message, format!("did you mean `{meant}`?"))
        }
        None => Diagnostic::of(&MISSING_PATH, node.at, message),
    }
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
        Value::Boolean(value) => Some((*value).into()),
        Value::List(items) => items.iter().map(text).collect(),
        _ => text(node),
    }
}

fn text(node: &Node) -> Option<Json> {
    match &node.value {
        Value::Text(text) => Some(text.as_ref().into()),
        _ => None,
    }
}

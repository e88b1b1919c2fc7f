//! `sources` in errcat.yaml: which files use the codes of a catalog, and how to find codes in them.

use std::path::{Path, PathBuf};

use regex::bytes::{Regex, RegexBuilder};

use super::glob::{Glob, absolute};
use super::path::source;
use super::schema::{EMPTY_SOURCE, MALFORMED_PATTERN};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{self, Members};
use crate::error::Error;
use crate::yaml::{Node, Value};

/// Files that use the codes of a catalog.
#[derive(Debug)]
pub(crate) struct CodeSource {
    pub catalog: PathBuf,
    /// The surface that has the codes. Without one, any surface of the catalog.
    pub surface: Option<String>,
    pub globs: Vec<Glob>,
    /// Finds each code, as its group `code`.
    pub code: Option<Regex>,
}

/// A part of an item of `sources`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Surface,
    /// One of the globs.
    Glob(usize),
    Code,
}

/// Every item of `sources`.
pub(super) fn read(config: Members, folder: &Path, report: &mut Report) -> Vec<CodeSource> {
    let mut sources = Vec::new();
    for item in config.list("sources") {
        let item = Members::of(item);
        let catalog = item.get("catalog").and_then(|node| source(node, folder, report));
        let globs: Vec<Option<Glob>> =
            globs(item).iter().map(|node| glob(node, folder, report)).collect();
        let globs = globs.into_iter().flatten().collect();
        let surface = item.get("surface").and_then(text).map(str::to_owned);
        let code = item.get("code").and_then(|node| pattern(node, report));
        sources.extend(catalog.map(|catalog| CodeSource { catalog, surface, globs, code }));
    }
    sources
}

/// The nodes of an item's globs.
fn globs<'n, 't>(item: Members<'n, 't>) -> &'n [Node<'t>] {
    match item.get("files") {
        Some(Node { value: Value::List(items), .. }) => items,
        Some(node) => std::slice::from_ref(node),
        None => &[],
    }
}

fn glob(node: &Node, folder: &Path, report: &mut Report) -> Option<Glob> {
    let text = text(node).filter(|text| !text.is_empty())?;
    match Glob::new(text, &absolute(folder)) {
        Ok(glob) => Some(glob),
        Err(why) => {
            let message = format!("`{text}` is not a glob: {why}");
            let help = "write a glob as in .gitignore, such as `src/**/*.go`";
            report.push(Diagnostic::new(&MALFORMED_PATTERN, node.at, message, help));
            None
        }
    }
}

fn pattern(node: &Node, report: &mut Report) -> Option<Regex> {
    // The check of the fields reports a text without the group.
    let text = text(node).filter(|text| text.contains("<code>"))?;
    let built = RegexBuilder::new(text).multi_line(true).crlf(true).build();
    match built {
        Ok(regex) if regex.capture_names().flatten().any(|name| name == "code") => Some(regex),
        Ok(_) => {
            let message = "this regular expression lacks a group `code`";
            report.push(Diagnostic::of(&MALFORMED_PATTERN, node.at, message));
            None
        }
        Err(error) => {
            let error = error.to_string();
            let why = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
            let message = format!("this regular expression can't be read: {why}");
            let help =
                "write it in the syntax of Rust's crate regex: https://docs.rs/regex/#syntax";
            report.push(Diagnostic::new(&MALFORMED_PATTERN, node.at, message, help));
            None
        }
    }
}

fn text<'n>(node: &'n Node) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) => Some(text.as_ref()),
        _ => None,
    }
}

/// Reports parts of `sources` that find nothing: the index of the item, the part, the message and what to do.
pub(crate) fn report_sources(
    config: &Path,
    problems: &[(usize, Part, String, String)],
) -> Result<(), Error> {
    document::read(config, |document, report| {
        for (index, part, message, help) in problems {
            let Some(item) = document.fields().list("sources").get(*index) else { continue };
            let fields = Members::of(item);
            let node = match part {
                Part::Surface => fields.get("surface"),
                Part::Code => fields.get("code"),
                Part::Glob(glob) => globs(fields).get(*glob),
            };
            let at = node.unwrap_or(item).at;
            report.push(Diagnostic::new(&EMPTY_SOURCE, at, message, help));
        }
        Ok(())
    })
}

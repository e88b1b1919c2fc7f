//! A YAML file that people write: bytes → text → tree → checked against a table of fields. Catalogs,
//! errcat.yaml and `_target.yaml` are all read here.

pub(crate) mod check;
mod fields;
pub(crate) mod file;
mod members;
pub(crate) mod schema;

use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics, Report};
use crate::error::Error;
use crate::yaml::{self, Node, SyntaxError, Value};
pub(crate) use fields::{Fields, Optional, Typed};
pub(crate) use members::Members;
use schema::{Kind, Mapping};

/// A file that is YAML.
pub(crate) struct Document<'t> {
    /// The whole file, without a byte order mark.
    pub text: &'t str,
    root: Node<'t>,
}

/// Reads a file of the disk: see [`parse`].
pub(crate) fn read<T>(
    file: &Path,
    build: impl FnOnce(&Document, &mut Report) -> Result<T, Error>,
) -> Result<T, Error> {
    parse(&file.display().to_string(), &file::read(file)?, build)
}

/// Parses a file and makes something of it.
///
/// `build` checks the document against the table of its fields, and may report further problems.
///
/// # Errors
/// The problems that were found, each with its place in the file `path`; or what `build` fails with.
pub(crate) fn parse<T>(
    path: &str,
    bytes: &[u8],
    build: impl FnOnce(&Document, &mut Report) -> Result<T, Error>,
) -> Result<T, Error> {
    let text = match yaml::text(bytes) {
        Ok(text) => text,
        Err(error) => return Err(unreadable(path, &String::from_utf8_lossy(bytes), error)),
    };
    let root = match yaml::parse(text) {
        Ok(root) => root,
        Err(error) => return Err(unreadable(path, text, error)),
    };
    let mut report = Report::default();
    let made = build(&Document { text, root }, &mut report)?;
    if report.is_empty() {
        return Ok(made);
    }
    Err(Error::of_diagnostics(vec![Diagnostics::new(path, text.to_owned(), report)]))
}

/// The error about a file that is not YAML, or more than plain data.
fn unreadable(path: &str, text: &str, error: SyntaxError) -> Error {
    let rule = if error.is_yaml { &check::PLAIN_DATA } else { &check::YAML_SYNTAX };
    let mut report = Report::default();
    report.push(Diagnostic::syntax(rule, error));
    Error::of_diagnostics(vec![Diagnostics::new(path, text.to_owned(), report)])
}

impl<'t> Document<'t> {
    /// The fields at the top of the file. What [`Document::check`] reports about them reads as absent.
    pub(crate) fn fields(&self) -> Members<'_, 't> {
        Members::of(&self.root)
    }

    /// Reports everything in the file that does not fit a table of fields.
    pub(crate) fn check(&self, table: &'static Mapping, report: &mut Report) {
        let is_empty = match &self.root.value {
            Value::Mapping(_) => {
                let name = format_args!("{}", table.what);
                return check::check(&self.root, name, &Kind::Mapping(table), report);
            }
            value => matches!(value, Value::Null),
        };
        let message = if is_empty {
            "the file is empty".to_owned()
        } else {
            let kind = self.root.value.kind();
            format!("{} is a mapping, but YAML reads this file as {kind}", table.what)
        };
        let required = table.fields.iter().filter(|field| field.required);
        let names: Vec<String> = required.map(|field| format!("`{}`", field.name)).collect();
        let help = format!("start with the required fields: {}", names.join(", "));
        report.push(Diagnostic::new(&check::WRONG_TYPE, self.root.at, message, help));
    }
}

//! A YAML file that people write: bytes → text → tree → checked against a table of fields. Catalogs,
//! errcat.yaml and `_target.yaml` are all read here.

pub(crate) mod check;
mod fields;
pub(crate) mod file;
mod lone;
mod meant;
mod members;
pub(crate) mod rules;
pub(crate) mod schema;
mod source;
mod text;
mod values;
pub(crate) mod walk;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Report, Rule, Sources};
use crate::error::Error;
use crate::yaml::{self, Node, NodeId, SyntaxError, Value};
pub(crate) use fields::{Fields, Optional, Typed};
pub(crate) use members::Members;
use schema::Mapping;

/// The rules about every file. Forms and ranges bring their own.
pub(crate) const RULES: &[&[&Rule]] = &[rules::RULES, lone::RULES, source::RULES, text::RULES];

/// A file that is YAML.
pub(crate) struct Document<'t> {
    /// The whole file, without a byte order mark.
    pub text: &'t str,
    /// The number of its first scalar.
    first: NodeId,
    root: Node<'t>,
}

/// Reads a file of the disk: see [`parse`].
pub(crate) fn read<T>(
    file: &Path,
    build: impl FnOnce(&Document, &mut Report) -> Result<T, Error>,
) -> Result<T, Error> {
    parse(&file.display().to_string(), file::read(file)?, build)
}

/// Parses a file and makes something of it.
///
/// `build` checks the document against the table of its fields, and may report further problems.
///
/// # Errors
/// The problems that were found, each with its place in the file `path`; or what `build` fails with.
pub(crate) fn parse<T>(
    path: &str,
    bytes: impl Into<Vec<u8>>,
    build: impl FnOnce(&Document, &mut Report) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut sources = Sources::default();
    let file = add(&mut sources, path, bytes.into())?;
    let sources = Arc::new(sources);
    let mut report = Report::default();
    let made = build(&Document::of(&sources, file)?, &mut report)?;
    if report.is_empty() {
        return Ok(made);
    }
    Err(Error::of_diagnostics(vec![Diagnostics::new(&sources, file, report)]))
}

/// Adds a file to others that are read together, and returns its index.
///
/// # Errors
/// That it is not text.
pub(crate) fn add(sources: &mut Sources, path: &str, mut bytes: Vec<u8>) -> Result<usize, Error> {
    match yaml::text(&bytes).map(|text| bytes.len() - text.len()) {
        Ok(mark) => {
            // A long text is not copied.
            bytes.drain(..mark);
            Ok(sources.add(path.to_owned(), String::from_utf8(bytes).unwrap_or_default()))
        }
        Err(error) => {
            let mut alone = Sources::default();
            let file = alone.add(path.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
            Err(unreadable(&Arc::new(alone), file, error))
        }
    }
}

/// The error about a file that is not YAML, or more than plain data.
fn unreadable(sources: &Arc<Sources>, file: usize, error: SyntaxError) -> Error {
    let rule = if error.is_yaml { &rules::PLAIN_DATA } else { &rules::YAML_SYNTAX };
    let mut report = Report::default();
    report.push(Diagnostic::syntax(rule, error));
    Error::of_diagnostics(vec![Diagnostics::new(sources, file, report)])
}

impl<'t> Document<'t> {
    /// One of several files that are read together.
    ///
    /// # Errors
    /// That it is not YAML, or more than plain data.
    pub(crate) fn of(sources: &'t Arc<Sources>, file: usize) -> Result<Self, Error> {
        let (text, first) =
            sources.get(file).map_or(("", NodeId::FIRST), |source| (&source.text, source.first));
        let root = yaml::parse(text, first).map_err(|error| unreadable(sources, file, error))?;
        Ok(Self { text, first, root })
    }

    /// The fields at the top of the file. What [`Document::check`] reports about them reads as absent.
    pub(crate) fn fields(&self) -> Members<'_, 't> {
        Members::of(&self.root)
    }

    /// From the first scalar of the file to the one after its last.
    pub(crate) fn range(&self) -> Range<NodeId> {
        self.root.at..self.root.end
    }

    /// Reports everything in the file that does not fit a table of fields.
    pub(crate) fn check(&self, table: &'static Mapping, report: &mut Report) {
        if matches!(self.root.value, Value::Mapping(_)) {
            lone::check(&self.root, self.text, self.first, table, report);
            let suspects = check::check(&self.root, self.text, table, report);
            return source::check(self.text, self.first, suspects, report);
        }
        let required = table.fields.iter().filter(|field| field.is_always_required());
        let names: Vec<String> = required.map(|field| format!("`{}`", field.name)).collect();
        let help = format!("start with the required fields: {}", names.join(", "));
        report.push(match (&self.root.value, yaml::foreign(self.text)) {
            (_, Some(language)) => {
                let message = format!("this file is {language}, not YAML");
                Diagnostic::of_file(&rules::WRONG_TYPE, message, "name a YAML file")
            }
            (Value::Null, None) => {
                let has_comments = self.text.lines().any(|line| line.trim_start().starts_with('#'));
                let message =
                    if has_comments { "the file has only comments" } else { "the file is empty" };
                Diagnostic::of_file(&rules::MISSING_FIELD, message, help)
            }
            (value, None) => {
                let message =
                    format!("{} is a mapping, but this file is {}", table.what, value.kind());
                Diagnostic::of_file(&rules::WRONG_TYPE, message, help)
            }
        });
    }
}

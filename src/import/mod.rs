//! A document that lists errors → a catalog to start from, as text. What the document says stays as
//! written. What it lacks is left out and counted.

mod cells;
mod columns;
mod csv;
mod data;
mod markdown;
mod names;
mod openapi;
mod records;
mod report;
mod scalar;
mod settle;
mod shape;
mod source;
mod table;
mod tables;
mod writer;

use std::path::{Path, PathBuf};

pub(crate) use columns::{Field, Given};
use serde_json::Value as Json;
use source::{Kind, Source};

use crate::catalog::Code;
use crate::error::Error;

/// What a document doesn't know about the new catalog.
#[derive(Debug)]
pub(crate) struct Frame<'f> {
    /// The name of the product, if the repo has one.
    pub product: Option<String>,
    /// The YAML of a surface's `shape`, to use instead of what the document says.
    pub shape: Option<&'f str>,
    /// The name of the catalog's file.
    pub file: &'f str,
}

/// A catalog that was made from documents.
#[derive(Debug)]
pub(crate) struct Imported {
    pub text: String,
    /// What was taken, what is missing and what was not read, a line each.
    pub report: Vec<String>,
    /// How many problems `errcat lint` finds in it.
    pub problems: usize,
}

/// One error, as a document describes it.
#[derive(Debug, Default)]
struct Entry {
    code: Option<Code>,
    name: Option<String>,
    statuses: Vec<u16>,
    meaning: Option<String>,
    fix: Option<String>,
    retryable: Option<bool>,
    doc: Option<String>,
    see: Vec<String>,
    /// Where the document has it, such as `errors.md:12`.
    place: String,
}

/// Each operation, and the codes or statuses of its errors.
type Operations = Vec<(String, Vec<String>)>;

/// The errors of one document.
#[derive(Debug, Default)]
struct Surface {
    /// What they were read from, such as `the table "Error codes" (errors.md:7)`.
    source: String,
    product: Option<String>,
    version: Option<String>,
    title: Option<String>,
    servers: Vec<String>,
    media_type: Option<String>,
    body: Option<shape::Shape>,
    entries: Vec<Entry>,
    operations: Operations,
    /// Which part of the document became which field.
    taken: Vec<String>,
    /// What was made from something else, such as meanings from codes.
    made: Vec<String>,
    /// What was not read, and why.
    left: Vec<String>,
}

/// Makes a catalog from documents: a surface from each.
///
/// # Errors
/// If a document can't be read, or no errors were found in it.
pub(crate) fn import(files: &[PathBuf], given: &[Given], frame: &Frame) -> Result<Imported, Error> {
    let mut surfaces = Vec::new();
    for file in files {
        let mut surface = read(file, given)?;
        settle::settle(&mut surface);
        if surface.entries.is_empty() {
            return Err(source::no_errors(file, &surface.left));
        }
        surfaces.push(surface);
    }
    columns::check_given(given, &surfaces)?;
    let (text, problems) = writer::catalog(&surfaces, files, frame)?;
    let report = report::lines(&surfaces, frame);
    Ok(Imported { text, report, problems })
}

fn read(file: &Path, given: &[Given]) -> Result<Surface, Error> {
    let source = Source::read(file)?;
    match source.kind() {
        Kind::Json => of_data(&source, &data::json(&source)?, given),
        Kind::Yaml => of_data(&source, &data::yaml(&source)?, given),
        Kind::Markdown => {
            let (tables, html) = markdown::tables(&source);
            tables::surface(&source, tables, html, given)
        }
        Kind::Delimited(delimiter) => {
            tables::surface(&source, vec![csv::table(&source, delimiter)?], Vec::new(), given)
        }
    }
}

fn of_data(source: &Source, data: &Json, given: &[Given]) -> Result<Surface, Error> {
    if openapi::is_openapi(data) {
        return openapi::surface(source, data);
    }
    records::surface(source, data, given)
}

//! What `tests/fuzz` calls with random bytes, beyond the public API. It is not part of the API and can change
//! with any version.

mod reader;

use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use crate::catalog::{Catalog, Set};
use crate::diagnostic::json_line;
use crate::diff::{Diff, Side};
use crate::error::Error;
use crate::import::{self, Frame};
use crate::lint;
use crate::verify::{Seen, Verifier};
use crate::yaml;

pub use reader::Reader;

/// Compares two catalogs.
///
/// # Errors
/// The problems of one of them.
pub fn diff(old: &[u8], new: &[u8]) -> Result<Diff, Error> {
    let side = |name: &str, bytes: &[u8]| Side::new(Set::parse(name, bytes)?);
    Ok(Diff::new(
        ("old".to_owned(), Some(side("old", old)?)),
        ("new".to_owned(), side("new", new)?),
    ))
}

/// The catalog that `errcat init --from` makes of a document, what it says, and how many problems it counts.
///
/// # Errors
/// If the document can't be read, or no errors were found in it.
pub fn import(file: &Path) -> Result<(String, Vec<String>, usize), Error> {
    let frame = Frame { product: None, shape: None, file: "errors.yaml" };
    let made = import::import(&[file.to_owned()], &[], &frame)?;
    Ok((made.text, made.report, made.problems))
}

/// What `errcat verify` says about a recording: each response, the groups and the summary, as lines of JSON.
///
/// # Errors
/// The problems of the catalog.
pub fn verify(catalog: &[u8], recording: &[u8]) -> Result<String, Error> {
    let mut verifier = Verifier::new(vec![load(catalog)?], &[], true)?;
    let mut lines = String::new();
    let mut each = |verifier: &Verifier, seen: &mut Seen| {
        let source = (seen.source)();
        if let Some((first, others)) = seen.findings.split_first() {
            lines += &json_line(&json!(verifier.facts(first, others, &source, 1)));
        }
    };
    verifier
        .read("recording", recording, &mut each)
        .map_err(|error| Error::io("read", "recording".as_ref(), error))?;
    for group in verifier.report().groups() {
        lines +=
            &json_line(&json!(verifier.facts(&group.finding, &[], &group.source, group.count)));
    }
    Ok(lines + &json_line(&json!(verifier.summary(1, &verifier.coverage(), true))))
}

fn load(catalog: &[u8]) -> Result<Arc<Catalog>, Error> {
    let mut set = Set::parse("errors.yaml", catalog)?;
    lint::run(&mut set);
    set.into_catalog().map(Arc::new)
}

/// The tree of a YAML text that errcat reads mostly by itself, and what the YAML parser makes of the text, to compare
/// them.
#[must_use]
pub fn yaml(text: &str) -> Option<(String, String)> {
    yaml::both(text)
}

/// Whether a catalog has no problems, and an API that outputs can be made of.
#[must_use]
pub fn has_surfaces(catalog: &[u8]) -> bool {
    load(catalog).is_ok_and(|catalog| !catalog.surfaces.is_empty())
}

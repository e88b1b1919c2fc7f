//! Reads a body as the generated packages do, and says how it differs from a surface's shape.

use bumpalo::Bump;
use serde_json::Value as Json;

use super::body::{Kind, Node};
use super::reader::{Found, Mismatch, Place, Value};
use super::shape;
use crate::catalog::body::{Body, ParamType, Type};
use crate::text::words::joined;

/// What a body contains, read by a surface's shape.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// The code, as text.
    pub code: Option<String>,
    /// The status that the body names.
    pub status: Option<u16>,
    /// Placeholders and their values.
    pub values: Vec<(String, Json)>,
    /// How the body differs from the shape. `None` if it matches.
    pub mismatch: Option<String>,
}

/// How many differences to list before counting the rest.
const MAX_TOLD: usize = 3;

/// Reads any body by the shape that it should have.
pub(crate) fn read(shape: &Body, has_integer_codes: bool, body: &[u8]) -> Read {
    let arena = Bump::new();
    let node = shape::of(&arena, shape, has_integer_codes);
    let params = shape.params();
    let mut values: Vec<Option<Value>> = params.iter().map(|_| None).collect();
    let mut told = Vec::new();
    let found = Found::read_with(&node, body, &mut values, &mut |place, node, mismatch| {
        told.push(words(place, node, mismatch));
    });
    let (status, fits) = (found.status(), found.fits);
    let code = found.code.map(|code| code.into_text().into_owned());
    let values = params
        .iter()
        .zip(values)
        .filter_map(|(param, value)| Some((param.name.to_owned(), json(param.kind, value?)?)))
        .collect();
    let mismatch = (!fits).then(|| broken(body).unwrap_or_else(|| clause(told)));
    Read { code, status, values, mismatch }
}

/// A value as a package returns it.
fn json(kind: ParamType, value: Value) -> Option<Json> {
    match kind {
        ParamType::Value(Type::Text) => value.text().map(Json::from),
        ParamType::Value(Type::Integer) => value.integer().map(Json::from),
        ParamType::Value(Type::Boolean) => value.boolean().map(Json::from),
        _ => serde_json::from_str(&value.any()?).ok(),
    }
}

/// What a body is instead of JSON. `None` if it is JSON.
fn broken(body: &[u8]) -> Option<String> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let error = serde_json::from_slice::<Json>(body).err()?;
    let text = body.trim_ascii_start();
    Some(if text.is_empty() {
        "it is empty".to_owned()
    } else if is_compressed(body) {
        "it is compressed, which `curl --compressed` undoes".to_owned()
    } else if text.starts_with(b"<") {
        "it is HTML or XML, not JSON".to_owned()
    } else if text.starts_with(b"{") {
        format!("it is broken JSON ({error})")
    } else {
        "it is not JSON".to_owned()
    })
}

/// Whether a body starts like gzip (RFC 1952) or Zstandard (RFC 8878) data.
fn is_compressed(body: &[u8]) -> bool {
    body.starts_with(b"\x1f\x8b") || body.starts_with(b"\x28\xb5\x2f\xfd")
}

/// Describes one difference.
fn words(place: &Place, node: &Node, mismatch: Mismatch) -> String {
    let place = match place {
        Place::Body => "the body".to_owned(),
        place => format!("`{place}`"),
    };
    let expected = match node {
        Node::Object(_) => "an object",
        Node::Array(_) => "a list",
        Node::Slot(_, Kind::Integer) => "an integer",
        Node::Slot(_, Kind::Boolean) => "true or false",
        Node::Slot(..) | Node::Text(_) | Node::Literal(_) => "text",
    };
    match mismatch {
        Mismatch::Missing => format!("{place} is missing"),
        Mismatch::Type => format!("{place} is not {expected}"),
        Mismatch::Words => format!("{place} has other words"),
    }
}

/// Joins differences into a clause.
fn clause(mut told: Vec<String>) -> String {
    let more = told.len().saturating_sub(MAX_TOLD);
    told.truncate(MAX_TOLD);
    if more > 0 {
        told.push(format!("{more} more"));
    }
    if told.is_empty() { "it is broken".to_owned() } else { joined(&told, " and ") }
}

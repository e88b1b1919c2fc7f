//! An OpenAPI document → its errors: from examples of error responses, else from an enum of codes, else from
//! the statuses that operations return.

mod body;
mod codes;
mod document;
mod responses;
mod schema;
mod statuses;
mod values;

use serde_json::Value as Json;

use super::source::Source;
use super::{Entry, Operations, Surface, cells};
use crate::catalog::{Operation, forms};
use crate::error::Error;
use document::Document;
use responses::Response;

/// Whether data is an OpenAPI document, of any version.
pub(super) fn is_openapi(data: &Json) -> bool {
    data.get("openapi").is_some() || data.get("swagger").is_some()
}

/// The errors of an OpenAPI document.
///
/// # Errors
/// If it is of another version, or has no errors.
pub(super) fn surface(source: &Source, data: &Json) -> Result<Surface, Error> {
    let path = &source.path;
    let version = data.get("openapi").and_then(Json::as_str).unwrap_or_default();
    if !version.starts_with("3.") {
        let swagger = "convert it first: npx swagger2openapi --outfile openapi.json FILE";
        return Err(match data.get("swagger") {
            Some(_) => Error::usage(format!("`{path}` is Swagger 2.0, not OpenAPI 3"), swagger),
            None => Error::usage(
                format!("`{path}` is not OpenAPI 3: its version is `{version}`"),
                "import an OpenAPI 3.0 or 3.1 document",
            ),
        });
    }
    let document = Document::new(data);
    let responses = responses::errors(&document);
    let mut surface = codes::surface(&document, &responses)
        .or_else(|| codes::of_enum(&document))
        .or_else(|| statuses::surface(&document, &responses))
        .ok_or_else(|| no_errors(path, responses.len()))?;
    surface.source = format!("{path}, {}", surface.source);
    for entry in &mut surface.entries {
        entry.place = format!("{path} {}", entry.place);
    }
    info(data, &mut surface);
    let outside = document.outside();
    if !outside.is_empty() {
        surface.left.push(format!("references to other files: {}", outside.join(", ")));
    }
    Ok(surface)
}

/// What the document says about the API as a whole.
fn info(data: &Json, surface: &mut Surface) {
    let info = data.get("info");
    let text = |key: &str| cells::line(info?.get(key)?.as_str()?);
    surface.product = text("title");
    surface.version = text("version").filter(|version| (forms::VERSION.holds)(version));
    let servers = data.get("servers").and_then(Json::as_array).into_iter().flatten();
    let urls = servers.filter_map(|server| server.get("url")?.as_str());
    let is_fixed = |url: &&str| (forms::URL.holds)(url) && !url.contains(['{', '}']);
    for url in urls.filter(is_fixed) {
        if !surface.servers.iter().any(|known| known == url) {
            surface.servers.push(url.to_owned());
        }
    }
}

fn no_errors(path: &str, responses: usize) -> Error {
    let message = format!("no errors were found in `{path}`");
    let help = if responses == 0 {
        "no operation has a response from 400 to 599, and no enum is named after error codes"
    } else {
        "its error responses have no examples with codes, no enum of codes, and no status of their own"
    };
    Error::usage(message, help)
}

/// The operations with the codes or statuses of their responses, in the order of the document. `keys` gets the
/// index of a response.
fn operations(responses: &[Response], keys: impl Fn(usize) -> Vec<String>) -> Operations {
    let mut operations = Operations::new();
    for (at, response) in responses.iter().enumerate() {
        let found = keys(at);
        if found.is_empty() || !Operation::is_name(&response.operation) {
            continue;
        }
        if operations.last().is_none_or(|(name, _)| *name != response.operation) {
            operations.push((response.operation.clone(), Vec::new()));
        }
        if let Some((_, known)) = operations.last_mut() {
            for key in found {
                if !known.contains(&key) {
                    known.push(key);
                }
            }
        }
    }
    operations
}

/// Adds a status to an error.
fn add_status(entry: &mut Entry, status: Option<u16>) {
    if let Some(status) = status.filter(|status| !entry.statuses.contains(status)) {
        entry.statuses.push(status);
    }
}

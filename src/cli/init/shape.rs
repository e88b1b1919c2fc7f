//! The catalogs that `errcat init` can start from, one for each common shape of error responses.

/// A shape that many APIs share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Shape {
    /// Problem details, as in RFC 9457
    Problem,
    /// Errors like those of OpenAI's API
    Openai,
    /// Errors like those of Google's APIs, as in AIP-193
    Google,
    /// Error objects of JSON:API, several in one response
    Jsonapi,
}

/// The catalog to start from: small, commented, without problems. Its product is called Acme.
pub(super) fn catalog(shape: Option<Shape>) -> &'static str {
    match shape {
        None => include_str!("shapes/plain.yaml"),
        Some(Shape::Problem) => include_str!("shapes/problem.yaml"),
        Some(Shape::Openai) => include_str!("shapes/openai.yaml"),
        Some(Shape::Google) => include_str!("shapes/google.yaml"),
        Some(Shape::Jsonapi) => include_str!("shapes/jsonapi.yaml"),
    }
}

/// The `shape` of a catalog to start from: the lines of the field, as they are there.
pub(super) fn block(shape: Shape) -> &'static str {
    let catalog = catalog(Some(shape));
    let start = catalog.find("    shape:").unwrap_or_default();
    let end = catalog.find("    errors:\n").unwrap_or(catalog.len());
    catalog.get(start..end).unwrap_or_default()
}

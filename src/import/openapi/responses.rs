//! The error responses of a document, in the order of its operations.

use serde_json::Value as Json;

use super::document::Document;

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A response of an operation that may be an error.
pub(super) struct Response<'d> {
    /// Such as `POST /keys`.
    pub operation: String,
    /// None for `default`, `4XX` and `5XX`.
    pub status: Option<u16>,
    pub description: Option<&'d str>,
    pub media_type: Option<&'d str>,
    pub schema: Option<&'d Json>,
    pub examples: Vec<Example<'d>>,
}

impl Response<'_> {
    /// Its status as a report has it.
    pub(super) fn shown(&self) -> String {
        self.status.map_or_else(|| "default".to_owned(), |status| status.to_string())
    }
}

/// A body that the document shows.
pub(super) struct Example<'d> {
    pub summary: Option<&'d str>,
    pub body: &'d Json,
}

/// Every response from 400 to 599, and every default.
pub(super) fn errors<'d>(document: &Document<'d>) -> Vec<Response<'d>> {
    let mut found = Vec::new();
    let paths = document.root.get("paths").and_then(Json::as_object).into_iter().flatten();
    for (path, item) in paths {
        let item = document.resolve(item);
        for method in METHODS {
            let Some(responses) =
                item.get(*method).and_then(|one| one.get("responses")?.as_object())
            else {
                continue;
            };
            let operation = format!("{} {path}", method.to_ascii_uppercase());
            for (status, response) in responses {
                let status = status.to_ascii_lowercase();
                let number = status.parse().ok().filter(|status| (400..600).contains(status));
                if number.is_some() || ["default", "4xx", "5xx"].contains(&status.as_str()) {
                    let response = document.resolve(response);
                    found.push(response_of(document, &operation, number, response));
                }
            }
        }
    }
    found
}

fn response_of<'d>(
    document: &Document<'d>,
    operation: &str,
    status: Option<u16>,
    response: &'d Json,
) -> Response<'d> {
    let content = response.get("content").and_then(Json::as_object).into_iter().flatten();
    let is_json = |kind: &str| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind == "application/json" || kind.ends_with("+json") || kind == "*/*"
    };
    let media = content.map(|(kind, media)| (kind.as_str(), media)).find(|(kind, _)| is_json(kind));
    let schema = media.and_then(|(_, media)| media.get("schema"));
    let examples = media.map(|(_, media)| examples(document, media, schema)).unwrap_or_default();
    Response {
        operation: operation.to_owned(),
        status,
        description: response.get("description").and_then(Json::as_str),
        media_type: media.map(|(kind, _)| kind),
        schema,
        examples,
    }
}

/// The examples of a media type; those of its schema if it has none.
fn examples<'d>(
    document: &Document<'d>,
    media: &'d Json,
    schema: Option<&'d Json>,
) -> Vec<Example<'d>> {
    let mut found = Vec::new();
    let named = media.get("examples").and_then(Json::as_object).into_iter().flatten();
    for (_, example) in named {
        let example = document.resolve(example);
        let summary = ["summary", "description"].iter().find_map(|key| example.get(*key)?.as_str());
        found.extend(example.get("value").map(|body| Example { summary, body }));
    }
    let mut add = |body: &'d Json| found.push(Example { summary: None, body });
    if let Some(body) = media.get("example") {
        add(body);
    }
    if found.is_empty()
        && let Some(schema) = schema.map(|schema| document.resolve(schema))
    {
        let several = schema.get("examples").and_then(Json::as_array).into_iter().flatten();
        let bodies = schema.get("example").into_iter().chain(several);
        found.extend(bodies.map(|body| Example { summary: None, body }));
    }
    found.retain(|example| example.body.is_object() || example.body.is_array());
    found
}

//! The error responses of a document, in the order of its operations.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::document::Document;
use super::schema;

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
    pub body: Cow<'d, Json>,
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
    add_samples(document, &mut found);
    found
}

/// Gives responses without examples the one that the properties of their schema make. A schema that responses
/// of several statuses share says nothing about either.
fn add_samples<'d>(document: &Document<'d>, responses: &mut [Response<'d>]) {
    let key = |schema| std::ptr::from_ref(document.resolve(schema));
    let mut statuses: BTreeMap<*const Json, BTreeSet<Option<u16>>> = BTreeMap::new();
    for response in &*responses {
        if let Some(schema) = response.schema {
            statuses.entry(key(schema)).or_default().insert(response.status);
        }
    }
    for response in responses.iter_mut().filter(|response| response.examples.is_empty()) {
        let schema = response
            .schema
            .filter(|schema| statuses.get(&key(schema)).is_some_and(|all| all.len() == 1));
        let sample = schema.and_then(|schema| schema::sample(document, schema));
        let sample = sample.filter(Json::is_object).filter(|_| response.status.is_some());
        response
            .examples
            .extend(sample.map(|body| Example { summary: None, body: Cow::Owned(body) }));
    }
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
        let body = example.get("value").map(Cow::Borrowed);
        found.extend(body.map(|body| Example { summary, body }));
    }
    let of = |body| Example { summary: None, body: Cow::Borrowed(body) };
    found.extend(media.get("example").map(of));
    if found.is_empty()
        && let Some(schema) = schema.map(|schema| document.resolve(schema))
    {
        let several = schema.get("examples").and_then(Json::as_array).into_iter().flatten();
        let bodies = schema.get("example").into_iter().chain(several);
        found.extend(bodies.map(of));
    }
    found.retain(|example| example.body.is_object() || example.body.is_array());
    found
}

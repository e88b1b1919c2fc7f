//! The codes that a document has at one place of its error bodies, and what it says about each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::document::Document;
use super::responses::{Example, Response};
use super::{body, schema};
use crate::import::cells;
use crate::import::shape::Step;

/// A code that was met.
pub(super) struct Value<'r> {
    pub code: &'r Json,
    /// The index of its response; none if it is one of an enum, which says nothing about responses.
    pub response: Option<usize>,
    /// A text about it, and where that is from.
    pub meaning: Option<(String, &'static str)>,
    pub name: Option<String>,
    /// The status that its example has in the body.
    pub status: Option<u16>,
    pub is_example: bool,
}

/// Every code at a path: those of schemas, then those of examples.
pub(super) fn at<'r, 'd: 'r>(
    document: &Document<'d>,
    responses: &'r [Response<'d>],
    path: &[Step],
) -> Vec<Value<'r>> {
    let mut found = Vec::new();
    // The values that schemas list, by schema. Those of one schema with several are listed once.
    let mut known: BTreeMap<*const Json, Vec<&'d Json>> = BTreeMap::new();
    let mut listed: BTreeSet<*const Json> = BTreeSet::new();
    for (at, response) in responses.iter().enumerate() {
        let Some(root) = response.schema.map(|schema| document.resolve(schema)) else { continue };
        let parts = known.entry(root).or_insert_with(|| schema::at(document, root, path));
        for part in parts {
            let values = listing(document, part);
            // The only value of a schema is sent by each response that has the schema.
            let response = (values.len() == 1).then_some(at);
            if response.is_some() || listed.insert(std::ptr::from_ref(*part)) {
                found.extend(values.into_iter().map(|one| Value { response, ..one }));
            }
        }
    }
    for (at, response) in responses.iter().enumerate() {
        for Example { summary, body: example } in &response.examples {
            let holders = holders(example, path);
            let is_one = holders.len() == 1;
            for (holder, code) in holders {
                let text = || {
                    // A text next to the code is about it; one further out is about the whole body.
                    let around = || is_one.then(|| message(example, path)).flatten();
                    let (key, text) = text_in(holder, path.last()).or_else(around)?;
                    Some((cells::line(text)?, key))
                };
                // A summary that only repeats the status doesn't count.
                let status_text = response.status.map(|status| status.to_string());
                let says_more =
                    |text: &&str| status_text.as_ref().is_none_or(|status| !text.contains(status));
                let summary = summary.filter(|_| is_one).filter(says_more).and_then(cells::line);
                let summary = summary.map(|text| (text, "the summary of examples"));
                let title =
                    || text().filter(|_| is_problem(path)).filter(|(_, key)| *key == "title");
                found.push(Value {
                    code,
                    response: Some(at),
                    meaning: title().or(summary).or_else(text),
                    name: None,
                    status: response.status.or_else(|| status(example)),
                    is_example: true,
                });
            }
        }
    }
    found
}

/// Whether codes at a path are types of problems, with a title.
fn is_problem(path: &[Step]) -> bool {
    path == [Step::Member("type".to_owned())]
}

/// The status that a body has in a member.
fn status(example: &Json) -> Option<u16> {
    let outer = [Some(example), example.get("error")].into_iter().flatten();
    let members = outer.flat_map(|outer| body::STATUS.iter().filter_map(|key| outer.get(*key)));
    let numbers =
        members.filter_map(|value| value.as_u64().and_then(|one| u16::try_from(one).ok()));
    numbers.into_iter().find(|status| (400..600).contains(status))
}

/// The values that a schema lists, with what its extensions say about them.
pub(super) fn listing<'d>(document: &Document<'d>, schema: &'d Json) -> Vec<Value<'d>> {
    let schema = document.resolve(schema);
    let of = |code, meaning: Option<&str>, name: Option<&str>| Value {
        code,
        response: None,
        meaning: meaning.and_then(cells::line).map(|text| (text, "the schema")),
        name: name.and_then(cells::line),
        status: None,
        is_example: false,
    };
    let text = |schema: &'d Json, key| schema.get(key).and_then(Json::as_str);
    if let Some(code) = schema.get("const") {
        return vec![of(code, text(schema, "description"), None)];
    }
    if let Some([code]) = schema.get("enum").and_then(Json::as_array).map(Vec::as_slice) {
        let about = about(schema, 0, code).or_else(|| text(schema, "description"));
        return vec![of(code, about, named(schema, 0))];
    }
    for key in ["oneOf", "anyOf"] {
        let variants = schema.get(key).and_then(Json::as_array).into_iter().flatten();
        let variants = variants.map(|variant| document.resolve(variant));
        let found: Vec<Value> = variants
            .filter_map(|one| {
                let only = || one.get("enum").and_then(Json::as_array).filter(|all| all.len() == 1);
                let code = one.get("const").or_else(|| only()?.first())?;
                Some(of(code, text(one, "description").or(text(one, "title")), None))
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    let codes = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
    let codes = codes.enumerate().filter(|(_, code)| !code.is_null());
    codes.map(|(at, code)| of(code, about(schema, at, code), named(schema, at))).collect()
}

/// What the extensions of an enum say about one of its values.
fn about<'d>(schema: &'d Json, at: usize, code: &Json) -> Option<&'d str> {
    let key = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
    let texts = ["x-enum-descriptions", "x-enumDescriptions", "x-enum-description"];
    let text = texts.iter().find_map(|name| match schema.get(*name)? {
        Json::Array(texts) => texts.get(at)?.as_str(),
        texts => texts.get(&key)?.as_str(),
    });
    text.or_else(|| {
        let elements = schema.get("x-enum-elements")?.as_array()?;
        let is_it = |one: &&Json| one.get("name").and_then(Json::as_str) == Some(&key);
        elements.iter().find(is_it)?.get("description")?.as_str()
    })
}

/// The name that an extension gives to a value of an enum.
fn named(schema: &Json, at: usize) -> Option<&str> {
    let names = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
    names.iter().find_map(|name| schema.get(*name)?.as_array()?.get(at)?.as_str())
}

/// The objects of an example that have a code, and their codes.
fn holders<'b>(example: &'b Json, path: &[Step]) -> Vec<(&'b Json, &'b Json)> {
    match path.split_last() {
        Some((Step::Member(key), outer)) => {
            let holders = body::values(example, outer).into_iter();
            holders.filter_map(|holder| Some((holder, holder.get(key)?))).collect()
        }
        _ => body::values(example, path).into_iter().map(|code| (code, code)).collect(),
    }
}

/// The text of an example that says what went wrong, in the objects around the code.
fn message<'b>(example: &'b Json, path: &[Step]) -> Option<(&'static str, &'b str)> {
    let lengths = (0..path.len()).rev();
    let mut outer = lengths.filter_map(|length| Some((path.get(..length)?, path.get(length))));
    outer.find_map(|(outer, next)| {
        body::values(example, outer).into_iter().find_map(|around| text_in(around, next))
    })
}

/// The member of an object that says what went wrong, other than the one that leads to the code.
fn text_in<'b>(around: &'b Json, next: Option<&Step>) -> Option<(&'static str, &'b str)> {
    const KEYS: &[&str] = &[
        "message",
        "msg",
        "title",
        "error_message",
        "errorMessage",
        "description",
        "error_description",
        "detail",
        "details",
        "reason",
        "error",
    ];
    let keys = KEYS.iter().filter(|key| next != Some(&Step::Member((**key).to_owned())));
    let mut texts = keys.filter_map(|key| Some((*key, around.get(*key)?.as_str()?)));
    texts.find(|(_, text)| text.contains(' '))
}

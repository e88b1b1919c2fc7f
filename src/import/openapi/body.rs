//! The bodies of error responses: what they look like, and where things are in them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::document::Document;
use super::responses::Response;
use super::schema;
use crate::catalog::forms;
use crate::import::Surface;
use crate::import::shape::{Shape, Step};

/// The members that hold the HTTP status, where no example says otherwise.
pub(super) const STATUS: &[&str] =
    &["status", "statusCode", "status_code", "httpStatus", "http_status", "httpStatusCode"];

/// How many different schemas are looked at. No API has more kinds of errors.
const MAX_SCHEMAS: usize = 500;

/// The shape of each response's body; none where the document says nothing about it.
pub(super) fn shapes<'d>(
    document: &Document<'d>,
    responses: &[Response<'d>],
) -> Vec<Option<Shape>> {
    // Many responses share a schema.
    let key = |response: &Response<'d>| {
        response.schema.map(|schema| std::ptr::from_ref(document.resolve(schema)))
    };
    let mut seen: BTreeMap<_, Shape> = BTreeMap::new();
    for response in responses {
        let shapes = response.examples.iter().map(|example| Shape::of(&example.body));
        if let Some(shape) = shapes.reduce(Shape::or) {
            let shape = match seen.remove(&key(response)) {
                Some(known) => known.or(shape),
                None => shape,
            };
            seen.insert(key(response), shape);
        }
    }
    let mut known: BTreeMap<_, Option<Shape>> = BTreeMap::new();
    let of = |response: &Response<'d>| {
        let key = key(response);
        if known.len() == MAX_SCHEMAS && !known.contains_key(&key) {
            return None;
        }
        let make = || {
            let seen = seen.get(&key);
            let shape = response.schema.map(|schema| schema::shape(document, schema, seen));
            shape.filter(is_body).or_else(|| seen.cloned().filter(is_body))
        };
        known.entry(key).or_insert_with(make).clone()
    };
    responses.iter().map(of).collect()
}

/// Whether a catalog can have a shape as its body.
fn is_body(shape: &Shape) -> bool {
    match shape {
        Shape::Object(members) => !members.is_empty(),
        Shape::List(of) => is_body(of),
        _ => false,
    }
}

/// Every path to a text or a number, those to the outside first.
pub(super) fn leaves<'s>(shapes: impl Iterator<Item = &'s Shape>) -> Vec<Vec<Step>> {
    let mut found = Leaves::default();
    for shape in shapes {
        found.add(shape, &mut Vec::new());
    }
    found.paths.sort_by_key(Vec::len);
    found.paths
}

/// Paths in the order in which they are met, each once.
#[derive(Default)]
struct Leaves {
    paths: Vec<Vec<Step>>,
    known: BTreeSet<Vec<Step>>,
}

impl Leaves {
    fn add(&mut self, shape: &Shape, path: &mut Vec<Step>) {
        match shape {
            Shape::Object(members) => {
                for member in members {
                    path.push(Step::Member(member.key.clone()));
                    self.add(&member.shape, path);
                    path.pop();
                }
            }
            Shape::List(of) => {
                path.push(Step::Element);
                self.add(of, path);
                path.pop();
            }
            Shape::Text | Shape::Integer | Shape::Number | Shape::Literal(_)
                if self.known.insert(path.clone()) =>
            {
                self.paths.push(path.clone());
            }
            _ => {}
        }
    }
}

/// The values at a path of a body: several if a list is on the way.
pub(super) fn values<'b>(body: &'b Json, path: &[Step]) -> Vec<&'b Json> {
    match (path.split_first(), body) {
        (None, value) => vec![value],
        (Some((Step::Member(key), rest)), Json::Object(members)) => {
            members.get(key).map(|value| values(value, rest)).unwrap_or_default()
        }
        (Some((Step::Element, rest)), Json::Array(items)) => {
            items.iter().flat_map(|item| values(item, rest)).collect()
        }
        _ => Vec::new(),
    }
}

/// A path as people write it: `errors[].code`.
pub(super) fn shown(path: &[Step]) -> String {
    let mut shown = String::new();
    for step in path {
        match step {
            Step::Member(key) if shown.is_empty() => shown += key,
            Step::Member(key) => shown += &format!(".{key}"),
            Step::Element => shown += "[]",
        }
    }
    shown
}

/// Gives a surface the body that some shapes have in common, with the status where examples or names show it.
pub(super) fn give(
    surface: &mut Surface,
    shapes: impl Iterator<Item = Shape>,
    responses: &[&Response],
) {
    surface.body = shapes.reduce(Shape::or).map(|mut shape| {
        for path in leaves(std::iter::once(&shape)) {
            if let Some(leaf) = shape.at_mut(&path)
                && holds_status(&path, *leaf == Shape::Text, responses)
            {
                leaf.make_status();
            }
        }
        shape
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for kind in responses.iter().filter_map(|response| response.media_type) {
        *counts.entry(kind).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count).map(|(kind, _)| kind);
    let most = most.filter(|kind| *kind != "application/json" && (forms::MEDIA_TYPE.holds)(kind));
    surface.media_type = most.map(str::to_owned);
}

/// Whether a value is the HTTP status: in all examples, or by its name where no example has it.
fn holds_status(path: &[Step], is_text: bool, responses: &[&Response]) -> bool {
    let mut is_shown = false;
    for response in responses.iter().filter(|response| response.status.is_some()) {
        let status = response.status.map(|status| status.to_string());
        for example in &response.examples {
            for value in values(&example.body, path).into_iter().filter(|value| !value.is_null()) {
                is_shown = true;
                if status != Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)) {
                    return false;
                }
            }
        }
    }
    // Other objects in a body have a status too, and a text may be `failed`.
    let is_outer = path.len() == 1 || path.first() == Some(&Step::Member("error".to_owned()));
    let is_named = matches!(path, [.., Step::Member(key)] if STATUS.contains(&key.as_str()));
    is_shown || is_named && is_outer && path.len() <= 2 && !is_text
}

//! Where the codes of a document are, and the errors that have them.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use serde_json::Value as Json;

use super::document::Document;
use super::responses::Response;
use super::values::{self, Value};
use super::{add_status, body, operations, schema};
use crate::catalog::status;
use crate::import::shape::{Member, Shape, Step};
use crate::import::table::Cell;
use crate::import::{Entry, Surface, cells};

/// How many places are looked at.
const MAX_PATHS: usize = 50;

/// The errors of responses that have a code.
pub(super) fn surface<'d>(document: &Document<'d>, responses: &[Response<'d>]) -> Option<Surface> {
    let shapes = body::shapes(document, responses);
    let mut best: Option<(usize, usize, Place)> = None;
    // The outermost ones: a body with more of them describes something other than an error.
    let paths = body::leaves(shapes.iter().flatten()).into_iter();
    let ranked = paths.filter_map(|path| Some((rank(&path)?, path))).take(MAX_PATHS);
    for (rank, path) in ranked {
        let values = values::at(document, responses, &path);
        let Some(place) = place(path, values) else { continue };
        let count = place.codes.len();
        if best.as_ref().is_none_or(|(most, many, _)| (rank, count) > (*most, *many)) {
            best = Some((rank, count, place));
        }
    }
    let (_, _, place) = best?;
    let mut surface = Surface::default();
    entries(&place, responses, &mut surface);
    let has_code = |shape: &Shape| shape.clone().at_mut(&place.path).is_some();
    let fitting: Vec<(Shape, &Response)> = shapes
        .into_iter()
        .zip(responses)
        .filter_map(|(shape, response)| Some((shape.filter(has_code)?, response)))
        .collect();
    let path = body::shown(&place.path);
    let is_fitting = |one: &Response| fitting.iter().any(|(_, own)| std::ptr::eq(*own, one));
    // An enum may list the codes of every response; examples have those of their own response.
    let has_enum = place.codes.iter().any(|(_, value)| value.response.is_none());
    let known: BTreeSet<usize> =
        place.codes.iter().filter_map(|(_, value)| value.response).collect();
    let mut leave = |why: String, is_it: &dyn Fn(usize, &Response) -> bool| {
        let all = responses.iter().enumerate().filter(|(at, one)| is_it(*at, one));
        let all: BTreeSet<String> = all.map(|(_, response)| response.shown()).collect();
        if !all.is_empty() {
            let all: Vec<String> = all.into_iter().collect();
            surface.left.push(format!("responses {why} ({})", all.join(", ")));
        }
    };
    leave(format!("without `{path}`"), &|at, one| !is_fitting(one) && !known.contains(&at));
    leave(format!("that don't say which `{path}` they have"), &|at, one| {
        is_fitting(one) && !has_enum && !known.contains(&at)
    });
    let bodies = fitting.iter().map(|(shape, _)| coded(shape.clone(), &place));
    body::give(&mut surface, bodies, &fitting.iter().map(|(_, one)| *one).collect::<Vec<_>>());
    Some(surface)
}

/// A place in bodies that holds codes.
struct Place<'d> {
    path: Vec<Step>,
    prefix: String,
    codes: Vec<(Cell, Value<'d>)>,
}

/// How likely a place holds codes, by its name.
fn rank(path: &[Step]) -> Option<usize> {
    let mut keys = path.iter().filter_map(|step| match step {
        // A key such as `@type` says which schema an object has.
        Step::Member(key) => {
            Some(if key.starts_with('@') { String::new() } else { key.to_snake_case() })
        }
        Step::Element => None,
    });
    let key = keys.next_back()?;
    let lists = path.iter().filter(|step| **step == Step::Element).count();
    let rank = match key.as_str() {
        "code" | "error_code" | "errorcode" | "errcode" | "err_code" | "error_key" | "error_id"
        | "internal_code" | "api_code" | "error_number" => 3,
        "error" | "type" | "error_type" | "error_name" | "reason" | "key" | "slug" | "name"
        | "status" => 2,
        _ => return None,
    };
    (lists <= 1).then_some(rank)
}

/// The place of codes at a path, if what is there can be codes.
fn place(path: Vec<Step>, values: Vec<Value>) -> Option<Place> {
    let is_leaf = |value: &Value| value.code.is_string() || value.code.is_i64();
    let values: Vec<Value> = values.into_iter().filter(is_leaf).collect();
    let texts: Vec<&str> = values.iter().filter_map(|value| value.code.as_str()).collect();
    let urls: Vec<&str> = texts.iter().copied().filter(|text| is_url(text)).collect();
    let prefix = if urls.is_empty() { "" } else { common(&urls) };
    let mut codes: Vec<(Cell, Value)> = Vec::new();
    for value in values {
        let cell = match value.code.as_str() {
            Some(text) => {
                let Some(text) = text.strip_prefix(prefix) else { continue };
                Cell { text: text.to_owned(), is_text: true, links: Vec::new() }
            }
            None => Cell::plain(value.code.to_string()),
        };
        codes.push((cell, value));
    }
    let distinct: BTreeSet<&str> = codes.iter().map(|(cell, _)| cell.text.as_str()).collect();
    let examples = codes.iter().filter(|(_, value)| value.is_example).count();
    let are_codes = distinct.iter().all(|text| is_code(text));
    let are_phrases = distinct.iter().all(|text| is_phrase(text));
    let varies = distinct.len() > 1 || distinct.len() == 1 && examples <= 1;
    (are_codes && !are_phrases && varies).then(|| Place { path, prefix: prefix.to_owned(), codes })
}

fn is_url(text: &str) -> bool {
    text.contains("://") || text.starts_with("urn:") || text.starts_with('/')
}

/// What all texts begin with, up to a mark.
fn common<'t>(texts: &[&'t str]) -> &'t str {
    let Some(first) = texts.first() else { return "" };
    let ends = first.char_indices().rev().filter(|(_, c)| "/#:".contains(*c));
    let mut prefixes = ends.filter_map(|(at, _)| first.get(..=at));
    prefixes.find(|prefix| texts.iter().all(|text| text.starts_with(prefix))).unwrap_or_default()
}

/// Whether a text can be a code rather than a sentence.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 100 && !text.contains([' ', '/', '\n'])
}

/// Whether a text says no more than the status.
fn is_phrase(text: &str) -> bool {
    (400..600).any(|code| status::reason(code) == Some(text) || code.to_string() == text)
}

/// One error for each code, in the order in which they are met.
fn entries(place: &Place, responses: &[Response], surface: &mut Surface) {
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_response: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (cell, value) in &place.codes {
        if let Some(at) = value.response {
            let codes = of_response.entry(at).or_default();
            if !codes.contains(&cell.text.as_str()) {
                codes.push(&cell.text);
            }
        }
    }
    let is_alone = |at: usize| of_response.get(&at).is_some_and(|codes| codes.len() == 1);
    let mut has_examples = false;
    let mut meanings = BTreeSet::new();
    for (cell, value) in &place.codes {
        let at = *index.entry(&cell.text).or_insert_with(|| {
            surface.entries.push(Entry { code: cells::code(cell), ..Entry::default() });
            surface.entries.len() - 1
        });
        let response = value.response.and_then(|at| responses.get(at));
        let Some(entry) = surface.entries.get_mut(at) else { continue };
        has_examples |= value.is_example;
        if entry.place.is_empty() {
            entry.place = response.map_or_else(|| "enum".to_owned(), |one| one.operation.clone());
        }
        add_status(entry, value.status.or_else(|| response?.status));
        let about = || response?.description.filter(|_| value.response.is_some_and(is_alone));
        if entry.meaning.is_none() {
            let about = || Some((about().and_then(cells::line)?, "the response's description"));
            if let Some((text, from)) = value.meaning.clone().or_else(about) {
                entry.meaning = Some(text);
                meanings.insert(from);
            }
        }
        if entry.name.is_none() {
            entry.name.clone_from(&value.name);
        }
    }
    let from = if has_examples { "examples" } else { "schemas" };
    surface.source = format!("{from} of error responses");
    surface.taken.push(format!("code ← {} of {from}", body::shown(&place.path)));
    surface.taken.extend(meanings.into_iter().map(|from| format!("meaning ← {from}")));
    if surface.entries.iter().any(|entry| !entry.statuses.is_empty()) {
        surface.taken.push("status ← the responses".to_owned());
    }
    surface.operations = operations(responses, |at| {
        of_response.get(&at).into_iter().flatten().map(|code| (*code).to_owned()).collect()
    });
}

/// A body with `<code>` at its place.
fn coded(mut shape: Shape, place: &Place) -> Shape {
    if let Some(leaf) = shape.at_mut(&place.path) {
        *leaf = Shape::Code { prefix: place.prefix.clone() };
    }
    shape.require(&place.path);
    // The title of a problem is the same each time it occurs: RFC 9457, section 3.1.4.
    if !place.prefix.is_empty()
        && let Some((_, outer)) = place.path.split_last()
        && let Some(title) = shape.at_mut(&[outer, &[Step::Member("title".to_owned())]].concat())
        && *title == Shape::Text
    {
        *title = Shape::Meaning;
    }
    shape
}

/// The errors of an enum that is named after error codes, where no response has one.
pub(super) fn of_enum(document: &Document) -> Option<Surface> {
    let mut best: Option<(&String, &Json, Vec<Value>)> = None;
    for (name, schema) in document.components("schemas") {
        let words = name.to_snake_case();
        let is_named = words.contains("error") && !words.contains("request");
        let values = values::listing(document, schema);
        if is_named
            && values.len() > 1
            && values
                .iter()
                .all(|value| value.code.as_str().is_some_and(is_code) || value.code.is_i64())
            && best.as_ref().is_none_or(|(known, _, most)| {
                let is_code = |name: &str| name.to_snake_case().contains("code");
                (is_code(name), values.len()) > (is_code(known), most.len())
            })
        {
            best = Some((name, schema, values));
        }
    }
    let (name, schema, values) = best?;
    let path = [Step::Member(name.clone())];
    let codes = values.into_iter().map(|value| {
        let cell = match value.code.as_str() {
            Some(text) => Cell { text: text.to_owned(), is_text: true, links: Vec::new() },
            None => Cell::plain(value.code.to_string()),
        };
        (cell, value)
    });
    let place = Place { path: path.to_vec(), prefix: String::new(), codes: codes.collect() };
    let mut surface = Surface::default();
    entries(&place, &[], &mut surface);
    surface.source = format!("the enum {name}");
    if let Some(taken) = surface.taken.first_mut() {
        *taken = format!("code ← {name}");
    }
    surface.body = holder(document, schema);
    if surface.body.is_some() {
        surface.made.push(
            "body from the schema that has these codes; no error response is described".to_owned(),
        );
    }
    Some(surface)
}

/// The body of the schema with a property of an enum, in the member of the responses that holds such errors.
fn holder(document: &Document, wanted: &Json) -> Option<Shape> {
    let wanted = document.resolve(wanted);
    let (holder, shape) = document.components("schemas").find_map(|(_, schema)| {
        let properties = schema.get("properties")?.as_object()?;
        let is_wanted = |value| std::ptr::eq(document.resolve(value), wanted);
        let (key, _) = properties.iter().find(|(_, value)| is_wanted(value))?;
        let mut shape = schema::shape(document, schema, None);
        *shape.at_mut(&[Step::Member(key.clone())])? = Shape::Code { prefix: String::new() };
        shape.require(&[Step::Member(key.clone())]);
        Some((schema, shape))
    })?;
    let outer = document.components("schemas").find_map(|(_, schema)| {
        let properties = schema.get("properties")?.as_object()?;
        properties.iter().find_map(|(key, value)| {
            let is_it = |value: &Json| std::ptr::eq(document.resolve(value), holder);
            let is_named = ["error", "errors"].contains(&key.to_lowercase().as_str());
            let value = document.resolve(value);
            let is_list = value.get("items").is_some_and(is_it);
            (is_named && (is_list || is_it(value))).then_some((key, is_list))
        })
    });
    Some(match outer {
        None => shape,
        Some((key, is_list)) => {
            let shape = if is_list { Shape::List(Box::new(shape)) } else { shape };
            Shape::Object(vec![Member { key: key.clone(), optional: false, is_said: true, shape }])
        }
    })
}

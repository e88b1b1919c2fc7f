//! JSON Schema → what a body looks like.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::document::Document;
use crate::import::shape::{Member, Shape, Step};

/// How deep bodies are described. Anything deeper is any JSON.
const MAX_DEPTH: usize = 6;

/// How deep a code is, at most, where only properties have examples.
const MAX_SAMPLE_DEPTH: usize = 4;

/// How many parts of a body are looked at for examples.
const MAX_SAMPLE_PARTS: usize = 30;

/// How many parts a body has, at most: nobody reads a longer one.
const MAX_PARTS: usize = 60;

/// The shape of bodies with a schema. Where the schema doesn't say what is required, `seen` does: the shape of
/// the examples.
pub(super) fn shape<'d>(document: &Document<'d>, schema: &'d Json, seen: Option<&Shape>) -> Shape {
    Reader { document, within: Vec::new(), depth: 0, left: MAX_PARTS }.read(schema, seen).0
}

struct Reader<'r, 'd> {
    document: &'r Document<'d>,
    /// The schemas that the current one is a part of. One that is part of itself has no end.
    within: Vec<&'d Json>,
    depth: usize,
    /// How many more schemas the body can be made of. Anything beyond is any JSON.
    left: usize,
}

impl<'d> Reader<'_, 'd> {
    /// The shape, and whether null is one of its values.
    fn read(&mut self, schema: &'d Json, seen: Option<&Shape>) -> (Shape, bool) {
        let schema = self.document.resolve(schema);
        let is_circle = self.within.iter().any(|outer| std::ptr::eq(*outer, schema));
        let is_deep = self.depth == MAX_DEPTH || self.left == 0;
        if is_circle || is_deep || !self.document.may_look() {
            return (Shape::Any, is_nullable(schema));
        }
        self.left -= 1;
        self.depth += 1;
        self.within.push(schema);
        let read = self.inner(schema, seen);
        self.within.pop();
        self.depth -= 1;
        read
    }

    fn inner(&mut self, schema: &'d Json, seen: Option<&Shape>) -> (Shape, bool) {
        if let Some(value) = single(schema) {
            return (Shape::Literal(value.clone()), value.is_null());
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(variants) = schema.get(key).and_then(Json::as_array)
                && schema.get("properties").is_none()
                && !variants.is_empty()
            {
                let (shape, has_null) = self.variants(variants, seen);
                return (shape, has_null || is_nullable(schema));
            }
        }
        let shape = match kind(schema) {
            Some("string") => Shape::Text,
            Some("integer") => Shape::Integer,
            Some("number") => Shape::Number,
            Some("boolean") => Shape::Boolean,
            Some("array") => match schema.get("items").map(|one| self.read(one, element(seen)).0) {
                None | Some(Shape::List(_)) => Shape::Any,
                Some(of) => Shape::List(Box::new(of)),
            },
            _ => self.object(schema, seen),
        };
        (shape, is_nullable(schema))
    }

    fn variants(&mut self, variants: &'d [Json], seen: Option<&Shape>) -> (Shape, bool) {
        let mut has_null = false;
        let mut shapes = Vec::new();
        for variant in variants {
            if kind(variant) == Some("null") {
                has_null = true;
                continue;
            }
            let (shape, is_nullable) = self.read(variant, seen);
            has_null |= is_nullable;
            shapes.push(shape);
        }
        (shapes.into_iter().reduce(Shape::or).unwrap_or(Shape::Any), has_null)
    }

    fn object(&mut self, schema: &'d Json, seen: Option<&Shape>) -> Shape {
        let mut parts = Parts::default();
        parts.add(self.document, schema, MAX_DEPTH);
        let Parts { properties, required, of } = parts;
        if properties.is_empty() {
            return Shape::Any;
        }
        let outer = self.within.len();
        self.within.extend(of);
        let member = |(key, schema): (&'d String, &'d Json)| {
            let seen = seen.and_then(|seen| member_of(seen, key));
            let (shape, is_nullable) = self.read(schema, seen.map(|member| &member.shape));
            let is_optional = match &required {
                Some(required) => !required.contains(key.as_str()),
                None => seen.is_none_or(|member| member.optional),
            };
            let is_said = required.is_some() || seen.is_some() || is_nullable;
            Member { key: key.clone(), optional: is_optional || is_nullable, is_said, shape }
        };
        let members = properties.into_iter().map(member).collect();
        self.within.truncate(outer);
        Shape::Object(members)
    }
}

/// The only value that a schema allows.
fn single(schema: &Json) -> Option<&Json> {
    let only = schema.get("enum").and_then(Json::as_array).filter(|values| values.len() == 1);
    schema
        .get("const")
        .or_else(|| only?.first())
        .filter(|value| !value.is_object() && !value.is_array())
}

/// The type other than null.
fn kind(schema: &Json) -> Option<&str> {
    match schema.get("type") {
        Some(Json::String(kind)) => Some(kind),
        Some(Json::Array(kinds)) => {
            let mut kinds = kinds.iter().filter_map(Json::as_str);
            kinds.find(|kind| *kind != "null")
        }
        _ => {
            // Without a type, the first value that is shown decides.
            let first = schema.get("enum").and_then(|values| values.as_array()?.first());
            match first.or_else(|| schema.get("example"))? {
                Json::String(_) => Some("string"),
                Json::Number(number) if number.is_f64() => Some("number"),
                Json::Number(_) => Some("integer"),
                Json::Bool(_) => Some("boolean"),
                _ => None,
            }
        }
    }
}

fn is_nullable(schema: &Json) -> bool {
    let kinds = schema.get("type").and_then(Json::as_array);
    schema.get("nullable") == Some(&Json::Bool(true))
        || kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"))
}

/// The properties of a schema and of all that it is made of.
#[derive(Default)]
struct Parts<'d> {
    properties: Vec<(&'d String, &'d Json)>,
    /// None if nothing says what is required.
    required: Option<BTreeSet<&'d str>>,
    /// The schemas that it is made of.
    of: Vec<&'d Json>,
}

impl<'d> Parts<'d> {
    fn add(&mut self, document: &Document<'d>, schema: &'d Json, depth: usize) {
        if depth == 0 || !document.may_look() {
            return;
        }
        let schema = document.resolve(schema);
        for part in schema.get("allOf").and_then(Json::as_array).into_iter().flatten() {
            let part = document.resolve(part);
            self.of.push(part);
            self.add(document, part, depth - 1);
        }
        let properties = schema.get("properties").and_then(Json::as_object).into_iter().flatten();
        for (key, property) in properties.filter(|(key, property)| is_sent(key, property)) {
            match self.properties.iter_mut().find(|(known, _)| *known == key) {
                Some(known) => known.1 = property,
                None => self.properties.push((key, property)),
            }
        }
        if let Some(required) = schema.get("required").and_then(Json::as_array) {
            let names = required.iter().filter_map(Json::as_str);
            self.required.get_or_insert_default().extend(names);
        }
    }
}

/// Whether responses have a property, and a catalog can say so.
fn is_sent(key: &str, property: &Json) -> bool {
    property.get("writeOnly") != Some(&Json::Bool(true))
        && !key.is_empty()
        && !key.ends_with('?')
        && !key.contains(['<', '\n', '\r'])
        && !key.contains(crate::text::chars::is_unprintable)
}

fn member_of<'s>(shape: &'s Shape, key: &str) -> Option<&'s Member> {
    match shape {
        Shape::Object(members) => members.iter().find(|member| member.key == key),
        _ => None,
    }
}

fn element(shape: Option<&Shape>) -> Option<&Shape> {
    match shape {
        Some(Shape::List(of)) => Some(of),
        _ => None,
    }
}

/// A body made of what the parts of a schema show: constants and examples. None if they show nothing.
pub(super) fn sample<'d>(document: &Document<'d>, schema: &'d Json) -> Option<Json> {
    sample_of(document, schema, MAX_SAMPLE_DEPTH, &mut { MAX_SAMPLE_PARTS })
}

fn sample_of<'d>(
    document: &Document<'d>,
    schema: &'d Json,
    depth: usize,
    left: &mut usize,
) -> Option<Json> {
    let schema = document.resolve(schema);
    if depth == 0 || *left == 0 {
        return None;
    }
    *left -= 1;
    let first = || schema.get("examples")?.as_array()?.first();
    let shown = single(schema).or_else(|| schema.get("example")).or_else(first);
    if let Some(shown) = shown {
        return Some(shown.clone());
    }
    if let Some(items) = schema.get("items") {
        return Some(Json::Array(vec![sample_of(document, items, depth - 1, left)?]));
    }
    let mut parts = Parts::default();
    parts.add(document, schema, depth);
    let members = parts
        .properties
        .into_iter()
        .filter_map(|(key, one)| Some((key.clone(), sample_of(document, one, depth - 1, left)?)));
    let members: serde_json::Map<String, Json> = members.collect();
    (!members.is_empty()).then_some(Json::Object(members))
}

/// The schemas of the value at a path, through all variants.
pub(super) fn at<'d>(document: &Document<'d>, schema: &'d Json, path: &[Step]) -> Vec<&'d Json> {
    let mut found = Vec::new();
    find(document, schema, path, MAX_DEPTH * 2, &mut found);
    found
}

fn find<'d>(
    document: &Document<'d>,
    schema: &'d Json,
    path: &[Step],
    depth: usize,
    found: &mut Vec<&'d Json>,
) {
    if depth == 0 || !document.may_look() {
        return;
    }
    let schema = document.resolve(schema);
    for key in ["allOf", "oneOf", "anyOf"] {
        // A union of constants is a value itself.
        let is_value = path.is_empty() && key != "allOf";
        for part in schema.get(key).and_then(Json::as_array).into_iter().flatten() {
            if !is_value {
                find(document, part, path, depth - 1, found);
            }
        }
    }
    match path.split_first() {
        None => found.push(schema),
        Some((Step::Member(key), rest)) => {
            if let Some(property) = schema.get("properties").and_then(|all| all.get(key)) {
                find(document, property, rest, depth - 1, found);
            }
        }
        Some((Step::Element, rest)) => {
            if let Some(items) = schema.get("items") {
                find(document, items, rest, depth - 1, found);
            }
        }
    }
}

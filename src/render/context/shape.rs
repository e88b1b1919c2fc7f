//! A body's tree laid flat: one object after the other, as languages without nested types need
//! it. Never fills anything in.

use serde_json::Value as Json;

use super::{CodePlace, Content, Member, Object, Placeholder, Shape, TextPart, sample, text};
use crate::catalog as model;
use crate::catalog::body::{self, Filler, Part, Step, Type};
use crate::ident::{self, Case};

pub(super) fn build<'c>(catalog: &'c model::Catalog, surface: &'c model::Surface) -> Shape<'c> {
    let shape = &surface.shape;
    let code_type = if surface.has_integer_codes() { "integer" } else { "text" };
    let mut objects = Vec::new();
    object("", &shape.body.members, code_type, &mut objects);
    Shape {
        intro: text(shape.intro.as_ref()),
        media_type: text(shape.media_type.as_ref()).unwrap_or("application/json"),
        sample: sample::of_shape(catalog, surface),
        code: shape.body.code().map(|spot| CodePlace {
            r#type: code_type,
            path: spot
                .path
                .iter()
                .map(|step| match step {
                    Step::Member(key) => Json::from(key.as_str()),
                    Step::First => Json::from(0),
                })
                .collect(),
            prefix: &spot.prefix,
            suffix: &spot.suffix,
        }),
        placeholders: shape
            .body
            .occurrences()
            .into_iter()
            .map(|occurrence| Placeholder {
                name: occurrence.name,
                r#type: type_name(occurrence.kind),
                optional: occurrence.optional,
            })
            .collect(),
        objects,
    }
}

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "text",
        Type::Integer => "integer",
        Type::Boolean => "boolean",
        Type::Any => "any",
    }
}

/// Adds an object and those in it, outer ones first.
fn object<'c>(
    name: &str,
    members: &'c [body::Member],
    code_type: &'static str,
    objects: &mut Vec<Object<'c>>,
) {
    let index = objects.len();
    objects.push(Object { name: name.to_owned(), members: Vec::new() });
    let members: Vec<Member> = members
        .iter()
        .map(|member| {
            let path =
                if name.is_empty() { member.key.clone() } else { format!("{name} {}", member.key) };
            Member {
                key: &member.key,
                optional: member.optional,
                value: value(path, &member.shape, code_type, objects),
            }
        })
        .collect();
    if let Some(object) = objects.get_mut(index) {
        object.members = members;
    }
}

/// A name for an object that no other one has, as an identifier either.
fn unique(path: String, objects: &[Object]) -> String {
    let ident = |name: &str| ident::in_case(name, Case::Pascal);
    let is_taken = |name: &str| objects.iter().any(|other| ident(&other.name) == ident(name));
    let numbered = (2..).map(|number| format!("{path} {number}"));
    let free = std::iter::once(path.clone()).chain(numbered).find(|name| !is_taken(name));
    free.unwrap_or(path)
}

fn value<'c>(
    path: String,
    shape: &'c body::Shape,
    code_type: &'static str,
    objects: &mut Vec<Object<'c>>,
) -> Content<'c> {
    match shape {
        body::Shape::Object(members) => {
            let path = unique(path, objects);
            object(&path, members, code_type, objects);
            Content { r#type: "object", object: Some(path), ..Content::default() }
        }
        body::Shape::List(item) => {
            let of = value(format!("{path} item"), item, code_type, objects);
            Content { r#type: "list", of: Some(Box::new(of)), ..Content::default() }
        }
        body::Shape::Slot(filler, kind) => Content {
            r#type: if *filler == Filler::Code { code_type } else { type_name(*kind) },
            filled_by: Some(filled_by(filler)),
            param: param(filler),
            ..Content::default()
        },
        body::Shape::Text(parts) => Content {
            r#type: "text",
            parts: Some(parts.iter().map(part).collect()),
            ..Content::default()
        },
        body::Shape::Literal(json) => {
            Content { r#type: literal_type(json), literal: Some(json), ..Content::default() }
        }
    }
}

fn part(part: &Part) -> TextPart<'_> {
    match part {
        Part::Literal(text) => TextPart { text: Some(text), filled_by: None, param: None },
        Part::Slot(filler) => {
            TextPart { text: None, filled_by: Some(filled_by(filler)), param: param(filler) }
        }
    }
}

fn filled_by(filler: &Filler) -> &'static str {
    match filler {
        Filler::Code => "code",
        Filler::Status => "status",
        Filler::Meaning => "meaning",
        Filler::Fix => "fix",
        Filler::DocsUrl => "docs_url",
        Filler::Occurrence(_) => "param",
    }
}

fn param(filler: &Filler) -> Option<&str> {
    match filler {
        Filler::Occurrence(name) => Some(name),
        _ => None,
    }
}

fn literal_type(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_f64() => "number",
        Json::Number(_) => "integer",
        Json::String(_) => "text",
        Json::Array(_) | Json::Object(_) => "any",
    }
}

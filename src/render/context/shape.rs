//! The shape of a body as templates see it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::places::Places;
use super::{Content, Member, Place, Placeholder, Shape, TextPart, sample, text};
use crate::catalog::body::{self, Body, Part, Step};
use crate::catalog::{self as model, required};

pub(super) fn build<'c>(catalog: &'c model::Catalog, surface: &'c model::Surface) -> Shape<'c> {
    let shape = &surface.shape;
    let code_type = if surface.has_integer_codes() { "integer" } else { "text" };
    let placeholders = params(surface);
    let tree = Tree { code_type, placeholders: &placeholders, body: shape.body.as_ref() };
    let members = shape.body.as_ref().map_or(&[][..], |body| &body.members);
    let body = tree.object(members, false);
    let places = Places::of(&body);
    Shape {
        intro: text(shape.intro.as_ref()),
        media_type: text(shape.media_type.as_ref()).unwrap_or("application/json"),
        sample: sample::of_shape(catalog, surface),
        code: shape.code().map(|place| Place {
            param: None,
            r#type: code_type,
            path: place
                .path
                .iter()
                .map(|step| match step {
                    Step::Member(key) => Json::from(key.as_str()),
                    Step::First => Json::from(0),
                })
                .collect(),
            prefix: &place.prefix,
            suffix: &place.suffix,
        }),
        statuses: places.statuses.into_iter().chain(places.status_codes).collect(),
        placeholders: placeholders.iter().map(placeholder).collect(),
        places: places.values,
        filled_by: places.fillers,
        body,
    }
}

/// The values that a server must give to send an error.
pub(super) fn arguments<'c>(
    surface: &'c model::Surface,
    entry: &model::Entry,
) -> Vec<Placeholder<'c>> {
    let named: BTreeSet<&str> =
        entry.params.iter().map(|param| param.name.value.as_str()).collect();
    let body = surface.shape.body.as_ref();
    let needed = required(body.map(|body| body.needed(&|name| named.contains(name))));
    needed.iter().map(placeholder).collect()
}

fn params(surface: &model::Surface) -> Vec<body::Param<'_>> {
    required(surface.shape.body.as_ref().map(Body::params))
}

fn placeholder<'c>(param: &body::Param<'c>) -> Placeholder<'c> {
    Placeholder { name: param.name, r#type: param.kind().name(), optional: param.optional }
}

/// What describing a part of a body needs to know about the whole.
struct Tree<'t, 'c> {
    code_type: &'static str,
    placeholders: &'t [body::Param<'c>],
    body: Option<&'c Body>,
}

impl<'c> Tree<'_, 'c> {
    /// An object. `optional` tells whether it, or something around it, may be absent.
    fn object(&self, members: &'c [body::Member], optional: bool) -> Content<'c> {
        let code_names_status = self.body.is_some_and(|body| body.code_names_status(members));
        let members: Vec<Member> = members
            .iter()
            .map(|member| Member {
                key: &member.key,
                optional: member.optional,
                value: self.content(&member.shape, optional || member.optional),
            })
            .collect();
        Content {
            r#type: "object",
            may_be_absent: optional && may_be_absent(&members),
            code_names_status,
            members: Some(members),
            ..Content::default()
        }
    }

    fn content(&self, shape: &'c body::Shape, optional: bool) -> Content<'c> {
        match shape {
            body::Shape::Object(members) => self.object(members, optional),
            body::Shape::List(item) => {
                let of = self.content(item, optional);
                Content {
                    r#type: "list",
                    may_be_absent: of.may_be_absent,
                    of: Some(Box::new(of)),
                    ..Content::default()
                }
            }
            body::Shape::Placeholder(placeholder, kind) => Content {
                r#type: if *placeholder == body::Placeholder::Code {
                    self.code_type
                } else {
                    kind.name()
                },
                may_be_absent: optional && placeholder.param().is_some(),
                filled_by: Some(filled_by(placeholder)),
                holds_code: *placeholder == body::Placeholder::Code,
                param: placeholder.param(),
                param_number: self.param_number(placeholder),
                ..Content::default()
            },
            body::Shape::Text(parts) => {
                let parts: Vec<TextPart> = parts.iter().map(|part| self.part(part)).collect();
                let has =
                    |placeholder| parts.iter().any(|part| part.filled_by == Some(placeholder));
                Content {
                    r#type: "text",
                    may_be_absent: optional && has("param"),
                    holds_code: has("code"),
                    parts: Some(parts),
                    ..Content::default()
                }
            }
            body::Shape::Literal(json) => {
                Content { r#type: literal_type(json), literal: Some(json), ..Content::default() }
            }
        }
    }

    fn part(&self, part: &'c Part) -> TextPart<'c> {
        match part {
            Part::Literal(text) => TextPart { text: Some(text), ..TextPart::default() },
            Part::Placeholder(placeholder) => TextPart {
                text: None,
                filled_by: Some(filled_by(placeholder)),
                r#type: Some(match placeholder {
                    body::Placeholder::Code => self.code_type,
                    body::Placeholder::Status => "integer",
                    body::Placeholder::Param(_) => self.param_type(placeholder),
                    _ => "text",
                }),
                param: placeholder.param(),
                param_number: self.param_number(placeholder),
            },
        }
    }

    /// The type of a param's value.
    fn param_type(&self, placeholder: &body::Placeholder) -> &'static str {
        let mut params = self.placeholders.iter();
        let param = params.find(|one| Some(one.name) == placeholder.param());
        param.map_or("text", |param| param.kind().name())
    }

    fn param_number(&self, placeholder: &body::Placeholder) -> Option<u32> {
        let name = placeholder.param()?;
        let number = self.placeholders.iter().position(|one| one.name == name)?;
        u32::try_from(number).ok()
    }
}

fn filled_by(placeholder: &body::Placeholder) -> &'static str {
    match placeholder {
        body::Placeholder::Code => "code",
        body::Placeholder::Status => "status",
        body::Placeholder::Meaning => "meaning",
        body::Placeholder::Fix => "fix",
        body::Placeholder::DocsUrl => "docs_url",
        body::Placeholder::Param(_) => "param",
    }
}

/// Whether an object is left out if nothing fills it: something that it requires is missing then, or it
/// would be empty.
fn may_be_absent(members: &[Member]) -> bool {
    let (optional, required): (Vec<&Member>, Vec<_>) =
        members.iter().partition(|member| member.optional);
    let is_absent = |member: &&Member| member.value.may_be_absent;
    required.iter().any(is_absent)
        || required.is_empty() && !optional.is_empty() && optional.iter().all(is_absent)
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

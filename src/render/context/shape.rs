//! The shape of a body as templates see it.

use super::{
    Code, Content, Item, Member, Placeholder, Shape, TextPart, pattern, place, sample, text, words,
};
use crate::catalog::body::{self, Body, List, Param, ParamType, Part, Role, Step, Type};
use crate::catalog::{self as model, required};
use crate::text::json::Json;

pub(super) fn build<'c>(catalog: &'c model::Catalog, surface: &'c model::Surface) -> Shape<'c> {
    let shape = &surface.shape;
    let code_type = code_type(surface);
    let body = shape.body.as_ref();
    let content = Tree::of(surface).map(|tree| tree.content(&tree.body.root, false));
    let content = required(content);
    let mut filled_by = Vec::new();
    fillers(&content, &mut filled_by);
    let lists = required(body.map(Body::lists));
    let placeholders: Vec<_> = required(body.map(Body::params)).iter().map(placeholder).collect();
    let errors_path = shape.code().and_then(|place| errors_path(&place.path));
    let wait_place = body.and_then(|body| Some(place::first(body, body.wait()?.name)?.path));
    let about = words::of_shape(errors_path.as_deref(), &placeholders, wait_place.as_deref());
    Shape {
        intro: text(shape.intro.as_ref()),
        media_type: text(shape.media_type.as_ref()).unwrap_or("application/json"),
        sample: sample::of_shape(catalog, surface),
        code: shape.code().map(|place| Code {
            r#type: code_type,
            optional: place.optional,
            are_names: surface.errors.iter().all(is_name_its_code),
            path: place.path.iter().map(step).collect(),
            prefix: &place.prefix,
            suffix: &place.suffix,
            pattern: (!place.prefix.is_empty() || !place.suffix.is_empty())
                .then(|| pattern::around(&place.prefix, code_type, &place.suffix)),
        }),
        errors_path,
        has_literal: body.is_some_and(Body::has_literal),
        about,
        wait_text: wait_place.as_deref().map(|place| words::of_wait(&placeholders, place)),
        wait_place,
        absent: shape.absent.iter().map(|text| text.value.as_str()).collect(),
        placeholders,
        items: lists.into_iter().filter(|list| list.single().is_none()).map(item).collect(),
        filled_by,
        body: content,
    }
}

/// Whether an error is called after its code, as it is; true without a code.
fn is_name_its_code(entry: &model::Entry) -> bool {
    let code = entry.code.given();
    code.is_none_or(|code| entry.name.as_ref().is_some_and(|name| code.value.is_text(&name.value)))
}

fn code_type(surface: &model::Surface) -> &'static str {
    if surface.has_integer_codes() { "integer" } else { "text" }
}

fn step(step: &Step) -> Json {
    match step {
        Step::Member(key) => Json::from(key.as_str()),
        Step::Element => Json::from(0),
    }
}

/// The keys before the first list on a path; none if there is no list.
fn errors_path(path: &[Step]) -> Option<Vec<&str>> {
    let keys = path.iter().map_while(|step| match step {
        Step::Member(key) => Some(key.as_str()),
        Step::Element => None,
    });
    let keys: Vec<&str> = keys.collect();
    (keys.len() < path.len()).then_some(keys)
}

pub(super) fn placeholder<'c>(param: &Param<'c>) -> Placeholder<'c> {
    let (unit, item) = match param.kind {
        ParamType::Value(kind) => (kind.unit(), None),
        ParamType::List(list) => (None, Some(item(list))),
    };
    let r#type = param.type_name();
    Placeholder { name: param.name, r#type, unit, optional: param.optional, item }
}

fn item(list: &List) -> Item<'_> {
    let name = list.name.as_str();
    match list.single() {
        Some((param, kind)) => {
            Item { name, r#type: kind.name(), param: Some(&param.value), placeholders: Vec::new() }
        }
        None => Item {
            name,
            r#type: "object",
            param: None,
            placeholders: list.params().iter().map(placeholder).collect(),
        },
    }
}

/// Adds what fills a content, without duplicates.
fn fillers(content: &Content, found: &mut Vec<&'static str>) {
    for member in content.members.iter().flatten() {
        fillers(&member.value, found);
    }
    if let Some(of) = &content.of {
        fillers(of, found);
    }
    let parts = content.parts.iter().flatten().map(|part| part.filled_by);
    for filler in parts.chain([content.filled_by]).flatten() {
        if !found.contains(&filler) {
            found.push(filler);
        }
    }
}

/// What describing a part of a body needs to know about the whole, and about the list around it.
pub(super) struct Tree<'c> {
    code_type: &'static str,
    body: &'c Body,
    /// The params of the innermost item, or else of the body.
    params: Vec<Param<'c>>,
}

impl<'c> Tree<'c> {
    pub(super) fn of(surface: &'c model::Surface) -> Option<Self> {
        let body = surface.shape.body.as_ref()?;
        Some(Self { code_type: code_type(surface), body, params: body.params() })
    }

    /// An object. `optional` tells whether it, or something around it, may be absent.
    fn object(&self, members: &'c [body::Member], optional: bool) -> Content<'c> {
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
            members: Some(members),
            ..Content::default()
        }
    }

    fn list(&self, list: &'c List, optional: bool) -> Content<'c> {
        if list.role == Role::Param {
            let item = Tree { params: list.params(), ..*self };
            return Content {
                r#type: "list",
                may_be_absent: optional,
                of: Some(Box::new(item.content(&list.of, false))),
                ..self.filled_by_param(&list.name)
            };
        }
        let of = self.content(&list.of, optional);
        Content {
            r#type: "list",
            may_be_absent: of.may_be_absent,
            of: Some(Box::new(of)),
            is_errors: list.role == Role::Errors,
            ..Content::default()
        }
    }

    fn content(&self, shape: &'c body::Shape, optional: bool) -> Content<'c> {
        match shape {
            body::Shape::Object(members) => self.object(members, optional),
            body::Shape::List(list) => self.list(list, optional),
            body::Shape::Placeholder(placeholder, kind) => {
                let holds_code = matches!(placeholder, body::Placeholder::Code(_));
                let of_param = placeholder.param().map(|name| self.filled_by_param(name));
                Content {
                    r#type: if holds_code { self.code_type } else { kind.name() },
                    unit: kind.unit(),
                    may_be_absent: optional
                        && (of_param.is_some() || *placeholder == body::Placeholder::Fix),
                    filled_by: Some(filled_by(placeholder)),
                    holds_code,
                    is_read_code: self.body.reads(placeholder),
                    pattern: (*placeholder == body::Placeholder::Status && *kind == Type::Text)
                        .then(|| pattern::STATUS.to_owned()),
                    ..of_param.unwrap_or_default()
                }
            }
            body::Shape::Text(parts) => {
                let is_read_code = parts.iter().any(|part| match part {
                    Part::Placeholder(placeholder, _) => self.body.reads(placeholder),
                    Part::Literal(_) => false,
                });
                let parts: Vec<TextPart> = parts.iter().map(|part| self.part(part)).collect();
                let has =
                    |placeholder| parts.iter().any(|part| part.filled_by == Some(placeholder));
                Content {
                    r#type: "text",
                    may_be_absent: optional && (has("param") || has("fix")),
                    holds_code: has("code"),
                    is_read_code,
                    pattern: pattern::of(&parts),
                    parts: Some(parts),
                    ..Content::default()
                }
            }
            body::Shape::Literal(json) => {
                Content { r#type: literal_type(json), literal: Some(json), ..Content::default() }
            }
        }
    }

    /// What a placeholder or list of the innermost item, or else of the body, fills.
    fn filled_by_param(&self, name: &'c str) -> Content<'c> {
        Content {
            filled_by: Some("param"),
            param: Some(name),
            param_number: self.param_number(name),
            ..Content::default()
        }
    }

    pub(super) fn part(&self, part: &'c Part) -> TextPart<'c> {
        match part {
            Part::Literal(text) => TextPart { text: Some(text), ..TextPart::default() },
            Part::Placeholder(placeholder, _) => TextPart {
                text: None,
                filled_by: Some(filled_by(placeholder)),
                r#type: Some(match placeholder {
                    body::Placeholder::Code(_) => self.code_type,
                    body::Placeholder::Status => "integer",
                    body::Placeholder::Param(name) => self.param_type(&name.value),
                    _ => "text",
                }),
                param: placeholder.param(),
                param_number: placeholder.param().and_then(|name| self.param_number(name)),
            },
        }
    }

    /// The type of a param's value.
    fn param_type(&self, name: &str) -> &'static str {
        let param = self.params.iter().find(|one| one.name == name);
        param.map_or(Type::Text.name(), Param::type_name)
    }

    pub(super) fn param_number(&self, name: &str) -> Option<u32> {
        u32::try_from(self.params.iter().position(|one| one.name == name)?).ok()
    }
}

fn filled_by(placeholder: &body::Placeholder) -> &'static str {
    match placeholder {
        body::Placeholder::Code(_) => "code",
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
        Json::Array(_) => "list",
        Json::Object(_) => "object",
    }
}

//! A response body with placeholders, and how a sample is made from it. Every language's types come
//! from this tree, and so does the reader of real responses.

mod parse;

use serde_json::Value as Json;

use super::Text;
use crate::yaml::NodeId;

pub(crate) use parse::{ARRAY_SHAPE, CODE_PLACEHOLDER, MALFORMED_PLACEHOLDER, PLACEHOLDER_TYPE};

/// The body of a surface's error responses.
#[derive(Debug)]
pub(crate) struct Body {
    pub at: NodeId,
    pub members: Vec<Member>,
    /// `None` on a surface that is keyed by status.
    pub code: Option<CodePlace>,
}

/// A member of an object in a body.
#[derive(Debug)]
pub(crate) struct Member {
    pub key: String,
    pub at: NodeId,
    /// It may be absent or null.
    pub optional: bool,
    pub shape: Shape,
}

/// The value at one place of a body.
#[derive(Debug)]
pub(crate) enum Shape {
    Object(Vec<Member>),
    /// The shape of each element.
    List(Box<Shape>),
    /// A placeholder alone.
    Placeholder(Placeholder, Type),
    /// A text with placeholders in it.
    Text(Vec<Part>),
    Literal(Json),
}

/// A piece of a text in a body.
#[derive(Debug)]
pub(crate) enum Part {
    Literal(String),
    Placeholder(Placeholder),
}

/// A placeholder, by what fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placeholder {
    Code,
    Status,
    Meaning,
    Fix,
    DocsUrl,
    /// A value that is given each time the error occurs.
    Param(Text),
}

/// The type of what fills a placeholder that is a whole value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Integer,
    Boolean,
    /// Any JSON value.
    Any,
}

/// Where the code is in a body, and the text around it.
#[derive(Clone, Debug)]
pub(crate) struct CodePlace {
    pub at: NodeId,
    pub path: Vec<Step>,
    pub prefix: String,
    pub suffix: String,
}

impl CodePlace {
    /// The code in a body, if it is at this place.
    pub(crate) fn find(&self, body: &Json) -> Option<Json> {
        let mut value = body;
        for step in &self.path {
            value = match step {
                Step::Member(key) => value.get(key)?,
                Step::First => value.get(0)?,
            };
        }
        if self.prefix.is_empty() && self.suffix.is_empty() {
            return Some(value.clone());
        }
        let code = value.as_str()?.strip_prefix(&self.prefix)?.strip_suffix(&self.suffix)?;
        Some(code.parse::<i64>().map_or_else(|_| Json::from(code), Json::from))
    }
}

/// One step down a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Member(String),
    First,
}

impl Body {
    /// Its params, in the order of the body.
    pub(crate) fn params(&self) -> Vec<Param<'_>> {
        let mut found = Vec::new();
        member_params(&self.members, false, &mut found);
        found
    }

    /// Whether an object of this body holds the first param, and no member `code`: there the streams of
    /// `OpenAI` name the status. Never on a surface that is keyed by code.
    pub(crate) fn code_names_status(&self, members: &[Member]) -> bool {
        let params = self.params();
        let is_first = |member: &Member| match (&member.shape, params.first()) {
            (Shape::Placeholder(Placeholder::Param(name), _), Some(first)) => {
                name.value == first.name
            }
            _ => false,
        };
        self.code.is_none()
            && members.iter().any(is_first)
            && members.iter().all(|member| member.key != "code")
    }

    /// Calls a function with every member, at any depth.
    pub(crate) fn each_member(&self, with: &mut dyn FnMut(&Member)) {
        each_member(&self.members, with);
    }

    /// A sample. `fill` gives the value of a placeholder, which may be absent if its third argument is
    /// true; `None` leaves it out.
    pub(crate) fn sample(&self, fill: &dyn Fn(&Placeholder, Type, bool) -> Option<Json>) -> Json {
        object(&self.members, fill)
    }
}

fn each_member(members: &[Member], with: &mut dyn FnMut(&Member)) {
    for member in members {
        with(member);
        let mut shape = &member.shape;
        while let Shape::List(item) = shape {
            shape = item;
        }
        if let Shape::Object(members) = shape {
            each_member(members, with);
        }
    }
}

/// A placeholder that is filled each time an error occurs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param<'b> {
    pub name: &'b str,
    /// Its first place.
    pub at: NodeId,
    pub kind: Type,
    /// It may be absent, wherever it is.
    pub optional: bool,
}

fn member_params<'b>(members: &'b [Member], optional: bool, found: &mut Vec<Param<'b>>) {
    for member in members {
        shape_params(&member.shape, optional || member.optional, found);
    }
}

fn shape_params<'b>(shape: &'b Shape, optional: bool, found: &mut Vec<Param<'b>>) {
    let mut add = |placeholder: &'b Placeholder, kind| {
        if let Placeholder::Param(Text { value: name, at }) = placeholder {
            match found.iter_mut().find(|known| known.name == name) {
                Some(known) => known.optional &= optional,
                None => found.push(Param { name, at: *at, kind, optional }),
            }
        }
    };
    match shape {
        Shape::Object(members) => member_params(members, optional, found),
        Shape::List(item) => shape_params(item, optional, found),
        Shape::Placeholder(placeholder, kind) => add(placeholder, *kind),
        Shape::Text(parts) => {
            for part in parts {
                if let Part::Placeholder(placeholder) = part {
                    add(placeholder, Type::Text);
                }
            }
        }
        Shape::Literal(_) => {}
    }
}

fn object(members: &[Member], fill: &dyn Fn(&Placeholder, Type, bool) -> Option<Json>) -> Json {
    let filled = members.iter().filter_map(|member| {
        Some((member.key.clone(), value(&member.shape, member.optional, fill)?))
    });
    Json::Object(filled.collect())
}

fn value(
    shape: &Shape,
    optional: bool,
    fill: &dyn Fn(&Placeholder, Type, bool) -> Option<Json>,
) -> Option<Json> {
    match shape {
        Shape::Object(members) => {
            let object = object(members, fill);
            let is_empty = object.as_object().is_none_or(serde_json::Map::is_empty);
            (!optional || !is_empty).then_some(object)
        }
        Shape::List(item) => Some(Json::Array(vec![value(item, optional, fill)?])),
        Shape::Placeholder(placeholder, kind) => fill(placeholder, *kind, optional),
        Shape::Text(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Literal(text) => Some(text.clone()),
                Part::Placeholder(placeholder) => match fill(placeholder, Type::Text, optional)? {
                    Json::String(text) => Some(text),
                    other => Some(other.to_string()),
                },
            })
            .collect::<Option<String>>()
            .map(Json::String),
        Shape::Literal(json) => Some(json.clone()),
    }
}

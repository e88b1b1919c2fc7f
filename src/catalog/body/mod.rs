//! A response body with placeholders, and how a sample is made from it. Every language's types come
//! from this tree, and so does the reader of real responses.

mod parse;

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Text, required};
use crate::yaml::NodeId;

pub(crate) use parse::{
    ARRAY_SHAPE, CODE_PLACEHOLDER, DEEP_BODY, MALFORMED_PLACEHOLDER, PLACEHOLDER_TYPE,
};

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

impl Part {
    fn placeholder(&self) -> Option<&Placeholder> {
        match self {
            Self::Literal(_) => None,
            Self::Placeholder(placeholder) => Some(placeholder),
        }
    }
}

impl Placeholder {
    /// The name of a param.
    pub(crate) fn param(&self) -> Option<&str> {
        match self {
            Self::Param(name) => Some(&name.value),
            _ => None,
        }
    }
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

impl Type {
    /// The word for it in catalogs and templates.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Any => "any",
        }
    }
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

    /// The params that a server must give to send an error that names some of the optional ones: the
    /// required ones, the named ones, and what is sent only together with those.
    pub(crate) fn needed<'b>(&'b self, named: &dyn Fn(&str) -> bool) -> Vec<Param<'b>> {
        let mut params = self.params();
        let is_given = |param: &Param| !param.optional || named(param.name);
        let mut given: BTreeSet<&str> =
            params.iter().filter(|param| is_given(param)).map(|param| param.name).collect();
        let optional: BTreeSet<&str> =
            params.iter().filter(|param| param.optional).map(|param| param.name).collect();
        // Each param may need others, and those may need more.
        loop {
            let mut needed = Needed { given: &given, optional: &optional, more: BTreeSet::new() };
            needed.members(&self.members);
            let mut more = needed.more;
            if more.is_subset(&given) {
                break;
            }
            given.append(&mut more);
        }
        params.retain(|param| given.contains(param.name));
        params
    }

    /// The body that a server sends. `fill` gives the value of a placeholder; `None` leaves it out where it
    /// may be absent. The same as `write` of the generated packages.
    pub(crate) fn filled(&self, fill: &dyn Fn(&Placeholder, Type) -> Option<Json>) -> Json {
        required(object(&self.members, false, fill))
    }
}

/// Finds what is sent only together with optional params that are given.
struct Needed<'n, 'b> {
    given: &'n BTreeSet<&'b str>,
    /// The params that may be absent. Only these tell whether an optional object is meant.
    optional: &'n BTreeSet<&'b str>,
    /// What the optional objects, lists and texts require that hold a given param.
    more: BTreeSet<&'b str>,
}

/// The params at one place of a body.
#[derive(Default)]
struct Holds<'b> {
    /// Those without which nothing is sent here.
    required: Vec<&'b str>,
    /// Whether an optional one is given.
    is_meant: bool,
}

impl<'b> Needed<'_, 'b> {
    fn members(&mut self, members: &'b [Member]) -> Holds<'b> {
        let mut all = Holds::default();
        for member in members {
            let held = self.shape(&member.shape);
            all.is_meant |= held.is_meant;
            if !member.optional {
                all.required.extend(held.required);
            } else if held.is_meant {
                self.more.extend(held.required);
            }
        }
        all
    }

    fn shape(&mut self, shape: &'b Shape) -> Holds<'b> {
        match shape {
            Shape::Object(members) => self.members(members),
            Shape::List(item) => self.shape(item),
            Shape::Placeholder(placeholder, _) => self.placeholders([placeholder]),
            Shape::Text(parts) => self.placeholders(parts.iter().filter_map(Part::placeholder)),
            Shape::Literal(_) => Holds::default(),
        }
    }

    fn placeholders(&self, all: impl IntoIterator<Item = &'b Placeholder>) -> Holds<'b> {
        let required: Vec<&str> = all.into_iter().filter_map(Placeholder::param).collect();
        let is_meant = |name: &&str| self.optional.contains(name) && self.given.contains(name);
        Holds { is_meant: required.iter().any(is_meant), required }
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
    /// `None` if it is only within texts.
    kind: Option<Type>,
    /// It may be absent, wherever it is.
    pub optional: bool,
}

impl Param<'_> {
    /// The type of its value.
    pub(crate) fn kind(&self) -> Type {
        self.kind.unwrap_or(Type::Text)
    }
}

fn member_params<'b>(members: &'b [Member], optional: bool, found: &mut Vec<Param<'b>>) {
    for member in members {
        shape_params(&member.shape, optional || member.optional, found);
    }
}

fn shape_params<'b>(shape: &'b Shape, optional: bool, found: &mut Vec<Param<'b>>) {
    // Within a text, a value of any type is written as text.
    let mut add = |placeholder: &'b Placeholder, kind: Option<Type>| {
        let Placeholder::Param(Text { value: name, at }) = placeholder else { return };
        match found.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                known.optional &= optional;
                known.kind = known.kind.or(kind);
            }
            None => found.push(Param { name, at: *at, kind, optional }),
        }
    };
    match shape {
        Shape::Object(members) => member_params(members, optional, found),
        Shape::List(item) => shape_params(item, optional, found),
        Shape::Placeholder(placeholder, kind) => add(placeholder, Some(*kind)),
        Shape::Text(parts) => {
            for placeholder in parts.iter().filter_map(Part::placeholder) {
                add(placeholder, None);
            }
        }
        Shape::Literal(_) => {}
    }
}

/// An object as it is sent; `None` if it may be absent and is: something that it requires is missing, or it
/// would be empty.
fn object(
    members: &[Member],
    optional: bool,
    fill: &dyn Fn(&Placeholder, Type) -> Option<Json>,
) -> Option<Json> {
    let mut object = serde_json::Map::new();
    for member in members {
        match value(&member.shape, optional || member.optional, fill) {
            Some(value) => {
                object.insert(member.key.clone(), value);
            }
            None if member.optional => {}
            None => return None,
        }
    }
    let is_left_out = optional && object.is_empty() && !members.is_empty();
    (!is_left_out).then_some(Json::Object(object))
}

/// A value as it is sent. `optional` tells whether it, or something around it, may be absent; `None` only
/// if so.
fn value(
    shape: &Shape,
    optional: bool,
    fill: &dyn Fn(&Placeholder, Type) -> Option<Json>,
) -> Option<Json> {
    match shape {
        Shape::Object(members) => object(members, optional, fill),
        Shape::List(item) => Some(Json::Array(vec![value(item, optional, fill)?])),
        Shape::Placeholder(placeholder, kind) => {
            let value = fill(placeholder, *kind).filter(|value| !value.is_null());
            value.or_else(|| (!optional).then_some(Json::Null))
        }
        Shape::Text(parts) => {
            let mut text = String::new();
            for part in parts {
                match part {
                    Part::Literal(literal) => text += literal,
                    Part::Placeholder(placeholder) => match fill(placeholder, Type::Text) {
                        Some(Json::String(value)) => text += &value,
                        Some(value) if !value.is_null() => text += &value.to_string(),
                        _ if optional => return None,
                        _ => {}
                    },
                }
            }
            Some(Json::String(text))
        }
        Shape::Literal(json) => Some(json.clone()),
    }
}

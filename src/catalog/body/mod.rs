//! A response body with placeholders, and how it is filled for a sample. From this one tree come
//! every language's types and the reader of real responses. Never knows a language.

mod parse;

use serde_json::Value as Json;

use crate::yaml::NodeId;

pub(crate) use parse::{ARRAY_SHAPE, CODE_PLACEHOLDER, MALFORMED_PLACEHOLDER, PLACEHOLDER_TYPE};

/// The body of a surface's error responses.
#[derive(Debug)]
pub(crate) struct Body {
    /// Nowhere if the body is broken.
    pub at: NodeId,
    pub members: Vec<Member>,
    code: Option<CodeSpot>,
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

/// What stands at one place of a body.
#[derive(Debug)]
pub(crate) enum Shape {
    Object(Vec<Member>),
    /// The shape of each element.
    List(Box<Shape>),
    /// A value filled in whole.
    Slot(Filler, Type),
    /// A text with something filled in.
    Text(Vec<Part>),
    Literal(Json),
}

/// A piece of a text in a body.
#[derive(Debug)]
pub(crate) enum Part {
    Literal(String),
    Slot(Filler),
}

/// What fills a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filler {
    Code,
    Status,
    Meaning,
    Fix,
    DocsUrl,
    /// A value given per occurrence, by its name.
    Occurrence(String),
}

/// The type of a value that fills a placeholder whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Integer,
    Boolean,
    /// Any JSON value.
    Any,
}

/// Where the code stands in a body, and the text around it.
#[derive(Clone, Debug)]
pub(crate) struct CodeSpot {
    pub at: NodeId,
    pub path: Vec<Step>,
    pub prefix: String,
    pub suffix: String,
}

impl CodeSpot {
    /// The code in a body, if it stands where this says.
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
    /// A body that stands in for one that is missing or broken.
    pub(crate) fn nowhere() -> Self {
        Self { at: NodeId::NOWHERE, members: Vec::new(), code: None }
    }

    /// Where the code stands; none on a surface that is keyed by status.
    pub(crate) fn code(&self) -> Option<&CodeSpot> {
        self.code.as_ref()
    }

    /// Every value given per occurrence, with its type and whether it may be absent, in the order
    /// of the body.
    pub(crate) fn occurrences(&self) -> Vec<Occurrence<'_>> {
        let mut found = Vec::new();
        collect(&self.members, false, &mut found);
        found
    }

    /// The body filled in. `fill` answers none for what may be left out.
    pub(crate) fn sample(&self, fill: &dyn Fn(&Filler, Type, bool) -> Option<Json>) -> Json {
        object(&self.members, fill)
    }
}

/// A placeholder that is filled per occurrence.
#[derive(Debug)]
pub(crate) struct Occurrence<'b> {
    pub name: &'b str,
    pub kind: Type,
    pub optional: bool,
}

fn collect<'b>(members: &'b [Member], optional: bool, found: &mut Vec<Occurrence<'b>>) {
    for member in members {
        shape_occurrences(&member.shape, optional || member.optional, found);
    }
}

fn shape_occurrences<'b>(shape: &'b Shape, optional: bool, found: &mut Vec<Occurrence<'b>>) {
    let mut add = |filler: &'b Filler, kind| {
        if let Filler::Occurrence(name) = filler {
            match found.iter_mut().find(|known| known.name == name) {
                Some(known) => known.optional &= optional,
                None => found.push(Occurrence { name, kind, optional }),
            }
        }
    };
    match shape {
        Shape::Object(members) => collect(members, optional, found),
        Shape::List(item) => shape_occurrences(item, optional, found),
        Shape::Slot(filler, kind) => add(filler, *kind),
        Shape::Text(parts) => {
            for part in parts {
                if let Part::Slot(filler) = part {
                    add(filler, Type::Text);
                }
            }
        }
        Shape::Literal(_) => {}
    }
}

fn object(members: &[Member], fill: &dyn Fn(&Filler, Type, bool) -> Option<Json>) -> Json {
    let filled = members.iter().filter_map(|member| {
        Some((member.key.clone(), value(&member.shape, member.optional, fill)?))
    });
    Json::Object(filled.collect())
}

fn value(
    shape: &Shape,
    optional: bool,
    fill: &dyn Fn(&Filler, Type, bool) -> Option<Json>,
) -> Option<Json> {
    match shape {
        Shape::Object(members) => {
            let object = object(members, fill);
            let is_empty = object.as_object().is_none_or(serde_json::Map::is_empty);
            (!optional || !is_empty).then_some(object)
        }
        Shape::List(item) => Some(Json::Array(vec![value(item, optional, fill)?])),
        Shape::Slot(filler, kind) => fill(filler, *kind, optional),
        Shape::Text(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Literal(text) => Some(text.clone()),
                Part::Slot(filler) => match fill(filler, Type::Text, optional)? {
                    Json::String(text) => Some(text),
                    other => Some(other.to_string()),
                },
            })
            .collect::<Option<String>>()
            .map(Json::String),
        Shape::Literal(json) => Some(json.clone()),
    }
}

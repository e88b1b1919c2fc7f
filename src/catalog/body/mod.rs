//! A response body with placeholders. Every language's types come from this tree, and so does the reader
//! of real responses.

mod fill;
mod lists;
mod needed;
mod params;
mod parse;
mod rules;
mod template;

use super::Text;
use crate::text::json::Json;
use crate::yaml::NodeId;

pub(crate) use fill::{Blank, filled_text};
pub(crate) use params::{Param, ParamType};
pub(crate) use rules::{
    ARRAY_SHAPE, BODY_NAME, CODE_PLACEHOLDER, DEEP_BODY, MALFORMED_PLACEHOLDER, PLACEHOLDER_TYPE,
    WAIT_PLACEHOLDER,
};
pub(crate) use template::template;

/// The body of a surface's error responses.
#[derive(Debug)]
pub(crate) struct Body {
    pub at: NodeId,
    /// An object or a list.
    pub root: Shape,
    /// The code that clients read. `None` on a surface that is keyed by status.
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
    List(List),
    /// A placeholder alone.
    Placeholder(Placeholder, Type),
    /// A text with placeholders in it.
    Text(Vec<Part>),
    /// A constant, or an empty list, which stands for any list.
    Literal(Json),
}

/// A list, which holds any number of elements.
#[derive(Debug)]
pub(crate) struct List {
    pub at: NodeId,
    /// Its key in snake case, with outer keys in front where another list has the same; `items` if it is
    /// the whole body. Unique in the body.
    pub name: String,
    pub role: Role,
    /// The shape of each element.
    pub of: Box<Shape>,
}

/// What the elements of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Each is an error: they hold the code that clients read.
    Errors,
    /// They are values of one param, which has the list's name.
    Param,
    /// There is one element, which has no params.
    Fixed,
}

impl List {
    /// The placeholder that is the whole element, if the list holds single values.
    pub(crate) fn single(&self) -> Option<(&Text, Type)> {
        match self.of.as_ref() {
            Shape::Placeholder(Placeholder::Param(name), kind) => Some((name, *kind)),
            _ => None,
        }
    }
}

/// A piece of a text in a body.
#[derive(Debug)]
pub(crate) enum Part {
    Literal(String),
    /// A placeholder, with its type if it says one.
    Placeholder(Placeholder, Option<Type>),
}

/// A placeholder, by what fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placeholder {
    /// The code, by its place.
    Code(NodeId),
    Status,
    Meaning,
    Fix,
    DocsUrl,
    /// A value that is given each time the error occurs.
    Param(Text),
}

impl Part {
    pub(crate) fn placeholder(&self) -> Option<&Placeholder> {
        match self {
            Self::Literal(_) => None,
            Self::Placeholder(placeholder, _) => Some(placeholder),
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

/// The type of what fills a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Integer,
    /// Any finite number.
    Number,
    Boolean,
    /// Any JSON value.
    Any,
    /// How long to wait before a retry.
    Wait(Unit),
}

/// The unit of a wait in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    Milliseconds,
}

impl Type {
    /// The word for it in templates and, except for waits, in catalogs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Any => "any",
            Self::Wait(_) => "wait",
        }
    }

    /// The unit of a wait.
    pub(crate) fn unit(self) -> Option<&'static str> {
        match self {
            Self::Wait(Unit::Seconds) => Some("s"),
            Self::Wait(Unit::Milliseconds) => Some("ms"),
            _ => None,
        }
    }
}

/// Where the code that clients read is in a body, and the text around it.
#[derive(Clone, Debug)]
pub(crate) struct CodePlace {
    pub at: NodeId,
    pub path: Vec<Step>,
    pub prefix: String,
    pub suffix: String,
    /// A member on the path may be absent, so an error need not have a code.
    pub optional: bool,
}

impl CodePlace {
    /// The code in a body, if it is at this place. If the body holds several errors, the code of the first.
    pub(crate) fn find(&self, body: &Json) -> Option<Json> {
        let mut value = body;
        for step in &self.path {
            value = match (step, value) {
                (Step::Member(key), object) => object.get(key)?,
                (Step::Element, Json::Array(elements)) => elements.first()?,
                (Step::Element, _) => return None,
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
    /// An element of a list.
    Element,
}

impl Body {
    /// Whether this is the code that clients read.
    pub(crate) fn reads(&self, placeholder: &Placeholder) -> bool {
        let code = self.code.as_ref();
        matches!(placeholder, Placeholder::Code(at) if code.is_some_and(|code| code.at == *at))
    }

    /// Calls a function with every member, at any depth.
    pub(crate) fn each_member(&self, with: &mut dyn FnMut(&Member)) {
        each_member(&self.root, with);
    }

    /// The param that is a wait.
    pub(crate) fn wait(&self) -> Option<Param<'_>> {
        self.params().into_iter().find(Param::is_wait)
    }

    /// Whether a body that has the shape always holds a value that few other bodies hold, such as
    /// `ok: false`.
    pub(crate) fn has_literal(&self) -> bool {
        self.literals() > 0
    }

    /// How many such values it holds.
    pub(crate) fn literals(&self) -> usize {
        literals(&self.root)
    }
}

fn each_member(shape: &Shape, with: &mut dyn FnMut(&Member)) {
    match shape {
        Shape::Object(members) => {
            for member in members {
                with(member);
                each_member(&member.shape, with);
            }
        }
        Shape::List(list) => each_member(&list.of, with),
        Shape::Placeholder(..) | Shape::Text(_) | Shape::Literal(_) => {}
    }
}

fn literals(shape: &Shape) -> usize {
    match shape {
        Shape::Object(members) => {
            let required = members.iter().filter(|member| !member.optional);
            required.map(|member| literals(&member.shape)).sum()
        }
        Shape::List(list) if list.role == Role::Errors => literals(&list.of),
        Shape::Literal(json) => usize::from(!matches!(json, Json::Null | Json::Array(_))),
        Shape::List(_) | Shape::Placeholder(..) | Shape::Text(_) => 0,
    }
}

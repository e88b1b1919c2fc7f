//! A body filled in, as a server sends it.

use super::{Body, List, Member, Part, Placeholder, Role, Shape, Type};
use crate::catalog::required;
use crate::text::json::{Json, Number, Object, as_javascript};

/// A place to fill in.
#[derive(Clone, Copy)]
pub(crate) enum Blank<'b> {
    Placeholder(&'b Placeholder, Type),
    /// A list that is a param. It is filled with all of its elements.
    List(&'b List),
}

/// Gives what fills a blank. `None` leaves it out where it may be absent.
type Fill<'f> = dyn Fn(Blank) -> Option<Json> + 'f;

impl Body {
    /// The body that a server sends. The same as `write` of the generated packages.
    pub(crate) fn filled(&self, fill: &Fill) -> Json {
        required(value(&self.root, false, fill))
    }
}

impl List {
    /// An element that a server sends.
    pub(crate) fn element(&self, fill: &Fill) -> Json {
        required(value(&self.of, false, fill))
    }
}

/// An object as it is sent; `None` if it may be absent and is: something that it requires is missing, or it
/// would be empty.
fn object(members: &[Member], optional: bool, fill: &Fill) -> Option<Json> {
    let mut object = Object::default();
    for member in members {
        match value(&member.shape, optional || member.optional, fill) {
            Some(value) => {
                object.push(member.key.as_str(), value);
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
fn value(shape: &Shape, optional: bool, fill: &Fill) -> Option<Json> {
    match shape {
        Shape::Object(members) => object(members, optional, fill),
        Shape::List(list) if list.role == Role::Param => {
            let empty = (!optional).then(|| Json::Array(Vec::new()));
            fill(Blank::List(list)).or(empty)
        }
        Shape::List(list) => Some(Json::Array(vec![value(&list.of, optional, fill)?])),
        Shape::Placeholder(placeholder, kind) => {
            let value = fill(Blank::Placeholder(placeholder, *kind));
            let value = value.filter(|value| !value.is_null());
            value.or_else(|| (!optional).then_some(Json::Null))
        }
        Shape::Text(parts) => text(parts, optional, fill).map(Json::String),
        Shape::Literal(json) => Some(json.clone()),
    }
}

/// A text as it is sent.
pub(crate) fn filled_text(parts: &[Part], fill: &Fill) -> String {
    required(text(parts, false, fill))
}

fn text(parts: &[Part], optional: bool, fill: &Fill) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Literal(literal) => text += literal,
            Part::Placeholder(placeholder, kind) => {
                let kind = kind.unwrap_or(Type::Text);
                match fill(Blank::Placeholder(placeholder, kind)) {
                    Some(value) if !value.is_null() => text += &as_text(&value),
                    _ if optional => return None,
                    _ => {}
                }
            }
        }
    }
    Some(text)
}

/// A value within a text: text as it is, a number as JavaScript writes it, anything else as JSON.
fn as_text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(Number::Float(number)) => as_javascript(*number),
        value => value.to_string(),
    }
}

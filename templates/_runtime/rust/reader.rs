//! Reads response bodies by their shape. Accepts any input.

use core::fmt;
use core::iter::repeat_with;
use core::mem;

use super::alloc::borrow::Cow;
use super::alloc::string::String;
use super::alloc::vec::Vec;
use super::parse::{parse, Json, Keep};
use super::plain_text::plain_text;
use super::scalar::{self, Scalar};
use super::shape::{Holds, Kind, List, Node, Part, Shape, Slot};
use super::value::Value;

/// What a body contains.
pub(crate) struct Read<'b> {
    /// What is found outside the list of errors: before it, if there is one.
    pub found: Found<'b>,
    /// What each element of the list of errors holds, apart from those that hold no error.
    pub errors: Vec<Found<'b>>,
    /// What is found after the list of errors.
    pub after: Found<'b>,
    /// Whether the body is JSON and matches the shape.
    pub matches: bool,
    /// A body that isn't JSON, as one safe line.
    pub text: Option<String>,
}

/// The values in a part of a body. Of several places for one value, the first that has it counts.
#[derive(Default)]
pub(crate) struct Found<'b> {
    pub code: Option<Value<'b>>,
    /// The status that the body names, if it is from 400 to 599.
    pub status: Option<u16>,
    pub params: Vec<Option<Value<'b>>>,
}

impl<'b> Found<'b> {
    fn nothing(params: usize) -> Self {
        Self {
            params: repeat_with(|| None).take(params).collect(),
            ..Self::default()
        }
    }

    fn keep(&mut self, slot: Slot, value: Value<'b>) {
        match slot {
            // An empty code is no code.
            Slot::Code => self.code = Some(value).filter(|code| *code != Value::Text("".into())),
            Slot::Status => self.status = self.status.or_else(|| scalar::status(&value)),
            Slot::Param(index) => {
                if let Some(param @ None) = self.params.get_mut(index) {
                    *param = Some(value);
                }
            }
            Slot::CodeCopy | Slot::Meaning | Slot::Fix | Slot::DocsUrl => {}
        }
    }
}

/// A path into a body, such as `errors[0].code`.
pub(super) enum Place<'p> {
    Body,
    Member(&'p Self, &'p str),
    Element(&'p Self, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body => Ok(()),
            Self::Member(Place::Body, key) => f.write_str(key),
            Self::Member(object, key) => write!(f, "{object}.{key}"),
            Self::Element(array, index) => write!(f, "{array}[{index}]"),
        }
    }
}

/// How a body differs from its shape at one place.
#[derive(Clone, Copy)]
pub(super) enum Mismatch {
    /// The value is missing.
    Missing,
    /// The value has a different type.
    Type,
    /// The value isn't the constant of the shape.
    Literal,
    /// The text around the value is different.
    Words,
}

/// Reads any body.
pub(crate) fn read<'b>(shape: &Shape<'_>, body: &'b str) -> Read<'b> {
    read_with(shape, body, &mut |_, _, _| ())
}

/// Like `read`, but calls `tell` at each place that doesn't match its node. A body that isn't JSON is
/// not reported.
pub(super) fn read_with<'b>(
    shape: &Shape<'_>,
    body: &'b str,
    tell: &mut dyn FnMut(&Place<'_>, &Node<'_>, Mismatch),
) -> Read<'b> {
    let mut reader = Reader {
        absent: shape.absent,
        found: Found::nothing(shape.params),
        before: None,
        errors: Vec::new(),
        matches: true,
        tell,
    };
    let json = parse(body, Keep::Node(&shape.body));
    let text = if json.is_some() {
        None
    } else {
        plain_text(body)
    };
    match json {
        Some(json) => reader.node(&shape.body, false, json, &Place::Body),
        None => reader.matches = false,
    }
    let (found, after) = match reader.before {
        Some(before) => (before, reader.found),
        None => (reader.found, Found::default()),
    };
    Read {
        found,
        errors: reader.errors,
        after,
        matches: reader.matches,
        text,
    }
}

struct Reader<'r, 'b> {
    absent: &'r [&'r str],
    /// The values of the part that is being read.
    found: Found<'b>,
    /// The values before the list of errors, once that was read.
    before: Option<Found<'b>>,
    errors: Vec<Found<'b>>,
    matches: bool,
    tell: &'r mut dyn FnMut(&Place<'_>, &Node<'_>, Mismatch),
}

impl<'b> Reader<'_, 'b> {
    /// Reads one node.
    fn node(&mut self, node: &Node<'_>, optional: bool, value: Json<'b>, place: &Place<'_>) {
        let mismatch = match value {
            Json::Text(text) if optional && self.absent.contains(&&*text) => None,
            Json::Missing | Json::Null if optional => None,
            Json::Missing => Some(Mismatch::Missing),
            value => self.value(node, value, place),
        };
        if let Some(mismatch) = mismatch {
            self.matches = false;
            (self.tell)(place, node, mismatch);
        }
    }

    /// Reads a value. Returns how it differs from its node, apart from what is inside it.
    fn value(&mut self, node: &Node<'_>, value: Json<'b>, place: &Place<'_>) -> Option<Mismatch> {
        match (node, value) {
            (Node::Object(members), Json::Members(values)) => {
                for (member, value) in members.iter().zip(values) {
                    let place = Place::Member(place, member.key);
                    self.node(&member.node, member.optional, value, &place);
                }
            }
            (Node::List(list), Json::Array(elements)) => self.list(list, elements, place),
            (Node::Errors(element), Json::Array(elements)) => {
                self.errors(element, elements, place);
            }
            (Node::Fixed(node), Json::Array(elements)) => {
                for (index, element) in elements.into_iter().enumerate() {
                    drop(self.element(0, node, element, &Place::Element(place, index)));
                }
            }
            (Node::AnyList, Json::Array(_)) => {}
            (Node::Literal(literal), value) => {
                if !scalar::is_equal(literal, &value) {
                    return Some(match value {
                        Json::Null => Mismatch::Missing,
                        _ => Mismatch::Literal,
                    });
                }
            }
            (Node::Slot(_, kind), Json::Null) if !matches!(kind, Kind::Any) => {
                return Some(Mismatch::Missing);
            }
            (Node::Slot(slot, kind), value) => {
                if !self.keep(*slot, scalar::whole(*kind, value)) {
                    return Some(Mismatch::Type);
                }
            }
            (Node::Text(parts), Json::Text(text)) => match filled(parts, text) {
                Filled::One(slot, kind, text) => {
                    if !self.keep(slot, scalar::part(kind, text)) {
                        return Some(Mismatch::Type);
                    }
                }
                Filled::Several => {}
                Filled::Other => return Some(Mismatch::Words),
            },
            (_, Json::Null) => return Some(Mismatch::Missing),
            _ => return Some(Mismatch::Type),
        }
        None
    }

    /// Keeps a value. Returns whether it has the declared type.
    fn keep(&mut self, slot: Slot, (value, has_type): Scalar<'b>) -> bool {
        if let Some(value) = value {
            self.found.keep(slot, value);
        }
        has_type
    }

    fn list(&mut self, list: &List<'_>, elements: Vec<Json<'b>>, place: &Place<'_>) {
        let size = match list.holds {
            Holds::Values => 1,
            Holds::Items(size) => size,
        };
        let mut held = Vec::new();
        for (index, element) in elements.into_iter().enumerate() {
            let is_object = matches!(element, Json::Members(_));
            let found = self.element(size, &list.element, element, &Place::Element(place, index));
            let is_held = match list.holds {
                Holds::Values => found.params.iter().any(Option::is_some),
                Holds::Items(_) => is_object,
            };
            if is_held {
                held.push(found.params);
            }
        }
        self.found.keep(Slot::Param(list.param), Value::List(held));
    }

    fn errors(&mut self, node: &Node<'_>, elements: Vec<Json<'b>>, place: &Place<'_>) {
        let size = self.found.params.len();
        for (index, element) in elements.into_iter().enumerate() {
            let is_object = matches!(element, Json::Members(_));
            let found = self.element(size, node, element, &Place::Element(place, index));
            // An element can also be the code alone.
            let is_error = match node {
                Node::Object(_) => is_object,
                _ => found.code.is_some(),
            };
            if is_error {
                self.errors.push(found);
            }
        }
        self.before = Some(mem::replace(&mut self.found, Found::nothing(size)));
    }

    /// Reads an element of a list. Returns the values in it.
    fn element(
        &mut self,
        size: usize,
        node: &Node<'_>,
        json: Json<'b>,
        place: &Place<'_>,
    ) -> Found<'b> {
        let around = mem::replace(&mut self.found, Found::nothing(size));
        self.node(node, false, json, place);
        mem::replace(&mut self.found, around)
    }
}

/// The parts of a text that placeholders fill.
enum Filled<'b> {
    One(Slot, Kind, Cow<'b, str>),
    /// Several parts. Nothing tells where one ends and the next begins.
    Several,
    /// The text around the placeholder is different.
    Other,
}

fn filled<'b>(parts: &[Part<'_>], text: Cow<'b, str>) -> Filled<'b> {
    let slots = parts.iter().filter(|part| matches!(part, Part::Slot(..)));
    if slots.count() > 1 {
        return Filled::Several;
    }
    match parts {
        [Part::Slot(slot, kind)] => Filled::One(*slot, *kind, text),
        [Part::Literal(before), rest @ ..] => cut(text, |text| text.strip_prefix(before))
            .map_or(Filled::Other, |text| filled(rest, text)),
        [rest @ .., Part::Literal(after)] => cut(text, |text| text.strip_suffix(after))
            .map_or(Filled::Other, |text| filled(rest, text)),
        _ => Filled::Other,
    }
}

/// A part of a text.
fn cut(text: Cow<'_, str>, part: impl Fn(&str) -> Option<&str>) -> Option<Cow<'_, str>> {
    match text {
        Cow::Borrowed(text) => part(text).map(Cow::Borrowed),
        Cow::Owned(text) => part(&text).map(|part| Cow::Owned(part.into())),
    }
}

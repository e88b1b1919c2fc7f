//! Reads response bodies by their shape. Accepts any input.

use core::fmt;
use core::iter::repeat_with;

use super::alloc::borrow::Cow;
use super::alloc::string::String;
use super::alloc::vec::Vec;
use super::parse::{elements, parse, parse_object, Json};
use super::plain_text::plain_text;
use super::scalar::{self, Scalar};
use super::shape::{Holds, Kind, List, Member, Node, Part, Shape, Slot};
use super::value::{Value, Values};

/// What a body contains, apart from the `params` of `read`.
pub(crate) struct Read<'b> {
    /// The code outside the list of errors: after it, if there is one.
    pub code: Option<Value<'b>>,
    /// The status there, if it is from 400 to 599.
    pub status: Option<u16>,
    /// What is found before the list of errors.
    pub before: Found<'b>,
    /// What each element of the list of errors holds, apart from those that hold no error.
    pub errors: Vec<Found<'b>>,
    /// Whether the body is JSON and matches the shape.
    pub matches: bool,
    /// A body that isn't JSON, as one safe line.
    pub text: Option<String>,
}

/// The values in a part of a body.
#[derive(Default)]
pub(crate) struct Found<'b> {
    pub code: Option<Value<'b>>,
    pub status: Option<u16>,
    pub params: Values<'b>,
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

/// Reads any body. `params` become the values outside the list of errors: after it, if there is one.
pub(crate) fn read<'b>(
    shape: &Shape<'_>,
    body: &'b str,
    params: &mut [Option<Value<'b>>],
) -> Read<'b> {
    read_with(shape, body, params, &mut |_, _, _| ())
}

/// Like `read`, but calls `tell` at each place that doesn't match its node. A body that isn't JSON is
/// not reported.
pub(super) fn read_with<'b>(
    shape: &Shape<'_>,
    body: &'b str,
    params: &mut [Option<Value<'b>>],
    tell: &mut dyn FnMut(&Place<'_>, &Node<'_>, Mismatch),
) -> Read<'b> {
    let mut reader = Reader::new(shape.absent, params, tell);
    // The members of an object are found while it is checked. Anything else is checked first.
    let checked = match &shape.body {
        Node::Object(members) if body.trim_ascii_start().starts_with('{') => {
            reader.object(members, body, &Place::Body)
        }
        node => parse(body).map(|json| reader.node(node, false, &json, &Place::Body)),
    };
    let mut read = Read {
        code: reader.code,
        status: reader.status,
        before: reader.before,
        errors: reader.errors,
        matches: reader.matches,
        text: None,
    };
    if checked.is_none() {
        read.matches = false;
        read.text = plain_text(body);
    }
    read
}

struct Reader<'r, 'b> {
    absent: &'r [&'r str],
    /// The values of the part that is being read.
    code: Option<Value<'b>>,
    status: Option<u16>,
    params: &'r mut [Option<Value<'b>>],
    /// The values before the list of errors, once that was read.
    before: Found<'b>,
    errors: Vec<Found<'b>>,
    matches: bool,
    tell: &'r mut dyn FnMut(&Place<'_>, &Node<'_>, Mismatch),
}

impl<'r, 'b> Reader<'r, 'b> {
    fn new(
        absent: &'r [&'r str],
        params: &'r mut [Option<Value<'b>>],
        tell: &'r mut dyn FnMut(&Place<'_>, &Node<'_>, Mismatch),
    ) -> Self {
        Self {
            absent,
            code: None,
            status: None,
            params,
            before: Found::default(),
            errors: Vec::new(),
            matches: true,
            tell,
        }
    }

    /// Reads an object. Returns `None`, and keeps nothing, if it isn't JSON.
    fn object(&mut self, members: &[Member<'_>], object: &'b str, place: &Place<'_>) -> Option<()> {
        // Few objects have more members, and only those need an allocation.
        let mut few = [Json::Missing; 8];
        let mut many = Vec::new();
        let values = few.get_mut(..members.len()).unwrap_or_else(|| {
            many.resize(members.len(), Json::Missing);
            &mut many
        });
        parse_object(object, members, values)?;
        for (member, value) in members.iter().zip(values) {
            let place = Place::Member(place, member.key);
            self.node(&member.node, member.optional, value, &place);
        }
        Some(())
    }

    /// Reads one node.
    fn node(&mut self, node: &Node<'_>, optional: bool, value: &Json<'b>, place: &Place<'_>) {
        let mismatch = match value {
            Json::Text(text) if optional && self.absent.contains(&&*text.read()) => None,
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
    fn value(&mut self, node: &Node<'_>, value: &Json<'b>, place: &Place<'_>) -> Option<Mismatch> {
        match (node, value) {
            (Node::Object(members), Json::Object(object)) => {
                let _ = self.object(members, object, place);
            }
            (Node::List(list), Json::Array(array)) => self.list(list, array, place),
            (Node::Errors(element), Json::Array(array)) => {
                self.errors(element, array, place);
            }
            (Node::Fixed(node), Json::Array(array)) => {
                for (index, element) in elements(array).enumerate() {
                    drop(self.element(0, node, &element, &Place::Element(place, index)));
                }
            }
            (Node::AnyList, Json::Array(_)) => {}
            (Node::Literal(literal), value) => {
                if !scalar::is_equal(literal, value) {
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
            (Node::Text(parts), Json::Text(text)) => match filled(parts, text.read()) {
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
        match (slot, value) {
            // An error with an empty code has no code.
            (Slot::Code, Some(Value::Text(text))) if text.is_empty() => self.code = None,
            (Slot::Code, Some(value)) => self.code = Some(value),
            (Slot::Status, Some(value)) => {
                self.status = self.status.or_else(|| scalar::status(&value));
            }
            (Slot::Param(index), value) => {
                // Of several places for one value, the first that has it counts.
                if let Some(param @ None) = self.params.get_mut(index) {
                    *param = value;
                }
            }
            _ => {}
        }
        has_type
    }

    fn list(&mut self, list: &List<'_>, array: &'b str, place: &Place<'_>) {
        let size = match list.holds {
            Holds::Values => 1,
            Holds::Items(size) => size,
        };
        let mut held = Vec::new();
        for (index, element) in elements(array).enumerate() {
            let is_object = matches!(element, Json::Object(_));
            let found = self.element(size, &list.element, &element, &Place::Element(place, index));
            let is_held = match list.holds {
                Holds::Values => found.params.iter().any(Option::is_some),
                Holds::Items(_) => is_object,
            };
            if is_held {
                held.push(found.params);
            }
        }
        let _ = self.keep(Slot::Param(list.param), (Some(Value::List(held)), true));
    }

    fn errors(&mut self, node: &Node<'_>, array: &'b str, place: &Place<'_>) {
        let size = self.params.len();
        for (index, element) in elements(array).enumerate() {
            let is_object = matches!(element, Json::Object(_));
            let found = self.element(size, node, &element, &Place::Element(place, index));
            // An element can also be the code alone.
            let is_error = match node {
                Node::Object(_) => is_object,
                _ => found.code.is_some(),
            };
            if is_error {
                self.errors.push(found);
            }
        }
        self.before = Found {
            code: self.code.take(),
            status: self.status.take(),
            params: self.params.iter_mut().map(Option::take).collect(),
        };
    }

    /// Reads an element of a list. Returns the values in it.
    fn element(
        &mut self,
        size: usize,
        node: &Node<'_>,
        json: &Json<'b>,
        place: &Place<'_>,
    ) -> Found<'b> {
        let mut params: Values<'_> = repeat_with(|| None).take(size).collect();
        let mut element = Reader::new(self.absent, &mut params, self.tell);
        element.node(node, false, json, place);
        self.matches &= element.matches;
        Found {
            code: element.code,
            status: element.status,
            params,
        }
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

//! Reads response bodies by their shape. Accepts any input.

use core::convert::TryFrom;
use core::fmt;

use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::alloc::borrow::{Cow, ToOwned};
use super::alloc::string::{String, ToString};
use super::body::{Kind, Member, Node, Part, Slot};

/// A value read from a body.
pub(crate) enum Value<'b> {
    Text(Cow<'b, str>),
    Integer(i64),
    Boolean(bool),
    /// JSON as text.
    Json(String),
}

impl<'b> Value<'b> {
    /// The value as text, whatever its type.
    #[inline]
    pub(crate) fn into_text(self) -> Cow<'b, str> {
        match self {
            Self::Text(text) => text,
            Self::Integer(integer) => integer.to_string().into(),
            Self::Boolean(boolean) => boolean.to_string().into(),
            Self::Json(json) => json.into(),
        }
    }

    pub(crate) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    pub(crate) fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        match self {
            Self::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }

    pub(crate) fn any(self) -> Option<String> {
        match self {
            Self::Json(json) => Some(json),
            _ => None,
        }
    }
}

/// A path into a body, such as `errors[0].code`.
pub(super) enum Place<'p> {
    Body,
    Member(&'p Self, &'p str),
    Element(&'p Self),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body => Ok(()),
            Self::Member(Place::Body, key) => f.write_str(key),
            Self::Member(object, key) => write!(f, "{object}.{key}"),
            Self::Element(array) => write!(f, "{array}[0]"),
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
    /// The text around the value is different.
    Words,
}

/// What a body contains.
pub(crate) struct Found<'f, 'b> {
    pub code: Option<Value<'b>>,
    pub status: Option<Value<'b>>,
    pub params: &'f mut [Option<Value<'b>>],
    /// Whether the body is valid JSON and matches the shape.
    pub fits: bool,
}

impl<'f, 'b> Found<'f, 'b> {
    /// Reads any body. If it isn't valid JSON, keeps what comes before the first error.
    pub(crate) fn read(
        shape: &Node<'_>,
        body: &'b [u8],
        params: &'f mut [Option<Value<'b>>],
    ) -> Self {
        Self::read_with(shape, body, params, &mut |_, _, _| ())
    }

    /// Like `read`, but calls `tell` at each place that doesn't match its node. Invalid JSON is not
    /// reported.
    pub(super) fn read_with(
        shape: &Node<'_>,
        body: &'b [u8],
        params: &'f mut [Option<Value<'b>>],
        tell: &mut impl FnMut(&Place<'_>, &Node<'_>, Mismatch),
    ) -> Self {
        let mut found = Self {
            code: None,
            status: None,
            params,
            fits: true,
        };
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let reader = Reader {
            node: shape,
            optional: false,
            place: &Place::Body,
            found: &mut found,
            tell,
        };
        let read = match core::str::from_utf8(body) {
            Ok(text) => reader.whole(serde_json::Deserializer::from_str(text)),
            // Invalid UTF-8: read what comes before it.
            Err(_) => reader.whole(serde_json::Deserializer::from_slice(body)),
        };
        if read.is_err() {
            found.fits = false;
        }
        found
    }

    /// The status in the body. `None` unless it is from 400 to 599.
    pub(crate) fn status(&self) -> Option<u16> {
        let status = match self.status.as_ref()? {
            Value::Integer(status) => u16::try_from(*status).ok()?,
            Value::Text(text) => text.parse().ok()?,
            Value::Json(json) => json.trim_matches('"').parse().ok()?,
            Value::Boolean(_) => return None,
        };
        (400..600).contains(&status).then_some(status)
    }

    #[inline]
    fn keep(&mut self, slot: Slot, value: Value<'b>) {
        match slot {
            Slot::Code => self.code = Some(value),
            Slot::Status => self.status = Some(value),
            Slot::Param(index) => {
                if let Some(param) = self.params.get_mut(index) {
                    *param = Some(value);
                }
            }
            Slot::Hint => self.status = self.status.take().or(Some(value)),
            Slot::Meaning | Slot::Fix | Slot::DocsUrl => {}
        }
    }
}

/// Reads one node of a body. Fails only on invalid JSON.
struct Reader<'r, 'f, 'b, 's, F> {
    node: &'s Node<'s>,
    optional: bool,
    place: &'r Place<'r>,
    found: &'r mut Found<'f, 'b>,
    tell: &'r mut F,
}

impl<'b, F: FnMut(&Place<'_>, &Node<'_>, Mismatch)> Reader<'_, '_, 'b, '_, F> {
    /// Reads the whole body. Fails if anything follows the JSON.
    fn whole<R: serde_json::de::Read<'b>>(
        self,
        mut json: serde_json::Deserializer<R>,
    ) -> serde_json::Result<()> {
        self.deserialize(&mut json)?;
        json.end()
    }

    fn mismatch(self, mismatch: Mismatch) {
        self.found.fits = false;
        (self.tell)(self.place, self.node, mismatch);
    }

    /// Handles a missing or null value: a mismatch unless it is optional or a literal.
    fn nothing(self) {
        if !self.optional && !matches!(self.node, Node::Literal(_)) {
            self.mismatch(Mismatch::Missing);
        }
    }

    /// Handles a value of a different type. Where text is expected, keeps it as text.
    fn other(self, value: &dyn fmt::Display) {
        match self.node {
            Node::Literal(_) => return,
            Node::Slot(slot, Kind::Text) => {
                let text = value.to_string();
                self.found.keep(*slot, Value::Text(text.into()));
            }
            _ => {}
        }
        self.mismatch(Mismatch::Type);
    }

    #[inline]
    fn text(self, text: Cow<'b, str>) {
        match self.node {
            // Some Python servers send `None` for a missing text.
            Node::Slot(_, Kind::Text) if text == "None" => self.nothing(),
            Node::Slot(slot, Kind::Text) => self.found.keep(*slot, Value::Text(text)),
            Node::Slot(slot, Kind::Integer) => {
                if let Ok(integer) = text.parse() {
                    self.found.keep(*slot, Value::Integer(integer));
                }
                self.mismatch(Mismatch::Type);
            }
            Node::Text(parts) => match filled(parts, &text) {
                Some((slot, text)) => self.found.keep(slot, Value::Text(text.to_owned().into())),
                // A text with several values can't be split into them.
                None if has_several(parts) => {}
                None => self.mismatch(Mismatch::Words),
            },
            _ => self.other(&text),
        }
    }
}

/// Whether a text contains several values.
fn has_several(parts: &[Part<'_>]) -> bool {
    let slots = parts.iter().filter(|part| matches!(part, Part::Slot(_)));
    slots.count() > 1
}

/// The value of a text that contains only one.
fn filled<'t>(parts: &[Part<'_>], text: &'t str) -> Option<(Slot, &'t str)> {
    match parts {
        [Part::Slot(slot)] => Some((*slot, text)),
        [Part::Literal(before), rest @ ..] => filled(rest, text.strip_prefix(before)?),
        [rest @ .., Part::Literal(after)] => filled(rest, text.strip_suffix(after)?),
        _ => None,
    }
}

impl<'de, F> DeserializeSeed<'de> for Reader<'_, '_, 'de, '_, F>
where
    F: FnMut(&Place<'_>, &Node<'_>, Mismatch),
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        if let Node::Slot(slot, Kind::Any) = self.node {
            match serde_json::Value::deserialize(json)? {
                serde_json::Value::Null if self.optional => {}
                value => self.found.keep(*slot, Value::Json(value.to_string())),
            }
            return Ok(());
        }
        json.deserialize_any(self)
    }
}

impl<'de, F> Visitor<'de> for Reader<'_, '_, 'de, '_, F>
where
    F: FnMut(&Place<'_>, &Node<'_>, Mismatch),
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let members: &[Member<'_>] = match self.node {
            Node::Object(members) => members,
            _ => &[],
        };
        // One bit per member found. Members after the 64th never count as missing.
        let bit = |index| 1_u64.checked_shl(index).unwrap_or_default();
        let mut there = 0;
        while let Some(index) = object.next_key_seed(Key(members))? {
            let Some((index, member)) = index else {
                let _ = object.next_value::<IgnoredAny>()?;
                continue;
            };
            there |= bit(index);
            object.next_value_seed(Reader {
                node: &member.node,
                optional: member.optional,
                place: &Place::Member(self.place, member.key),
                found: &mut *self.found,
                tell: &mut *self.tell,
            })?;
        }
        for (index, member) in (0..).zip(members) {
            if !member.optional && there & bit(index) != bit(index) {
                let place = Place::Member(self.place, member.key);
                self.found.fits = false;
                (self.tell)(&place, &member.node, Mismatch::Missing);
            }
        }
        if !matches!(self.node, Node::Object(_) | Node::Literal(_)) {
            self.mismatch(Mismatch::Type);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        match self.node {
            Node::Array(node) => {
                let _ = array.next_element_seed(Reader {
                    node,
                    optional: self.optional,
                    place: &Place::Element(self.place),
                    found: self.found,
                    tell: self.tell,
                })?;
            }
            Node::Literal(_) => {}
            _ => self.mismatch(Mismatch::Type),
        }
        while array.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.text(text.to_owned().into());
        Ok(())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        self.text(text.into());
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        match self.node {
            Node::Slot(slot, Kind::Integer) => self.found.keep(*slot, Value::Integer(number)),
            _ => self.other(&number),
        }
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        if let Ok(number) = i64::try_from(number) {
            return self.visit_i64(number);
        }
        self.other(&number);
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.other(&number);
        Ok(())
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<(), E> {
        match self.node {
            Node::Slot(slot, Kind::Boolean) => self.found.keep(*slot, Value::Boolean(boolean)),
            _ => self.other(&boolean),
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.nothing();
        Ok(())
    }
}

/// Finds the member with a key, and its index.
struct Key<'s>(&'s [Member<'s>]);

impl<'de, 's> DeserializeSeed<'de> for Key<'s> {
    type Value = Option<(u32, &'s Member<'s>)>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'s> Visitor<'_> for Key<'s> {
    type Value = Option<(u32, &'s Member<'s>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok((0..).zip(self.0).find(|(_, member)| member.key == key))
    }
}

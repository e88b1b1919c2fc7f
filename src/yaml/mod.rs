//! YAML text → a tree that keeps what a finding needs: the order of members, duplicate keys, and
//! the number of every scalar, from which [`locate`] finds its place. The one user of the YAML
//! parser. Never knows what a catalog is, never prints.

mod bytes;
mod place;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};

pub(crate) use place::{Span, locate};

/// The number of a scalar in its file, in reading order. A list or mapping has that of its first
/// scalar, an empty one that of the scalar before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// The place of a value that is not in the file, as one that stands in for a missing field.
    /// Findings about it are dropped, because what is missing was already reported.
    pub(crate) const NOWHERE: Self = Self(u32::MAX);

    /// Whether there is a place in the file to point at.
    #[must_use]
    pub(crate) fn is_somewhere(self) -> bool {
        self != Self::NOWHERE
    }
}

/// One value of a YAML file.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub at: NodeId,
    /// The number after that of its last scalar.
    pub end: NodeId,
    pub value: Value<'t>,
}

#[derive(Debug)]
pub(crate) enum Value<'t> {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Mapping(Vec<(Node<'t>, Node<'t>)>),
}

impl Value<'_> {
    /// What a person calls a value of this kind.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing (null)",
            Self::Boolean(_) => "true or false",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Mapping(_) => "a mapping",
        }
    }
}

/// Text that is no YAML, or more than the plain data a catalog is made of.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Line and column, from 1, in characters.
    pub place: (usize, usize),
    pub message: String,
    pub help: &'static str,
    /// It is YAML, but more than plain data.
    pub is_yaml: bool,
    /// Where the construct began that the error is in.
    pub began: Option<(usize, usize)>,
}

/// Reads a whole file: bytes to text, without a byte order mark.
///
/// # Errors
/// What the YAML parser would report badly or not at all: bytes that are no UTF-8, characters
/// that YAML forbids or takes as line breaks, nesting that would take it minutes.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, SyntaxError> {
    bytes::text(bytes)
}

/// Parses one YAML document of plain data.
///
/// # Errors
/// The first thing in the text that is no YAML, or no plain data (a tag).
pub(crate) fn parse(text: &str) -> Result<Node<'_>, SyntaxError> {
    // The parser resolves anchors and aliases, and knows some tags, without a word. With each of
    // them made a tag that it does not know, it tells where the first one is.
    if let Some(Err(error)) = bytes::tagged(text).as_deref().map(tree) {
        let message = error.to_string();
        if message.contains(place::TAG) {
            return Err(place::plain_data(text, &message));
        }
    }
    tree(text).map_err(|error| {
        let message = error.to_string();
        if message.contains(place::TAG) {
            return place::plain_data(text, &message);
        }
        place::syntax_error(text, &message)
    })
}

fn tree(text: &str) -> Result<Node<'_>, serde_yaml::Error> {
    let reader = RefCell::new(Reader::default());
    Seed(&reader).deserialize(serde_yaml::Deserializer::from_str(text))
}

/// What one pass over a file counts and collects.
#[derive(Default)]
struct Reader {
    next: u32,
    /// The scalars whose places are wanted, ascending; none on the first pass.
    wanted: Vec<NodeId>,
    /// The wanted scalars met so far: line, column, and the text of those that are text.
    found: Vec<((usize, usize), Option<String>)>,
}

#[derive(Clone, Copy)]
struct Seed<'a>(&'a RefCell<Reader>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        let at = NodeId(self.0.borrow().next);
        let mut scalar = None;
        let visitor = NodeVisitor { seed: self, scalar: &mut scalar };
        let value = match (deserializer.deserialize_any(visitor), scalar) {
            (Ok(value), _) => value,
            // A wanted scalar "fails" on purpose: the parser adds the place to the error, and has
            // consumed the scalar, so the pass goes on. The tree needs no place per value this way.
            (Err(error), Some(value)) => {
                let text = match &value {
                    Value::Text(text) => Some(text.clone().into_owned()),
                    _ => None,
                };
                let place = place::place_in(&error.to_string());
                self.0.borrow_mut().found.push((place, text));
                value
            }
            (Err(error), None) => return Err(error),
        };
        let end = NodeId(self.0.borrow().next);
        let at = if at == end { NodeId(at.0.saturating_sub(1)) } else { at };
        Ok(Node { at, end, value })
    }
}

struct NodeVisitor<'a, 'de> {
    seed: Seed<'a>,
    scalar: &'a mut Option<Value<'de>>,
}

impl<'de> NodeVisitor<'_, 'de> {
    fn scalar<E: de::Error>(self, value: Value<'de>) -> Result<Value<'de>, E> {
        let mut reader = self.seed.0.borrow_mut();
        let at = NodeId(reader.next);
        reader.next += 1;
        if reader.wanted.get(reader.found.len()) == Some(&at) {
            *self.scalar = Some(value);
            return Err(E::custom(""));
        }
        Ok(value)
    }
}

impl<'de> Visitor<'de> for NodeVisitor<'_, 'de> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain data")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        self.scalar(Value::Null)
    }

    /// An empty file.
    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        self.scalar(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        self.scalar(Value::Boolean(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        self.scalar(Value::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "no field holds a number this large")]
        self.scalar(i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Self::Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "no field holds a number this large")]
        self.scalar(Value::Float(value as f64))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Self::Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "no field holds a number this large")]
        self.scalar(Value::Float(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        self.scalar(Value::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        self.scalar(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        self.scalar(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self.seed)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = mapping.next_key_seed(self.seed)? {
            members.push((key, mapping.next_value_seed(self.seed)?));
        }
        Ok(Value::Mapping(members))
    }

    /// The parser's way to hand on a tag such as `!include`.
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(de::Error::custom(place::TAG))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [`locate`] reads the places off the parser's messages; this fails if their wording changes.
    #[test]
    fn every_scalar_is_found_where_it_stands() {
        let text = "a: 1\nb:\n  - x\n  - {c: \"d\", é: ~}\n'f': []\ng: |\n  h\n";
        parse(text).unwrap();
        let all: Vec<NodeId> = (0..11).map(NodeId).collect();
        let places: Vec<_> = locate(text, &all).into_iter().map(|s| (s.line, s.column)).collect();
        let want = [
            (1, 1),
            (1, 4),
            (2, 1),
            (3, 5),
            (4, 6),
            (4, 9),
            (4, 14),
            (4, 17),
            (5, 1),
            (6, 1),
            (6, 4),
        ];
        assert_eq!(places, want);
    }

    #[test]
    fn anchors_and_tags_are_told_from_what_looks_like_one() {
        for text in [
            "a: &x 1",
            "a: *x",
            "a: !t 1",
            "a: !!str 1",
            "a: !<tag:yaml.org,2002:str> 1",
            "[&x 1]",
            "a: &x\n  b: 1",
            "? &x a\n: 1",
            "- *x",
            "a: !!map {}",
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.is_yaml || text.contains('*'), "{text}: {error:?}");
        }
        for text in [
            "a: R&D &more",
            "a: '&x'",
            "a: \"*x\"",
            "a: b # &x",
            "# *x\na: 1",
            "a: |\n  &x",
            "a: b\n  &x c",
            "a: hey !ho",
            "a: 2 *x",
        ] {
            parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        }
        let error = parse("a: 1\nb: &x 2\nc: *x\n").unwrap_err();
        assert_eq!((error.place, error.message.as_str()), ((2, 4), "this is an anchor of YAML"));
    }

    #[test]
    fn an_empty_collection_stands_at_its_key() {
        let Value::Mapping(members) = parse("a: 1\nb: []\n").unwrap().value else { panic!() };
        assert_eq!(members[1].1.at, members[1].0.at);
    }
}

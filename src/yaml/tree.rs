//! The tree of a YAML text, made by one pass of the parser. A second pass tells where the parser saw
//! some of its scalars.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};

use super::{Node, NodeId, Value};

/// What the visitor answers to a tag. It sets the error apart from the parser's own.
pub(super) const TAG: &str = "a YAML tag is not plain data";

/// The tree of a text. Its first scalar gets the number `first`.
pub(super) fn parse(text: &str, first: NodeId) -> Result<Node<'_>, serde_yaml::Error> {
    read(text, &RefCell::new(Reader { next: first.0, ..Reader::default() }))
}

/// A scalar that [`find`] met.
pub(super) struct Found {
    /// The parser's error, which ends with the place of the scalar.
    pub message: String,
    /// Its value, if that is text.
    pub text: Option<String>,
}

/// Some scalars of a text that [`parse`] accepted. `wanted` ascends, and so do the results.
pub(super) fn find(text: &str, first: NodeId, wanted: &[NodeId]) -> Vec<Found> {
    let reader = Reader { next: first.0, wanted: wanted.to_vec(), ..Reader::default() };
    let reader = RefCell::new(reader);
    // The first pass reported every error there is.
    let _ = read(text, &reader);
    reader.into_inner().found
}

fn read<'t>(text: &'t str, reader: &RefCell<Reader>) -> Result<Node<'t>, serde_yaml::Error> {
    Seed(reader).deserialize(serde_yaml::Deserializer::from_str(text))
}

/// What one pass over a file counts and collects.
#[derive(Default)]
struct Reader {
    /// The number of the next scalar.
    next: u32,
    /// The scalars to look for; empty on the first pass.
    wanted: Vec<NodeId>,
    /// The wanted scalars met so far.
    found: Vec<Found>,
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
            // A wanted scalar fails on purpose, because the parser adds the place to the error. The
            // scalar is consumed by then, so the pass can go on. This way the tree needn't keep a
            // place for each value.
            (Err(error), Some(value)) => {
                let text = match &value {
                    Value::Text(text) => Some(text.clone().into_owned()),
                    _ => None,
                };
                self.0.borrow_mut().found.push(Found { message: error.to_string(), text });
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
        Ok(Value::List(items.into_boxed_slice()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = mapping.next_key_seed(self.seed)? {
            members.push((key, mapping.next_value_seed(self.seed)?));
        }
        Ok(Value::Mapping(members.into_boxed_slice()))
    }

    /// How the parser passes on a tag such as `!include`.
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(de::Error::custom(TAG))
    }
}

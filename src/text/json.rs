//! JSON that keeps the members of an object in their order, for the bodies and data of catalogs.
//! `serde_json::Value` does that only with a feature that costs build scripts one more crate.

use std::fmt;

use crate::sorted::SortedMap;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Number;

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Json {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Self>),
    Object(Object),
}

/// An object of JSON. Its keys all differ. Two objects with the same members are equal in any order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object(Vec<(String, Json)>);

/// Makes an [`Object`] of keys and values.
macro_rules! object {
    ($($key:literal: $value:expr),* $(,)?) => {{
        let members: Vec<(String, crate::text::json::Json)> = vec![$(($key.to_owned(), $value.into())),*];
        members.into_iter().collect::<crate::text::json::Object>()
    }};
}

pub(crate) use object;

impl Json {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A member, if this is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(object) => {
                object.iter().find(|(own, _)| *own == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

impl Object {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Adds a member, which the object must not have yet.
    pub(crate) fn push(&mut self, key: impl Into<String>, value: impl Into<Json>) {
        self.0.push((key.into(), value.into()));
    }

    /// Adds all members of another object.
    pub(crate) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.0.retain(|(own, _)| own != key);
    }

    /// An object among its members.
    pub(crate) fn object_mut(&mut self, key: &str) -> Option<&mut Self> {
        let (_, member) = self.0.iter_mut().find(|(own, _)| own == key)?;
        match member {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.iter().collect::<SortedMap<_, _>>() == other.iter().collect()
    }
}

impl<T: Into<Json>> FromIterator<(String, T)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(members: I) -> Self {
        Self(members.into_iter().map(|(key, value)| (key, value.into())).collect())
    }
}

impl<T: Into<Self>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

/// Declares what makes JSON of a type.
macro_rules! from {
    ($($type:ty => $json:expr,)*) => {$(
        impl From<$type> for Json {
            fn from(value: $type) -> Self {
                let json: fn($type) -> Self = $json;
                json(value)
            }
        }
    )*};
}

from! {
    bool => Self::Bool,
    i32 => |number| Self::Number(number.into()),
    i64 => |number| Self::Number(number.into()),
    u16 => |number| Self::Number(number.into()),
    u32 => |number| Self::Number(number.into()),
    u64 => |number| Self::Number(number.into()),
    f64 => |number| Number::from_f64(number).map_or(Self::Null, Self::Number),
    &str => |text| Self::String(text.to_owned()),
    String => Self::String,
    Object => Self::Object,
}

impl<T: Into<Self>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Json {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

/// JSON on one line; with `{:#}`, one member a line.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let json = if f.alternate() {
            serde_json::to_string_pretty(self)
        } else {
            serde_json::to_string(self)
        };
        f.write_str(&json.map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(object) => serializer.collect_map(object.iter()),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

/// Declares what a visitor does with values that hold no others.
macro_rules! visit {
    ($($visit:ident: $type:ty,)*) => {$(
        fn $visit<E>(self, value: $type) -> Result<Json, E> {
            Ok(value.into())
        }
    )*};
}

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    visit! {
        visit_bool: bool,
        visit_i64: i64,
        visit_u64: u64,
        visit_f64: f64,
        visit_str: &str,
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    /// Of equal keys, the last counts, in the place of the first.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut object = Object::default();
        let mut places: SortedMap<String, usize> = SortedMap::new();
        while let Some((key, value)) = map.next_entry::<String, Json>()? {
            if let Some((_, first)) = places.get(&key).and_then(|at| object.0.get_mut(*at)) {
                *first = value;
            } else {
                places.insert(key.clone(), object.0.len());
                object.push(key, value);
            }
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any JSON, as text. Keys are few, so that an object often has one twice.
    fn json() -> impl Strategy<Value = String> {
        let number = prop_oneof![
            any::<f64>()
                .prop_filter("JSON has no others", |one| one.is_finite())
                .prop_map(|one| format!("{one:e}")),
            any::<i64>().prop_map(|one| one.to_string()),
            any::<u64>().prop_map(|one| one.to_string()),
        ];
        let text = "[a-c\u{e9} ]{0,3}".prop_map(|text| format!("\"{text}\""));
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|one| one.to_string()),
            number,
            text
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            let member =
                ("[a-d]", inner.clone()).prop_map(|(key, value)| format!("\"{key}\":{value}"));
            prop_oneof![
                proptest::collection::vec(inner, 0..4)
                    .prop_map(|items| format!("[{}]", items.join(","))),
                proptest::collection::vec(member, 0..6)
                    .prop_map(|members| format!("{{{}}}", members.join(","))),
            ]
        })
    }

    fn read(text: &str) -> (Json, serde_json::Value) {
        (serde_json::from_str(text).unwrap(), serde_json::from_str(text).unwrap())
    }

    /// Tests have the feature `cli`, and with it `serde_json` keeps the order too.
    #[test]
    fn it_is_read_written_and_compared_as_serde_json_does() {
        proptest!(|(one in json(), other in json())| {
            let ((own, theirs), (own_other, their_other)) = (read(&one), read(&other));
            prop_assert_eq!(own.to_string(), theirs.to_string());
            prop_assert_eq!(format!("{own:#}"), format!("{theirs:#}"));
            prop_assert_eq!(own == own_other, theirs == their_other);
            prop_assert_eq!(serde_json::to_value(&own).unwrap(), theirs);
        });
    }

    #[test]
    fn objects_are_equal_in_any_order() {
        let [one, other] = [r#"{"a":{"b":1,"c":[2]},"d":"x"}"#, r#"{"d":"x","a":{"c":[2],"b":1}}"#];
        assert_eq!(read(one).0, read(other).0);
        for differs in [
            r#"{"a":{"b":1,"c":[2]}}"#,
            r#"{"a":{"b":1,"c":[2]},"d":"y"}"#,
            r#"{"a":{"b":1,"c":[2]},"e":"x"}"#,
            r#"{"a":{"b":1.0,"c":[2]},"d":"x"}"#,
        ] {
            assert_ne!(read(one).0, read(differs).0);
        }
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        assert_eq!(read(r#"{"a":1,"b":2,"a":3}"#).0.to_string(), r#"{"a":3,"b":2}"#);
    }
}

//! JSON that keeps the members of an object in their order, for the bodies and data of catalogs. It is our own,
//! because a build script would wait longer for `serde_json` and what that needs.

mod number;
mod read;
#[cfg(feature = "cli")]
mod serde;
mod write;

pub(crate) use number::{Number, as_javascript, float};
pub(crate) use write::string;

use crate::sorted::SortedMap;

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

    pub(crate) fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
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

    /// Sets a member while an object is read. `places` are those of its keys.
    fn set(&mut self, places: &mut SortedMap<String, usize>, key: String, value: Json) {
        if let Some((_, first)) = places.get(&key).and_then(|at| self.0.get_mut(*at)) {
            *first = value;
        } else {
            places.insert(key.clone(), self.0.len());
            self.push(key, value);
        }
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
    i32 => |number| Self::Number(i64::from(number).into()),
    i64 => |number| Self::Number(number.into()),
    u16 => |number| Self::Number(u64::from(number).into()),
    u32 => |number| Self::Number(u64::from(number).into()),
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
        let text = "[a-c\u{e9} \"\\\\\u{0}-\u{20}]{0,3}"
            .prop_map(|text| serde_json::to_string(&text).unwrap());
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
            prop_assert_eq!(one.parse::<Json>().unwrap(), own);
        });
    }

    /// Texts that are nearly JSON.
    #[test]
    fn what_is_json_is_decided_as_serde_json_does() {
        let piece = prop_oneof![
            Just("null"),
            Just("true"),
            Just("\""),
            Just("\\"),
            Just("\\u"),
            Just("d83d"),
            Just("de00"),
            Just("00e9"),
            Just("n"),
            Just("é"),
            Just("-"),
            Just("0"),
            Just("1"),
            Just("."),
            Just("e"),
            Just("+"),
            Just("99999999999999999999"),
            Just("308"),
            Just("["),
            Just("]"),
            Just("{"),
            Just("}"),
            Just(","),
            Just(":"),
            Just(" "),
            Just("\n"),
            Just("\u{c}"),
            Just("\u{a0}"),
        ];
        let config = ProptestConfig { cases: 20_000, ..ProptestConfig::default() };
        proptest!(config, |(pieces in proptest::collection::vec(piece, 1..8), quoted in any::<bool>())| {
            let text = pieces.concat();
            let text = if quoted { format!("\"{text}\"") } else { text };
            let theirs = serde_json::from_str::<Json>(&text).ok();
            prop_assert_eq!(text.parse::<Json>().ok(), theirs, "{}", text);
        });
        for depth in [126, 127, 128, 129] {
            let text = "[".repeat(depth) + &"]".repeat(depth);
            let theirs = serde_json::from_str::<Json>(&text);
            assert_eq!(text.parse::<Json>().is_ok(), theirs.is_ok(), "{depth}");
        }
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

//! JSON of the command, which reads and writes more of it, with serde.

use ::serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use ::serde::ser::{Serialize, Serializer};

use super::{Json, Number, Object};
use crate::sorted::SortedMap;
use std::fmt;

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(Number::Unsigned(number)) => serializer.serialize_u64(*number),
            Self::Number(Number::Negative(number)) => serializer.serialize_i64(*number),
            Self::Number(Number::Float(number)) => serializer.serialize_f64(*number),
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
            object.set(&mut places, key, value);
        }
        Ok(Json::Object(object))
    }
}

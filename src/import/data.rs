//! JSON and YAML → data. Of two members with one key, the first counts.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::source::Source;
use crate::error::Error;
use crate::yaml;

/// Reads JSON.
///
/// # Errors
/// If it is broken.
pub(super) fn json(source: &Source) -> Result<Json, Error> {
    let mut reader = serde_json::Deserializer::from_str(&source.text);
    let read = Data.deserialize(&mut reader).and_then(|data| reader.end().map(|()| data));
    read.map_err(|error| {
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or(&message);
        source.broken_at(
            error.line(),
            error.column(),
            format!("this is not JSON: {what}"),
            "correct it, or import another file",
        )
    })
}

/// Reads YAML. Documents of others may have anchors and aliases.
///
/// # Errors
/// If it is broken, or more than data.
pub(super) fn yaml(source: &Source) -> Result<Json, Error> {
    yaml::data(&source.text, Data).map_err(|error| {
        let (line, column) = error.place;
        source.broken_at(line, column, error.message, &error.help)
    })
}

/// Reads one value.
#[derive(Clone, Copy)]
struct Data;

impl<'de> DeserializeSeed<'de> for Data {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Data {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Json, E> {
        Ok(value.to_string().into())
    }

    fn visit_u128<E>(self, value: u128) -> Result<Json, E> {
        Ok(value.to_string().into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Map::new();
        while let Some(key) = map.next_key_seed(self)? {
            let value = map.next_value_seed(self)?;
            let key = match key {
                Json::String(key) => key,
                Json::Array(_) | Json::Object(_) => {
                    return Err(A::Error::custom("a key is a list or a mapping"));
                }
                other => other.to_string(),
            };
            members.entry(key).or_insert(value);
        }
        Ok(Json::Object(members))
    }
}

//! Some members of a JSON object, without reading the others and without allocating.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::reading::runtime;

/// The members of an object that have these names, as JSON. Of two equal names the last counts, and a
/// member that is null counts as missing.
pub(in crate::verify) fn members<'j, const N: usize>(
    json: &'j str,
    names: [&str; N],
) -> serde_json::Result<[Option<&'j str>; N]> {
    let mut found = [None; N];
    all_members(json, &names, &mut found)?;
    Ok(found)
}

/// The same for any number of names.
pub(in crate::verify) fn all_members<'j, N: AsRef<str>>(
    json: &'j str,
    names: &[N],
    found: &mut [Option<&'j str>],
) -> serde_json::Result<()> {
    let mut json = serde_json::Deserializer::from_str(json);
    Members { names, found }.deserialize(&mut json)?;
    json.end()
}

/// The text that a JSON string holds; of other JSON, the JSON itself.
pub(in crate::verify) fn text(json: &str) -> String {
    runtime::text(json).unwrap_or_else(|| json.to_owned())
}

struct Members<'n, 'f, 'j, N> {
    names: &'n [N],
    found: &'f mut [Option<&'j str>],
}

impl<'j, N: AsRef<str>> DeserializeSeed<'j> for Members<'_, '_, 'j, N> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'j, N: AsRef<str>> Visitor<'j> for Members<'_, '_, 'j, N> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(index) = map.next_key_seed(Name(self.names))? {
            match index.and_then(|index| self.found.get_mut(index)) {
                Some(found) => {
                    let json = map.next_value::<&RawValue>()?.get();
                    *found = Some(json).filter(|json| *json != "null");
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The position of a key among some names.
struct Name<'n, N>(&'n [N]);

impl<'j, N: AsRef<str>> DeserializeSeed<'j> for Name<'_, N> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<Option<usize>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<N: AsRef<str>> Visitor<'_> for Name<'_, N> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|name| name.as_ref() == key))
    }
}

//! Filters that group what is in a catalog: errors by status or tag, surfaces by shape.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object};
use minijinja::{Error, Value};

use super::{data, shown};
use crate::sorted::{SortedMap, SortedSet, repeats_by};

/// Errors by the statuses they are sent with, ascending: `[{status, errors, retried, is_retried}]`. `retried`
/// has those that clients retry with this status. `is_retried` tells whether those are all, or none if they
/// differ or the catalog doesn't say it of each.
pub(super) fn by_status(errors: &Value) -> Result<Vec<Value>, Error> {
    let mut groups: SortedMap<u16, Vec<Value>> = SortedMap::new();
    for error in errors.try_iter()? {
        for status in error.get_attr("statuses")?.try_iter()? {
            groups.entry(u16::try_from(status)?).or_default().push(error.clone());
        }
    }
    let groups = groups.into_iter().map(|(status, errors)| {
        let mut retried = Vec::new();
        let mut is_known = true;
        for error in &errors {
            let statuses = error.get_attr("retried_statuses")?;
            is_known &= !statuses.is_none();
            if statuses.try_iter()?.any(|one| one == Value::from(status)) {
                retried.push(error.clone());
            }
        }
        let is_all = retried.len() == errors.len();
        let is_retried = (is_known && (is_all || retried.is_empty())).then_some(is_all);
        Ok(Value::from_pairs([
            ("status", Value::from(status)),
            ("errors", Value::from(errors)),
            ("retried", Value::from(retried)),
            ("is_retried", Value::from(is_retried)),
        ]))
    });
    groups.collect()
}

/// Errors by their groups, in the order of the catalog: `[{tag, errors: [{surface, error}]}]`. Groups without
/// errors are left out.
pub(super) fn by_tag(catalog: &Value) -> Result<Vec<Value>, Error> {
    let mut groups = Vec::new();
    let mut numbers = SortedMap::new();
    for tag in catalog.get_attr("tags")?.try_iter()? {
        numbers.insert(tag.get_attr("name")?.to_string(), groups.len());
        groups.push((tag, Vec::new()));
    }
    for surface in catalog.get_attr("surfaces")?.try_iter()? {
        for error in surface.get_attr("errors")?.try_iter()? {
            for name in error.get_attr("tags")?.try_iter()? {
                let number = name.as_str().and_then(|name| numbers.get(name));
                // A name may be missing if the catalog allows `unknown-tag`.
                if let Some((_, errors)) = number.and_then(|number| groups.get_mut(*number)) {
                    errors.push(Value::from_pairs([
                        ("surface", surface.clone()),
                        ("error", error.clone()),
                    ]));
                }
            }
        }
    }
    groups.retain(|(_, errors)| !errors.is_empty());
    let groups = groups
        .into_iter()
        .map(|(tag, errors)| Value::from_pairs([("tag", tag), ("errors", Value::from(errors))]));
    Ok(groups.collect())
}

/// The operations of a surface that return errors, each with its errors by status: `[{operation, statuses}]`.
pub(super) fn by_operation(surface: &Value) -> Result<Vec<Value>, Error> {
    let operations = surface.get_attr("operations")?;
    if operations.len() == Some(0) {
        return Ok(Vec::new());
    }
    let mut by_name: SortedMap<String, Value> = SortedMap::new();
    for error in surface.get_attr("errors")?.try_iter()? {
        by_name.insert(error.get_attr("name")?.to_string(), error);
    }
    let mut found = Vec::new();
    for operation in operations.try_iter()? {
        let names = operation.get_attr("errors")?;
        // An operation may still have a retired code.
        let errors = names.try_iter()?.filter_map(|name| by_name.get(name.as_str()?).cloned());
        let statuses = by_status(&errors.collect())?;
        if !statuses.is_empty() {
            found.push(Value::from_pairs([
                ("operation", operation),
                ("statuses", Value::from(statuses)),
            ]));
        }
    }
    Ok(found)
}

/// An error in the index by status. A map would hash each name at each look-up.
#[derive(Debug)]
struct Listed {
    surface: Value,
    error: Value,
    shares_code: bool,
}

impl Object for Listed {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "surface" => Some(self.surface.clone()),
            "error" => Some(self.error.clone()),
            "shares_code" => Some(Value::from(self.shares_code)),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["surface", "error", "shares_code"])
    }
}

/// All errors of a catalog by the statuses they are sent with, ascending: `[{status, errors: [{surface, error,
/// shares_code}]}]`. `shares_code` tells whether another error of the status is called the same.
pub(super) fn index_by_status(catalog: &Value) -> Result<Vec<Value>, Error> {
    let mut groups: SortedMap<u16, Vec<(Value, Value, Value)>> = SortedMap::new();
    for surface in catalog.get_attr("surfaces")?.try_iter()? {
        for error in surface.get_attr("errors")?.try_iter()? {
            let code = error.get_attr("code")?;
            let code = if code.is_none() { error.get_attr("name")? } else { code };
            for status in error.get_attr("statuses")?.try_iter()? {
                let group = groups.entry(u16::try_from(status)?).or_default();
                group.push((surface.clone(), error.clone(), code.clone()));
            }
        }
    }
    let groups = groups.into_iter().map(|(status, errors)| {
        let same = repeats_by(errors.iter().enumerate(), |(_, (.., code))| Some(shown(code)));
        let sharing: SortedSet<usize> =
            same.into_iter().flat_map(|((later, _), (first, _))| [later, first]).collect();
        let listed = errors.iter().enumerate().map(|(position, (surface, error, _))| {
            let shares_code = sharing.contains(&position);
            let (surface, error) = (surface.clone(), error.clone());
            Value::from_object(Listed { surface, error, shares_code })
        });
        Value::from_pairs([("status", Value::from(status)), ("errors", listed.collect())])
    });
    Ok(groups.collect())
}

/// What a page says of a shape.
const SEEN: &[&str] = &["intro", "sample", "about"];

/// Surfaces by their shapes, as far as a page shows those, in the order of the catalog: `[{shape, surfaces}]`.
pub(super) fn by_shape(surfaces: &Value) -> Result<Vec<Value>, Error> {
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    let mut numbers = SortedMap::new();
    for surface in surfaces.try_iter()? {
        let shape = surface.get_attr("shape")?;
        let seen: Result<Vec<Value>, Error> =
            SEEN.iter().map(|name| shape.get_attr(name)).collect();
        let number = *numbers.entry(data::compact(&Value::from(seen?))).or_insert(groups.len());
        match groups.get_mut(number) {
            Some((_, surfaces)) => surfaces.push(surface),
            None => groups.push((shape, vec![surface])),
        }
    }
    let groups = groups.into_iter().map(|(shape, surfaces)| {
        Value::from_pairs([("shape", shape), ("surfaces", Value::from(surfaces))])
    });
    Ok(groups.collect())
}

#[cfg(test)]
mod tests {
    use minijinja::value::Serde;
    use serde_json::{Value as Json, json};

    use super::*;

    fn made(groups: Result<Vec<Value>, Error>) -> Json {
        serde_json::to_value(groups.unwrap()).unwrap()
    }

    #[test]
    fn an_error_with_two_statuses_is_in_the_index_twice() {
        let error =
            |name: &str, statuses: Json| json!({"code": name, "name": name, "statuses": statuses});
        let one = json!({"id": "one", "errors": [
            error("down", json!([502, 503])),
            error("gone", json!([504])),
        ]});
        let two = json!({"id": "two", "errors": [
            error("late", json!([504])),
            error("gone", json!([503])),
            error("gone", json!([504])),
        ]});
        let catalog = Value::from(Serde(&json!({"surfaces": [one, two]})));
        let at = |surface: &Json, number: usize, shares_code: bool| json!({"surface": surface, "error": surface["errors"][number], "shares_code": shares_code});
        let index = json!([
            {"status": 502, "errors": [at(&one, 0, false)]},
            {"status": 503, "errors": [at(&one, 0, false), at(&two, 1, false)]},
            {"status": 504, "errors": [at(&one, 1, true), at(&two, 0, false), at(&two, 2, true)]},
        ]);
        assert_eq!(made(index_by_status(&catalog)), index);
    }

    #[test]
    fn surfaces_are_together_if_a_page_shows_their_shapes_alike() {
        let surface = |id: &str, sample: &str, about: Json, absent: Json| {
            let sample = json!({"error": sample});
            json!({"id": id, "shape": {"intro": null, "sample": sample, "about": about, "absent": absent}})
        };
        let surfaces = json!([
            surface("a", "x", json!(null), json!([])),
            surface("b", "y", json!(null), json!([])),
            surface("c", "x", json!(null), json!(["None"])),
            surface("d", "x", json!("Lists may hold any number of elements."), json!([])),
        ]);
        let groups = made(by_shape(&Value::from(Serde(&surfaces))));
        let ids = groups.as_array().unwrap().iter().map(|group| {
            let surfaces = group["surfaces"].as_array().unwrap();
            surfaces.iter().map(|one| one["id"].as_str().unwrap()).collect::<String>()
        });
        assert_eq!(ids.collect::<Vec<_>>(), ["ac", "b", "d"]);
    }
}

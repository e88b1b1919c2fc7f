//! Filters that group what is in a catalog: errors by status or tag, surfaces by shape.

use std::collections::BTreeMap;

use minijinja::{Error, Value};

use super::data;

/// Errors by the statuses they are sent with, ascending: `[{status, errors, retried, is_retried}]`. `retried`
/// has those that clients retry with this status. `is_retried` tells whether those are all, or none if they
/// differ or the catalog doesn't say it of each.
pub(super) fn by_status(errors: &Value) -> Result<Vec<Value>, Error> {
    let mut groups: BTreeMap<u16, Vec<Value>> = BTreeMap::new();
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
    let mut numbers = BTreeMap::new();
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

/// All errors of a catalog by the statuses they are sent with, ascending: `[{status, errors: [{surface, error}]}]`.
pub(super) fn index_by_status(catalog: &Value) -> Result<Vec<Value>, Error> {
    let mut groups: BTreeMap<u16, Vec<Value>> = BTreeMap::new();
    for surface in catalog.get_attr("surfaces")?.try_iter()? {
        for error in surface.get_attr("errors")?.try_iter()? {
            let found = Value::from_pairs([("surface", surface.clone()), ("error", error.clone())]);
            for status in error.get_attr("statuses")?.try_iter()? {
                groups.entry(u16::try_from(status)?).or_default().push(found.clone());
            }
        }
    }
    let groups = groups.into_iter().map(|(status, errors)| {
        Value::from_pairs([("status", Value::from(status)), ("errors", Value::from(errors))])
    });
    Ok(groups.collect())
}

/// What a page says of a shape.
const SEEN: &[&str] =
    &["intro", "media_type", "sample", "errors_path", "wait_place", "placeholders"];

/// Surfaces by their shapes, as far as a page shows those, in the order of the catalog: `[{shape, surfaces}]`.
pub(super) fn by_shape(surfaces: &Value) -> Result<Vec<Value>, Error> {
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    let mut numbers = BTreeMap::new();
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

//! Which operation returns which errors.

use std::collections::{BTreeMap, BTreeSet};

use super::found::{Change, Found, Place};
use super::matched::{Matched, Pair, id, name};
use super::{ChangeRule, Class};
use crate::catalog::{Catalog, Operation, Surface};
use crate::render::context::OperationNames;
use crate::text::spans::code_span;

const OPERATION_REMOVED: ChangeRule = ChangeRule {
    name: "operation-removed",
    class: Class::Breaking,
    what: "an operation that is gone",
    why: "Its components in OpenAPI are gone.",
    fields: &["surface.operations"],
};
const OPERATION_ADDED: ChangeRule = ChangeRule {
    name: "operation-added",
    class: Class::Additive,
    what: "a new operation",
    why: "Nothing that was there changes.",
    fields: &["surface.operations"],
};
const OPERATION_RENAMED: ChangeRule = ChangeRule {
    name: "operation-renamed",
    class: Class::Breaking,
    what: "another name for the components of an operation in OpenAPI",
    why: "Documents that refer to the old name find nothing.",
    fields: &["surface.operations"],
};
const OPERATION_ERROR_REMOVED: ChangeRule = ChangeRule {
    name: "operation-error-removed",
    class: Class::Breaking,
    what: "an error that an operation no longer returns",
    why: "The operation's types in OpenAPI no longer have it. With the last error of a status, its response goes too.",
    fields: &["surface.operations"],
};
const OPERATION_ERROR_ADDED: ChangeRule = ChangeRule {
    name: "operation-error-added",
    class: Class::Additive,
    what: "another error that an operation returns",
    why: "Clients must accept errors that they don't know.",
    fields: &["surface.operations"],
};

pub(super) const RULES: &[&ChangeRule] = &[
    &OPERATION_REMOVED,
    &OPERATION_ADDED,
    &OPERATION_RENAMED,
    &OPERATION_ERROR_REMOVED,
    &OPERATION_ERROR_ADDED,
];

/// The names of an API's operations in OpenAPI, by their methods and paths.
fn names<'c>(catalog: &'c Catalog, of: &Surface) -> BTreeMap<&'c str, String> {
    let mut names = OperationNames::new(catalog);
    let mut found = BTreeMap::new();
    for surface in &catalog.surfaces {
        for operation in &surface.operations {
            let name = names.name(id(surface), operation);
            if id(surface) == id(of) {
                found.insert(operation.name.value.as_str(), name);
            }
        }
    }
    found
}

pub(super) fn compare(pair: Pair, matched: &Matched, found: &mut Found) {
    let Pair { old, new, .. } = pair;
    if old.operations.is_empty() && new.operations.is_empty() {
        return;
    }
    let exact: BTreeMap<&str, &Operation> =
        new.operations.iter().map(|one| (one.name.value.as_str(), one)).collect();
    let alike: BTreeMap<String, &Operation> =
        new.operations.iter().map(|one| (one.without_names(), one)).collect();
    let (old_names, new_names) = (names(pair.old_catalog, old), names(pair.new_catalog, new));
    let now: BTreeMap<String, String> =
        matched.pairs.iter().map(|(old, new)| (name(old), name(new))).collect();
    let errors: BTreeSet<String> = new.errors.iter().map(name).collect();
    let mut seen = BTreeSet::new();
    for operation in &old.operations {
        let path = operation.name.value.as_str();
        let other = exact.get(path).or_else(|| alike.get(&operation.without_names())).copied();
        let Some(other) = other else {
            let message = format!("the operation {} is gone", code_span(path));
            found.push(Change::new(&OPERATION_REMOVED, Place::Old(operation.name.at), message));
            continue;
        };
        let path = other.name.value.as_str();
        seen.insert(path);
        let (before, after) = (old_names.get(operation.name.value.as_str()), new_names.get(path));
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let message = format!(
                "the components of {} are named after `{after}` now, and not after `{before}`",
                code_span(path)
            );
            found.push(Change::new(&OPERATION_RENAMED, Place::New(other.name.at), message));
        }
        let before: BTreeSet<&str> = operation
            .errors
            .iter()
            .filter_map(|error| now.get(&error.value))
            .map(String::as_str)
            .collect();
        let after = other.errors.iter().map(|error| error.value.as_str());
        // Operations may also list retired codes.
        let after: BTreeSet<&str> = after.filter(|name| errors.contains(*name)).collect();
        for gone in before.difference(&after) {
            let message = format!("{} no longer returns {}", code_span(path), code_span(gone));
            found.push(Change::new(&OPERATION_ERROR_REMOVED, Place::New(other.name.at), message));
        }
        for added in after.difference(&before).filter(|name| !matched.added.contains(**name)) {
            let message = format!("{} may also return {}", code_span(path), code_span(added));
            found.push(Change::new(&OPERATION_ERROR_ADDED, Place::New(other.name.at), message));
        }
    }
    for operation in new.operations.iter().filter(|one| !seen.contains(one.name.value.as_str())) {
        let message = format!("there is a new operation, {}", code_span(&operation.name.value));
        found.push(Change::new(&OPERATION_ADDED, Place::New(operation.name.at), message));
    }
}

//! Rules about operations and the errors that they return.

use super::{Check, names, repeats};
use crate::catalog::{Operation, Surface, Text};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::{SortedMap, SortedSet, repeats_by};

pub(super) const CHECKS: &[&Check] = &[&DUPLICATE_ERROR, &DUPLICATE_OPERATION, &UNKNOWN_ERROR];

const DUPLICATE_ERROR: Check = Check {
    rule: Rule {
        name: "duplicate-error",
        what: "an error that one operation has twice",
        why: "one of them was probably meant to be another error",
        fix: "remove one of the two",
        bad: "operations: {POST /keys: [key_limit, key_limit]}",
        good: "operations: {POST /keys: [key_limit]}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for operation in catalog.surfaces.iter().flat_map(|surface| &surface.operations) {
            for (error, first) in repeats(&operation.errors) {
                let message = format!("the error `{}` is listed twice", error.value);
                let problem = Diagnostic::of(rule, error.at, message);
                report.push(problem.also(first.at, "first listed here"));
            }
        }
    },
};

const DUPLICATE_OPERATION: Check = Check {
    rule: Rule {
        name: "duplicate-operation",
        what: "two operations of one surface that differ only in the names in braces",
        why: "a request can't tell them apart, so the errors of both belong together",
        fix: "put the errors of both into one list",
        bad: "operations: {\"GET /keys/{id}\": […], \"GET /keys/{key}\": […]}",
        good: "operations: {\"GET /keys/{id}\": […]}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let key = |operation: &Operation| Some(operation.without_names());
            for (operation, first) in repeats_by(&surface.operations, key) {
                let (name, other) = (&operation.name, &first.name);
                let message =
                    format!("`{}` and `{}` are the same operation", name.value, other.value);
                report.push(Diagnostic::of(rule, name.at, message).also(other.at, "the other one"));
            }
        }
    },
};

const UNKNOWN_ERROR: Check = Check {
    rule: Rule {
        name: "unknown-error",
        what: "an operation with an error that its surface doesn't have",
        why: "the docs of the operation would link to nothing",
        fix: "write the name of an error of the surface",
        bad: "operations: {POST /keys: [key_limits]}",
        good: "operations: {POST /keys: [key_limit]}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in catalog.surfaces.iter().filter(|surface| surface.has_all_retired) {
            let Some(names) = surface.names() else { continue };
            let known: SortedSet<&str> = names.iter().copied().collect();
            let retired = surface.retired_names();
            let is_known = |name: &str| known.contains(name) || retired.contains(name);
            let unknown = by_name(surface).into_iter().filter(|(name, _)| !is_known(name));
            for (index, (name, places)) in unknown.enumerate() {
                let [first, others @ ..] = places.as_slice() else { continue };
                let count = match others.len() {
                    0 => String::new(),
                    _ => format!(", but {} operations have it", places.len()),
                };
                let message = format!("no error of this surface has the name `{name}`{count}");
                let help = if index < MAX_MEANT {
                    names::help_for(surface, &names, name, rule.fix)
                } else {
                    rule.fix.to_owned()
                };
                report.push(Diagnostic::new(rule, first.at, message, help));
            }
        }
    },
};

/// The most unknown names of one surface that get a suggestion. Each is compared with every error.
const MAX_MEANT: usize = 100;

/// The places of each name in the operations of a surface.
fn by_name(surface: &Surface) -> SortedMap<&str, Vec<&Text>> {
    let mut places: SortedMap<&str, Vec<&Text>> = SortedMap::new();
    for error in surface.operations.iter().flat_map(|operation| &operation.errors) {
        places.entry(&error.value).or_default().push(error);
    }
    places
}

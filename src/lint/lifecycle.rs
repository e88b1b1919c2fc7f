//! Rules about errors that come and go, and about what replaces them.

use std::sync::Arc;

use super::{Check, names, repeats};
use crate::catalog::{Code, Entry, Key, Surface, Text};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::{SortedMap, SortedSet};
use crate::yaml::NodeId;

pub(super) const CHECKS: &[&Check] = &[&RETIRED_CODE, &UNKNOWN_REPLACEMENT];

const RETIRED_CODE: Check = Check {
    rule: Rule {
        name: "retired-code",
        what: "a retired code that is used again, or retired twice",
        why: "older clients would still treat it as the error that it used to be",
        fix: "give the error a code that was never used",
        bad: "errors: [{code: gone, …}]\nretired: [{code: gone}]",
        good: "errors: [{code: gone_again, …}]\nretired: [{code: gone}]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let retired = || surface.retired.iter().map(|retired| &retired.code);
            for (code, first) in repeats(retired()) {
                let message = format!("the code `{}` is retired twice", code.value);
                let problem = Diagnostic::new(rule, code.at, message, "remove one of the two");
                report.push(problem.also(first.at, "first retired here"));
            }
            let retired: SortedMap<&Code, NodeId> =
                retired().map(|code| (&code.value, code.at)).collect();
            for (what, code, at) in
                surface.errors.iter().flat_map(|entry| identities(surface, entry))
            {
                let Some(&retired_at) = retired.get(&code) else { continue };
                let message = format!("the {what} `{code}` is retired");
                let help = format!("give this error a {what} that was never used");
                let problem = Diagnostic::new(rule, at, message, help);
                report.push(problem.also(retired_at, "retired here"));
            }
        }
    },
};

/// What an error is known by: its code, name and statuses, each as it would be among the retired codes.
/// All of them are anchors in the docs.
fn identities(surface: &Surface, entry: &Entry) -> Vec<(&'static str, Code, NodeId)> {
    let code = entry.code.given().map(|code| ("code", code.value.clone(), code.at));
    let name =
        entry.name.as_ref().map(|name| ("name", Code::Text(Arc::clone(&name.value)), name.at));
    let name = name.filter(|(_, name, _)| code.as_ref().is_none_or(|(_, code, _)| code != name));
    let mut identities: Vec<_> = code.into_iter().chain(name).collect();
    if surface.key() == Some(Key::Status) {
        let statuses = entry.statuses.iter();
        identities
            .extend(statuses.map(|one| ("status", Code::Integer(i64::from(one.value)), one.at)));
    }
    identities
}

const UNKNOWN_REPLACEMENT: Check = Check {
    rule: Rule {
        name: "unknown-replacement",
        what: "a `use` that doesn't name another error of its surface",
        why: "the docs and the packages would refer to an error that doesn't exist",
        fix: "write the name of another error of the surface",
        bad: "deprecated: {use: not_fuond}",
        good: "deprecated: {use: not_found}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            for entry in &surface.errors {
                let (Some(name), Some(instead)) = (&entry.name, replacement(entry)) else {
                    continue;
                };
                // The rule duplicate-code reports two of one name.
                let same = surface.errors.iter().filter_map(|entry| entry.name.as_ref());
                let is_only = || same.filter(|one| one.value == name.value).count() == 1;
                if *name.value == *instead.value && is_only() {
                    let message = format!("`{}` is replaced by itself", instead.value);
                    let help = "name the error that is sent instead, or remove `use`";
                    report.push(Diagnostic::new(rule, instead.at, message, help));
                }
            }
            let Some(names) = surface.names() else { continue };
            let retired = surface.retired.iter().filter_map(|retired| retired.instead.as_ref());
            // The rule unknown-error reports a name that an operation has too.
            let mut reported: SortedSet<&String> = surface
                .operations
                .iter()
                .flat_map(|one| &one.errors)
                .map(|name| &name.value)
                .collect();
            for instead in surface.errors.iter().filter_map(replacement).chain(retired) {
                if names.contains(&instead.value.as_str()) || !reported.insert(&instead.value) {
                    continue;
                }
                let message = format!("no error of this surface has the name `{}`", instead.value);
                let otherwise = "name an error of this surface, or explain in `note` what to do";
                let help = names::help_for(surface, &names, &instead.value, otherwise);
                report.push(Diagnostic::new(rule, instead.at, message, help));
            }
        }
    },
};

/// What replaces a deprecated error.
fn replacement(entry: &Entry) -> Option<&Text> {
    entry.deprecated.as_ref()?.instead.as_ref()
}

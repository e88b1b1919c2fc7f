//! Rules about the names of errors, which identifiers and links are made of.

use std::cell::LazyCell;

use super::Check;
use crate::catalog::{Entry, Key, Optional, SharedText, Surface, status};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::{SortedMap, repeats_by};
use crate::text::ident::{self, Case};
use crate::text::suggest;

pub(super) const CHECKS: &[&Check] = &[&COLLIDING_NAME, &MISSING_NAME, &TAKEN_NAME];

const COLLIDING_NAME: Check = Check {
    rule: Rule {
        name: "colliding-name",
        what: "two errors of one surface with names that are the same, or differ only in case or punctuation",
        why: "both would become the same identifier in the generated code",
        fix: "give one of them another `name`; its code can stay as it is",
        bad: "code: plan.limit   # next to plan_limit",
        good: "code: plan.limit\nname: plan_limit_reached",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let names =
                surface.errors.iter().filter_map(|entry| Some((entry.name.as_ref()?, entry)));
            let names: Vec<_> = names.collect();
            let ident = |name: &str| ident::in_case(name, Case::Pascal);
            for ((name, entry), (first_name, first)) in
                repeats_by(&names, |(name, _)| ident(&name.value))
            {
                if is_listed_twice(entry, first) {
                    continue;
                }
                let ident = ident(&name.value).unwrap_or_default();
                let (one, other) = (shown(entry, name), shown(first, first_name));
                let message = format!("`{one}` and `{other}` both become `{ident}`");
                let problem = Diagnostic::of(rule, name.at, message);
                report.push(problem.also(first_name.at, "the other one"));
            }
        }
    },
};

/// Whether the rule duplicate-code or duplicate-status reports two errors of one name.
fn is_listed_twice(entry: &Entry, first: &Entry) -> bool {
    match (entry.code.given(), first.code.given()) {
        (Some(code), Some(first)) => code.value == first.value,
        (None, None) => entry.own_name.is_absent() && first.own_name.is_absent(),
        _ => false,
    }
}

/// What the catalog calls an error: its name, or else the code or status that its name is made of.
fn shown(entry: &Entry, name: &SharedText) -> String {
    match (&entry.own_name, &entry.code, entry.statuses.as_slice()) {
        (Optional::Absent, Optional::Given(code), _) => code.value.to_string(),
        (Optional::Absent, Optional::Absent, [status]) => status.value.to_string(),
        _ => name.value.to_string(),
    }
}

const MISSING_NAME: Check = Check {
    rule: Rule {
        name: "missing-name",
        what: "an error without a `name`, if errcat can't make one from its code or status",
        why: "identifiers and links to the docs need a name",
        fix: "give the error a `name`",
        bad: "status: [502, 503]",
        good: "status: [502, 503]\nname: upstream_down",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            // The rule missing-code reports an error that lacks its code, and the body of the surface that
            // includes a shared error says whether it lacks one.
            let needs_codes = surface.is_pool || surface.key() == Some(Key::Code);
            let lacks_code = |entry: &Entry| needs_codes && entry.code.is_absent();
            let unnamed = surface.errors.iter().filter(|entry| entry.own_name.is_absent());
            // An entry without a meaning lacks everything, and was reported.
            let unnamed = unnamed.filter(|entry| entry.meaning.is_some() && !lacks_code(entry));
            for entry in unnamed {
                let (at, message) = match (&entry.code, entry.statuses.as_slice()) {
                    (Optional::Given(code), _) if code.value.name().is_none() => {
                        let message = format!(
                            "the code `{}` has no letter from a to z and no digit to make a name of",
                            code.value
                        );
                        (code.at, message)
                    }
                    (Optional::Absent, [status])
                        if status.value >= 400 && status::name(status.value).is_none() =>
                    {
                        (status.at, format!("the status {} has no standard name", status.value))
                    }
                    (Optional::Absent, [first, _, ..]) => {
                        (first.at, "an error with several statuses has no name".to_owned())
                    }
                    _ => continue,
                };
                let help = "add a line such as `name: upstream_down`";
                report.push(Diagnostic::new(rule, at, message, help));
            }
        }
    },
};

const TAKEN_NAME: Check = Check {
    rule: Rule {
        name: "taken-name",
        what: "a name that is the code of another error of its surface",
        why: "links to the docs use names and codes, so one link would lead to two errors",
        fix: "choose a `name` that isn't the code of another error",
        bad: "- {code: gone, name: expired, …}\n- {code: lost, name: gone, …}",
        good: "- {code: gone, name: expired, …}\n- {code: lost, …}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let codes = LazyCell::new(|| {
                let codes =
                    surface.errors.iter().filter_map(|entry| Some((entry.code.given()?, entry)));
                let codes = codes.map(|(code, entry)| (code.value.to_string(), (code.at, entry)));
                codes.collect::<SortedMap<String, _>>()
            });
            for entry in &surface.errors {
                // Most errors are called after their codes, as they are.
                let name = entry.name.as_ref().filter(|name| !has_code(entry, &name.value));
                let Some(name) = name else { continue };
                let Some(&(at, other)) = codes.get(&*name.value) else { continue };
                // The rule colliding-name reports another error that has no name of its own.
                if !other.own_name.is_absent() {
                    let message = format!("the name `{}` is the code of another error", name.value);
                    report.push(Diagnostic::of(rule, name.at, message).also(at, "the code"));
                }
            }
        }
    },
};

fn has_code(entry: &Entry, text: &str) -> bool {
    entry.code.given().is_some_and(|code| code.value.is_text(text))
}

/// A help line for a text that should be one of a surface's `names`, but isn't. It suggests the name of the
/// error with this code, or the nearest name. If neither exists, it is `otherwise`.
pub(super) fn help_for(surface: &Surface, names: &[&str], text: &str, otherwise: &str) -> String {
    let coded = surface.errors.iter().find(|entry| has_code(entry, text));
    match coded.and_then(|entry| entry.name.as_ref()) {
        Some(name) => format!("did you mean `{}`? That is its name", name.value),
        None => suggest::help_or(text, names.iter().copied(), otherwise),
    }
}

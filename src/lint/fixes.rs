//! Rules about the fix of an error: what its reader can do about it.

use super::Check;
use crate::catalog::body::{Body, Part, Placeholder, Shape};
use crate::catalog::{Entry, Surface, values};
use crate::diagnostic::{Diagnostic, Rule};
use crate::yaml::NodeId;

pub(super) const CHECKS: &[&Check] = &[&MISSING_FIX, &UNFILLED_FIX];

const MISSING_FIX: Check = Check {
    rule: Rule {
        name: "missing-fix",
        what: "an error without a fix",
        why: "its readers learn what went wrong, but not what to do about it",
        fix: "add a line such as `fix: Create the key first.`",
        bad: "- code: not_found\n  status: 404\n  meaning: No such key\n  retryable: false",
        good: "- code: not_found\n  status: 404\n  meaning: No such key\n  fix: Check the spelling.\n  retryable: false",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            for entry in lacking(surface).filter(|entry| place_of_fix(surface, entry).is_none()) {
                let message = "this error doesn't say what to do about it";
                report.push(Diagnostic::of(rule, entry.range.start, message));
            }
        }
    },
};

const UNFILLED_FIX: Check = Check {
    rule: Rule {
        name: "unfilled-fix",
        what: "an error without the fix that its body requires",
        why: "a server could not send it",
        fix: "write the `fix`, or let the body leave it out, as in `hint?: <fix>`",
        bad: "body: {error: <code>, hint: <fix>}\nerrors: [{code: not_found, meaning: No such key, …}]",
        good: "body: {error: <code>, hint?: <fix>}\nerrors: [{code: not_found, meaning: No such key, …}]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            for entry in lacking(surface) {
                let Some((at, is_value)) = place_of_fix(surface, entry) else { continue };
                let message = "this error has no fix, but its body needs one for `<fix>`";
                let help = if is_value {
                    "add a `fix`, or write the value without `<fix>`"
                } else {
                    "add a `fix`, or let the body leave it out, as in `hint?: <fix>`"
                };
                let problem = Diagnostic::new(rule, entry.range.start, message, help);
                report.push(problem.also(at, "`<fix>` is needed here"));
            }
        }
    },
};

/// The errors without a fix. An entry without a meaning lacks everything, and was reported.
fn lacking(surface: &Surface) -> impl Iterator<Item = &Entry> {
    surface.errors.iter().filter(|entry| entry.meaning.is_some() && entry.fix.is_absent())
}

/// Where an error can't be sent without a fix, and whether that is in one of its values.
fn place_of_fix(surface: &Surface, entry: &Entry) -> Option<(NodeId, bool)> {
    if let Some(value) = entry.values.iter().find(|value| holds_fix(value.parts())) {
        return Some((value.name.at, true));
    }
    let body = surface.shape.body.as_ref()?;
    let named = values::named(entry);
    let needs = body.needs_fix(entry.code.given().is_some(), &|name| named.contains(name));
    needs.then(|| (place_in(body), false))
}

/// The first member of a body that holds the fix. A member that may not be absent comes before others.
fn place_in(body: &Body) -> NodeId {
    let mut found = Vec::new();
    body.each_member(&mut |member| {
        let is_fix = match &member.shape {
            Shape::Placeholder(placeholder, _) => *placeholder == Placeholder::Fix,
            Shape::Text(parts) => holds_fix(parts),
            _ => false,
        };
        if is_fix {
            found.push((member.optional, member.at));
        }
    });
    found.into_iter().min().map_or(body.at, |(_, at)| at)
}

fn holds_fix(parts: &[Part]) -> bool {
    parts.iter().any(|part| part.placeholder() == Some(&Placeholder::Fix))
}

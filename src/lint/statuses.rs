//! Rules about the statuses of errors.

use super::{Check, codes, repeats};
use crate::catalog::{Entry, Key, Spanned, Surface};
use crate::diagnostic::{Diagnostic, Rule};
use crate::yaml::NodeId;

pub(super) const CHECKS: &[&Check] = &[&DUPLICATE_STATUS, &LOW_STATUS, &MISSING_STATUS];

const DUPLICATE_STATUS: Check = Check {
    rule: Rule {
        name: "duplicate-status",
        what: "a status that is listed twice, in one error or in two without codes",
        why: "without codes, clients recognize an error by its status alone",
        fix: "merge the two errors, or tell them apart by a `<code>` in the body",
        bad: "- {status: 404, …}\n- {status: 404, …}",
        good: "- {status: 404, …}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let own = surface.statuses.given().map(|statuses| &statuses.value);
            let others = surface.errors.iter().filter(|entry| !entry.inherits_status);
            let (told, others): (Vec<_>, Vec<_>) =
                others.partition(|entry| surface.is_told_by_status(entry));
            for statuses in others.iter().map(|entry| &entry.statuses).chain(own) {
                for (status, first) in repeats(statuses) {
                    report.push(twice(rule, status, first, "remove one of the two"));
                }
            }
            if codes::body_lacks_one(surface) {
                continue;
            }
            for (status, first) in repeats(told.iter().flat_map(|entry| &entry.statuses)) {
                report.push(twice(rule, status, first, rule.fix));
            }
        }
    },
};

fn twice(
    rule: &'static Rule,
    status: &Spanned<u16>,
    first: &Spanned<u16>,
    help: &str,
) -> Diagnostic {
    let message = format!("the status {} is listed twice", status.value);
    Diagnostic::new(rule, status.at, message, help).also(first.at, "first listed here")
}

const LOW_STATUS: Check = Check {
    rule: Rule {
        name: "low-status",
        what: "a status below 400 for an error that only its status tells apart",
        why: "without a code in the body, only 400 to 599 are errors (RFC 9110, sections 15.5 and 15.6)",
        fix: "use a status from 400 to 599, or give the error a code",
        bad: "body: {message: <message>}\nerrors: [{status: 200, …}]",
        good: "body: {ok: false, error: <code>}\nerrors: [{code: not_found, status: 200, …}]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            if codes::body_lacks_one(surface) {
                continue;
            }
            let is_keyed = surface.key() == Some(Key::Status);
            let own = surface.statuses.given().filter(|_| is_keyed);
            let told = surface.errors.iter().filter(|entry| surface.is_told_by_status(entry));
            let statuses = told.map(|entry| &entry.statuses).chain(own.map(|own| &own.value));
            for low in statuses.flatten().filter(|status| status.value < 400) {
                let message =
                    format!("the status {} doesn't tell that this is an error", low.value);
                report.push(Diagnostic::of(rule, low.at, message));
            }
        }
    },
};

const MISSING_STATUS: Check = Check {
    rule: Rule {
        name: "missing-status",
        what: "an error without a status, on a surface without one",
        why: "a server could not send it",
        fix: "write the status that a server sends, as in `status: 409`, here or on the surface",
        bad: "- {code: key_limit, meaning: …}",
        good: "- {code: key_limit, status: 409, meaning: …}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let own = surface.statuses.given().filter(|statuses| statuses.value.is_empty());
            for at in own.map(|own| own.at).into_iter().chain(empty_lists(surface)) {
                let help = "write the status that a server sends, as in `status: 409`";
                report.push(Diagnostic::new(rule, at, "this list has no HTTP status", help));
            }
            // An entry without a meaning lacks everything, and was reported.
            let lacking = surface
                .errors
                .iter()
                .filter(|entry| entry.inherits_status && entry.meaning.is_some());
            let has_right_body = !codes::body_lacks_one(surface);
            let (told, others): (Vec<&Entry>, Vec<&Entry>) =
                lacking.partition(|entry| has_right_body && surface.is_told_by_status(entry));
            for entry in told {
                let message = "this error has no status, and nothing else tells it from others";
                let help = "add a line such as `status: 409`";
                report.push(Diagnostic::new(rule, entry.range.start, message, help));
            }
            // A shared error may get its status from the surface that includes it.
            if !surface.statuses.is_absent() || surface.is_pool {
                continue;
            }
            // Other errors get it from the surface that lists them.
            let is_lacking = |entry: &&Entry| {
                entry.statuses.is_empty() && (has_right_body || !entry.is_included)
            };
            let others: Vec<&Entry> = others.into_iter().filter(is_lacking).collect();
            if let [first, _, ..] = others.as_slice() {
                let message = format!(
                    "{} of {} errors have no HTTP status",
                    others.len(),
                    surface.errors.len()
                );
                let help = "add a line such as `status: 400` to the surface, for all of them; or a status to each";
                let at = surface.id.as_ref().map_or(surface.range.start, |id| id.at);
                let problem = Diagnostic::new(rule, at, message, help);
                report.push(problem.also(first.range.start, "the first of them"));
                continue;
            }
            for entry in others {
                let message = "this error has no HTTP status";
                report.push(Diagnostic::of(rule, entry.range.start, message));
            }
        }
    },
};

/// The places of `status: []` in errors.
fn empty_lists(surface: &Surface) -> impl Iterator<Item = NodeId> {
    surface.errors.iter().filter_map(|entry| entry.no_status)
}

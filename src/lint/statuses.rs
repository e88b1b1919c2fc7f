//! Rules about the statuses of errors.

use super::{Check, codes, repeats};
use crate::diagnostic::{Diagnostic, Rule};

pub(super) const CHECKS: &[&Check] = &[&DUPLICATE_STATUS, &MISSING_STATUS];

const DUPLICATE_STATUS: Check = Check {
    rule: Rule {
        name: "duplicate-status",
        what: "a status that is listed twice, in one error or on a surface without codes",
        why: "without codes, clients recognize an error by its status alone",
        fix: "merge the two errors, or add `<code>` to the surface's body",
        bad: "- {status: 404, …}\n- {status: 404, …}",
        good: "- {status: 404, …}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            if surface.is_keyed_by_code() {
                for entry in &surface.errors {
                    for (status, first) in repeats(&entry.statuses) {
                        let message = format!("the status {} is listed twice", status.value);
                        let problem =
                            Diagnostic::new(rule, status.at, message, "remove one of the two");
                        report.push(problem.also(first.at, "first listed here"));
                    }
                }
            }
            // Where most errors have a code, the rule unexpected-code says that the body lacks it.
            if surface.is_keyed_by_status() && !codes::most_have_one(surface) {
                for (status, first) in
                    repeats(surface.errors.iter().flat_map(|entry| &entry.statuses))
                {
                    let message = format!("the status {} is listed twice", status.value);
                    let problem = Diagnostic::of(rule, status.at, message);
                    report.push(problem.also(first.at, "first listed here"));
                }
            }
        }
    },
};

const MISSING_STATUS: Check = Check {
    rule: Rule {
        name: "missing-status",
        what: "an error with an empty list of statuses",
        why: "a server could not send it",
        fix: "write the status that a server sends, as in `status: 409`",
        bad: "status: []",
        good: "status: 409",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for at in catalog.entries().filter_map(|entry| entry.no_status) {
            report.push(Diagnostic::of(rule, at, "this error has no HTTP status"));
        }
    },
};

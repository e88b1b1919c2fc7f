//! Rules about retry advice that contradicts itself. Never computes a wait.

use super::Check;
use crate::diagnostic::{Diagnostic, Rule};
use crate::yaml::At;

pub(super) const MISSING_RETRY: Check = Check {
    rule: Rule {
        name: "missing-retry",
        what: "a retryable error in a catalog without a retry strategy",
        why: "clients would be told to retry, but not when and how often",
        mend: "add a retry strategy at the top of the catalog",
        bad: "retryable: true",
        good: "retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}",
    },
    run: |catalog, rule, report| {
        let mut entries = catalog.surfaces.iter().flat_map(|surface| &surface.errors);
        if let (None, Some(entry)) = (&catalog.retry, entries.find(|entry| entry.retryable.value)) {
            let message = "this error is retryable, but the catalog has no retry strategy";
            let help = "add one at the top of the catalog: \
                        `retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}`";
            report.push(Diagnostic::new(rule, entry.retryable.at, message, help));
        }
    },
};

pub(super) const RETRYABLE_DISAGREES: Check = Check {
    rule: Rule {
        name: "retryable-disagrees",
        what: "a retryable error with a status that the retry strategy calls permanent",
        why: "readers of the strategy and readers of the error would act differently",
        mend: "write `retryable: false`, add the status to `retry.statuses`, or allow it where it is meant",
        bad: "- {status: 409, retryable: true, …}",
        good: "- {status: 409, retryable: true, allow: [retryable-disagrees], …}",
    },
    run: |catalog, rule, report| {
        let Some(strategy) = &catalog.retry else { return };
        for entry in catalog.surfaces.iter().flat_map(|surface| &surface.errors) {
            let status =
                entry.statuses.iter().find(|status| !strategy.retries_status(status.value));
            if let (true, Some(status)) = (entry.retryable.value, status) {
                let message = format!(
                    "this error is retryable, but {} is not among the statuses to retry",
                    status.value
                );
                let help = format!(
                    "write `retryable: false`, or add {} to `retry.statuses`, \
                     or keep both with `allow: [retryable-disagrees]`",
                    status.value
                );
                let statuses = strategy.statuses.first().map_or(At::NOWHERE, |status| status.at);
                report.push(
                    Diagnostic::new(rule, entry.retryable.at, message, help)
                        .also(status.at, "its status")
                        .also(statuses, "the statuses to retry"),
                );
            }
        }
    },
};

pub(super) const USELESS_RETRY: Check = Check {
    rule: Rule {
        name: "useless-retry",
        what: "retry numbers on an error that is not retryable",
        why: "nobody would ever act on them, so one of the two is a mistake",
        mend: "remove `retry`, or write `retryable: true`",
        bad: "retryable: false\nretry: {after: 1h}",
        good: "retryable: true\nretry: {after: 1h}",
    },
    run: |catalog, rule, report| {
        for entry in catalog.surfaces.iter().flat_map(|surface| &surface.errors) {
            let Some(own) = &entry.retry else { continue };
            let given = [&own.after, &own.initial, &own.max, &own.retries];
            let at = given.into_iter().flatten().map(|number| number.at).min();
            if let (false, Some(at)) = (entry.retryable.value, at) {
                let message = "this error is not retryable, but says how to retry";
                let help = "remove `retry`, or write `retryable: true`";
                report.push(
                    Diagnostic::new(rule, at, message, help).also(entry.retryable.at, "said here"),
                );
            }
        }
    },
};

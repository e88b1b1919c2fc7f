//! Rules about retry advice that contradicts itself. Never computes a wait.

use super::Check;
use crate::catalog::Spanned;
use crate::catalog::status::Pattern;
use crate::diagnostic::{Diagnostic, Rule};
use crate::yaml::NodeId;

pub(super) const MISSING_RETRY: Check = Check {
    rule: Rule {
        name: "missing-retry",
        what: "a retryable error in a catalog without a retry strategy",
        why: "clients would be told to retry, but not when and how often",
        fix: "add a retry strategy at the top of the catalog",
        bad: "retryable: true",
        good: "retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}",
    },
    run: |catalog, rule, report| {
        let mut entries = catalog.entries();
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
        fix: "write `retryable: false`, add the status to `retry.statuses`, or allow it where it is meant",
        bad: "- {status: 409, retryable: true, …}",
        good: "- {status: 409, retryable: true, allow: [retryable-disagrees], …}",
    },
    run: |catalog, rule, report| {
        let Some(strategy) = &catalog.retry else { return };
        for entry in catalog.entries() {
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
                let statuses =
                    strategy.statuses.first().map_or(NodeId::NOWHERE, |status| status.at);
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
        what: "retry numbers on an error that is not retryable, or no retries on one that is",
        why: "nobody would ever act on them, so one of the two is a mistake",
        fix: "remove `retry`, or write `retryable: true`",
        bad: "retryable: false\nretry: {after: 1h}",
        good: "retryable: true\nretry: {after: 1h}",
    },
    run: |catalog, rule, report| {
        for entry in catalog.entries() {
            let Some(own) = &entry.retry else { continue };
            let none = own.retries.as_ref().filter(|retries| retries.value == 0);
            if let (true, Some(none)) = (entry.retryable.value, none) {
                let message = "this error is retryable, but is to be retried no times";
                let help = "write `retryable: false`, or how often to retry";
                report.push(
                    Diagnostic::new(rule, none.at, message, help)
                        .also(entry.retryable.at, "said here"),
                );
            }
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

pub(super) const OVERLAPPING_STATUSES: Check = Check {
    rule: Rule {
        name: "overlapping-statuses",
        what: "a status of the retry strategy that another one holds already",
        why: "a reader can't tell which of the two was meant to change",
        fix: "remove the one that adds nothing",
        bad: "statuses: [429, 4xx]",
        good: "statuses: [4xx]",
    },
    run: |catalog, rule, report| {
        let Some(strategy) = &catalog.retry else { return };
        for (index, pattern) in strategy.statuses.iter().enumerate() {
            let others = strategy.statuses.iter().enumerate();
            let others = others.filter(|(_, other)| other.at.is_somewhere());
            let holder =
                others.filter(|(other, _)| *other != index).find(|(other, holder)| {
                    match (holder.value, pattern.value) {
                        (Pattern::Class(_), Pattern::One(status)) => holder.value.holds(status),
                        (a, b) => a == b && *other < index,
                    }
                });
            if let Some((_, holder)) = holder {
                let message = format!("{} is in `statuses` already", pattern.value);
                report.push(
                    Diagnostic::new(rule, pattern.at, message, "remove it")
                        .also(holder.at, "this holds it"),
                );
            }
        }
    },
};

pub(super) const INITIAL_EXCEEDS_MAX: Check = Check {
    rule: Rule {
        name: "initial-exceeds-max",
        what: "a first wait that is longer than the longest wait",
        why: "every wait would be the longest one, so one of the two is a mistake",
        fix: "make `initial` at most as long as `max`",
        bad: "retry: {initial: 1m, max: 30s, …}",
        good: "retry: {initial: 1s, max: 30s, …}",
    },
    run: |catalog, rule, report| {
        let Some(strategy) = &catalog.retry else { return };
        let mut check = |initial: &Spanned<u64>, max: &Spanned<u64>, at: NodeId| {
            let are_given = initial.at.is_somewhere() && max.at.is_somewhere();
            if are_given && initial.value > max.value {
                let message = "`initial` is longer than `max`";
                let help = "make `initial` at most as long as `max`";
                let other = if at == max.at { initial.at } else { max.at };
                report.push(Diagnostic::new(rule, at, message, help).also(other, "the other one"));
            }
        };
        check(&strategy.initial, &strategy.max, strategy.initial.at);
        for own in catalog.entries().filter_map(|e| e.retry.as_ref()) {
            let initial = own.initial.as_ref().unwrap_or(&strategy.initial);
            let max = own.max.as_ref().unwrap_or(&strategy.max);
            if let Some(given) = own.initial.as_ref().or(own.max.as_ref()) {
                check(initial, max, given.at);
            }
        }
    },
};

//! Rules about retry advice that contradicts itself.

use super::Check;
use crate::catalog::status::Pattern;
use crate::catalog::{Entry, Optional, Spanned};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::SortedMap;
use crate::yaml::NodeId;

pub(super) const CHECKS: &[&Check] = &[
    &INITIAL_EXCEEDS_MAX,
    &MISSING_RETRY,
    &MISSING_RETRYABLE,
    &OVERLAPPING_STATUSES,
    &RETRYABLE_DISAGREES,
    &USELESS_RETRY,
];

const INITIAL_EXCEEDS_MAX: Check = Check {
    rule: Rule {
        name: "initial-exceeds-max",
        what: "a first wait that is longer than the longest wait",
        why: "every wait would be the longest one, so one of the two is a mistake",
        fix: "make `initial` at most as long as `max`",
        bad: "retry: {initial: 1m, max: 30s, …}",
        good: "retry: {initial: 1s, max: 30s, …}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        let Some(strategy) = catalog.retry.given() else { return };
        let mut check = |initial: Option<&Spanned<u64>>, max: Option<&Spanned<u64>>, at: NodeId| {
            let (Some(initial), Some(max)) = (initial, max) else { return };
            if initial.value > max.value {
                let other = if at == max.at { initial.at } else { max.at };
                let problem = Diagnostic::of(rule, at, "`initial` is longer than `max`");
                report.push(problem.also(other, "the other one"));
            }
        };
        let (initial, max) = (strategy.initial.as_ref(), strategy.max.as_ref());
        if let Some(own) = initial {
            check(initial, max, own.at);
        }
        for own in catalog.entries().filter_map(|entry| entry.retry.as_ref()) {
            if let Some(given) = own.initial.given().or(own.max.given()) {
                check(own.initial.or(initial), own.max.or(max), given.at);
            }
        }
    },
};

const MISSING_RETRY: Check = Check {
    rule: Rule {
        name: "missing-retry",
        what: "a retryable error in a catalog without a retry strategy",
        why: "clients would know that they can retry, but not when and how often",
        fix: "add a retry strategy at the top of the catalog",
        bad: "retryable: true",
        good: "retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        // The catalog that includes a shared error decides its strategy.
        let apis = catalog.surfaces.iter().filter(|surface| !surface.is_pool);
        let entries = apis.flat_map(|surface| &surface.errors);
        let mut retryable = entries.filter_map(|entry| entry.retryable.given());
        let first = retryable.find(|retryable| retryable.value);
        if let (true, Some(first)) = (catalog.retry.is_absent(), first) {
            let message = "this error is retryable, but the catalog has no retry strategy";
            let help = "add one at the top of the catalog: \
                        `retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}`";
            report.push(Diagnostic::new(rule, first.at, message, help));
        }
    },
};

const MISSING_RETRYABLE: Check = Check {
    rule: Rule {
        name: "missing-retryable",
        what: "an error that doesn't say whether it is retryable",
        why: "clients can then only go by its status",
        fix: "add `retryable: true` if the same request may succeed later, otherwise `retryable: false`",
        bad: "- code: not_found\n  status: 404\n  meaning: No such key\n  fix: Check the spelling.",
        good: "- code: not_found\n  status: 404\n  meaning: No such key\n  fix: Check the spelling.\n  retryable: false",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        // An entry without a meaning lacks everything, and was reported. The rule useless-retry reports one
        // with `retry`.
        let lacks = |entry: &&Entry| {
            let is_known = entry.meaning.is_some() && first_number(entry).is_none();
            is_known && entry.retryable.is_absent()
        };
        for entry in catalog.entries().filter(lacks) {
            let message = "this error doesn't say whether it is retryable";
            report.push(Diagnostic::of(rule, entry.range.start, message));
        }
    },
};

const OVERLAPPING_STATUSES: Check = Check {
    rule: Rule {
        name: "overlapping-statuses",
        what: "a status of the retry strategy that another one includes",
        why: "the one that is included has no effect",
        fix: "remove it",
        bad: "statuses: [429, 4xx]",
        good: "statuses: [4xx]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        let statuses = catalog.retry.given().and_then(|strategy| strategy.statuses.as_ref());
        let Some(Spanned { value: patterns, .. }) = statuses else { return };
        for (index, pattern) in patterns.iter().enumerate() {
            let includes = |(other, holder): &(usize, &Spanned<Pattern>)| match (
                holder.value,
                pattern.value,
            ) {
                (Pattern::Class(_), Pattern::One(status)) => holder.value.holds(status),
                (a, b) => a == b && *other < index,
            };
            if let Some((_, holder)) = patterns.iter().enumerate().find(includes) {
                let message = format!("`statuses` already includes {}", pattern.value);
                let problem = Diagnostic::of(rule, pattern.at, message);
                report.push(problem.also(holder.at, "this includes it"));
            }
        }
    },
};

const RETRYABLE_DISAGREES: Check = Check {
    rule: Rule {
        name: "retryable-disagrees",
        what: "a retryable error with a status that the retry strategy doesn't retry",
        why: "clients that know the error would retry, but clients that only see its status would not",
        fix: "write `retryable: false`, add the status to `retry.statuses`, or allow it",
        bad: "- {status: 409, retryable: true, …}",
        good: "- {status: 409, retryable: true, allow: [retryable-disagrees], …}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        let Some(strategy) = catalog.retry.given() else { return };
        let Some(statuses) = &strategy.statuses else { return };
        let retryable = catalog.entries().filter(|entry| entry.is_retryable()).count();
        if statuses.value.is_empty() && retryable > 0 {
            let message =
                format!("`retry.statuses` is empty, but {retryable} errors are retryable");
            let help = "list what to retry, as in `statuses: [429, 5xx]`";
            report.push(Diagnostic::new(rule, statuses.at, message, help));
            return;
        }
        // Grouped by status, because many errors of one status mean one mistake in the strategy. Errors
        // that allow the rule are not among the many.
        let mut disagreeing: SortedMap<(u16, bool), Vec<(NodeId, NodeId)>> = SortedMap::new();
        for surface in &catalog.surfaces {
            for entry in &surface.errors {
                // Lower statuses mean success, so nobody retries because of them.
                let is_other = |status: &&Spanned<u16>| {
                    status.value >= 400 && !strategy.retries_status(status.value)
                };
                let retryable = entry.retryable.given().filter(|retryable| retryable.value);
                let status = entry.statuses.iter().find(is_other);
                if let (Some(retryable), Some(status)) = (retryable, status) {
                    let allows = [&entry.allow, &surface.allow, &catalog.allow];
                    let mut allowed = allows.into_iter().flatten().flatten();
                    let is_allowed = allowed.any(|name| name.value == rule.name);
                    let found = disagreeing.entry((status.value, is_allowed)).or_default();
                    found.push((retryable.at, status.at));
                }
            }
        }
        for ((status, is_allowed), found) in disagreeing {
            let many = found.len();
            if let [(_, first), ..] = found.as_slice()
                && many >= MANY
                && !is_allowed
            {
                let message = format!(
                    "{many} errors of status {status} are retryable, but `retry.statuses` doesn't \
                     include it"
                );
                let help = format!("add {status} to `retry.statuses`, or write `retryable: false`");
                let problem = Diagnostic::new(rule, statuses.at, message, help);
                report.push(problem.also(*first, "the first of them"));
                continue;
            }
            for (at, own) in found {
                let message = format!(
                    "this error is retryable, but `retry.statuses` doesn't include {status}"
                );
                let help = format!("write `retryable: false`, or add {status} to `retry.statuses`");
                let problem = Diagnostic::new(rule, at, message, help);
                let problem = problem.also(own, "its status");
                report.push(problem.also(statuses.at, "the statuses to retry"));
            }
        }
    },
};

/// If this many errors of one status disagree with the strategy, the strategy is the mistake.
const MANY: usize = 3;

const USELESS_RETRY: Check = Check {
    rule: Rule {
        name: "useless-retry",
        what: "retry numbers on an error without `retryable: true`, or no retries on an error with it",
        why: "the two contradict each other, so one is a mistake",
        fix: "remove `retry`, or write `retryable: true`",
        bad: "retryable: false\nretry: {after: 1h}",
        good: "retryable: true\nretry: {after: 1h}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for entry in catalog.entries() {
            let Some(first) = first_number(entry) else { continue };
            let problem = match &entry.retryable {
                Optional::Given(Spanned { value: true, at }) => {
                    let own = entry.retry.as_ref().and_then(|own| own.retries.as_ref());
                    let Some(none) = own.filter(|retries| retries.value == 0) else { continue };
                    let help = "write `retryable: false`, or how often to retry";
                    let message = "this error is retryable, but with no retries";
                    Diagnostic::new(rule, none.at, message, help).also(*at, "it says so here")
                }
                Optional::Given(Spanned { value: false, at }) => {
                    let message = "this error isn't retryable, but says how to retry";
                    Diagnostic::of(rule, first, message).also(*at, "it says so here")
                }
                Optional::Absent => {
                    let message = "this error says how to retry, but not that it is retryable";
                    let help = "add `retryable: true`, or remove `retry`";
                    Diagnostic::new(rule, first, message, help)
                }
                Optional::Broken => continue,
            };
            report.push(problem);
        }
    },
};

/// The first number that an error's `retry` holds.
fn first_number(entry: &Entry) -> Option<NodeId> {
    let own = entry.retry.as_ref()?;
    let given = [own.after.as_ref(), own.initial.given(), own.max.given(), own.retries.as_ref()];
    given.into_iter().flatten().map(|number| number.at).min()
}

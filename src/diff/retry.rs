//! Whether and when clients retry.

use super::found::{Change, Found, Place};
use super::matched::{Matched, Pair, code_or_name};
use super::{ChangeRule, Class};
use crate::catalog::retry::{Override, RetryAdvice, Strategy, advice};
use crate::catalog::{Catalog, Entry};
use crate::text::words::joined;
use crate::yaml::{NodeId, Spanned};

const RETRY_REMOVED: ChangeRule = ChangeRule {
    name: "retry-removed",
    class: Class::Breaking,
    what: "a retry strategy that is gone",
    why: "Clients that rely on it no longer retry, and the strategy's constant is gone.",
    fields: &["catalog.retry"],
};
const RETRY_ADDED: ChangeRule = ChangeRule {
    name: "retry-added",
    class: Class::Additive,
    what: "a new retry strategy",
    why: "Clients had no advice before.",
    fields: &["catalog.retry"],
};
const RETRY_STATUSES_CHANGED: ChangeRule = ChangeRule {
    name: "retry-statuses-changed",
    class: Class::Breaking,
    what: "other statuses that clients retry",
    why: "Requests that clients repeated fail now, or clients repeat requests that they sent once before.",
    fields: &["retry_strategy.statuses"],
};
const RETRY_WAITS_CHANGED: ChangeRule = ChangeRule {
    name: "retry-waits-changed",
    class: Class::Additive,
    what: "other waits or another number of retries",
    why: "Clients wait differently, and nothing stops working.",
    fields: &[
        "retry_strategy.initial",
        "retry_strategy.max",
        "retry_strategy.factor",
        "retry_strategy.retries",
        "error.retry",
        "retry_override.after",
        "retry_override.initial",
        "retry_override.max",
        "retry_override.retries",
    ],
};
const RETRYABLE_CHANGED: ChangeRule = ChangeRule {
    name: "retryable-changed",
    class: Class::Breaking,
    what: "an error that clients retry now and did not before, or the other way round",
    why: "Requests that clients repeated fail now, or clients repeat requests that they sent once before.",
    fields: &["error.retryable"],
};
const RETRYABLE_SAID: ChangeRule = ChangeRule {
    name: "retryable-said",
    class: Class::Editorial,
    what: "a `retryable` that came or went, where the status of the error says the same",
    why: "Clients do the same as before.",
    fields: &["error.retryable"],
};

pub(super) const RULES: &[&ChangeRule] = &[
    &RETRY_REMOVED,
    &RETRY_ADDED,
    &RETRY_STATUSES_CHANGED,
    &RETRY_WAITS_CHANGED,
    &RETRYABLE_CHANGED,
    &RETRYABLE_SAID,
];

pub(super) fn compare_strategies(old: &Catalog, new: &Catalog, found: &mut Found) {
    let change = match (old.retry.given(), new.retry.given()) {
        (Some(before), Some(after)) => {
            let at = strategy_at(after, new);
            let is_other = retried_by_default(before) != retried_by_default(after);
            if is_other {
                let (before, after) = (listed(before), listed(after));
                let message = format!("clients retried {before} by default, and retry {after} now");
                found.push(Change::new(&RETRY_STATUSES_CHANGED, Place::New(at), message));
            }
            // A strategy that begins or ends to retry says so already.
            let (before, after) = (before.backoff(), after.backoff());
            let is_said = is_other && (before.retries == 0) != (after.retries == 0);
            (before != after && !is_said).then(|| {
                let message = "the retry strategy has other waits";
                Change::new(&RETRY_WAITS_CHANGED, Place::New(at), message)
            })
        }
        (Some(before), None) => {
            let place = Place::Old(strategy_at(before, old));
            Some(Change::new(&RETRY_REMOVED, place, "the retry strategy is gone"))
        }
        (None, Some(after)) => {
            let place = Place::New(strategy_at(after, new));
            Some(Change::new(&RETRY_ADDED, place, "there is a retry strategy now"))
        }
        (None, None) => None,
    };
    found.push_all(change);
}

/// The statuses that clients retry by default.
fn retried_by_default(strategy: &Strategy) -> Vec<u16> {
    let is_retried = |status: &u16| strategy.retries_status(*status);
    (100..600).filter(is_retried).filter(|_| strategy.backoff().retries > 0).collect()
}

/// The same as the catalog lists them.
fn listed(strategy: &Strategy) -> String {
    let mut statuses: Vec<String> = strategy.patterns().map(|one| one.to_string()).collect();
    statuses.sort();
    statuses.dedup();
    if retried_by_default(strategy).is_empty() {
        "nothing".to_owned()
    } else {
        joined(&statuses, " and ")
    }
}

fn strategy_at(strategy: &Strategy, catalog: &Catalog) -> NodeId {
    strategy.statuses.as_ref().map_or(catalog.range.start, |statuses| statuses.at)
}

pub(super) fn compare(pair: Pair, matched: &Matched, found: &mut Found) {
    for (old, new) in &matched.pairs {
        let retryable = |entry: &Entry| entry.retryable.given().map(|given| given.value);
        let (before, after) = (retried(pair, old, new, old), retried(pair, old, new, new));
        let at = match (new.retryable.given(), old.retryable.given()) {
            (Some(given), _) => Place::New(given.at),
            (None, Some(given)) => Place::Old(given.at),
            (None, None) => Place::New(new.range.start),
        };
        let who = code_or_name(new);
        let change = if before != after {
            let what = if after.contains(&true) { "retry" } else { "no longer retry" };
            Change::new(&RETRYABLE_CHANGED, at, format!("clients {what} {who}"))
        } else if retryable(old) != retryable(new) {
            let what = if new.retryable.given().is_some() { "says" } else { "no longer says" };
            let message = format!("{who} {what} whether to retry, as its status does");
            Change::new(&RETRYABLE_SAID, at, message)
        } else if waits(old) != waits(new) && after.contains(&true) {
            let place = new.retry.as_deref().and_then(first).map_or(at, Place::New);
            Change::new(&RETRY_WAITS_CHANGED, place, format!("{who} has other waits"))
        } else {
            continue;
        };
        found.push(change.of(new));
    }
}

/// Whether clients retry an error, for each status that it has in both catalogs. Both entries are looked at with
/// the new strategy: a change of it is one of its own.
fn retried(pair: Pair, old: &Entry, new: &Entry, entry: &Entry) -> Vec<bool> {
    let is_common = |status: &u16| old.statuses.iter().any(|one| one.value == *status);
    let statuses = new.statuses.iter().map(|status| status.value).filter(is_common);
    let advice = |status| advice(pair.new_catalog, entry, Some(status));
    statuses.map(|status| advice(status).is_some_and(is_retry)).collect()
}

fn is_retry(advice: RetryAdvice) -> bool {
    match advice {
        RetryAdvice::Never => false,
        RetryAdvice::Backoff(backoff) | RetryAdvice::After(_, backoff) => backoff.retries > 0,
    }
}

/// The numbers that an error overrides.
fn waits(entry: &Entry) -> [Option<u64>; 4] {
    let number = |field: Option<&Spanned<u64>>| field.map(|number| number.value);
    let Some(own) = &entry.retry else { return [None; 4] };
    [
        number(own.after.as_ref()),
        number(own.initial.given()),
        number(own.max.given()),
        number(own.retries.as_ref()),
    ]
}

/// The place of the first number.
fn first(own: &Override) -> Option<NodeId> {
    let numbers = [own.after.as_ref(), own.initial.given(), own.max.given(), own.retries.as_ref()];
    numbers.into_iter().flatten().map(|number| number.at).min()
}

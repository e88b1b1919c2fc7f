//! The retry advice for an error as templates see it.

use super::Retry;
use crate::catalog::retry::{Backoff, RetryAdvice, advice};
use crate::catalog::{Catalog, Entry};

/// Whether and when to retry an error.
pub(super) struct Advice {
    pub verdict: &'static str,
    pub retry: Option<Retry>,
    pub retried_statuses: Option<Vec<u16>>,
}

pub(super) fn of(catalog: &Catalog, entry: &Entry) -> Advice {
    let statuses = entry.statuses.iter().map(|status| status.value);
    let with_each = statuses.map(|status| Some((status, advice(catalog, entry, Some(status))?)));
    let with_each: Option<Vec<(u16, RetryAdvice)>> = with_each.collect();
    let mut retried = with_each.iter().flatten().filter(|(_, one)| *one != RetryAdvice::Never);
    let retried_statuses = with_each.as_ref().map(|_| retried.clone().map(|(status, _)| *status));
    let retried_statuses = retried_statuses.map(Iterator::collect);
    let (said, retry) = match retried.next() {
        Some((_, RetryAdvice::Backoff(backoff))) => ("backoff", Some(numbers(*backoff, None))),
        Some((_, RetryAdvice::After(after, backoff))) => {
            ("after", Some(numbers(*backoff, Some(*after))))
        }
        Some((_, RetryAdvice::Never)) | None => ("never", None),
    };
    let verdict = if entry.retryable.is_absent() { "by_status" } else { said };
    Advice { verdict, retry, retried_statuses }
}

fn numbers(backoff: Backoff, after_ms: Option<u64>) -> Retry {
    Retry {
        after_ms,
        initial_ms: backoff.initial,
        max_ms: backoff.max,
        factor: backoff.factor,
        retries: backoff.retries,
    }
}

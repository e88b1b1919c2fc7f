//! The retry advice for an error as templates see it.

use super::Retry;
use crate::catalog::retry::{Backoff, RetryAdvice, advice};
use crate::catalog::{Catalog, Entry};
use crate::text::waits;

/// Whether and when to retry an error.
pub(super) struct Advice {
    /// `never`, `backoff`, `after` or `by_status`.
    pub kind: &'static str,
    pub numbers: Option<Retry>,
    pub retried_statuses: Option<Vec<u16>>,
    pub text: Option<String>,
}

pub(super) fn of(catalog: &Catalog, entry: &Entry) -> Advice {
    let statuses = entry.statuses.iter().map(|status| status.value);
    let with_each = statuses.map(|status| Some((status, advice(catalog, entry, Some(status))?)));
    let with_each: Option<Vec<(u16, RetryAdvice)>> = with_each.collect();
    let mut retried = with_each.iter().flatten().filter(|(_, one)| *one != RetryAdvice::Never);
    let retried_statuses = with_each.as_ref().map(|_| retried.clone().map(|(status, _)| *status));
    let retried_statuses = retried_statuses.map(Iterator::collect);
    let (said, numbers) = match retried.next() {
        Some((_, RetryAdvice::Backoff(backoff))) => ("backoff", Some(retry(*backoff, None))),
        Some((_, RetryAdvice::After(after, backoff))) => {
            ("after", Some(retry(*backoff, Some(*after))))
        }
        Some((_, RetryAdvice::Never)) | None => ("never", None),
    };
    let kind = if entry.retryable.is_absent() { "by_status" } else { said };
    let text = retried_statuses.as_ref().map(|retried: &Vec<u16>| {
        let Some(numbers) = &numbers else {
            let may_succeed = entry.retryable.given().is_some_and(|retryable| retryable.value);
            return if may_succeed {
                "The same request may succeed later."
            } else {
                "Do not retry."
            }
            .to_owned();
        };
        let only = if retried.len() < entry.statuses.len() {
            let retried: Vec<String> = retried.iter().map(u16::to_string).collect();
            format!(" Do so with HTTP {} only.", retried.join(" or "))
        } else {
            String::new()
        };
        in_words(numbers) + &only
    });
    Advice { kind, numbers, retried_statuses, text }
}

/// How often to retry, and after which waits.
fn in_words(retry: &Retry) -> String {
    let after = retry.after_ms.unwrap_or_default();
    let backoff = Backoff {
        initial: retry.initial_ms,
        max: retry.max_delay_ms,
        factor: retry.factor,
        retries: retry.retries,
    };
    let mut each: Vec<u64> = backoff.waits().into_iter().map(|wait| wait.max(after)).collect();
    each.dedup();
    match (retry.retries, each.as_slice()) {
        (0, _) if after > 0 => {
            format!(
                "Do not retry automatically. The same request may succeed after {}.",
                waits::wait(after)
            )
        }
        (0, _) => "Do not retry automatically. The same request may succeed later.".to_owned(),
        (1, _) => format!("Retry once, after {}.", waits::waits(&each)),
        (retries, &[wait]) => {
            format!("Retry up to {retries} times, each time after {}.", waits::wait(wait))
        }
        (retries, waits) => format!("Retry up to {retries} times, after {}.", waits::waits(waits)),
    }
}

fn retry(backoff: Backoff, after_ms: Option<u64>) -> Retry {
    Retry {
        after_ms,
        initial_ms: backoff.initial,
        max_delay_ms: backoff.max,
        factor: backoff.factor,
        retries: backoff.retries,
    }
}

//! Retry: the catalog's strategy, what an error overrides, and the advice that results.

use super::status::Pattern;
use super::{Catalog, Entry, Optional, Spanned, required};

/// The catalog-wide backoff.
#[derive(Debug)]
pub(crate) struct Strategy {
    /// What to retry if the catalog doesn't list the error, or doesn't say whether it is retryable. `None`
    /// also if one of them is broken.
    pub statuses: Option<Spanned<Vec<Spanned<Pattern>>>>,
    /// Milliseconds before the first retry.
    pub initial: Option<Spanned<u64>>,
    /// The longest wait in milliseconds.
    pub max: Option<Spanned<u64>>,
    /// What each wait is multiplied by to get the next; 2 by default.
    pub factor: Option<Spanned<u64>>,
    pub retries: Option<Spanned<u64>>,
}

/// How an error differs from the strategy.
#[derive(Debug)]
pub(crate) struct Override {
    /// Milliseconds before which a retry cannot help.
    pub after: Option<Spanned<u64>>,
    pub initial: Optional<Spanned<u64>>,
    pub max: Optional<Spanned<u64>>,
    pub retries: Option<Spanned<u64>>,
}

/// The numbers of a backoff; times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Backoff {
    pub initial: u64,
    pub max: u64,
    pub factor: u64,
    pub retries: u64,
}

impl Backoff {
    /// The wait before each retry, without jitter; at most [`MAX_WAITS`] of them.
    pub(crate) fn waits(&self) -> Vec<u64> {
        let mut wait = self.initial.min(self.max);
        let mut waits = Vec::new();
        for _ in 0..self.retries.min(MAX_WAITS) {
            waits.push(wait);
            wait = wait.saturating_mul(self.factor).min(self.max);
        }
        waits
    }

    /// The same waits for people: none is shorter than `after`, and if there are more, the longest one comes
    /// last.
    pub(crate) fn waits_from(&self, after: u64) -> Vec<u64> {
        let mut waits = self.waits();
        if self.retries > waits.len() as u64 && self.factor > 1 {
            waits.push(self.max);
        }
        waits.into_iter().map(|wait| wait.max(after)).collect()
    }
}

/// A longer list of waits helps nobody.
const MAX_WAITS: u64 = 20;

/// Whether and when to retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryAdvice {
    Never,
    Backoff(Backoff),
    /// Not before these milliseconds, and then as the backoff says.
    After(u64, Backoff),
}

impl Strategy {
    pub(crate) fn backoff(&self) -> Backoff {
        Backoff {
            initial: required(number(self.initial.as_ref())),
            max: required(number(self.max.as_ref())),
            factor: number(self.factor.as_ref()).unwrap_or(2),
            retries: required(number(self.retries.as_ref())),
        }
    }

    /// The statuses to retry.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = Pattern> {
        let statuses = self.statuses.iter().flat_map(|statuses| &statuses.value);
        statuses.map(|pattern| pattern.value)
    }

    /// Whether to retry a response with this status, if its status decides.
    pub(crate) fn retries_status(&self, status: u16) -> bool {
        self.patterns().any(|pattern| pattern.holds(status))
    }

    /// The classes of statuses that are not retried, each with its statuses that are.
    pub(crate) fn permanent(&self) -> Vec<(Pattern, Vec<u16>)> {
        let patterns: Vec<Pattern> = self.patterns().collect();
        [4, 5]
            .into_iter()
            .filter(|&class| !patterns.contains(&Pattern::Class(class)))
            .map(|class| {
                let retried = patterns.iter().filter_map(|pattern| match pattern {
                    Pattern::One(status) if status / 100 == class => Some(*status),
                    _ => None,
                });
                (Pattern::Class(class), retried.collect())
            })
            .collect()
    }
}

/// The advice for an error that came with a status: its `retryable` decides, and the strategy has the
/// numbers. If it doesn't say `retryable`, the status decides. `None` if nothing says it.
pub(crate) fn advice(catalog: &Catalog, entry: &Entry, status: Option<u16>) -> Option<RetryAdvice> {
    let Some(retryable) = entry.retryable.given() else { return fallback(catalog, status) };
    let strategy = catalog.retry.given().filter(|_| retryable.value);
    Some(strategy.map_or(RetryAdvice::Never, |strategy| own_advice(strategy, entry)))
}

/// The advice for a retryable error: what it overrides, and the strategy for the rest.
fn own_advice(strategy: &Strategy, entry: &Entry) -> RetryAdvice {
    let mut backoff = strategy.backoff();
    let Some(own) = &entry.retry else {
        return RetryAdvice::Backoff(backoff);
    };
    backoff.initial = number(own.initial.given()).unwrap_or(backoff.initial);
    backoff.max = number(own.max.given()).unwrap_or(backoff.max);
    backoff.retries = number(own.retries.as_ref()).unwrap_or(backoff.retries);
    match &own.after {
        Some(after) => RetryAdvice::After(after.value, backoff),
        None => RetryAdvice::Backoff(backoff),
    }
}

/// The advice for a response that the catalog does not list: by its status, if it has one. `None` without
/// a strategy.
pub(crate) fn fallback(catalog: &Catalog, status: Option<u16>) -> Option<RetryAdvice> {
    let strategy = catalog.retry.given()?;
    let is_retried = status.is_some_and(|status| strategy.retries_status(status));
    Some(if is_retried { RetryAdvice::Backoff(strategy.backoff()) } else { RetryAdvice::Never })
}

/// The milliseconds before which a retry of this error can't help.
pub(crate) fn after(entry: &Entry) -> Option<u64> {
    let own = entry.retry.as_ref().filter(|_| entry.is_retryable())?;
    Some(own.after.as_ref()?.value)
}

fn number(field: Option<&Spanned<u64>>) -> Option<u64> {
    field.map(|number| number.value)
}

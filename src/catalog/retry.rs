//! Retry: the catalog's strategy, what an entry overrides of it, and the verdict that comes out.
//! Never waits, and never sees a response.

use super::status::Pattern;
use super::{Catalog, Entry, Spanned};

/// The catalog-wide backoff.
#[derive(Debug)]
pub(crate) struct Strategy {
    /// What holds for answers that the catalog does not list.
    pub statuses: Vec<Spanned<Pattern>>,
    /// Milliseconds before the first retry.
    pub initial: Spanned<u64>,
    /// No wait is longer, in milliseconds.
    pub max: Spanned<u64>,
    /// What each wait is multiplied with.
    pub factor: Spanned<u64>,
    pub retries: Spanned<u64>,
}

/// What an entry says differently from the strategy.
#[derive(Debug)]
pub(crate) struct Override {
    /// Milliseconds before which a retry cannot help.
    pub after: Option<Spanned<u64>>,
    pub initial: Option<Spanned<u64>>,
    pub max: Option<Spanned<u64>>,
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
    /// The waits before each retry, without jitter, for as many retries as are worth listing.
    pub(crate) fn waits(&self) -> Vec<u64> {
        let mut wait = self.initial.min(self.max);
        let mut waits = Vec::new();
        for _ in 0..self.retries.min(MAX_WAITS) {
            waits.push(wait);
            wait = wait.saturating_mul(self.factor).min(self.max);
        }
        waits
    }
}

/// Beyond this many retries a list of waits helps nobody.
const MAX_WAITS: u64 = 20;

/// What an entry's retry advice comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Never,
    Backoff(Backoff),
    /// Not sooner than these milliseconds, then as the backoff says.
    After(u64, Backoff),
}

impl Strategy {
    fn backoff(&self) -> Backoff {
        Backoff {
            initial: self.initial.value,
            max: self.max.value,
            factor: self.factor.value,
            retries: self.retries.value,
        }
    }

    /// Whether an answer with this status, which the catalog does not list, is worth a retry.
    pub(crate) fn retries_status(&self, status: u16) -> bool {
        self.statuses.iter().any(|pattern| pattern.value.holds(status))
    }

    pub(crate) fn waits(&self) -> Vec<u64> {
        self.backoff().waits()
    }

    /// The classes of statuses that are permanent, each with those of it that are not.
    pub(crate) fn permanent(&self) -> Vec<(Pattern, Vec<u16>)> {
        let patterns: Vec<Pattern> = self.statuses.iter().map(|pattern| pattern.value).collect();
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

/// The verdict of an entry: its `retryable` always wins, the strategy gives the numbers.
pub(crate) fn verdict(catalog: &Catalog, entry: &Entry) -> Verdict {
    let (true, Some(strategy)) = (entry.retryable.value, &catalog.retry) else {
        return Verdict::Never;
    };
    let mut backoff = strategy.backoff();
    let Some(own) = &entry.retry else {
        return Verdict::Backoff(backoff);
    };
    let set = |number: &mut u64, own: &Option<Spanned<u64>>| {
        if let Some(own) = own {
            *number = own.value;
        }
    };
    set(&mut backoff.initial, &own.initial);
    set(&mut backoff.max, &own.max);
    set(&mut backoff.retries, &own.retries);
    match &own.after {
        Some(after) => Verdict::After(after.value, backoff),
        None => Verdict::Backoff(backoff),
    }
}

/// The verdict of an answer that the catalog does not list: by its status, if it has one.
#[cfg(feature = "cli")]
pub(crate) fn fallback(catalog: &Catalog, status: Option<u16>) -> Verdict {
    match (&catalog.retry, status) {
        (Some(strategy), Some(status)) if strategy.retries_status(status) => {
            Verdict::Backoff(strategy.backoff())
        }
        _ => Verdict::Never,
    }
}

//! The retry advice for an error as templates see it.

use std::sync::{Arc, Mutex, PoisonError};

use super::Retry;
use crate::catalog::retry::{Backoff, RetryAdvice, advice, fallback};
use crate::catalog::{Catalog, Entry};
use crate::text::waits;

/// Whether and when to retry an error.
#[derive(Clone, Copy)]
pub(super) struct Advice<'c> {
    pub catalog: &'c Catalog,
    pub entry: &'c Entry,
}

/// The numbers of a backoff, and the milliseconds before which a retry can't help.
pub(super) type Numbers = (Backoff, Option<u64>);

/// What was said already of some numbers, or of none. Most errors of a surface share their advice with others.
#[derive(Debug, Default)]
pub(super) struct Said(Mutex<Vec<(Option<Numbers>, Arc<str>)>>);

/// How much is kept. A longer list would take longer to search than a text takes to make.
const MAX_SAID: usize = 16;

impl Said {
    fn of(&self, numbers: Option<Numbers>) -> Arc<str> {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, text)) = said.iter().find(|(of, _)| *of == numbers) {
            return Arc::clone(text);
        }
        let text: Arc<str> = match numbers {
            Some((backoff, after)) => in_words(backoff, after, None).into(),
            None => "Do not retry.".into(),
        };
        if said.len() < MAX_SAID {
            said.push((numbers, Arc::clone(&text)));
        }
        text
    }
}

impl Advice<'_> {
    /// `never`, `backoff`, `after` or `by_status`.
    pub(super) fn kind(self) -> &'static str {
        match self.numbers() {
            _ if self.entry.retryable.is_absent() => "by_status",
            Some((_, Some(_))) => "after",
            Some((_, None)) => "backoff",
            None => "never",
        }
    }

    /// The statuses to retry. None if nothing in the catalog says it.
    pub(super) fn retried_statuses(self) -> Option<Vec<u16>> {
        self.is_said().then(|| self.retried().map(|(status, _)| status).collect())
    }

    /// Whether the strategy says something else of one of the statuses.
    pub(super) fn is_exception(self) -> bool {
        // The strategy says nothing of statuses below 400.
        let differs = |(status, one): (u16, RetryAdvice)| {
            status >= 400 && fallback(self.catalog, Some(status)).is_some_and(|other| other != one)
        };
        self.is_said() && self.each().any(differs)
    }

    /// The numbers.
    pub(super) fn retry(self) -> Option<Retry> {
        let (backoff, after_ms) = self.numbers()?;
        Some(Retry {
            after_ms,
            initial_ms: backoff.initial,
            max_delay_ms: backoff.max,
            factor: backoff.factor,
            retries: backoff.retries,
        })
    }

    /// The advice in sentences.
    pub(super) fn text(self, said: &Said) -> Option<Arc<str>> {
        let (numbers, others) = self.said()?;
        Some(match (numbers, others) {
            (Some((backoff, after)), Some(only)) => in_words(backoff, after, Some(&only)).into(),
            (numbers, _) => said.of(numbers),
        })
    }

    /// The same in a few words.
    pub(super) fn summary(self) -> Option<String> {
        let (numbers, others) = self.said()?;
        Some(match numbers {
            Some((backoff, after)) => summary(backoff, after, others.as_deref()),
            None => "do not retry".to_owned(),
        })
    }

    /// What is said: the numbers, if there are any, and the statuses to retry if there are others.
    fn said(self) -> Option<(Option<Numbers>, Option<Vec<u16>>)> {
        let others = match self.entry.statuses.as_slice() {
            // Most errors have one status, and need no list of them.
            [_] if self.numbers().is_some() => None,
            all => self.retried_statuses().filter(|retried| retried.len() < all.len()),
        };
        self.is_said().then(|| (self.numbers(), others))
    }

    /// Whether the catalog says what to do.
    fn is_said(self) -> bool {
        self.entry.retryable.given().is_some() || self.catalog.retry.given().is_some()
    }

    fn numbers(self) -> Option<Numbers> {
        match self.retried().next()?.1 {
            RetryAdvice::Backoff(backoff) => Some((backoff, None)),
            RetryAdvice::After(after, backoff) => Some((backoff, Some(after))),
            RetryAdvice::Never => None,
        }
    }

    /// The statuses to retry, with their advice.
    fn retried(self) -> impl Iterator<Item = (u16, RetryAdvice)> {
        self.each().filter(|(_, advice)| *advice != RetryAdvice::Never)
    }

    /// The advice for each status.
    fn each(self) -> impl Iterator<Item = (u16, RetryAdvice)> {
        let Self { catalog, entry } = self;
        let statuses = entry.statuses.iter().map(|status| status.value);
        statuses.filter_map(move |status| Some((status, advice(catalog, entry, Some(status))?)))
    }
}

/// How often to retry, and after which waits. `only` has the statuses with which to retry if there are others.
fn in_words(backoff: Backoff, after: Option<u64>, only: Option<&[u16]>) -> String {
    let waits = waits::waits(&backoff.waits_from(after.unwrap_or_default()));
    let text = match (backoff.retries, after) {
        (0, Some(after)) => format!(
            "Do not retry automatically. The same request may succeed after {}.",
            waits::wait(after)
        ),
        (0, None) => "Do not retry automatically. The same request may succeed later.".to_owned(),
        (1, _) => format!("Retry once, after {waits}."),
        (retries, _) => format!("Retry up to {retries} times, after {waits}."),
    };
    match only {
        Some(statuses) => format!("{text} Do so with HTTP {} only.", joined(statuses, " or ")),
        None => text,
    }
}

/// The same in a few words.
fn summary(backoff: Backoff, after: Option<u64>, only: Option<&[u16]>) -> String {
    match (backoff.retries, only, after) {
        (0, ..) => "do not retry automatically".to_owned(),
        (_, Some(statuses), _) => format!("retry only with {}", joined(statuses, " / ")),
        (_, None, Some(after)) => format!("retry after {}", waits::wait(after)),
        (1, None, None) => "retry once".to_owned(),
        (_, None, None) => "retry".to_owned(),
    }
}

fn joined(statuses: &[u16], between: &str) -> String {
    statuses.iter().map(u16::to_string).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Set;

    #[test]
    fn every_wait_is_told() {
        let words = |initial, max, retries, after| {
            in_words(Backoff { initial, max, factor: 2, retries }, after, None)
        };
        for (said, told) in [
            (words(1000, 30_000, 1, None), "Retry once, after 1 second."),
            (words(1000, 30_000, 3, None), "Retry up to 3 times, after 1, 2 and 4 seconds."),
            (
                words(2000, 5000, 5, None),
                "Retry up to 5 times, after 2 and 4 seconds, then every 5 seconds.",
            ),
            (
                words(1000, 30_000, 6, Some(3_600_000)),
                "Retry up to 6 times, after 1 hour each time.",
            ),
            (
                words(1, 3_600_000, 30, None),
                "Retry up to 30 times, after 1, 2, 4 milliseconds and so on, up to 1 hour.",
            ),
            (
                words(1000, 30_000, 0, Some(60_000)),
                "Do not retry automatically. The same request may succeed after 1 minute.",
            ),
        ] {
            assert_eq!(said, told);
        }
    }

    /// What the strategy's sentence on the docs page would be wrong about.
    #[test]
    fn what_differs_from_the_strategy_is_an_exception() {
        let catalog = "
errcat: 1
product: A
version: 1.0.0
title: Errors
retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}
allow: [missing-fix, missing-retryable, inconsistent-retryable]
surfaces:
  - id: api
    title: API
    shape: {body: {error: <code>, ok: false}}
    errors:
      - {code: as_said, status: 503, meaning: It is down., retryable: true}
      - {code: unsaid, status: 503, meaning: It is down somewhere.}
      - {code: permanent, status: 400, meaning: It is wrong., retryable: false}
      - {code: same_numbers, status: 429, meaning: It is too much., retryable: true, retry: {retries: 6}}
      - {code: in_a_success, status: 200, meaning: It is queued., retryable: true}
      - {code: hourly, status: 429, meaning: It is the limit., retryable: true, retry: {after: 1h}}
      - {code: once, status: 500, meaning: It broke., retryable: true, retry: {retries: 1}}
      - {code: never, status: 501, meaning: It is not there., retryable: false}
      - {code: soon, status: 409, meaning: It is taken., retryable: true}
      - {code: one_of_two, status: [400, 503], meaning: It is odd., retryable: false}
";
        let catalog = Set::parse("a.yaml", catalog.as_bytes()).and_then(Set::into_catalog).unwrap();
        let errors = catalog.surfaces[0].errors.iter();
        let exceptions = errors.filter(|entry| Advice { catalog: &catalog, entry }.is_exception());
        let names: Vec<String> =
            exceptions.map(|entry| entry.name.as_ref().unwrap().value.to_string()).collect();
        assert_eq!(names, ["hourly", "once", "never", "soon", "one_of_two"]);
    }
}

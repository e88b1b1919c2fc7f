//! Retry advice: whether and when to send the same request again.

use core::convert::TryFrom;
use core::time::Duration;

/// Whether and when to send the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAdvice {
    /// Never: the same request would fail again.
    Never,
    /// After waits that grow from one retry to the next.
    Backoff(Backoff),
    /// After at least `wait`, or later if the backoff says so.
    After {
        /// The shortest wait. An earlier retry can't succeed.
        wait: Duration,
        /// How often to retry, and the waits where they are longer than `wait`.
        backoff: Backoff,
    },
}

impl RetryAdvice {
    /// The wait that the catalog asks for.
    pub(crate) const fn after(self) -> Option<Duration> {
        match self {
            Self::After { wait, .. } => Some(wait),
            Self::Never | Self::Backoff(_) => None,
        }
    }

    /// The advice for several errors in one response: never if that is one of them, otherwise the one
    /// with the longest wait. `None` without errors.
    pub(crate) fn of_all(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let waits = |advice: Self| match advice {
            Self::Never => None,
            Self::Backoff(backoff) => Some((backoff.initial, backoff.max_delay)),
            Self::After { wait, backoff } => Some((wait.max(backoff.initial), backoff.max_delay)),
        };
        all.into_iter()
            .reduce(|first, second| match (waits(first), waits(second)) {
                (Some(one), Some(other)) if one < other => second,
                (Some(_), None) => second,
                _ => first,
            })
    }
}

/// Waits that grow from one retry to the next. All are whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Backoff {
    /// The wait before the first retry.
    pub initial: Duration,
    /// The longest wait.
    pub max_delay: Duration,
    /// The factor from each wait to the next.
    pub factor: u32,
    /// The maximum number of retries.
    pub retries: u32,
}

impl Backoff {
    /// Creates a backoff of your own, for an error that the catalog doesn't cover.
    #[must_use]
    pub const fn new(initial: Duration, max_delay: Duration, factor: u32, retries: u32) -> Self {
        Self {
            initial,
            max_delay,
            factor,
            retries,
        }
    }

    /// The wait before a retry, without jitter. `retry` counts from 0. The wait starts at `initial`
    /// and never exceeds `max_delay`.
    pub(super) fn nominal(&self, retry: u32) -> Duration {
        let (max, factor) = (millis(self.max_delay), u64::from(self.factor));
        let mut wait = millis(self.initial);
        let mut made = 0;
        while made < retry && wait < max && factor > 1 {
            wait = wait.saturating_mul(factor);
            made += 1;
        }
        Duration::from_millis(wait.min(max))
    }
}

/// A duration in whole milliseconds.
pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

//! Decides whether to make another attempt, and after which wait. Nothing here waits or sends.

use core::fmt;
use core::time::Duration;

use super::advice::{millis, RetryAdvice};
use super::display::Seconds;

/// The longest wait that is accepted by default if the server or the catalog asks for one: two
/// minutes.
pub const MAX_REQUESTED_WAIT: Duration = Duration::new(120, 0);

/// A failed attempt, and everything that decides whether to make another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// Whether and when to retry the error.
    pub advice: RetryAdvice,
    /// The number of retries so far: 0 after the first attempt.
    pub retries: u32,
    /// A random number for the jitter. It uses all 32 bits.
    pub random: u32,
    /// The wait that the server asks for. `None` if it doesn't ask for one, which differs from a wait
    /// of zero.
    pub retry_after: Option<Duration>,
    /// The longest wait to accept when the server or the catalog asks for one.
    pub max_requested_wait: Duration,
}

impl FailedAttempt {
    /// Describes a failed attempt after which the server asks for no wait. `retries` is the number of
    /// retries so far, and `random` a random number of all 32 bits.
    #[must_use]
    pub const fn new(advice: RetryAdvice, retries: u32, random: u32) -> Self {
        Self {
            advice,
            retries,
            random,
            retry_after: None,
            max_requested_wait: MAX_REQUESTED_WAIT,
        }
    }

    /// Sets the wait that the server asks for.
    #[must_use]
    pub const fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.retry_after = retry_after;
        self
    }

    /// Sets the longest wait to accept when the server or the catalog asks for one. The default is
    /// [`MAX_REQUESTED_WAIT`].
    #[must_use]
    pub const fn with_max_requested_wait(mut self, wait: Duration) -> Self {
        self.max_requested_wait = wait;
        self
    }
}

/// Why there is no further attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GiveUpReason {
    /// The same request would fail again.
    Permanent,
    /// The catalog allows no more retries.
    Exhausted,
    /// The server or the catalog asks for a longer wait than the caller accepts.
    WaitTooLong {
        /// The wait that was asked for.
        requested: Duration,
    },
}

impl GiveUpReason {
    /// The reason as one word: `permanent`, `exhausted` or `wait_too_long`. Packages in other
    /// languages use the same words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Exhausted => "exhausted",
            Self::WaitTooLong { .. } => "wait_too_long",
        }
    }
}

impl fmt::Display for GiveUpReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Permanent => f.write_str("the same request would fail again"),
            Self::Exhausted => f.write_str("no retries are left"),
            Self::WaitTooLong { requested } => {
                write!(
                    f,
                    "a retry must wait {} s, which is too long",
                    Seconds(*requested)
                )
            }
        }
    }
}

/// How long to wait before the next attempt. The same attempt always gives the same answer.
///
/// Jitter only lengthens a wait, by less than half. The result is never shorter than the wait that
/// the server asks for.
///
/// # Errors
/// Returns the reason if there is no further attempt.
pub fn next_delay(failed: &FailedAttempt) -> Result<Duration, GiveUpReason> {
    let (backoff, after) = match failed.advice {
        RetryAdvice::Never => return Err(GiveUpReason::Permanent),
        RetryAdvice::Backoff(backoff) => (backoff, None),
        RetryAdvice::After { wait, backoff } => (backoff, Some(wait)),
    };
    if failed.retries >= backoff.retries {
        return Err(GiveUpReason::Exhausted);
    }
    let nominal = millis(backoff.nominal(failed.retries));
    let spread = (u64::from(failed.random) * (nominal / 2).min(u64::from(u32::MAX))) >> 32;
    let wait = match failed.retry_after.max(after) {
        None => nominal
            .saturating_add(spread)
            .min(millis(backoff.max_delay)),
        Some(requested) if requested > failed.max_requested_wait => {
            return Err(GiveUpReason::WaitTooLong { requested })
        }
        Some(requested) => millis(requested).max(nominal).saturating_add(spread),
    };
    Ok(Duration::from_millis(wait))
}

/// Iterates over the waits of retry advice, with jitter, for a retry library such as `backon`. It
/// sees no responses, so it ignores any wait that a server asks for.
#[derive(Clone, Debug)]
pub struct Delays<R> {
    advice: RetryAdvice,
    retries: u32,
    random: R,
}

impl<R: FnMut() -> u32> Delays<R> {
    /// Creates the waits before each retry. `random` returns a new random number of all 32 bits on
    /// each call.
    pub const fn new(advice: RetryAdvice, random: R) -> Self {
        Self {
            advice,
            retries: 0,
            random,
        }
    }
}

impl<R: FnMut() -> u32> Iterator for Delays<R> {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let failed = FailedAttempt::new(self.advice, self.retries, (self.random)());
        let wait = next_delay(&failed).ok()?;
        self.retries += 1;
        Some(wait)
    }
}

//! Retries a request in a loop.

use core::fmt;
use core::future::Future;
use core::time::Duration;

use super::catalog_error::CatalogError;
use super::next_delay::{next_delay, FailedAttempt, GiveUpReason, MAX_REQUESTED_WAIT};

/// Repeats a request until it succeeds or another attempt wouldn't help.
///
/// If a request must not take effect twice, send the same idempotency key with every attempt, or
/// don't retry it. Let only one layer retry: if a client below this one also retries, the attempts
/// multiply.
///
/// It needs no clock and no executor. You pass in how to sleep. To set a deadline for all attempts,
/// wrap the future in a timeout. Dropping the future stops retrying, even during a wait.
#[derive(Clone, Debug)]
pub struct Retry<R, O = fn(&RetryNotice<'_>)> {
    max_requested_wait: Duration,
    random: R,
    observe: O,
}

impl<R: FnMut() -> u32> Retry<R> {
    /// Creates a retry. `random` supplies the jitter: it returns a new random number of all 32 bits
    /// on each call.
    pub fn new(random: R) -> Self {
        Self {
            max_requested_wait: MAX_REQUESTED_WAIT,
            random,
            observe: |_| (),
        }
    }
}

impl<R: FnMut() -> u32, O: FnMut(&RetryNotice<'_>)> Retry<R, O> {
    /// Sets the longest wait to accept when the server or the catalog asks for one. The default is
    /// [`MAX_REQUESTED_WAIT`].
    #[must_use]
    pub fn max_requested_wait(self, wait: Duration) -> Self {
        Self {
            max_requested_wait: wait,
            ..self
        }
    }

    /// Calls `observe` before each wait.
    pub fn observe<P: FnMut(&RetryNotice<'_>)>(self, observe: P) -> Retry<R, P> {
        Retry {
            max_requested_wait: self.max_requested_wait,
            random: self.random,
            observe,
        }
    }

    /// Makes attempts and waits between them.
    ///
    /// - `sleep` waits for a duration, like `tokio::time::sleep`.
    /// - `send` makes an attempt. It gets the number of retries so far.
    /// - `detect` returns the error in a response. `None` means success. The `ApiError` of each API
    ///   has such functions.
    ///
    /// # Errors
    /// Returns the error of `send` at once: a request that got no response isn't repeated.
    pub async fn run<T, E, F, Op, Sent, Detect, Sleep, Slept>(
        mut self,
        mut sleep: Sleep,
        mut send: Op,
        mut detect: Detect,
    ) -> Result<RetryOutcome<T, E>, F>
    where
        E: CatalogError,
        Op: FnMut(u32) -> Sent,
        Sent: Future<Output = Result<T, F>>,
        Detect: FnMut(&T) -> Option<E>,
        Sleep: FnMut(Duration) -> Slept,
        Slept: Future<Output = ()>,
    {
        let mut retries = 0;
        loop {
            let response = send(retries).await?;
            let error = detect(&response);
            let wait = match self.next(retries, response, error) {
                Ok(wait) => wait,
                Err(outcome) => return Ok(outcome),
            };
            sleep(wait).await;
            retries += 1;
        }
    }

    /// The next wait, or the outcome. Drops the failed response before the wait, because an unread
    /// response keeps its connection.
    pub(super) fn next<T, E: CatalogError>(
        &mut self,
        retries: u32,
        response: T,
        error: Option<E>,
    ) -> Result<Duration, RetryOutcome<T, E>> {
        let attempts = retries + 1;
        let Some(error) = error else {
            return Err(RetryOutcome {
                response,
                attempts,
                gave_up: None,
            });
        };
        let failed = FailedAttempt::new(error.retry_advice(), retries, (self.random)())
            .with_retry_after(error.retry_after())
            .with_max_requested_wait(self.max_requested_wait);
        match next_delay(&failed) {
            Ok(wait) => {
                (self.observe)(&RetryNotice {
                    attempt: attempts,
                    wait,
                    error: &error,
                });
                Ok(wait)
            }
            Err(reason) => Err(RetryOutcome {
                response,
                attempts,
                gave_up: Some(GaveUp {
                    error,
                    reason,
                    attempts,
                }),
            }),
        }
    }
}

/// What an observer gets before each wait.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RetryNotice<'a> {
    /// The number of the failed attempt. The first is 1.
    pub attempt: u32,
    /// The length of the wait.
    pub wait: Duration,
    /// The error in the response.
    pub error: &'a dyn CatalogError,
}

/// The result of all attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct RetryOutcome<T, E> {
    /// The response of the last attempt, unchanged.
    pub response: T,
    /// The number of attempts, including the first.
    pub attempts: u32,
    /// The error in the response, and why there was no further attempt. `None` if the response is a
    /// success.
    pub gave_up: Option<GaveUp<E>>,
}

impl<T, E> RetryOutcome<T, E> {
    /// The response, if it is a success.
    ///
    /// # Errors
    /// Returns the error in the response, and why there was no further attempt.
    pub fn into_result(self) -> Result<T, GaveUp<E>> {
        match self.gave_up {
            Some(gave_up) => Err(gave_up),
            None => Ok(self.response),
        }
    }
}

/// The error of the last attempt, and why there was no further one. The error is its
/// [`source`](core::error::Error::source).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GaveUp<E> {
    /// The error of the last attempt.
    pub error: E,
    /// Why there was no further attempt.
    pub reason: GiveUpReason,
    /// The number of attempts, including the first.
    pub attempts: u32,
}

impl<E> fmt::Display for GaveUp<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.attempts == 1 { "" } else { "s" };
        write!(
            f,
            "gave up after {} attempt{plural}: {}",
            self.attempts, self.reason
        )
    }
}

impl<E: core::error::Error + 'static> core::error::Error for GaveUp<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.error)
    }
}

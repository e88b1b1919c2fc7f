//! Decides when to retry a request, and retries it in a loop.

use core::convert::TryFrom;
use core::fmt;
use core::future::Future;
use core::time::Duration;

/// Whether and when to send the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
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

impl Verdict {
    /// The wait that the catalog asks for.
    pub(crate) const fn after(self) -> Option<Duration> {
        match self {
            Self::After { wait, .. } => Some(wait),
            Self::Never | Self::Backoff(_) => None,
        }
    }

    /// The verdict on several errors in one response: never if that is one of them, otherwise the one
    /// with the longest wait. `None` without errors.
    pub(crate) fn of_all(verdicts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let waits = |verdict: Self| match verdict {
            Self::Never => None,
            Self::Backoff(backoff) => Some((backoff.initial, backoff.max)),
            Self::After { wait, backoff } => Some((wait.max(backoff.initial), backoff.max)),
        };
        verdicts
            .into_iter()
            .reduce(|first, second| match (waits(first), waits(second)) {
                (Some(one), Some(other)) if one < other => second,
                (Some(_), None) => second,
                _ => first,
            })
    }
}

/// Waits that grow from one retry to the next. All are whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Backoff {
    /// The wait before the first retry.
    pub initial: Duration,
    /// The longest wait.
    pub max: Duration,
    /// The factor from each wait to the next.
    pub factor: u32,
    /// The maximum number of retries.
    pub retries: u32,
}

impl Backoff {
    /// The wait before a retry, without jitter. `retry` counts from 0. The wait starts at `initial`
    /// and never exceeds `max`.
    #[must_use]
    pub fn nominal(&self, retry: u32) -> Duration {
        let (max, factor) = (millis(self.max), u64::from(self.factor));
        let mut wait = millis(self.initial);
        let mut made = 0;
        while made < retry && wait < max && factor > 1 {
            wait = wait.saturating_mul(factor);
            made += 1;
        }
        Duration::from_millis(wait.min(max))
    }
}

/// The longest wait that is accepted by default: two minutes.
pub const WAIT_LIMIT: Duration = Duration::new(120, 0);

/// A failed attempt, and everything that decides whether to make another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// Whether and when to retry the error.
    pub verdict: Verdict,
    /// The number of retries so far: 0 after the first attempt.
    pub retries: u32,
    /// A random number for the jitter. It uses all 32 bits.
    pub random: u32,
    /// The wait that the server asks for, from
    /// [`server_wait`](super::retry_after::server_wait). `None` if it doesn't ask for one, which
    /// differs from a wait of zero.
    pub hint: Option<Duration>,
    /// The longest wait to accept when the server or the catalog asks for one.
    pub limit: Duration,
}

/// Why there is no further attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    /// The same request would fail again.
    Permanent,
    /// The catalog allows no more retries.
    Exhausted,
    /// The server or the catalog asks for a longer wait than the caller accepts.
    WaitTooLong {
        /// The wait that was asked for.
        asked: Duration,
    },
}

impl Stop {
    /// The reason as text: `permanent`, `exhausted` or `wait_too_long`. Packages in other languages
    /// use the same words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Exhausted => "exhausted",
            Self::WaitTooLong { .. } => "wait_too_long",
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How long to wait before the next attempt. The same failure always gives the same answer.
///
/// Jitter only lengthens a wait, by less than half. The result is never shorter than the wait that
/// the server asks for.
///
/// # Errors
/// Returns the reason if there is no further attempt.
pub fn decide(failure: &Failure) -> Result<Duration, Stop> {
    let (backoff, after) = match failure.verdict {
        Verdict::Never => return Err(Stop::Permanent),
        Verdict::Backoff(backoff) => (backoff, None),
        Verdict::After { wait, backoff } => (backoff, Some(wait)),
    };
    if failure.retries >= backoff.retries {
        return Err(Stop::Exhausted);
    }
    let nominal = millis(backoff.nominal(failure.retries));
    let spread = (u64::from(failure.random) * (nominal / 2).min(u64::from(u32::MAX))) >> 32;
    let wait = match failure.hint.max(after) {
        None => nominal.saturating_add(spread).min(millis(backoff.max)),
        Some(asked) if asked > failure.limit => return Err(Stop::WaitTooLong { asked }),
        Some(asked) => millis(asked).max(nominal).saturating_add(spread),
    };
    Ok(Duration::from_millis(wait))
}

/// A duration in whole milliseconds.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Iterates over the waits of a verdict, with jitter, for a retry library such as `backon`. It sees
/// no responses, so it ignores any wait that a server asks for.
#[derive(Clone, Debug)]
pub struct Delays<R> {
    verdict: Verdict,
    retries: u32,
    random: R,
    limit: Duration,
}

impl<R: FnMut() -> u32> Delays<R> {
    /// Creates the waits before each retry. `random` returns a new random number of all 32 bits on
    /// each call.
    pub const fn new(verdict: Verdict, random: R) -> Self {
        Self {
            verdict,
            retries: 0,
            random,
            limit: WAIT_LIMIT,
        }
    }

    /// Sets the longest wait to accept when the catalog asks for one. The default is
    /// [`WAIT_LIMIT`].
    #[must_use]
    pub fn limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }
}

impl<R: FnMut() -> u32> Iterator for Delays<R> {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let random = (self.random)();
        let (verdict, retries, limit) = (self.verdict, self.retries, self.limit);
        let failure = Failure {
            verdict,
            retries,
            random,
            hint: None,
            limit,
        };
        let wait = decide(&failure).ok()?;
        self.retries += 1;
        Some(wait)
    }
}

/// The outcome of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt<T> {
    /// Finished; do not retry.
    Done(T),
    /// Failed; retry if the verdict allows it.
    Failed {
        /// The response.
        last: T,
        /// Whether and when to retry the error.
        verdict: Verdict,
        /// The wait that the server asks for. `None` if it doesn't ask for one.
        hint: Option<Duration>,
    },
}

impl<T> Attempt<T> {
    /// Applies a function to the response, for example to wrap it in `Ok`.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Attempt<U> {
        match self {
            Self::Done(last) => Attempt::Done(make(last)),
            Self::Failed {
                last,
                verdict,
                hint,
            } => {
                let last = make(last);
                Attempt::Failed {
                    last,
                    verdict,
                    hint,
                }
            }
        }
    }
}

/// The result of all attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Finished<T> {
    /// The response of the last attempt, unchanged.
    pub last: T,
    /// The number of attempts, including the first.
    pub attempts: u32,
    /// Why there was no further attempt. `None` if the last one was [`Attempt::Done`].
    pub stopped: Option<Stop>,
}

/// What an observer gets before each wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiting {
    /// The number of the failed attempt. The first is 1.
    pub attempt: u32,
    /// The length of the wait.
    pub wait: Duration,
    /// Whether and when to retry the error.
    pub verdict: Verdict,
    /// The wait that the server asked for. `None` if it didn't ask for one.
    pub hint: Option<Duration>,
}

/// Repeats a request until it succeeds or another attempt wouldn't help.
///
/// If a request must not take effect twice, send the same idempotency key with every attempt, or
/// return [`Attempt::Done`]. Let only one layer retry: if a client below this one also retries, the
/// attempts multiply.
///
/// It needs no clock and no executor. You pass in how to sleep. To set a deadline for all attempts,
/// wrap the future in a timeout. Dropping the future stops retrying, even during a wait.
#[derive(Clone, Debug)]
pub struct Retry<R, O = fn(&Waiting)> {
    limit: Duration,
    random: R,
    observe: O,
}

impl<R: FnMut() -> u32> Retry<R> {
    /// Creates a retry. `random` supplies the jitter: it returns a new random number of all 32 bits
    /// on each call.
    pub fn new(random: R) -> Self {
        Self {
            limit: WAIT_LIMIT,
            random,
            observe: |_| (),
        }
    }
}

impl<R: FnMut() -> u32, O: FnMut(&Waiting)> Retry<R, O> {
    /// Sets the longest wait to accept when the server or the catalog asks for one. The default is
    /// [`WAIT_LIMIT`].
    #[must_use]
    pub fn limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Calls `observe` before each wait.
    pub fn observe<P: FnMut(&Waiting)>(self, observe: P) -> Retry<R, P> {
        Retry {
            limit: self.limit,
            random: self.random,
            observe,
        }
    }

    /// Makes attempts and waits between them. `attempt` gets the number of retries so far. `sleep`
    /// gets the length of each wait, like `tokio::time::sleep`.
    pub async fn run<T, Op, Made, Sleep, Slept>(
        mut self,
        mut sleep: Sleep,
        mut attempt: Op,
    ) -> Finished<T>
    where
        Op: FnMut(u32) -> Made,
        Made: Future<Output = Attempt<T>>,
        Sleep: FnMut(Duration) -> Slept,
        Slept: Future<Output = ()>,
    {
        let mut retries = 0;
        loop {
            let wait = match self.next(retries, attempt(retries).await) {
                Ok(wait) => wait,
                Err(finished) => return finished,
            };
            sleep(wait).await;
            retries += 1;
        }
    }

    /// The next wait, or the final result. Drops the failed response before the wait, because an
    /// unread response keeps its connection.
    pub(super) fn next<T>(
        &mut self,
        retries: u32,
        attempt: Attempt<T>,
    ) -> Result<Duration, Finished<T>> {
        let attempts = retries + 1;
        let (last, verdict, hint) = match attempt {
            Attempt::Done(last) => {
                return Err(Finished {
                    last,
                    attempts,
                    stopped: None,
                })
            }
            Attempt::Failed {
                last,
                verdict,
                hint,
            } => (last, verdict, hint),
        };
        let random = (self.random)();
        match decide(&Failure {
            verdict,
            retries,
            random,
            hint,
            limit: self.limit,
        }) {
            Ok(wait) => {
                (self.observe)(&Waiting {
                    attempt: attempts,
                    wait,
                    verdict,
                    hint,
                });
                Ok(wait)
            }
            Err(stop) => Err(Finished {
                last,
                attempts,
                stopped: Some(stop),
            }),
        }
    }
}

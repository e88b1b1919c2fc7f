//! When to send a request again, and a loop that does.

use core::fmt;
use core::future::Future;
use core::time::Duration;

/// Whether and when to send the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Never: it would fail again.
    Never,
    /// After waits that grow from one retry to the next.
    Backoff(Backoff),
    /// Not before a certain time, and then as the backoff says.
    After {
        /// The time before which a retry cannot help.
        wait: Duration,
        /// The waits that are longer than that.
        backoff: Backoff,
    },
}

/// Waits that grow from one retry to the next, in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Backoff {
    /// The wait before the first retry.
    pub initial: Duration,
    /// The longest wait.
    pub max: Duration,
    /// What each wait is multiplied with to get the next.
    pub factor: u32,
    /// How often to retry at most.
    pub retries: u32,
}

impl Backoff {
    /// The wait before a retry without jitter: `initial` for the first, whose number is 0, and
    /// never more than `max`.
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

/// The longest wait that is accepted unless a caller says otherwise: two minutes.
pub const WAIT_LIMIT: Duration = Duration::new(120, 0);

/// A failed attempt, and all that decides whether there is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// What the catalog says of the error.
    pub verdict: Verdict,
    /// How many retries were made already: 0 after the first attempt.
    pub retries: u32,
    /// A random number of all 32 bits, from which the jitter is made.
    pub random: u32,
    /// The wait that the server asks for, see [`server_wait`](super::retry_after::server_wait). Zero is a wait
    /// too, and not the same as none.
    pub hint: Option<Duration>,
    /// The longest wait that the caller accepts where the server or the catalog asks for one.
    pub limit: Duration,
}

/// Why there is no other attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    /// The same request would fail again.
    Permanent,
    /// As many retries were made as the catalog allows.
    Exhausted,
    /// The wait that was asked for is longer than the caller accepts.
    WaitTooLong {
        /// That wait.
        asked: Duration,
    },
}

impl Stop {
    /// The reason as every language spells it: `permanent`, `exhausted` or `wait_too_long`.
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

/// How long to wait before the next attempt. It is pure: the same failure always gives the same
/// answer.
///
/// The jitter only ever lengthens a wait, by less than half, so a wait that the server asked for is
/// kept.
///
/// # Errors
/// Why there is no other attempt.
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

/// A time in whole milliseconds.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The waits of a verdict with jitter, for a retry library that takes them, such as `backon`. It
/// knows no response, so no wait that a server asks for.
#[derive(Clone, Debug)]
pub struct Delays<R> {
    verdict: Verdict,
    retries: u32,
    random: R,
    limit: Duration,
}

impl<R: FnMut() -> u32> Delays<R> {
    /// The waits before each retry; `random` gives a number of all 32 bits for each.
    pub const fn new(verdict: Verdict, random: R) -> Self {
        Self {
            verdict,
            retries: 0,
            random,
            limit: WAIT_LIMIT,
        }
    }

    /// The longest wait that is accepted where the catalog asks for one; [`WAIT_LIMIT`] by default.
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

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt<T> {
    /// It need not, or must not, be made again.
    Done(T),
    /// It failed.
    Failed {
        /// The response.
        last: T,
        /// What the catalog says of the error.
        verdict: Verdict,
        /// The wait that the server asks for.
        hint: Option<Duration>,
    },
}

impl<T> Attempt<T> {
    /// The same with something else made of the response, such as `Ok` of it.
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

/// The end of all attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Finished<T> {
    /// The response of the last attempt, unchanged.
    pub last: T,
    /// How many attempts were made, the first included.
    pub attempts: u32,
    /// Why there was no other attempt; none if the last one succeeded.
    pub stopped: Option<Stop>,
}

/// What an observer is told before each wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiting {
    /// Which attempt failed; the first is 1.
    pub attempt: u32,
    /// How long the wait will be.
    pub wait: Duration,
    /// What the catalog says of the error.
    pub verdict: Verdict,
    /// The wait that the server asked for.
    pub hint: Option<Duration>,
}

/// Makes a request until it succeeds or another attempt would be no use.
///
/// A retry repeats the request. Where that must not happen twice, send an idempotency key that is
/// the same in every attempt, or return [`Attempt::Done`]. Let one layer retry: a client below this
/// one that retries by itself multiplies the attempts.
///
/// It knows no clock and no executor: how to sleep is passed in, and a deadline for all attempts is
/// what a timeout around it is for. Dropping its future ends it, also while it waits.
#[derive(Clone, Debug)]
pub struct Retry<R, O = fn(&Waiting)> {
    limit: Duration,
    random: R,
    observe: O,
}

impl<R: FnMut() -> u32> Retry<R> {
    /// With a source of random numbers of all 32 bits, which the jitter is made from.
    pub fn new(random: R) -> Self {
        Self {
            limit: WAIT_LIMIT,
            random,
            observe: |_| (),
        }
    }
}

impl<R: FnMut() -> u32, O: FnMut(&Waiting)> Retry<R, O> {
    /// The longest wait that is accepted where the server or the catalog asks for one;
    /// [`WAIT_LIMIT`] by default.
    #[must_use]
    pub fn limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Calls a function before each wait.
    pub fn observe<P: FnMut(&Waiting)>(self, observe: P) -> Retry<R, P> {
        Retry {
            limit: self.limit,
            random: self.random,
            observe,
        }
    }

    /// Makes attempts with pauses between them. `attempt` gets the number of retries so far, and
    /// `sleep` the length of each pause, as `tokio::time::sleep` does.
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

    /// The next wait, or the end. The failed response is dropped before the wait, because an unread
    /// one keeps its connection.
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

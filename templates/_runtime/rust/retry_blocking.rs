//! A retry that sleeps on its thread, and random numbers for its jitter.

use std::hash::{BuildHasher, Hasher, RandomState};

use super::retry::{Attempt, Finished, Retry, Waiting};

impl<R: FnMut() -> u32, O: FnMut(&Waiting)> Retry<R, O> {
    /// The same, on this thread, which sleeps in the pauses.
    pub fn run_blocking<T>(mut self, mut attempt: impl FnMut(u32) -> Attempt<T>) -> Finished<T> {
        let mut retries = 0;
        loop {
            match self.next(retries, attempt(retries)) {
                Ok(wait) => std::thread::sleep(wait),
                Err(finished) => return finished,
            }
            retries += 1;
        }
    }
}

impl Default for Retry<fn() -> u32> {
    /// With [`random`].
    fn default() -> Self {
        Self::new(random)
    }
}

/// A random number of all 32 bits, another one with each call and in each process. Good enough for
/// jitter, not for secrets.
#[must_use]
pub fn random() -> u32 {
    let hash = RandomState::new().build_hasher().finish();
    u32::try_from(hash >> 32).unwrap_or_default()
}

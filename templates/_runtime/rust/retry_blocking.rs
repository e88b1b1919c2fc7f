//! A retry that blocks its thread, and random numbers for its jitter.

use core::convert::TryFrom;
use std::hash::{BuildHasher, Hasher, RandomState};

#[allow(unused_imports)] // Without `run_blocking`.
use super::retry::{Attempt, Finished, Retry, Waiting};

impl<R: FnMut() -> u32, O: FnMut(&Waiting)> Retry<R, O> {
    /// Like [`run`](Self::run), but blocks the current thread during attempts and waits. Not
    /// available on `wasm32-unknown-unknown`, where a thread can't sleep.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
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
    /// Creates a retry that takes its jitter from [`random`].
    fn default() -> Self {
        Self::new(random)
    }
}

/// A random number of all 32 bits, different on each call and in each process. Good enough for
/// jitter, but not for secrets.
#[must_use]
pub fn random() -> u32 {
    let hash = RandomState::new().build_hasher().finish();
    u32::try_from(hash >> 32).unwrap_or_default()
}

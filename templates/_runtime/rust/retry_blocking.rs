//! A retry that blocks its thread, and random numbers for its jitter.

use core::convert::TryFrom;
use std::hash::{BuildHasher, Hasher, RandomState};

#[allow(unused_imports)] // Without `run_blocking`.
use super::catalog_error::CatalogError;
#[allow(unused_imports)]
use super::retry::{Retry, RetryNotice, RetryOutcome};

impl<R: FnMut() -> u32, O: FnMut(&RetryNotice<'_>)> Retry<R, O> {
    /// Like [`run`](Self::run), but blocks the current thread during attempts and waits. Not
    /// available on `wasm32-unknown-unknown`, where a thread can't sleep.
    ///
    /// # Errors
    /// Returns the error of `send` at once: a request that got no response isn't repeated.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub fn run_blocking<T, E: CatalogError, F>(
        mut self,
        mut send: impl FnMut(u32) -> Result<T, F>,
        mut detect: impl FnMut(&T) -> Option<E>,
    ) -> Result<RetryOutcome<T, E>, F> {
        let mut retries = 0;
        loop {
            let response = send(retries)?;
            let error = detect(&response);
            match self.next(retries, response, error) {
                Ok(wait) => std::thread::sleep(wait),
                Err(outcome) => return Ok(outcome),
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

//! What to do now, decided by the code that packages retry with.

use std::time::Duration;

use crate::catalog::retry as catalog;
use crate::reading::runtime::{
    Backoff, FailedAttempt, GiveUpReason, MAX_REQUESTED_WAIT, RetryAdvice, next_delay,
};
use crate::render::record::records;

records! {
    /// Whether and when to send the same request again.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub(super) struct Advice {
        /// Whether the same request may succeed later; null if nothing in the catalog says it, and then packages
        /// don't retry it.
        pub retryable: Option<bool>,
        /// The maximum number of retries.
        pub retries: u64,
        /// The waits before each retry, in milliseconds, without jitter. At most 20 are listed.
        pub waits_ms: Vec<u64>,
        /// Whether packages make the waits longer by a random time.
        pub has_jitter: bool,
        /// Whether packages give up at once by default, because the server or the catalog asks for a wait of
        /// more than two minutes.
        pub is_too_long: bool,
    }
}

/// A longer list of waits helps nobody.
const MAX_WAITS: u32 = 20;

impl Advice {
    /// What packages do after a response that asks for a wait, in milliseconds.
    pub(super) fn of(advice: Option<catalog::RetryAdvice>, retry_after: Option<u64>) -> Self {
        let Some(advice) = advice else { return Self::default() };
        let waits_ms = waits(advice, retry_after, 0);
        let by_default = next_delay(
            &attempt(advice, retry_after, 0, 0).with_max_requested_wait(MAX_REQUESTED_WAIT),
        );
        Self {
            retryable: Some(advice != catalog::RetryAdvice::Never),
            retries: match advice {
                catalog::RetryAdvice::Never => 0,
                catalog::RetryAdvice::Backoff(backoff)
                | catalog::RetryAdvice::After(_, backoff) => backoff.retries,
            },
            has_jitter: waits(advice, retry_after, u32::MAX) != waits_ms,
            is_too_long: matches!(by_default, Err(GiveUpReason::WaitTooLong { .. })),
            waits_ms,
        }
    }
}

/// The wait before each retry, in milliseconds, with a random number for the jitter.
fn waits(advice: catalog::RetryAdvice, retry_after: Option<u64>, random: u32) -> Vec<u64> {
    let wait = |retries| {
        let wait = next_delay(&attempt(advice, retry_after, retries, random)).ok()?;
        u64::try_from(wait.as_millis()).ok()
    };
    (0..MAX_WAITS).map_while(wait).collect()
}

/// A failed attempt of someone who accepts any wait. The server asks only for the first one.
fn attempt(
    advice: catalog::RetryAdvice,
    retry_after: Option<u64>,
    retries: u32,
    random: u32,
) -> FailedAttempt {
    let asked = retry_after.filter(|_| retries == 0).map(Duration::from_millis);
    FailedAttempt::new(of_runtime(advice), retries, random)
        .with_retry_after(asked)
        .with_max_requested_wait(Duration::MAX)
}

/// The catalog's advice, as packages hold it.
fn of_runtime(advice: catalog::RetryAdvice) -> RetryAdvice {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let backoff = |own: catalog::Backoff| {
        let [initial, max] = [own.initial, own.max].map(Duration::from_millis);
        Backoff::new(initial, max, number(own.factor), number(own.retries))
    };
    match advice {
        catalog::RetryAdvice::Never => RetryAdvice::Never,
        catalog::RetryAdvice::Backoff(own) => RetryAdvice::Backoff(backoff(own)),
        catalog::RetryAdvice::After(wait, own) => {
            RetryAdvice::After { wait: Duration::from_millis(wait), backoff: backoff(own) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::Value as Json;

    use super::{Advice, waits};
    use crate::catalog::retry::{Backoff, RetryAdvice};

    /// The packages of every language give the results of these vectors.
    #[test]
    fn the_waits_are_those_of_the_packages() {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/retry_vectors.json");
        let vectors: Json = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        let mut compared = 0;
        for row in vectors["rows"].as_array().unwrap() {
            let number = |column: usize| row[column].as_u64();
            let retries = usize::try_from(number(1).unwrap()).unwrap();
            // Only 20 waits are listed, and a server asks for the first.
            if retries >= 20 || (retries > 0 && number(3).is_some()) {
                continue;
            }
            let own = &vectors["retryAdvice"][row[0].as_str().unwrap()];
            let own_number = |name: &str| own[name].as_u64().unwrap();
            let backoff = || Backoff {
                initial: own_number("initialMs"),
                max: own_number("maxDelayMs"),
                factor: own_number("factor"),
                retries: own_number("retries"),
            };
            let advice = match own["kind"].as_str().unwrap() {
                "never" => RetryAdvice::Never,
                "backoff" => RetryAdvice::Backoff(backoff()),
                "after" => RetryAdvice::After(own_number("afterMs"), backoff()),
                kind => panic!("{kind}"),
            };
            let said = Advice::of(Some(advice), number(3));
            let random = u32::try_from(number(2).unwrap()).unwrap();
            match &row[5] {
                Json::Number(wait) => {
                    let waits = waits(advice, number(3), random);
                    assert_eq!(waits.get(retries).copied(), wait.as_u64(), "{row}");
                    assert!(said.waits_ms[retries] <= waits[retries], "{row}");
                }
                Json::String(reason) if reason == "permanent" => {
                    assert_eq!((said.retryable, said.waits_ms.len()), (Some(false), 0), "{row}");
                }
                Json::String(reason) if reason == "exhausted" => {
                    assert_eq!(
                        (said.retries, said.waits_ms.get(retries)),
                        (own_number("retries"), None),
                        "{row}"
                    );
                }
                // Other rows say how long a wait the caller accepts.
                Json::String(_) if number(4) == Some(120_000) => {
                    assert!(
                        said.is_too_long && said.waits_ms.first().copied() == number(6),
                        "{row}"
                    );
                }
                _ => continue,
            }
            compared += 1;
        }
        assert!(compared >= 90, "{compared}");
    }
}

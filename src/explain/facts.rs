//! Facts about a question and about a response, for templates and for programs.

use std::time::Duration;

use serde_json::Value as Json;

use super::response::Response;
use super::runtime::{http_time, parse_retry_after};
use crate::catalog::body::Step;
use crate::catalog::retry::RetryAdvice;
use crate::render::record::records;

records! {
    /// What was asked, and what came of it.
    #[derive(Debug, Default)]
    pub(super) struct Question {
        /// `found`, `unknown`, `not_an_error` or `malformed`.
        pub outcome: &'static str,
        /// The name in question; none if a response is.
        pub query: Option<String>,
        /// Similar names.
        pub nearest: Vec<String>,
        /// The status of the response.
        pub status: Option<u16>,
        /// The titles of the surfaces with errors that come with this status, if it is below 400.
        pub low_in: Vec<String>,
        pub is_stream: bool,
        pub is_empty: bool,
        /// How long the response asks to wait, in milliseconds.
        pub retry_after_ms: Option<u64>,
        /// The path of an error in a response that is not an error to HTTP, and that no surface describes.
        pub reported_at: Option<String>,
        /// The code of that error.
        pub reported_code: Option<String>,
    }

    /// Facts about a response, as one surface sees it.
    #[derive(Clone, Debug, Default)]
    pub(super) struct Facts {
        /// What tells the error: `code`, `status` or `status_alone`; or why nothing does: `unknown_code`,
        /// `unknown_status`, `no_status` or `nothing`.
        pub by: &'static str,
        /// The status of the response, or else the one that the body names.
        pub status: Option<u16>,
        /// How the body differs from the surface's shape.
        pub mismatch: Option<String>,
        /// What the body says, if it isn't JSON.
        pub text: Option<String>,
        /// The path of the code in a body.
        pub code_at: Option<String>,
        /// An unknown code, and similar ones.
        pub code: Option<String>,
        pub nearest: Vec<String>,
        /// Placeholders of the body, and their values.
        pub values: Vec<Said>,
        /// How many errors the list in the body has; 0 if bodies hold one error.
        pub errors: u32,
        /// Whether no more errors of this body follow. The advice is for all of them.
        pub is_last: bool,
        /// Whether the same request may succeed later; none if nothing in the catalog says it.
        pub retryable: Option<bool>,
        /// The maximum number of retries.
        pub retries: u64,
        /// The waits before each retry, in milliseconds, without jitter. At most 20 are listed.
        pub waits_ms: Vec<u64>,
    }

    /// A value in the body.
    #[derive(Clone, Debug)]
    pub(super) struct Said {
        pub name: String,
        pub value: Json,
        pub meaning: Option<String>,
    }
}

impl Facts {
    /// Adds whether to retry, and after which waits.
    pub(super) fn with_advice(self, advice: Option<RetryAdvice>, retry_after: Option<u64>) -> Self {
        let (retryable, retries, mut waits_ms) = match advice {
            None => (None, 0, Vec::new()),
            Some(RetryAdvice::Never) => (Some(false), 0, Vec::new()),
            Some(RetryAdvice::Backoff(backoff)) => (Some(true), backoff.retries, backoff.waits()),
            Some(RetryAdvice::After(after, backoff)) => {
                let waits = backoff.waits().into_iter().map(|wait| wait.max(after));
                (Some(true), backoff.retries, waits.collect())
            }
        };
        // The server asks only for the next wait.
        if let (Some(first), Some(retry_after)) = (waits_ms.first_mut(), retry_after) {
            *first = retry_after.max(*first);
        }
        Self { retryable, retries, waits_ms, ..self }
    }
}

/// How long a response asks to wait, in milliseconds.
pub(super) fn retry_after(response: &Response, now: Duration) -> Option<u64> {
    let clock = response.header("date").and_then(http_time).unwrap_or(now);
    let wait = parse_retry_after(
        response.header("retry-after-ms"),
        response.header("retry-after"),
        clock,
    )?;
    u64::try_from(wait.as_millis()).ok()
}

/// A path in a body, such as `errors[0].code`. `index` is the place in the list of errors.
pub(super) fn written(path: &[Step], index: usize) -> String {
    let mut written = String::new();
    for step in path {
        match step {
            Step::Member(key) if written.is_empty() => written += key,
            Step::Member(key) => written += &format!(".{key}"),
            Step::Element => written += &format!("[{index}]"),
        }
    }
    written
}

//! The runtime of generated Rust, compiled into errcat. errcat reads responses with the same code as
//! the generated packages, so the two never differ.
//!
//! Templates include these files too, so they keep rustfmt's default style.
#![allow(dead_code, unreachable_pub, reason = "packages need all of it, and export some")]

extern crate alloc;

#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/advice.rs"]
mod advice;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/catalog_error.rs"]
mod catalog_error;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/display.rs"]
mod display;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/entry.rs"]
mod entry;
mod from_body;
#[cfg(test)]
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/http1.rs"]
mod http1;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/http_date.rs"]
mod http_date;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/nearest.rs"]
mod nearest;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/next_delay.rs"]
mod next_delay;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/occurrence.rs"]
mod occurrence;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/parse.rs"]
mod parse;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/plain_text.rs"]
mod plain_text;
mod read;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/reader.rs"]
mod reader;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/retry.rs"]
mod retry;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/retry_after.rs"]
mod retry_after;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/retry_blocking.rs"]
mod retry_blocking;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/scalar.rs"]
mod scalar;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/shape.rs"]
mod shape;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/unknown.rs"]
mod unknown;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/value.rs"]
mod value;
#[rustfmt::skip]
#[path = "../../../templates/_runtime/rust/writer.rs"]
mod writer;

#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::text::number;
pub(crate) use advice::{Backoff, RetryAdvice};
pub(crate) use next_delay::{FailedAttempt, GiveUpReason, MAX_REQUESTED_WAIT, next_delay};
pub(crate) use read::{Difference, Found, clause, is_compressed, read};
pub(crate) use retry_after::parse_retry_after;

/// The text that a JSON string holds.
pub(crate) fn text(json: &str) -> Option<String> {
    match parse::parse(json)? {
        parse::Json::Text(text) => Some(text.read().into_owned()),
        _ => None,
    }
}

/// The time in a `Date` header, since the Unix epoch.
pub(crate) fn http_time(value: &str) -> Option<Duration> {
    u64::try_from(http_date::http_date(value, 0)?).ok().map(Duration::from_secs)
}

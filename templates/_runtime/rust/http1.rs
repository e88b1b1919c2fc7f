//! Converts errors to responses of the `http` crate, version 1, and responses to attempts.

use core::convert::TryFrom;
use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use super::alloc::string::String;
use super::http_date::http_date;
use super::retry::{Attempt, Verdict};
use super::retry_after::server_wait_by;

impl<T> Attempt<http::Response<T>> {
    /// The outcome of a request that got a response. A status below 400 is a success. Otherwise the
    /// hint comes from the headers `retry-after-ms` and `Retry-After`.
    pub fn of(last: http::Response<T>, verdict: Verdict) -> Self {
        if last.status().as_u16() < 400 {
            return Self::Done(last);
        }
        let text = |name| {
            last.headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        // Compare with the server's own clock, so that a wrong clock on either side does no harm.
        let now = || text("date").and_then(since_1970).or_else(own_time);
        let hint = server_wait_by(text("retry-after-ms"), text("retry-after"), now);
        Self::Failed {
            last,
            verdict,
            hint,
        }
    }
}

/// The time of the local clock, since the Unix epoch. `None` on `wasm32-unknown-unknown`, where
/// [`SystemTime::now`] panics.
fn own_time() -> Option<Duration> {
    if cfg!(all(target_family = "wasm", target_os = "unknown")) {
        return None;
    }
    Some(
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default(),
    )
}

/// The time in a `Date` header, since the Unix epoch. Servers don't send the format with a
/// two-digit year, so its century doesn't matter.
fn since_1970(date: &str) -> Option<Duration> {
    let seconds = http_date(date, 0)?;
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

/// The response for a server to send: status, `Content-Type`, body, and `Retry-After` if the
/// catalog says how long to wait.
pub(crate) fn response<B: From<String>>(
    status: u16,
    media_type: &'static str,
    body: String,
    verdict: Verdict,
) -> http::Response<B> {
    let mut response = http::Response::new(B::from(body));
    let status = http::StatusCode::from_u16(status);
    *response.status_mut() = status.unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let media_type = http::HeaderValue::from_static(media_type);
    drop(headers.insert(http::header::CONTENT_TYPE, media_type));
    if let Verdict::After { wait, .. } = verdict {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        drop(headers.insert(http::header::RETRY_AFTER, seconds.into()));
    }
    response
}

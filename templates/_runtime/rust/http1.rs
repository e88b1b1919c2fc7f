//! Converts errors to responses of the `http` crate, version 1, and reads such responses.

use core::convert::TryFrom;
use core::fmt;
use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use super::alloc::string::String;
use super::alloc::sync::Arc;
use super::alloc::vec::Vec;
use super::catalog_error::CatalogError;
use super::http_date::http_date;
use super::retry_after::parse_retry_after_by;

/// The wait that the headers `retry-after-ms` and `Retry-After` ask for.
pub(crate) fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    let text = |name| field(headers, name);
    // Compare with the server's own clock, so that a wrong clock on either side does no harm.
    let now = || {
        let date = text("date");
        date.and_then(|date| since_1970(&date)).or_else(own_time)
    };
    let (ms, after) = (text("retry-after-ms"), text("retry-after"));
    parse_retry_after_by(ms.as_deref(), after.as_deref(), now)
}

/// The value of a header. Several fields of one name are one list (RFC 9110, section 5.3). `None` if
/// there is no field, or one that isn't text.
fn field(headers: &http::HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter();
    let values: Vec<&str> = values
        .map(|value| value.to_str().ok())
        .collect::<Option<_>>()?;
    (!values.is_empty()).then(|| values.join(", "))
}

/// The longest body of a successful response that may hold an error, in bytes.
const LONGEST: usize = 65_536;

/// Whether a successful response may hold an error: whether its body is short, and JSON by its
/// `Content-Type`.
pub(crate) fn may_hold_error<T: AsRef<[u8]>>(response: &http::Response<T>) -> bool {
    let media_type = field(response.headers(), "content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    let is = |text: &str| essence.eq_ignore_ascii_case(text);
    let suffix = subtype
        .len()
        .checked_sub(5)
        .and_then(|at| subtype.get(at..));
    let is_json = is("application/json")
        || is("text/json")
        || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("+json"));
    is_json && response.body().as_ref().len() <= LONGEST
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

/// The response for a server to send: status, `Content-Type`, body, and `Retry-After` if there is a
/// wait.
pub(crate) fn response<B: From<String>>(
    status: Option<u16>,
    media_type: &'static str,
    body: String,
    wait: Option<Duration>,
) -> http::Response<B> {
    let mut response = http::Response::new(B::from(body));
    let status = status.and_then(|status| http::StatusCode::from_u16(status).ok());
    *response.status_mut() = status.unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let media_type = http::HeaderValue::from_static(media_type);
    drop(headers.insert(http::header::CONTENT_TYPE, media_type));
    if let Some(wait) = wait {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        drop(headers.insert(http::header::RETRY_AFTER, seconds.into()));
    }
    response
}

/// The response with an error in its extensions: as itself, and as one of any API.
pub(crate) fn with_error<B, E: CatalogError + Clone>(
    mut response: http::Response<B>,
    error: E,
) -> http::Response<B> {
    let extensions = response.extensions_mut();
    drop(extensions.insert::<Arc<dyn CatalogError>>(Arc::new(error.clone())));
    drop(extensions.insert(error));
    response
}

/// The headers of the response that an error was read from.
#[derive(Clone, Default)]
pub(crate) struct Headers(pub Option<http::HeaderMap>);

/// Cookies and tokens don't belong in a log.
impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Headers")
            .field(&self.0.as_ref().map(http::HeaderMap::len))
            .finish()
    }
}

/// Errors with the same body are equal.
impl PartialEq for Headers {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

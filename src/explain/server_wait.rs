//! The wait that a server asks for, by the very code that the generated crate has. Never waits.
#![allow(unreachable_pub, reason = "the crate that the code is written for exports it")]

include!("../../templates/_rust/server_wait.rs.j2");

/// The time since 1970 began of a `Date` header.
pub(crate) fn http_time(value: &str) -> Option<Duration> {
    u64::try_from(date(trim(value), 0)?).ok().map(Duration::from_secs)
}

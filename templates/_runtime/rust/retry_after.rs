//! Reads how long a server asks to wait.

use core::convert::TryFrom;
use core::time::Duration;

use super::http_date::http_date;

/// The longest wait, in milliseconds: 24.8 days, the longest that timers in every language accept.
/// Longer waits are cut to it.
const LONGEST: u64 = 2_147_483_647;

/// The last second that a date can name, at the end of 9999, in seconds since the Unix epoch.
const LAST_SECOND: i64 = 253_402_300_799;

/// The wait that the headers of a response ask for. `None` if they are absent or unreadable.
///
/// `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3). Decimals are accepted
/// too, because servers send them. `retry-after-ms`, in milliseconds, takes precedence. Waits
/// longer than 24.8 days are cut to that.
///
/// Join several fields of one name by `, ` (RFC 9110, section 5.3). They count if they all say the
/// same.
///
/// A date is compared with `now`, the time since the Unix epoch. Pass the time in the response's
/// own `Date` if it has one, so that a difference between the clocks does no harm.
#[must_use]
pub fn parse_retry_after(
    retry_after_ms: Option<&str>,
    retry_after: Option<&str>,
    now: Duration,
) -> Option<Duration> {
    parse_retry_after_by(retry_after_ms, retry_after, || Some(now))
}

/// Like [`parse_retry_after`], but asks for the time only to compare it with a date. `None` if there is no
/// clock.
pub(super) fn parse_retry_after_by(
    retry_after_ms: Option<&str>,
    retry_after: Option<&str>,
    now: impl FnOnce() -> Option<Duration>,
) -> Option<Duration> {
    let (retry_after_ms, retry_after) = (retry_after_ms.map(once), retry_after.map(once));
    let ms = retry_after_ms.and_then(|value| decimal(value, 0));
    let seconds = || decimal(retry_after?, 3);
    let date = || {
        let text = retry_after?;
        let now = now()?;
        let clock = i64::try_from(now.as_secs())
            .unwrap_or(LAST_SECOND)
            .min(LAST_SECOND);
        let until = http_date(text, clock)?;
        let until = u64::try_from(until)
            .unwrap_or_default()
            .saturating_mul(1000);
        let now = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        Some(until.saturating_sub(now).min(LONGEST))
    };
    ms.or_else(seconds).or_else(date).map(Duration::from_millis)
}

/// The value of a field. If the text repeats one value, such as `5, 5`, that value; otherwise, all of
/// it. Surrounding white space is ignored: RFC 9110, section 5.6.3.
fn once(text: &str) -> &str {
    let text = text.trim_matches([' ', '\t']);
    let is_repeated = |value: &&str| {
        let mut rest = text.strip_prefix(*value);
        while let Some(more) = rest.filter(|rest| !rest.is_empty()) {
            rest = more
                .strip_prefix(", ")
                .and_then(|more| more.strip_prefix(*value));
        }
        rest.is_some()
    };
    // A date has a comma of its own.
    let ends = text.match_indices(", ").take(2);
    let mut values = ends.filter_map(|(end, _)| text.get(..end));
    values.find(is_repeated).unwrap_or(text)
}

/// Parses a decimal number, and multiplies it by ten to the power of `places`. Rounds up, and cuts
/// the result to `LONGEST`. A decimal point needs a digit on each side.
fn decimal(text: &str, places: usize) -> Option<u64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let are_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || fraction.is_some_and(|fraction| !are_digits(fraction)) {
        return None;
    }
    let fraction = fraction.unwrap_or_default().as_bytes();
    let (kept, cut) = fraction.split_at(fraction.len().min(places));
    let padding = (kept.len()..places).map(|_| &b'0');
    let digits = whole.as_bytes().iter().chain(kept).chain(padding);
    let value = digits.fold(0_u64, |value, digit| {
        let digit = u64::from(digit - b'0');
        value.saturating_mul(10).saturating_add(digit).min(LONGEST)
    });
    let rest = u64::from(cut.iter().any(|&digit| digit != b'0'));
    Some(value.saturating_add(rest).min(LONGEST))
}

//! Parses the dates in HTTP headers.

use core::convert::TryFrom;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A date as written: year, month, day and time.
type Written<'t> = (i64, &'t str, i64, &'t str);

/// Parses a date in one of the three formats of RFC 9110, section 5.6.7. Returns seconds since the
/// Unix epoch. Ignores surrounding white space. Case matters; the weekday need not match the date.
///
/// `now`, in the same unit, determines the century of a two-digit year.
pub(super) fn http_date(text: &str, now: i64) -> Option<i64> {
    let (weekday, rest) = text.trim_matches([' ', '\t']).split_once(' ')?;
    let is_short = |name: &str| name.len() == 3 && WEEKDAYS.iter().any(|day| day.starts_with(name));
    let written = match weekday.strip_suffix(',') {
        Some(weekday) if is_short(weekday) => fixdate(rest),
        Some(weekday) if WEEKDAYS.contains(&weekday) => rfc850(rest, now),
        None if is_short(weekday) => asctime(rest),
        _ => None,
    };
    seconds(written?)
}

/// `06 Nov 1994 08:49:37 GMT`
fn fixdate(text: &str) -> Option<Written<'_>> {
    let (day, rest) = text.split_once(' ')?;
    let (month, rest) = rest.split_once(' ')?;
    let (year, time) = rest.split_once(' ')?;
    Some((
        number(year, 4)?,
        month,
        number(day, 2)?,
        time.strip_suffix(" GMT")?,
    ))
}

/// `06-Nov-94 08:49:37 GMT`
fn rfc850(text: &str, now: i64) -> Option<Written<'_>> {
    let (day, rest) = text.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let (year, time) = rest.split_once(' ')?;
    // A year more than 50 years ahead means the most recent one with these digits.
    let this = civil_year(now);
    let mut full = this - this % 100 + number(year, 2)?;
    if full > this + 50 {
        full -= 100;
    } else if full <= this - 50 {
        full += 100;
    }
    Some((full, month, number(day, 2)?, time.strip_suffix(" GMT")?))
}

/// `Nov  6 08:49:37 1994`
fn asctime(text: &str) -> Option<Written<'_>> {
    let (month, rest) = text.split_at_checked(3)?;
    let (day, rest) = rest.strip_prefix(' ')?.split_at_checked(2)?;
    let (time, year) = rest.strip_prefix(' ')?.split_once(' ')?;
    let day = match day.strip_prefix(' ') {
        Some(day) => number(day, 1)?,
        None => number(day, 2)?,
    };
    Some((number(year, 4)?, month, day, time))
}

/// Parses a number with exactly this many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let are_digits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if are_digits {
        text.parse().ok()
    } else {
        None
    }
}

/// Seconds since the Unix epoch. `None` if there is no such date or time. Accepts leap seconds.
fn seconds((year, month, day, time): Written<'_>) -> Option<i64> {
    let month = MONTHS.iter().position(|name| *name == month)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 if is_leap => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    };
    let (hour, rest) = time.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let (hour, minute, second) = (number(hour, 2)?, number(minute, 2)?, number(second, 2)?);
    if day < 1 || day > length || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let month = i64::try_from(month).ok()? + 1;
    Some(days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second)
}

/// Days from 1 January 1970 to a Gregorian date. Years start in March here, so that the leap day
/// comes last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

/// The year of a time, given in seconds since the Unix epoch.
const fn civil_year(now: i64) -> i64 {
    let today = now.div_euclid(86400);
    let mut year = 1970 + today / 366;
    while days(year + 1, 1, 1) <= today {
        year += 1;
    }
    year
}

//! Waits in words, such as `1, 2 and 4 seconds`.

use super::words::joined;

const UNITS: [(u64, &str); 4] =
    [(86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second")];

/// A number of a unit that is this large is hard to grasp: `3601 seconds`.
const TOO_MANY: u64 = 1000;

/// The most waits that are listed one by one.
const MAX_LISTED: usize = 8;

/// Milliseconds in words, in the largest unit that is exact: `90 seconds`. If that takes a large number,
/// in several units: `1 hour and 1 second`.
pub(crate) fn wait(ms: u64) -> String {
    let (size, unit) = unit_of(&[ms]);
    if size == 1 || ms / size < TOO_MANY || unit == "day" {
        return counted(ms, size, unit);
    }
    let mut rest = ms;
    let mut parts = Vec::new();
    for (size, unit) in UNITS {
        let is_last = size == 1000;
        if rest >= size || is_last && rest > 0 {
            let part = if is_last { rest } else { rest - rest % size };
            parts.push(counted(part, size, unit));
            rest -= part;
        }
    }
    joined(&parts, " and ")
}

/// A list of milliseconds in words: `1, 2 and 4 seconds`. If the last waits are equal, they are listed
/// once. A long list is cut to its first waits and the last.
pub(crate) fn waits(times: &[u64]) -> String {
    let Some((&last, before)) = times.split_last() else { return String::new() };
    let head = before.iter().rposition(|one| *one != last).map_or(0, |at| at + 1);
    let head = times.get(..head).unwrap_or_default();
    let is_same_at_end = times.len() - head.len() > 1;
    let listed = if is_same_at_end { head } else { times };
    match listed {
        [] => format!("{} each time", wait(last)),
        [first @ .., _] if listed.len() > MAX_LISTED => {
            let first = list(first.get(..3).unwrap_or_default(), ", ");
            format!("{first} and so on, up to {}", wait(last))
        }
        _ if is_same_at_end => format!("{}, then every {}", list(head, " and "), wait(last)),
        _ => list(listed, " and "),
    }
}

/// Waits in one unit if they have one that reads well, otherwise each in its own.
fn list(times: &[u64], last: &str) -> String {
    let (size, unit) = unit_of(times);
    let counts: Vec<String> = times.iter().map(|ms| count(*ms, size)).collect();
    match times {
        [one] => wait(*one),
        _ if size > 1 && times.iter().any(|ms| ms / size >= TOO_MANY) => {
            let each: Vec<String> = times.iter().map(|ms| wait(*ms)).collect();
            joined(&each, last)
        }
        _ => format!("{} {unit}s", joined(&counts, last)),
    }
}

/// The largest unit that is exact for all of these, in milliseconds, and its name. Seconds may have a
/// fraction if one of the times is that long.
fn unit_of(times: &[u64]) -> (u64, &'static str) {
    let is_exact = |size: u64| times.iter().all(|ms| *ms != 0 && ms.is_multiple_of(size));
    let exact = UNITS.into_iter().find(|(size, _)| is_exact(*size));
    exact.unwrap_or(if times.iter().any(|ms| *ms >= 1000) {
        (1000, "second")
    } else {
        (1, "millisecond")
    })
}

/// `1 second`, `1.5 seconds`
fn counted(ms: u64, size: u64, unit: &str) -> String {
    format!("{} {unit}{}", count(ms, size), if ms == size { "" } else { "s" })
}

/// How many units a time is. Only seconds have a fraction.
fn count(ms: u64, size: u64) -> String {
    match (ms / size, ms % size) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest:03}").trim_end_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wait() {
        for (ms, words) in [
            (0, "0 milliseconds"),
            (1, "1 millisecond"),
            (250, "250 milliseconds"),
            (1000, "1 second"),
            (1500, "1.5 seconds"),
            (1001, "1.001 seconds"),
            (90_000, "90 seconds"),
            (60_000, "1 minute"),
            (5_400_000, "90 minutes"),
            (3_600_000, "1 hour"),
            (3_601_000, "1 hour and 1 second"),
            (3_601_500, "1 hour and 1.5 seconds"),
            (90_061_000, "1 day, 1 hour, 1 minute and 1 second"),
            (86_400_000, "1 day"),
            (365 * 86_400_000, "365 days"),
        ] {
            assert_eq!(wait(ms), words);
        }
    }

    #[test]
    fn several_waits() {
        for (times, words) in [
            (&[1000][..], "1 second"),
            (&[1000, 2000], "1 and 2 seconds"),
            (&[1000, 2000, 4000], "1, 2 and 4 seconds"),
            (&[1000, 1000, 1000], "1 second each time"),
            (&[1000, 1000, 2000], "1, 1 and 2 seconds"),
            (&[1000, 30_000, 30_000], "1 second, then every 30 seconds"),
            (&[1000, 2000, 4000, 4000, 4000], "1 and 2 seconds, then every 4 seconds"),
            (&[500, 1000, 2000], "0.5, 1 and 2 seconds"),
            (&[250, 500], "250 and 500 milliseconds"),
            (&[250, 500, 500], "250 milliseconds, then every 500 milliseconds"),
            (&[30_000, 60_000, 120_000], "30, 60 and 120 seconds"),
            (&[60_000, 120_000], "1 and 2 minutes"),
            (&[1000, 3_600_000], "1 second and 1 hour"),
            (&[1, 1000, 3_600_000], "1 millisecond, 1 second and 1 hour"),
            (
                &[1, 2, 4, 8, 16, 32, 64, 128, 256],
                "1, 2, 4 milliseconds and so on, up to 256 milliseconds",
            ),
            (
                &[1, 2, 3, 4, 5, 6, 7, 8, 8],
                "1, 2, 3, 4, 5, 6 and 7 milliseconds, then every 8 milliseconds",
            ),
            (&[], ""),
        ] {
            assert_eq!(waits(times), words);
        }
    }
}

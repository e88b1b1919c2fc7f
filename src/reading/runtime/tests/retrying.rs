//! Tests of retries, and of the headers that ask for waits.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as Json;

use super::super::advice::{Backoff, RetryAdvice};
use super::super::catalog_error::{CatalogError, Param, Params, Sealed};
use super::super::display::{InParentheses, Listed, OneLine, restate};
use super::super::entry::Entry;
use super::super::http_date::http_date;
use super::super::http1::{may_hold_error, response, retry_after};
use super::super::next_delay::{Delays, FailedAttempt, GiveUpReason, next_delay};
use super::super::retry::{Retry, RetryOutcome};
use super::super::retry_after::{parse_retry_after, parse_retry_after_by};
use super::super::retry_blocking::random;

#[test]
fn every_date_has_its_second() {
    let now = 1_795_407_000;
    for (text, seconds) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
        ("Sun Nov  6 08:49:37 1994", Some(784_111_777)),
        (" \tSun, 06 Nov 1994 08:49:37 GMT ", Some(784_111_777)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("Tue, 29 Feb 2028 00:00:00 GMT", Some(1_835_395_200)),
        ("Mon, 29 Feb 2027 00:00:00 GMT", None),
        ("sun, 06 Nov 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:37", None),
        ("Sun Nov é6 08:49:37 1994", None),
        ("", None),
    ] {
        assert_eq!(http_date(text, now), seconds, "{text}");
    }
}

fn conformance(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

fn ms(value: &Json) -> Duration {
    Duration::from_millis(value.as_u64().unwrap())
}

#[test]
fn every_header_asks_for_the_wait_of_its_case() {
    let file = conformance(include_str!("../../../../tests/conformance/retry_after_cases.json"));
    for case in file["cases"].as_array().unwrap() {
        let headers = case["headers"].as_object().unwrap();
        let headers: BTreeMap<String, &str> = headers
            .iter()
            .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap()))
            .collect();
        let header = |name: &str| headers.get(name).copied();
        let now = ms(case.get("nowMs").unwrap_or(&file["nowMs"]));
        let wait = parse_retry_after(header("retry-after-ms"), header("retry-after"), now);
        assert_eq!(wait, case["waitMs"].as_u64().map(Duration::from_millis), "{case}");
    }
}

fn advice(value: &Json) -> RetryAdvice {
    let number = |name: &str| u32::try_from(value[name].as_u64().unwrap()).unwrap();
    let backoff = || {
        let (initial, max_delay) = (ms(&value["initialMs"]), ms(&value["maxDelayMs"]));
        Backoff::new(initial, max_delay, number("factor"), number("retries"))
    };
    match value["kind"].as_str().unwrap() {
        "never" => RetryAdvice::Never,
        "backoff" => RetryAdvice::Backoff(backoff()),
        other => {
            assert_eq!(other, "after");
            RetryAdvice::After { wait: ms(&value["afterMs"]), backoff: backoff() }
        }
    }
}

#[test]
fn every_failed_attempt_is_decided_as_its_row_says() {
    let file = conformance(include_str!("../../../../tests/conformance/retry_vectors.json"));
    for row in file["rows"].as_array().unwrap() {
        let number = |index: usize| u32::try_from(row[index].as_u64().unwrap()).unwrap();
        let advice = advice(&file["retryAdvice"][row[0].as_str().unwrap()]);
        let failed = FailedAttempt::new(advice, number(1), number(2))
            .with_retry_after(row[3].as_u64().map(Duration::from_millis))
            .with_max_requested_wait(ms(&row[4]));
        match next_delay(&failed) {
            Ok(wait) => assert_eq!(row[5].as_u64().map(Duration::from_millis), Some(wait), "{row}"),
            Err(reason) => assert_eq!(row[5], reason.as_str(), "{row}"),
        }
    }
}

const BACKOFF: Backoff = Backoff {
    initial: Duration::from_millis(1),
    max_delay: Duration::from_millis(4),
    factor: 2,
    retries: 4,
};

/// An error with nothing but its retry advice.
#[derive(Clone, Debug, PartialEq)]
struct Busy(RetryAdvice);

impl std::fmt::Display for Busy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("busy")
    }
}

impl std::error::Error for Busy {}

impl Sealed for Busy {}

impl CatalogError for Busy {
    fn code_text(&self) -> Option<&str> {
        Some("busy")
    }
    fn status(&self) -> Option<u16> {
        None
    }
    fn entry(&self) -> Option<&'static Entry> {
        None
    }
    fn retry_advice(&self) -> RetryAdvice {
        self.0
    }
    fn retry_after(&self) -> Option<Duration> {
        None
    }
    fn params(&self) -> Params<'_> {
        Params::of([("here", Some(Param::Integer(7))), ("missing", None)])
    }
}

#[test]
fn a_blocking_retry_waits_and_gives_up() {
    let waits = Cell::new(Duration::ZERO);
    let busy = |_: &u32| Some(Busy(RetryAdvice::Backoff(BACKOFF)));
    let outcome = Retry::default()
        .observe(|notice| waits.set(waits.get() + notice.wait))
        .run_blocking(Ok::<u32, ()>, busy)
        .unwrap();
    assert_eq!((outcome.response, outcome.attempts), (4, 5));
    let gave_up = outcome.into_result().unwrap_err();
    assert_eq!((gave_up.reason, gave_up.attempts), (GiveUpReason::Exhausted, 5));
    assert_eq!(gave_up.to_string(), "gave up after 5 attempts: no retries are left");
    assert_eq!(std::error::Error::source(&gave_up).unwrap().to_string(), "busy");
    let spread = Duration::from_millis(11)..Duration::from_millis(17);
    assert!(spread.contains(&waits.get()), "{:?}", waits.get());
    let once = |retries: &u32| if *retries == 0 { busy(retries) } else { None };
    let outcome = Retry::new(random).run_blocking(Ok::<u32, ()>, once).unwrap();
    assert_eq!((outcome.response, outcome.attempts, outcome.gave_up), (1, 2, None));
    let delays: Vec<Duration> = Delays::new(RetryAdvice::Backoff(BACKOFF), || 0).collect();
    assert_eq!(delays, [1, 2, 4, 4].map(Duration::from_millis));
}

#[test]
fn without_a_response_there_is_no_further_attempt() {
    let attempts = Cell::new(0);
    let send = |_| {
        attempts.set(attempts.get() + 1);
        Err("no network")
    };
    let outcome: Result<RetryOutcome<(), Busy>, _> = Retry::default().run_blocking(send, |()| None);
    assert_eq!((outcome.unwrap_err(), attempts.get()), ("no network", 1));
}

#[test]
fn values_that_are_missing_are_left_out() {
    let params: Vec<_> = Busy(RetryAdvice::Never).params().collect();
    assert_eq!(params, [("here", Param::Integer(7))]);
    assert_eq!(Busy(RetryAdvice::Never).params().len(), 1);
    let shown = [
        Param::Text("a\nb"),
        Param::Number(0.5),
        Param::Boolean(true),
        Param::Wait(Duration::from_millis(1500)),
        Param::Json("[]"),
        Param::List("a; b".to_owned()),
    ];
    assert_eq!(shown.map(|one| one.to_string()), ["a\nb", "0.5", "true", "1.5", "[]", "a; b"]);
}

#[test]
fn a_response_says_when_to_retry_and_is_understood() {
    let wait = Some(Duration::from_millis(1500));
    let sent = response::<String>(Some(429), "application/json", "{}".to_owned(), wait);
    assert_eq!((sent.status(), sent.body().as_str()), (http::StatusCode::TOO_MANY_REQUESTS, "{}"));
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert_eq!(sent.headers()["retry-after"], "2");
    assert_eq!(retry_after(sent.headers()), Some(Duration::from_secs(2)));
    let sent = response::<String>(Some(503), "text/plain", String::new(), None);
    assert!(!sent.headers().contains_key("retry-after"));
}

#[test]
fn several_fields_count_if_they_say_the_same() {
    let asked = |values: &[&str]| {
        let response = http::Response::builder();
        let response = values.iter().fold(response, |r, value| r.header("Retry-After", *value));
        retry_after(response.body(()).unwrap().headers())
    };
    assert_eq!(asked(&["5", "9"]), None);
    assert_eq!(asked(&["5", "5"]), Some(Duration::from_secs(5)));
    assert_eq!(asked(&["5", "5, 5"]), Some(Duration::from_secs(5)));
    assert_eq!(asked(&["soon"]), None);
    assert_eq!(asked(&[]), None);
}

#[test]
fn a_short_json_body_may_hold_an_error() {
    let may = |media_type: &str, length: usize| {
        let response = http::Response::builder().header("content-type", media_type);
        may_hold_error(&response.body("x".repeat(length)).unwrap())
    };
    assert!(may("application/json", 65_536));
    assert!(may("Application/Problem+JSON; charset=utf-8", 2));
    assert!(!may("application/json", 65_537));
    for other in ["text/html", "application/jsonl", "+json", "json", ""] {
        assert!(!may(other, 2), "{other}");
    }
    assert!(!may_hold_error(&http::Response::new("{}")));
}

#[test]
fn of_several_errors_the_longest_wait_counts_unless_one_is_permanent() {
    let backoff = |initial, max_delay| Backoff {
        initial: Duration::from_secs(initial),
        max_delay: Duration::from_secs(max_delay),
        ..BACKOFF
    };
    let never = RetryAdvice::Never;
    let short = RetryAdvice::Backoff(backoff(1, 9));
    let long = RetryAdvice::Backoff(backoff(2, 3));
    let after =
        |wait| RetryAdvice::After { wait: Duration::from_secs(wait), backoff: backoff(1, 9) };
    assert_eq!(RetryAdvice::of_all([short, long]), Some(long));
    assert_eq!(RetryAdvice::of_all([after(1), short]), Some(after(1)), "the first of equals");
    assert_eq!(RetryAdvice::of_all([short, after(3), long]), Some(after(3)));
    assert_eq!(RetryAdvice::of_all([RetryAdvice::Backoff(backoff(1, 5)), short]), Some(short));
    assert_eq!(RetryAdvice::of_all([short, never, long]), Some(never));
    assert_eq!(RetryAdvice::of_all([never, long]), Some(never));
    assert_eq!(RetryAdvice::of_all([]), None);
}

#[test]
fn a_date_to_wait_for_is_compared_with_the_clock_of_its_server() {
    let response = http::Response::builder()
        .header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
        .header("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT");
    let asked = retry_after(response.body(()).unwrap().headers());
    assert_eq!(asked, Some(Duration::from_secs(10)));
}

#[test]
fn text_of_a_response_is_one_line() {
    let text = OneLine("a\n\u{1b}[31m\u{202e}b").to_string();
    assert_eq!(text, "a  [31m\u{fffd}b");
    let long = OneLine(&"é".repeat(400)).to_string();
    assert_eq!((long.chars().count(), long.ends_with('…')), (301, true));
    assert_eq!(Listed(&["a\n", "b"]).to_string(), "a ; b");
    assert_eq!(Listed(&[7; 11]).to_string(), "7; ".repeat(10) + "…");
    assert_eq!(InParentheses(Some(404)).to_string() + &InParentheses(None).to_string(), " (404)");
}

#[test]
fn a_text_that_names_the_status_follows_it() {
    let pieces = ["HTTP ".to_owned(), ": gone".to_owned()];
    let restated = |text: &str, pieces| {
        let mut text = Some(text.to_owned());
        restate(&mut text, pieces, Some(404), 410);
        text.unwrap()
    };
    assert_eq!(restated("HTTP 404: gone", Some(&pieces)), "HTTP 410: gone");
    assert_eq!(restated("another text", Some(&pieces)), "another text");
    assert_eq!(restated("HTTP 404: gone", None), "HTTP 404: gone");
}

#[test]
fn the_clock_is_asked_only_to_compare_it_with_a_date() {
    let never = || panic!("asked for the time");
    assert_eq!(parse_retry_after_by(None, None, never), None);
    assert_eq!(parse_retry_after_by(None, Some("7"), never), Some(Duration::from_secs(7)));
    assert_eq!(parse_retry_after_by(Some("7"), None, never), Some(Duration::from_millis(7)));
    let date = Some("Mon, 23 Nov 2026 04:10:30 GMT");
    assert_eq!(parse_retry_after_by(None, date, || None), None, "without a clock");
    let now = || Some(Duration::from_secs(1_795_407_000));
    assert_eq!(parse_retry_after_by(None, date, now), Some(Duration::from_secs(30)));
}

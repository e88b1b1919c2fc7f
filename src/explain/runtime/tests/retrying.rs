//! Tests of retries, and of the headers that ask for waits.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as Json;

use super::super::display::{InParentheses, Listed, OneLine, restate};
use super::super::http_date::http_date;
use super::super::http1::{may_hold_error, response};
use super::super::retry::{
    Attempt, Backoff, Delays, Failure, Finished, Retry, Stop, Verdict, decide,
};
use super::super::retry_after::{server_wait, server_wait_by};
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
        let wait = server_wait(header("retry-after-ms"), header("retry-after"), now);
        assert_eq!(wait, case["waitMs"].as_u64().map(Duration::from_millis), "{case}");
    }
}

fn verdict(value: &Json) -> Verdict {
    let number = |name: &str| u32::try_from(value[name].as_u64().unwrap()).unwrap();
    let backoff = || Backoff {
        initial: ms(&value["initialMs"]),
        max: ms(&value["maxMs"]),
        factor: number("factor"),
        retries: number("retries"),
    };
    match value["kind"].as_str().unwrap() {
        "never" => Verdict::Never,
        "backoff" => Verdict::Backoff(backoff()),
        other => {
            assert_eq!(other, "after");
            Verdict::After { wait: ms(&value["afterMs"]), backoff: backoff() }
        }
    }
}

#[test]
fn every_failure_is_decided_as_its_row_says() {
    let file = conformance(include_str!("../../../../tests/conformance/retry_vectors.json"));
    for row in file["rows"].as_array().unwrap() {
        let number = |index: usize| u32::try_from(row[index].as_u64().unwrap()).unwrap();
        let failure = Failure {
            verdict: verdict(&file["verdicts"][row[0].as_str().unwrap()]),
            retries: number(1),
            random: number(2),
            hint: row[3].as_u64().map(Duration::from_millis),
            limit: ms(&row[4]),
        };
        match decide(&failure) {
            Ok(wait) => assert_eq!(row[5].as_u64().map(Duration::from_millis), Some(wait), "{row}"),
            Err(stop) => assert_eq!(row[5], stop.as_str(), "{row}"),
        }
    }
}

const BACKOFF: Backoff = Backoff {
    initial: Duration::from_millis(1),
    max: Duration::from_millis(4),
    factor: 2,
    retries: 4,
};

#[test]
fn a_blocking_retry_waits_and_gives_up() {
    let waits = Cell::new(Duration::ZERO);
    let attempt = |last| Attempt::Failed { last, verdict: Verdict::Backoff(BACKOFF), hint: None };
    let finished = Retry::default()
        .observe(|waiting| waits.set(waits.get() + waiting.wait))
        .run_blocking(attempt);
    assert_eq!(finished, Finished { last: 4, attempts: 5, stopped: Some(Stop::Exhausted) });
    let spread = Duration::from_millis(11)..Duration::from_millis(17);
    assert!(spread.contains(&waits.get()), "{:?}", waits.get());
    let finished = Retry::new(random).run_blocking(|retries| match retries {
        0 => attempt(0),
        _ => Attempt::Done(retries),
    });
    assert_eq!(finished, Finished { last: 1, attempts: 2, stopped: None });
    let delays: Vec<Duration> = Delays::new(Verdict::Backoff(BACKOFF), || 0).collect();
    assert_eq!(delays, [1, 2, 4, 4].map(Duration::from_millis));
}

#[test]
fn a_response_says_when_to_retry_and_is_understood() {
    let wait = Duration::from_millis(1500);
    let verdict = Verdict::After { wait, backoff: BACKOFF };
    let sent = response::<String>(Some(429), "application/json", "{}".to_owned(), verdict.after());
    assert_eq!((sent.status(), sent.body().as_str()), (http::StatusCode::TOO_MANY_REQUESTS, "{}"));
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert_eq!(sent.headers()["retry-after"], "2");
    assert_eq!(hint(&Attempt::of(sent, verdict)), Some(Duration::from_secs(2)));
    let sent = response::<String>(Some(503), "text/plain", String::new(), None);
    assert!(!sent.headers().contains_key("retry-after"));
    let ok = http::Response::builder().status(302).body(1).unwrap();
    assert!(matches!(Attempt::of(ok, Verdict::Never), Attempt::Done(_)));
}

/// The wait that a server asks for.
fn hint<T>(attempt: &Attempt<T>) -> Option<Duration> {
    match attempt {
        Attempt::Failed { hint, .. } => *hint,
        Attempt::Done(_) => panic!("this is a failure"),
    }
}

#[test]
fn the_longer_wait_of_body_and_header_counts() {
    let failed = |header: Option<&str>, wait: Option<u64>| {
        let response = http::Response::builder().status(200);
        let response = header.into_iter().fold(response, |r, value| r.header("Retry-After", value));
        let wait = wait.map(Duration::from_secs);
        hint(&Attempt::failed(response.body(()).unwrap(), Verdict::Never, wait))
    };
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(failed(Some("5"), Some(9)), seconds(9));
    assert_eq!(failed(Some("9"), Some(5)), seconds(9));
    assert_eq!(failed(None, Some(0)), seconds(0));
    assert_eq!(failed(Some("soon"), None), None);
}

#[test]
fn several_fields_count_if_they_say_the_same() {
    let failed = |values: &[&str]| {
        let response = http::Response::builder().status(429);
        let response = values.iter().fold(response, |r, value| r.header("retry-after", *value));
        hint(&Attempt::of(response.body(()).unwrap(), Verdict::Never))
    };
    assert_eq!(failed(&["5", "9"]), None);
    assert_eq!(failed(&["5", "5"]), Some(Duration::from_secs(5)));
    assert_eq!(failed(&["5", "5, 5"]), Some(Duration::from_secs(5)));
    assert_eq!(failed(&[]), None);
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
    let backoff = |initial, max| Backoff {
        initial: Duration::from_secs(initial),
        max: Duration::from_secs(max),
        ..BACKOFF
    };
    let short = Verdict::Backoff(backoff(1, 9));
    let long = Verdict::Backoff(backoff(2, 3));
    let after = |wait| Verdict::After { wait: Duration::from_secs(wait), backoff: backoff(1, 9) };
    assert_eq!(Verdict::of_all([short, long]), Some(long));
    assert_eq!(Verdict::of_all([after(1), short]), Some(after(1)), "the first of equals");
    assert_eq!(Verdict::of_all([short, after(3), long]), Some(after(3)));
    assert_eq!(Verdict::of_all([Verdict::Backoff(backoff(1, 5)), short]), Some(short));
    assert_eq!(Verdict::of_all([short, Verdict::Never, long]), Some(Verdict::Never));
    assert_eq!(Verdict::of_all([Verdict::Never, long]), Some(Verdict::Never));
    assert_eq!(Verdict::of_all([]), None);
}

#[test]
fn a_date_to_wait_for_is_compared_with_the_clock_of_its_server() {
    let response = http::Response::builder()
        .status(503)
        .header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
        .header("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT");
    match Attempt::of(response.body(()).unwrap(), Verdict::Never) {
        Attempt::Failed { hint, .. } => assert_eq!(hint, Some(Duration::from_secs(10))),
        done @ Attempt::Done(_) => panic!("{done:?}"),
    }
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
    assert_eq!(server_wait_by(None, None, never), None);
    assert_eq!(server_wait_by(None, Some("7"), never), Some(Duration::from_secs(7)));
    assert_eq!(server_wait_by(Some("7"), None, never), Some(Duration::from_millis(7)));
    let date = Some("Mon, 23 Nov 2026 04:10:30 GMT");
    assert_eq!(server_wait_by(None, date, || None), None, "without a clock");
    let now = || Some(Duration::from_secs(1_795_407_000));
    assert_eq!(server_wait_by(None, date, now), Some(Duration::from_secs(30)));
}

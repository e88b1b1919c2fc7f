//! Tests of the runtime. They live here so that they never end up in generated packages.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as Json;

use super::body::{Filled, Kind, Member, Node, Part, Slot, write};
use super::http_date::http_date;
use super::http1::response;
use super::one_line::OneLine;
use super::reader::{Found, Value};
use super::retry::{Attempt, Backoff, Delays, Failure, Finished, Retry, Stop, Verdict, decide};
use super::retry_after::{server_wait, server_wait_by};
use super::retry_blocking::random;

const fn member(key: &'static str, node: Node<'static>) -> Member<'static> {
    Member { key, optional: false, node }
}

const fn optional(key: &'static str, node: Node<'static>) -> Member<'static> {
    Member { key, optional: true, node }
}

/// A body with every kind of node.
static SHAPE: Node<'static> = Node::Object(&[
    member("ok", Node::Literal("false")),
    member("error", Node::Slot(Slot::Code, Kind::Text)),
    optional("status", Node::Slot(Slot::Status, Kind::Integer)),
    optional("name", Node::Slot(Slot::Param(0), Kind::Text)),
    optional("size", Node::Slot(Slot::Param(1), Kind::Integer)),
    optional("fatal", Node::Slot(Slot::Param(2), Kind::Boolean)),
    optional("more", Node::Slot(Slot::Param(3), Kind::Any)),
    optional("in", Node::Object(&[optional("a", Node::Slot(Slot::Param(4), Kind::Text))])),
    optional(
        "list",
        Node::Array(&Node::Text(&[
            Part::Literal("at "),
            Part::Slot(Slot::Param(5)),
            Part::Literal("!"),
        ])),
    ),
]);

/// Reads a body. Returns the code, the status, each value as text, and whether the body matches.
fn read(body: impl AsRef<[u8]>) -> (Option<String>, Option<u16>, [Option<String>; 6], bool) {
    let mut params = [const { None }; 6];
    let found = Found::read(&SHAPE, body.as_ref(), &mut params);
    let status = found.status();
    let code = found.code.map(|code| code.into_text().into_owned());
    let fits = found.fits;
    (code, status, params.map(|one| one.map(|one: Value| one.into_text().into_owned())), fits)
}

#[test]
fn a_body_is_written_without_what_nothing_fills() {
    let written = write(&SHAPE, &|slot| matches!(slot, Slot::Code).then_some(Filled::Text("x")));
    assert_eq!(written, r#"{"ok":false,"error":"x"}"#);
    // A required member is always written.
    assert_eq!(write(&SHAPE, &|_| None), r#"{"ok":false,"error":null}"#);
}

#[test]
fn an_optional_object_is_written_only_with_all_that_it_requires() {
    static OBJECT: Node<'static> = Node::Object(&[
        member("kind", Node::Literal("\"limit\"")),
        member("name", Node::Slot(Slot::Param(0), Kind::Text)),
        member("in", Node::Object(&[optional("a", Node::Slot(Slot::Param(1), Kind::Any))])),
    ]);
    static NESTED: Node<'static> = Node::Object(&[
        optional("limits", Node::Array(&OBJECT)),
        optional("empty", Node::Object(&[])),
    ]);
    let written = |name: Option<&'static str>, a: Option<&'static str>| {
        write(&NESTED, &|slot| match slot {
            Slot::Param(0) => name.map(Filled::Text),
            Slot::Param(1) => a.map(Filled::Json),
            _ => None,
        })
    };
    let all = r#"{"limits":[{"kind":"limit","name":"x","in":{"a":[]}}],"empty":{}}"#;
    assert_eq!(written(Some("x"), Some("[]")), all);
    for (name, a) in
        [(None, None), (Some("x"), None), (None, Some("[]")), (Some("x"), Some("null"))]
    {
        assert_eq!(written(name, a), r#"{"empty":{}}"#);
    }
}

#[test]
fn a_body_is_read_as_it_was_written() {
    let body = write(&SHAPE, &|slot| {
        Some(match slot {
            Slot::Code => Filled::Text("\"a\\\n\u{1}\u{7f}\u{2028}é"),
            Slot::Status => Filled::Integer(503),
            Slot::Param(0) => Filled::Text(""),
            Slot::Param(1) => Filled::Integer(i64::MIN),
            Slot::Param(2) => Filled::Boolean(true),
            Slot::Param(3) => Filled::Json(r#"{"b":[1,null]}"#),
            Slot::Param(4) => Filled::Text("not JSON"),
            Slot::Param(_) => Filled::Integer(7),
            Slot::Meaning | Slot::Fix | Slot::DocsUrl | Slot::Hint => return None,
        })
    });
    assert!(body.contains(r#""error":"\"a\\\n\u0001\u007f\u2028é""#), "{body}");
    assert!(serde_json::from_str::<Json>(&body).is_ok(), "{body}");
    let values = ["", "-9223372036854775808", "true", r#"{"b":[1,null]}"#, "not JSON", "7"];
    let (code, status, params, fits) = read(&body);
    assert_eq!((code.as_deref(), status), (Some("\"a\\\n\u{1}\u{7f}\u{2028}é"), Some(503)));
    assert_eq!(params.each_ref().map(Option::as_deref), values.map(Some));
    assert!(fits);
}

#[test]
fn a_body_matches_by_its_required_members_and_types() {
    for (body, fits) in [
        (r#"{"ok":false,"error":"x"}"#, true),
        ("\u{feff}{\"ok\":false,\"error\":\"x\"}", true),
        (r#"{"ok":false,"error":"x","other":{"error":1}}"#, true),
        (r#"{"ok":false,"error":"x","name":null,"list":[]}"#, true),
        (r#"{"ok":false,"error":"x","name":"None"}"#, true),
        (r#"{"error":"x"}"#, false),
        (r#"{"ok":false,"error":"None"}"#, false),
        (r#"{"ok":false,"error":"x","size":"7"}"#, false),
        (r#"{"ok":false,"error":"x","size":7.5}"#, false),
        (r#"{"ok":false,"error":"x","fatal":0}"#, false),
        (r#"{"ok":false,"error":"x","in":[]}"#, false),
        (r#"{"ok":false,"error":"x","list":["to 7!"]}"#, false),
        (r#"{"ok":false,"error":"x"} "#, true),
        (r#"{"ok":false,"error":"x"}}"#, false),
        (r#"{"ok":false,"error":"x""#, false),
        (r#"["x"]"#, false),
        ("", false),
    ] {
        assert_eq!(read(body).3, fits, "{body}");
    }
}

#[test]
fn what_does_not_match_is_read_all_the_same() {
    assert_eq!(read(r#"{"error":"x","size":"#).0.as_deref(), Some("x"));
    assert_eq!(read(b"{\"error\":\"x\",\"name\":\"\xff\"}").0.as_deref(), Some("x"));
    assert_eq!(read(r#"{"error":404}"#).0.as_deref(), Some("404"));
    assert_eq!(read(r#"{"size":"7"}"#).2[1].as_deref(), Some("7"));
    assert_eq!(read(r#"{"status":200}"#).1, None);
    assert_eq!(read("<html>"), (None, None, [const { None }; 6], false));
}

#[test]
fn a_code_beside_the_shape_may_name_the_status() {
    static HINTED: Node<'static> = Node::Object(&[
        optional("status", Node::Slot(Slot::Status, Kind::Integer)),
        optional("code", Node::Slot(Slot::Hint, Kind::Any)),
    ]);
    for (body, status) in [
        (r#"{"code":429}"#, Some(429)),
        (r#"{"code":"429"}"#, Some(429)),
        (r#"{"code":"rate_limited"}"#, None),
        (r#"{"status":503,"code":429}"#, Some(503)),
    ] {
        assert_eq!(Found::read(&HINTED, body.as_bytes(), &mut []).status(), status, "{body}");
    }
}

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
    let file = conformance(include_str!("../../../tests/conformance/retry_after_cases.json"));
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
    let file = conformance(include_str!("../../../tests/conformance/retry_vectors.json"));
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
    let sent = response::<String>(429, "application/json", "{}".to_owned(), verdict);
    assert_eq!((sent.status(), sent.body().as_str()), (http::StatusCode::TOO_MANY_REQUESTS, "{}"));
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert_eq!(sent.headers()["retry-after"], "2");
    match Attempt::of(sent, verdict) {
        Attempt::Failed { hint, .. } => assert_eq!(hint, Some(Duration::from_secs(2))),
        done @ Attempt::Done(_) => panic!("{done:?}"),
    }
    let sent = response::<String>(503, "text/plain", String::new(), Verdict::Never);
    assert!(!sent.headers().contains_key("retry-after"));
    let success = http::Response::new(());
    assert!(matches!(Attempt::of(success, verdict), Attempt::Done(_)));
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

//! What an error carries besides its body: the cause, the wait of a header, the catalog entry in a response.
//! And what the errors of all APIs have in common.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::response::IntoResponse as _;
use key_service::acme::{self, CatalogError, Entry, Param, chat, ledger, orders};
use serde_json::{Value, json};
use tensorloop_errors::management::{self, ApiError, Code};
use tensorloop_errors::{RetryAdvice, inference};

type Response = http::Response<String>;

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.to_owned()).unwrap()
}

#[test]
fn an_error_keeps_its_cause_and_sends_the_same_body() {
    let cause = "twelve".parse::<u8>().unwrap_err();
    let error = management::internal().caused_by(cause.clone());
    assert_eq!(error.source().unwrap().downcast_ref(), Some(&cause));
    assert_eq!(error.body(), management::internal().body());
    assert_eq!(error.to_string(), management::internal().to_string());
    // The cause stays through copies and changes, and an error of one API can be that of another.
    let error = inference::forbidden("m").caused_by(error).with_type("t").clone();
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    assert_eq!(causes, [management::internal().to_string(), cause.to_string()]);
    // So can a text.
    let error = management::internal().caused_by("the disk is full");
    assert_eq!(error.source().unwrap().to_string(), "the disk is full");
}

#[test]
fn equal_errors_have_equal_bodies_whatever_caused_them() {
    assert_eq!(management::internal().caused_by("a"), management::internal().caused_by("b"));
    assert_eq!(management::internal().caused_by("a"), management::internal());
    assert_ne!(management::internal(), management::not_found());
    assert_ne!(management::internal().with_detail("a"), management::internal());
    let limited = management::rate_limited();
    assert_eq!(ApiError::from_response(&limited.to_response::<String>()), limited);
}

#[test]
fn an_error_crosses_threads_and_stays_small() {
    fn is_shared<T: Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    for size in [
        is_shared::<ApiError>(),
        is_shared::<inference::ApiError>(),
        is_shared::<orders::ApiError>(),
        is_shared::<ledger::ApiError>(),
    ] {
        assert!(size <= 32, "{size}");
    }
    is_shared::<Box<dyn CatalogError>>();
    // A handler's `?` turns it into the error that programs use for everything.
    let boxed: Box<dyn Error + Send + Sync> = management::internal().into();
    assert!(boxed.is::<ApiError>());
}

#[test]
fn the_wait_of_a_header_is_read() {
    let body = management::litellm_failed().body();
    let wait = |headers: &[(&str, &str)]| {
        let error = ApiError::from_response(&response(502, headers, &body));
        assert_eq!(error.code(), Some(Code::LitellmFailed));
        error.retry_after()
    };
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(wait(&[]), None);
    assert_eq!(wait(&[("retry-after", "7")]), seconds(7));
    assert_eq!(wait(&[("Retry-After", "0")]), seconds(0));
    assert_eq!(wait(&[("retry-after-ms", "1500")]), Some(Duration::from_millis(1500)));
    assert_eq!(
        wait(&[("retry-after-ms", "1500"), ("retry-after", "7")]),
        Some(Duration::from_millis(1500))
    );
    assert_eq!(wait(&[("retry-after", "soon")]), None);
    let date = ("date", "Fri, 27 Nov 2026 09:00:00 GMT");
    assert_eq!(wait(&[date, ("retry-after", "Fri, 27 Nov 2026 09:01:00 GMT")]), seconds(60));
    assert_eq!(wait(&[date, ("retry-after", "Fri, 27 Nov 2026 08:00:00 GMT")]), seconds(0));
    // Where the status tells which error it is, too; and a page of a proxy.
    let page = response(503, &[("retry-after", "7")], "<html>");
    assert_eq!(inference::ApiError::from_response(&page).retry_after(), seconds(7));
    assert_eq!(ApiError::from_response(&page).retry_after(), seconds(7));
    // Of a header and a body, the longer wait counts.
    let body = orders::limit_exceeded(1.5, 2, Duration::from_secs(20)).body();
    for (header, longest) in [("10", 20), ("30", 30)] {
        let error =
            orders::ApiError::from_response(&response(429, &[("retry-after", header)], &body));
        assert_eq!((error.retry_after(), error.wait()), (seconds(longest), seconds(20)));
    }
}

#[test]
fn a_wait_is_sent_as_a_header() {
    let header = |response: Response| {
        response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(header(management::litellm_failed().to_response()), None);
    let error = management::litellm_failed().with_retry_after(Duration::from_millis(1001));
    assert_eq!(error.retry_after(), Some(Duration::from_millis(1001)));
    assert_eq!(header(error.to_response()).as_deref(), Some("2"));
    assert_eq!(error.body(), management::litellm_failed().body());
    // It wins over the wait of the catalog.
    assert_eq!(header(management::rate_limited().to_response()).as_deref(), Some("3600"));
    let error = management::rate_limited().with_retry_after(Duration::from_secs(5));
    assert_eq!(header(error.to_response()).as_deref(), Some("5"));
    // A body with a place for it says the same.
    let error = orders::nightly_close().with_retry_after(Duration::from_secs(5));
    let response: Response = error.to_response();
    let body: Value = serde_json::from_str(response.body()).unwrap();
    assert_eq!((header(response).as_deref(), &body["retry_after"]), (Some("5"), &json!(5)));
}

#[test]
fn a_response_holds_the_error_and_its_entry() {
    let error = management::alias_taken().caused_by("a unique index");
    let made: Response = error.to_response();
    let sent = error.into_response();
    for extensions in [made.extensions(), sent.extensions()] {
        let error = extensions.get::<Arc<dyn tensorloop_errors::CatalogError>>().unwrap();
        let entry = error.entry().unwrap();
        assert_eq!((entry.surface, entry.code), ("management", Some("alias_taken")));
        let error = extensions.get::<ApiError>().unwrap();
        assert_eq!(error.code(), Some(Code::AliasTaken));
        assert_eq!(error.source().unwrap().to_string(), "a unique index");
    }
    // An error that the catalog doesn't have, passed on by a proxy.
    let unknown: Response = ApiError::read(418, r#"{"error":"new"}"#).to_response();
    assert!(unknown.extensions().get::<Arc<dyn tensorloop_errors::CatalogError>>().unwrap().entry().is_none());
    assert!(unknown.extensions().get::<ApiError>().is_some());
}

#[test]
fn the_headers_of_a_response_are_kept() {
    let headers = [("x-request-id", "req_7"), ("set-cookie", "session=secret")];
    let failed = response(409, &headers, r#"{"error":"alias_taken"}"#);
    let error = ApiError::from_response(&failed);
    let id = |error: &ApiError| error.headers().map(|headers| headers["x-request-id"].clone());
    assert_eq!(id(&error).unwrap(), "req_7");
    assert_eq!(id(&ApiError::detect_response(&failed).unwrap()).unwrap(), "req_7");
    assert_eq!(id(&ApiError::check(failed).unwrap_err()).unwrap(), "req_7");
    // They are no part of the error: neither compared, nor logged, nor sent.
    assert_eq!(error, management::alias_taken());
    assert!(!format!("{error:?} {error}").contains("secret"));
    assert!(!error.to_response::<String>().headers().contains_key("set-cookie"));
    assert!(ApiError::read(409, "").headers().is_none());
    assert!(management::alias_taken().headers().is_none());
    let low = [("content-type", "application/json"), ("x-request-id", "req_8")];
    let low = response(200, &low, r#"{"ok":false,"error":"channel_not_found"}"#);
    let error = chat::ApiError::detect_response(&low).unwrap();
    assert_eq!(error.headers().unwrap()["x-request-id"], "req_8");
}

#[test]
fn a_response_is_given_back_or_is_an_error() {
    let fine = response(200, &[], "a key");
    assert_eq!(ApiError::check(fine).unwrap().body(), "a key");
    let error = ApiError::check(management::alias_taken().to_response::<String>()).unwrap_err();
    assert_eq!(error, management::alias_taken());
    // A status below 400 that the API has errors with.
    let json = [("content-type", "application/json"), ("retry-after", "7")];
    let failed = response(200, &json, r#"{"ok":false,"error":"channel_not_found"}"#);
    let error = chat::ApiError::detect_response(&failed).unwrap();
    assert_eq!(error.code(), Some(chat::Code::ChannelNotFound));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(chat::ApiError::check(failed).unwrap_err(), error);
    for (status, headers, body) in [
        (200, &json[..], r#"{"ok":true}"#),
        (200, &[], r#"{"ok":false,"error":"channel_not_found"}"#),
        (201, &json, r#"{"ok":false,"error":"channel_not_found"}"#),
        (204, &[], ""),
        (304, &[], ""),
    ] {
        let fine = response(status, headers, body);
        assert!(chat::ApiError::detect_response(&fine).is_none(), "{status} {body}");
        assert!(chat::ApiError::check(fine).is_ok(), "{status} {body}");
    }
    assert!(chat::ApiError::check(response(500, &[], "<html>")).is_err());
}

/// Code that knows no API, only the catalog.
fn line(error: &dyn CatalogError) -> String {
    let entry = error.entry();
    let [surface, name] = [entry.map(|entry| entry.surface), entry.map(|entry| entry.name)]
        .map(Option::unwrap_or_default);
    let params: Vec<String> =
        error.params().map(|(name, value)| format!("{name}={value}")).collect();
    let is_final = error.retry_advice() == acme::RetryAdvice::Never;
    format!(
        "{surface}/{name} {:?} {:?} {:?} {is_final} {}",
        error.code_text(),
        error.status(),
        error.retry_after(),
        params.join(" ")
    )
}

#[test]
fn a_helper_is_written_once_for_every_api() {
    let errors: Vec<Box<dyn CatalogError>> = vec![
        Box::new(ledger::busy("m", true, "u").with_retry_after(Duration::from_secs(2))),
        Box::new(acme::gateway::ApiError::read(429, r#"{"message":"slow down"}"#)),
        Box::new(chat::ApiError::read(200, r#"{"ok":false,"error":"new","needed":"a scope"}"#)),
        Box::new(acme::library::unauthorized()),
        Box::new(orders::ApiError::read_event("")),
    ];
    let lines: Vec<String> = errors.iter().map(|error| line(&**error)).collect();
    assert_eq!(
        lines,
        [
            "ledger/busy Some(\"2001\") Some(503) Some(2s) false message=m fatal=true unit=u",
            "gateway/held_back None Some(429) None false message=slow down",
            "/ Some(\"new\") Some(200) None true needed=a scope",
            "library/unauthorized None Some(401) None true type=auth message=The card is not valid. Show another.",
            "/ None None None true ",
        ]
    );
    // It is an error like any other.
    fn is_error(_: &(impl Error + ?Sized)) {}
    is_error(&*errors[0]);
}

#[test]
fn params_are_values_of_their_type() {
    let params = |error: &dyn CatalogError| -> Vec<(String, String)> {
        let params = error.params();
        assert_eq!(params.len(), params.count());
        error
            .params()
            .map(|(name, value)| (name.to_owned(), format!("{value:?} {value}")))
            .collect()
    };
    let shown = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let error = orders::limit_exceeded(1999.5, 250, Duration::from_millis(1500));
    assert_eq!(
        params(&error),
        shown(&[
            ("total", "Number(1999.5) 1999.5"),
            ("budget", "Integer(250) 250"),
            ("wait", "Wait(1.5s) 1.5"),
        ])
    );
    assert_eq!(params(&orders::out_of_stock(1, 2, [3, 4]))[2].1, "List(\"3; 4\") 3; 4");
    let error = ledger::busy("m", true, "u").with_context(json!({"a": [1, "b"]}));
    assert_eq!(
        params(&error),
        shown(&[
            ("message", "Text(\"m\") m"),
            ("fatal", "Boolean(true) true"),
            ("context", r#"Json("{\"a\":[1,\"b\"]}") {"a":[1,"b"]}"#),
            ("unit", "Text(\"u\") u"),
        ])
    );
    let Some((_, Param::Text(message))) = error.params().next() else { panic!("a text") };
    assert_eq!(message, "m");
}

#[test]
fn any_value_is_json_and_a_text_is_a_json_text() {
    let sent = |value: Value| {
        let error = ledger::busy("m", true, "u").with_context(value);
        let body: Value = serde_json::from_str(&error.body()).unwrap();
        (body["errors"][0]["context"].clone(), error.context().unwrap().to_owned())
    };
    for value in [json!({"a": 1}), json!("plain {\"broken\": "), json!(null), json!([1.5])] {
        let (in_body, in_rust) = sent(value.clone());
        assert_eq!(
            (&in_body, serde_json::from_str::<Value>(&in_rust).unwrap()),
            (&value, value.clone())
        );
    }
    // What converts to JSON can be given as it is.
    let error = ledger::busy("m", true, "u").with_context("half of {");
    assert_eq!(error.context(), Some(r#""half of {""#));
}

#[test]
fn an_entry_is_there_without_an_error() {
    const ENTRY: &Entry = chat::Code::ChannelNotFound.entry();
    assert_eq!((ENTRY.surface, ENTRY.name, ENTRY.status), ("chat", "channel_not_found", 200));
    assert_eq!(RetryAdvice::for_status(404), RetryAdvice::Never);
    const ADVICE: RetryAdvice = RetryAdvice::for_status(503);
    assert_ne!(ADVICE, RetryAdvice::Never);
}

//! Bodies with lists, several errors, values that the catalog gives, and errors without a code.

use std::time::Duration;

use key_service::acme::library::ErrorName;
use key_service::acme::orders::{CausesItem, FieldsItem};
use key_service::acme::{RetryAdvice, UnknownError, chat, imports, ledger, library, orders};
use serde_json::{Value, json};

fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

#[test]
fn a_list_is_sent_and_read() {
    let error = orders::invalid_order([
        FieldsItem::new("/amount").with_problem("too large").with_limit(99.5),
        FieldsItem::new("/currency").with_allowed(["EUR", "CHF"]).with_causes([
            CausesItem::new("no such currency").with_cause_line(7),
            CausesItem::new("typo"),
        ]),
    ]);
    let body = parsed(&error.body());
    assert_eq!(
        body["fields"],
        json!([
            {"pointer": "/amount", "problem": "too large", "limit": 99.5},
            {"pointer": "/currency", "allowed": ["EUR", "CHF"], "causes": [
                {"reason": "no such currency", "line": 7}, {"reason": "typo"},
            ]},
        ])
    );
    let read = orders::ApiError::read(422, error.body());
    assert_eq!(read, error);
    let fields = read.fields().unwrap();
    assert_eq!(fields[0].problem.as_deref(), Some("too large"));
    assert_eq!(fields[1].causes.as_ref().unwrap()[0].cause_line, Some(7));
    assert_eq!(
        read.to_string(),
        "invalid_order (422): Some fields of the order are wrong \
         [/amount: too large: 99.5; /currency: EUR; CHF: no such currency: 7; typo]"
    );
    // Single values, and a list without elements.
    assert_eq!(parsed(&orders::out_of_stock(1, 2, [3, 4]).body())["lines"], json!([3, 4]));
    let none = orders::out_of_stock(1, 2, []);
    assert_eq!(parsed(&none.body())["lines"], json!([]));
    assert_eq!(orders::ApiError::read(409, none.body()).lines(), Some(&[][..]));
    assert!(parsed(&orders::nightly_close().body()).get("lines").is_none());
}

/// Clippy warns of a `Result` with an error of 128 bytes or more, and handlers return such results.
#[test]
fn an_error_is_small() {
    assert!(size_of::<orders::ApiError>() < 128);
    assert!(size_of::<ledger::ApiError>() < 128);
}

#[test]
fn every_element_of_a_list_is_checked() {
    let mut body = parsed(&orders::invalid_order([FieldsItem::new("/a")]).body());
    body["fields"] = json!([{"pointer": "/a"}, {"pointer": 5}, "x"]);
    let error = orders::ApiError::read(422, body.to_string());
    assert_eq!((error.code(), error.matches()), (Some(orders::Code::InvalidOrder), false));
    let pointers: Vec<Option<&str>> =
        error.fields().unwrap().iter().map(|one| one.pointer.as_deref()).collect();
    assert_eq!(pointers, [Some("/a"), Some("5")]);
}

#[test]
fn errors_are_joined_in_one_response() {
    let first = imports::invalid_field("no such field", 3, ["a", "b"]);
    let alone = first.clone();
    assert_eq!(alone.errors(), [alone.clone()]);
    let error = first.join([imports::duplicate_row("again").with_row(4)]);
    let body = json!([
        {"message": "no such field", "errorCode": "INVALID_FIELD", "row": 3, "fields": ["a", "b"]},
        {"message": "again", "errorCode": "DUPLICATE_ROW", "row": 4},
    ]);
    assert_eq!(parsed(&error.body()), body);
    let read = imports::ApiError::read(400, error.body());
    assert_eq!((read.code(), read.row()), (Some(imports::Code::InvalidField), Some(3)));
    let rows: Vec<_> = read.errors().iter().map(|one| (one.code_text(), one.row())).collect();
    assert_eq!(rows, [(Some("INVALID_FIELD"), Some(3)), (Some("DUPLICATE_ROW"), Some(4))]);
    assert_eq!(
        read.to_string(),
        "INVALID_FIELD (400): A row has a field that doesn't exist [no such field] [3] [a; b] (and 1 more)"
    );
    assert_eq!(parsed(&read.body()), body);
    // An error that is alone is the same whether it was read or made.
    assert_eq!(imports::ApiError::read(400, alone.body()), alone);
    assert_eq!(imports::ApiError::read(400, "[]").errors(), []);
}

#[test]
fn the_first_known_error_is_that_of_the_response() {
    let body = json!({"ok": false, "version": 2, "trace": "t", "errors": [
        {"code": 7, "message": "a", "fatal": true, "source": {"unit": "ledger/x"}},
        {"code": 1002, "message": "b", "fatal": false, "source": {"unit": "ledger/y"}},
    ]});
    let error = ledger::ApiError::read(409, body.to_string());
    assert_eq!((error.code(), error.unit()), (Some(ledger::Code::Self_), Some("y")));
    let shown: Vec<String> = error.errors().iter().map(ToString::to_string).collect();
    assert_eq!(shown[0], "unknown code 7 (409) [t] [a] [true] [x]");
    // What is around the list belongs to each.
    assert!(error.errors().iter().all(|one| one.trace() == Some("t")));
}

#[test]
fn a_permanent_error_among_others_forbids_a_retry() {
    let busy = || ledger::busy("m", true, "u");
    assert!(busy().join([busy()]).retryable());
    let joined = busy().join([ledger::unbalanced("m", true, 7, "u")]);
    assert_eq!(joined.retry_advice(), RetryAdvice::Never);
    assert_eq!(joined.errors()[0].retry_advice(), busy().retry_advice());
}

#[test]
fn the_catalog_gives_values() {
    let error = library::shelf_taken("A7", 12, 10);
    assert_eq!(
        parsed(&error.body()),
        json!({
            "type": "conflict", "code": "SHELF TAKEN", "shelf": "A7", "limit": 10,
            "message": "The shelf is taken: A7 has 12 of 10 books (<3)",
            "more": {"shelf": ["<a>", 1.5, null]},
        })
    );
    assert_eq!(library::ApiError::read(400, error.body()), error);
    assert_eq!(library::unauthorized().message(), Some("The card is not valid. Show another."));
    assert_eq!(library::code_23505("m").limit(), Some(3));
}

#[test]
fn an_error_may_have_no_code() {
    let read = |status, body: &str| {
        let error = library::ApiError::read(status, body);
        (error.name(), error.code_text().map(str::to_owned))
    };
    let body = r#"{"type":"t","message":"m","code":CODE}"#;
    let with = |code: &str| body.replace("CODE", code);
    assert_eq!(read(401, r#"{"type":"t","message":"m"}"#), (Some(ErrorName::Unauthorized), None));
    assert_eq!(read(503, &with("\"\"")), (Some(ErrorName::Closed), None));
    assert_eq!(read(503, "<html>"), (Some(ErrorName::Closed), None));
    let known = (Some(ErrorName::Code23505), Some("23505".to_owned()));
    assert_eq!(read(401, &with("\"23505\"")), known);
    assert_eq!(read(401, &with("\"new\"")), (None, Some("new".to_owned())));
    assert_eq!(read(400, &with("null")), (None, None));
    assert_eq!(ErrorName::ShelfTaken.code(), Some("SHELF TAKEN"));
    assert_eq!((ErrorName::Closed.code(), ErrorName::Closed.entry().code), (None, None));
    assert_eq!("shelf_taken".parse(), Ok(ErrorName::ShelfTaken));
    let unknown: Result<ErrorName, UnknownError> = "SHELF TAKEN".parse();
    assert!(unknown.is_err());
    assert_eq!(ErrorName::from_status(400), None, "the status of the surface tells no error");
}

#[test]
fn an_error_is_found_in_a_success() {
    let detect =
        |status, body: &str| chat::ApiError::detect(status, body).map(|error| error.code());
    let known = Some(chat::Code::ChannelNotFound);
    assert_eq!(detect(200, r#"{"ok":false,"error":"channel_not_found"}"#), Some(known));
    assert_eq!(detect(200, r#"{"ok":false,"error":"new"}"#), Some(None));
    assert_eq!(detect(200, r#"{"ok":true,"error":"channel_not_found"}"#), None);
    assert_eq!(detect(200, r#"{"ok":false}"#), None);
    assert_eq!(detect(200, "<html>"), None);
    assert_eq!(detect(500, "<html>"), Some(None));
    // Without a literal, only a known code shows an error.
    assert!(imports::ApiError::detect(200, imports::duplicate_row("m").body()).is_some());
    assert!(imports::ApiError::detect(200, r#"[{"message":"m","errorCode":"new"}]"#).is_none());
}

#[test]
fn a_page_of_a_proxy_is_one_line() {
    let page = "<html><body>upstream connect error\r\nor disconnect</body></html>";
    let error = orders::ApiError::read(503, page);
    assert_eq!(error.text(), Some("upstream connect error or disconnect"));
    assert_eq!(error.to_string(), "HTTP 503 [upstream connect error or disconnect]");
    let error = library::ApiError::read(503, page);
    assert_eq!(
        error.to_string(),
        "closed (503): The library is closed [upstream connect error or disconnect]"
    );
    assert_eq!(orders::ApiError::read_event("").to_string(), "unknown error");
}

#[test]
fn a_wait_is_sent_in_the_body_and_as_a_header() {
    let error = orders::limit_exceeded(1999.5, 250, Duration::from_micros(64_569_001));
    let response: http::Response<String> = error.to_response();
    assert_eq!(response.headers()["retry-after"], "65");
    let body = parsed(response.body());
    assert_eq!((&body["retry_after"], &body["total"]), (&json!(64.57), &json!(1999.5)));
    let read = orders::ApiError::read(409, response.body());
    assert_eq!(read.wait(), Some(Duration::from_millis(64_570)));
    // The catalog's wait fills the body too.
    let response: http::Response<String> = orders::nightly_close().to_response();
    assert_eq!(response.headers()["retry-after"], "60");
    assert_eq!(parsed(response.body())["retry_after"], json!(60));
}

//! Reading an error response never fails, and finds what is there; writing one gives what is read.

use key_service::{Advice, advice};
use proptest::prelude::*;
use tensorloop_errors::management::{self, Code};
use tensorloop_errors::{RETRY_STRATEGY, RetryAdvice, inference};

#[test]
fn a_code_is_read_and_written() {
    for &code in Code::ALL {
        let error = management::ApiError::read(code.entry().status, code.entry().sample);
        assert_eq!(
            (error.code(), error.status(), error.matches()),
            (Some(code), Some(code.entry().status), true)
        );
        assert_eq!(error.body(), code.entry().sample);
        assert_eq!(Some(error.retry_advice()), code.entry().retry_advice);
    }
    let error = management::plan_limit_model("gpt-4o");
    assert_eq!(error.body(), r#"{"error":"plan_limit_model","detail":"gpt-4o"}"#);
    assert_eq!(management::ApiError::read(403, error.body()), error);
    let error = management::plan_limit_keys().with_detail("of 5");
    assert_eq!(error.body(), r#"{"error":"plan_limit_keys","detail":"of 5"}"#);
}

#[test]
fn a_code_that_is_not_known_keeps_its_text() {
    let body = r#"{"error":"plan_limit_seats","detail":null,"trace":1}"#;
    let error = management::ApiError::read(402, body);
    assert_eq!((error.code(), error.code_text()), (None, Some("plan_limit_seats")));
    assert_eq!((error.detail(), error.matches()), (None, true));
    assert_eq!(error.retry_advice(), RetryAdvice::Never);
    assert_eq!(error.to_string(), "unknown code plan_limit_seats (402)");
    let error = management::ApiError::read(503, body);
    assert_eq!(error.retry_advice(), RetryAdvice::Backoff(RETRY_STRATEGY));
}

#[test]
fn an_error_is_one_safe_line() {
    let body = r#"{"error":"plan_limit_model","detail":"gpt-4o\n\u001b[31m"}"#;
    assert_eq!(
        management::ApiError::read(403, body).to_string(),
        "plan_limit_model (403): Requested a model not on your plan [gpt-4o  [31m]"
    );
    let body = serde_json::json!({"error": "x".repeat(100_000), "detail": "y".repeat(100_000)});
    let line = management::ApiError::read(403, body.to_string()).to_string();
    assert!(line.chars().count() < 700, "{line}");
}

#[test]
fn what_is_missing_or_of_another_type_is_absent_and_the_rest_is_read() {
    for (body, code, detail, matches) in [
        (r#"{"error":"alias_taken","detail":"a"}"#, Some("alias_taken"), Some("a"), true),
        (r#"{"error":"alias_taken","detail":"None"}"#, Some("alias_taken"), Some("None"), true),
        (r#"{"error":"alias_taken","detail":[1]}"#, Some("alias_taken"), None, false),
        (r#"{"error":"alias_taken","detail":7}"#, Some("alias_taken"), Some("7"), false),
        (r#"{"error":["alias_taken"]}"#, None, None, false),
        (r#"{"error":429,"detail":"a"}"#, Some("429"), Some("a"), false),
        (r#"{"error":null,"detail":"a"}"#, None, Some("a"), false),
        (r#"{"error":""}"#, None, None, true),
        (r#"{"detail":"Not Found"}"#, None, Some("Not Found"), false),
        (r#"{"error":"alias_taken","detail":"cut o"#, None, None, false),
        ("\u{feff}{\"error\":\"alias_taken\"}", Some("alias_taken"), None, true),
        (r#"{"error":"alias_taken"} trailing"#, None, None, false),
        (r#"[{"error":"alias_taken"}]"#, None, None, false),
        ("<html><body>502</body></html>", None, None, false),
        ("\"alias_taken\"", None, None, false),
        ("null", None, None, false),
        ("", None, None, false),
    ] {
        let error = management::ApiError::read(400, body);
        assert_eq!(
            (error.code_text(), error.detail(), error.matches()),
            (code, detail, matches),
            "{body}"
        );
    }
}

#[test]
fn an_event_of_a_stream_says_its_status() {
    let event = r#"{"error": {"message": "cut", "type": null, "param": null, "code": "500"}}"#;
    let error = inference::ApiError::read_event(event);
    assert_eq!(error.name(), Some(inference::ErrorName::InternalServerError));
    assert_eq!((error.status(), error.message(), error.r#type()), (Some(500), Some("cut"), None));
    for other in [
        r#"{"error": {"message": "cut"}}"#,
        r#"{"error": {"message": "a", "code": "x"}}"#,
        "[DONE]",
    ] {
        let error = inference::ApiError::read_event(other);
        assert_eq!(
            (error.name(), error.status(), error.retry_advice()),
            (None, None, RetryAdvice::Never)
        );
    }
    let error = management::ApiError::read_event(r#"{"error":"rate_limited"}"#);
    assert_eq!((error.code(), error.status()), (Some(Code::RateLimited), Some(429)));
}

#[test]
fn a_server_sends_one_of_the_statuses_that_are_listed() {
    let error = inference::upstream_down("no route").with_status(503).unwrap();
    assert_eq!(
        (error.status(), error.name()),
        (Some(503), Some(inference::ErrorName::UpstreamDown))
    );
    assert!(inference::upstream_down("no route").with_status(504).is_err());
    assert_eq!(
        inference::forbidden("no").with_type("auth_error").body(),
        r#"{"error":{"type":"auth_error","message":"no","code":"403"}}"#
    );
}

#[test]
fn a_client_decides_by_the_code() {
    let advice = |status, body: &str| advice(status, body.as_bytes());
    let show = |text: &str| Advice::Show(text.to_owned());
    assert_eq!(advice(409, r#"{"error":"alias_taken"}"#), Advice::AnotherAlias);
    assert_eq!(advice(502, r#"{"error":"litellm_failed"}"#), Advice::Retry);
    assert_eq!(advice(401, r#"{"error":"unauthorized"}"#), show("Sign in again."));
    assert_eq!(advice(418, r#"{"error":"new"}"#), show("unknown code new (418)"));
    assert_eq!(advice(404, "<html>"), show("HTTP 404"));
    assert_eq!(advice(503, ""), Advice::Retry);
}

/// JSON that may be anything, with the keys of the bodies more often than not.
fn anything() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;

    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![
            Just("None".to_owned()),
            Just("alias_taken".to_owned()),
            Just("429".to_owned()),
            ".*"
        ]
        .prop_map(Value::from),
    ];
    let key = prop_oneof![
        Just("error"),
        Just("detail"),
        Just("message"),
        Just("type"),
        Just("code"),
        Just("x")
    ];
    leaf.prop_recursive(6, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|members| {
                members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            }),
        ]
    })
}

/// What a plain reader of JSON finds.
fn found(body: &serde_json::Value, path: &[&str]) -> Option<String> {
    let found = path.iter().try_fold(body, |value, key| value.as_object()?.get(*key))?;
    found.as_str().map(str::to_owned)
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("ERRCAT_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(2000),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn texts_are_those_that_another_reader_finds(body in anything(), status in 100_u16..700) {
        let text = body.to_string();
        let error = management::ApiError::read(status, &text);
        if let Some(code) = found(&body, &["error"]) {
            prop_assert_eq!(error.code_text(), Some(code.as_str()).filter(|code| !code.is_empty()));
        }
        if let Some(detail) = found(&body, &["detail"]) {
            prop_assert_eq!(error.detail(), Some(detail.as_str()));
        }
        let error = inference::ApiError::read(status, &text);
        prop_assert_eq!(error.name(), inference::ErrorName::from_status(status));
        if let Some(message) = found(&body, &["error", "message"]) {
            prop_assert_eq!(error.message(), Some(message.as_str()));
        }
        prop_assert_eq!(error.to_string().lines().count(), 1);
    }

    #[test]
    fn any_bytes_have_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..200), status: u16) {
        let error = management::ApiError::read(status, &bytes);
        prop_assert_eq!(error.status(), Some(status));
        prop_assert_eq!(inference::ApiError::read(status, &bytes).status(), Some(status));
        let text = String::from_utf8_lossy(&bytes);
        let _ = management::ApiError::read_event(&text);
        prop_assert_eq!(error.to_string().lines().count(), 1);
    }

    #[test]
    fn what_is_written_is_read(detail in ".*", message in ".*") {
        let error = management::plan_limit_model(detail.clone());
        let json: serde_json::Value = serde_json::from_str(&error.body()).unwrap();
        prop_assert_eq!(&json["detail"], &serde_json::Value::from(detail));
        let error = inference::forbidden(message.clone());
        let json: serde_json::Value = serde_json::from_str(&error.body()).unwrap();
        prop_assert_eq!(&json["error"]["message"], &serde_json::Value::from(message));
    }
}

/// A body that is huge is read, and one that is nested deeper than a reader goes is not JSON.
#[test]
fn a_huge_body_is_read() {
    let huge = format!(r#"{{"error":"alias_taken","detail":"{}"}}"#, "x".repeat(20_000_000));
    assert_eq!(management::ApiError::read(409, &huge).code(), Some(Code::AliasTaken));
    let deep = format!(r#"{{"error":"alias_taken","x":{}"#, "[".repeat(1_000_000));
    let error = management::ApiError::read(409, deep);
    assert_eq!(error.code(), None);
    assert_eq!(error.text().map(str::len), Some(100));
}

//! Errors that don't say whether they are retryable, and those without a fix.

use std::time::Duration;

use key_service::acme::{RETRY_STRATEGY, RetryAdvice, drafts, gateway};

fn response(status: u16, body: &str) -> http::Response<String> {
    http::Response::builder().status(status).body(body.to_owned()).unwrap()
}

#[test]
fn the_catalog_leaves_it_open() {
    let entry = drafts::Code::DraftLocked.entry();
    assert_eq!((entry.fix, entry.retryable, entry.retry_advice), (None, None, None));
    assert_eq!(drafts::Code::DraftLost.entry().fix, Some("Write another."));
    assert_eq!(drafts::Code::DraftLost.entry().retry_advice, None);
}

#[test]
fn the_received_status_decides() {
    let body = r#"{"error": "draft_locked"}"#;
    for (status, wanted) in [
        (503, RetryAdvice::Backoff(RETRY_STRATEGY)),
        (409, RetryAdvice::Never),
        (429, RetryAdvice::Backoff(RETRY_STRATEGY)),
    ] {
        let error = drafts::ApiError::read(status, body);
        assert_eq!(error.code(), Some(drafts::Code::DraftLocked));
        assert_eq!(
            (error.retry_advice(), error.retryable()),
            (wanted, wanted != RetryAdvice::Never)
        );
        let error = drafts::ApiError::detect_response(&response(status, body)).unwrap();
        assert_eq!(error.retry_advice(), wanted, "{status}");
    }
    // Also where the status tells which error it is.
    for (status, wanted) in [(429, RetryAdvice::Backoff(RETRY_STRATEGY)), (451, RetryAdvice::Never)]
    {
        assert_eq!(gateway::ErrorName::from_status(status), Some(gateway::ErrorName::HeldBack));
        let error = gateway::ApiError::detect_response(&response(status, "{}")).unwrap();
        assert_eq!(error.retry_advice(), wanted, "{status}");
    }
    // An event has the first status of its code.
    let event = drafts::ApiError::read_event(body);
    assert_eq!(
        (event.status(), event.retry_advice()),
        (Some(503), RetryAdvice::Backoff(RETRY_STRATEGY))
    );
}

#[test]
fn a_sent_error_has_the_advice_of_its_status() {
    let locked = drafts::draft_locked();
    assert!(locked.retryable());
    assert!(!locked.with_status(409).unwrap().retryable());
    assert_eq!(drafts::slow_down().retry_advice(), RetryAdvice::Backoff(RETRY_STRATEGY));
    assert_eq!(RETRY_STRATEGY.initial, Duration::from_millis(250));
}

#[test]
fn a_body_holds_a_fix_only_where_there_is_one() {
    assert_eq!(drafts::draft_locked().body(), r#"{"error":"draft_locked"}"#);
    let help = r#""help":{"text":"To do: Write another.","page":"https://acme.dev/help"}"#;
    let lost = format!(r#"{{"error":"draft_lost","hint":"Write another.",{help}}}"#);
    assert_eq!(drafts::draft_lost().body(), lost);
}

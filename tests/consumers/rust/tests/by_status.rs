//! Errors that don't say whether they are retryable, and those without a fix.

use std::time::Duration;

use key_service::acme::{Attempt, STRATEGY, Verdict, drafts, gateway};

/// A verdict as the outcome of a request has it; none if the request is done.
fn verdict<T>(attempt: Attempt<T>) -> Option<Verdict> {
    match attempt {
        Attempt::Failed { verdict, .. } => Some(verdict),
        Attempt::Done(_) => None,
    }
}

fn response(status: u16, body: &str) -> http::Response<String> {
    http::Response::builder().status(status).body(body.to_owned()).unwrap()
}

#[test]
fn the_catalog_leaves_it_open() {
    let entry = drafts::Code::DraftLocked.entry();
    assert_eq!((entry.fix, entry.retryable, entry.verdict), (None, None, None));
    assert_eq!(drafts::Code::DraftLost.fix(), Some("Write another."));
    assert_eq!(drafts::Code::DraftLost.verdict(), None);
}

#[test]
fn the_received_status_decides() {
    let body = r#"{"error": "draft_locked"}"#;
    for (status, wanted) in
        [(503, Verdict::Backoff(STRATEGY)), (409, Verdict::Never), (429, Verdict::Backoff(STRATEGY))]
    {
        let error = drafts::ApiError::read(status, body);
        assert_eq!(error.code(), Some(drafts::Code::DraftLocked));
        assert_eq!((error.verdict(), error.retryable()), (wanted, wanted != Verdict::Never));
        let attempt = drafts::ApiError::attempt(response(status, body));
        assert_eq!(verdict(attempt), Some(wanted), "{status}");
    }
    // Also where the status tells which error it is.
    for (status, wanted) in [(429, Verdict::Backoff(STRATEGY)), (451, Verdict::Never)] {
        assert_eq!(gateway::ErrorName::from_status(status), Some(gateway::ErrorName::HeldBack));
        let attempt = gateway::ApiError::attempt(response(status, "{}"));
        assert_eq!(verdict(attempt), Some(wanted), "{status}");
    }
    // An event has the first status of its code.
    let event = drafts::ApiError::read_event(body);
    assert_eq!((event.status(), event.verdict()), (Some(503), Verdict::Backoff(STRATEGY)));
}

#[test]
fn a_sent_error_has_the_advice_of_its_status() {
    let locked = drafts::draft_locked();
    assert!(locked.retryable());
    assert!(!locked.with_status(409).unwrap().retryable());
    assert_eq!(drafts::slow_down().verdict(), Verdict::Backoff(STRATEGY));
    assert_eq!(STRATEGY.initial, Duration::from_millis(250));
}

#[test]
fn a_body_holds_a_fix_only_where_there_is_one() {
    assert_eq!(drafts::draft_locked().body(), r#"{"error":"draft_locked"}"#);
    let help = r#""help":{"text":"To do: Write another.","page":"https://acme.dev/help"}"#;
    let lost = format!(r#"{{"error":"draft_lost","hint":"Write another.",{help}}}"#);
    assert_eq!(drafts::draft_lost().body(), lost);
}

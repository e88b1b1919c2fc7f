//! Retries of responses from a real server: several errors, a wait in the body and in a header, and an
//! error with status 200.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use key_service::acme::{CatalogError, GiveUpReason, Retry, chat, ledger, orders};
use key_service::{Whole, send};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// Why the retries ended, the number of attempts, their waits in milliseconds, and the last body.
type Outcome = (Option<GiveUpReason>, u32, Vec<u128>, Vec<u8>);

/// Asks a server that gives these answers, and then "done".
async fn ask<E: CatalogError>(
    answers: Vec<Response>,
    detect: impl Fn(&Whole) -> Option<E>,
) -> Outcome {
    let answers = Arc::new(Mutex::new(answers.into_iter()));
    let next = |State(answers): State<Arc<Mutex<std::vec::IntoIter<Response>>>>| async move {
        answers.lock().unwrap().next().unwrap_or_else(|| "done".into_response())
    };
    let app = Router::new().route("/", get(next)).with_state(answers);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let mut waits = Vec::new();
    let sleep = |wait: Duration| {
        waits.push(wait.as_millis());
        std::future::ready(())
    };
    let client = reqwest::Client::new();
    let outcome = Retry::new(|| 0).run(sleep, |_| send(client.get(&url)), detect).await.unwrap();
    let reason = outcome.gave_up.map(|gave_up| gave_up.reason);
    (reason, outcome.attempts, waits, outcome.response.into_body())
}

/// With another wait in the header.
fn with_header(mut response: Response, seconds: &'static str) -> Response {
    response.headers_mut().insert(RETRY_AFTER, seconds.parse().unwrap());
    response
}

#[tokio::test]
async fn the_longer_wait_counts() {
    let limited = |seconds| {
        let error = orders::limit_exceeded(1.5, 2, Duration::from_secs(seconds));
        error.with_status(429).unwrap().into_response()
    };
    let answers = vec![limited(20), with_header(limited(20), "30"), with_header(limited(20), "10")];
    let (reason, attempts, waits, body) = ask(answers, orders::ApiError::detect_response).await;
    assert_eq!((reason, attempts, waits), (None, 4, vec![20_000, 30_000, 20_000]));
    assert_eq!(body, b"done");
    // A wait that is too long is not waited for.
    let (reason, _, waits, _) = ask(vec![limited(200)], orders::ApiError::detect_response).await;
    let requested = Duration::from_secs(200);
    assert_eq!((reason, waits), (Some(GiveUpReason::WaitTooLong { requested }), vec![]));
    // A permanent error is not retried, whatever the body says.
    let permanent = orders::out_of_stock(1, 2, [3]).with_wait(Duration::from_secs(1));
    let answers = vec![permanent.into_response()];
    let (reason, ..) = ask(answers, orders::ApiError::detect_response).await;
    assert_eq!(reason, Some(GiveUpReason::Permanent));
}

#[tokio::test]
async fn of_several_errors_the_longest_wait_counts_unless_one_is_permanent() {
    let busy = || ledger::busy("m", true, "u");
    let answers = vec![busy().join([busy()]).into_response()];
    let (reason, _, waits, _) = ask(answers, ledger::ApiError::detect_response).await;
    assert_eq!((reason, waits), (None, vec![2000]));
    let joined = busy().join([ledger::self_("m", true, "u")]);
    let (reason, _, _, body) =
        ask(vec![joined.into_response()], ledger::ApiError::detect_response).await;
    assert_eq!(reason, Some(GiveUpReason::Permanent));
    let error = ledger::ApiError::read(503, body);
    assert_eq!(error.errors().len(), 2, "the last response is whole");
}

#[tokio::test]
async fn an_error_with_status_200_is_handled_like_any_other() {
    let json = |body: &'static str| ([(CONTENT_TYPE, "application/json; charset=utf-8")], body);
    let limited = || json(r#"{"ok":false,"error":"ratelimited"}"#).into_response();
    let answers = vec![with_header(limited(), "7"), limited()];
    let (reason, _, waits, _) = ask(answers, chat::ApiError::detect_response).await;
    assert_eq!((reason, waits), (None, vec![7000, 750]));
    let unknown = json(r#"{"ok":false,"error":"new"}"#).into_response();
    let (reason, ..) = ask(vec![unknown], chat::ApiError::detect_response).await;
    assert_eq!(reason, Some(GiveUpReason::Permanent));
    for success in [
        json(r#"{"ok":true}"#).into_response(),
        // Not JSON by its type.
        r#"{"ok":false,"error":"ratelimited"}"#.into_response(),
    ] {
        let (reason, attempts, ..) = ask(vec![success], chat::ApiError::detect_response).await;
        assert_eq!((reason, attempts), (None, 1));
    }
}

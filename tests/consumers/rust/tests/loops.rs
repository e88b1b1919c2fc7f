//! Retries of responses from a real server: several errors, a wait in the body and in a header, and an
//! error with status 200.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use key_service::acme::{Attempt, Finished, Retry, Stop, chat, ledger, orders};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

type Body = http::Response<Vec<u8>>;

/// Asks a server that gives these answers, and then "done". Returns the result, and the waits in
/// milliseconds.
async fn ask(
    answers: Vec<Response>,
    attempt: impl Fn(Body) -> Attempt<Body>,
) -> (Finished<Body>, Vec<u128>) {
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
    let request = |_| async {
        let response: http::Response<reqwest::Body> = reqwest::get(&url).await.unwrap().into();
        let (parts, body) = response.into_parts();
        let whole = http::Response::from_parts(parts.clone(), body);
        let bytes = reqwest::Response::from(whole).bytes().await.unwrap();
        attempt(http::Response::from_parts(parts, bytes.to_vec()))
    };
    let finished = Retry::new(|| 0).run(sleep, request).await;
    (finished, waits)
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
    let (finished, waits) = ask(answers, orders::ApiError::attempt).await;
    assert_eq!(
        (finished.stopped, finished.attempts, waits),
        (None, 4, vec![20_000, 30_000, 20_000])
    );
    assert_eq!(finished.last.body(), b"done");
    // A wait that is too long is not waited for.
    let (finished, waits) = ask(vec![limited(200)], orders::ApiError::attempt).await;
    let asked = Duration::from_secs(200);
    assert_eq!((finished.stopped, waits), (Some(Stop::WaitTooLong { asked }), vec![]));
    // A permanent error is not retried, whatever the body says.
    let permanent = orders::out_of_stock(1, 2, [3]).with_wait(Duration::from_secs(1));
    let (finished, _) = ask(vec![permanent.into_response()], orders::ApiError::attempt).await;
    assert_eq!(finished.stopped, Some(Stop::Permanent));
}

#[tokio::test]
async fn of_several_errors_the_longest_wait_counts_unless_one_is_permanent() {
    let busy = || ledger::busy("m", true, "u");
    let (finished, waits) =
        ask(vec![busy().join([busy()]).into_response()], ledger::ApiError::attempt).await;
    assert_eq!((finished.stopped, waits), (None, vec![2000]));
    let joined = busy().join([ledger::self_("m", true, "u")]);
    let (finished, _) = ask(vec![joined.into_response()], ledger::ApiError::attempt).await;
    assert_eq!(finished.stopped, Some(Stop::Permanent));
    let error = ledger::ApiError::read(503, finished.last.body());
    assert_eq!(error.errors().len(), 2, "the last response is whole");
}

#[tokio::test]
async fn an_error_with_status_200_is_handled_like_any_other() {
    let json = |body: &'static str| ([(CONTENT_TYPE, "application/json; charset=utf-8")], body);
    let limited = || json(r#"{"ok":false,"error":"ratelimited"}"#).into_response();
    let answers = vec![with_header(limited(), "7"), limited()];
    let (finished, waits) = ask(answers, chat::ApiError::attempt).await;
    assert_eq!((finished.stopped, waits), (None, vec![7000, 750]));
    let unknown = json(r#"{"ok":false,"error":"new"}"#).into_response();
    let (finished, _) = ask(vec![unknown], chat::ApiError::attempt).await;
    assert_eq!(finished.stopped, Some(Stop::Permanent));
    for success in [
        json(r#"{"ok":true}"#).into_response(),
        // Not JSON by its type.
        r#"{"ok":false,"error":"ratelimited"}"#.into_response(),
    ] {
        let (finished, _) = ask(vec![success], chat::ApiError::attempt).await;
        assert_eq!((finished.stopped, finished.attempts), (None, 1));
    }
}

//! Real servers on loopback: axum sends an error, and clients read it back; a proxy answers with
//! what a real one sent, and clients recover as the catalog says.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use key_service::{Advice, Whole, advice, complete, send, service};
use tensorloop_errors::inference::{self, ErrorName};
use tensorloop_errors::management;
use tensorloop_errors::{GaveUp, GiveUpReason, Retry, RetryOutcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// An agent of ureq that keeps the bodies of errors.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// A response of the service, to a request for a key.
async fn mint_key(alias: &'static str) -> http::Response<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/keys/{alias}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, service()).await.unwrap() });
    let request = move || {
        let (parts, mut body) = agent().post(&url).send_empty().unwrap().into_parts();
        http::Response::from_parts(parts, body.read_to_string().unwrap())
    };
    tokio::task::spawn_blocking(request).await.unwrap()
}

#[tokio::test]
async fn a_handler_returns_an_error() {
    for (alias, error) in [
        ("taken", management::alias_taken()),
        ("model", management::plan_limit_model("gpt-4o")),
        ("often", management::rate_limited()),
    ] {
        let response = mint_key(alias).await;
        assert_eq!(Some(response.status().as_u16()), error.status());
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(*response.body(), error.body());
        let status = response.status().as_u16();
        assert_eq!(management::ApiError::read(status, response.body()), error);
    }
    assert_eq!(mint_key("often").await.headers()["retry-after"], "3600");
    assert!(!mint_key("taken").await.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn a_client_acts_on_what_the_server_sent() {
    let advice = |response: http::Response<String>| {
        advice(response.status().as_u16(), response.body().as_bytes())
    };
    assert_eq!(mint_key("mine").await.status(), 201);
    assert_eq!(advice(mint_key("taken").await), Advice::AnotherAlias);
    assert_eq!(advice(mint_key("often").await), Advice::Retry);
    let fix = "Pick an allowed model. `detail` names the offending model.";
    assert_eq!(advice(mint_key("model").await), Advice::Show(fix.to_owned()));
}

/// The header asks for as long a wait as the catalog.
#[tokio::test]
async fn a_rate_limit_of_an_hour_is_not_waited_for() {
    let response = mint_key("often").await;
    let error = management::ApiError::detect_response(&response).expect("a 429 is no success");
    assert_eq!(Some(error.retry_advice()), management::Code::RateLimited.entry().retry_advice);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(response.body().contains("rate_limited"));
}

/// What a real proxy sent, as it was saved, with its length set right.
fn captured(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/captures");
    let saved = fs::read(folder.join(name)).unwrap();
    let text = String::from_utf8(saved).unwrap().replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap();
    let is_kept = |line: &&str| {
        let line = line.to_lowercase();
        !["content-length", "transfer-encoding", "connection"]
            .iter()
            .any(|name| line.starts_with(name))
    };
    let head: Vec<&str> = head.lines().filter(is_kept).collect();
    let length = format!("content-length: {}\r\nconnection: close", body.len());
    format!("{}\r\n{length}\r\n\r\n{body}", head.join("\r\n")).into_bytes()
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

/// A proxy that gives these answers, one a connection, and then the last one for ever; and how
/// often it was asked.
async fn proxy(answers: Vec<Vec<u8>>) -> (String, Arc<Mutex<usize>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/chat/completions", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let answer = {
                let mut count = count.lock().unwrap();
                *count += 1;
                answers[(*count - 1).min(answers.len() - 1)].clone()
            };
            let mut request = [0; 4096];
            let _ = socket.read(&mut request).await;
            socket.write_all(&answer).await.unwrap();
            let _ = socket.shutdown().await;
        }
    });
    (url, asked)
}

type Outcome = RetryOutcome<Whole, inference::ApiError>;

/// A client that asks until the catalog says to stop, and writes down its waits instead of waiting.
async fn ask(answers: Vec<Vec<u8>>) -> (Outcome, Vec<u64>, usize) {
    let (url, asked) = proxy(answers).await;
    let client = reqwest::Client::new();
    let mut waits = Vec::new();
    let sleep = |wait: Duration| {
        waits.push(u64::try_from(wait.as_millis()).unwrap());
        std::future::ready(())
    };
    let outcome = Retry::new(|| 0)
        .run(sleep, |_| send(client.post(&url)), inference::ApiError::detect_response)
        .await
        .unwrap();
    let asked = *asked.lock().unwrap();
    (outcome, waits, asked)
}

/// The error of the last attempt.
fn gave_up(outcome: Outcome) -> GaveUp<inference::ApiError> {
    outcome.into_result().unwrap_err()
}

#[tokio::test]
async fn a_client_recovers_from_a_rate_limit() {
    // With `Retry-After: 21.9951`, without, and with `Retry-After: 20`.
    let answers =
        ["1.72.6/key_rpm_limit", "1.72.6/upstream_429", "1.100.5/router_cooldown_4_stream"];
    let answers = answers.map(|name| captured(&format!("litellm-{name}.http")));
    let (outcome, waits, asked) = ask([&answers[..], &[OK.to_vec()]].concat()).await;
    assert_eq!((outcome.attempts, asked), (4, 4));
    assert_eq!(outcome.into_result().unwrap().status(), 200);
    assert_eq!(waits, [21_996, 2000, 20_000]);
}

#[tokio::test]
async fn a_server_that_is_down_is_asked_again() {
    let down = captured("litellm-1.100.5/upstream_503.http");
    let (outcome, waits, _) = ask(vec![down.clone(), down, OK.to_vec()]).await;
    assert_eq!((outcome.gave_up, waits), (None, vec![1000, 2000]));
    // One retry is what the catalog gives a 500.
    let broken = captured("litellm-1.100.5/upstream_500.http");
    let (outcome, waits, _) = ask(vec![broken.clone(), OK.to_vec()]).await;
    assert_eq!((outcome.gave_up, waits), (None, vec![1000]));
    let (outcome, waits, asked) = ask(vec![broken.clone(), broken, OK.to_vec()]).await;
    // The last response is whole.
    assert_eq!(
        inference::ApiError::from_response(&outcome.response),
        outcome.gave_up.clone().unwrap().error
    );
    let gave_up = gave_up(outcome);
    assert_eq!((gave_up.reason, waits, asked), (GiveUpReason::Exhausted, vec![1000], 2));
    assert_eq!(gave_up.error.name(), Some(ErrorName::InternalServerError));
    assert!(gave_up.error.message().is_some() && gave_up.error.matches());
}

#[tokio::test]
async fn what_a_proxy_before_it_says_is_no_matter() {
    for name in
        ["edge_nginx_502_upstream_down", "edge_caddy_502_upstream_down", "edge_nginx_503_limit_req"]
    {
        let answer = captured(&format!("litellm-1.100.5/{name}.http"));
        let (outcome, waits, _) = ask(vec![answer]).await;
        assert_eq!(waits, [1000, 2000, 4000, 8000, 16_000, 30_000], "{name}");
        let GaveUp { error, reason, .. } = gave_up(outcome);
        assert_eq!(reason, GiveUpReason::Exhausted);
        assert_eq!(error.name(), Some(ErrorName::UpstreamDown), "{name}");
        assert_eq!((error.message(), error.matches()), (None, false), "{name}");
    }
}

#[tokio::test]
async fn a_wrong_key_is_not_tried_twice() {
    let (outcome, waits, asked) = ask(vec![captured("litellm-1.80.11/key_missing.http")]).await;
    let GaveUp { error, reason, .. } = gave_up(outcome);
    assert_eq!((reason, waits.len(), asked), (GiveUpReason::Permanent, 0, 1));
    assert_eq!(error.name(), Some(ErrorName::Unauthorized));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_of_the_transport() {
    let cut = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 900\r\n\r\n{\"error\":{\"message\":\"a";
    let (url, _) = proxy(vec![cut.to_vec()]).await;
    let error = complete(&reqwest::Client::new(), &url).await.unwrap_err();
    assert!(error.is_decode() || error.is_body(), "{error:?}");
    // The status is enough for a client that makes do with what it got.
    let error = inference::ApiError::read(503, "{\"error\":{\"message\":\"a");
    assert_eq!(error.name(), Some(ErrorName::UpstreamDown));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_the_callers_business() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = complete(&reqwest::Client::new(), &format!("http://{gone}/")).await.unwrap_err();
    assert!(error.is_connect());
}

#[tokio::test]
async fn a_blocking_client_waits_on_its_thread() {
    let down = captured("litellm-1.100.5/upstream_503.http");
    let (url, _) = proxy(vec![down, OK.to_vec()]).await;
    let client = move || {
        let start = std::time::Instant::now();
        let send = |_| {
            let (parts, mut body) = agent().post(&url).send_empty()?.into_parts();
            Ok::<_, ureq::Error>(http::Response::from_parts(parts, body.read_to_string()?))
        };
        let outcome = Retry::default().run_blocking(send, inference::ApiError::detect_response);
        (outcome.unwrap(), start.elapsed())
    };
    let (outcome, took) = tokio::task::spawn_blocking(client).await.unwrap();
    assert_eq!((outcome.attempts, outcome.gave_up), (2, None));
    assert!((1000..3000).contains(&took.as_millis()), "{took:?}");
}

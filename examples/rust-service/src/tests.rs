//! Requests to the service, and what they leave in the log and in the counts.

use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, Response};
use tower::ServiceExt as _;

use super::*;
use errors::RetryAdvice;

fn service(file: &str) -> Router {
    static SUBSCRIBER: Once = Once::new();
    SUBSCRIBER.call_once(|| tracing_subscriber::fmt().with_ansi(false).with_writer(|| Log).init());
    let file = Path::new(env!("OUT_DIR")).join(file);
    app(Service { links: Mutex::default(), file, token: "token".to_owned() })
}

async fn send(app: &Router, request: Request<Body>) -> Response<Bytes> {
    let (parts, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    Response::from_parts(parts, to_bytes(body, 1 << 20).await.unwrap())
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn new_link(name: &str, to: &str) -> Request<Body> {
    let body = serde_json::json!({"name": name, "to": to}).to_string();
    Request::post("/").header("content-type", "application/json").body(body.into()).unwrap()
}

/// A client reads what the service sent with the same module.
#[tokio::test]
async fn a_client_knows_every_error() {
    let app = service("links.json");
    assert_eq!(send(&app, new_link("home", "https://example.com")).await.status(), 201);
    let error = ApiError::from_response(&send(&app, new_link("home", "https://example.org")).await);
    assert_eq!(error, api::name_taken("home"));
    let error = ApiError::from_response(&send(&app, new_link("", "ftp://example.org")).await);
    assert_eq!(
        error.to_string(),
        "invalid_fields (422): Some fields of the link are wrong \
         [name: is empty; to: doesn't start with https://]"
    );
    let fields = error.fields().unwrap_or_default();
    assert!(fields.iter().any(|field| field.field.as_deref() == Some("to")));
    let error = ApiError::from_response(&send(&app, get("/away")).await);
    assert_eq!(error.code(), Some(api::Code::LinkNotFound));
    assert!(!error.retryable());
    for link in 1..100 {
        let link = new_link(&link.to_string(), "https://example.com");
        assert_eq!(send(&app, link).await.status(), 201);
    }
    let response = send(&app, new_link("more", "https://example.com")).await;
    assert_eq!(response.headers()["retry-after"], "3600");
    let error = ApiError::from_response(&response);
    assert!(
        matches!(error.retry_advice(), RetryAdvice::After { wait, .. } if wait.as_secs() == 3600)
    );
}

thread_local! {
    /// What was logged in this thread, which is that of one test.
    static LOG: RefCell<Vec<u8>> = RefCell::default();
}

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn logged() -> String {
    String::from_utf8(LOG.take()).unwrap()
}

#[tokio::test]
async fn the_cause_is_in_the_log_and_not_in_the_body() {
    let response = send(&service("no/such/folder"), new_link("a", "https://example.com")).await;
    assert_eq!(response.status(), 500);
    assert_eq!(response.body(), &api::storage_failed().body());
    let log = logged();
    let span = "request{error.type=\"storage_failed\" otel.status_code=\"ERROR\"}";
    assert!(log.contains("ERROR") && log.contains(span), "{log}");
    assert!(log.contains("storage_failed (500): The link couldn't be saved"), "{log}");
    assert!(log.contains("No such file or directory"), "{log}");
}

#[tokio::test]
async fn an_error_of_the_client_is_not_one_of_the_span() {
    send(&service("links.json"), get("/away")).await;
    let log = logged();
    assert!(log.contains(" INFO request: "), "{log}");
    assert!(log.contains("link_not_found (404): There is no link of this name [away]"), "{log}");
    assert!(!log.contains("error.type"), "{log}");
}

#[tokio::test]
async fn errors_of_every_api_are_counted() {
    let app = service("links.json");
    for path in ["/away", "/gone", "/admin/links", "/no/such/path"] {
        send(&app, get(path)).await;
    }
    let links = Request::get("/admin/links").header("authorization", "token");
    assert_eq!(send(&app, links.body(Body::empty()).unwrap()).await.body(), "{}");
    let counts = send(&app, get("/admin/metrics")).await;
    let counts = String::from_utf8(counts.into_body().into()).unwrap();
    assert_eq!(
        counts,
        "errors_total{surface=\"admin\",error=\"unauthorized\"} 1\n\
         errors_total{surface=\"api\",error=\"link_not_found\"} 2\n"
    );
}

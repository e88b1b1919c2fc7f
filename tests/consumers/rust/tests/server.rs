//! A handler returns a code; a client on loopback reads it back.

use key_service::{Advice, advice, service};
use tensorloop_errors::management::{ApiError, Code};

/// Status, content type and body of a request to a service of its own.
async fn mint_key(alias: &'static str) -> (u16, String, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/keys/{alias}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, service()).await.unwrap() });

    let request = move || {
        // Without this, ureq drops the body of an error.
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let mut response = ureq::Agent::from(config).post(&url).send_empty().unwrap();
        let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
        let body = response.body_mut().read_to_string().unwrap();
        (response.status().as_u16(), content_type, body)
    };
    tokio::task::spawn_blocking(request).await.unwrap()
}

#[tokio::test]
async fn a_handler_returns_a_code() {
    for (alias, code) in [("taken", Code::AliasTaken), ("often", Code::RateLimited)] {
        let (status, content_type, body) = mint_key(alias).await;
        assert_eq!(status, code.status());
        assert_eq!(content_type, "application/json");
        assert_eq!(body, code.body());
        let error: ApiError = serde_json::from_str(&body).unwrap();
        assert_eq!(error.known(), Some(code));
    }
}

#[tokio::test]
async fn a_sample_text_is_never_sent() {
    assert!(Code::PlanLimitModel.body().contains("..."));
    let (status, _, body) = mint_key("model").await;
    assert_eq!((status, body.as_str()), (403, r#"{"error":"plan_limit_model"}"#));
}

#[tokio::test]
async fn a_client_acts_on_what_the_server_sent() {
    assert_eq!(mint_key("mine").await.0, 201);
    assert_eq!(advice(&mint_key("taken").await.2), Advice::AnotherAlias);
    assert_eq!(advice(&mint_key("often").await.2), Advice::Retry);
}

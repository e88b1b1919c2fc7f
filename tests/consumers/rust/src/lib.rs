//! A key service and its clients: both sides of the management API, and a client of the inference
//! API that recovers from its rate limit.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::post;
use tensorloop_errors::inference;
use tensorloop_errors::management::{self, Code};

/// The errors of a catalog with lists, waits and several errors in one body.
#[allow(missing_docs)]
pub mod acme {
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}

/// The server: a handler returns an error, and axum sends its status and body.
pub fn service() -> Router {
    Router::new().route("/keys/{alias}", post(mint_key))
}

async fn mint_key(Path(alias): Path<String>) -> Result<(StatusCode, String), management::ApiError> {
    match alias.as_str() {
        "taken" => Err(management::alias_taken()),
        "often" => Err(management::rate_limited()),
        "model" => Err(management::plan_limit_model("gpt-4o")),
        _ => Ok((StatusCode::CREATED, alias)),
    }
}

/// What a client does about an error response.
#[derive(Debug, PartialEq, Eq)]
pub enum Advice {
    /// Send the same request again.
    Retry,
    /// Ask for another alias.
    AnotherAlias,
    /// Show this to the user.
    Show(String),
}

/// A client of the management API: reads a body, and decides by the code.
#[must_use]
pub fn advice(status: u16, body: &[u8]) -> Advice {
    let error = management::ApiError::read(status, body);
    match error.code() {
        Some(Code::AliasTaken) => Advice::AnotherAlias,
        _ if error.retryable() => Advice::Retry,
        Some(code) => Advice::Show(code.entry().fix.unwrap_or(code.entry().meaning).to_owned()),
        None => Advice::Show(error.to_string()),
    }
}

/// A response that was read to its end.
pub type Whole = http::Response<Vec<u8>>;

/// A client of the inference API: asks again as long as the catalog says that it helps. A request that
/// got no response is not the catalog's business.
pub async fn complete(
    client: &reqwest::Client,
    url: &str,
) -> reqwest::Result<tensorloop_errors::RetryOutcome<Whole, inference::ApiError>> {
    let retry = tensorloop_errors::Retry::default();
    let send = |_| send(client.post(url));
    retry.run(tokio::time::sleep, send, inference::ApiError::detect_response).await
}

/// Sends a request, and reads the whole response.
pub async fn send(request: reqwest::RequestBuilder) -> reqwest::Result<Whole> {
    let mut response = request.send().await?;
    let mut whole = Whole::default();
    *whole.status_mut() = response.status();
    *whole.headers_mut() = std::mem::take(response.headers_mut());
    *whole.body_mut() = response.bytes().await?.into();
    Ok(whole)
}

/// The Rust that the crate's own README shows compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../../../generated/rust/README.md")]
pub struct CrateReadme;

/// The one of the other catalog too. In it, the package is called `key-service`.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/crate/README.md"))]
pub struct AcmeReadme;

// So that the README finds its modules.
pub use acme::*;

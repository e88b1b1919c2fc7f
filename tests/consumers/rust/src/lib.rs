//! A key service and its clients: both sides of the management API, and a client of the inference
//! API that recovers from its rate limit.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::post;
use tensorloop_errors::management::{self, Code};
use tensorloop_errors::{Attempt, Finished, Retry, inference};

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
        Some(code) => Advice::Show(code.fix().unwrap_or(code.meaning()).to_owned()),
        None => Advice::Show(error.to_string()),
    }
}

/// A client of the inference API: asks again as long as the catalog says that it helps. Whether to
/// ask again where nobody answered is not the catalog's to say.
pub async fn complete(
    client: &reqwest::Client,
    url: &str,
) -> Finished<Result<http::Response<reqwest::Body>, reqwest::Error>> {
    Retry::default()
        .run(tokio::time::sleep, |_| async {
            match client.post(url).send().await {
                Ok(response) => inference::ApiError::attempt(response.into()).map(Ok),
                Err(unreachable) => Attempt::Done(Err(unreachable)),
            }
        })
        .await
}

/// The Rust that the crate's own README shows compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../../../generated/rust/README.md")]
pub struct CrateReadme;

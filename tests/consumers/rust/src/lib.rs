//! A key service and its client: both sides of the management API.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::post;
use tensorloop_errors::management::{ApiError, Code};

/// The server: a handler returns a code, and axum sends its status and body.
pub fn service() -> Router {
    Router::new().route("/keys/{alias}", post(mint_key))
}

async fn mint_key(Path(alias): Path<String>) -> Result<(StatusCode, String), Code> {
    match alias.as_str() {
        "taken" => Err(Code::AliasTaken),
        "often" => Err(Code::RateLimited),
        "model" => Err(Code::PlanLimitModel),
        _ => Ok((StatusCode::CREATED, alias)),
    }
}

/// What the client does about an error response.
#[derive(Debug, PartialEq, Eq)]
pub enum Advice {
    /// Send the same request again.
    Retry,
    /// Ask for another alias.
    AnotherAlias,
    /// Show this to the user.
    Show(String),
}

/// The client: reads a body, and decides by the code.
#[must_use]
pub fn advice(body: &str) -> Advice {
    let Ok(error) = serde_json::from_str::<ApiError>(body) else {
        return Advice::Show("the answer is none of the API's".to_owned());
    };
    match error.known() {
        Some(Code::AliasTaken) => Advice::AnotherAlias,
        Some(code) if code.retryable() => Advice::Retry,
        Some(code) => Advice::Show(code.fix().to_owned()),
        None => Advice::Show(error.to_string()),
    }
}

/// The Rust that errcat's README shows compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../../../README.md")]
pub struct Readme;

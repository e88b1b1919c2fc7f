//! A server to try the clients with, which counts its requests.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{StreamExt as _, stream};
use tokio::net::TcpListener;

use crate::errors::api;

/// The number of requests so far.
pub type Requests = Arc<AtomicU32>;

/// Serves parcels until it is dropped.
///
/// # Errors
/// Fails if it can't accept connections.
pub async fn serve(listener: TcpListener, requests: Requests) -> io::Result<()> {
    let app = Router::new().route("/parcels/{number}", get(parcel)).with_state(requests);
    axum::serve(listener, app).await
}

/// Answers according to the number of the parcel.
async fn parcel(State(requests): State<Requests>, Path(number): Path<String>) -> Response {
    let before = requests.fetch_add(1, Ordering::Relaxed);
    let error = match number.as_str() {
        // Two of three requests fail.
        "busy" if before % 3 < 2 => api::busy(),
        "limited" if before % 2 == 0 => {
            api::rate_limited().with_retry_after(Duration::from_secs(1))
        }
        "down" => api::busy(),
        "tomorrow" => api::rate_limited().with_retry_after(Duration::from_hours(24)),
        "region" => api::plan_limit_regions(),
        "unknown" => api::parcel_not_found(number),
        "moving" => return Body::from_stream(places()).into_response(),
        _ => return format!("parcel {number}: on its way\n").into_response(),
    };
    error.to_response::<String>().into_response()
}

/// Where a parcel is, which nobody knows for a long time after the first place.
fn places() -> impl stream::Stream<Item = io::Result<&'static str>> {
    stream::iter([Ok("in Zurich\n")]).chain(stream::pending())
}

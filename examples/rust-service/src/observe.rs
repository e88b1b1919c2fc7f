//! Counts and logs every error that the service answers with, whichever of its APIs answers.

use std::collections::BTreeMap;
use std::iter;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use crate::errors::{CatalogError, Entry};

/// How often the service answered with each error.
#[derive(Default)]
pub struct Counts(Mutex<BTreeMap<(&'static str, &'static str), u64>>);

impl Counts {
    fn add(&self, entry: &'static Entry) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((entry.surface, entry.code.unwrap_or(entry.name))).or_default() += 1;
    }
}

/// Middleware: counts an error response by its catalog entry, and logs it with its causes.
pub async fn observe(State(counts): State<Arc<Counts>>, request: Request, next: Next) -> Response {
    let span = tracing::info_span!("request", "error.type" = Empty, otel.status_code = Empty);
    let response = next.run(request).instrument(span.clone()).await;
    if let Some(error) = response.extensions().get::<Arc<dyn CatalogError>>() {
        if let Some(entry) = error.entry() {
            counts.add(entry);
        }
        span.in_scope(|| log(error.as_ref()));
    }
    response
}

/// Logs an error of any API with its causes. If the service is at fault, the current span fails.
fn log(error: &dyn CatalogError) {
    let causes = iter::successors(error.source(), |&cause| cause.source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    if error.status() >= Some(500) {
        Span::current().record("error.type", error_type(error)).record("otel.status_code", "ERROR");
        tracing::error!(?causes, "{error}");
    } else {
        tracing::info!(?causes, "{error}");
    }
}

/// The error as OpenTelemetry's `error.type`. A code that isn't in the catalog could be anything, so
/// its status is used instead.
fn error_type(error: &dyn CatalogError) -> String {
    match (error.entry(), error.status()) {
        (Some(entry), _) => entry.code.unwrap_or(entry.name).to_owned(),
        (None, Some(status)) => status.to_string(),
        (None, None) => "_OTHER".to_owned(),
    }
}

/// The counts, as Prometheus reads them.
pub async fn metrics(State(counts): State<Arc<Counts>>) -> String {
    let counts = counts.0.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = counts.iter().map(|((surface, error), count)| {
        format!("errors_total{{surface=\"{surface}\",error=\"{error}\"}} {count}\n")
    });
    lines.collect()
}

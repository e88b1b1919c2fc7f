//! A link shortener: `cargo run`, then
//! `curl -i localhost:3000 --json '{"name": "home", "to": "https://example.com"}'`, twice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use axum::extract::{self, State};
use axum::http::{HeaderMap, StatusCode, header::AUTHORIZATION};
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde::Deserialize;

/// Every error of the service, from errors.yaml.
mod errors {
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}
mod observe;
#[cfg(test)]
mod tests;

use errors::admin;
use errors::api::{self, ApiError, FieldsItem};
use observe::Counts;

/// Names, and the addresses that they stand for.
type Links = BTreeMap<String, String>;

/// What the handlers share.
struct Service {
    links: Mutex<Links>,
    /// Where the links are saved.
    file: PathBuf,
    /// What an administrator sends as `Authorization`.
    token: String,
}

#[derive(Deserialize)]
struct NewLink {
    name: String,
    to: String,
}

/// The catalog has a function for each error. Its arguments are the values of this occurrence. axum
/// sends its status, headers and body.
async fn create(
    State(service): State<Arc<Service>>,
    Json(new): Json<NewLink>,
) -> Result<StatusCode, ApiError> {
    let mut wrong = Vec::new();
    if new.name.is_empty() {
        wrong.push(FieldsItem::new("name", "is empty"));
    }
    if !new.to.starts_with("https://") {
        wrong.push(FieldsItem::new("to", "doesn't start with https://"));
    }
    if !wrong.is_empty() {
        return Err(api::invalid_fields(wrong));
    }
    let mut links = service.links.lock().unwrap_or_else(PoisonError::into_inner);
    if links.len() >= 100 {
        return Err(api::too_many_links());
    }
    if links.contains_key(&new.name) {
        return Err(api::name_taken(new.name));
    }
    let mut more = links.clone();
    more.insert(new.name, new.to);
    save(&service.file, &more)?;
    *links = more;
    Ok(StatusCode::CREATED)
}

fn save(file: &Path, links: &Links) -> io::Result<()> {
    fs::write(file, serde_json::to_vec(links)?)
}

/// Lets `?` turn an error of the storage into one of the API. The cause stays in the service.
impl From<io::Error> for ApiError {
    fn from(error: io::Error) -> Self {
        api::storage_failed().caused_by(error)
    }
}

async fn follow(
    State(service): State<Arc<Service>>,
    extract::Path(name): extract::Path<String>,
) -> Result<Redirect, ApiError> {
    let links = service.links.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(to) = links.get(&name) else {
        return Err(api::link_not_found(name));
    };
    Ok(Redirect::temporary(to))
}

/// Another API of the same service, whose errors have another body.
async fn list(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Json<Links>, admin::ApiError> {
    if headers.get(AUTHORIZATION).is_none_or(|token| token != service.token.as_str()) {
        return Err(admin::unauthorized());
    }
    let links = service.links.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Json(links.clone()))
}

fn app(service: Service) -> Router {
    let counts = Arc::new(Counts::default());
    Router::new()
        .route("/", post(create))
        .route("/{name}", get(follow))
        .route("/admin/links", get(list))
        .with_state(Arc::new(service))
        .route("/admin/metrics", get(observe::metrics).with_state(Arc::clone(&counts)))
        .layer(middleware::from_fn_with_state(counts, observe::observe))
}

#[tokio::main]
async fn main() -> io::Result<()> {
    tracing_subscriber::fmt().init();
    let token = std::env::var("LINKS_TOKEN").unwrap_or_else(|_| "secret".to_owned());
    let service = Service { links: Mutex::default(), file: "links.json".into(), token };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app(service)).await
}

//! A link shortener: `cargo run`, then
//! `curl -i localhost:3000 --json '{"name": "home", "to": "https://example.com"}'`, twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

/// Every error of the service, from errors.yaml.
mod errors {
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}

use errors::api::{self, ApiError, FieldsItem};

/// Names, and the addresses that they stand for.
type Links = Arc<Mutex<BTreeMap<String, String>>>;

#[derive(Deserialize)]
struct NewLink {
    name: String,
    to: String,
}

/// An error of the catalog is made by the function of its name, whose arguments are what it has to
/// say this time; axum sends its status, headers and body.
async fn create(
    State(links): State<Links>,
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
    let mut links = links.lock().unwrap_or_else(PoisonError::into_inner);
    if links.len() >= 100 {
        return Err(api::too_many_links());
    }
    if links.contains_key(&new.name) {
        return Err(api::name_taken(new.name));
    }
    links.insert(new.name, new.to);
    Ok(StatusCode::CREATED)
}

async fn follow(
    State(links): State<Links>,
    Path(name): Path<String>,
) -> Result<Redirect, ApiError> {
    let links = links.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(to) = links.get(&name) else {
        return Err(api::link_not_found(name));
    };
    Ok(Redirect::temporary(to))
}

fn app() -> Router {
    Router::new()
        .route("/", post(create))
        .route("/{name}", get(follow))
        .with_state(Links::default())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app()).await
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};

    use super::*;
    use errors::Verdict;

    /// A response: its status and headers, and its body.
    fn send(to: SocketAddr, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(to).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), head.to_owned(), body.to_owned())
    }

    fn new_link(name: &str, to: &str) -> String {
        let body = serde_json::json!({"name": name, "to": to}).to_string();
        format!(
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    /// A client reads what the server sent with the same module.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_client_knows_every_error() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async { axum::serve(listener, app()).await });
        tokio::task::spawn_blocking(move || {
            let ask = |request: &str| {
                let (status, head, body) = send(address, request);
                (ApiError::read(status, &body), head)
            };
            assert_eq!(send(address, &new_link("home", "https://example.com")).0, 201);
            let (error, _) = ask(&new_link("home", "https://example.org"));
            assert_eq!(error, api::name_taken("home"));
            let (error, _) = ask(&new_link("", "ftp://example.org"));
            assert_eq!(
                error.to_string(),
                "invalid_fields (422): Some fields of the link are wrong \
                 [name: is empty; to: doesn't start with https://]"
            );
            let fields = error.fields().unwrap_or_default();
            assert!(fields.iter().any(|field| field.field.as_deref() == Some("to")));
            let (error, _) = ask("GET /away HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assert_eq!(error.code(), Some(api::Code::LinkNotFound));
            assert!(!error.retryable());
            for link in 1..100 {
                assert_eq!(
                    send(address, &new_link(&link.to_string(), "https://example.com")).0,
                    201
                );
            }
            let (error, head) = ask(&new_link("more", "https://example.com"));
            assert!(
                matches!(error.verdict(), Verdict::After { wait, .. } if wait.as_secs() == 3600)
            );
            assert!(head.contains("retry-after: 3600"), "{head}");
        })
        .await
        .unwrap();
    }
}

//! An async client with reqwest: `cargo run --bin reqwest http://127.0.0.1:8090/parcels/busy`. With
//! `--stream` after the URL, it prints the response while it arrives.

use std::io::Write as _;

use parcel_client::errors::Retry;
use parcel_client::errors::api::ApiError;
use parcel_client::{explain, read, send};
use reqwest::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().unwrap_or_default();
    let client = Client::new();
    let done = if arguments.next().is_some_and(|flag| flag == "--stream") {
        print_stream(&client, &url).await
    } else {
        parcel(&client, &url).await.map(|parcel| print!("{parcel}"))
    };
    done.inspect_err(explain)
}

/// Fetches a parcel, and tries again for as long as that may help.
async fn parcel(client: &Client, url: &str) -> anyhow::Result<String> {
    let outcome = Retry::default()
        .observe(|notice| println!("{}; waiting {:?}", notice.error, notice.wait))
        .run(tokio::time::sleep, |_| send(client.get(url)), ApiError::detect_response)
        .await?;
    let response = outcome.into_result()?;
    Ok(String::from_utf8(response.into_body().into())?)
}

/// Sends a request. Reads the body of an error; a success remains a stream.
async fn open(client: &Client, url: &str) -> reqwest::Result<Result<reqwest::Response, ApiError>> {
    let response = client.get(url).send().await?;
    if response.status().is_client_error() || response.status().is_server_error() {
        return Ok(Err(ApiError::from_response(&read(response).await?)));
    }
    Ok(Ok(response))
}

/// Prints a response while it arrives.
async fn print_stream(client: &Client, url: &str) -> anyhow::Result<()> {
    let outcome = Retry::default()
        .run(tokio::time::sleep, |_| open(client, url), |opened| opened.as_ref().err().cloned())
        .await?;
    let mut response = outcome.into_result()??; // the second `?` only takes off the inner `Ok`
    while let Some(chunk) = response.chunk().await? {
        std::io::stdout().write_all(&chunk)?;
    }
    Ok(())
}

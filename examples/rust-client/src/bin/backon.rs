//! A client whose retries are made by backon: `cargo run --bin backon http://127.0.0.1:8090/parcels/busy`.

use std::iter;
use std::time::Duration;

use backon::Retryable as _;
use parcel_client::errors::api::ApiError;
use parcel_client::errors::{FailedAttempt, next_delay, random};
use parcel_client::{explain, send};
use reqwest::Client;

/// Why there is no parcel.
#[derive(Debug, thiserror::Error)]
enum ParcelError {
    #[error("no response")]
    Transport(#[from] reqwest::Error),
    #[error("the API answered with an error")]
    Api(#[from] ApiError),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let url = std::env::args().nth(1).unwrap_or_default();
    let parcel = patient(&Client::new(), &url).await.map_err(anyhow::Error::from);
    print!("{}", parcel.inspect_err(explain)?);
    Ok(())
}

/// Fetches a parcel once.
async fn parcel(client: &Client, url: &str) -> Result<String, ParcelError> {
    let response = ApiError::check(send(client.get(url)).await?)?;
    Ok(String::from_utf8_lossy(response.body()).into_owned())
}

/// Fetches a parcel, and tries again for as long as that may help.
async fn patient(client: &Client, url: &str) -> Result<String, ParcelError> {
    let mut retries = 0;
    (|| parcel(client, url))
        .retry(iter::repeat(Duration::ZERO)) // `adjust` says how long to wait, and when to give up.
        .adjust(|error, _| {
            let ParcelError::Api(error) = error else { return None };
            let failed = FailedAttempt::new(error.retry_advice(), retries, random())
                .with_retry_after(error.retry_after());
            retries += 1;
            let wait = next_delay(&failed).ok()?;
            println!("{error}; waiting {wait:?}");
            Some(wait)
        })
        .await
}

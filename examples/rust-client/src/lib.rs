//! What the clients share: the errors of the API, and what to tell people about them.

use bytes::Bytes;

/// Every error of the API, from errors.yaml.
pub mod errors {
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}
pub mod server;

use errors::api::{ApiError, Code};

/// Sends a request, and reads the whole response.
///
/// # Errors
/// Fails if there was no response, or not all of it.
pub async fn send(request: reqwest::RequestBuilder) -> reqwest::Result<http::Response<Bytes>> {
    read(request.send().await?).await
}

/// Reads the rest of a response.
///
/// # Errors
/// Fails if the connection breaks before the end.
pub async fn read(mut response: reqwest::Response) -> reqwest::Result<http::Response<Bytes>> {
    let mut whole = http::Response::default();
    *whole.status_mut() = response.status();
    *whole.headers_mut() = std::mem::take(response.headers_mut());
    *whole.body_mut() = response.bytes().await?;
    Ok(whole)
}

/// What people can do about an error that the API answered with.
#[must_use]
pub fn advice(error: &ApiError) -> String {
    let Some(code) = error.code() else {
        return "Update this program, which doesn't know the error.".to_owned();
    };
    match code {
        Code::ParcelNotFound => format!("Is {} right?", error.detail().unwrap_or("the number")),
        code if code.is_plan_limit() => "Ask for a larger plan.".to_owned(),
        code => code.entry().fix.unwrap_or("Contact support.").to_owned(),
    }
}

/// Prints what people can do about an error, wherever in the chain the API's error is.
pub fn explain(error: &anyhow::Error) {
    if let Some(error) = error.chain().find_map(|cause| cause.downcast_ref::<ApiError>()) {
        println!("{}", advice(error));
    }
}

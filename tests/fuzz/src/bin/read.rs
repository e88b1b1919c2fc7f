//! A response → what a generated crate reads it as.
#![no_main]

use std::time::Duration;

use errcat_fuzz::mutate;
use http::{HeaderName, HeaderValue, Response};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use tensorloop_errors::{inference, management, parse_retry_after};

/// Reads a response twice, and the body that the error writes once more.
macro_rules! read {
    ($surface:ident, $response:expr) => {{
        use $surface::ApiError;
        let response = $response;
        let error = ApiError::from_response(response);
        assert_eq!(error.to_string(), ApiError::from_response(response).to_string());
        let _ = (error.retryable(), error.retry_after(), error.entry(), format!("{error:?}"));
        let status = response.status().as_u16();
        let (first, body) = (ApiError::read(status, response.body()), error.body());
        assert_eq!(first.body(), body);
        assert_eq!(ApiError::read(status, &body).body(), body);
        let detected = ApiError::detect(status, response.body());
        assert!(detected.is_none_or(|detected| detected.to_string() == first.to_string()));
        if let Ok(event) = std::str::from_utf8(response.body()) {
            assert_eq!(
                format!("{:?}", ApiError::read_event(event)),
                format!("{:?}", ApiError::read_event(event))
            );
        }
    }};
}

fuzz_target!(|data: &[u8]| {
    let response = response(data);
    read!(management, &response);
    read!(inference, &response);
    let header =
        |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let wait = parse_retry_after(
        header("retry-after-ms"),
        header("retry-after"),
        Duration::from_secs(1_800_000_000),
    );
    assert!(wait.is_none_or(|wait| wait <= Duration::from_millis(2_147_483_647)));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});

/// A status, headers and a body, as `curl -i` prints them. What is broken is left out.
fn response(data: &[u8]) -> Response<Vec<u8>> {
    let mut rest = data;
    let mut line = || {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let line = rest[..end].trim_ascii();
        rest = rest.get(end + 1..).unwrap_or_default();
        line
    };
    let status =
        std::str::from_utf8(line()).ok().and_then(|first| first.split(' ').nth(1)?.parse().ok());
    let mut response = Response::new(Vec::new());
    if let Some(status) = status.and_then(|status: u16| status.try_into().ok()) {
        *response.status_mut() = status;
    }
    loop {
        let header = line();
        let Some(colon) = header.iter().position(|byte| *byte == b':') else { break };
        let (name, value) = header.split_at(colon);
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name), HeaderValue::from_bytes(value[1..].trim_ascii()))
        {
            response.headers_mut().append(name, value);
        }
    }
    *response.body_mut() = rest.to_vec();
    response
}

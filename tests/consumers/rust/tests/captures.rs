//! Real responses of LiteLLM and of the proxies in front of it: each is read as the manifest next
//! to them says.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tensorloop_errors::{RetryAdvice, inference};

/// Splits a saved response into its status and its body.
fn response(file: &Path) -> (u16, Vec<u8>) {
    let bytes = fs::read(file).unwrap();
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), bytes[end + 4..].to_vec())
}

fn retries(advice: RetryAdvice) -> u32 {
    match advice {
        RetryAdvice::Backoff(backoff) | RetryAdvice::After { backoff, .. } => backoff.retries,
        _ => 0,
    }
}

#[test]
fn every_response_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/captures");
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    for wanted in manifest.as_array().unwrap() {
        let file = wanted["file"].as_str().unwrap();
        let (status, body) = response(&folder.join(file));
        assert_eq!(wanted["status"], status, "{file}");
        if status < 400 {
            // An error in a stream of events.
            let body = String::from_utf8(body).unwrap();
            let mut events = body.lines().filter_map(|line| line.strip_prefix("data: "));
            let error = events
                .find(|event| event.starts_with("{\"error\""))
                .map(inference::ApiError::read_event);
            let name = error.as_ref().and_then(inference::ApiError::name);
            assert_eq!(name.map(inference::ErrorName::as_str), wanted["event"].as_str(), "{file}");
            assert!(error.is_none_or(|error| error.message().is_some()), "{file}");
            continue;
        }
        let error = inference::ApiError::read(status, &body);
        let name = error.name().map(inference::ErrorName::as_str);
        assert_eq!(name, wanted["name"].as_str(), "{file}");
        assert_eq!(retries(error.retry_advice()), wanted["retries"], "{file}");
        let is_error = wanted["shape"] == "error";
        assert_eq!(error.matches(), is_error, "{file}");
        assert_eq!(error.message().is_some(), is_error, "{file}");
        let named = wanted["type"].as_str().filter(|name| *name != "None");
        assert_eq!(error.r#type(), named, "{file}");
        if error.name().is_none() {
            assert_eq!(error.retry_advice(), RetryAdvice::for_status(status), "{file}");
        }
    }
}

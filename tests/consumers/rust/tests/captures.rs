//! 224 responses of a real LiteLLM, of three versions, and of proxies before it: each has the entry
//! and the verdict that the status says, whatever its body is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tensorloop_errors::{Verdict, fallback, inference};

/// A response as it was saved: status, headers in lower case, body.
fn response(file: &Path) -> (u16, Vec<u8>) {
    let bytes = fs::read(file).unwrap();
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let end = |end: &&[u8]| {
        Some((bytes.windows(end.len()).position(|window| window == *end)?, end.len()))
    };
    let (at, length) = ends.iter().filter_map(end).min().unwrap();
    let head = String::from_utf8(bytes[..at].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, bytes[at + length..].to_vec())
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Never => "never",
        Verdict::Backoff(backoff) if backoff.retries == 1 => "once",
        Verdict::Backoff(_) => "backoff",
        Verdict::After { .. } => "after",
    }
}

#[test]
fn every_response_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/captures");
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let mut seen: BTreeMap<(&str, &str, bool), usize> = BTreeMap::new();
    let mut in_streams = 0;
    for one in manifest.as_array().unwrap() {
        let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        let file = format!("litellm-{}/{}.http", text("version"), text("name"));
        let (status, body) = response(&folder.join(&file));
        assert_eq!(one["status"], status, "{file}");
        if status < 400 {
            // An error within a stream of events.
            let body = String::from_utf8(body).unwrap();
            let mut events = body.lines().filter_map(|line| line.strip_prefix("data: "));
            if let Some(event) = events.find(|event| event.starts_with("{\"error\"")) {
                let error = inference::ApiError::read_event(event);
                assert!(error.code().is_some() && error.message().is_some(), "{file}: {event}");
                in_streams += 1;
            }
            continue;
        }
        let error = inference::ApiError::read(status, &body);
        assert_eq!(error.code(), inference::Code::from_status(status), "{file}");
        let is_error = one["shape"] == "error";
        assert_eq!(error.fits(), is_error, "{file}");
        assert_eq!(error.message().is_some(), is_error, "{file}");
        let named = one["type"].as_str().filter(|name| *name != "None");
        assert_eq!(error.r#type(), named, "{file}");
        if error.code().is_none() {
            assert_eq!(error.verdict(), fallback(status), "{file}");
        }
        let name = error.code().map_or("not listed", inference::Code::as_str);
        *seen.entry((name, verdict(error.verdict()), error.fits())).or_default() += 1;
    }
    let seen: Vec<_> = seen.into_iter().collect();
    assert_eq!(
        seen,
        [
            (("forbidden", "never", true), 4),
            (("internal_server_error", "once", true), 30),
            (("not listed", "backoff", false), 1),
            (("not listed", "never", false), 7),
            (("not listed", "never", true), 59),
            (("not_found", "never", false), 6),
            (("too_many_requests", "backoff", false), 1),
            (("too_many_requests", "backoff", true), 29),
            (("unauthorized", "never", true), 41),
            (("upstream_down", "backoff", false), 3),
            (("upstream_down", "backoff", true), 13),
        ]
    );
    assert_eq!(in_streams, 5);
}

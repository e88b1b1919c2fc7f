//! Tests that recordings of any kind are read, and that bodies are judged as packages read them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value as Json, json};

use super::finding::Finding;
use super::glance::Glance;
use super::recording::Body;
use super::{FileKind, Kind, Verifier};
use crate::catalog::include::top;
use crate::catalog::{Catalog, Set, text};
use crate::reading::{Item, Response};

fn load(file: &str) -> Catalog {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let set = Set::read(&file, &top(&file, None));
    set.and_then(Set::into_catalog).unwrap_or_else(|error| panic!("{error}"))
}

fn read(file: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// A verifier for each surface of the conformance catalog, by its id.
fn verifiers() -> BTreeMap<String, Verifier> {
    let catalog = || load("tests/conformance/bodies.yaml");
    let ids = catalog().surfaces.into_iter().filter_map(|surface| Some(surface.id?.value));
    let verifier = |id: String| {
        let mut catalog = catalog();
        catalog.surfaces.retain(|surface| text(surface.id.as_ref()) == Some(&id));
        (id, Verifier::new(vec![catalog.into()], &[], false).unwrap())
    };
    ids.map(verifier).collect()
}

/// The cases that packages have to read alike, with bodies that are text.
fn cases() -> Vec<(Json, String)> {
    let all: Json = serde_json::from_slice(&read("tests/conformance/bodies.json")).unwrap();
    let cases = all["cases"].as_array().unwrap().iter().filter(|case| case["hex"].is_null());
    let body =
        |case: &Json| case["body"].as_str().map_or_else(|| case["json"].to_string(), str::to_owned);
    let cases: Vec<(Json, String)> = cases.map(|case| (case.clone(), body(case))).collect();
    assert!(cases.len() >= 200, "{}", cases.len());
    cases
}

/// The first response of a recording.
fn first(verifier: &mut Verifier, recording: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    verifier
        .read("x", recording.as_bytes(), &mut |_, seen| found = seen.findings.to_vec())
        .unwrap();
    found
}

#[test]
fn a_version_without_a_status_begins_no_other_response() {
    for saved in ["HTTP/1.1 404 x\n\n{}\nHTTP/1.1\n404 x\n", "HTTP/1.1\r\n404", "HTTP/2\r404"] {
        assert_eq!(Response::read_all(saved.as_bytes()).len(), 1, "{saved:?}");
    }
}

#[test]
fn bodies_are_judged_as_packages_read_them() {
    let mut compared = 0;
    let mut verifiers = verifiers();
    for (case, body) in cases() {
        let id = case["surface"].as_str().unwrap();
        let Some(status) = case["status"].as_u64() else { continue };
        let verifier = verifiers.get_mut(id).unwrap();
        let about = format!("{id}: {}", case["about"]);
        let line = json!({"status": status, "body": body}).to_string();
        let found = first(verifier, &line);
        if status < 400 {
            if case["detected"] == true {
                assert_ne!(found[0].kind, Kind::NotAnError, "{about}");
            }
            continue;
        }
        let differs = found.iter().any(|finding| finding.mismatch.is_some());
        assert_eq!(differs, case["matches"] != true, "{about}: {found:?}");
        let surface = &verifier.catalogs[0].surfaces[0];
        if let Some(name) = case["name"].as_str() {
            let is_it = |finding: &Finding| match finding.item {
                Some(Item::Error(index)) => surface.errors[index].name() == Some(name),
                _ => false,
            };
            assert!(found.iter().any(is_it), "{about}: {found:?}");
        }
        compared += 1;
    }
    assert!(compared >= 150, "{compared}");
}

#[test]
fn a_body_that_was_judged_before_is_judged_the_same() {
    let line = |(case, body): (Json, String)| {
        // A body that is JSON is one in the recording too; a text that is the same JSON is another body.
        let json = serde_json::from_str::<Json>(&body);
        let bodies = [json.unwrap_or(Json::Null), Json::from(body)];
        let statuses = [case["status"].clone(), json!(429), json!(200)];
        let lines = statuses.iter().flat_map(|status| {
            bodies
                .iter()
                .map(move |body| json!({"status": status, "body": body}).to_string() + "\n")
        });
        lines.collect::<String>()
    };
    let lines: String = cases().into_iter().map(line).collect();
    let recording = lines.repeat(2);
    let judged = |mut verifier: Verifier| {
        let mut found = Vec::new();
        let each =
            &mut |_: &Verifier, seen: &mut super::Seen| found.push(format!("{:?}", seen.findings));
        verifier.read("x", recording.as_bytes(), each).unwrap();
        found
    };
    for (remembering, mut forgetting) in verifiers().into_values().zip(verifiers().into_values()) {
        forgetting.forget();
        assert_eq!(judged(remembering), judged(forgetting));
    }
}

#[test]
fn a_glance_never_misses_an_error() {
    let (mut passed, mut stopped) = (0, 0);
    let verifiers = verifiers();
    for (case, body) in cases() {
        let id = case["surface"].as_str().unwrap();
        let verifier = &verifiers[id];
        let response = Response::of(Some(200), body.clone().into_bytes());
        let found = verifier.findings(&verifier.wanted, &response, true);
        let text = Json::from(body.as_str()).to_string();
        let mut bodies = vec![Body::Saved(response), Body::Text(&text)];
        if serde_json::from_str::<Json>(&body).is_ok_and(|json| !json.is_string()) {
            bodies.push(Body::Json(&body));
        }
        let (likely, _) = verifier.glance.split(&verifier.wanted, body.as_bytes());
        assert!(!likely.is_empty() || case["matches"] != true, "{id}: {}", case["about"]);
        for own in bodies {
            let may_be = verifier.glance.may_be_error(&own);
            assert!(may_be || found.is_empty(), "{id}: {}: {found:?}", case["about"]);
            *(if may_be { &mut passed } else { &mut stopped }) += 1;
        }
    }
    assert!(passed > 100 && stopped > 100, "{passed} {stopped}");
}

/// Surfaces that are not read, because the body can't have their shape, would not have been chosen.
#[test]
fn surfaces_that_are_left_out_change_nothing() {
    let of = |catalog: &str| Verifier::new(vec![load(catalog).into()], &[], false).unwrap();
    let mut read_less = 0;
    for catalog in ["tests/conformance/bodies.yaml", "tests/it/verify/api.yaml"] {
        let (verifier, mut plain) = (of(catalog), of(catalog));
        plain.glance = Glance::of(&[]);
        for (case, body) in cases() {
            let (likely, others) = verifier.glance.split(&verifier.wanted, body.as_bytes());
            read_less += usize::from(!likely.is_empty() && !others.is_empty());
            for status in [400, 404, 429, 503] {
                let response = Response::of(Some(status), body.clone().into_bytes());
                let [own, all] = [&verifier, &plain].map(|verifier| {
                    format!("{:?}", verifier.findings(&verifier.wanted, &response, false))
                });
                assert_eq!(own, all, "{catalog}, {status}: {}", case["about"]);
            }
        }
    }
    assert!(read_less > 100, "{read_less}");
}

/// One change to a recording.
#[derive(Clone, Debug)]
enum Change {
    Byte(usize, u8),
    Cut(usize),
    Remove(usize, usize),
    Insert(usize, &'static str),
    Repeat(usize, usize),
}

const PIECES: &[&str] = &[
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    "\r\n\r\n",
    "null",
    "\"log\"",
    "HTTP/1.1 404 X\n\n",
    "data: ",
    "\u{feff}",
    "\0",
    "\\ud800",
    "\\u0000",
    "1e999",
    "-0",
    "\u{202e}",
    "\"status\":",
    "\"error\":",
    "Content-Length: 9\n",
    "Transfer-Encoding: chunked\n",
    "ffffffffffffffff\r\n",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        at().prop_map(Change::Cut),
        (at(), 0..200_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (at(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (at(), 0..200_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |at: &usize| at % (bytes.len() + 1);
    match change {
        Change::Byte(at, byte) => {
            let at = place(at);
            if let Some(own) = bytes.get_mut(at) {
                *own = *byte;
            }
        }
        Change::Cut(at) => bytes.truncate(place(at)),
        Change::Remove(at, length) => {
            let at = place(at);
            let end = (at + length).min(bytes.len());
            bytes.drain(at..end);
        }
        Change::Insert(at, piece) => {
            let at = place(at);
            bytes.splice(at..at, piece.bytes());
        }
        Change::Repeat(at, length) => {
            let at = place(at);
            let part = bytes[at..(at + length).min(bytes.len())].to_vec();
            bytes.splice(at..at, part);
        }
    }
}

/// Recordings in each format, each with errors that are documented and others.
fn recordings() -> Vec<Vec<u8>> {
    let lines = read("tests/it/verify/litellm-1.100.5.ndjson");
    let lines: Vec<&[u8]> = lines.split(|byte| *byte == b'\n').take(60).collect();
    let entries = lines.iter().filter_map(|line| serde_json::from_slice::<Json>(line).ok());
    let entries: Vec<Json> = entries
        .map(|line| {
            let content = json!({"text": line["body"].to_string(), "size": 9});
            json!({"request": {"url": "https://x.dev/a"}, "response": {"status": line["status"], "content": content}})
        })
        .collect();
    let captures = "tests/conformance/captures/litellm-1.100.5";
    let saved = ["stream_sse-err.wire", "upstream_500", "edge_nginx_413_body_too_large"];
    let saved = saved.map(|name| read(&format!("{captures}/{name}.http")));
    vec![
        json!({"log": {"entries": entries}}).to_string().into_bytes(),
        lines.join(&b'\n'),
        saved.concat(),
        saved[0].clone(),
        b"data: {\"id\":1}\n\ndata: {\"error\":{\"message\":\"m\",\"code\":\"500\"}}\n\n".to_vec(),
    ]
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a longer run is asked for in the environment")]
fn no_change_to_a_recording_makes_errcat_fail() {
    let cases = std::env::var("ERRCAT_CASES").map_or(500, |cases| cases.parse().unwrap());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let inputs = (prop::sample::select(recordings()), prop::collection::vec(change(), 0..5));
    let catalog = load("catalog/tensorloop.yaml");
    let verifier = RefCell::new(Verifier::new(vec![catalog.into()], &[], true).unwrap());
    proptest!(config, |((recording, changes) in inputs)| {
        let mut bytes = recording;
        for change in &changes {
            apply(&mut bytes, change);
        }
        let mut verifier = verifier.borrow_mut();
        let before = verifier.report().all();
        let mut told = 0;
        let kind = verifier.read("x", bytes.as_slice(), &mut |verifier, seen| {
            let source = (seen.source)();
            let (first, others) = seen.findings.split_first().expect("each response is something");
            let facts = verifier.facts(first, others, &source, 1);
            assert!(!facts.message.is_empty());
            told += 1;
        });
        // Only a file that is named as no recording, and a HAR without entries, may give no finding.
        let is_har = bytes.first() == Some(&b'{');
        prop_assert!(told > 0 || is_har || matches!(kind, Ok(FileKind::Other(_))));
        prop_assert_eq!(verifier.report().all(), before + told);
    });
}

//! Tests that bodies are recognized as `tests/conformance` says, and that packages read them the same way.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value as Json, json};

use super::Explainer;
use super::advice::Advice;
use crate::catalog::body::Step;
use crate::catalog::include::top;
use crate::catalog::retry::{RetryAdvice, advice, fallback};
use crate::catalog::{Catalog, Entry, Set, Surface, text};
use crate::reading::runtime::parse_retry_after;
use crate::reading::{Occurrence, Recognized, recognize};
use crate::render::templates::Templates;

fn load(file: &Path) -> Catalog {
    let set = Set::read(file, &top(file, None));
    set.and_then(Set::into_catalog).unwrap_or_else(|error| panic!("{error}"))
}

/// What is read from a body, in the terms of `tests/conformance/README.md`.
fn read(catalog: &Catalog, id: &str, status: Option<u16>, body: &[u8]) -> Json {
    let own = |surface: &&Surface| surface.id.as_ref().is_some_and(|own| own.value == id);
    let surface = catalog.surfaces.iter().find(own).unwrap_or_else(|| panic!("no surface {id}"));
    let Recognized { mismatch, text, main, errors, is_error, advice: all, .. } =
        recognize(catalog, surface, status, body);
    let has_list = surface.shape.code().is_some_and(|code| code.path.contains(&Step::Element));
    let each = |one: &Occurrence| {
        let entry = one.entry.and_then(|index| surface.errors.get(index));
        let own = entry
            .map_or_else(|| fallback(catalog, one.status), |it| advice(catalog, it, one.status));
        said(surface, one, own)
    };
    let errors: Vec<Json> =
        if has_list { errors.iter().map(each).collect() } else { vec![each(&main)] };
    let mut line = said(surface, &main, all);
    line["matches"] = json!(mismatch.is_none());
    line["errors"] = json!(errors);
    line["text"] = json!(text);
    line["detected"] = json!(status.is_some() && is_error);
    line
}

fn said(surface: &Surface, one: &Occurrence, advice: Option<RetryAdvice>) -> Json {
    let entry = one.entry.and_then(|index| surface.errors.get(index));
    let params = one.values.iter().map(|(name, value)| (name.clone(), json!(value)));
    let params: Map<String, Json> = params.collect();
    let (kind, after, backoff) = match advice {
        None | Some(RetryAdvice::Never) => ("never", None, None),
        Some(RetryAdvice::Backoff(backoff)) => ("backoff", None, Some(backoff)),
        Some(RetryAdvice::After(after, backoff)) => ("after", Some(after), Some(backoff)),
    };
    let backoff = backoff.map(|it| [it.initial, it.max, it.factor, it.retries]);
    let numbers = after.into_iter().chain(backoff.into_iter().flatten());
    let advice: String = numbers.fold(kind.to_owned(), |all, number| format!("{all} {number}"));
    json!({
        "code": one.code,
        "name": entry.and_then(Entry::name),
        "status": one.status,
        "params": params,
        "advice": advice,
    })
}

/// The parts of a line that a case says, and all that it leaves out.
fn expected(case: &Json) -> Json {
    let one = |own: &Json, status: &Json| {
        let or = |field: &str, other: Json| own.get(field).cloned().unwrap_or(other);
        json!({
            "code": own["code"], "name": own["name"], "status": status,
            "params": or("params", json!({})), "advice": or("advice", json!("never")),
        })
    };
    let status = if case["status"].is_null() { &case["readStatus"] } else { &case["status"] };
    let mut line = one(case, status);
    let each = |error: &Json| one(error, &error["status"]);
    line["errors"] = match case["errors"].as_array() {
        Some(errors) => errors.iter().map(each).collect(),
        None => json!([line]),
    };
    line["matches"] = json!(case["matches"] == true);
    line["text"] = case["text"].clone();
    let is_error = case["status"].as_u64().is_some_and(|status| status >= 400);
    line["detected"] = case.get("detected").cloned().unwrap_or(json!(is_error));
    line
}

/// Equal numbers alike, and of the advice only its kind.
fn comparable(line: &Json) -> Json {
    match line {
        Json::Number(number) => json!(number.as_f64()),
        Json::Array(elements) => elements.iter().map(comparable).collect(),
        Json::Object(members) => members
            .iter()
            .map(|(key, value)| match value {
                Json::String(advice) if key == "advice" => {
                    (key.clone(), json!(advice.split(' ').next()))
                }
                _ => (key.clone(), comparable(value)),
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

fn unhex(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn status(input: &Json) -> Option<u16> {
    input["status"].as_u64().map(|status| u16::try_from(status).unwrap())
}

#[test]
fn each_case_is_recognized() {
    let catalog = load(&folder().join("bodies.yaml"));
    for case in cases() {
        let id = case["surface"].as_str().unwrap();
        let line = comparable(&read(&catalog, id, status(&case), &body(&case)));
        assert_eq!(line, comparable(&expected(&case)), "{id}: {}", case["about"]);
    }
}

/// What an answer says to do now is what packages do about the response.
#[test]
fn each_answer_has_the_advice_of_the_packages() {
    let mut compared = 0;
    for case in cases() {
        let (Some(status @ 400..), id) = (status(&case), case["surface"].as_str()) else {
            continue;
        };
        let mut catalog = load(&folder().join("bodies.yaml"));
        catalog.surfaces.retain(|surface| text(surface.id.as_ref()) == id);
        let surface = &catalog.surfaces[0];
        let own = recognize(&catalog, surface, Some(status), &body(&case));
        let wanted = json!(Advice::of(own.advice, own.wait));
        let explainer = Explainer::new(vec![catalog.into()], Templates::read(None).unwrap());
        let saved = [format!("HTTP/1.1 {status} x\n\n").into_bytes(), body(&case)].concat();
        let answer = explainer.response(&saved, Duration::ZERO).to_json();
        let answer: Json = serde_json::from_str(&answer).unwrap();
        let about = format!("{id:?}: {}: {answer:#}", case["about"]);
        assert_eq!(answer["advice"], wanted, "{about}");
        for found in answer["found"].as_array().unwrap() {
            assert_eq!(found["reading"]["advice"], wanted, "{about}");
        }
        let kind = case.get("advice").and_then(Json::as_str).unwrap_or("never");
        assert_eq!(answer["advice"]["retryable"], kind != "never", "{about}");
        compared += 1;
    }
    assert!(compared >= 150, "{compared}");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

fn cases() -> Vec<Json> {
    let cases = fs::read_to_string(folder().join("bodies.json")).unwrap();
    let mut cases: Json = serde_json::from_str(&cases).unwrap();
    let cases = cases["cases"].as_array_mut().map(std::mem::take).unwrap();
    assert!(cases.len() >= 200);
    cases
}

fn body(case: &Json) -> Vec<u8> {
    match (case["body"].as_str(), case["hex"].as_str()) {
        (Some(body), _) => body.as_bytes().to_owned(),
        (_, Some(hex)) => unhex(hex),
        (None, None) => case["json"].to_string().into_bytes(),
    }
}

/// A reader like those of the packages: `tests/conformance/README.md`.
#[test]
#[ignore = "tests/conformance/readers/compare.mjs runs it, with the inputs in a file"]
#[allow(clippy::disallowed_methods, reason = "it is a program of its own")]
fn inputs_are_answered() {
    let [folder, inputs, answers] = ["ERRCAT_FOLDER", "ERRCAT_INPUTS", "ERRCAT_ANSWERS"]
        .map(|name| env::var(name).unwrap_or_else(|_| panic!("{name} is not set")));
    let mut catalogs: BTreeMap<String, Catalog> = BTreeMap::new();
    let mut lines = String::new();
    for input in fs::read_to_string(inputs).unwrap().lines() {
        let input: Json = serde_json::from_str(input).unwrap();
        let line = if let Some(headers) = input["headers"].as_object() {
            let header = |name: &str| headers.get(name).and_then(Json::as_str);
            let now = Duration::from_millis(input["nowMs"].as_u64().unwrap());
            let wait = parse_retry_after(header("retry-after-ms"), header("retry-after"), now);
            json!({"waitMs": wait.map(|wait| u64::try_from(wait.as_millis()).unwrap())})
        } else {
            let name = input["catalog"].as_str().unwrap();
            let file = Path::new(&folder).join(name).with_extension("yaml");
            let catalog = catalogs.entry(name.to_owned()).or_insert_with(|| load(&file));
            let body = unhex(input["hex"].as_str().unwrap());
            read(catalog, input["surface"].as_str().unwrap(), status(&input), &body)
        };
        lines += &format!("{line}\n");
    }
    fs::write(answers, lines).unwrap();
}

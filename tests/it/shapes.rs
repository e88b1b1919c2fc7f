//! The catalogs of `errcat init --shape`: they have no problems, every target can be made of them, and
//! their samples are the examples that the standards print.
//!
//! `shapes/SHAPE__CODE.http` is an example of a standard or its API: RFC 9457 section 3, JSON:API 1.1
//! "Error Objects", AIP-193, and OpenAI's API. Codes are our own, and two members are added that these
//! examples leave out: `status` for RFC 9457, and `code` and `status` for JSON:API.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::{Repo, files_below, root};

const SHAPES: [&str; 4] = ["problem", "openai", "google", "jsonapi"];

/// An empty folder in which errcat was started with a shape.
fn started(shape: &str) -> Repo {
    let repo = Repo::new();
    let said = repo.ok(&["init", "--shape", shape]).stderr;
    assert_eq!(said, "wrote errors.yaml\nwrote errcat.yaml\nnext: errcat generate\n");
    repo
}

#[test]
fn every_target_is_made_of_every_shape() {
    for shape in SHAPES {
        let repo = started(shape);
        repo.ok(&["generate"]);
        assert_eq!(repo.ok(&["generate", "--check", "-q"]).to_string(), "exit: 0\n");
        let listed = repo.ok(&["templates", "list"]).stdout;
        let targets = listed.lines().filter(|line| line.contains("(built-in)"));
        for target in targets.filter_map(|line| line.split_whitespace().next()) {
            let arguments = ["generate", "--catalog", "errors.yaml", "--out-root", "all"];
            repo.ok(&[&arguments[..], &["--target", target]].concat());
            assert!(repo.path("all").join(target).exists(), "{shape}: {target}");
        }
    }
}

#[test]
fn a_shape_gets_the_name_of_the_product() {
    for shape in SHAPES {
        let repo = Repo::new().file("package.json", "{\"name\": \"shop\"}");
        repo.ok(&["init", "--shape", shape]);
        repo.ok(&["lint"]);
        let catalog = repo.read("errors.yaml");
        assert!(catalog.contains("product: \"Shop\" #"), "{catalog}");
        assert!(catalog.contains("the Shop API") && !catalog.contains("Acme API"), "{catalog}");
    }
}

#[test]
fn the_samples_are_those_of_the_standards_and_such_responses_are_recognized() {
    let folder = root().join("tests/it/shapes");
    let files = files_below(&folder);
    for shape in SHAPES {
        assert!(files.iter().any(|file| file.starts_with(&format!("{shape}__"))), "{shape}");
    }
    for file in &files {
        let (shape, name) = file.strip_suffix(".http").unwrap().split_once("__").unwrap();
        let repo = started(shape);
        repo.ok(&["generate", "--target", "json"]);
        let catalog: Value =
            serde_json::from_str(&repo.read("generated/json/catalog.json")).unwrap();
        let surface = &catalog["surfaces"][0];
        let errors = surface["errors"].as_array().unwrap();
        let is_it = |error: &&Value| error["code"] == name || error["name"] == name;
        let error = errors.iter().find(is_it).unwrap_or_else(|| panic!("{shape} lacks {name}"));

        let response = fs::read_to_string(folder.join(file)).unwrap();
        let (head, body) = response.split_once("\n\n").unwrap();
        let media_type = surface["shape"]["media_type"].as_str().unwrap();
        assert!(head.contains(&format!("Content-Type: {media_type}")), "{file}: {media_type}");
        let body: Value = serde_json::from_str(body).unwrap();
        let absent = &surface["shape"]["absent"];
        assert_eq!(error["body"], as_a_sample(body, absent.as_array().unwrap()), "{file}");

        let mut command = repo.command(&["explain", "-", "--format", "json"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(response.as_bytes()).unwrap();
        let answer: Value =
            serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
        assert_eq!(answer["outcome"], "found", "{file}: {answer:#}");
        let reading = &answer["found"][0]["reading"];
        assert_eq!(answer["found"][0]["error"]["name"], error["name"], "{file}: {answer:#}");
        assert_ne!(reading["by"], "status_alone", "{file}: {answer:#}");
    }
}

/// A body as samples show it: one element of each list, and no member that says nothing.
fn as_a_sample(body: Value, absent: &[Value]) -> Value {
    match body {
        Value::Array(items) => {
            items.into_iter().take(1).map(|item| as_a_sample(item, absent)).collect()
        }
        Value::Object(members) => {
            let told = members
                .into_iter()
                .filter(|(_, value)| !value.is_null() && !absent.contains(value));
            told.map(|(key, value)| (key, as_a_sample(value, absent))).collect()
        }
        other => other,
    }
}

//! Catalogs of public APIs say what these APIs send, without bending it.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{Repo, files_below, root};

#[test]
fn catalogs_of_public_apis_have_no_problems() {
    let folder = root().join("tests/it/real");
    let mut catalogs = files_below(&folder);
    catalogs.retain(|file| !file.starts_with("responses/") && file != "README.md");
    assert!(catalogs.len() >= 23, "{catalogs:?}");
    for file in &catalogs {
        let repo = Repo::new().file(file, fs::read_to_string(folder.join(file)).unwrap());
        repo.lint(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}

/// `tests/conformance/readers` compares how packages read these responses.
#[test]
fn responses_of_public_apis_are_explained() {
    let folder = root().join("tests/it/real");
    let expected = fs::read_to_string(folder.join("responses/expected.tsv")).unwrap();
    let mut compared = 0;
    for row in expected.lines().skip(1) {
        let [file, surface, what, _] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let catalog = folder.join(file.split("__").next().unwrap()).with_extension("yaml");
        let answer = explain(&catalog, &fs::read(folder.join("responses").join(file)).unwrap());
        let found = answer["found"].as_array().unwrap();
        let is_it = |one: &&Value| {
            let error = &one["error"];
            let is_number = what.parse().is_ok_and(|number: i64| error["code"] == number);
            let is_it = is_number || error["code"] == what || error["name"] == what;
            one["surface"] == surface && is_it
        };
        let outcome = answer["outcome"].as_str().unwrap();
        let is_right = match what {
            "?" => true,
            // The status alone is a guess.
            "-" => found.iter().all(|one| {
                ["status_alone", "unknown_code", "unknown_status"]
                    .contains(&one["reading"]["by"].as_str().unwrap())
            }),
            "none" => outcome == "not_an_error",
            _ => outcome == "found" && found.iter().any(|one| is_it(&one)),
        };
        assert!(is_right, "{file} is {what}: {answer:#}");
        compared += 1;
    }
    assert_eq!(compared, 33);
}

/// What `errcat explain -` says about a response.
fn explain(catalog: &std::path::Path, response: &[u8]) -> Value {
    let mut child = Command::new(env!("CARGO_BIN_EXE_errcat"))
        .args(["explain", "-", "--format", "json", "--catalog"])
        .arg(catalog)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(response).unwrap();
    serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap()
}

//! `errcat init --from`: what documents of real APIs become, that every result loads, and that broken, huge
//! and hostile documents end in a message with nothing written.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value as Json;

use crate::{Ran, Repo, root};

/// Imports a document, in a repo with nothing else.
fn import(name: &str, text: impl AsRef<[u8]>) -> (Repo, Ran) {
    let repo = Repo::new().file(name, text);
    let ran = repo.run(&["init", "--from", name]);
    (repo, ran)
}

/// The errors of an imported catalog.
fn errors(repo: &Repo) -> Vec<Json> {
    let catalog: Json = serde_yaml::from_str(&repo.read("errors.yaml")).unwrap();
    let surfaces = catalog["surfaces"].as_array().unwrap();
    surfaces.iter().flat_map(|surface| surface["errors"].as_array().unwrap().clone()).collect()
}

/// One field of each error.
fn field(repo: &Repo, name: &str) -> Vec<Json> {
    errors(repo).iter().map(|error| error[name].clone()).collect()
}

/// The message about a document that is refused, with nothing written.
fn refusal(name: &str, text: impl AsRef<[u8]>) -> String {
    let (repo, ran) = import(name, text);
    assert_eq!(ran.status, 2, "{name}: {ran}");
    assert!(!repo.path("errors.yaml").exists() && !repo.path("errcat.yaml").exists(), "{name}");
    ran.stderr
}

/// Excerpts of real documents, and documents like them. The snapshots show what a person gets, and what
/// `errcat lint` asks for next.
#[test]
fn documents_become_what_a_person_would_write() {
    let folder = root().join("tests/it/import");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().flatten().collect();
    names.sort_by_key(fs::DirEntry::file_name);
    assert!(names.len() >= 14, "{names:?}");
    for entry in names {
        let name = entry.file_name().into_string().unwrap();
        let text = fs::read(entry.path()).unwrap();
        let (repo, ran) = match name.as_str() {
            "semicolon.csv" => {
                let repo = Repo::new().file(&name, &text);
                let columns = ["code=Nummer", "meaning=Bedeutung", "fix=Was tun"];
                let columns = columns.iter().flat_map(|column| ["--column", column]);
                let arguments: Vec<&str> =
                    ["init", "--from", &name].into_iter().chain(columns).collect();
                let ran = repo.run(&arguments);
                (repo, ran)
            }
            _ => import(&name, &text),
        };
        assert_eq!(ran.status, 0, "{name}: {ran}");
        let lint = repo.run(&["lint", "--max", "1"]);
        let is_whole = lint.status == 0;
        assert_eq!(repo.run(&["generate", "-q"]).status, i32::from(!is_whole), "{name}");
        let shown = format!("{}\n{}\n{lint}", ran.stderr, repo.read("errors.yaml"));
        insta::assert_snapshot!(format!("import of {name}"), shown);
    }
}

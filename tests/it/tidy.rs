//! The source keeps its own rules, those that no compiler checks.

use std::fs;
use std::process::Command;

use crate::{files_below, root};

/// The stages in the order of the data: a module uses those before it, never those after it.
const STAGES: &[&str] = &[
    "chars",
    "records",
    "suggest",
    "yaml",
    "diagnostic",
    "error",
    "fields",
    "input",
    "ident",
    "catalog",
    "lint",
    "render",
    "write",
    "cargo",
    "target",
    "config",
    "depfile",
    "generator",
    "rules",
    "schema",
    "reference",
    "stages",
    "response",
    "server_wait",
    "recognize",
    "explain",
    "cli",
];

fn sources() -> Vec<(String, String)> {
    let files = files_below(&root().join("src"))
        .into_iter()
        .filter(|file| file.rsplit_once('.').is_some_and(|(_, extension)| extension == "rs"));
    files
        .into_iter()
        .map(|file| (file.clone(), fs::read_to_string(root().join("src").join(file)).unwrap()))
        .collect()
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    for (file, text) in sources() {
        let docs = text.lines().take_while(|line| line.starts_with("//!")).count();
        // The library's are the first page of its documentation.
        let most = if file == "lib.rs" { 50 } else { 12 };
        assert!((1..=most).contains(&docs), "src/{file}: {docs} lines of module docs");
        let words: String = text.lines().take(docs).map(|line| line.replace("//!", "")).collect();
        let is_map = ["lib.rs", "main.rs"].contains(&file.as_str());
        assert!(
            is_map || words.contains("Never ") || words.contains(" never "),
            "src/{file} does not say what it never does"
        );
        let lines = text.lines().count();
        assert!(lines <= 450, "src/{file} has {lines} lines: split it by job");
    }
}

#[test]
fn data_flows_one_way() {
    for (file, text) in sources() {
        let module = file.split(['/', '.']).next().unwrap();
        let Some(own) = STAGES.iter().position(|stage| *stage == module) else {
            assert!(["lib", "main"].contains(&module), "add `{module}` to the stages");
            continue;
        };
        for line in text.lines() {
            let Some(used) = line.trim().strip_prefix("use crate::") else { continue };
            let several =
                used.strip_prefix('{').map(|used| used.trim_end_matches("};").split(", "));
            let used: Vec<&str> = several.map_or_else(|| vec![used], Iterator::collect);
            for used in used {
                let used = used.split([':', ';', ' ']).next().unwrap();
                let stage = STAGES.iter().position(|stage| *stage == used);
                let stage = stage.unwrap_or_else(|| panic!("{file}: {line}"));
                assert!(stage <= own, "src/{file} uses `{used}`, which comes after it");
            }
        }
    }
}

#[test]
fn every_snapshot_has_a_test_and_every_file_of_tests_is_listed() {
    let tests = root().join("tests/it");
    let main = fs::read_to_string(tests.join("main.rs")).unwrap();
    for entry in fs::read_dir(&tests).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") {
            assert!(main.contains(&format!("mod {module};")), "{name} is not compiled");
            assert!(main.contains(&format!("| `{module}` |")), "{name} is not in the table");
        }
    }
    for file in files_below(&tests) {
        assert!(!file.ends_with(".snap.new"), "{file}: a snapshot nobody accepted");
        let Some(name) = file.strip_prefix("snapshots/it__") else { continue };
        let module = name.split("__").next().unwrap();
        assert!(main.contains(&format!("mod {module};")), "{file} is of no test");
        if let Some(fixture) =
            name.split_once('@').map(|(_, fixture)| fixture.strip_suffix(".snap").unwrap())
        {
            let folders = ["config", "lint", "load"];
            let exists = folders.iter().any(|folder| tests.join(folder).join(fixture).exists());
            assert!(exists, "{file} is of no fixture");
        }
    }
}

#[test]
fn templates_and_outputs_have_no_stray_space() {
    for folder in ["templates", "generated"] {
        for file in files_below(&root().join(folder)) {
            let text = fs::read_to_string(root().join(folder).join(&file)).unwrap();
            assert!(!text.contains('\r') && !text.contains('\t'), "{folder}/{file}");
            for (number, line) in text.lines().enumerate() {
                assert_eq!(line, line.trim_end(), "{folder}/{file}:{}", number + 1);
            }
            assert!(
                text.ends_with('\n') && !text.ends_with("\n\n"),
                "{folder}/{file} does not end with one line break"
            );
        }
    }
}

/// Not as the rest of errcat, since it is part of crates that people format.
#[test]
fn the_rust_runtime_is_formatted_as_generated_crates_are() {
    let folder = root().join("templates/_runtime/rust");
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2021", "--config-path"]);
    rustfmt.arg(root().join("generated/rust/rustfmt.toml"));
    let files = files_below(&folder);
    assert!(files.len() >= 10, "{files:?}");
    rustfmt.args(files.iter().map(|file| folder.join(file)));
    let output = rustfmt.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

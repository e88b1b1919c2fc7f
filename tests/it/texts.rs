//! Text never becomes code: the hostile catalogs are made here, and what they must become is
//! checked as far as Rust's own parsers go. tests/run compiles the crate, and the Node and Python
//! projects read the rest of what this leaves below target/tmp/hostile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::{Ran, Repo, fixture, shown};

const TARGETS: &[&str] =
    &["json", "markdown", "openapi", "rust", "typescript", "typescript-module"];

/// A folder of catalogs and their outputs, where the other projects of the tests find them.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name)
}

/// Makes every built-in target of some catalogs, each in a folder of its name.
fn generate(folder: &Path, catalogs: &[(String, Value)]) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    let mut outputs = Vec::new();
    for (name, catalog) in catalogs {
        let file = format!("{name}.yaml");
        fs::write(folder.join(&file), fixture::written(catalog)).unwrap();
        for target in TARGETS {
            let out = format!("{name}/{target}");
            outputs.push(json!({"catalog": file, "target": target, "out": out}));
        }
        outputs.push(json!({
            "catalog": file, "target": "markdown", "out": format!("{name}/frontmatter"),
            "options": {"frontmatter": true},
        }));
    }
    let config = json!({"errcat": 1, "outputs": outputs});
    fs::write(folder.join("errcat.yaml"), config.to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_errcat"));
    let ran =
        Ran::from(command.args(["generate", "--quiet"]).current_dir(folder).output().unwrap());
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    for (name, _) in catalogs {
        shown::write(&folder.join(name));
    }
}

/// The catalog of all texts and codes, and the catalog of texts mixed from pieces of markup.
#[test]
fn the_hostile_catalogs_are_generated() {
    let folder = folder("catalog");
    let catalog = fixture::catalog();
    let surfaces = catalog["surfaces"].as_array().unwrap();
    let ids: Vec<&str> = surfaces.iter().map(|surface| surface["id"].as_str().unwrap()).collect();
    let errors = surfaces.iter().map(|surface| surface["errors"].as_array().unwrap().len());
    assert!(errors.sum::<usize>() > 600 && ids.len() > 40);
    generate(&folder, &[("all".into(), catalog.clone()), ("mixed".into(), fixture::mixed())]);
    // What the Rust project that reads the crate is to test, and what makes the crate one's own.
    let list: Vec<String> = ids.iter().map(|id| format!("surface!({id}, \"{id}\");\n")).collect();
    fs::write(folder.join("surfaces.rs"), list.concat()).unwrap();
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nmembers = [\"all/rust\", \"mixed/rust\"]\nresolver = \"2\"\n",
    )
    .unwrap();

    // The OpenAPI document says the body of each error, by one YAML parser more.
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    let document: Value = serde_yaml::from_str(&read("all/openapi/errors.openapi.yaml")).unwrap();
    let resolved: Value = serde_json::from_str(&read("all/json/catalog.json")).unwrap();
    let examples = document["components"]["examples"].as_object().unwrap();
    for (surface, written) in resolved["surfaces"].as_array().unwrap().iter().zip(surfaces) {
        let errors = surface["errors"].as_array().unwrap();
        for (error, written) in errors.iter().zip(written["errors"].as_array().unwrap()) {
            for field in ["meaning", "fix"] {
                assert_eq!(error[field], written[field]);
            }
            let of_error = |example: &&Value| {
                example["value"] == error["body"] && example["summary"] == error["meaning"]
            };
            assert!(examples.values().any(|example| of_error(&example)), "{}", error["name"]);
        }
    }
}

/// A small catalog a text, in whose every field it stands, by the parsers of the manifests.
#[test]
fn a_text_in_every_field_is_read_back_from_each_manifest() {
    let folder = folder("pages");
    let texts = fixture::accepted();
    let pages: Vec<(String, Value)> = texts
        .iter()
        .enumerate()
        .map(|(i, text)| (format!("p{i}"), fixture::page_of(text)))
        .collect();
    generate(&folder, &pages);
    for (i, text) in texts.iter().enumerate() {
        let read = |path: &str| fs::read_to_string(folder.join(format!("p{i}/{path}"))).unwrap();
        let manifest: toml::Table = read("rust/Cargo.toml").parse().unwrap();
        let package = manifest["package"].as_table().unwrap();
        let description = package["description"].as_str().unwrap();
        assert!(description == text || description.strip_suffix('.') == Some(text), "{text}");
        assert_eq!(package["license"].as_str(), Some(text.as_str()));
        let name = package["name"].as_str().unwrap();
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        // npm takes at most 214 letters, and file systems 255 with what Cargo adds.
        assert!(name.len() <= 214, "{name}");
        assert!(name.chars().all(is_name), "{name}");
        let package: Value = serde_json::from_str(&read("typescript/package.json")).unwrap();
        assert_eq!([&package["description"], &package["license"]], [text; 2]);
        assert!(package["name"].as_str().unwrap().chars().all(is_name));
        let document: Value = serde_yaml::from_str(&read("openapi/errors.openapi.yaml")).unwrap();
        assert_eq!(document["info"]["title"], format!("{text}: {text}"));
        assert_eq!(document["info"]["contact"]["name"], *text);
        assert_eq!(document["info"]["license"]["name"], *text);
        // In the crate, texts of the catalog are in comments and strings alone.
        for file in ["lib", "api"] {
            syn::parse_file(&read(&format!("rust/src/{file}.rs"))).unwrap();
        }
    }
}

/// Names are no catalog text, but stand beside it: that of the file in the header, that of a package
/// wherever it is named.
#[test]
fn names_of_files_and_packages_do_not_act() {
    let file = "a'\"*>--> {{ b }} ](c) $(d) `e` #.yaml";
    let name = "f\"; '*/ {{ g }} `h` </script>\n# i";
    let outputs: Vec<Value> = TARGETS
        .iter()
        .map(|target| {
            let has_name = ["rust", "typescript"].contains(target);
            let options = if has_name { json!({"name": name}) } else { json!({}) };
            json!({"catalog": file, "target": target, "out": target, "options": options})
        })
        .collect();
    let repo = Repo::new()
        .file(file, fixture::written(&fixture::page_of("A text")))
        .file("errcat.yaml", json!({"errcat": 1, "outputs": outputs}).to_string());
    repo.ok(&["generate"]);
    let header =
        "Code generated by errcat from a____--_ __ b __ __c_ __d_ _e_ _.yaml. DO NOT EDIT.";
    for (path, comment) in [
        ("rust/src/lib.rs", "// "),
        ("rust/src/api.rs", "// "),
        ("rust/Cargo.toml", "# "),
        ("typescript/index.js", "// "),
        ("typescript/index.d.ts", "// "),
        ("typescript-module/errors.ts", "// "),
        ("openapi/errors.openapi.yaml", "# "),
    ] {
        assert_eq!(repo.read(path).lines().next().unwrap(), format!("{comment}{header}"), "{path}");
    }
    assert_eq!(
        repo.read("markdown/errors.md").lines().nth(2).unwrap(),
        format!("[//]: # ({header})")
    );
    let manifest: toml::Table = repo.read("rust/Cargo.toml").parse().unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some(name));
    let package: Value = serde_json::from_str(&repo.read("typescript/package.json")).unwrap();
    assert_eq!(package["name"], name);
    syn::parse_file(&repo.read("rust/src/lib.rs")).unwrap();
    for page in ["rust/README.md", "typescript/README.md"] {
        let page = repo.read(page);
        assert_eq!(page.matches('\n').count(), page.lines().count(), "a line more");
        assert!(!page.contains("{{") && !page.contains("\n# i"), "{page}");
    }
}

/// Every place of a one-line text, a line each.
const PLACES: &str = "\
errcat: 1
product: TEXT
version: 1.0.0
title: TEXT
intro: TEXT
license: TEXT
contact: {name: TEXT}
tags: {a: TEXT}
surfaces:
  - id: api
    title: TEXT
    intro: TEXT
    shape:
      intro: TEXT
      body: {error: <code>, a?: <a>, b?: <b>}
    errors:
      - code: broken
        status: 400
        meaning: TEXT
        fix: TEXT
        retryable: false
        params:
          a: TEXT
          b: {meaning: TEXT}
        deprecated: {note: TEXT}
    retired:
      - {code: gone, note: TEXT}
";

/// Each in each place: the finding is there, and names the character or what is wrong.
#[test]
fn every_refused_text_is_a_finding_at_its_place() {
    let repo = Repo::new();
    for text in fixture::refused() {
        repo.put("errors.yaml", PLACES.replace("TEXT", &escaped(&text)));
        let ran = repo.run(&["lint", "--format", "json", "errors.yaml"]);
        assert_eq!(ran.status, 1, "{text:?}");
        let findings: Vec<Value> =
            ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (index, place) in PLACES.lines().enumerate().filter(|(_, line)| line.contains("TEXT")) {
            let here = || findings.iter().filter(|finding| finding["line"] == index + 1);
            assert!(here().count() > 0, "{text:?} in {place}: {}", ran.stdout);
            let Some(c) = text.chars().find(|&c| acts(c)) else { continue };
            let name = format!("U+{:04X}", c as u32);
            let names_it = |one: &Value| {
                one["rule"] == "control-character"
                    && one["message"].as_str().unwrap().contains(&name)
            };
            assert!(here().any(names_it), "{name} in {place}: {}", ran.stdout);
        }
    }
}

/// What no text may hold, but for line breaks, which have a rule of their own.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\r'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text in the double quotes of YAML, every character but letters as an escape.
fn escaped(text: &str) -> String {
    let escapes: String =
        text.chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_string()
                } else {
                    format!("\\U{:08x}", c as u32)
                }
            })
            .collect();
    format!("\"{escapes}\"")
}

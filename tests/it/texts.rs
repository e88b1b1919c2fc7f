//! Text never becomes code. These tests generate from the hostile catalogs and read the outputs
//! with Rust's parsers. They leave the outputs in target/tmp/hostile, where tests/run compiles the
//! crates, and the Node and Python tests read the rest.

use std::fs;
use std::path::{Path, PathBuf};

use errcat::Generator;
use serde_json::{Value, json};

use crate::{Repo, diagnostics, fixture, shown};

/// The targets whose outputs are checked with hostile texts, here and in other languages.
const TARGETS: &[&str] = &[
    "html",
    "json",
    "markdown",
    "markdown-mdx",
    "openapi",
    "python",
    "python-module",
    "rust",
    "typescript",
    "typescript-module",
];

/// A folder for catalogs and their outputs, where the tests in other languages find them.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name)
}

/// Generates [`TARGETS`] of some catalogs, each catalog in a folder of its name.
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
        for (target, out, options) in [
            ("markdown", "frontmatter", json!({"frontmatter": true})),
            ("markdown", "vitepress", json!({"site": "vitepress"})),
            ("markdown-mdx", "fumadocs", json!({"site": "fumadocs"})),
            ("markdown", "split", json!({"split": "surface"})),
            ("markdown-mdx", "split", json!({"split": "surface"})),
        ] {
            let out = format!("{name}/{out}");
            outputs
                .push(json!({"catalog": file, "target": target, "out": out, "options": options}));
        }
    }
    let config = json!({"errcat": 1, "outputs": outputs});
    fs::write(folder.join("errcat.yaml"), config.to_string()).unwrap();
    Generator::from_config(folder.join("errcat.yaml")).unwrap().generate().unwrap();
    for (name, _) in catalogs {
        shown::write(&folder.join(name));
    }
}

/// The catalog of all texts and codes, and the one of texts mixed from pieces of markup.
#[test]
fn the_hostile_catalogs_are_generated() {
    let folder = folder("catalog");
    let catalog = fixture::catalog();
    let surfaces = catalog["surfaces"].as_array().unwrap();
    let ids: Vec<&str> = surfaces.iter().map(|surface| surface["id"].as_str().unwrap()).collect();
    let errors = surfaces.iter().map(|surface| surface["errors"].as_array().unwrap().len());
    assert!(errors.sum::<usize>() > 600 && ids.len() > 40);
    generate(&folder, &[("all".into(), catalog.clone()), ("mixed".into(), fixture::mixed())]);
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    // Rust finds texts of any kind in a table.
    assert!(read("all/rust/src/as_they_are.rs").contains("static TABLE: "));
    // The surfaces that tests/consumers/hostile tests, and a workspace for the two crates.
    let list = surfaces.iter().zip(&ids).map(|(surface, id)| {
        let mut errors = surface["errors"].as_array().unwrap().iter();
        let have_codes = errors.all(|error| error.get("code").is_some());
        let names = if have_codes { "Code, code" } else { "ErrorName, name" };
        format!("surface!({id}, \"{id}\", {names});\n")
    });
    let list: Vec<String> = list.collect();
    fs::write(folder.join("surfaces.rs"), list.concat()).unwrap();
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nmembers = [\"all/rust\", \"mixed/rust\"]\nresolver = \"2\"\n",
    )
    .unwrap();

    // The OpenAPI document has an example of each error's body.
    let document: Value = serde_yaml::from_str(&read("all/openapi/errors.openapi.yaml")).unwrap();
    let resolved: Value = serde_json::from_str(&read("all/json/catalog.json")).unwrap();
    let examples = document["components"]["examples"].as_object().unwrap();
    for (surface, written) in resolved["surfaces"].as_array().unwrap().iter().zip(surfaces) {
        let errors = surface["errors"].as_array().unwrap();
        for (error, written) in errors.iter().zip(written["errors"].as_array().unwrap()) {
            for field in ["meaning", "fix"] {
                assert_eq!(error[field], written[field]);
            }
            let label = if error["code"].is_null() { &error["name"] } else { &error["code"] };
            let label = label.as_str().map_or_else(|| label.to_string(), str::to_owned);
            let summary = format!("{label}: {}", error["meaning"].as_str().unwrap());
            let of_error =
                |one: &Value| one["value"] == error["body"] && one["summary"] == *summary;
            assert!(examples.values().any(of_error), "{summary}");
        }
    }
}

/// Reads every text back from every field of the manifests, with the parsers of their languages.
#[test]
fn a_text_in_every_field_is_read_back_from_each_manifest() {
    let folder = folder("pages");
    let texts = fixture::accepted();
    let pages: Vec<(String, Value)> =
        (0..texts.len()).map(|i| (format!("p{i}"), fixture::page(&texts, i))).collect();
    generate(&folder, &pages);
    for (name, catalog) in &pages {
        let read = |path: &str| fs::read_to_string(folder.join(name).join(path)).unwrap();
        let [product, title, intro, license] =
            ["product", "title", "intro", "license"].map(|field| catalog[field].as_str().unwrap());
        let manifest: toml::Table = read("rust/Cargo.toml").parse().unwrap();
        let package = manifest["package"].as_table().unwrap();
        let description = package["description"].as_str().unwrap();
        assert!(description == intro || description.strip_suffix('.') == Some(intro), "{intro}");
        assert_eq!(package["license"].as_str(), Some(license));
        let name = package["name"].as_str().unwrap();
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        // npm allows 214 characters. File systems allow 255, including what Cargo adds.
        assert!(name.len() <= 214, "{name}");
        assert!(name.chars().all(is_name), "{name}");
        let package: Value = serde_json::from_str(&read("typescript/package.json")).unwrap();
        assert_eq!(package["description"], intro);
        assert_eq!(package["license"], license);
        assert!(package["name"].as_str().unwrap().chars().all(is_name));
        let document: Value = serde_yaml::from_str(&read("openapi/errors.openapi.yaml")).unwrap();
        let whole = format!("{product}: {title}");
        let title = if title.contains(product) { title } else { &whole };
        assert_eq!(document["info"]["title"], title);
        assert_eq!(document["info"]["contact"], catalog["contact"]);
        assert_eq!(document["info"]["license"]["name"], license);
        // The crate parses: its catalog texts are only in comments and strings.
        for file in ["lib", "api"] {
            syn::parse_file(&read(&format!("rust/src/{file}.rs"))).unwrap();
        }
    }
}

/// The file's name isn't catalog text, but the header of every output contains it.
#[test]
fn the_name_of_the_catalog_does_not_act() {
    let file = "a'\"*>--> {{ b }} ](c) $(d) `e` #.yaml";
    let outputs: Vec<Value> = TARGETS
        .iter()
        .map(|target| json!({"catalog": file, "target": target, "out": target}))
        .collect();
    let texts: Vec<String> = (0..10).map(|i| format!("Text {i}")).collect();
    let repo = Repo::new()
        .file(file, fixture::written(&fixture::page(&texts, 0)))
        .file("errcat.yaml", json!({"errcat": 1, "outputs": outputs}).to_string());
    repo.generate().unwrap();
    let header =
        "Code generated by errcat from a____--_ __ b __ __c_ __d_ _e_ _.yaml. DO NOT EDIT.";
    for (path, comment) in [
        ("rust/src/lib.rs", "// "),
        ("rust/src/api.rs", "// "),
        ("rust/Cargo.toml", "# "),
        ("python/pyproject.toml", "# "),
        ("python-module/errors.py", "# "),
        ("typescript/index.js", "// "),
        ("typescript/index.d.ts", "// "),
        ("typescript-module/errors.ts", "// "),
        ("openapi/errors.openapi.yaml", "# "),
    ] {
        assert_eq!(repo.read(path).lines().next().unwrap(), format!("{comment}{header}"), "{path}");
    }
    assert_eq!(
        repo.read("markdown/errors.md").lines().nth(2).unwrap(),
        format!("<!-- {header} -->")
    );
    assert_eq!(
        repo.read("markdown-mdx/errors.mdx").lines().nth(2).unwrap(),
        format!("{{/* {header} */}}")
    );
    for page in ["html/errors.html", "python/README.md", "rust/README.md", "typescript/README.md"] {
        let first = repo.read(page).lines().next().unwrap().to_owned();
        assert_eq!(first, format!("<!-- {header} -->"));
    }
}

#[test]
fn only_names_of_packages_can_be_names_of_packages() {
    for target in ["python", "rust", "typescript"] {
        for name in ["f\"; '*/ {{ g }} `h` </script>\n# i", "../x", "x\ny", "x y", "\u{202e}x", ""]
        {
            let output = json!({
                "catalog": "errors.yaml", "target": target, "out": "out", "options": {"name": name},
            });
            let repo = Repo::new()
                .file("errors.yaml", crate::SMALL)
                .file("errcat.yaml", json!({"errcat": 1, "outputs": [output]}).to_string());
            let Err(error) = repo.generate() else { panic!("{target} takes {name:?}") };
            let rule = if name.contains('\u{202e}') { "control-character" } else { "option-value" };
            assert_eq!(diagnostics(&error)[0]["rule"], rule, "{name:?}");
        }
    }
}

/// Every place for a one-line text, each on its own line.
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

/// Every refused text in every place gets a diagnostic there, which names a forbidden character.
#[test]
fn every_refused_text_gets_a_diagnostic_at_its_place() {
    let repo = Repo::new();
    for text in fixture::refused() {
        repo.put("errors.yaml", PLACES.replace("TEXT", &escaped(&text)));
        let Err(error) = repo.lint("errors.yaml") else { panic!("{text:?}") };
        let diagnostics = diagnostics(&error);
        for (index, place) in PLACES.lines().enumerate().filter(|(_, line)| line.contains("TEXT")) {
            let here = || diagnostics.iter().filter(|one| one["line"] == index + 1);
            assert!(here().count() > 0, "{text:?} in {place}: {error}");
            let Some(c) = text.chars().find(|&c| acts(c)) else { continue };
            let name = if c == '\t' { "a tab" } else { &format!("U+{:04X}", c as u32) };
            let names_it = |one: &Value| {
                one["rule"] == "control-character"
                    && one["message"].as_str().unwrap().contains(name)
            };
            assert!(here().any(names_it), "{name} in {place}: {error}");
        }
    }
}

/// Characters that no text may contain, except line breaks, which have their own rule.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\r'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text in YAML's double quotes, with an escape for every character except letters and digits.
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

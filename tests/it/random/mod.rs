//! Random catalogs without problems. Their outputs must compile, and the sample of an error must be
//! what a server sends. They are left in target/tmp/random, where tests/run compiles the Rust code, and
//! the Node tests compile and run the TypeScript code. Both call every constructor of every error.
//! `ERRCAT_CASES=500` makes that many catalogs; the sequence of catalogs is always the same.

mod body;
mod catalog;
mod pick;
mod readers;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use errcat::Generator;
use serde_json::{Value, json};

use crate::{Repo, diagnostics, fixture, root};
use pick::Pick;

/// The targets that are generated. The last two, in templates/ next to this file, call the others.
const TARGETS: &[&str] = &[
    "json",
    "markdown",
    "openapi",
    "python",
    "python-module",
    "rust",
    "rust-module",
    "typescript",
    "typescript-module",
    "calls-rust",
    "calls-typescript",
];

/// How many catalogs are made unless `ERRCAT_CASES` says otherwise.
const CATALOGS: usize = 24;

/// The editions that the Rust modules are compiled with, each with a part of the catalogs.
const EDITIONS: [&str; 2] = ["2021", "2024"];

/// How many of the catalogs are also compiled as crates.
const CRATES: usize = 3;

/// The folder of all catalogs. A catalog `c0` has its outputs in `c0/`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("random")
}

#[test]
fn the_sample_of_an_error_is_the_same_in_every_output() {
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    let count = std::env::var("ERRCAT_CASES").map_or(CATALOGS, |cases| cases.parse().unwrap());
    let names: Vec<String> = (0..count).map(|i| format!("c{i}")).collect();
    let mut refused = 0;
    let mut seeds = 1_u64..;
    for name in &names {
        // Names that clash are refused, and so are bodies that can't do without a fix; everything else that
        // a rule reports is a fault.
        while let Err(error) =
            generate(&folder, name, &catalog::random(&mut Pick::new(seeds.next().unwrap())))
        {
            let rules: Vec<Value> =
                diagnostics(&error).into_iter().map(|one| one["rule"].clone()).collect();
            let clashes = [
                "body-name",
                "colliding-name",
                "colliding-placeholder",
                "reserved-placeholder",
                "retired-code",
                "taken-name",
                "unfilled-fix",
            ];
            let is_clash = |rule: &&str| clashes.contains(rule);
            let others = rules.iter().filter_map(Value::as_str).filter(|one| !is_clash(one));
            assert!(others.clone().all(|rule| ALLOWED.contains(&rule)), "{name}: {error}");
            assert!(others.count() < rules.len(), "{name}: {error}");
            refused += 1;
        }
        compare(&folder.join(name));
    }
    assert!(refused <= count, "{refused} of {count} catalogs were refused");
    // Some have so many codes that Rust finds them in a table.
    let has_table = |name: &String| {
        let module = folder.join(name).join("rust-module/errors.rs");
        fs::read_to_string(module).unwrap().contains("static TABLE: ")
    };
    assert!(names.iter().any(has_table));
    projects(&folder, &names);
}

/// What an error's sample shows of a body, for the params that the error describes.
#[test]
fn a_sample_shows_only_what_is_sent() {
    for (body, params, sample) in [
        ("meta?: {trace: <trace>}", json!({}), json!({})),
        ("meta?: {trace: <trace>}", json!({"trace": "x"}), json!({"meta": {"trace": "..."}})),
        ("errors?: [{field: <field>}]", json!({}), json!({})),
        ("errors?: [<field>]", json!({}), json!({})),
        ("meta?: {kind: x, trace: <trace>}", json!({}), json!({})),
        ("meta?: {kind: x, trace?: <trace>}", json!({}), json!({"meta": {"kind": "x"}})),
        ("meta?: {in: {trace: <trace>}}", json!({}), json!({})),
        ("meta: {trace?: <trace>}", json!({}), json!({"meta": {}})),
        ("meta: {in?: {}}", json!({}), json!({"meta": {"in": {}}})),
        // What is sent only together is needed together.
        ("meta?: {a: <a>, b: <b>}", json!({"a": "x"}), json!({"meta": {"a": "...", "b": "..."}})),
        ("text?: <a> of <b>", json!({"a": "x"}), json!({"text": "... of ..."})),
        // A value that every body has doesn't tell that an object is meant.
        ("a: <a>, meta?: {a: <a>, b: <b>}", json!({}), json!({"a": "..."})),
        ("a: <a>, meta?: {a: <a>}", json!({}), json!({"a": "...", "meta": {"a": "..."}})),
        // A text may come before the value that has the type.
        ("text: '<n> of 5', n: <n:integer>", json!({}), json!({"text": "0 of 5", "n": 0})),
    ] {
        let catalog = format!(
            "errcat: 1\nproduct: P\nversion: 1.0.0\ntitle: T\nsurfaces:\n- id: api\n  title: A\n  \
             shape: {{body: {{error: <code>, {body}}}}}\n  errors:\n  - {{code: broken, status: 400, \
             meaning: m, fix: f, retryable: false, params: {params}}}\n"
        );
        let repo = Repo::new().file("errors.yaml", catalog);
        repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json", "--out", "."]);
        let resolved: Value = serde_json::from_str(&repo.read("json/catalog.json")).unwrap();
        let mut expected = json!({"error": "broken"});
        expected.as_object_mut().unwrap().extend(sample.as_object().unwrap().clone());
        assert_eq!(resolved["surfaces"][0]["errors"][0]["body"], expected, "{body}, {params}");
    }
}

/// A code in an optional object is sent with what that object requires.
#[test]
fn an_optional_code_is_sent_with_what_is_around_it() {
    for body in
        ["error?: {code: <code>, detail: <detail>}", "errors?: [{code: <code>, detail: <detail>}]"]
    {
        let catalog = format!(
            "errcat: 1\nproduct: P\nversion: 1.0.0\ntitle: T\nsurfaces:\n- id: api\n  title: A\n  \
             shape: {{body: {{{body}}}}}\n  errors:\n  - {{code: broken, status: 400, meaning: m, fix: f, \
             retryable: false}}\n  - {{status: 404, meaning: gone, fix: f, retryable: false}}\n"
        );
        let repo = Repo::new().file("errors.yaml", catalog);
        repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json", "--out", "."]);
        let resolved: Value = serde_json::from_str(&repo.read("json/catalog.json")).unwrap();
        let errors = &resolved["surfaces"][0]["errors"];
        assert_eq!(errors[0]["arguments"][0]["name"], "detail", "{body}");
        assert!(errors[0]["body"].to_string().contains("broken"), "{body}");
        assert_eq!(
            (&errors[1]["arguments"], &errors[1]["body"]),
            (&json!([]), &json!({})),
            "{body}"
        );
    }
}

#[test]
fn the_example_of_a_shape_is_not_the_sample_of_its_error() {
    let example = "example: {error: broken, detail: More}";
    let catalog = crate::SMALL.replace(
        "{body: {error: <code>}}",
        &format!("{{body: {{error: <code>, detail?: <detail>}}, {example}}}"),
    );
    let repo = Repo::new().file("errors.yaml", catalog);
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json", "--out", "."]);
    let resolved: Value = serde_json::from_str(&repo.read("json/catalog.json")).unwrap();
    let surface = &resolved["surfaces"][0];
    assert_eq!(surface["shape"]["sample"], json!({"error": "broken", "detail": "More"}));
    assert_eq!(surface["errors"][0]["body"], json!({"error": "broken"}));
}

/// Rules that random texts and codes may break, and that say nothing about the outputs.
const ALLOWED: &[&str] = &["doc-markup", "near-code"];

/// Generates the outputs of a catalog. It allows what the catalog breaks of [`ALLOWED`], if that is all.
fn generate(folder: &Path, name: &str, catalog: &Value) -> Result<(), errcat::Error> {
    let Err(error) = generate_as_it_is(folder, name, catalog) else { return Ok(()) };
    let found = diagnostics(&error);
    let found: BTreeSet<&str> = found.iter().map(|one| one["rule"].as_str().unwrap()).collect();
    if !found.iter().all(|rule| ALLOWED.contains(rule)) {
        return Err(error);
    }
    let mut catalog = catalog.clone();
    catalog["allow"] = json!(found);
    generate_as_it_is(folder, name, &catalog)
}

fn generate_as_it_is(folder: &Path, name: &str, catalog: &Value) -> Result<(), errcat::Error> {
    let file = format!("{name}.yaml");
    fs::write(folder.join(&file), fixture::written(catalog)).unwrap();
    let outputs: Vec<Value> = TARGETS
        .iter()
        .map(|target| {
            let mut output =
                json!({"catalog": file, "target": target, "out": format!("{name}/{target}")});
            match *target {
                "rust" => output["options"] = json!({"name": format!("{name}-errors")}),
                "rust-module" => output["options"] = json!({"features": ["json", "std", "serde"]}),
                _ => {}
            }
            output
        })
        .collect();
    let templates = root().join("tests/it/random/templates");
    let config = json!({"errcat": 1, "templates": templates, "outputs": outputs});
    fs::write(folder.join("errcat.yaml"), config.to_string()).unwrap();
    Generator::from_config(folder.join("errcat.yaml"))?.generate().map(|_| ())
}

/// Compares the samples of the outputs with those of catalog.json.
fn compare(outputs: &Path) {
    let read = |path: &str| fs::read_to_string(outputs.join(path)).unwrap();
    let catalog: Value = serde_json::from_str(&read("json/catalog.json")).unwrap();
    let document: Value = serde_yaml::from_str(&read("openapi/errors.openapi.yaml")).unwrap();
    let page = read("markdown/errors.md");
    let shown: Vec<Value> = page
        .split("\n```json\n")
        .skip(1)
        .map(|block| serde_json::from_str(block.split_once("\n```").unwrap().0).unwrap())
        .collect();
    let surfaces = || catalog["surfaces"].as_array().unwrap().iter();
    let explained = Command::new(env!("CARGO_BIN_EXE_errcat"))
        .args(["explain", "--format", "json", "--catalog"])
        .arg(outputs.with_extension("yaml"))
        .output()
        .unwrap();
    let explained: Value = serde_json::from_slice(&explained.stdout).unwrap();
    let bodies = |errors: &mut dyn Iterator<Item = &Value>| -> Vec<Value> {
        errors.filter(|error| error.is_object()).map(|error| error["body"].clone()).collect()
    };
    assert_eq!(
        bodies(&mut explained["found"].as_array().unwrap().iter().map(|one| &one["error"])),
        bodies(&mut surfaces().flat_map(|surface| surface["errors"].as_array().unwrap())),
        "explain: {}",
        outputs.display(),
    );
    for surface in surfaces() {
        for error in surface["errors"].as_array().unwrap() {
            let name = format!("{} {}", outputs.display(), error["anchor"]);
            // The page shows only the body of an error's first status.
            assert!(shown.contains(&error["body"]), "Markdown: {name}");
            let examples = document["components"]["examples"].as_object().unwrap();
            let others = error["other_bodies"].as_array().unwrap().iter().map(|one| &one["body"]);
            for body in others.chain([&error["body"]]) {
                assert!(examples.values().any(|one| one["value"] == *body), "OpenAPI: {name}");
            }
        }
    }
}

/// Writes the Cargo projects that call every constructor, and the list for the Node tests.
fn projects(folder: &Path, names: &[String]) {
    let mut members = Vec::new();
    for (index, edition) in EDITIONS.iter().enumerate() {
        let package = format!("edition{edition}");
        let mut source = "//! Calls every constructor of some random catalogs.\n".to_owned();
        for name in names.iter().skip(index).step_by(EDITIONS.len()) {
            write!(
                source,
                "\n/// A catalog.\npub mod {name} {{\n    include!(\"../../{name}/rust-module/errors.rs\");\n    \
                 #[cfg(test)]\n    mod calls {{\n        include!(\"../../{name}/calls-rust/calls.rs\");\n    }}\n}}\n"
            )
            .unwrap();
        }
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n\
             [dependencies]\nserde = {{ version = \"1\", default-features = false }}\n\
             serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n"
        );
        fs::create_dir_all(folder.join(&package).join("src")).unwrap();
        fs::write(folder.join(&package).join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join(&package).join("src/lib.rs"), source).unwrap();
        members.push(package);
    }
    members.extend(names.iter().take(CRATES).map(|name| format!("{name}/rust")));
    let workspace = format!("[workspace]\nmembers = {members:?}\nresolver = \"2\"\n");
    fs::write(folder.join("Cargo.toml"), workspace).unwrap();
    fs::write(folder.join("names.json"), json!(names).to_string()).unwrap();
}

//! docs/catalog.md is true: each of its snippets is run.
//!
//! A step of the page is one `yaml` block and the blocks up to the next. A block is run by its language:
//!
//! | block | what is checked |
//! |---|---|
//! | `yaml` | a catalog, or a part that [`whole`] puts into the first one: it has no problems |
//! | `json` | the sample of an error of the step's catalog |
//! | `http` | a response that `errcat explain -` finds in it |
//! | `markdown` | lines of the docs page |
//! | `rust` | left in target/tmp/catalog-page/rust, where tests/run compiles and runs it |
//! | `ts` | left in target/tmp/catalog-page/typescript, where tests/node compiles and runs it |
//!
//! Code that returns a response must send one of the step's `json` blocks.
//!
//! YAML that starts with a comment of a path is a file. Files in a row are a step together.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use errcat::{Generator, Target};
use serde_json::Value;
use serde_yaml::{Mapping, Value as Yaml};

use crate::docs::page;
use crate::{Repo, diagnostics};

/// A `yaml` block with the blocks up to the next one.
#[derive(Default)]
struct Step {
    heading: String,
    /// Names and texts of whole catalogs. The last one is the catalog of the other blocks.
    files: Vec<(String, String)>,
    /// Languages and texts.
    blocks: Vec<(String, String)>,
}

impl Step {
    fn blocks<'s>(&'s self, language: &'s str) -> impl Iterator<Item = &'s str> {
        let blocks = self.blocks.iter().filter(move |(of, _)| of == language);
        blocks.map(|(_, text)| text.as_str())
    }

    /// The name of the catalog of the other blocks.
    fn catalog(&self) -> &str {
        &self.files.last().unwrap().0
    }

    /// The id of the catalog's first surface that has outputs.
    fn surface(&self) -> String {
        let catalog: Yaml = serde_yaml::from_str(&self.files.last().unwrap().1).unwrap();
        let mut surfaces = catalog["surfaces"].as_sequence().unwrap().iter();
        let surface = surfaces.find(|surface| surface.get("shape").is_some()).unwrap();
        surface["id"].as_str().unwrap().to_owned()
    }

    /// A folder with the catalogs.
    fn repo(&self) -> Repo {
        let repo = Repo::new().file(".git/HEAD", "ref: refs/heads/main\n");
        self.files.iter().fold(repo, |repo, (name, text)| repo.file(name, text))
    }

    /// A file that a target makes of the catalog.
    fn output(&self, target: Target, file: &str) -> String {
        let repo = self.repo();
        let generator = Generator::new(repo.path(self.catalog())).target(target);
        generator.out_dir(repo.path("out")).generate().unwrap();
        repo.read(&format!("out/{file}"))
    }
}

/// The steps of the page. Blocks before the first catalog belong to no step.
fn steps() -> Vec<Step> {
    let page = page("docs/catalog.md");
    let mut steps: Vec<Step> = Vec::new();
    let mut first = Mapping::new();
    let mut heading = "";
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            heading = line;
        }
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let text = block.join("\n") + "\n";
        match language {
            "yaml" => {
                let path = text.strip_prefix("# ").and_then(|rest| rest.lines().next());
                let path = path.filter(|path| !path.contains(' '));
                let before = steps.last_mut().filter(|step| {
                    path.is_some() && step.blocks.is_empty() && step.catalog() != "errors.yaml"
                });
                let file = (path.unwrap_or("errors.yaml").to_owned(), whole(&text, &mut first));
                match before {
                    Some(step) => step.files.push(file),
                    None => steps.push(Step {
                        heading: heading.to_owned(),
                        files: vec![file],
                        blocks: Vec::new(),
                    }),
                }
            }
            "json" | "http" | "markdown" | "rust" | "ts" => {
                steps.last_mut().unwrap().blocks.push((language.to_owned(), text));
            }
            "sh" => {}
            other => panic!("{heading}: nothing runs a block of {other:?}"),
        }
    }
    assert!(steps.len() > 20, "{} steps", steps.len());
    steps
}

/// The fields that belong to the surface. The page says so.
const OF_SURFACE: &[&str] = &["shape", "status", "errors", "retired", "operations"];

/// The fields of the catalog that a step leaves for those after it.
const STAYING: &[&str] = &["docs", "retry", "tags"];

/// A part of a catalog as a whole one: fields, or a list of errors, that are put into the first catalog of the page.
fn whole(part: &str, first: &mut Mapping) -> String {
    let parsed: Yaml =
        serde_yaml::from_str(part).unwrap_or_else(|error| panic!("{error}:\n{part}"));
    if parsed.get("errcat").is_some() {
        if first.is_empty() {
            first.clone_from(parsed.as_mapping().unwrap());
        }
        return part.to_owned();
    }
    let mut catalog = first.clone();
    let surface = |catalog: &mut Mapping, name: &str, value: Yaml| {
        let surface = catalog["surfaces"][0].as_mapping_mut().unwrap();
        surface.insert(name.into(), value);
    };
    match parsed {
        Yaml::Sequence(errors) => {
            let mut all = catalog["surfaces"][0]["errors"].as_sequence().unwrap().clone();
            all.extend(errors);
            surface(&mut catalog, "errors", all.into());
        }
        Yaml::Mapping(fields) => {
            for (name, value) in fields {
                match name.as_str().unwrap() {
                    field if OF_SURFACE.contains(&field) => surface(&mut catalog, field, value),
                    field => {
                        if STAYING.contains(&field) {
                            first.insert(field.into(), value.clone());
                        }
                        catalog.insert(field.into(), value);
                    }
                }
            }
        }
        other => panic!("not a part of a catalog: {other:?}"),
    }
    serde_yaml::to_string(&catalog).unwrap()
}

/// An empty folder for what the steps leave of a language.
fn left(language: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalog-page").join(language);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_catalog_has_no_problems_and_every_sample_is_one() {
    for step in steps() {
        let heading = &step.heading;
        let repo = step.repo();
        for (name, text) in &step.files {
            if let Err(error) = repo.lint(name) {
                panic!("{heading}: {:#?}\n{text}", diagnostics(&error));
            }
        }
        let catalog = step.output(Target::new("json"), "catalog.json");
        let catalog: Value = serde_json::from_str(&catalog).unwrap();
        let surfaces = catalog["surfaces"].as_array().unwrap().iter();
        let errors = surfaces.flat_map(|surface| surface["errors"].as_array().unwrap());
        let samples: Vec<&Value> = errors.map(|error| &error["body"]).collect();
        for body in step.blocks("json") {
            let body: Value = serde_json::from_str(body).unwrap();
            assert!(samples.contains(&&body), "{heading}: {body} is not among {samples:#?}");
        }
        for response in step.blocks("http") {
            let mut command =
                repo.command(&["explain", "-", "--format", "json", "--catalog", step.catalog()]);
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(response.as_bytes()).unwrap();
            let answer: Value =
                serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
            assert_eq!(answer["outcome"], "found", "{heading}: {answer:#}");
            for found in answer["found"].as_array().unwrap() {
                assert!(found["error"].is_object(), "{heading}: {answer:#}");
                assert!(found["reading"]["mismatch"].is_null(), "{heading}: {answer:#}");
            }
        }
        if step.blocks("markdown").next().is_some() {
            let page = step.output(Target::new("markdown"), "errors.md");
            let lines: Vec<&str> = page.lines().collect();
            for shown in step.blocks("markdown").flat_map(str::lines) {
                assert!(lines.contains(&shown), "{heading}: the page lacks {shown}\n{page}");
            }
        }
    }
}

/// A program that runs each snippet in a function of its own.
#[test]
fn the_rust_of_every_step_is_left_for_cargo() {
    let folder = left("rust");
    let mut program = String::from("#![allow(unused, unreachable_code)]\n");
    let mut all = String::new();
    for (index, step) in steps().iter().enumerate() {
        let samples: Vec<&str> = step.blocks("json").collect();
        for (number, code) in step.blocks("rust").enumerate() {
            if number == 0 {
                let target = Target::new("rust-module").option("features", ["json"]);
                let module = step.output(target, "errors.rs");
                fs::write(folder.join(format!("errors_{index}.rs")), module).unwrap();
                program += &format!("#[path = \"errors_{index}.rs\"] mod errors_{index};\n");
            }
            let (heading, surface) = (&step.heading, step.surface());
            program += &format!(
                "mod step_{index}_{number} {{\n    use crate::errors_{index}::{{*, {surface}::*}};\n    \
                 fn run() -> Result<(), ApiError> {{\n{code}Ok(()) }}\n    \
                 pub fn sent() -> Option<String> {{ run().err().map(|error| error.body()) }}\n}}\n"
            );
            all += &format!(
                "        ({heading:?}, step_{index}_{number}::sent(), &{samples:?}[..]),\n"
            );
        }
    }
    program += &format!(
        "fn main() {{
    let parsed = |body: &str| serde_json::from_str::<serde_json::Value>(body).unwrap();
    let mut compared = 0;
    let all: &[(&str, Option<String>, &[&str])] = &[\n{all}    ];
    for (heading, sent, samples) in all {{
        let Some(body) = sent.as_deref().filter(|_| !samples.is_empty()) else {{ continue }};
        let is_shown = samples.iter().any(|sample| parsed(sample) == parsed(body));
        assert!(is_shown, \"{{heading}}: {{body}}\");
        compared += 1;
    }}
    println!(\"{{compared}} bodies are as the page shows them\");
    assert!(compared > 4);
}}
"
    );
    fs::write(folder.join("main.rs"), program).unwrap();
    let manifest = "[package]\nname = \"catalog-page\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                    [[bin]]\nname = \"catalog-page\"\npath = \"main.rs\"\n\n[dependencies]\nserde_json = \"1\"\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
}

/// A folder for each step: its module, its snippets and its samples.
#[test]
fn the_typescript_of_every_step_is_left_for_node() {
    let left = left("typescript");
    for (index, step) in steps().iter().enumerate() {
        let code: Vec<&str> = step.blocks("ts").collect();
        if code.is_empty() {
            continue;
        }
        let folder = left.join(format!("{index:02}"));
        fs::create_dir_all(&folder).unwrap();
        let module = step.output(Target::new("typescript-module"), "errors.ts");
        fs::write(folder.join("errors.ts"), module).unwrap();
        fs::write(folder.join("snippets.json"), serde_json::to_string(&code).unwrap()).unwrap();
        let samples: Vec<Value> =
            step.blocks("json").map(|body| serde_json::from_str(body).unwrap()).collect();
        fs::write(folder.join("samples.json"), serde_json::to_string(&samples).unwrap()).unwrap();
    }
}

//! The packages with which `tests/conformance/readers` compares how each language reads bodies: of the
//! catalog of the cases, of catalogs of public APIs, and of random ones. They are left in
//! target/tmp/readers, with a Cargo project that reads bodies with all Rust modules.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use errcat::Generator;
use serde_json::{Value, json};

use super::catalog;
use super::pick::Pick;
use crate::{fixture, root};

/// How many random catalogs there are.
const CATALOGS: u64 = 12;

#[test]
fn the_packages_to_compare_are_made() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    let cases = root().join("tests/conformance/bodies.yaml");
    let real = fs::read_dir(root().join("tests/it/real")).unwrap();
    let real = real.map(|entry| entry.unwrap().path());
    let mut names = Vec::new();
    for file in [cases].into_iter().chain(real) {
        if file.extension().is_some_and(|extension| extension == "yaml") {
            let name = file.file_stem().unwrap().to_str().unwrap();
            generate(&folder, name, &fs::read_to_string(&file).unwrap())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            names.push(name.to_owned());
        }
    }
    // Not the catalogs whose outputs are all compiled elsewhere.
    let mut seeds = 1_000_000..;
    for index in 0..CATALOGS {
        let name = format!("random{index}");
        let random = |seed| fixture::written(&catalog::random(&mut Pick::new(seed)));
        while generate(&folder, &name, &random(seeds.next().unwrap())).is_err() {}
        names.push(name);
    }
    names.sort();
    project(&folder, &names);
}

/// Generates the packages of a catalog.
fn generate(folder: &Path, name: &str, catalog: &str) -> Result<(), errcat::Error> {
    let file = format!("{name}.yaml");
    fs::write(folder.join(&file), catalog).unwrap();
    let output = |target: &str| {
        let options = match target {
            "rust-module" => json!({"features": ["json", "std"]}),
            _ => json!({}),
        };
        json!({
            "catalog": file, "target": target, "out": format!("{name}/{target}"), "options": options,
        })
    };
    let targets = ["json", "typescript", "python", "rust-module", "reads-rust"];
    let outputs: Vec<Value> = targets.iter().map(|target| output(target)).collect();
    let templates = root().join("tests/it/random/templates");
    let config = json!({"errcat": 1, "templates": templates, "outputs": outputs});
    fs::write(folder.join("errcat.yaml"), config.to_string()).unwrap();
    Generator::from_config(folder.join("errcat.yaml"))?.generate()?;
    Ok(())
}

/// Writes the Cargo project, and the modules that its program includes.
fn project(folder: &Path, names: &[String]) {
    let program = root().join("tests/conformance/readers/rust.rs");
    let manifest = format!(
        "[package]\nname = \"readers\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n\n\
         [[bin]]\nname = \"readers\"\npath = \"{}\"\n\n\
         [dependencies]\nserde = {{ version = \"1\", default-features = false }}\n\
         serde_json = {{ version = \"1\", features = [\"float_roundtrip\", \"preserve_order\"] }}\n",
        program.display()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let (mut modules, mut arms) = (String::new(), String::new());
    for name in names {
        write!(
            modules,
            "mod {name} {{\n    include!(\"{name}/rust-module/errors.rs\");\n    \
             pub mod reads {{\n        include!(\"{name}/reads-rust/reads.rs\");\n    }}\n}}\n"
        )
        .unwrap();
        writeln!(arms, "        \"{name}\" => Some(({name}::reads::read, {name}::reads::wait)),")
            .unwrap();
    }
    let source = format!(
        "{modules}\nfn catalog(name: &str) -> Option<Readers> {{\n    match name {{\n{arms}        _ => None,\n    }}\n}}\n"
    );
    fs::write(folder.join("catalogs.rs"), source).unwrap();
}

//! The source keeps rules that no compiler checks.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::{Repo, files_below, root};

/// The modules of `src/` in the order of the data. A module uses itself and those before it.
const STAGES: &[&str] = &[
    "sorted",
    "text",
    "yaml",
    "diagnostic",
    "error",
    "document",
    "catalog",
    "git",
    "lint",
    "render",
    "diff",
    "config",
    "write",
    "pipeline",
    "generator",
    "reading",
    "explain",
    "import",
    "verify",
    "source",
    "fuzz",
    "reference",
    "cli",
];

/// Every Rust file below `src/`: its path there, and its text.
fn sources() -> impl Iterator<Item = (String, String)> {
    let files = files_below(&root().join("src")).into_iter();
    let files = files.filter(|file| file.rsplit_once('.').is_some_and(|(_, end)| end == "rs"));
    files.map(|file| (file.clone(), fs::read_to_string(root().join("src").join(file)).unwrap()))
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    for (file, text) in sources() {
        let docs = text.lines().take_while(|line| line.starts_with("//!")).count();
        // The comments of lib.rs are the first page of the library's documentation.
        let most = if file == "lib.rs" { 50 } else { 12 };
        assert!((1..=most).contains(&docs), "src/{file}: {docs} lines of module docs");
        let lines = text.lines().count();
        assert!(lines <= 450, "src/{file} has {lines} lines: split it by job");
    }
}

#[test]
fn data_flows_one_way() {
    let stage = |module: &str| STAGES.iter().position(|stage| *stage == module);
    let mut modules = BTreeSet::new();
    for (file, text) in sources() {
        let module = file.split(['/', '.']).next().unwrap();
        if ["lib", "main"].contains(&module) {
            continue;
        }
        modules.insert(module.to_owned());
        let own = stage(module).unwrap_or_else(|| panic!("add `{module}` to STAGES"));
        for used in used_modules(&text) {
            let used_stage = stage(&used).unwrap_or_else(|| {
                panic!("src/{file} uses `crate::{used}`, which is not a module in STAGES")
            });
            assert!(used_stage <= own, "src/{file} uses `{used}`, which comes after it");
        }
    }
    assert!(STAGES.iter().all(|stage| modules.contains(*stage)), "STAGES names more: {modules:?}");
}

fn without_comments(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect()
}

/// The first segment of every `crate::` path in code, whether imported or written in place.
fn used_modules(source: &str) -> BTreeSet<String> {
    let code = without_comments(source);
    let mut modules = BTreeSet::new();
    for path in code.split("crate::").skip(1) {
        let path = path.trim_start();
        let Some(group) = path.strip_prefix('{') else {
            modules.insert(first_name(path));
            continue;
        };
        // Braces within the group list items of a module.
        let mut depth = 1;
        let mut starts_path = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' => starts_path = depth == 1,
                c if c.is_whitespace() => {}
                _ if starts_path => {
                    modules.insert(first_name(group.get(at..).unwrap()));
                    starts_path = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    modules
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| *c == '_' || c.is_alphanumeric()).collect()
}

#[test]
fn every_path_into_another_module_is_seen() {
    let source = "\
        use crate::a::{X, Y};\n\
        pub(crate) use crate::b;\n\
        use crate::{c, d::{self, Z}, e::f,\n    g};\n\
        /// Not [`crate::h`].\n\
        fn i() { crate::j::k(); let x: crate::l::M<crate::n::O> = 1; } // nor crate::p\n";
    let modules: Vec<String> = used_modules(source).into_iter().collect();
    assert_eq!(modules, ["a", "b", "c", "d", "e", "g", "j", "l", "n"]);
}

#[test]
fn every_snapshot_has_a_test_and_main_lists_every_file() {
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
        assert!(
            !file.ends_with(".snap.new"),
            "{file}: a snapshot that nobody accepted. Run with INSTA_UPDATE=always, or delete it"
        );
        let Some(name) = file.strip_prefix("snapshots/it__") else { continue };
        let module = name.split("__").next().unwrap();
        assert!(main.contains(&format!("mod {module};")), "{file} belongs to no test");
        if let Some(fixture) =
            name.split_once('@').map(|(_, fixture)| fixture.strip_suffix(".snap").unwrap())
        {
            let folders = ["config", "lint", "load"];
            let exists = folders.iter().any(|folder| tests.join(folder).join(fixture).exists());
            assert!(exists, "{file} belongs to no fixture");
        }
    }
}

#[test]
fn templates_and_outputs_have_no_stray_white_space() {
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

/// Unlike the rest of errcat, because it is part of crates that people format.
#[test]
fn the_rust_runtime_is_formatted_as_generated_crates_are() {
    let folder = root().join("templates/_runtime/rust");
    let defaults = Repo::new().file("rustfmt.toml", "");
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2021", "--config-path"]);
    rustfmt.arg(defaults.path("rustfmt.toml"));
    let files = files_below(&folder);
    assert!(files.len() >= 10, "{files:?}");
    rustfmt.args(files.iter().map(|file| folder.join(file)));
    let output = rustfmt.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

//! What errcat is built from: from crates.io, under licenses that anyone can live with, no crate
//! twice, and each worth what benches/README.md says it costs. (Advisories need a database from the
//! network, which these tests do without.)

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::root;

/// A crate that errcat needs at run time.
struct Crate {
    name: String,
    version: String,
    license: String,
}

/// What `cargo tree` lists with some features of errcat.
fn crates(features: &str) -> Vec<Crate> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--package", "errcat", "--edges", "normal", features]);
    cargo.args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"]).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: BTreeSet<&str> = lines.lines().filter(|line| !line.starts_with("errcat ")).collect();
    let crates = lines.into_iter().map(|line| {
        let (package, license) = line.split_once('|').unwrap();
        let (name, version) = package.split_once(' ').unwrap();
        let (name, version) = (name.to_owned(), version.replace(" (proc-macro)", ""));
        Crate { name, version, license: license.to_owned() }
    });
    crates.collect()
}

#[test]
fn every_crate_is_from_the_registry_under_a_known_licence() {
    let known = ["MIT", "Apache-2.0", "BSL-1.0", "Unicode-3.0", "Unlicense", "Zlib"];
    let crates = crates("--all-features");
    assert!(crates.len() > 30, "{}", crates.len());
    for Crate { name, version, license } in crates {
        // Cargo adds where a crate is from unless it is the registry.
        assert!(!version.contains(' '), "{name} {version}");
        // SPDX, with `/` for `OR` in older crates.
        let is_free = license.replace('/', " OR ").split(" AND ").all(|part| {
            part.trim_matches(['(', ')']).split(" OR ").any(|one| known.contains(&one))
        });
        assert!(is_free, "{name} is under `{license}`");
    }
}

#[test]
fn no_crate_is_there_twice() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Crate { name, version, .. } in crates("--all-features") {
        versions.entry(name).or_default().push(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "{versions:?}");
}

/// The most crates that a build script may have to wait for.
const MOST: usize = 11;

/// The table of benches/README.md says what each crate costs and what it is for: one that is not in it was not
/// weighed.
#[test]
fn every_crate_of_the_library_was_weighed() {
    let names: BTreeSet<String> =
        crates("--no-default-features").into_iter().map(|one| one.name).collect();
    let page = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let costs = page("benches/README.md");
    let (_, table) = costs.split_once("## What a build script waits for").unwrap();
    let weighed: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split(" | ").next())
        .flat_map(|names| names.split(['`', ',', ' ']).filter(|name| !name.is_empty()))
        .map(str::to_owned)
        .collect();
    let new: Vec<&String> = names.difference(&weighed).collect();
    assert!(new.is_empty(), "{new:?}");
    assert_eq!(names.len(), MOST, "{names:?}");
    // A line of prose may break anywhere.
    let docs = page("docs/build.md").replace('\n', " ");
    assert!(docs.contains(&format!("brings {MOST} crates")), "docs/build.md counts other crates");
}

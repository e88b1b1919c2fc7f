//! An output that errcat.yaml should ask for, and the folders that packages go into.

use std::path::Path;

/// One output that errcat.yaml should ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Proposal {
    pub catalog: String,
    pub target: &'static str,
    pub out: String,
    /// Names and values, as YAML.
    pub options: Vec<(&'static str, String)>,
    /// The file that was seen, and what is made for it.
    pub because: Option<String>,
    /// What is left to do by hand.
    pub next: Option<String>,
}

impl Proposal {
    /// An output in a folder. If the catalog is one of several, the folder has one with its `name`.
    pub(super) fn new(target: &'static str, folder: &str, name: Option<&str>) -> Self {
        let out = match (folder, name) {
            (folder, None) => folder.to_owned(),
            (".", Some(name)) => name.to_owned(),
            (folder, Some(name)) => format!("{folder}/{name}"),
        };
        Self { target, out, ..Self::default() }
    }
}

/// The folder of a package called `errors`. If the catalog is one of several, its `name` comes first.
pub(super) fn package(folder: &str, name: Option<&str>) -> String {
    match (folder.strip_suffix("errors"), name) {
        (Some(above), Some(name)) => format!("{above}{name}-errors"),
        _ => folder.to_owned(),
    }
}

/// Where a new package called `errors` belongs, and whether the patterns of a workspace take it.
pub(super) fn member(patterns: &[String], otherwise: &str) -> (String, bool) {
    let folders: Vec<&str> = patterns
        .iter()
        .filter_map(|pattern| pattern.trim_start_matches("./").strip_suffix("/*"))
        .filter(|folder| !folder.contains(['*', '!']))
        .collect();
    let libraries = ["packages", "crates", "libs", "lib"];
    let folder = libraries.iter().find(|one| folders.contains(one)).or(folders.first());
    match folder {
        Some(folder) => (format!("{folder}/errors"), true),
        None => (
            otherwise.to_owned(),
            patterns.iter().any(|one| Path::new(one) == Path::new(otherwise)),
        ),
    }
}

//! Rust projects: a module for a package, or a crate for a workspace.

use toml::Table;

use super::proposal::{Proposal, member, package};
use super::repo::Repo;

/// A module for a package, or a crate for a workspace.
pub(super) fn rust(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let manifest = repo.toml("Cargo.toml")?;
    let module = Proposal::new("rust-module", "src", name);
    let file = format!("{}/errors.rs", module.out);
    if manifest.contains_key("package") && !repo.has(&file) {
        let features: Vec<&str> = [("serde_json", "json"), ("axum", "axum08")]
            .into_iter()
            .filter(|(dependency, _)| {
                manifest.get("dependencies").is_some_and(|all| all.get(dependency).is_some())
            })
            .map(|(_, feature)| feature)
            .collect();
        let options = if features.is_empty() {
            Vec::new()
        } else {
            vec![("features", format!("[{}]", features.join(", ")))]
        };
        let root = if repo.has("src/lib.rs") { "src/lib.rs" } else { "src/main.rs" };
        let line = match name {
            None => "mod errors;".to_owned(),
            Some(name) => {
                format!("#[path = \"{name}/errors.rs\"] mod {}_errors;", name.replace('-', "_"))
            }
        };
        return Some(Proposal {
            options,
            because: Some(format!("Because of Cargo.toml: a module of the package, {file}")),
            next: Some(format!("add `{line}` to {root}{}", needed_edition(&manifest))),
            ..module
        });
    }
    let members =
        manifest.get("workspace").and_then(|workspace| workspace.get("members")?.as_array());
    let members = members.into_iter().flatten().filter_map(|one| one.as_str());
    let members: Vec<String> = members.map(str::to_owned).collect();
    let otherwise = if repo.has("crates") { "crates/errors" } else { "errors" };
    let (folder, is_member) = member(&members, otherwise);
    let folder = package(&folder, name);
    Some(Proposal {
        because: Some("Because of Cargo.toml: a crate of the workspace".to_owned()),
        next: (!is_member).then(|| format!("add `{folder}` to the members in Cargo.toml")),
        ..Proposal::new("rust", &folder, None)
    })
}

/// What is left to do in a package of edition 2015, which a manifest without `edition` has.
fn needed_edition(manifest: &Table) -> &'static str {
    let edition = manifest.get("package").and_then(|package| package.get("edition"));
    match edition.map_or(Some("2015"), |edition| edition.as_str()) {
        Some("2015") => "; it needs edition 2018 or newer: set `edition = \"2021\"` in Cargo.toml",
        _ => "",
    }
}

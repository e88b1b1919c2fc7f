//! An output that errcat.yaml should ask for, and those that fit packages and APIs.

use toml::Table;

use super::npm::{self, Manager};
use super::repo::Repo;
use super::tsconfig;

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
    let (folder, is_member) = npm::member(&members, otherwise);
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

/// A module for a TypeScript project, or an npm package.
pub(super) fn typescript(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let manifest = repo.npm()?;
    let uses = |list| manifest.get(list).and_then(|list| list.get("typescript")).is_some();
    let is_typescript =
        repo.has("tsconfig.json") || uses("devDependencies") || uses("dependencies");
    let because = |what: &str| Some(format!("Because of package.json: {what}"));
    let manager = Manager::of(repo);
    if let Some(patterns) = npm::workspace(repo) {
        let (folder, is_member) = npm::member(&patterns, "packages/errors");
        let folder = package(&folder, name);
        let install = format!("run `{}` to link it", manager.install());
        let add = format!("add `{folder}` to the packages of the workspace, and {install}");
        return Some(Proposal {
            because: because("a package of the workspace"),
            next: Some(if is_member { install } else { add }),
            ..Proposal::new("typescript", &folder, None)
        });
    }
    if is_typescript {
        let folder = if repo.has("src") { "src/generated" } else { "generated" };
        let module = Proposal::new("typescript-module", folder, name);
        let extension = if tsconfig::needs_extensions(repo) { ".js" } else { "" };
        let path = module.out.trim_start_matches("src/");
        let import = format!("import from \"./{path}/errors{extension}\"");
        let next = match tsconfig::old_library(repo) {
            Some(old) => format!(
                "{import}; it needs the library ES2020, but tsconfig.json has {old}: \
                 set `target` or `lib` to ES2020 or newer"
            ),
            None => import,
        };
        return Some(Proposal {
            because: because("one file of TypeScript"),
            next: Some(next),
            ..module
        });
    }
    let package = Proposal::new("typescript", "generated/typescript", name);
    Some(Proposal {
        because: because("a package of JavaScript with types"),
        next: Some(format!("run `{}`", manager.add(&package.out))),
        ..package
    })
}

/// Components in the folder of an OpenAPI document.
pub(super) fn openapi(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let folders = [".", "api", "docs", "openapi", "spec"];
    let files = folders.into_iter().flat_map(|folder| {
        ["openapi.yaml", "openapi.yml", "openapi.json"].map(|file| (folder, file))
    });
    let (folder, file) =
        files.into_iter().find(|(folder, file)| repo.has(&format!("{folder}/{file}")))?;
    let path = if folder == "." { file.to_owned() } else { format!("{folder}/{file}") };
    let document = repo.yaml(&path);
    let is_3_0 = document
        .as_ref()
        .and_then(|document| document.get("openapi")?.as_str())
        .is_some_and(|version| version.starts_with("3.0."));
    let version = is_3_0.then(|| ("version", "3.0.3".to_owned()));
    let folder_of_catalog = name.map_or_else(String::new, |name| format!("{name}/"));
    let reference =
        format!("{folder_of_catalog}errors.openapi.yaml#/components/responses/ApiError404");
    Some(Proposal {
        options: version.into_iter().collect(),
        because: Some(format!("Because of {path}: components that it can refer to")),
        next: Some(format!(
            "refer to the responses in {path}, as in `\"404\": {{\"$ref\": \"{reference}\"}}`"
        )),
        ..Proposal::new("openapi", folder, name)
    })
}

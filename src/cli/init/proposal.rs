//! An output that errcat.yaml should ask for, and those that fit packages and APIs.

use super::repo::Repo;

/// One output that errcat.yaml should ask for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    pub target: &'static str,
    pub out: String,
    /// Names and values, as YAML.
    pub options: Vec<(&'static str, String)>,
    /// The file that was seen, and what is made for it.
    pub because: String,
    /// What is left to do by hand.
    pub next: Option<String>,
}

/// A module for a package, or a crate for a workspace.
pub(super) fn rust(repo: &Repo) -> Option<Proposal> {
    let manifest = repo.toml("Cargo.toml")?;
    if manifest.contains_key("package") && !repo.has("src/errors.rs") {
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
        return Some(Proposal {
            target: "rust-module",
            out: "src".to_owned(),
            options,
            because: "Cargo.toml is here: a module of the package, src/errors.rs".to_owned(),
            next: Some(format!("add `mod errors;` to {root}")),
        });
    }
    let folder = if repo.has("crates") { "crates/errors" } else { "errors" };
    let members =
        manifest.get("workspace").and_then(|workspace| workspace.get("members")?.as_array());
    let is_member = members.is_some_and(|all| all.contains(&"crates/*".into()));
    Some(Proposal {
        target: "rust",
        out: folder.to_owned(),
        options: Vec::new(),
        because: "Cargo.toml is here: a crate of the workspace".to_owned(),
        next: (!is_member).then(|| format!("add `{folder}` to the members in Cargo.toml")),
    })
}

/// A module for a TypeScript project, or an npm package.
pub(super) fn typescript(repo: &Repo) -> Option<Proposal> {
    let manifest = repo.npm()?;
    let is_workspace = manifest.get("workspaces").is_some() || repo.has("pnpm-workspace.yaml");
    let uses = |list| manifest.get(list).and_then(|list| list.get("typescript")).is_some();
    let is_typescript =
        repo.has("tsconfig.json") || uses("devDependencies") || uses("dependencies");
    let proposal = |target, out: &str, because: &str, next: &str| Proposal {
        target,
        out: out.to_owned(),
        options: Vec::new(),
        because: format!("package.json is here: {because}"),
        next: Some(next.to_owned()),
    };
    Some(if is_workspace {
        let out = "packages/errors";
        proposal("typescript", out, "a package of the workspace", "run `npm install` to link it")
    } else if is_typescript {
        let out = if repo.has("src") { "src/generated" } else { "generated" };
        let next = format!("import from \"./{}/errors\"", out.trim_start_matches("src/"));
        proposal("typescript-module", out, "one file of TypeScript", &next)
    } else {
        let out = "generated/typescript";
        proposal(
            "typescript",
            out,
            "a package of JavaScript with types",
            "run `npm install ./generated/typescript`",
        )
    })
}

/// Components beside an OpenAPI document.
pub(super) fn openapi(repo: &Repo) -> Option<Proposal> {
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
    Some(Proposal {
        target: "openapi",
        out: folder.to_owned(),
        options: version.into_iter().collect(),
        because: format!("{path} is here: components for it to refer to"),
        next: Some(format!("refer to the responses in {path}, as docs/openapi.md of errcat shows")),
    })
}

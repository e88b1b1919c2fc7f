//! What a repo is made of → which targets it can use, and where they belong in it. Looks at the
//! files that tools look for themselves. Never writes.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;
use toml::Table;

use crate::text::ident::{Case, in_case};

/// One output that errcat.yaml should ask for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    pub target: &'static str,
    pub out: String,
    pub options: Vec<(&'static str, String)>,
    /// What was seen, and what this makes of it.
    pub because: String,
    /// What is left to do by hand.
    pub next: Option<String>,
}

/// A repo, by its folder.
pub(super) struct Repo<'f>(pub &'f Path);

impl Repo<'_> {
    /// Whose errors they are, by the name of the package.
    pub(super) fn product(&self) -> Option<String> {
        let cargo =
            || Some(self.toml("Cargo.toml")?.get("package")?.get("name")?.as_str()?.to_owned());
        let npm = || Some(self.npm()?.get("name")?.as_str()?.to_owned());
        let name = cargo().or_else(npm)?;
        // The scope of an npm package is the company's, the name the product's.
        let words = in_case(name.rsplit('/').next()?, Case::Snake)?;
        let words = words.split('_').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        Some(words.collect::<Vec<_>>().join(" "))
    }

    /// Every output for which there is a reason; none in a folder without any.
    pub(super) fn proposals(&self) -> Vec<Proposal> {
        let seen = [self.rust(), self.typescript(), self.openapi(), self.docs()];
        let mut seen: Vec<Proposal> = seen.into_iter().flatten().collect();
        if !seen.is_empty() && seen.iter().all(|one| !one.target.starts_with("markdown")) {
            let out = if self.has("docs/errors.md") { "generated/markdown" } else { "docs" };
            seen.push(Proposal {
                target: "markdown",
                out: out.to_owned(),
                options: Vec::new(),
                because: "A page for people".to_owned(),
                next: None,
            });
        }
        seen
    }

    fn rust(&self) -> Option<Proposal> {
        let manifest = self.toml("Cargo.toml")?;
        if manifest.contains_key("package") && !self.has("src/errors.rs") {
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
            let root = if self.has("src/lib.rs") { "src/lib.rs" } else { "src/main.rs" };
            return Some(Proposal {
                target: "rust-module",
                out: "src".to_owned(),
                options,
                because: "Cargo.toml is here: a module of the package, src/errors.rs".to_owned(),
                next: Some(format!("add `mod errors;` to {root}")),
            });
        }
        let folder = if self.has("crates") { "crates/errors" } else { "errors" };
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

    fn typescript(&self) -> Option<Proposal> {
        let manifest = self.npm()?;
        let is_workspace = manifest.get("workspaces").is_some() || self.has("pnpm-workspace.yaml");
        let uses = |list| manifest.get(list).and_then(|list| list.get("typescript")).is_some();
        let is_typescript =
            self.has("tsconfig.json") || uses("devDependencies") || uses("dependencies");
        let proposal = |target, out: &str, because: &str, next: &str| Proposal {
            target,
            out: out.to_owned(),
            options: Vec::new(),
            because: format!("package.json is here: {because}"),
            next: Some(next.to_owned()),
        };
        Some(if is_workspace {
            let out = "packages/errors";
            proposal(
                "typescript",
                out,
                "a package of the workspace",
                "run `npm install` to link it",
            )
        } else if is_typescript {
            let out = if self.has("src") { "src/generated" } else { "generated" };
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

    fn openapi(&self) -> Option<Proposal> {
        let folders = [".", "api", "docs", "openapi", "spec"];
        let files = folders.into_iter().flat_map(|folder| {
            ["openapi.yaml", "openapi.yml", "openapi.json"].map(|file| (folder, file))
        });
        let (folder, file) =
            files.into_iter().find(|(folder, file)| self.has(&format!("{folder}/{file}")))?;
        let path = if folder == "." { file.to_owned() } else { format!("{folder}/{file}") };
        let document = self.yaml(&path);
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
            next: Some(format!(
                "refer to the responses in {path}, as docs/openapi.md of errcat shows"
            )),
        })
    }

    fn docs(&self) -> Option<Proposal> {
        let first = |names: &[&'static str]| names.iter().copied().find(|name| self.has(name));
        let docusaurus = ["docusaurus.config.ts", "docusaurus.config.js", "docusaurus.config.mjs"];
        let fumadocs = ["source.config.ts", "source.config.mjs"];
        let (file, target, out, next) = if let Some(file) = first(&["mkdocs.yml", "mkdocs.yaml"]) {
            let config = self.yaml(file);
            let folder = config.as_ref().and_then(|config| config.get("docs_dir")?.as_str());
            let next = "add errors.md to `nav`, if there is one";
            (file, "markdown", folder.unwrap_or("docs").to_owned(), next)
        } else if let Some(file) = first(&docusaurus) {
            (file, "markdown", "docs".to_owned(), "")
        } else if let Some(file) = first(&fumadocs) {
            (file, "markdown-mdx", "content/docs".to_owned(), "")
        } else if let Some(file) = first(&[".vitepress", "docs/.vitepress"]) {
            let folder = file.strip_suffix("/.vitepress").unwrap_or(".");
            (file, "markdown", folder.to_owned(), "link to errors.md in the sidebar")
        } else if let Some(file) = first(&["book.toml"]) {
            let config = self.toml(file);
            let folder =
                config.as_ref().and_then(|config| config.get("book")?.get("src")?.as_str());
            let next = "add `- [Errors](errors.md)` to SUMMARY.md";
            (file, "markdown", folder.unwrap_or("src").to_owned(), next)
        } else {
            let file = first(&["docs"])?;
            (file, "markdown", "docs".to_owned(), "")
        };
        if self.has(&format!("{out}/errors.md")) || self.has(&format!("{out}/errors.mdx")) {
            return None;
        }
        let has_frontmatter = docusaurus.contains(&file) || fumadocs.contains(&file);
        let frontmatter = has_frontmatter.then(|| ("frontmatter", "true".to_owned()));
        Some(Proposal {
            target,
            out,
            options: frontmatter.into_iter().collect(),
            because: format!("{file} is here: a page of it"),
            next: (!next.is_empty()).then(|| next.to_owned()),
        })
    }

    fn has(&self, path: &str) -> bool {
        self.0.join(path).exists()
    }

    fn toml(&self, path: &str) -> Option<Table> {
        fs::read_to_string(self.0.join(path)).ok()?.parse().ok()
    }

    fn yaml(&self, path: &str) -> Option<Yaml> {
        serde_yaml::from_slice(&fs::read(self.0.join(path)).ok()?).ok()
    }

    fn npm(&self) -> Option<Json> {
        serde_json::from_slice(&fs::read(self.0.join("package.json")).ok()?).ok()
    }
}

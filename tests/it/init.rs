//! `errcat init` in repos of every kind: it asks for what fits, says what is left to do, and what it
//! asks for is made.

use crate::Repo;

const CARGO: &str = "[package]\nname = \"acme-billing\"\nversion = \"0.1.0\"\n\n[dependencies]\nserde_json = \"1\"\naxum-extra = \"1\"\n";

/// The outputs that errcat.yaml asks for, and that all of them are made.
fn outputs(repo: &Repo) -> Vec<String> {
    let said = repo.ok(&["init"]).stderr;
    assert!(
        said.starts_with("wrote errors.yaml\nwrote errcat.yaml\nnext: errcat generate\n"),
        "{said}"
    );
    repo.ok(&["generate"]);
    let manifest: toml::Table =
        std::fs::read_to_string(crate::root().join("Cargo.toml")).unwrap().parse().unwrap();
    let own: semver::Version = manifest["package"]["version"].as_str().unwrap().parse().unwrap();
    let config: serde_json::Value = serde_yaml::from_str(&repo.read("errcat.yaml")).unwrap();
    let accepts: semver::VersionReq = config["requires"].as_str().unwrap().parse().unwrap();
    assert!(accepts.matches(&own));
    assert!(!accepts.matches(&semver::Version::new(own.major, own.minor + 1, 0)));
    assert_eq!(repo.ok(&["generate", "--check", "-q"]).to_string(), "exit: 0\n");
    let config = repo.read("errcat.yaml");
    let outputs =
        config.lines().filter_map(|line| line.strip_prefix("  - {catalog: errors.yaml, target: "));
    outputs.map(|output| output.trim_end_matches('}').to_owned()).collect()
}

#[test]
fn a_repo_of_each_kind_gets_what_fits() {
    for (files, expected) in [
        // Rust.
        (
            &[("Cargo.toml", CARGO), ("src/main.rs", "")][..],
            &["rust-module, out: src, options: {features: [json]", "markdown, out: docs"][..],
        ),
        (
            &[("Cargo.toml", "[package]\nname = \"x\"\n"), ("src/errors.rs", "")],
            &["rust, out: errors", "markdown, out: docs"],
        ),
        (
            &[
                ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
                ("crates/a/Cargo.toml", ""),
            ],
            &["rust, out: crates/errors", "markdown, out: docs"],
        ),
        // npm.
        (
            &[("package.json", "{\"name\": \"x\"}"), ("tsconfig.json", "{}"), ("src/a.ts", "")],
            &["typescript-module, out: src/generated", "markdown, out: docs"],
        ),
        (
            &[("package.json", "{}")],
            &["typescript, out: generated/typescript", "markdown, out: docs"],
        ),
        (
            &[("package.json", "{\"workspaces\": [\"packages/*\"]}")],
            &["typescript, out: packages/errors", "markdown, out: docs"],
        ),
        // OpenAPI, of both versions.
        (&[("openapi.yaml", "openapi: 3.1.0\n")], &["openapi, out: .", "markdown, out: docs"]),
        (
            &[(
                "api/openapi.json",
                "{\n  \"info\": {\"openapi\": 1},\n\t\"openapi\": \"3.0.2\"\n}",
            )],
            &["openapi, out: api, options: {version: 3.0.3", "markdown, out: docs"],
        ),
        // Docs sites.
        (
            &[(
                "mkdocs.yml",
                "docs_dir: pages # here\nx: !!python/name:material.emoji\ny: !ENV Z\n",
            )],
            &["markdown, out: pages"],
        ),
        (&[("mkdocs.yml", "site_name: x\n")], &["markdown, out: docs"]),
        (&[("docusaurus.config.ts", "")], &["markdown, out: docs, options: {frontmatter: true"]),
        (
            &[("source.config.ts", "")],
            &["markdown-mdx, out: content/docs, options: {frontmatter: true"],
        ),
        (&[("docs/.vitepress/config.ts", "")], &["markdown, out: docs"]),
        (&[("book.toml", "[book]\ntitle = \"x\"\n")], &["markdown, out: src"]),
        (&[("book.toml", "[book]\nsrc = \"text\"\n")], &["markdown, out: text"]),
        (&[("docs/readme.txt", "")], &["markdown, out: docs"]),
        // All at once.
        (
            &[
                ("Cargo.toml", CARGO),
                ("package.json", "{}"),
                ("openapi.yml", ""),
                ("mkdocs.yml", ""),
            ],
            &[
                "rust-module, out: src, options: {features: [json]",
                "typescript, out: generated/typescript",
                "openapi, out: .",
                "markdown, out: docs",
            ],
        ),
        // Nothing tells.
        (
            &[("README", "")],
            &[
                "rust, out: generated/rust",
                "typescript, out: generated/typescript",
                "markdown, out: generated/markdown",
                "openapi, out: generated/openapi",
                "json, out: generated/json",
            ],
        ),
    ] {
        let repo = files.iter().fold(Repo::new(), |repo, (path, text)| repo.file(path, text));
        assert_eq!(outputs(&repo), expected, "{files:?}");
    }
}

#[test]
fn a_page_that_is_there_is_not_in_the_way() {
    for other in ["mkdocs.yml", "Cargo.toml"] {
        let repo = Repo::new().file(other, "").file("docs/errors.md", "mine\n");
        let outputs = outputs(&repo);
        assert_eq!(repo.read("docs/errors.md"), "mine\n");
        assert!(outputs.contains(&"markdown, out: generated/markdown".to_owned()), "{outputs:?}");
    }
}

#[test]
fn the_product_is_named_after_the_package() {
    let product = |repo: Repo| {
        repo.ok(&["init"]);
        repo.ok(&["lint"]);
        repo.read("errors.yaml")
            .lines()
            .find_map(|line| line.strip_prefix("product: ").map(str::to_owned))
            .unwrap()
    };
    let npm = |name: &str| Repo::new().file("package.json", format!("{{\"name\": {name}}}"));
    assert!(product(Repo::new().file("Cargo.toml", CARGO)).starts_with("\"Acme Billing\" #"));
    assert!(product(npm("\"@acme/shop-web\"")).starts_with("\"Shop Web\" #"));
    for odd in ["\"\"", "\"日本\"", "7", "\"a: b\\n# c\"", "\"true\"", "\"404\""] {
        let product = product(npm(odd));
        assert!(product.contains(" # whose errors these are"), "{odd}: {product}");
    }
}

#[test]
fn what_is_left_to_do_is_said() {
    let repo = Repo::new().file("Cargo.toml", CARGO).file("src/lib.rs", "").file("book.toml", "");
    insta::assert_snapshot!("init in a repo", repo.ok(&["init"]));
    insta::assert_snapshot!("init in a repo, errcat.yaml", repo.read("errcat.yaml"));

    for (members, is_to_do) in [("crates/*", false), ("crates/api", true)] {
        let manifest = format!("[workspace]\nmembers = [\"{members}\"]\n");
        let repo = Repo::new().file("Cargo.toml", manifest).file("crates/api/Cargo.toml", "");
        let said = repo.ok(&["init"]).stderr;
        assert_eq!(said.contains("add `crates/errors` to the members"), is_to_do, "{said}");
    }
}

//! `errcat init` in repos of every kind: it asks for what fits, says what is left to do, and what it
//! asks for is made.

use crate::Repo;

const CARGO: &str = "[package]\nname = \"acme-billing\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = \"1\"\naxum-extra = \"1\"\n";

const PYPROJECT: &str = "[project]\nname = \"Acme-Billing\"\nrequires-python = \">=3.11\"\n";

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
        config.lines().filter_map(|line| line.strip_prefix("  - {catalog: errors.yaml, "));
    let outputs = outputs.map(|output| output.trim_start_matches("target: ").trim_end_matches('}'));
    outputs.map(str::to_owned).collect()
}

#[test]
fn a_repo_of_each_kind_gets_what_fits() {
    for (files, expected) in [
        // Rust.
        (
            &[("Cargo.toml", CARGO), ("src/main.rs", "")][..],
            &["rust-module, out: src, options: {features: [json]", "html, out: docs"][..],
        ),
        (
            &[("Cargo.toml", "[package]\nname = \"x\"\n"), ("src/errors.rs", "")],
            &["rust, out: errors", "html, out: docs"],
        ),
        (
            &[
                ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
                ("crates/a/Cargo.toml", ""),
            ],
            &["rust, out: crates/errors", "html, out: docs"],
        ),
        // npm.
        (
            &[("package.json", "{\"name\": \"x\"}"), ("tsconfig.json", "{}"), ("src/a.ts", "")],
            &["typescript-module, out: src/generated", "html, out: docs"],
        ),
        (&[("package.json", "{}")], &["typescript, out: generated/typescript", "html, out: docs"]),
        (
            &[("package.json", "{\"workspaces\": [\"packages/*\"]}")],
            &["typescript, out: packages/errors", "html, out: docs"],
        ),
        // Python.
        (
            &[("pyproject.toml", PYPROJECT), ("src/acme_billing/__init__.py", "")],
            &["python-module, out: src/acme_billing", "html, out: docs"],
        ),
        (&[("requirements.txt", "fastapi\n")], &["python-module, out: .", "html, out: docs"]),
        (
            &[("pyproject.toml", "[tool.uv.workspace]\nmembers = [\"packages/*\"]\n")],
            &["python, out: packages/errors", "html, out: docs"],
        ),
        // A language without a target, alone and next to one that has a target.
        (&[("go.mod", "module x\n")], &["json, out: generated/json", "html, out: docs"]),
        (
            &[("Gemfile", ""), ("docs/x.md", "")],
            &["json, out: generated/json", "markdown, out: docs"],
        ),
        (
            &[("go.mod", "module x\n"), ("package.json", "{}")],
            &["typescript, out: generated/typescript", "html, out: docs"],
        ),
        // OpenAPI, of both versions.
        (&[("openapi.yaml", "openapi: 3.1.0\n")], &["openapi, out: .", "html, out: docs"]),
        (
            &[(
                "api/openapi.json",
                "{\n  \"info\": {\"openapi\": 1},\n\t\"openapi\": \"3.0.2\"\n}",
            )],
            &["openapi, out: api, options: {version: 3.0.3", "html, out: docs"],
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
        (
            &[("mkdocs.yml", "markdown_extensions: [toc: {permalink: true}, attr_list]\n")],
            &["markdown, out: docs, options: {site: mkdocs"],
        ),
        (
            &[("mkdocs.yml", "markdown_extensions: {attr_list: , toc: }\n")],
            &["markdown, out: docs, options: {site: mkdocs"],
        ),
        (
            &[("docusaurus.config.ts", "")],
            &["markdown-mdx, out: docs, options: {frontmatter: true, site: docusaurus"],
        ),
        (
            &[("source.config.ts", "")],
            &["markdown-mdx, out: content/docs, options: {frontmatter: true, site: fumadocs"],
        ),
        (&[("docs/.vitepress/config.ts", "")], &["markdown, out: docs, options: {site: vitepress"]),
        (
            &[("book.toml", "[book]\ntitle = \"x\"\n")],
            &["markdown, out: src, options: {site: mdbook"],
        ),
        (
            &[("book.toml", "[book]\nsrc = \"text\"\n")],
            &["markdown, out: text, options: {site: mdbook"],
        ),
        (&[("docs/readme.txt", "")], &["markdown, out: docs"]),
        // All at once.
        (
            &[
                ("Cargo.toml", CARGO),
                ("package.json", "{}"),
                ("setup.py", ""),
                ("openapi.yml", ""),
                ("mkdocs.yml", ""),
            ],
            &[
                "rust-module, out: src, options: {features: [json]",
                "typescript, out: generated/typescript",
                "python-module, out: .",
                "openapi, out: .",
                "markdown, out: docs",
            ],
        ),
        // Nothing says what fits.
        (
            &[("README", "")],
            &["targets: [rust, typescript, python, markdown, html, openapi, json], out: generated"],
        ),
    ] {
        let repo = files.iter().fold(Repo::new(), |repo, (path, text)| repo.file(path, text));
        assert_eq!(outputs(&repo), expected, "{files:?}");
    }
}

#[test]
fn a_page_that_is_there_is_not_in_the_way() {
    for (other, output) in [
        ("mkdocs.yml", "markdown, html, openapi, json], out: generated"),
        ("Cargo.toml", "markdown, out: generated/markdown"),
    ] {
        let repo = Repo::new().file(other, "").file("docs/errors.md", "mine\n");
        let outputs = outputs(&repo);
        assert_eq!(repo.read("docs/errors.md"), "mine\n");
        assert!(outputs.iter().any(|one| one.ends_with(output)), "{outputs:?}");
    }
}

/// Some sites read ids of headings only under a condition, which `errcat init` names.
#[test]
fn a_site_that_reads_no_ids_of_headings_gets_a_hint() {
    let said = |files: &[(&str, &str)]| {
        let mut repo = Repo::new();
        for (path, text) in files {
            repo = repo.file(path, text);
        }
        let said = repo.ok(&["init"]).stderr;
        (said, repo.read("errcat.yaml").contains("site:"))
    };
    let (mkdocs, is_set) = said(&[("mkdocs.yml", "markdown_extensions: [toc]\n")]);
    assert!(mkdocs.contains("add `attr_list` to `markdown_extensions` in mkdocs.yml") && !is_set);
    for (version, has_ids) in
        [("^3.9.2", false), ("2.4", false), ("^3.10.1", true), ("latest", true)]
    {
        let manifest = format!(r#"{{"dependencies": {{"@docusaurus/core": "{version}"}}}}"#);
        let (docusaurus, is_set) =
            said(&[("docusaurus.config.js", ""), ("package.json", manifest.as_str())]);
        assert_eq!(docusaurus.contains("from Docusaurus 3.10 on"), !has_ids, "{version}");
        assert_eq!(is_set, has_ids, "{version}");
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
    let python = |file: &str, text: &str| product(Repo::new().file(file, text));
    for (file, text) in [
        ("pyproject.toml", PYPROJECT),
        ("pyproject.toml", "[tool.poetry]\nname = \"acme-billing\"\n"),
        ("setup.cfg", "[flake8]\nname = x\n\n[metadata]\nname = acme_billing\n"),
        ("setup.py", "from setuptools import setup\n\nsetup(\n    name = 'acme.billing',\n)\n"),
    ] {
        assert!(python(file, text).starts_with("\"Acme Billing\" #"), "{text}");
    }
    for (file, text) in [
        ("pyproject.toml", "[project]\nname = 7\n"),
        ("setup.cfg", "[metadata]\nversion = 1\n[x]\nname = y\n"),
        ("setup.py", "NAME = 'x'\nsetup(name=NAME)\n"),
        ("setup.py", "setup(name='"),
    ] {
        assert!(python(file, text).starts_with("Acme #"), "{text}");
    }
    for odd in ["\"\"", "\"日本\"", "7", "\"a: b\\n# c\"", "\"true\"", "\"404\""] {
        let product = product(npm(odd));
        assert!(product.contains(" # the name of your product"), "{odd}: {product}");
    }
}

#[test]
fn what_is_left_to_do_is_printed() {
    let repo = Repo::new().file("Cargo.toml", CARGO).file("src/lib.rs", "").file("book.toml", "");
    insta::assert_snapshot!("init in a repo", repo.ok(&["init"]));
    insta::assert_snapshot!("init in a repo, errcat.yaml", repo.read("errcat.yaml"));

    let go = Repo::new().file("go.mod", "module x\n").ok(&["init"]).stderr;
    assert!(go.contains("then: errcat has no target for Go: read catalog.json, or"), "{go}");

    for (members, is_to_do) in [("crates/*", false), ("crates/api", true)] {
        let manifest = format!("[workspace]\nmembers = [\"{members}\"]\n");
        let repo = Repo::new().file("Cargo.toml", manifest).file("crates/api/Cargo.toml", "");
        let said = repo.ok(&["init"]).stderr;
        assert_eq!(said.contains("add `crates/errors` to the members"), is_to_do, "{said}");
    }
}

/// What is said on stderr in a repo of these files.
fn said(files: &[(&str, &str)]) -> String {
    let repo = files.iter().fold(Repo::new(), |repo, (path, text)| repo.file(path, text));
    repo.ok(&["init"]).stderr
}

#[test]
fn commands_are_those_of_the_repos_package_manager() {
    let workspace = "{\"workspaces\": [\"packages/*\"]}";
    for (signs, install, add) in [
        (&[][..], "npm install", "npm install ./generated/typescript"),
        (&[("package-lock.json", "{}")], "npm install", "npm install ./generated/typescript"),
        (&[("pnpm-lock.yaml", "")], "pnpm install", "pnpm add ./generated/typescript"),
        (&[("yarn.lock", "")], "yarn install", "yarn add link:./generated/typescript"),
        (&[(".yarnrc.yml", "")], "yarn install", "yarn add link:./generated/typescript"),
        (&[("bun.lock", "")], "bun install", "bun add file:./generated/typescript"),
        (&[("bun.lockb", "")], "bun install", "bun add file:./generated/typescript"),
    ] {
        for (manifest, command) in [(workspace, install), ("{}", add)] {
            let files = [&[("package.json", manifest)], signs].concat();
            let said = said(&files);
            assert!(said.contains(&format!("`{command}`")), "{signs:?}: {said}");
        }
    }
    for (field, command) in [
        ("\"packageManager\": \"pnpm@9.1.0+sha\"", "pnpm add"),
        ("\"packageManager\": \"yarn@4.0.0\"", "yarn add"),
        ("\"devEngines\": {\"packageManager\": {\"name\": \"bun\"}}", "bun add"),
    ] {
        let manifest = format!("{{{field}}}");
        let said = said(&[("package.json", &manifest), ("package-lock.json", "{}")]);
        assert!(said.contains(command), "{said}");
    }
    // pnpm-workspace.yaml is the only sign, and names the folder of packages.
    let pnpm = said(&[
        ("package.json", "{}"),
        ("pnpm-workspace.yaml", "packages:\n  - libs/*\n  - apps/*\n"),
    ]);
    assert!(pnpm.contains("`pnpm install`") && !pnpm.contains("npm install ./"), "{pnpm}");
    // A package of a workspace: the lock file is above.
    let repo = Repo::new().file("pnpm-lock.yaml", "").file("packages/a/package.json", "{}");
    let mut command = repo.command(&["init"]);
    let ran = crate::Ran::from(command.current_dir(repo.path("packages/a")).output().unwrap());
    assert!(ran.stderr.contains("pnpm add"), "{ran}");
}

#[test]
fn a_new_package_goes_where_the_workspace_has_its_packages() {
    for (files, out, is_to_do) in [
        (
            &[("package.json", "{}"), ("pnpm-workspace.yaml", "packages: [apps/*, libs/*]\n")][..],
            "libs/errors",
            false,
        ),
        (
            &[("package.json", "{\"workspaces\": {\"packages\": [\"./modules/*\"]}}")],
            "modules/errors",
            false,
        ),
        (&[("package.json", "{\"workspaces\": [\"a\", \"b\"]}")], "packages/errors", true),
        (&[("Cargo.toml", "[workspace]\nmembers = [\"libs/*\"]\n")], "libs/errors", false),
    ] {
        let repo = files.iter().fold(Repo::new(), |repo, (path, text)| repo.file(path, text));
        let said = repo.ok(&["init"]).stderr;
        assert!(
            repo.read("errcat.yaml").contains(&format!("out: {out}")),
            "{}",
            repo.read("errcat.yaml")
        );
        assert_eq!(said.contains("then: add `"), is_to_do, "{said}");
    }
}

#[test]
fn an_import_has_the_extension_that_the_compiler_wants() {
    let package = ("package.json", "{\"devDependencies\": {\"typescript\": \"5\"}}");
    for (config, has_extension) in [
        ("{}", false),
        ("{\"compilerOptions\": {\"module\": \"NodeNext\"}}", true),
        ("{\"compilerOptions\": {\"module\": \"node16\"}}", true),
        (
            "{\"compilerOptions\": {\"module\": \"esnext\", \"moduleResolution\": \"bundler\"}}",
            false,
        ),
        ("{\"compilerOptions\": {\"moduleResolution\": \"node\"}}", false),
        ("{\"compilerOptions\": {\"moduleResolution\": \"node10\"}}", false),
        (
            "{\n  // \"module\": \"es6\"\n  \"compilerOptions\": {\n    /* x */ \"module\": \"nodenext\", // here: \"\n  },\n}\n",
            true,
        ),
        ("{\"extends\": \"./tsconfig.base.json\"}", true),
        ("{\"extends\": [\"./none.json\", \"./tsconfig.base\"]}", true),
        ("{\"extends\": \"@tsconfig/node20/tsconfig.json\"}", true),
        ("{\"files\": [], \"references\": [{\"path\": \"./tsconfig.base.json\"}]}", true),
    ] {
        let base = ("tsconfig.base.json", "{\"compilerOptions\": {\"module\": \"node18\"}}");
        let said = said(&[package, ("tsconfig.json", config), base, ("src/a.ts", "")]);
        let import = if has_extension { "./generated/errors.js\"" } else { "./generated/errors\"" };
        assert!(said.contains(import), "{config}: {said}");
        assert!(!said.contains("ES2020"), "{said}");
    }
    for (options, is_old) in [
        ("\"target\": \"es2019\"", true),
        ("\"target\": \"ES6\"", true),
        ("\"target\": \"ES5\", \"lib\": [\"dom\", \"es2022\"]", false),
        ("\"target\": \"es2022\", \"lib\": [\"ES2017\", \"ES2018.Promise\", \"DOM\"]", true),
        ("\"target\": \"es2020\"", false),
        ("\"target\": \"esnext\"", false),
    ] {
        let config = format!("{{\"compilerOptions\": {{{options}}}}}");
        assert_eq!(
            said(&[package, ("tsconfig.json", &config)]).contains("ES2020"),
            is_old,
            "{config}"
        );
    }
}

#[test]
fn a_python_module_goes_into_the_package() {
    let project = ("pyproject.toml", PYPROJECT);
    let requirements = ("requirements.txt", "flask==3.1\n");
    for (files, out, import) in [
        // The package of the project's name, wherever it is.
        (&[project, ("src/acme_billing/a.py", "")][..], "src/acme_billing", "from acme_billing"),
        (
            &[project, ("acme_billing/__init__.py", ""), ("other/__init__.py", "")],
            "acme_billing",
            "from acme_billing",
        ),
        (
            &[project, ("python/acme_billing/__init__.py", ""), ("src/lib.rs", "")],
            "python/acme_billing",
            "from acme_billing",
        ),
        (
            &[("setup.cfg", "[metadata]\nname = acme-billing\n"), ("acme_billing/a.py", "")],
            "acme_billing",
            "from acme_billing",
        ),
        // A folder of that name may have something else in it.
        (&[project, ("acme_billing/schema.sql", "")], ".", ""),
        // The only package.
        (&[requirements, ("app/__init__.py", ""), ("tests/__init__.py", "")], "app", "from app"),
        (&[project, ("src/billing/__init__.py", "")], "src/billing", "from billing"),
        // Where the code is.
        (&[project, ("src/main.py", "")], "src", ""),
        (&[requirements, ("main.py", "")], ".", ""),
        (&[requirements, ("a/__init__.py", ""), ("b/__init__.py", "")], ".", ""),
    ] {
        let repo = files.iter().fold(Repo::new(), |repo, (path, text)| repo.file(path, text));
        let said = repo.ok(&["init"]).stderr;
        let config = repo.read("errcat.yaml");
        let output = format!("target: python-module, out: {out}}}");
        assert!(config.contains(&output), "{files:?}: {config}");
        let import = format!("{import} import errors`").trim_start().to_owned();
        let step = format!("then: import it with `{import}\n");
        assert!(said.contains(&step), "{files:?}: {said}");
        repo.ok(&["generate"]);
        assert!(repo.path(&format!("{out}/errors.py")).exists());
    }
}

#[test]
fn a_python_package_is_for_workspaces_and_where_the_name_is_taken() {
    let workspace = |members: &str| {
        let text = format!("[tool.uv.workspace]\nmembers = [{members}]\n");
        said(&[("pyproject.toml", &text)])
    };
    let said_of_member = workspace("\"apps/*\", \"libs/*\"");
    assert!(
        said_of_member.contains("then: run `uv sync --all-packages` to install it\n"),
        "{said_of_member}"
    );
    let said_of_other = workspace("\"api\"");
    let step = "then: add `packages/errors` to the members in pyproject.toml, and run `uv sync";
    assert!(said_of_other.contains(step), "{said_of_other}");

    for (lock, command) in [
        ("uv.lock", "uv add --editable ./generated/python"),
        ("poetry.lock", "poetry add --editable ./generated/python"),
        ("Pipfile.lock", "pip install --editable ./generated/python"),
    ] {
        for taken in ["app/errors.py", "app/errors/__init__.py"] {
            let repo = Repo::new().file("requirements.txt", "").file(lock, "");
            let repo = repo.file("app/__init__.py", "").file(taken, "mine\n");
            let said = repo.ok(&["init"]).stderr;
            assert!(said.contains(&format!("then: run `{command}`\n")), "{said}");
            repo.ok(&["generate"]);
            assert!(repo.path("generated/python/pyproject.toml").exists());
            assert_eq!(repo.read(taken), "mine\n");
        }
    }
}

#[test]
fn requirements_of_a_docs_site_are_no_sign_of_python() {
    for (requirements, is_project) in [
        ("mkdocs-material==9.6\nmkdocs\n", false),
        ("# docs\nsphinx>=8\n\nsphinx-rtd-theme\n", false),
        ("mkdocs\nfastapi\n", true),
        ("", true),
    ] {
        let repo = Repo::new().file("requirements.txt", requirements).file("docs/index.md", "");
        repo.ok(&["init"]);
        let config = repo.read("errcat.yaml");
        assert_eq!(config.contains("python-module"), is_project, "{requirements}: {config}");
    }
}

#[test]
fn a_project_for_older_python_is_told_what_the_module_needs() {
    let project = |versions: &str| format!("[project]\nrequires-python = \"{versions}\"\n");
    let poetry = |versions: &str| format!("[tool.poetry.dependencies]\npython = \"{versions}\"\n");
    for (file, text, is_old) in [
        ("pyproject.toml", project(">=3.8"), true),
        ("pyproject.toml", project(">= 3.10, <4"), true),
        ("pyproject.toml", project("<4,>=3.9.2"), true),
        ("pyproject.toml", project(">=3"), true),
        ("pyproject.toml", project("~=3.11"), false),
        ("pyproject.toml", project(">=3.12,!=3.12.1,<3.15"), false),
        ("pyproject.toml", poetry("^3.9"), true),
        ("pyproject.toml", poetry("^3.13"), false),
        ("setup.cfg", "[options]\npython_requires = >=3.7\n".to_owned(), true),
        ("setup.py", "setup(name='x', python_requires='>=3.7')".to_owned(), true),
        ("pyproject.toml", "[project]\n".to_owned(), false),
    ] {
        let said = said(&[(file, &text)]);
        assert_eq!(said.contains("; it needs Python 3.11 or newer"), is_old, "{text}: {said}");
    }
}

#[test]
fn catalogs_that_are_there_are_used() {
    let catalog = crate::SMALL;
    let repo = Repo::new().file("services/billing/errors.yaml", catalog).file("mkdocs.yml", "");
    let repo = repo
        .file("node_modules/x/errors.yaml", catalog)
        .file("other.yaml", "errcat: 1\noutputs: []\n")
        // Surfaces without a shape have no outputs.
        .file("shared.yaml", catalog.replace("    shape: {body: {error: <code>}}\n", ""));
    let said = repo.ok(&["init"]).stderr;
    assert!(said.starts_with("found services/billing/errors.yaml\nwrote errcat.yaml\n"), "{said}");
    assert!(!repo.path("errors.yaml").exists());
    assert!(
        repo.read("errcat.yaml")
            .contains("{catalog: services/billing/errors.yaml, target: markdown, out: docs}")
    );
    repo.ok(&["generate"]);

    let repo = Repo::new().file("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n");
    let repo = repo
        .file("package.json", "{\"devDependencies\": {\"typescript\": \"5\"}}")
        .file("openapi.yaml", "openapi: 3.1.0\n");
    let repo = repo
        .file("services/billing/errors.yaml", catalog)
        .file("services/search/errors.yaml", catalog);
    insta::assert_snapshot!("init with catalogs", repo.ok(&["init"]));
    insta::assert_snapshot!("init with catalogs, errcat.yaml", repo.read("errcat.yaml"));
    repo.ok(&["generate"]);
    repo.ok(&["generate", "--check"]);

    let repo = Repo::new().file("catalogs/a b.yaml", catalog).file("catalogs/404.yaml", catalog);
    repo.ok(&["init"]);
    repo.ok(&["generate"]);
    assert!(repo.path("generated/a-b/json/catalog.json").exists());

    // Folders of Python modules are names that can be imported.
    let repo = Repo::new().file("catalogs/a b.yaml", catalog).file("catalogs/404.yaml", catalog);
    let said = repo.file("setup.py", "").ok(&["init"]).stderr;
    for folder in ["a_b", "_404"] {
        let step = format!("then: import it with `from {folder} import errors`\n");
        assert!(said.contains(&step), "{said}");
    }
}

#[test]
fn formatters_that_take_no_comment_are_known_by_their_config() {
    for config in ["biome.json", "biome.jsonc"] {
        let said = said(&[("package.json", "{}"), (config, "{}")]);
        let step = format!(
            "then: add `\"!generated/typescript/package.json\"` to `files.includes` in {config}, \
             after `\"**\"`\n"
        );
        assert!(said.contains(&step) && !said.contains("prettierignore"), "{said}");
    }
    let package = "{\"devDependencies\": {\"typescript\": \"5\"}, \"prettier\": {\"semi\": false}}";
    for (file, text, is_named) in [
        (".prettierrc", "semi: false\n", true),
        (".prettierrc", "{\n  \"semi\" : false\n}\n", true),
        (".prettierrc.toml", "semi = false\n", true),
        ("prettier.config.mjs", "export default { semi: false };\n", true),
        ("package.json", package, true),
        (".prettierrc", "semi: true\nsingleQuote: true\n", false),
        ("notes.txt", "semi: false\n", false),
    ] {
        let said = said(&[("package.json", "{}"), ("tsconfig.json", "{}"), (file, text)]);
        let step = "then: add `generated/errors.ts` to .prettierignore, because of `semi: false`\n";
        assert_eq!(said.contains(step), is_named, "{file}: {text}{said}");
        assert!(!said.contains("biome"), "{said}");
    }
}

#[test]
fn a_package_of_edition_2015_is_told_what_the_module_needs() {
    for (edition, is_old) in [
        ("", true),
        ("edition = \"2015\"\n", true),
        ("edition = \"2018\"\n", false),
        ("edition = \"2024\"\n", false),
        ("edition.workspace = true\n", false),
    ] {
        let manifest = format!("[package]\nname = \"x\"\n{edition}");
        let said = said(&[("Cargo.toml", &manifest)]);
        assert_eq!(said.contains("edition 2018 or newer"), is_old, "{edition}: {said}");
    }
}

/// A user of the binary has no files of errcat's repository.
#[test]
fn nothing_refers_to_files_of_errcat() {
    let all = said(&[
        ("Cargo.toml", CARGO),
        ("package.json", "{}"),
        ("openapi.yml", ""),
        ("mkdocs.yml", ""),
    ]);
    assert!(!all.contains("errcat shows") && !all.contains("docs/openapi.md"), "{all}");
    let repo = Repo::new().file("openapi.yaml", "openapi: 3.1.0\n");
    let said = repo.ok(&["init"]).stderr;
    repo.ok(&["generate"]);
    let (_, reference) = said.split_once("errors.openapi.yaml#/components/responses/").unwrap();
    let name = reference.split('"').next().unwrap();
    assert!(repo.read("errors.openapi.yaml").contains(&format!("\n    {name}:\n")), "{said}");
}

//! README, CONTRIBUTING and docs/ are true: their commands run, their catalogs load, and what they
//! name is there.

use std::collections::BTreeSet;
use std::fs;

use crate::{Repo, files_below, root};

pub(crate) fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The fenced blocks of a language.
pub(crate) fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.strip_prefix("```") == Some(language) {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(block.join("\n") + "\n");
        }
    }
    blocks
}

/// A copy of what the README's commands work on.
fn clone() -> Repo {
    let repo = Repo::new();
    for file in ["catalog/tensorloop.yaml", "errcat.yaml"] {
        repo.put(file, page(file));
    }
    repo
}

#[test]
fn the_commands_of_the_readme_do_what_they_say() {
    let page = page("README.md");
    let commands: Vec<String> = blocks(&page, "sh")
        .concat()
        .lines()
        .map(|line| line.split('#').next().unwrap().trim().to_owned())
        .collect();
    let mut ran = 0;
    let (checkout, repo) = (clone(), Repo::new());
    for command in &commands {
        let (repo, arguments) = match command.as_str() {
            "tests/run" => {
                assert!(root().join("tests/run").exists());
                let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
                assert!(
                    ci.contains("\ntests/run --ecosystem\n"),
                    "CI runs another command than the README"
                );
                continue;
            }
            "cargo install --locked --path path/to/errcat" => continue,
            command => match command.strip_prefix("cargo run --release -- ") {
                Some(arguments) => (&checkout, arguments),
                None => (&repo, command.strip_prefix("errcat ").unwrap()),
            },
        };
        repo.ok(&arguments.split_whitespace().collect::<Vec<_>>());
        ran += 1;
    }
    assert_eq!(ran, 4, "{commands:?}");
    for target in ["rust", "typescript", "python", "markdown", "html", "openapi", "json"] {
        assert!(checkout.path("generated").join(target).exists(), "no {target}");
    }
}

/// The outputs of the README's catalog have every name that the table below it promises.
#[test]
fn the_catalog_of_the_readme_becomes_what_it_says() {
    let page = page("README.md");
    let repo = Repo::new().file("errors.yaml", blocks(&page, "yaml").concat());
    repo.ok(&["lint", "errors.yaml"]);
    repo.ok(&["generate", "--catalog", "errors.yaml", "--out-root", "."]);
    for (output, file, names) in [
        ("Rust crate", "rust/src/api.rs", &["api::key_limit()", "Code::KeyLimit"][..]),
        (
            "TypeScript package",
            "typescript/index.d.ts",
            &["apiResponse(\"key_limit\")", "readApiError", "fetchWithRetry"],
        ),
        (
            "Python package",
            "python/src/acme_errors/api.py",
            &["raise api.key_limit()", "Code.KEY_LIMIT"],
        ),
        ("Markdown docs", "markdown/errors.md", &["#api-key_limit"]),
        ("OpenAPI fragment", "openapi/errors.openapi.yaml", &["ApiError403", "ApiErrorCode"]),
    ] {
        let row = page.lines().find(|line| line.starts_with(&format!("| {output} |"))).unwrap();
        let promised: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert_eq!(promised, names, "{output}");
        let made = repo.read(file);
        for name in names {
            let defined = match *name {
                "api::key_limit()" => "pub fn key_limit() -> ApiError",
                "Code::KeyLimit" => "    KeyLimit,",
                "apiResponse(\"key_limit\")" => "export declare function apiResponse",
                "readApiError" => "export declare function readApiError(",
                "fetchWithRetry" => "export declare function fetchWithRetry",
                "raise api.key_limit()" => "def key_limit() -> ApiError",
                "Code.KEY_LIMIT" => "    KEY_LIMIT = ",
                "#api-key_limit" => "<a id=\"api-key_limit\"></a>",
                "ApiError403" => "    ApiError403:",
                _ => "    ApiErrorCode:",
            };
            assert!(made.contains(defined), "{file} lacks {defined}");
        }
    }
}

#[test]
fn the_page_about_commands_is_true() {
    let page = page("docs/commands.md");
    let config = blocks(&page, "yaml").concat();
    let repo = Repo::new().file("errcat.yaml", &config).file("errors.yaml", crate::SMALL);
    repo.put("my-templates/codes/codes.txt.j2", "");
    repo.ok(&["generate"]);
    assert!(repo.read("crates/errors/Cargo.toml").contains("name = \"acme-errors\""));
    assert!(repo.read("packages/errors/package.json").contains("\"name\": \"@acme/errors\""));

    let help = repo.ok(&["--help"]).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(
            command == "help" || page.contains(&format!("| `errcat {command}")),
            "docs/commands.md has no row for `{command}`"
        );
    }
    for command in ["init", "generate", "lint", "explain", "verify"] {
        let help = repo.ok(&[command, "--help"]).stdout;
        let flags =
            help.split([' ', ',', '\n', '[']).filter(|word| word.starts_with('-') && *word != "-h");
        for flag in
            flags.filter(|flag| !["--help", "--quiet", "-h')", "-", "-si", "-i`"].contains(flag))
        {
            assert!(page.contains(&format!("`{flag}")), "docs/commands.md lacks `{flag}`");
        }
    }
    let targets = repo.ok(&["templates", "list"]).stdout;
    for target in targets.lines().filter(|line| line.contains("(built-in)")) {
        let name = target.split_whitespace().next().unwrap();
        assert!(
            page.contains(&format!("| `{name}` |")),
            "docs/commands.md lacks the target {name}"
        );
    }
}

/// Every field of a line of JSON, and every kind of file that is out of date, is on the page.
#[test]
fn the_lines_of_json_are_on_the_page_about_commands() {
    let page = page("docs/commands.md");
    let (_, section) = page.split_once("With `--format json`, `generate` and `lint`").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let config = "errcat: 1\noutputs: [{catalog: errors.yaml, target: rust, out: out}]\n";
    let repo = Repo::new().file("errors.yaml", crate::SMALL).file("errcat.yaml", config);
    repo.ok(&["generate"]);
    repo.put("errors.yaml", crate::SMALL.replace("id: api", "id: other"));
    let mut said = repo.run(&["generate", "--diff", "--format", "json"]).stdout;
    repo.put("errors.yaml", crate::SMALL.replace("status: 400", "status: 4000"));
    said += &repo.run(&["lint", "--format", "json"]).stdout;
    let mut fields = BTreeSet::new();
    for line in said.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        fields.extend(line.as_object().unwrap().keys().cloned());
        fields.extend(line["drift"].as_str().map(str::to_owned));
    }
    let on_page = section.split('`').skip(1).step_by(2).map(str::to_owned);
    let mut on_page: BTreeSet<String> = on_page.collect();
    on_page.remove("--check");
    on_page.remove("--diff");
    assert_eq!(fields, on_page);
}

/// People check what each site needs. This test checks what errcat and markdownlint need.
#[test]
fn the_yaml_of_the_page_about_markdown_is_right() {
    let page = page("docs/markdown.md");
    let yaml = blocks(&page, "yaml");
    let [docusaurus, fumadocs, _mkdocs, lint] = yaml.as_slice() else { panic!("{}", yaml.len()) };
    for (config, file) in [(docusaurus, "docs/errors.mdx"), (fumadocs, "content/docs/errors.mdx")] {
        let repo = Repo::new().file("errcat.yaml", config).file("errors.yaml", crate::SMALL);
        repo.ok(&["generate"]);
        assert!(repo.read(file).starts_with("---\n# Code generated"));
    }
    let own = self::page("tests/node/.markdownlint.yaml");
    assert_eq!(serde_yaml(lint), serde_yaml(&own));
    // The versions are those that the tests install.
    for (site, file, before) in [
        ("cmark-gfm", "tests/ecosystem/requirements.txt", "\ncmarkgfm=="),
        ("MkDocs", "tests/ecosystem/requirements.txt", "\nmkdocs=="),
        ("Material", "tests/ecosystem/requirements.txt", "\nmkdocs-material=="),
        ("VitePress", "tests/node/package.json", "\"vitepress\": \""),
        ("mdBook", "Cargo.lock", "name = \"mdbook-markdown\"\nversion = \""),
    ] {
        let file = format!("\n{}", self::page(file));
        let version = file.split(before).nth(1).unwrap().split(['\n', '"']).next().unwrap();
        assert!(page.contains(&format!("{site} {version}")), "{site} is tested in {version}");
    }
}

pub(crate) fn serde_yaml(text: &str) -> serde_json::Value {
    ::serde_yaml::from_str(text).unwrap()
}

/// The packages have every name in the table of docs/packages.md.
#[test]
fn the_packages_have_the_names_that_the_page_gives_them() {
    let source = |folder: &str| -> String {
        let files = files_below(&root().join(folder));
        files.iter().map(|file| page(&format!("{folder}/{file}"))).collect()
    };
    let [rust, python] = ["generated/rust/src", "generated/python/src"].map(source);
    let typescript = page("generated/typescript/index.d.ts");
    let mut python_names = defined(&python);
    python_names.extend(assigned(&python));
    let packages = [defined(&rust), defined(&typescript), python_names];
    let page = page("docs/packages.md");
    let (table, _) = page.split_once("\n## ").unwrap();
    let mut names = 0;
    for row in table.lines().filter(|line| line.starts_with("| ")).skip(2) {
        let cells: Vec<&str> = row.split(" | ").collect();
        for (cell, package) in cells[1..].iter().zip(&packages) {
            for code in cell.split('`').skip(1).step_by(2) {
                // Each function that is called, or else the last name of a path.
                let mut called: Vec<&str> = code.split('(').collect();
                if called.len() > 1 {
                    called.pop();
                }
                for path in called {
                    let path = path.split('[').next().unwrap();
                    // Python has statements: `raise …`, `detail=…`.
                    let path = path.trim_end_matches(['=', '…', ' ']);
                    let name = path.rsplit(['.', ':', ' ']).next().unwrap();
                    let is_own = ["from", "list"].contains(&name);
                    assert!(is_own || package.contains(name), "no package has `{name}`: {row}");
                }
                names += 1;
            }
        }
    }
    assert!(names > 90, "{names}");
}

/// The names that a source defines.
fn defined(source: &str) -> BTreeSet<&str> {
    const BEFORE: &[&str] = &[
        "fn",
        "def",
        "struct",
        "enum",
        "trait",
        "const",
        "type",
        "function",
        "class",
        "interface",
        "readonly",
        "pub",
    ];
    let words = source.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.windows(2).filter(|pair| BEFORE.contains(&pair[0])).map(|pair| pair[1]).collect()
}

/// The names at the start of a line of Python that get a type or a value.
fn assigned(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| line.split_once([':', '='])).map(|(name, _)| name.trim())
}

/// Every link of a page leads to a file that is there, and every `#` to one of its headings.
#[test]
fn links_between_pages_lead_somewhere() {
    let mut links = 0;
    for name in [
        "README.md",
        "CONTRIBUTING.md",
        "docs/build.md",
        "docs/catalog.md",
        "docs/commands.md",
        "docs/diff.md",
        "docs/engines.md",
        "docs/html.md",
        "docs/import.md",
        "docs/json.md",
        "docs/litellm.md",
        "docs/markdown.md",
        "docs/openapi.md",
        "docs/packages.md",
        "docs/python.md",
        "docs/rust.md",
        "docs/templates.md",
        "docs/typescript.md",
        "docs/verify.md",
        "npm/errcat/README.md",
    ] {
        // What is outside of code.
        let text: String = page(name).split('`').step_by(2).collect();
        let folder = root().join(name).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            if target.starts_with("http") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = if file.is_empty() { root().join(name) } else { folder.join(file) };
            assert!(path.exists(), "{name} links to {target}");
            if !heading.is_empty() {
                let there = fs::read_to_string(&path).unwrap();
                let headings = there.lines().filter(|line| line.starts_with('#')).map(slug);
                assert!(
                    headings.clone().any(|slug| slug == heading)
                        || there.contains(&format!("id=\"{heading}\"")),
                    "{name} links to {target}"
                );
            }
            links += 1;
        }
    }
    assert!(links > 40, "{links}");
}

/// The anchor that GitHub gives a heading.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn the_readme_names_the_rust_that_the_manifest_asks_for() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(
        page("README.md").contains(&format!("Rust {version} and Node")),
        "README names another Rust than {version}"
    );
}

#[test]
fn what_contributing_names_is_there() {
    let page = page("CONTRIBUTING.md");
    for word in page.split('`').skip(1).step_by(2) {
        let is_path = word.contains('/') && !word.contains([' ', '<', '[', '*']);
        if is_path {
            assert!(root().join(word).exists(), "CONTRIBUTING names {word}");
        }
    }
    for question in [
        "an error",
        "a rule",
        "a field",
        "a filter",
        "an option",
        "a target",
        "a language",
        "a command",
    ] {
        assert!(page.contains(&format!("## How do I add {question}?")));
    }
}

#[test]
fn every_test_that_security_names_is_there() {
    let page = page("SECURITY.md");
    let mut named = 0;
    for name in page.split('`') {
        if let Some((module, test)) = name.split_once("::") {
            let file = fs::read_to_string(root().join(format!("tests/it/{module}.rs")));
            let file = file.unwrap_or_else(|_| panic!("`{name}`: there is no such file"));
            assert!(file.contains(&format!("fn {test}()")), "`{name}`: there is no such test");
            named += 1;
        } else if name.ends_with(".test.mjs") && !name.contains('/') {
            assert!(root().join("tests/node").join(name).exists(), "`{name}`");
        } else if name.starts_with("tests/") && !name.contains(['*', '<', ' ', '\n']) {
            assert!(root().join(name).exists(), "`{name}`");
        }
    }
    assert!(named > 30, "{named}");
}

/// The blocks of docs/build.md run here, or are in the file that they are taken from. (`pull_requests` runs the
/// workflow for pull requests, and tests/ecosystem/build.py what make, ninja and pre-commit read.)
#[test]
fn what_the_page_about_building_shows_is_true() {
    let build = page("docs/build.md");
    let [script, module] = &blocks(&build, "rust")[..] else { panic!() };
    let service = page("examples/rust-service/build.rs").replace("axum08", "json");
    assert!(service.contains(script.as_str()), "not as in the example:\n{script}");
    let include = module.lines().nth(1).unwrap();
    assert!(page("examples/rust-service/src/main.rs").contains(include));
    let json: serde_json::Value = serde_json::from_str(&blocks(&build, "json")[0]).unwrap();
    let app: serde_json::Value =
        serde_json::from_str(&page("examples/typescript-app/package.json")).unwrap();
    for (name, command) in json["scripts"].as_object().unwrap() {
        assert_eq!(&app["scripts"][name], command);
    }
    let manifest: toml::Table = toml::from_str(&blocks(&build, "toml")[0]).unwrap();
    assert_eq!(manifest["build-dependencies"]["errcat"]["default-features"].as_bool(), Some(false));

    let yaml = blocks(&build, "yaml");
    let [config, workflow, _, _, start] = &yaml[..] else { panic!("{} blocks", yaml.len()) };
    let repo = Repo::new().file("errcat.yaml", config);
    for service in ["billing", "search"] {
        let path = format!("services/{service}/errors.yaml");
        repo.put(&path, page(&format!("examples/monorepo/{path}")));
    }
    repo.put("platform/errors.yaml", page("examples/monorepo/platform/errors.yaml"));
    repo.ok(&["generate"]);
    repo.put("docs/search/errors.md", "changed\n");
    let workflow = serde_yaml(workflow);
    let steps = workflow["jobs"]["errcat"]["steps"].as_array().unwrap();
    let run = steps.iter().filter_map(|step| step["run"].as_str()).next_back().unwrap();
    let arguments: Vec<&str> = run.strip_prefix("errcat ").unwrap().split(' ').collect();
    let ran = repo.run(&arguments);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stdout.starts_with("::error file=docs/search/errors.md,line=1,title=not-up-to-date::"),
        "{ran}"
    );
    Repo::new()
        .file("errors.yaml", crate::SMALL.replace("errcat: 1\n", start))
        .ok(&["lint", "errors.yaml"]);
}

/// Each snippet of docs/rust.md is a part of the program that the text above it links to, without its indentation. A
/// line `// …` stands for lines that are left out. `tests/examples` runs the programs.
#[test]
fn the_snippets_about_rust_are_parts_of_programs() {
    let flat = |text: &str| {
        text.lines().map(|line| line.trim_start().to_owned() + "\n").collect::<String>()
    };
    let recipes = page("docs/rust.md");
    let mut parts = recipes.split("\n```");
    let mut snippets = 0;
    // Fences come in pairs.
    while let (Some(above), Some(block)) = (parts.next(), parts.next()) {
        let Some(snippet) = block.strip_prefix("rust\n") else { continue };
        let (_, link) = above.rsplit_once("](../examples/").expect("a link to the program");
        let file = format!("examples/{}", link.split(')').next().unwrap());
        let program = flat(&page(&file));
        for lines in snippet.split("// …\n") {
            assert!(program.contains(&flat(lines)), "not in {file}:\n{lines}");
        }
        snippets += 1;
    }
    assert!(snippets >= 12, "{snippets}");
}

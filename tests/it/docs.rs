//! README and CONTRIBUTING are true: their commands run, their catalogs load, what they name is
//! there. (Their Rust is compiled by tests/consumers/rust, their TypeScript by tests/node.)

use std::fs;

use crate::{Repo, root};

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The fenced blocks of a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
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
    let repo = clone();
    for command in &commands {
        let arguments = match command.as_str() {
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
            command => command
                .strip_prefix("cargo run --release -- ")
                .or_else(|| command.strip_prefix("errcat "))
                .unwrap_or_else(|| panic!("nothing runs `{command}`")),
        };
        repo.ok(&arguments.split_whitespace().collect::<Vec<_>>());
        ran += 1;
    }
    assert_eq!(ran, 3, "{commands:?}");
    for target in ["rust", "typescript", "markdown", "openapi", "json"] {
        assert!(repo.path("generated").join(target).exists(), "no {target}");
    }
}

#[test]
fn the_yaml_of_the_readme_is_right() {
    let yaml = blocks(&page("README.md"), "yaml");
    let [entry, config, reference, shape] = yaml.as_slice() else {
        panic!("{} blocks", yaml.len())
    };
    assert!(
        page("catalog/tensorloop.yaml").contains(entry.as_str()),
        "the excerpt is not in the catalog"
    );

    let repo = Repo::new().file("errcat.yaml", config).file("errors.yaml", crate::SMALL);
    repo.ok(&["generate"]);
    assert!(repo.read("crates/errors/Cargo.toml").contains("name = \"acme-errors\""));
    assert!(repo.read("packages/errors/package.json").contains("\"name\": \"@acme/errors\""));

    let reference: serde_json::Value = serde_yaml(reference);
    let target = reference["responses"]["403"]["$ref"].as_str().unwrap();
    let name = target.rsplit('/').next().unwrap();
    assert!(page("generated/openapi/errors.openapi.yaml").contains(&format!("    {name}:\n")));

    let indented = format!("    {}\n", shape.trim_end().replace('\n', "\n    "));
    let catalog = crate::SMALL.replace("    shape: {body: {error: <code>}}\n", &indented);
    Repo::new().file("errors.yaml", catalog).ok(&["lint", "errors.yaml"]);
}

/// What each site needs is looked at by hand; what errcat and markdownlint need is told here as it is.
#[test]
fn the_yaml_of_the_page_about_markdown_is_right() {
    let page = page("docs/markdown.md");
    let yaml = blocks(&page, "yaml");
    let [plain, fumadocs, _mkdocs, lint] = yaml.as_slice() else { panic!("{}", yaml.len()) };
    for (config, file) in [(plain, "docs/errors.md"), (fumadocs, "content/docs/errors.mdx")] {
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

fn serde_yaml(text: &str) -> serde_json::Value {
    ::serde_yaml::from_str(text).unwrap()
}

#[test]
fn what_the_readme_names_is_there() {
    let page = page("README.md");
    for file in page.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
        assert!(root().join(file).exists(), "README links to {file}");
    }
    let help = Repo::new().ok(&["--help"]).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(
            command == "help" || page.contains(&format!("| `errcat {command}")),
            "README has no row for `{command}`"
        );
    }
    let help = Repo::new().ok(&["generate", "--help"]).stdout;
    let flags = help.split([' ', ',', '\n']).filter(|word| word.starts_with('-') && *word != "-h");
    let flags: Vec<&str> =
        flags.filter(|flag| !["--help", "--quiet", "-h')"].contains(flag)).collect();
    assert!(flags.len() > 7, "{flags:?}");
    for flag in flags {
        assert!(page.contains(&format!("`{flag}")), "README does not name `{flag}`");
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(
        page.contains(&format!("Rust {version} and Node")),
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
    for question in
        ["an error", "a rule", "a field", "a filter", "an option", "a target", "a command"]
    {
        assert!(page.contains(&format!("## How do I add {question}?")));
    }
}

/// A promise that no test keeps is none.
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
        } else if name.starts_with("tests/") && !name.contains(['*', '<', ' ']) {
            assert!(root().join(name).exists(), "`{name}`");
        }
    }
    assert!(named > 30, "{named}");
}

/// What stands in docs/build.md, where the file it is taken from has it, or where it runs here. (What
/// make, ninja and pre-commit read is run by tests/ecosystem/build.py.)
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

    let costs = page("benches/README.md");
    let crates = costs.split(" crates besides errcat").next().unwrap().rsplit(' ').next().unwrap();
    assert!(
        build.contains(&format!("brings {crates} crates")),
        "docs/build.md counts other crates"
    );

    let yaml = blocks(&build, "yaml");
    let [config, workflow, _, start] = &yaml[..] else { panic!("{} blocks", yaml.len()) };
    let repo = Repo::new().file("errcat.yaml", config);
    for service in ["billing", "search"] {
        let path = format!("services/{service}/errors.yaml");
        repo.put(&path, page(&format!("examples/monorepo/{path}")));
    }
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

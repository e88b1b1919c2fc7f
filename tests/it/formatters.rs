//! Outputs are still up to date after people's formatters and editors have run. The tests here leave
//! a project for each catalog in target/tmp/formatters, where tests/node runs Prettier and Biome.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use errcat::Generator;
use serde_json::{Value, json};

use crate::fixture::{self, Random};
use crate::{Repo, files_below, root};

/// The outputs of each project: target, folder, options.
const OUTPUTS: &[(&str, &str, &str)] = &[
    ("rust", "out/crate", "{}"),
    ("rust-module", "src", r#"{"features": ["axum08", "serde"]}"#),
    ("typescript", "out/package", "{}"),
    ("typescript-module", "out/module", "{}"),
    ("markdown", "out/page", "{}"),
    ("markdown", "out/page-frontmatter", r#"{"frontmatter": true}"#),
    ("markdown", "out/page-split", r#"{"split": "surface", "site": "vitepress"}"#),
    ("markdown-mdx", "out/mdx", "{}"),
    (
        "markdown-mdx",
        "out/mdx-docusaurus",
        r#"{"split": "surface", "site": "docusaurus", "frontmatter": true}"#,
    ),
    ("markdown-mdx", "out/mdx-fumadocs", r#"{"site": "fumadocs"}"#),
    ("markdown-mdx", "out/mdx-frontmatter", r#"{"frontmatter": true}"#),
    ("openapi", "out/openapi", "{}"),
    ("openapi", "out/openapi-old", r#"{"version": "3.0.3", "codes": "open"}"#),
    ("json", "out/json", "{}"),
    ("html", "out/html", "{}"),
];

/// Those that differ from others by a few lines.
const SAME: &[&str] = &[
    "out/page-frontmatter",
    "out/page-split",
    "out/mdx",
    "out/mdx-docusaurus",
    "out/mdx-fumadocs",
    "out/mdx-frontmatter",
];

/// A package that includes the module, with the crate in its workspace. The crate's own name may sort
/// before or after that of its dependencies.
const PACKAGE: &str = r#"
[package]
name = "host"
version = "0.1.0"
edition = "EDITION"

[workspace]
members = ["out/crate"]
"#;

/// A style that changes most lines of Rust.
const STYLE: &str = "style_edition = \"2024\"\nmax_width = 60\nhard_tabs = true\n";

/// The folders of the projects, one for each catalog.
static PROJECTS: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formatters");
    if all.exists() {
        fs::remove_dir_all(&all).unwrap();
    }
    let projects = catalogs().into_iter().map(|(name, catalog)| {
        // Prettier takes half a minute for the page of the largest catalog.
        let outputs = OUTPUTS.iter().filter(|(_, out, _)| name != "hostile" || !SAME.contains(out));
        let outputs = outputs.map(|(target, out, options)| {
            let options: Value = serde_json::from_str(options).unwrap();
            json!({"catalog": "errors.yaml", "target": target, "out": out, "options": options})
        });
        let config = json!({"errcat": 1, "outputs": outputs.collect::<Vec<_>>()}).to_string();
        let folder = all.join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("errors.yaml"), catalog).unwrap();
        fs::write(folder.join("errcat.yaml"), config).unwrap();
        fs::write(folder.join("src/lib.rs"), "pub mod errors;\n").unwrap();
        Generator::from_config(folder.join("errcat.yaml")).unwrap().generate().unwrap();
        folder
    });
    projects.collect()
});

/// Catalogs of every kind, by name.
fn catalogs() -> Vec<(String, String)> {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let features = read("tests/it/catalogs/features.yaml");
    let mut catalogs = vec![
        ("tensorloop".to_owned(), read("catalog/tensorloop.yaml")),
        ("corners".to_owned(), read("tests/it/catalogs/corners.yaml")),
        ("odd-but-legal".to_owned(), read("tests/it/catalogs/odd-but-legal.yaml")),
        ("bare".to_owned(), read("tests/it/catalogs/bare.yaml")),
        ("hostile".to_owned(), fixture::written(&fixture::catalog())),
        ("mixed".to_owned(), fixture::written(&fixture::mixed())),
        ("features".to_owned(), features.clone()),
    ];
    let features: Value = serde_yaml::from_str(&features).unwrap();
    for (name, longest) in [("short", 1), ("medium", 8), ("long", 200)] {
        for seed in 0..2 {
            let mut catalog = features.clone();
            // Some names of crates sort before those of other crates, some after.
            catalog["product"] = json!(if seed == 0 { "A" } else { "Zed" });
            catalog["allow"].as_array_mut().unwrap().push(json!("doc-markup"));
            retell(&mut catalog, &mut Random(seed), longest);
            catalogs.push((format!("{name}-{seed}"), fixture::written(&catalog)));
        }
    }
    catalogs
}

/// Fields that hold a free text. `doc` has several paragraphs.
const TEXTS: &[&str] = &["title", "intro", "meaning", "fix", "note", "doc", "auth", "quota"];

/// Replaces every free text of a catalog with up to `longest` random words.
fn retell(value: &mut Value, random: &mut Random, longest: usize) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| retell(item, random, longest)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut().filter(|(key, _)| *key != "shape") {
                if !TEXTS.contains(&key.as_str()) || !member.is_string() {
                    retell(member, random, longest);
                } else if key == "doc" {
                    // The last paragraph is one that the rule doc-markup finds.
                    let paragraphs = [&text(random, longest), &text(random, longest), "[a](b) *c*"];
                    *member = json!(paragraphs.join("\n\n"));
                } else {
                    *member = json!(text(random, longest));
                }
            }
        }
        _ => {}
    }
}

/// Words of many scripts, and pieces of markup.
const WORDS: &[&str] = &[
    "a",
    "key",
    "request",
    "`code`",
    "`a  b`",
    "  ",
    "    ",
    "supercalifragilisticexpialidociousnesses",
    "错误",
    "日本語の文章、",
    "한국어",
    "ไทย",
    "עברית",
    "العربية",
    "naïve",
    "e\u{301}",
    "👍",
    "👩‍👩‍👧",
    "❤️",
    "🇪🇺",
    "\"quoted\"",
    "'single'",
    "C:\\temp",
    "2 * 3 * 4",
    "snake_case_",
    "_under_",
    "https://example.com/a?b=c",
];

fn text(random: &mut Random, longest: usize) -> String {
    let pieces = fixture::pieces();
    let count = 1 + random.below(longest);
    let mut words: Vec<String> = Vec::new();
    for _ in 0..count {
        words.push(match random.below(3) {
            0 => pieces[random.below(pieces.len())].clone(),
            _ => WORDS[random.below(WORDS.len())].to_owned(),
        });
        if random.below(2) == 0 {
            words.push(" ".to_owned());
        }
    }
    // No two texts are the same, and none is empty.
    format!("{} {}", words.concat(), random.below(1_000_000)).trim().to_owned()
}

/// Runs a tool that comes with Rust.
fn cargo(arguments: &[&str], folder: &Path) {
    let output = Command::new("cargo").args(arguments).current_dir(folder).output();
    let output = output.expect("cargo, which these tests need, does not run");
    assert!(
        output.status.success(),
        "cargo {} fails in {} (is rustfmt installed? rustup component add rustfmt):\n{}{}",
        arguments.join(" "),
        folder.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}

#[test]
fn rustfmt_changes_nothing() {
    for project in &*PROJECTS {
        let contents = |project: &Path| {
            let mut rust = files_below(project);
            rust.retain(|file| Path::new(file).extension().is_some_and(|one| one == "rs"));
            rust.iter().map(|file| fs::read(project.join(file)).unwrap()).collect::<Vec<_>>()
        };
        let before = contents(project);
        // The crate alone, in its own edition. It needs a workspace of its own, because this may be in errcat's folder.
        fs::write(project.join("Cargo.toml"), "[workspace]\nmembers = [\"out/crate\"]\n").unwrap();
        cargo(&["fmt", "--manifest-path", "out/crate/Cargo.toml"], project);
        // With the module in `src/`, in other editions and another style.
        for (edition, style) in [("2021", ""), ("2024", ""), ("2024", STYLE)] {
            fs::write(project.join("Cargo.toml"), PACKAGE.replace("EDITION", edition)).unwrap();
            fs::write(project.join("rustfmt.toml"), style).unwrap();
            cargo(&["fmt", "--all"], project);
        }
        fs::remove_file(project.join("rustfmt.toml")).unwrap();
        assert!(contents(project) == before, "{}", project.display());
    }
}

#[test]
fn editors_have_nothing_to_trim() {
    for project in &*PROJECTS {
        for file in files_below(&project.join("out")) {
            let text = fs::read_to_string(project.join("out").join(&file)).unwrap();
            let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
            assert!(
                text == lines.join("\n"),
                "{}: {file} has white space at an end",
                project.display()
            );
            assert!(
                text.ends_with('\n') && !text.ends_with("\n\n"),
                "{}: {file}",
                project.display()
            );
        }
    }
}

/// As `core.autocrlf` leaves a clone on Windows.
#[test]
fn a_clone_with_crlf_is_up_to_date() {
    for project in &*PROJECTS {
        let clone = Repo::new();
        for file in files_below(project) {
            let text = fs::read_to_string(project.join(&file)).unwrap();
            clone.put(&file, text.replace('\n', "\r\n"));
        }
        let drift = Generator::from_config(clone.path("errcat.yaml")).unwrap().check().unwrap();
        assert_eq!(drift, [], "{}", project.display());
    }
}

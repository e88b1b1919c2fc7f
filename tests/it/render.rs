//! Templates from outside: a target is a folder, catalog text never prints unescaped, and every
//! feature of the format shows in every target.

use std::fs;

use crate::{Repo, SMALL, files_below, root};

/// A repo with one template of its own, `x.rs.j2` in the target `own`.
fn own_template(template: &str) -> Repo {
    template_for("rs", template)
}

/// The same with a template for another language.
fn template_for(extension: &str, template: &str) -> Repo {
    Repo::new()
        .file("errors.yaml", SMALL.replace("MEANING", "'raw */ \"text\"'"))
        .file(&format!("templates/own/x.{extension}.j2"), template)
        .file(
            "errcat.yaml",
            "{errcat: 1, templates: templates, outputs: [{catalog: errors.yaml, target: own, out: out}]}",
        )
}

/// The meaning as a Rust string literal, as the filter `rust_str` writes it.
const LITERAL: &str = r#""raw */ \"text\"""#;

/// With minijinja's own filters and formatter, each of these prints catalog text unescaped, or
/// changes it after it was escaped. `ok` is replaced by a filter of the file's language.
const LEAKS: &[&str] = &[
    // Unescaped, in any shape.
    "{{ m }}",
    "{{ [m] }}",
    "{{ {'a': m} }}",
    "{{ (m,) }}",
    "{{ entry }}",
    "{{ entry.body }}",
    "{{ entry.params }}",
    "{{ catalog }}",
    "{{ catalog.surfaces }}",
    "{{ m[0] }}",
    "{{ m[0:2] }}",
    "{{ m ~ 'x' }}",
    "{{ m ~ m }}",
    "{{ m * 2 }}",
    "{{ m if true else m }}",
    "{{ m or 'x' }}",
    "{{ m and m }}",
    "{{ 'literal' }}",
    "{{ none }}",
    "{{ 1.5 }}",
    "{{ 1 / 3 }}",
    "{{ missing }}",
    "{{ entry.missing | ok }}",
    // Through filters that mark text as safe, change it, or turn it into a list.
    "{{ [m] | sentences }}",
    "{{ [m] | hash_slots }}",
    "{{ m | safe }}",
    "{{ m | e }}",
    "{{ m | escape }}",
    "{{ m | tojson }}",
    "{{ m | urlencode }}",
    "{{ m | string }}",
    "{{ m | lines }}",
    "{{ m | split }}",
    "{{ m | pprint }}",
    "{{ m | format }}",
    "{{ m | list }}",
    "{{ m | first }}",
    "{{ m | last }}",
    "{{ m | min }}",
    "{{ m | unique }}",
    "{{ m | batch(2) }}",
    "{{ m | slice(2) }}",
    "{{ m | title }}",
    "{{ m | default('x') }}",
    "{{ m | default(m) }}",
    "{{ none | default(m, true) }}",
    "{{ [m] | map('upper') }}",
    "{{ [m] | map('ok') }}",
    "{{ [m] | map('ok') | list }}",
    "{{ [m] | first }}",
    "{{ [m] | join }}",
    "{{ [m] | join(', ') }}",
    "{{ [1, m] | join(', ') }}",
    "{{ [1, 2] | join(m) }}",
    "{{ [1, 2] | join('*') }}",
    // One number is joined as several are.
    "{{ [1] | join('*') }}",
    "{{ 'HTTP ' ~ ([1] | join(' or ')) }}",
    "{{ [1, 1.5] | join(', ') }}",
    "{{ (m ~ '.') | ok | sentence }}",
    "{{ [m] | map('ok') | join(', ') }}",
    "{{ [m] | sort }}",
    "{{ [m] | select | list }}",
    "{{ catalog | items }}",
    "{{ catalog | dictsort }}",
    "{{ catalog.surfaces[0].errors | map(attribute='meaning') | list }}",
    "{{ catalog.surfaces[0].errors | map(attribute='meaning') | first }}",
    "{{ catalog.surfaces[0].errors | groupby('status') }}",
    "{{ m | sentence }}",
    "{{ m | json_text }}",
    "{{ m | as_markdown }}",
    "{{ m | code_span }}",
    "{{ 90000 | duration }}",
    // After a filter of the right language, which marked the text as safe.
    "{{ m | ok | upper }}",
    "{{ m | ok | lower }}",
    "{{ m | ok | capitalize }}",
    "{{ m | ok | reverse }}",
    "{{ m | ok | trim }}",
    "{{ m | ok | indent }}",
    "{{ m | ok | indent(4) }}",
    "{{ m | ok | replace('n', 'x') }}",
    "{{ m | ok | sentence }}",
    "{{ m | ok | list }}",
    "{{ m | ok | first }}",
    "{{ (m | ok) ~ m }}",
    "{{ m | ok ~ m }}",
    "{{ (m | ok)[1:] }}",
    "{{ [m | ok] }}",
    "{% filter upper %}{{ m | ok }}{% endfilter %}",
    "{% filter ok %}{{ m }}{% endfilter %}",
    // Through statements, macros, parts and functions.
    "{% autoescape false %}{{ m }}{% endautoescape %}",
    "{% autoescape 'html' %}{{ m }}{% endautoescape %}",
    "{% autoescape 'none' %}{{ m }}{% endautoescape %}",
    "{% autoescape true %}{{ m }}{% endautoescape %}",
    "{% set x %}{{ m }}{% endset %}{{ x }}",
    "{% set x = m %}{{ x }}",
    "{% set x | safe %}{{ m }}{% endset %}{{ x }}",
    "{% set x | upper %}{{ m | ok }}{% endset %}{{ x }}",
    "{% with x = m %}{{ x }}{% endwith %}",
    "{% macro x() %}{{ m }}{% endmacro %}{{ x() }}",
    "{% macro x(t) %}{{ t }}{% endmacro %}{{ x(m) }}",
    "{% macro x(t=m) %}{{ t }}{% endmacro %}{{ x() }}",
    "{% macro x() %}{{ caller() }}{% endmacro %}{% call x() %}{{ m }}{% endcall %}",
    "{% macro x() %}{{ caller }}{% endmacro %}{% call x() %}{{ m | ok }}{% endcall %}",
    "{% macro x() %}{% endmacro %}{{ x }}",
    "{% block x %}{{ m }}{% endblock %}",
    "{% for x in [m] %}{{ x }}{% endfor %}",
    "{% for x in m %}{{ x }}{% endfor %}",
    "{% for key, x in entry | items %}{{ key }}{% endfor %}",
    "{% for x in [m] %}{{ loop }}{% endfor %}",
    "{% for x in [m, m] recursive %}{{ x }}{% endfor %}",
    "{{ debug() }}",
    "{{ range(3) }}",
    "{{ dict(a=m) }}",
    "{{ namespace(a=m).a }}",
    "{{ m.upper() }}",
    "{{ m.format() }}",
    "{{ catalog.items() }}",
    "{{ self }}",
];

/// The same in a Rust file, through filters and parts of other languages.
const OF_ANOTHER_LANGUAGE: &[&str] = &[
    "{{ m | md_text }}",
    "{{ m | html }}",
    "{{ m | text }}",
    "{{ m | json }}",
    "{{ [m] | map('md_text') | first }}",
    "{% include '_part.md.j2' %}",
    "{% include 'own/_part.md.j2' %}",
    "{% import 'own/_part.md.j2' as part %}{{ part.show(m) }}",
    "{% from 'own/_part.md.j2' import show %}{{ show(m) }}",
    "{% extends 'own/_part.md.j2' %}",
    "{% autoescape 'markdown' %}{{ m | md_text }}{% endautoescape %}",
];

const PREFIX: &str = "{% set entry = catalog.surfaces[0].errors[0] %}{% set m = entry.meaning %}";

#[test]
fn only_filters_of_the_files_language_print_catalog_text() {
    for (extension, filter) in [
        ("rs", "rust_str"),
        ("py", "py_str"),
        ("md", "md_text"),
        ("yaml", "yaml_str"),
        ("csv", "csv_str"),
        ("txt", "text"),
    ] {
        let repo = template_for(extension, "");
        for leak in LEAKS {
            refuses(&repo, extension, &leak.replace("ok", filter));
        }
    }
    let repo = own_template("").file(
        "templates/own/_part.md.j2",
        "{% macro show(m) %}{{ m | md_text }}{% endmacro %}{{ catalog.title | md_text }}",
    );
    for leak in OF_ANOTHER_LANGUAGE {
        refuses(&repo, "rs", leak);
    }
}

/// The template fails, and nothing is written.
fn refuses(repo: &Repo, extension: &str, leak: &str) {
    repo.put(&format!("templates/own/x.{extension}.j2"), format!("{PREFIX}{leak}\n"));
    let Err(error) = repo.generate() else {
        panic!("{leak} printed: {}", repo.read(&format!("out/x.{extension}")))
    };
    let message = error.to_string();
    assert!(message.contains("own/"), "{leak} failed elsewhere: {message}");
    assert!(!repo.path("out").exists(), "{leak} wrote something");
}

/// Brings up the branches of templates that the catalog with all features leaves out.
const OTHERS: &str = "\
errcat: 1
product: Others
version: 1.0.0
title: Other errors
intro: What else there is.
docs: https://others.dev/errors
retry: {statuses: [429, 5xx], initial: 1s, max: 1m, retries: 30, factor: 1}
surfaces:
  - id: urls
    title: URLs
    shape: {body: {Kind: 'a<code>b', n: 1, part: 1.5, opt?: {deep: 'at <where> now', l?: [{q?: <q>, r: <r>}], m?: [<p>]}, t?: 'in <a> of <b> s'}}
    errors:
      - {code: once, status: 503, meaning: It is down, fix: Try again., retryable: true, params: {l: Lines., r: A row., p: {meaning: Marks., example: x}, m: Several.}}
  - id: api
    title: API
    shape: {body: {Error-Code: <code>, kind: literal, list: [<x:integer>]}}
    errors:
      - {code: once, status: 503, meaning: It is down, fix: Try once more., retryable: true, retry: {retries: 1}}
      - {code: hourly, status: 503, meaning: It is busy, fix: Wait an hour., retryable: true, retry: {retries: 1, after: 1h}}
      - {code: at_will, status: 503, meaning: It is closed, fix: Come back later., retryable: true, retry: {retries: 0, after: 1h}, allow: [useless-retry]}
      - {code: old, status: 400, meaning: It is old, fix: Use the new one., retryable: false, deprecated: {use: gone}, allow: [unknown-replacement]}
  - id: numbers
    title: Numbers
    shape: {body: {code: <code>, list: [{status: <status>}]}}
    errors:
      - {code: 1, name: one, status: [400, 404], meaning: It broke, fix: Send less., retryable: false}
  - id: statuses
    title: Statuses
    shape: {body: {error: {text: <text>}}}
    errors:
      - {status: 400, meaning: It broke, fix: Send less., retryable: false}
  - id: values
    title: Values
    shape: {body: {code: <code>, text: <text>, share: <share:number>, items?: [{any?: <any:any>}]}}
    errors:
      - {code: given, status: 400, meaning: It is given, fix: Take it., retryable: false, values: {text: '<code>: <docs_url>', share: 1.5}}
      - {code: low, status: 428, meaning: It is low, fix: Raise it., retryable: false, values: {text: low, share: 1}}
      - {code: high, status: 428, meaning: It is high, fix: Lower it., retryable: false, values: {text: high, share: 2}}
  - id: many
    title: Many errors of a status
    shape: {body: {code: <code>}}
    errors:
      - {code: a, status: 424, meaning: A failed, fix: Fix a., retryable: false}
      - {code: b, status: 424, meaning: B failed, fix: Fix b., retryable: false}
      - {code: c, status: 424, meaning: C failed, fix: Fix c., retryable: false}
      - {code: d, status: 424, meaning: D failed, fix: Fix d., retryable: false}
      - {code: e, status: 424, meaning: E failed, fix: Fix e., retryable: false}
      - {code: f, status: 424, meaning: F failed, fix: Fix f., retryable: false}
      - {code: g, status: 424, meaning: G failed, fix: Fix g., retryable: false}
      - {code: h, status: 424, meaning: H failed, fix: Fix h., retryable: false}
      - {code: i, status: 424, meaning: I failed, fix: Fix i., retryable: false}
      - {code: j, status: 424, meaning: J failed, fix: Fix j., retryable: false}
      - {code: k, status: 424, meaning: K failed, fix: Fix k., retryable: false}
";

/// Leaves out one filter at a time. The template must fail instead of printing unescaped text.
#[test]
fn no_filter_of_a_built_in_template_can_be_left_out() {
    let folder = root().join("templates");
    for target in [
        "html",
        "json",
        "markdown",
        "openapi",
        "python",
        "python-module",
        "rust",
        "typescript",
        "typescript-module",
    ] {
        ejected(target).generate().unwrap();
    }
    let (mut tried, mut prints) = (0, Vec::new());
    for file in files_below(&folder).into_iter().filter(|file| file.contains(".j2")) {
        let is_explained = file.starts_with("_explain/");
        let target = file.split('/').next().unwrap().trim_start_matches('_');
        let repo = ejected(if is_explained { "markdown" } else { target });
        let source = fs::read_to_string(folder.join(&file)).unwrap();
        for (at, _) in source.match_indices(" | ") {
            let (before, after) = source.split_at(at);
            let after = after.trim_start_matches(" | ");
            let name =
                after.split(|c: char| c != '_' && !c.is_ascii_alphanumeric()).next().unwrap();
            let rest = after.strip_prefix(name).unwrap();
            if !rest.trim_start().starts_with("}}") || !TYPED.iter().any(|end| name.ends_with(end))
            {
                continue;
            }
            repo.put(&format!("own/{file}"), format!("{before}{rest}"));
            let fails = if is_explained {
                crate::explain::every_kind_of_answer(&repo).any(|ran| ran.status == 2)
            } else {
                repo.generate().is_err()
            };
            if !fails {
                prints.push(format!("{file}:{} without `{name}`", before.lines().count()));
            }
            tried += 1;
        }
    }
    assert_eq!(prints, Vec::<String>::new());
    assert!(tried > 80, "{tried}");
}

/// A repo with a copy of all built-in templates. It generates a target from both catalogs.
fn ejected(target: &str) -> Repo {
    let outputs = |target: &str, options: [&str; 2], folder: &str| {
        let catalogs = ["features", "others"].into_iter().zip(options);
        let outputs = catalogs.map(|(name, options)| {
            format!(
                "{{catalog: {name}.yaml, target: {target}, out: {folder}{name}, options: {options}}}, "
            )
        });
        outputs.collect::<String>()
    };
    let options = match target {
        "python" | "rust" | "typescript" => ["{name: a-b}"; 2],
        "markdown" => ["{}", "{frontmatter: true}"],
        _ => ["{}"; 2],
    };
    let outputs = outputs(target, options, "")
        + &match target {
            // The two targets share parts, and only one of them prints some of those.
            "python" => outputs("python-module", ["{}"; 2], "other-"),
            "typescript" => outputs("typescript-module", ["{}"; 2], "other-"),
            "markdown" => {
                let split = "{split: surface, site: mkdocs}";
                let sites = ["{site: docusaurus}", "{site: fumadocs}"];
                outputs(target, [split; 2], "split-") + &outputs("markdown-mdx", sites, "mdx-")
            }
            "openapi" => outputs(target, ["{version: 3.0.3, codes: open}"; 2], "other-"),
            _ => String::new(),
        };
    let features = fs::read(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let repo = Repo::new()
        .file("features.yaml", features)
        .file("others.yaml", OTHERS)
        .file("errcat.yaml", format!("{{errcat: 1, templates: own, outputs: [{outputs}]}}"));
    let folder = root().join("templates");
    for file in files_below(&folder) {
        repo.put(&format!("own/{file}"), fs::read(folder.join(&file)).unwrap());
    }
    repo
}

/// The endings of filters that make text safe, except those for identifiers.
const TYPED: &[&str] = &[
    "_str",
    "_option",
    "_doc",
    "_note",
    "_number",
    "_text",
    "_heading",
    "_cell",
    "_code",
    "_md",
    "json",
    "_pretty",
    "_anchor",
    "_key",
    "_frontmatter",
    "html",
    "_attr",
];

#[test]
fn filtered_text_passes_through_sets_macros_and_parts() {
    for (template, want) in [
        ("{{ m | rust_str }}", LITERAL),
        // The same as printing it three times.
        ("{{ (m | rust_str) * 3 }}", &LITERAL.repeat(3)),
        ("{% set x %}{{ m | rust_str }}{% endset %}{{ x }}", LITERAL),
        ("{% macro x() %}{{ m | rust_str }}{% endmacro %}{{ x() }}", LITERAL),
        ("{% set x = m | rust_str %}{{ x }}", LITERAL),
        ("{% include '_parts/part.rs.j2' %}", LITERAL),
        ("{% import '_parts/macro.rs.j2' as p %}{{ p.show(m) }}", LITERAL),
        ("{{ entry.status }} {{ entry.retryable }}", "400 false"),
        ("{{ entry.code | pascal_case }}", "Broken"),
        ("{{ entry.body | json_text | rust_str }}", r#""{\"error\":\"broken\"}""#),
        ("{{ 90000 | duration | rust_str }}", "\"90 seconds\""),
    ] {
        let repo = own_template(&format!("{PREFIX}{template}\n"))
            .file("templates/_parts/part.rs.j2", "{{ m | rust_str }}\n")
            .file(
                "templates/_parts/macro.rs.j2",
                "{% macro show(m) %}{{ m | rust_str }}{% endmacro %}",
            );
        repo.generate().unwrap();
        let header = "// Code generated by errcat from errors.yaml. DO NOT EDIT.\n\n";
        assert_eq!(repo.read("out/x.rs"), format!("{header}{want}\n"), "{template}");
    }
}

#[test]
fn a_failing_template_is_shown_where_it_fails() {
    let repo = own_template("fn main() {\n    {{ catalog.title }}\n}\n");
    insta::assert_snapshot!(repo.run(&["generate"]));
    let repo = own_template("{% for x in %}\n");
    insta::assert_snapshot!(repo.run(&["generate"]));
    let repo = own_template("{{ catalog.titel | rust_str }}\n");
    insta::assert_snapshot!(repo.run(&["generate"]));
    let repo = own_template("{{ catalog.title | rust_string }}\n");
    insta::assert_snapshot!(repo.run(&["generate"]));
}

#[test]
fn a_new_target_is_a_new_folder() {
    let repo = Repo::new()
        .file("errors.yaml", SMALL)
        .file("mine/list/[surface]/codes.txt.j2", "{% for e in surface.errors %}{{ e.code | text }}\n{% endfor %}")
        .file("mine/list/logo.svg", "<svg/>\n")
        .file("mine/list/_notes.md", "a part, never an output\n")
        .file(
            "errcat.yaml",
            "{errcat: 1, templates: mine, outputs: [{catalog: errors.yaml, target: list, out: out}]}",
        );
    let ran = repo.ok(&["generate"]);
    insta::assert_snapshot!(ran);
    assert_eq!(files_below(&repo.path("out")), [".errcat-files", "api/codes.txt", "logo.svg"]);
    assert_eq!(
        repo.read("out/api/codes.txt"),
        "Code generated by errcat from errors.yaml. DO NOT EDIT.\n\nbroken\n"
    );
    assert_eq!(repo.read("out/logo.svg"), "<svg/>\n");
}

#[test]
fn a_folder_replaces_a_built_in_target_as_a_whole() {
    let repo = Repo::new()
        .file("errors.yaml", SMALL)
        .file("mine/markdown/other.md.j2", "# {{ catalog.title | md_text }}\n")
        .file(
            "errcat.yaml",
            "{errcat: 1, templates: mine, outputs: [{catalog: errors.yaml, target: markdown, out: out}]}",
        );
    repo.ok(&["generate"]);
    assert_eq!(files_below(&repo.path("out")), [".errcat-files", "other.md"]);
    assert_eq!(
        repo.read("out/other.md"),
        "# Errors\n\n<!-- Code generated by errcat from errors.yaml. DO NOT EDIT. -->\n"
    );
}

#[test]
fn a_template_of_an_unknown_language_is_refused() {
    let repo = own_template("x").file("templates/own/y.unknown.j2", "x");
    insta::assert_snapshot!(repo.run(&["generate"]));
}

/// For example a product without an ASCII letter, which gives no package name.
#[test]
fn an_odd_catalog_renders_in_every_target() {
    let catalog = root().join("tests/it/catalogs/odd-but-legal.yaml");
    let repo = Repo::new();
    let arguments = ["generate", "--catalog", catalog.to_str().unwrap(), "--out-root", "out"];
    repo.ok(&arguments);
    let forms = ["markdown-mdx", "python-module", "rust-module", "typescript-module"];
    for form in forms {
        repo.ok(&[&arguments[..], &["--target", form]].concat());
    }
    let targets = ["html", "json", "markdown", "openapi", "python", "rust", "typescript"];
    for target in targets.into_iter().chain(forms) {
        assert!(repo.path("out").join(target).exists(), "no {target}");
    }
    assert!(repo.read("out/rust/Cargo.toml").contains("name = \"errors\""));
}

/// Shows a change of a template even where TensorLoop's catalog doesn't use what changed.
#[test]
fn every_feature_in_every_target() {
    let catalog = root().join("tests/it/catalogs/features.yaml");
    let repo = Repo::new().file("features.yaml", fs::read(catalog).unwrap());
    repo.ok(&["generate", "--catalog", "features.yaml", "--out-root", "out"]);
    let runtime = files_below(&root().join("templates/_runtime/rust"));
    let mut snapshots = vec!["openapi-3.0.3-open".to_owned()];
    for path in files_below(&repo.path("out")) {
        // These are the same for every catalog.
        let file = path.strip_prefix("rust/src/runtime/").unwrap_or_default();
        if runtime.iter().any(|name| name == file) || path.ends_with("/runtime.py") {
            continue;
        }
        // Packages never contain `meta`.
        let has_meta = repo.read(&format!("out/{path}")).contains("only-for-templates");
        assert_eq!(has_meta, path == "json/catalog.json", "{path}");
        if !path.ends_with(".errcat-files") {
            snapshots.push(path.replace('/', "__"));
            insta::assert_snapshot!(
                format!("features/{}", path.replace('/', "__")),
                repo.read(&format!("out/{path}"))
            );
        }
    }
    // A file that is no longer made would leave its snapshot behind.
    let of_features = |file: &String| {
        Some(file.strip_prefix("it__render__features__")?.strip_suffix(".snap")?.to_owned())
    };
    let kept = files_below(&root().join("tests/it/snapshots"));
    let mut kept: Vec<String> = kept.iter().filter_map(of_features).collect();
    kept.sort();
    snapshots.sort();
    assert_eq!(kept, snapshots);
}

/// Cargo tells `Acme_errors` and `acme-errors` apart, so the page says what the manifest says.
#[test]
fn the_page_of_a_crate_has_its_name_as_it_is() {
    let config = "{errcat: 1, outputs: [{catalog: errors.yaml, target: rust, out: ., options: {name: Acme_errors}}]}";
    let repo = Repo::new().file("errors.yaml", crate::SMALL).file("errcat.yaml", config);
    repo.ok(&["generate"]);
    assert!(repo.read("Cargo.toml").contains("name = \"Acme_errors\"\n"));
    let page = repo.read("README.md");
    for line in ["# Acme_errors\n", "Acme_errors = { path", "use Acme_errors::api::"] {
        assert!(page.contains(line), "{page}");
    }
}

/// With the choice of each option that is not the default.
#[test]
fn every_feature_in_openapi_with_its_options() {
    let catalog = root().join("tests/it/catalogs/features.yaml");
    let options = "{version: 3.0.3, codes: open}";
    let config = format!(
        "{{errcat: 1, outputs: [{{catalog: features.yaml, target: openapi, out: ., options: {options}}}]}}"
    );
    let repo =
        Repo::new().file("features.yaml", fs::read(catalog).unwrap()).file("errcat.yaml", config);
    repo.ok(&["generate"]);
    insta::assert_snapshot!("features/openapi-3.0.3-open", repo.read("errors.openapi.yaml"));
}

/// Not at the line that includes the part.
#[test]
fn an_error_in_a_part_is_shown_where_it_is() {
    let repo = own_template("{% include '_parts/part.rs.j2' %}\n")
        .file("templates/_parts/part.rs.j2", "// one\n{{ catalog.title }}\n");
    let ran = repo.run(&["generate"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("_parts/part.rs.j2:2:"), "{}", ran.stderr);
    assert!(!repo.path("out").exists());
}

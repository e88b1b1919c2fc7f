//! Each rule fires on the fixture of its name and nowhere else, and can be allowed.

use std::collections::BTreeSet;
use std::fs;

use crate::{Repo, assert_committed, files_below, root};

#[test]
fn fixtures_fire_their_rule() {
    insta::glob!("lint/*.yaml", |path| {
        let rule = path.file_stem().unwrap().to_str().unwrap();
        let source = fs::read_to_string(path).unwrap();
        let repo = Repo::new().file("errors.yaml", &source);
        let mut ran = repo.run(&["lint", "errors.yaml"]);
        // Each run has another folder.
        let folder = fs::canonicalize(repo.path(".")).unwrap();
        ran.stdout = ran.stdout.replace(folder.to_str().unwrap(), "FOLDER");
        let fired: BTreeSet<&str> = ran
            .stdout
            .lines()
            .filter_map(|line| line.strip_prefix("error[")?.split(']').next())
            .collect();
        assert_eq!(fired, BTreeSet::from([rule]), "{}", ran.stdout);
        insta::with_settings!({description => source.clone(), omit_expression => true}, {
            insta::assert_snapshot!(ran);
        });
    });
}

#[test]
fn configs_fire_their_rule() {
    insta::glob!("config/*.yaml", |path| {
        let rule = path.file_stem().unwrap().to_str().unwrap();
        let source = fs::read_to_string(path).unwrap();
        let shared = crate::SMALL.replace("    shape: {body: {error: <code>}}\n", "");
        let repo = Repo::new().file("errcat.yaml", &source).file("errors.yaml", crate::SMALL);
        repo.put("shared.yaml", shared);
        let ran = repo.run(&["lint"]);
        assert_eq!(ran.status, 1);
        assert_eq!(ran.stdout.matches(&format!("error[{rule}]")).count(), 1, "{}", ran.stdout);
        assert_eq!(ran.stdout.matches("error[").count(), 1, "{}", ran.stdout);
        insta::with_settings!({description => source.clone(), omit_expression => true}, {
            insta::assert_snapshot!(ran);
        });
    });
}

#[test]
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    let rules: BTreeSet<&str> = errcat::rules().into_iter().map(|rule| rule.name).collect();
    let fixtures: BTreeSet<String> = ["tests/it/lint", "tests/it/config"]
        .iter()
        .flat_map(|folder| files_below(&root().join(folder)))
        .filter_map(|file| Some(file.strip_suffix(".yaml")?.to_owned()))
        // tests/it/source.rs breaks these.
        .chain(["empty-source", "undocumented-code", "unused-code"].map(str::to_owned))
        .collect();
    for rule in &rules {
        assert!(
            fixtures.contains(*rule),
            "add tests/it/lint/{rule}.yaml: a catalog that breaks the rule"
        );
    }
    for fixture in &fixtures {
        assert!(rules.contains(fixture.as_str()), "there is no rule {fixture}");
    }
}

/// `allow: [no-duplicates]` would say the opposite of what it does.
#[test]
fn names_of_rules_read_well_after_allow() {
    for rule in errcat::rules() {
        for prefix in ["no-", "check-", "invalid-"] {
            assert!(!rule.name.starts_with(prefix), "{}", rule.name);
        }
    }
}

/// Codes with leading zeros can't be integers, however few they are.
#[test]
fn codes_of_digits_are_all_text_if_one_must_be() {
    let error = |code: &str| {
        format!(
            "      - {{code: {code}, status: 400, meaning: No {code}, fix: Wait., retryable: false}}\n"
        )
    };
    for (first, wrong) in [("\"007\"", 11), ("unknown", 10)] {
        let catalog = crate::SMALL.replace("code: broken", &format!("code: {first}"));
        let repo = Repo::new().file("errors.yaml", catalog + &error("100") + &error("101"));
        let error = repo.lint("errors.yaml").unwrap_err();
        let [one] = &crate::diagnostics(&error)[..] else { panic!("{error}") };
        assert_eq!((&one["rule"], &one["line"]), (&"mixed-codes".into(), &wrong.into()), "{one}");
    }
}

/// [`errcat::Rule::explain`] puts the clauses into sentences, and shows the examples side by side.
#[test]
fn texts_of_a_rule_fit_into_its_explanation() {
    for rule in errcat::rules() {
        for text in [rule.what, rule.why, rule.fix] {
            assert!(!text.is_empty() && !text.ends_with('.'), "{}: {text}", rule.name);
        }
        assert_ne!(rule.bad, rule.good, "{}", rule.name);
    }
}

#[test]
fn allow_silences_a_rule_on_an_error_its_surface_or_the_catalog() {
    let second =
        "      - {code: gone, status: 400, meaning: MEANING, fix: Ask., retryable: false}\n";
    let broken = crate::SMALL.to_owned() + second;
    let repo = Repo::new().file("errors.yaml", &broken);
    assert_eq!(repo.run(&["lint", "errors.yaml"]).status, 1);
    repo.put("errors.yaml", broken.replace("fix: Ask.", "fix: Ask., allow: [same-meaning]"));
    repo.ok(&["lint", "errors.yaml"]);
    repo.put("errors.yaml", broken.replace("title: API", "title: API\n    allow: [same-meaning]"));
    repo.ok(&["lint", "errors.yaml"]);
    repo.put("errors.yaml", broken.replace("surfaces:", "allow: [same-meaning]\nsurfaces:"));
    repo.ok(&["lint", "errors.yaml"]);
}

/// If an error allows a rule, its surface needn't. If the surface does, the catalog needn't.
#[test]
fn the_narrowest_allow_is_used() {
    let second = "      - {code: gone, status: 400, meaning: MEANING, retryable: true}\n";
    let broken = crate::SMALL.to_owned() + second;
    let repo = Repo::new().file("errors.yaml", &broken);
    let allow = "allow: [same-meaning, missing-fix]";
    let with = |text: &str, from: &str, to: String| text.replace(from, &to);
    let own = with(&broken, "retryable: true}", format!("retryable: false, {allow}}}"));
    repo.put("errors.yaml", &own);
    repo.ok(&["lint", "errors.yaml"]);
    let surface = with(&own, "title: API", format!("title: API\n    {allow}"));
    let catalog = with(&own, "surfaces:", format!("{allow}\nsurfaces:"));
    for (source, place) in [(surface, "    allow"), (catalog, "allow")] {
        repo.put("errors.yaml", source);
        let ran = repo.run(&["lint", "errors.yaml"]);
        assert_eq!(ran.stdout.matches("error[unused-allow]").count(), 2, "{}", ran.stdout);
        assert_eq!(ran.stdout.matches(&format!("| {place}: [")).count(), 2, "{}", ran.stdout);
    }
}

/// The help says where an `allow` can be.
#[test]
fn problems_say_where_they_can_be_allowed() {
    let source = crate::SMALL
        .replace(", retryable: false", "")
        .replace("title: API", "title: API\n    allow: [unknown-tag]");
    let strategy = "retry: {statuses: [429], initial: 1m, max: 1s, retries: 6}\nsurfaces:";
    let source = source.replace("surfaces:", strategy).replace("shape: {", "shape: {intro: X., ");
    let repo = Repo::new().file("errors.yaml", source);
    let ran = repo.run(&["lint", "errors.yaml"]);
    for way in [
        "or allow it: `allow: [missing-retryable]` on the error, its surface or the catalog",
        "or allow it: `allow: [intro-punctuation]` on the surface or the catalog",
        "or allow it: `allow: [initial-exceeds-max]` on the catalog",
    ] {
        assert_eq!(ran.stdout.matches(way).count(), 1, "{way}: {}", ran.stdout);
    }
    assert_eq!(ran.stdout.matches("or allow it").count(), 3, "{}", ran.stdout);
    assert!(ran.stdout.contains("error[unknown-rule]"), "{}", ran.stdout);
}

/// The catalog of a fixture, where the last surface allows a rule.
fn allowing(source: &str, rule: &str) -> Option<String> {
    let (before, after) = source.split_at(source.rfind("\n    title: ")? + 1);
    let (title, after) = after.split_once('\n')?;
    Some(format!("{before}{title}\n    allow: [{rule}]\n{after}"))
}

/// A rule that can be allowed is silenced by `allow`, and every output is whole without it. For any
/// other, `allow` is refused, and the rule still reports what it found.
#[test]
fn only_rules_that_no_output_needs_can_be_allowed() {
    let mut allowed = 0;
    for rule in errcat::rules() {
        let name = rule.name;
        let fixture = root().join(format!("tests/it/lint/{name}.yaml"));
        let Ok(source) = fs::read_to_string(fixture) else { continue };
        let Some(catalog) = allowing(&source, name) else { continue };
        let repo = Repo::new().file("errors.yaml", catalog);
        if rule.explain().contains("add `allow: [") {
            allowed += 1;
            repo.ok(&["lint", "errors.yaml"]);
            outputs_are_whole(&repo, name);
            continue;
        }
        let ran = repo.run(&["lint", "errors.yaml"]);
        assert_eq!(ran.status, 1, "{name}");
        assert!(ran.stdout.contains(&format!("error[{name}]")), "{name}\n{}", ran.stdout);
        if !["yaml-syntax", "plain-data"].contains(&name) {
            let said = format!("the rule `{name}` can't be allowed: ");
            assert!(ran.stdout.contains(&said), "{name}\n{}", ran.stdout);
        }
    }
    assert!(allowed > 5, "{allowed}");
}

/// Generates every target, and checks that what must be unique is, and that what a parser reads parses.
fn outputs_are_whole(repo: &Repo, rule: &str) {
    let targets =
        ["rust", "rust-module", "typescript", "typescript-module", "markdown", "openapi", "json"];
    for target in targets {
        repo.ok(&["generate", "--catalog", "errors.yaml", "--target", target, "--out", "out"]);
    }
    for file in files_below(&repo.path("out")) {
        let text = repo.read(&format!("out/{file}"));
        let end = file.rsplit('.').next().unwrap();
        let names: Vec<&str> = match end {
            "rs" => {
                syn::parse_file(&text).unwrap_or_else(|error| panic!("{rule}: {file}: {error}"));
                text.split("pub mod ")
                    .skip(1)
                    .filter_map(|rest| rest.split([' ', ';']).next())
                    .collect()
            }
            "ts" => {
                // A type and a constant may share a name.
                let declared = ["export type ", "export interface "];
                let names = declared.iter().flat_map(|start| text.split(start).skip(1));
                names.filter_map(|rest| rest.split([' ', '<', ':']).next()).collect()
            }
            "md" if file.ends_with("errors.md") => {
                text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
            }
            "json" => {
                serde_json::from_str::<serde_json::Value>(&text).unwrap();
                Vec::new()
            }
            _ => Vec::new(),
        };
        let unique: BTreeSet<&&str> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{rule}: {file}: {names:?}");
    }
}

/// PostgREST sends codes such as `42501` as text.
#[test]
fn a_code_may_be_any_line_of_text() {
    for (code, name) in [
        ("\"42501\"", "Code42501"),
        ("42501", "Code42501"),
        ("2FA", "Code2fa"),
        ("it's *broken*!", "ItSBroken"),
    ] {
        let catalog = crate::SMALL.replace("code: broken", &format!("code: {code}"));
        let repo = Repo::new().file("errors.yaml", catalog);
        repo.ok(&["lint", "errors.yaml"]);
        outputs_are_whole(&repo, code);
        let known = format!("{code} => Some(Self::{name})");
        let rust = repo.read("out/rust/src/api.rs");
        assert!(rust.contains(&format!("Self::{name}")), "{known}");
    }
}

/// Each format has the same diagnostics, and no catalog text can be a command in it.
#[test]
fn every_format_says_the_same() {
    let hostile = crate::SMALL.replace("code: broken", "code: \"x\\n::warning::y\\u202e%0A\"");
    let source = hostile
        + "      - {code: a, status: 400, meaning: b, fix: c, retryable: false}\n"
        + "      - {code: a, status: 400, meaning: d, fix: c, retryable: false}\n";
    let repo = Repo::new().file("a,b:c.yaml", source);
    for format in ["text", "json", "github"] {
        let ran = repo.run(&["lint", "a,b:c.yaml", "--format", format]);
        assert!(!ran.stdout.lines().any(|line| line.starts_with("::warning")));
        assert!(!ran.stdout.contains('\u{202e}'));
        insta::assert_snapshot!(format!("format-{format}"), ran);
        if format == "json" {
            for line in ran.stdout.lines() {
                serde_json::from_str::<serde_json::Value>(line).unwrap();
            }
        }
    }
}

#[test]
fn rules_are_explained_on_the_command_line_and_in_the_docs() {
    let mut page =
        "# Rules\n\nThese are the rules of `errcat lint` and `errcat verify --source`. `errcat lint --explain RULE` explains one.\n"
            .to_owned();
    let repo = Repo::new();
    let list = repo.ok(&["lint", "--explain"]).stdout;
    for rule in errcat::rules() {
        assert!(list.contains(&format!("{} ", rule.name)));
        page += &format!("\n{}", rule.explain());
    }
    let one = errcat::rules()[0];
    assert_eq!(repo.ok(&["lint", "--explain", one.name]).stdout, one.explain());
    insta::assert_snapshot!(
        "unknown-rule-to-explain",
        repo.run(&["lint", "--explain", "duplicate-cod"])
    );
    assert_committed("docs/rules.md", &page, "lint");
}

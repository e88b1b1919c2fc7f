//! Each rule fires on the fixture of its name and nowhere else, and can be allowed.

use std::collections::BTreeSet;
use std::fs;

use crate::{Repo, assert_committed, files_below, root};

#[test]
fn fixtures_fire_their_rule() {
    insta::glob!("lint/*.yaml", |path| {
        let rule = path.file_stem().unwrap().to_str().unwrap();
        let source = fs::read_to_string(path).unwrap();
        let ran = Repo::new().file("errors.yaml", &source).run(&["lint", "errors.yaml"]);
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
        let repo = Repo::new().file("errcat.yaml", &source).file("errors.yaml", crate::SMALL);
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
fn allow_silences_a_rule_on_an_error_or_its_surface() {
    let broken = crate::SMALL.replace("MEANING", "\"\"");
    let repo = Repo::new().file("errors.yaml", &broken);
    assert_eq!(repo.run(&["lint", "errors.yaml"]).status, 1);
    repo.put(
        "errors.yaml",
        broken.replace("retryable: false", "retryable: false, allow: [empty-text]"),
    );
    repo.ok(&["lint", "errors.yaml"]);
    repo.put("errors.yaml", broken.replace("title: API", "title: API\n    allow: [empty-text]"));
    repo.ok(&["lint", "errors.yaml"]);
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
        "# Rules\n\nWhat `errcat lint` finds. `errcat lint --explain RULE` shows the same.\n"
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

//! Rules: each fires on the fixture of its name and on nothing else there, and can be allowed.

use std::collections::BTreeSet;
use std::fs;

use crate::{Repo, files_below, root};

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
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    let rules: BTreeSet<&str> = errcat::rules().map(|rule| rule.name).collect();
    let fixtures: BTreeSet<String> = files_below(&root().join("tests/it/lint"))
        .iter()
        .filter_map(|file| Some(file.strip_suffix(".yaml")?.to_owned()))
        .collect();
    for rule in &rules {
        assert!(
            fixtures.contains(*rule),
            "add tests/it/lint/{rule}.yaml: a catalog that breaks the rule"
        );
    }
    for fixture in &fixtures {
        assert!(rules.contains(fixture.as_str()), "{fixture} is the name of no rule");
    }
}

#[test]
fn every_rule_explains_itself() {
    for rule in errcat::rules() {
        for text in [rule.what, rule.why] {
            assert!(text.len() > 20 && !text.ends_with('.'), "{}: {text}", rule.name);
        }
        for prefix in ["no-", "check-", "invalid-"] {
            assert!(!rule.name.starts_with(prefix), "`allow: [{}]` does not read well", rule.name);
        }
    }
}

#[test]
fn an_allow_silences_its_rule_where_it_stands() {
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

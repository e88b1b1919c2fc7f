//! What is printed of a catalog with many problems, as the first run over an imported catalog finds them.

use serde_json::{Value, json};

use crate::{Ran, Repo};

/// A catalog with this many errors without `fix` and `retryable`, and one with a code that looks like a typo.
fn imported(errors: usize) -> Repo {
    let mut catalog =
        "{errcat: 1, product: A, version: 1.0.0, title: A, surfaces: [{id: a, title: A, \
                       shape: {body: {error: <code>}}, errors: [\n"
            .to_owned();
    for number in 0..errors {
        catalog += &format!("{{code: code_{number}, status: 400, meaning: Meaning {number}}},\n");
    }
    catalog += "{code: cide_1, status: 400, meaning: Typo, fix: Ask., retryable: false}]}]}\n";
    Repo::new().file("errors.yaml", catalog)
}

/// The rules of the problems that are printed, in their order.
fn printed(ran: &Ran) -> Vec<&str> {
    ran.stdout.lines().filter_map(|line| line.strip_prefix("error[")?.split(']').next()).collect()
}

#[test]
fn up_to_twenty_problems_are_all_printed() {
    let ran = imported(9).run(&["lint", "errors.yaml"]);
    assert_eq!(printed(&ran).len(), 19);
    assert!(ran.stdout.ends_with("\n\n19 problems in errors.yaml\n"), "{ran}");
    assert!(!ran.stdout.contains("shown"), "{ran}");
}

#[test]
fn of_more_the_first_of_each_rule_and_a_table_are_printed() {
    let ran = imported(150).run(&["lint", "errors.yaml"]);
    assert_eq!(ran.status, 1);
    let mut wanted = ["missing-fix", "missing-retryable"].repeat(5);
    wanted.push("near-code");
    assert_eq!(printed(&ran), wanted);
    let table = "
  150  missing-fix        (5 shown)
  150  missing-retryable  (5 shown)
    1  near-code

help: `errcat lint --rule missing-fix` shows all of one rule, and `errcat lint --max 100` up to 100 of each
help: to fix these later, write `allow: [missing-fix, missing-retryable]` at the top of the catalog

301 problems in errors.yaml
";
    assert!(ran.stdout.ends_with(table), "{ran}");

    let silenced = "product: A, allow: [missing-fix, missing-retryable]";
    let repo = imported(150);
    repo.put("errors.yaml", repo.read("errors.yaml").replace("product: A", silenced));
    let ran = repo.run(&["lint", "errors.yaml"]);
    assert_eq!(printed(&ran), ["near-code"]);
}

#[test]
fn every_command_and_a_build_script_print_the_same() {
    let repo = imported(150);
    let lint = repo.run(&["lint", "errors.yaml"]).stdout;
    let ran = repo.run(&["generate", "--catalog", "errors.yaml"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.stderr, lint);
    let error = repo.lint("errors.yaml").unwrap_err().to_text(false);
    let path = repo.path("errors.yaml").display().to_string();
    assert_eq!(error.replace(&path, "errors.yaml"), lint);
}

#[test]
fn max_is_for_each_rule() {
    let repo = imported(150);
    let ran = repo.run(&["lint", "errors.yaml", "--max", "0"]);
    assert_eq!((ran.status, printed(&ran).len()), (1, 0));
    assert!(ran.stdout.starts_with("  150  missing-fix        (0 shown)\n"), "{ran}");
    assert!(ran.stdout.contains("\n    1  near-code          (0 shown)\n"), "{ran}");
    let ran = repo.run(&["lint", "errors.yaml", "--max", "100"]);
    assert_eq!(printed(&ran).len(), 201);
    let ran = repo.run(&["lint", "errors.yaml", "--max", "150"]);
    assert_eq!(printed(&ran).len(), 301);
    assert!(!ran.stdout.contains("shown"), "{ran}");
    let ran = imported(5).run(&["lint", "errors.yaml", "--max", "2"]);
    assert_eq!(printed(&ran).len(), 5);
}

#[test]
fn only_the_rules_that_are_named_count() {
    let repo = imported(150);
    let ran = repo.run(&["lint", "errors.yaml", "--rule", "missing-fix"]);
    assert_eq!((ran.status, printed(&ran).len()), (1, 150));
    assert!(ran.stdout.ends_with("\n\n150 problems in errors.yaml\n"), "{ran}");

    let two = ["lint", "errors.yaml", "--rule", "missing-fix", "--rule", "near-code", "--max", "3"];
    let ran = repo.run(&two);
    assert_eq!((ran.status, printed(&ran).len()), (1, 4));
    assert!(ran.stdout.contains("(3 shown)\n    1  near-code\n"), "{ran}");

    let none = ["lint", "errors.yaml", "--rule", "same-title", "--rule", "same-meaning"];
    let ran = repo.run(&none);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    assert_eq!(ran.stderr, "no problems of same-title, same-meaning, but 301 of other rules\n");

    let ran = imported(0).run(&["lint", "errors.yaml", "--rule", "same-title"]);
    assert_eq!(ran.stderr, "1 catalog, 1 error: no problems of same-title\n");

    let ran = repo.run(&["lint", "errors.yaml", "--rule", "same-titel"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("did you mean `same-title`?"), "{ran}");
}

/// Nothing is known about the rules of a file that nobody could read.
#[test]
fn a_file_that_cannot_be_read_is_a_problem_whatever_the_rule() {
    for text in ["a: b: c", "", "- a"] {
        let repo = Repo::new().file("errors.yaml", text);
        let ran = repo.run(&["lint", "errors.yaml", "--rule", "near-code"]);
        assert_eq!((ran.status, printed(&ran).len()), (1, 1), "{ran}");
    }
}

#[test]
fn programs_get_all() {
    let repo = imported(150);
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let ran = repo.run(&[&["lint", "errors.yaml", "--format", "json"], arguments].concat());
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let rules = json!({"missing-fix": 150, "missing-retryable": 150, "near-code": 1});
    let summary = |not_shown: usize| json!({"path": "errors.yaml", "problems": 301, "not_shown": not_shown, "rules": rules});
    let all = lines(&[]);
    assert_eq!(all.len(), 302);
    assert_eq!(all[301], summary(0));
    let some = lines(&["--max", "2"]);
    assert_eq!(some.len(), 6);
    assert_eq!(some[5], summary(296));
    assert_eq!(lines(&["--rule", "near-code"])[1]["rules"], json!({"near-code": 1}));
}

/// GitHub shows ten annotations of a step.
#[test]
fn the_first_annotations_are_of_all_rules() {
    let repo = imported(150);
    let ran = repo.run(&["lint", "errors.yaml", "--format", "github"]);
    let title = |line: &str| line.split("title=").nth(1)?.split("::").next().map(str::to_owned);
    let titles: Vec<String> = ran.stdout.lines().filter_map(title).collect();
    assert_eq!(titles.len(), 301);
    let both = ["missing-fix", "missing-retryable"];
    assert_eq!(titles[..5], [&both[..], &["near-code"], &both].concat());
    let ran = repo.run(&["lint", "errors.yaml", "--format", "github", "--max", "1"]);
    assert!(ran.stdout.ends_with("::298 more problems are not shown\n"), "{ran}");
}

//! `errcat diff`: what changed between two catalogs, in each format, and which version is due.

use crate::{Repo, assert_committed, docs};

/// The start of docs/diff.md that people write.
const MARK: &str =
    "<!-- `INSTA_UPDATE=always cargo test --test it diff` writes the rest from the rules. -->\n\n";

#[test]
fn the_page_has_every_rule_and_field() {
    let page = docs::page("docs/diff.md");
    let (start, _) = page.split_once(MARK).unwrap();
    let made = format!("{start}{MARK}{}", errcat::change_reference());
    assert_committed("docs/diff.md", &made, "diff");
}

const OLD: &str = include_str!("diff/old.yaml");
const NEW: &str = include_str!("diff/new.yaml");

fn repo() -> Repo {
    let repo = Repo::new();
    repo.put("old.yaml", OLD);
    repo.put("new.yaml", NEW);
    repo
}

#[test]
fn people_programs_and_pull_requests_see_what_breaks() {
    let repo = repo();
    for format in ["text", "json", "github", "markdown"] {
        let run = repo.run(&["diff", "old.yaml", "new.yaml", "--format", format]);
        insta::assert_snapshot!(format!("diff-{format}"), run);
    }
    let all = repo.run(&["diff", "old.yaml", "new.yaml", "--all"]);
    insta::assert_snapshot!("diff-all", all);
}

#[test]
fn a_version_that_is_high_enough_ends_well() {
    let repo = repo();
    repo.put("new.yaml", NEW.replace("version: 1.5.0", "version: 2.0.0-rc.1"));
    let run = repo.ok(&["diff", "old.yaml", "new.yaml"]);
    assert_eq!(run.stderr, "");
    assert_eq!(repo.ok(&["diff", "old.yaml", "new.yaml", "--next-version"]).stdout, "2.0.0\n");
}

#[test]
fn only_what_is_asked_for_fails() {
    let repo = repo();
    let additive = OLD.replace(
        "errors:",
        "errors:\n      - {code: new, status: 400, meaning: New, fix: Wait., retryable: false}",
    );
    repo.put("new.yaml", additive);
    assert_eq!(repo.run(&["diff", "old.yaml", "new.yaml"]).status, 1);
    assert_eq!(repo.run(&["diff", "old.yaml", "new.yaml", "--fail-on", "additive"]).status, 1);
    let run =
        repo.ok(&["diff", "old.yaml", "new.yaml", "--fail-on", "breaking", "--format", "github"]);
    assert!(run.stdout.starts_with("::notice "), "{}", run.stdout);
    // A version that falls is a mistake, whatever changed.
    repo.put("new.yaml", OLD.replace("version: 1.4.0", "version: 1.3.9"));
    let run = repo.run(&["diff", "old.yaml", "new.yaml", "--fail-on", "breaking"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("lower than 1.4.0"), "{}", run.stderr);
}

#[test]
fn no_change_has_a_message() {
    let repo = repo();
    // Layout and comments don't count.
    let commented = format!("# A comment\n{}", OLD.replace("retries: 6", "\"retries\": 6"));
    repo.put("new.yaml", commented);
    assert_eq!(
        repo.ok(&["diff", "old.yaml", "new.yaml"]).stdout,
        "no changes in new.yaml since old.yaml\n"
    );
    let markdown = repo.ok(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]).stdout;
    assert_eq!(markdown, "No changes since old.yaml.\n");
}

#[test]
fn rules_are_explained() {
    let repo = Repo::new();
    let list = repo.ok(&["diff", "--explain"]).stdout;
    assert!(
        list.lines().any(|line| line.starts_with("error-removed ") && line.contains(" breaking "))
    );
    let one = repo.ok(&["diff", "--explain", "error-removed"]).stdout;
    assert!(one.starts_with("## error-removed\n\nFinds an error that is gone."), "{one}");
    let typo = repo.run(&["diff", "--explain", "error-remove"]);
    assert_eq!(typo.status, 2);
    assert!(typo.stderr.contains("did you mean `error-removed`?"), "{}", typo.stderr);
}

#[test]
fn an_old_catalog_with_problems_can_not_be_compared() {
    let repo = repo();
    repo.put("old.yaml", OLD.replace("status: 503", "status: 999"));
    let run = repo.run(&["diff", "old.yaml", "new.yaml"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("the old catalog can't be compared"), "{}", run.stderr);
    // A rule that may be allowed may also be newer than the old catalog.
    repo.put("old.yaml", OLD.replace("fix: Wait., ", ""));
    assert_eq!(repo.run(&["diff", "old.yaml", "new.yaml"]).status, 1);
}

#[test]
fn a_build_script_can_ask_too() {
    let repo = repo();
    let file = |name: &str| repo.path(name);
    let diff = errcat::diff(file("old.yaml"), file("new.yaml")).unwrap();
    assert_eq!(diff.class(), Some(errcat::Class::Breaking));
    assert!(!diff.is_enough());
    assert_eq!(diff.next_version(), "2.0.0");
    assert!(diff.to_string().contains("breaking[error-removed]"));
}

#[test]
fn closed_codes_in_openapi_get_a_note() {
    let repo = Repo::new();
    repo.put("errors.yaml", OLD);
    let config = |options| {
        format!(
            "errcat: 1\noutputs: [{{catalog: errors.yaml, target: openapi, out: api{options}}}]\n"
        )
    };
    repo.put("errcat.yaml", config(""));
    repo.git(&["init", "-q"]);
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "Start"]);
    let added =
        "errors:\n      - {code: new, status: 400, meaning: New, fix: Wait., retryable: false}";
    repo.put("errors.yaml", OLD.replace("errors:", added));
    let said =
        |repo: &Repo| repo.run(&["diff", "--against", "HEAD"]).stdout.contains("`codes: open`");
    assert!(said(&repo));
    repo.put("errcat.yaml", config(", options: {codes: open}"));
    assert!(!said(&repo));
}

#[test]
fn editorial_changes_are_shown_where_they_alone_need_a_version() {
    let repo = repo();
    repo.put("new.yaml", OLD.replace("Too busy", "Very busy"));
    let said = |repo: &Repo| repo.run(&["diff", "old.yaml", "new.yaml"]).stdout;
    assert!(said(&repo).contains("editorial[text-changed]: keys: `meaning` of `busy` changed"));
    repo.put("new.yaml", repo.read("new.yaml").replace("1.4.0", "1.4.1"));
    assert_eq!(
        said(&repo),
        "1 change in new.yaml since old.yaml: 1 editorial (shown with --all)\n"
    );
}

//! Two people add an error each, on branches of their own, and git merges them.

use crate::{Repo, root};

/// Every target, so that no output is a place of conflicts.
const CONFIG: &str = "\
errcat: 1
outputs:
  - {catalog: errors.yaml, target: rust, out: rust}
  - {catalog: errors.yaml, target: rust-module, out: rust-module, options: {features: [axum08]}}
  - {catalog: errors.yaml, target: typescript, out: typescript}
  - {catalog: errors.yaml, target: typescript-module, out: typescript-module}
  - {catalog: errors.yaml, target: markdown, out: markdown}
  - {catalog: errors.yaml, target: openapi, out: openapi}
  - {catalog: errors.yaml, target: json, out: json}
";

impl Repo {
    fn commit(&self, arguments: &[&str], message: &str) {
        self.ok(arguments);
        for arguments in [&["add", "--all"][..], &["commit", "--quiet", "-m", message]] {
            self.git(arguments);
        }
    }

    /// A branch from the first commit on which an error was added before another.
    fn branch(&self, name: &str, status: u16, before: &str, catalog: &str) {
        self.git(&["checkout", "--quiet", "-b", name, "base"]);
        let error = format!(
            "      - code: {name}_new\n        status: {status}\n        meaning: Something about {name}\n        \
             fix: Do something about {name}.\n        retryable: false\n"
        );
        let (start, rest) = catalog.split_once(before).unwrap();
        self.put("errors.yaml", format!("{start}{error}{before}{rest}"));
        self.commit(&["generate", "-q"], name);
    }
}

#[test]
fn errors_added_at_different_places_merge_in_the_catalog_and_in_every_output() {
    let catalog = std::fs::read_to_string(root().join("catalog/tensorloop.yaml")).unwrap();
    let repo = Repo::new().file("errcat.yaml", CONFIG).file("errors.yaml", &catalog);
    repo.git(&["init", "--quiet", "--initial-branch", "base"]);
    repo.commit(&["generate", "-q"], "base");
    // Only `invalid_body` is between them.
    repo.branch("one", 403, "      - code: invalid_body\n", &catalog);
    repo.branch("other", 422, "      - code: alias_taken\n", &catalog);
    repo.branch("far", 404, "  - id: inference\n", &catalog);
    for branch in ["one", "other", "far"] {
        repo.git(&["merge", "--no-edit", branch]);
        assert_eq!(repo.ok(&["generate", "--check", "-q"]).to_string(), "exit: 0\n");
    }
}

#[test]
fn after_a_conflict_either_side_of_an_output_will_do() {
    let catalog = std::fs::read_to_string(root().join("catalog/tensorloop.yaml")).unwrap();
    let repo = Repo::new().file("errcat.yaml", CONFIG).file("errors.yaml", &catalog);
    repo.git(&["init", "--quiet", "--initial-branch", "base"]);
    repo.commit(&["generate", "-q"], "base");
    repo.branch("one", 403, "      - code: invalid_body\n", &catalog);
    repo.branch("other", 422, "      - code: invalid_body\n", &catalog);
    let merged = repo.try_git(&["merge", "--no-edit", "one"]);
    assert_ne!(merged.status, 0, "two errors at one place can't merge");
    // A person keeps both errors in the catalog, and takes any side of the rest.
    repo.git(&["checkout", "--ours", "."]);
    let both = repo
        .read("errors.yaml")
        .replace("other_new", "one_new")
        .replace("about other", "about one");
    let (_, one) = both.split_once("      - code: one_new").unwrap();
    let (one, _) = one.split_once("      - code: invalid_body").unwrap();
    let one = format!("      - code: one_new{one}      - code: other_new");
    repo.put("errors.yaml", repo.read("errors.yaml").replace("      - code: other_new", &one));
    repo.commit(&["generate", "-q"], "merged");
    assert_eq!(repo.ok(&["generate", "--check", "-q"]).to_string(), "exit: 0\n");
    for output in ["rust/src/management.rs", "typescript/index.js", "markdown/errors.md"] {
        let text = repo.read(output);
        assert!(text.contains("one_new") && text.contains("other_new"), "{output}");
        assert!(!text.contains("<<<<<<<"), "{output}");
    }
}

//! The workflow and the hooks of docs/build.md show what breaks, and end as they say. Each step runs as GitHub runs
//! it, in a copy of examples/monorepo that has a release.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::docs::{blocks, page, serde_yaml};
use crate::{Ran, Repo};

const BILLING: &str = "services/billing/errors.yaml";
const SEARCH: &str = "services/search/errors.yaml";
const PLATFORM: &str = "platform/errors.yaml";
const WORKFLOW: &str = ".github/workflows/error-changes.yml";
const HOOKS: &str = ".pre-commit-config.yaml";

/// The catalogs of the example, with a tag for their release; and a `gh` that records its arguments and its input.
fn release() -> Repo {
    let repo = Repo::new();
    for file in ["errcat.yaml", BILLING, SEARCH, PLATFORM, WORKFLOW, HOOKS] {
        repo.put(file, page(&format!("examples/monorepo/{file}")));
    }
    repo.put(".git/info/exclude", "/bin\n/gh.*\n");
    let gh = "#!/bin/sh\necho \"$@\" \"$GH_TOKEN\" > gh.arguments\ncat > gh.body\n";
    repo.put("bin/gh", gh);
    fs::set_permissions(repo.path("bin/gh"), fs::Permissions::from_mode(0o755)).unwrap();
    repo.git(&["init", "--quiet", "--initial-branch", "main"]);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "release"]);
    repo.git(&["tag", "release-7"]);
    repo
}

fn change(repo: &Repo, file: &str, old: &str, new: &str) {
    let text = repo.read(file);
    assert!(text.contains(old), "{file} has no `{old}`");
    repo.put(file, text.replace(old, new));
}

/// Runs a command as a step of a workflow does.
fn step(repo: &Repo, script: &str, environment: &[(&str, &str)]) -> Ran {
    let errcat = Path::new(env!("CARGO_BIN_EXE_errcat")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{}:{path}", repo.path("bin").display(), errcat.display());
    let mut bash = Command::new("bash");
    bash.args(["-e", "-c", script]).current_dir(repo.path("")).env("PATH", path);
    Ran::from(bash.envs(environment.iter().copied()).output().unwrap())
}

/// Runs the steps of the workflow, except the one that installs errcat, and returns how each ended.
fn run_workflow(repo: &Repo) -> Vec<Ran> {
    let workflow = serde_yaml(&repo.read(WORKFLOW));
    let mut ended: Vec<Ran> = Vec::new();
    for one in workflow["jobs"]["diff"]["steps"].as_array().unwrap() {
        let Some(script) = one["run"].as_str() else { continue };
        assert!(!script.contains("${{"), "a pull request could write a command: {script}");
        let has_failed = ended.iter().any(|ran| ran.status != 0);
        if script.starts_with("cargo install") || has_failed && one["if"] != "always()" {
            continue;
        }
        let environment = one["env"].as_object().into_iter().flatten();
        let environment: Vec<(&str, &str)> = environment
            .map(|(name, value)| match value.as_str().unwrap() {
                "${{ github.event.number }}" => (name.as_str(), "23"),
                "${{ github.token }}" => (name.as_str(), "token"),
                other => panic!("{name}: {other}"),
            })
            .collect();
        ended.push(step(repo, script, &environment));
    }
    ended
}

#[test]
fn the_page_shows_the_files_of_the_example() {
    let yaml = blocks(&page("docs/build.md"), "yaml");
    for file in [WORKFLOW, HOOKS] {
        let example = page(&format!("examples/monorepo/{file}"));
        assert!(yaml.contains(&example), "docs/build.md doesn't show examples/monorepo/{file}");
    }
}

#[test]
fn a_pull_request_that_breaks_clients_fails_and_says_so_at_the_line_and_in_a_comment() {
    let repo = release();
    change(&repo, BILLING, "status: 402", "status: 403");
    change(&repo, PLATFORM, "code: rate_limited", "code: too_fast");
    let ended = run_workflow(&repo);
    let [annotations, comment] = ended.as_slice() else { panic!("{}", ended.len()) };
    assert_eq!((annotations.status, comment.status), (1, 0), "{annotations}{comment}");
    let lines: Vec<&str> = annotations.stdout.lines().collect();
    let line = |file: &str, text: &str| {
        let text = repo.read(file).lines().position(|line| line.contains(text)).unwrap() + 1;
        format!("file={file},line={text},")
    };
    for (level, file, at, says) in [
        ("error", BILLING, "version: 1.2.0", "these changes need 2.0.0"),
        ("error", SEARCH, "version: 0.4.0", "these changes need 0.5.0"),
        ("warning", BILLING, "status: 403", "the status of `card_declined` was 402, and is 403"),
        ("notice", PLATFORM, "code: too_fast", "`too_fast` (429) is new"),
    ] {
        let start = format!("::{level} {}", line(file, at));
        let is_it = |one: &&&str| one.starts_with(&start) && one.contains(says);
        assert!(lines.iter().any(|one| is_it(&one)), "{start} {says}\n{annotations}");
    }
    assert_eq!(
        repo.read("gh.arguments"),
        "pr comment 23 --edit-last --create-if-none -F - token\n"
    );
    insta::assert_snapshot!("comment", repo.read("gh.body"));
}

#[test]
fn a_pull_request_passes_once_the_versions_are_high_enough() {
    let repo = release();
    change(&repo, BILLING, "status: 402", "status: 403");
    change(&repo, BILLING, "version: 1.2.0", "version: 2.0.0");
    let ended = run_workflow(&repo);
    assert!(ended.iter().all(|ran| ran.status == 0), "{}{}", ended[0], ended[1]);
    assert!(!ended[0].stdout.contains("::error"), "{}", ended[0]);
    let comment = repo.read("gh.body");
    assert!(comment.contains("**1 breaking change since release-7.**"), "{comment}");
    assert!(comment.contains("## Acme Search\n\nNo changes since release-7."), "{comment}");
}

/// GitHub clones one commit unless the workflow asks for more.
#[test]
fn the_workflow_fetches_the_tags() {
    let workflow = serde_yaml(&page(&format!("examples/monorepo/{WORKFLOW}")));
    let checkout = &workflow["jobs"]["diff"]["steps"][0];
    assert_eq!(
        (&checkout["uses"], &checkout["with"]["fetch-depth"]),
        (&"actions/checkout@v4".into(), &0.into())
    );
    assert_eq!(workflow["permissions"]["pull-requests"], "write");
    let repo = release();
    let url = format!("file://{}", repo.path("").display());
    let clone = Repo::new();
    clone.git(&["clone", "--quiet", "--depth=1", "--no-tags", &url, "."]);
    let ran = step(&clone, "errcat diff --format github", &[]);
    assert_eq!(ran.status, 2, "{ran}");
    clone.git(&["fetch", "--quiet", "--unshallow", "--tags"]);
    assert_eq!(step(&clone, "errcat diff --format github", &[]).status, 0);
}

/// Each way to name what clients have, as the table shows it.
#[test]
fn the_other_ways_to_compare_work_as_the_page_shows_them() {
    let page = page("docs/build.md");
    let (_, section) = page.split_once("\n## Changes that break clients\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let code = section.replace('\n', " ");
    let commands: Vec<String> = code
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| code.starts_with("errcat diff --") || code.starts_with("git fetch"))
        .map(str::to_owned)
        .collect();
    assert_eq!(commands.len(), 4, "{commands:?}");
    let origin = release();
    origin.git(&["tag", "billing-1.2.0"]);
    origin.git(&["tag", "v1.4.0"]);
    change(&origin, BILLING, "version: 1.2.0", "version: 2.0.0");
    origin.git(&["commit", "--quiet", "--all", "--message", "search"]);
    origin.git(&["tag", "search-0.4.0"]);
    change(&origin, BILLING, "status: 402", "status: 403");
    let service = step(&origin, &commands[0], &[]);
    assert_eq!(service.status, 0, "{service}");
    assert!(service.stdout.ends_with("since billing-1.2.0: 1 breaking\n"), "{service}");
    origin.git(&["checkout", "--quiet", "-b", "branch"]);
    origin.git(&["commit", "--quiet", "--all", "--message", "status"]);
    origin.git(&["checkout", "--quiet", "main"]);
    origin.git(&["merge", "--quiet", "--no-ff", "--message", "merge", "branch"]);
    let merge = step(&origin, &commands[1], &[]);
    assert_eq!(merge.status, 1, "{merge}");
    assert!(merge.stdout.contains("since HEAD^: 1 breaking\n"), "{merge}");
    let clone = Repo::new();
    let url = format!("file://{}", origin.path("").display());
    clone.git(&["clone", "--quiet", "--depth=1", &url, "."]);
    let tag = step(&clone, &format!("{} 2> /dev/null\n{}", commands[2], commands[3]), &[]);
    assert!(tag.stdout.contains("since v1.4.0: 1 breaking\n"), "{tag}");
}

/// As pre-commit runs them; tests/ecosystem/build.py asks pre-commit itself.
#[test]
fn the_hooks_fail_before_a_commit_that_breaks_clients() {
    let hooks = serde_yaml(&page(".pre-commit-hooks.yaml"));
    let hook =
        |id: &Value| hooks.as_array().unwrap().iter().find(|hook| hook["id"] == *id).unwrap();
    let config = serde_yaml(&page(&format!("examples/monorepo/{HOOKS}")));
    let used = config["repos"][0]["hooks"].as_array().unwrap();
    let entries: Vec<&str> =
        used.iter().map(|one| hook(&one["id"])["entry"].as_str().unwrap()).collect();
    assert_eq!(entries, ["errcat generate --check", "errcat diff"]);
    for language in ["", "-system"] {
        assert_eq!(hook(&format!("errcat-diff{language}").into())["pass_filenames"], false);
    }
    let repo = release();
    assert_eq!(step(&repo, entries[1], &[]).status, 0);
    change(&repo, PLATFORM, "code: rate_limited", "code: too_fast");
    let ran = step(&repo, entries[1], &[]);
    assert_eq!(ran.status, 1, "{ran}");
    assert!(
        ran.stderr.contains(
            "services/billing/errors.yaml: the version is 1.2.0, but these changes need 2.0.0"
        ),
        "{ran}"
    );
}

//! Surfaces share errors and shapes, within a catalog and between catalogs.

use serde_json::{Value, json};

use crate::{Repo, diagnostics};

const PLATFORM: &str = "\
errcat: 1
product: Platform
version: 2.0.0
title: Platform errors
docs: https://platform.example/errors
tags: {auth: Who is calling, unused: Nothing has this}
surfaces:
  - id: common
    status: 400
    errors:
      - {code: 23505, name: conflict, meaning: It exists already, fix: Use another name., retryable: false}
      - code: rate_limited
        status: 429
        meaning: Too many requests
        fix: Wait a while.
        retryable: true
        retry: {after: 1m}
        tags: [auth]
        doc: Each key has a budget.
        params: {detail: The limit.}
        values: {kind: limit}
    retired: [{code: slow_down, use: rate_limited}]
";

const SERVICE: &str = "\
errcat: 1
product: Billing
version: 1.0.0
title: Billing errors
docs: https://billing.example/errors
tags: {money: What it costs}
retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 3}
surfaces:
  - id: billing
    title: Billing API
    include: [../platform/errors.yaml#common]
    shape: {body: {error: <code>, detail?: <detail>, kind?: <kind>}}
    errors:
      - {code: declined, status: 402, meaning: The card was declined, fix: Use another., retryable: false}
";

/// A repository with a platform catalog, and a service that includes its errors.
fn repo() -> Repo {
    let platform = PLATFORM.replace("code: 23505, name: conflict", "code: conflict");
    let repo = Repo::new().file("platform/errors.yaml", platform);
    repo.put(".git/HEAD", "ref: refs/heads/main\n");
    repo.put("billing/errors.yaml", SERVICE);
    repo
}

fn json_of(repo: &Repo, catalog: &str) -> Value {
    repo.ok(&["generate", "--catalog", catalog, "--target", "json", "--out", "out", "--force"]);
    serde_json::from_str(&repo.read("out/json/catalog.json")).unwrap()
}

/// The problems of a catalog: rule, path and line of each, and of the other places.
fn problems(repo: &Repo, catalog: &str) -> Vec<(String, Vec<String>)> {
    let found = diagnostics(&repo.lint(catalog).unwrap_err());
    let place = |at: &Value| {
        let path = at["path"].as_str().unwrap();
        let path = path.strip_prefix(repo.path("").to_str().unwrap()).unwrap_or(path);
        format!("{path}:{}", at["line"])
    };
    let problem = |one: &Value| {
        let also = one["also"].as_array().unwrap().iter().map(place);
        let places = std::iter::once(place(one)).chain(also).collect();
        (one["rule"].as_str().unwrap().to_owned(), places)
    };
    found.iter().map(problem).collect()
}

#[test]
fn an_included_error_is_one_of_the_surface() {
    let catalog = json_of(&repo(), "billing/errors.yaml");
    let surface = &catalog["surfaces"][0];
    let names: Vec<&str> = surface["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["declined", "conflict", "rate_limited"]);
    let limited = &surface["errors"][2];
    assert_eq!(limited["status"], 429);
    assert_eq!(limited["docs_url"], "https://billing.example/errors#billing-rate_limited");
    assert_eq!(limited["tags"], json!(["auth"]));
    assert_eq!(limited["params"][0]["meaning"], "The limit.");
    assert_eq!(limited["values"][0]["literal"], "limit");
    assert_eq!(limited["retry"]["after_ms"], 60_000);
    assert_eq!(limited["retry"]["retries"], 3, "the strategy is that of the service");
    assert_eq!(limited["body"], json!({"error": "rate_limited", "detail": "...", "kind": "limit"}));
    // The status of the surface that lists the error.
    assert_eq!(surface["errors"][1]["statuses"], json!([400]));
    assert_eq!(surface["retired"][0]["code"], "slow_down");
    let tags = catalog["tags"].as_array().unwrap().iter();
    let tags: Vec<&str> = tags.map(|tag| tag["name"].as_str().unwrap()).collect();
    assert_eq!(tags, ["money", "auth"]);
    assert_eq!(catalog["version"], "1.0.0");
}

/// What one body leaves out, another one needs.
#[test]
fn a_required_placeholder_becomes_an_argument() {
    let repo = repo();
    repo.put(
        "billing/errors.yaml",
        SERVICE.replace("detail?: <detail>", "detail: <detail>, id: <id>"),
    );
    let catalog = json_of(&repo, "billing/errors.yaml");
    let arguments = |error: usize| {
        let arguments = catalog["surfaces"][0]["errors"][error]["arguments"].as_array().unwrap();
        arguments.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(arguments(1), ["detail", "id"]);
    assert_eq!(arguments(2), ["detail", "id"]);
}

#[test]
fn includes_are_transitive_and_each_error_comes_once() {
    let repo = repo();
    let shared =
        "errors:\n      - {code: a, status: 500, meaning: A, fix: Fix A., retryable: false}\n";
    repo.put(
        "errors.yaml",
        format!(
            "errcat: 1\nproduct: P\nversion: 1.0.0\ntitle: T\nsurfaces:\n  \
             - id: api\n    title: API\n    include: [left, right]\n    shape: {{body: {{error: <code>}}}}\n  \
             - id: admin\n    title: Admin\n    include: [api]\n    shape: {{like: api}}\n  \
             - {{id: left, include: [base]}}\n  \
             - id: right\n    include: [base]\n    {}  \
             - id: base\n    {shared}",
            shared.replace("code: a", "code: b").replace("A.", "B.").replace("meaning: A", "meaning: B")
        ),
    );
    let catalog = json_of(&repo, "errors.yaml");
    let surfaces = catalog["surfaces"].as_array().unwrap();
    assert_eq!(surfaces.len(), 2, "surfaces without a shape have no output");
    for surface in surfaces {
        let codes: Vec<&str> = surface["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["code"].as_str().unwrap())
            .collect();
        assert_eq!(codes, ["a", "b"]);
        assert_eq!(surface["shape"]["sample"], json!({"error": "a"}));
    }
}

/// Files may include one another, as long as surfaces don't.
#[test]
fn two_catalogs_may_include_from_each_other() {
    let repo = repo();
    let platform = repo.read("platform/errors.yaml");
    let gateway = "  - id: gateway\n    title: Gateway\n    include: [../billing/errors.yaml#money]\n    \
                   shape: {body: {code: <code>}}\n";
    repo.put("platform/errors.yaml", platform + gateway);
    let money = "  - id: money\n    errors: [{code: broke, status: 402, meaning: No money, fix: Pay., retryable: false}]\n";
    repo.put("billing/errors.yaml", SERVICE.to_owned() + money);
    assert_eq!(json_of(&repo, "platform/errors.yaml")["surfaces"][0]["errors"][0]["code"], "broke");
    assert_eq!(
        json_of(&repo, "billing/errors.yaml")["surfaces"][0]["errors"][1]["code"],
        "conflict"
    );
}

#[test]
fn a_circle_over_files_is_reported_once_at_both_places() {
    let repo = repo();
    let platform = repo.read("platform/errors.yaml");
    repo.put(
        "platform/errors.yaml",
        platform.replace(
            "    status: 400\n",
            "    include: [../billing/errors.yaml#billing]\n    status: 400\n",
        ),
    );
    assert_eq!(
        problems(&repo, "billing/errors.yaml"),
        [(
            "include-circle".into(),
            vec!["billing/errors.yaml:11".into(), "platform/errors.yaml:9".into()]
        )]
    );
}

#[test]
fn what_does_not_fit_is_reported_at_both_places() {
    let repo = repo();
    let service =
        SERVICE.replace(", kind?: <kind>", "").replace("code: declined", "code: conflict");
    repo.put("billing/errors.yaml", service);
    let both = |line: &str| {
        vec!["billing/errors.yaml:11".to_owned(), format!("platform/errors.yaml:{line}")]
    };
    let mut found = problems(&repo, "billing/errors.yaml");
    found.sort();
    let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["duplicate-code", "unknown-value"]);
    assert_eq!(found[0].1[..2], both("11"));
    assert_eq!(found[1].1[..2], both("21"));
    // A problem of the surface that includes can be allowed there.
    let text = repo.lint("billing/errors.yaml").unwrap_err().to_text(false);
    assert!(text.contains("::: "), "{text}");
}

/// One mistake in a shared file is one diagnostic, however many catalogs include it.
#[test]
fn a_problem_of_a_shared_file_is_printed_once() {
    let repo = repo();
    let platform =
        repo.read("platform/errors.yaml").replace("retryable: false}", "retryable: maybe}");
    repo.put("platform/errors.yaml", platform);
    repo.put("search/errors.yaml", SERVICE.replace("Billing", "Search"));
    let outputs = ["billing", "search"].map(|name| {
        format!("  - {{catalog: {name}/errors.yaml, target: json, out: out/{name}}}\n")
    });
    repo.put("errcat.yaml", format!("errcat: 1\noutputs:\n{}", outputs.concat()));
    let ran = repo.run(&["lint"]);
    assert_eq!(ran.stdout.matches("error[").count(), 1, "{}", ran.stdout);
    assert!(ran.stdout.contains("--> platform/errors.yaml:11:"), "{}", ran.stdout);
}

/// `allow` stays where it is written: it silences what is wrong with the shared error by itself.
#[test]
fn the_allow_of_a_shared_error_silences_it_for_all() {
    let repo = repo();
    let platform = repo.read("platform/errors.yaml");
    let both = platform
        .replace("fix: Use another name., ", "")
        .replace("    status: 400\n", "    status: 400\n    allow: [missing-fix]\n");
    repo.put("platform/errors.yaml", &both);
    repo.lint("billing/errors.yaml").unwrap();
    repo.put("platform/errors.yaml", both.replace("    allow: [missing-fix]\n", ""));
    assert_eq!(
        problems(&repo, "billing/errors.yaml"),
        [("missing-fix".into(), vec!["platform/errors.yaml:11".into()])]
    );
}

/// Nothing of a file outside of the repository, or of one that isn't a catalog, is ever shown.
#[cfg(unix)]
#[test]
fn only_catalogs_of_the_repository_are_opened() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.yaml");
    std::fs::write(&secret, "errcat: 1\ntoken: hunter2: broken\n").unwrap();
    let repo = repo();
    repo.put("notes.yaml", "password: hunter2: broken\n");
    repo.put("folder.yaml/x", "");
    std::os::unix::fs::symlink(&secret, repo.path("link.yaml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", repo.path("zero.yaml")).unwrap();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(repo.path("pipe.yaml"))
            .status()
            .unwrap()
            .success()
    );
    let up = "../".repeat(12);
    for (path, says) in [
        ("../notes.yaml", "is not a catalog"),
        ("../link.yaml", "a symbolic link leads there"),
        ("../zero.yaml", "a symbolic link leads there"),
        ("../pipe.yaml", "cannot read"),
        ("../folder.yaml", "is a folder"),
        ("../platfrom/errors.yaml", "did you mean `../platform/errors.yaml`?"),
        (secret.to_str().unwrap(), "is outside of the repository"),
        (&format!("{up}etc/hosts.yaml"), "is outside of the repository"),
        ("~/errors.yaml", "expand"),
        ("https://acme.dev/errors.yaml", "is a URL"),
    ] {
        let service = SERVICE.replace("../platform/errors.yaml", path);
        let service = service.replace(&format!("[{path}#common]"), &format!("['{path}#common']"));
        repo.put("billing/errors.yaml", service);
        let ran = repo.run(&["lint", "billing/errors.yaml"]);
        assert_eq!(ran.status, 1, "{path}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains("error[unknown-include]"), "{path}: {}", ran.stdout);
        assert!(ran.stdout.contains(says), "{path}: {}", ran.stdout);
        assert!(!ran.stdout.contains("hunter2"), "{path}: {}", ran.stdout);
    }
    repo.put("platform/errors.yaml", [0xff, 0xfe, 0x00]);
    repo.put("billing/errors.yaml", SERVICE);
    assert!(repo.run(&["lint", "billing/errors.yaml"]).stdout.contains("is not a catalog"));
}

/// Without a repository, the folder of errcat.yaml is the limit.
#[test]
fn without_git_the_folder_of_errcat_yaml_is_the_top() {
    let repo = repo();
    std::fs::remove_dir_all(repo.path(".git")).unwrap();
    let ran = repo.run(&["lint", "billing/errors.yaml"]);
    let folder = repo.path("");
    assert!(
        !folder.ancestors().any(|above| above.join(".git").exists()),
        "{folder:?} is in a repository"
    );
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stdout.contains("outside of the repository"), "{}", ran.stdout);
    repo.put(
        "errcat.yaml",
        "errcat: 1\noutputs: [{catalog: billing/errors.yaml, target: json, out: out}]\n",
    );
    repo.ok(&["lint"]);
}

#[test]
fn build_tools_know_every_file() {
    let repo = repo();
    let config = "errcat: 1\noutputs: [{catalog: billing/errors.yaml, target: json, out: out}]\n";
    repo.put("errcat.yaml", config);
    repo.ok(&["generate", "--depfile", "out.d"]);
    let depfile = repo.read("out.d");
    assert!(depfile.contains("platform/errors.yaml"), "{depfile}");
    let inputs = errcat::Generator::from_config(repo.path("errcat.yaml")).unwrap().inputs();
    let has = |name: &str| inputs.iter().any(|input| input.ends_with(name));
    assert!(has("billing/errors.yaml") && has("platform/errors.yaml"), "{inputs:?}");
}

#[test]
fn nothing_is_made_of_surfaces_without_a_shape() {
    let repo = repo();
    repo.ok(&["lint", "platform/errors.yaml"]);
    let ran = repo.run(&["generate", "--catalog", "platform/errors.yaml", "--out", "out"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("every surface of `platform/errors.yaml` lacks a `shape`"),
        "{}",
        ran.stderr
    );
    assert!(!repo.path("out").exists());
}

/// Two surfaces without the placeholder of a shared error share one diagnostic.
#[test]
fn one_mistake_in_a_shared_error_is_one_diagnostic_of_all_surfaces() {
    let repo = repo();
    let service = SERVICE.replace(", kind?: <kind>", "");
    let other = "  - id: admin\n    title: Admin API\n    include: [../platform/errors.yaml#common]\n    shape: {body: {error: <code>, detail?: <detail>}}\n";
    repo.put("billing/errors.yaml", service + other);
    let places = [
        "billing/errors.yaml:11",
        "platform/errors.yaml:21",
        "billing/errors.yaml:12",
        "billing/errors.yaml:17",
    ];
    assert_eq!(
        problems(&repo, "billing/errors.yaml"),
        [("unknown-value".into(), places.map(str::to_owned).to_vec())]
    );
}

//! A first draft without fixes and advice makes outputs that leave both out.

use std::fs;

use crate::{Repo, root};

fn bare() -> Repo {
    let catalog = fs::read_to_string(root().join("tests/it/catalogs/bare.yaml")).unwrap();
    Repo::new().file("errors.yaml", catalog)
}

/// Read it: nothing should be missing, and nothing should be empty.
#[test]
fn the_page_of_a_bare_catalog_has_no_empty_place() {
    let repo = bare();
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "markdown", "--out", "out"]);
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("bare-page", repo.read("out/markdown/errors.md"));
    });
}

#[test]
fn no_output_of_a_bare_catalog_speaks_of_a_fix_or_of_retries() {
    let repo = bare();
    for (target, file, words) in [
        ("markdown", "errors.md", &["Fix", "etry", "none"][..]),
        ("openapi", "errors.openapi.yaml", &["x-retry", "none", "description: \"\""]),
        ("rust", "src/keys.rs", &["fix: Some(", "retryable: Some(", "retry_advice: Some("]),
        (
            "typescript",
            "index.js",
            &["    fix:", "retryable: true", "retryable: false", "    retryAdvice: {"],
        ),
    ] {
        repo.ok(&["generate", "--catalog", "errors.yaml", "--target", target, "--out", "out"]);
        let output = repo.read(&format!("out/{target}/{file}"));
        for word in words {
            assert!(!output.contains(word), "{target} has {word:?}:\n{output}");
        }
    }
    for name in ["busy", "503", "7"] {
        let answer = repo.ok(&["explain", name, "--catalog", "errors.yaml"]).stdout;
        assert!(!answer.contains("etry") && !answer.contains("Fix"), "{answer}");
    }
}

/// They come back with the first fix, and with a strategy.
#[test]
fn one_fix_and_a_strategy_bring_their_lines_to_the_table() {
    let repo = bare();
    let source = repo.read("errors.yaml");
    let fixed = source.replace("No key has this name}", "No key has this name, fix: Create it.}");
    let strategy = "retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}\nsurfaces:";
    for (source, head, row) in [
        (
            fixed.clone(),
            "| Code<br/> HTTP | Meaning<br/> Fix |",
            "<br/> 503 / 400 | Too many requests at once |",
        ),
        (
            source.replace("surfaces:", strategy),
            "| Code<br/> HTTP, retry | Meaning |",
            "<br/> 503 / 400, retry only with 503 | Too many requests at once |",
        ),
        (
            fixed.replace("surfaces:", strategy),
            "| Code<br/> HTTP, retry | Meaning<br/> Fix |",
            "<br/> 404, do not retry | No key has this name<br/> Create it. |",
        ),
    ] {
        repo.put("errors.yaml", source);
        repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "markdown", "--out", "out"]);
        let page = repo.read("out/markdown/errors.md");
        assert!(page.contains(head) && page.contains(row), "{page}");
    }
}

/// A body leaves out what the fix would fill, and shows it where an error has one.
#[test]
fn a_body_without_a_fix_leaves_out_what_it_fills() {
    let repo = bare();
    let fixed = repo.read("errors.yaml").replace("at once}", "at once, fix: Wait.}");
    repo.put("errors.yaml", fixed);
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json", "--out", "out"]);
    let catalog: serde_json::Value =
        serde_json::from_str(&repo.read("out/json/catalog.json")).unwrap();
    let surface = &catalog["surfaces"][0];
    let bodies: Vec<String> =
        surface["errors"].as_array().unwrap().iter().map(|one| one["body"].to_string()).collect();
    let help = r#""help":{"text":"To do: Wait.","url":"https://bare.example"}"#;
    assert_eq!(
        bodies,
        [
            r#"{"error":"not_found"}"#.to_owned(),
            format!(r#"{{"error":"busy","hint":"Wait.",{help}}}"#)
        ]
    );
    // The sample of the shape has every member.
    let members: Vec<&String> = surface["shape"]["sample"].as_object().unwrap().keys().collect();
    assert_eq!(members, ["error", "hint", "help"]);
}

/// The received status decides, whatever the statuses of the catalog are.
#[test]
fn explain_gives_the_advice_of_the_received_status() {
    let repo = bare();
    let strategy = "retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}\nsurfaces:";
    let source = repo.read("errors.yaml");
    repo.put("advised.yaml", source.replace("surfaces:", strategy));
    let again = ": Wait 1 second, then send the same request again.";
    let never = "Now: Do not retry. The same request will fail again.";
    let unsaid = "The catalog doesn't say whether the same request may succeed later, so the packages don't retry it.";
    for (catalog, status, body, now) in [
        ("advised.yaml", 503, r#"{"error": "busy"}"#, again),
        ("advised.yaml", 400, r#"{"error": "busy"}"#, never),
        ("advised.yaml", 429, r#"{"error": "not_found"}"#, again),
        ("advised.yaml", 504, r#"{"message": "..."}"#, again),
        ("advised.yaml", 404, r#"{"message": "..."}"#, never),
        ("advised.yaml", 500, r#"{"errors": [{"code": 7}, {}]}"#, again),
        ("errors.yaml", 503, r#"{"error": "busy"}"#, unsaid),
        ("errors.yaml", 418, r#"{"error": "newer"}"#, unsaid),
        ("errors.yaml", 500, r#"{"errors": [{}]}"#, unsaid),
    ] {
        let response =
            format!("HTTP/1.1 {status} -\r\ncontent-type: application/json\r\n\r\n{body}");
        let answer = repo.ask(&["explain", "--catalog", catalog, "-"], response.as_bytes()).stdout;
        let answer = answer.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(answer.contains(now), "{catalog}, {status}, {body}: {answer}");
    }
}

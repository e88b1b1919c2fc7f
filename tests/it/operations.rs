//! Operations: which errors they may name, and what the docs, `explain`, templates and the OpenAPI fragment say
//! about them. The tests of pages, [`crate::shown`], have the table of operations.

use std::fmt::Write as _;

use crate::Repo;

/// Two surfaces. The second one includes the errors of the first.
const SHARED: &str = "\
errcat: 1
product: Small
version: 1.0.0
title: Errors
surfaces:
  - id: common
    errors:
      - {code: unauthorized, status: 401, meaning: No session, fix: Sign in., retryable: false}
  - id: api
    title: API
    shape: {body: {error: <code>}}
    include: [common]
    errors:
      - {code: NotFound, name: not_found, status: 404, meaning: No key, fix: Look., retryable: false}
    operations:
      \"GET /keys/{id}\": [not_found, unauthorized]
      POST /keys: [unauthorized]
";

#[test]
fn an_error_says_which_operations_return_it_also_if_it_is_included() {
    let repo = Repo::new().file("errors.yaml", SHARED);
    repo.ok(&["lint", "errors.yaml"]);
    for (name, said) in [
        ("unauthorized", "Returned by `GET /keys/{id}` and `POST /keys`."),
        ("not_found", "Returned by `GET /keys/{id}`."),
    ] {
        let ran = repo.ok(&["explain", name, "--catalog", "errors.yaml"]);
        assert!(ran.stdout.contains(&format!("\n\n{said}\n\n")), "{ran}");
    }
    let ran = repo.ok(&["explain", "not_found", "--catalog", "errors.yaml", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(answer["found"][0]["error"]["operations"], serde_json::json!(["GET /keys/{id}"]));
}

/// The components of a fragment: their names, and all of its text.
fn fragment(catalog: &str, options: &str) -> (Vec<String>, String) {
    let output = format!("catalog: errors.yaml, target: openapi, out: ., options: {options}");
    let config = format!("{{errcat: 1, outputs: [{{{output}}}]}}");
    let repo = Repo::new().file("errors.yaml", catalog).file("errcat.yaml", config);
    repo.ok(&["generate"]);
    let text = repo.read("errors.openapi.yaml");
    let document: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    let components = document["components"].as_object().unwrap();
    let names = components.values().flat_map(|kind| kind.as_object().unwrap().keys().cloned());
    (names.filter(|name| name.starts_with("Api")).collect(), text)
}

#[test]
fn each_operation_and_status_has_its_own_components() {
    let (names, text) = fragment(SHARED, "{}");
    assert_eq!(
        names,
        [
            "ApiErrorCode",
            "ApiError",
            "ApiGetKeysByIdError401Code",
            "ApiGetKeysByIdError401",
            "ApiGetKeysByIdError404Code",
            "ApiGetKeysByIdError404",
            "ApiPostKeysError401Code",
            "ApiPostKeysError401",
            "ApiError401",
            "ApiError404",
            "ApiGetKeysByIdError401",
            "ApiGetKeysByIdError404",
            "ApiPostKeysError401",
        ]
    );
    assert!(text.contains("description: \"Codes of `GET /keys/{id}` with HTTP 404.\"\n"), "{text}");
}

#[test]
fn a_catalog_without_operations_has_the_fragment_of_one_that_leaves_them_out() {
    let (without, _) = SHARED.split_once("    operations:\n").unwrap();
    let (_, plain) = fragment(without, "{}");
    assert_eq!(fragment(SHARED, "{operations: false}").1, plain);
    assert_ne!(fragment(SHARED, "{operations: true}").1, plain);
}

#[test]
fn a_code_is_not_a_name() {
    let catalog = SHARED.replace("[not_found, unauthorized]", "[NotFound, unauthorized]");
    let ran = Repo::new().file("errors.yaml", catalog).run(&["lint", "errors.yaml"]);
    assert!(ran.stdout.contains("help: did you mean `not_found`? That is its name\n"), "{ran}");
    assert!(ran.stdout.ends_with("\n1 problem in errors.yaml\n"), "{ran}");
}

/// Errors that are only there to be included have no operations.
#[test]
fn a_surface_with_operations_has_a_shape() {
    let pool = "  - id: common\n    title: Common\n    operations: {GET /: [unauthorized]}\n";
    let catalog = SHARED.replace("  - id: common\n", pool);
    let ran = Repo::new().file("errors.yaml", catalog).run(&["lint", "errors.yaml"]);
    assert!(
        ran.stdout.starts_with("error[missing-field]: a surface needs the field `shape`\n"),
        "{ran}"
    );
}

#[test]
fn thousands_of_unknown_names_take_no_time() {
    let mut catalog = SHARED.to_owned();
    for number in 0..2000 {
        writeln!(catalog, "      PUT /{number}: [an_unknown_error_{number}]").unwrap();
    }
    let mut errors = String::new();
    for number in 0..2000 {
        let texts = format!("meaning: M{number}, fix: F., retryable: false");
        writeln!(errors, "      - {{code: a_known_error_{number}, status: 400, {texts}}}").unwrap();
    }
    let catalog = catalog.replace("    operations:\n", &format!("{errors}    operations:\n"));
    let start = std::time::Instant::now();
    let ran = Repo::new().file("errors.yaml", catalog).run(&["lint", "errors.yaml", "--max", "0"]);
    assert!(ran.stdout.starts_with("  2000  unknown-error  (0 shown)\n"), "{ran}");
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

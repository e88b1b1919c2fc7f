//! `errcat verify --source`: codes in the source that the catalog lacks, and codes that nothing uses.

use std::fs;
use std::time::Instant;

use serde_json::Value as Json;

use crate::{Ran, Repo, files_below, root};

const CATALOG: &str = "\
errcat: 1
product: Keys
version: 1.0.0
title: Errors
allow: [missing-fix, missing-retryable]
surfaces:
  - id: keys
    title: Keys API
    shape: {body: {error: <code>}}
    errors:
      - {code: no_key, status: 404, meaning: There is no such key}
      - {code: key_taken, status: 409, meaning: The key is taken}
";

/// A source that writes its codes as `fail("no_key")`.
const CONFIG: &str = "\
errcat: 1
sources:
  - {catalog: errors.yaml, surface: keys, files: src, code: 'fail\\(\"(?<code>\\w+)\"'}
";

/// A folder of errcat's, as a repo.
fn tree(folder: &str) -> Repo {
    let folder = root().join(folder);
    let files = files_below(&folder).into_iter();
    files.fold(Repo::new(), |repo, file| {
        let content = fs::read(folder.join(&file)).unwrap();
        repo.file(&file, content)
    })
}

fn verify(repo: &Repo) -> Ran {
    repo.run(&["verify", "--source"])
}

/// The problems, each as `rule code path:line`.
fn problems(repo: &Repo) -> Vec<String> {
    let ran = repo.run(&["verify", "--source", "--format", "json"]);
    let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let lines = lines.filter(|line| line["rule"].is_string());
    let told: Vec<String> = lines
        .map(|line| {
            let [rule, message, path] =
                ["rule", "message", "path"].map(|key| line[key].as_str().unwrap());
            let code = message.split('`').nth(1).unwrap();
            format!("{rule} {code} {path}:{}", line["line"])
        })
        .collect();
    assert_eq!(ran.status, i32::from(!told.is_empty()), "{ran}");
    told
}

#[test]
fn a_server_in_go_with_constants() {
    let repo = tree("tests/it/source/auth");
    assert_eq!(
        problems(&repo),
        [
            "unused-code conflict docs/errors.yaml:16",
            "unused-code mfa_web_authn_enroll_not_enabled docs/errors.yaml:17",
            "undocumented-code current_password_required internal/api/apierrors/errorcode.go:13",
            "undocumented-code mfa_webauthn_enroll_not_enabled internal/api/apierrors/errorcode.go:14",
            "undocumented-code otp_disabled internal/api/apierrors/errorcode.go:15",
        ]
    );
    let ran = verify(&repo);
    let page = fs::read_to_string(root().join("docs/verify.md")).unwrap();
    let (_, shown) = page.split_once("$ errcat verify --source\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    assert!(ran.stdout.contains(shown), "docs/verify.md doesn't show what is printed: {ran}");
    insta::assert_snapshot!(ran);
    let github = repo.run(&["verify", "--source", "--format", "github"]).stdout;
    let place = "file=internal/api/apierrors/errorcode.go,line=13,col=50,";
    assert!(
        github.lines().any(|line| line.starts_with("::error ") && line.contains(place)),
        "{github}"
    );
}

#[test]
fn a_server_in_typescript_with_generated_code() {
    assert_eq!(
        problems(&tree("tests/it/source/shop")),
        [
            "unused-code coupon_expired errors.yaml:15",
            "unused-code 1003 errors.yaml:22",
            "undocumented-code 1009 src/carrier.ts:2",
            "undocumented-code total_too_high src/routes/orders.ts:10",
        ]
    );
}

#[test]
fn a_source_and_a_catalog_with_the_same_codes_have_no_problems() {
    let source = "fail(\"no_key\"); fail(\"key_taken\");";
    let repo = Repo::new()
        .file("errors.yaml", CATALOG)
        .file("errcat.yaml", CONFIG)
        .file("src/a.js", source);
    let ran = verify(&repo);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran}");
    assert_eq!(ran.stderr, "1 source file and 2 codes: no problems\n");
    // From a folder below, the paths are as seen from there.
    repo.put("src/a.js", "fail(\"no_keys\"); fail(\"no_key\")");
    let told =
        repo.command(&["verify", "--source"]).current_dir(repo.path("src")).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("--> a.js:1:7") && told.contains("--> ../errors.yaml:12:16"), "{told}");
}

#[test]
fn the_example_uses_every_code() {
    let repo = tree("examples/rust-service");
    assert_eq!(problems(&repo), [""; 0]);
    let main = repo.read("src/main.rs").replace("Err(api::too_many_links())", "Ok(StatusCode::OK)");
    repo.put("src/main.rs", main);
    assert_eq!(problems(&repo), ["unused-code too_many_links errors.yaml:44"]);
}

/// Identifiers follow the case of their language.
#[test]
fn a_regular_expression_may_find_identifiers() {
    let config = CONFIG.replace("fail\\(\"(?<code>\\w+)\"", "ErrorCode(?<code>[A-Z]\\w+)");
    let repo = Repo::new().file("errors.yaml", CATALOG).file("errcat.yaml", config);
    repo.put(
        "src/a.go",
        "return ErrorCodeNoKey\nreturn ErrorCodeKEYTaken\nreturn ErrorCodeKeyLost\n",
    );
    assert_eq!(problems(&repo), ["undocumented-code KeyLost src/a.go:3"]);
}

#[test]
fn what_is_no_source_is_not_read() {
    let repo = Repo::new().file("errors.yaml", CATALOG).file("errcat.yaml", CONFIG);
    repo.put("src/a.js", "fail(\"no_key\")");
    repo.put("src/.gitignore", "*.min.js\nout/\n");
    for file in ["src/a.min.js", "src/out/b.js", "src/.cache/c.js", "other/d.js"] {
        repo.put(file, "fail(\"key_taken\"); fail(\"lost\")");
    }
    repo.put("src/image.png", b"\x89PNG\0fail(\"key_taken\"); fail(\"lost\")");
    repo.put(
        "src/errors.js",
        "// Code generated by errcat from errors.yaml. DO NOT EDIT.\nfail(\"key_taken\")",
    );
    assert_eq!(problems(&repo), ["unused-code key_taken errors.yaml:12"]);
    // Catalogs and outputs are no source either, wherever they are.
    let config = CONFIG.replace("files: src", "files: [\"*\", \"!other\"]");
    let outputs = "outputs: [{catalog: errors.yaml, target: json, out: made}]\n";
    repo.put("errcat.yaml", config + outputs);
    repo.ok(&["generate"]);
    assert_eq!(problems(&repo), ["unused-code key_taken errors.yaml:12"]);
}

#[test]
fn an_unused_code_can_be_allowed_while_it_is_unused() {
    let allowed = CATALOG.replace("The key is taken}", "The key is taken, allow: [unused-code]}");
    let repo = Repo::new().file("errors.yaml", &allowed).file("errcat.yaml", CONFIG);
    repo.put("src/a.js", "fail(\"no_key\")");
    assert_eq!(problems(&repo), [""; 0]);
    // Without the source, nobody knows.
    assert_eq!(repo.run(&["lint"]).status, 0);
    repo.put("src/a.js", "fail(\"no_key\"); fail(\"key_taken\")");
    assert_eq!(problems(&repo), ["unused-allow unused-code errors.yaml:12"]);
    assert_eq!(repo.run(&["lint"]).status, 0);
    // On the catalog, it is for all of them.
    let all = CATALOG.replace("missing-fix,", "missing-fix, unused-code,");
    repo.put("errors.yaml", all);
    repo.put("src/a.js", "fail(\"key_taken\")");
    assert_eq!(problems(&repo), [""; 0]);
}

#[test]
fn a_source_that_finds_nothing_is_reported() {
    let repo = Repo::new().file("errors.yaml", CATALOG).file("src/a.js", "fail(\"no_key\")");
    for (from, to, message) in [
        ("files: src", "files: scr", "no source file matches `scr`"),
        ("files: src", "files: [src, lib/**/*.js]", "no source file matches `lib/**/*.js`"),
        ("'fail", "'panic", "this finds no code in 1 file"),
        ("surface: keys", "surface: kyes", "`errors.yaml` has no surface `kyes`"),
    ] {
        repo.put("errcat.yaml", CONFIG.replace(from, to));
        let ran = verify(&repo);
        assert!(ran.stdout.contains(&format!("error[empty-source]: {message}")), "{ran}");
        assert!(ran.stdout.contains("--> errcat.yaml:3:"), "{ran}");
        assert_eq!((ran.status, ran.stdout.matches("error[").count()), (1, 1), "{ran}");
    }
    repo.put(
        "errcat.yaml",
        "errcat: 1\noutputs: [{catalog: errors.yaml, target: json, out: made}]\n",
    );
    let ran = verify(&repo);
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.contains("`errcat.yaml` has no `sources`"), "{ran}");
    // Without outputs, there is nothing to generate.
    repo.put("errcat.yaml", CONFIG);
    let ran = repo.run(&["generate"]);
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.contains("errcat.yaml has no `outputs`"), "{ran}");
}

#[test]
fn broken_patterns_are_reported() {
    let repo = Repo::new().file("errors.yaml", CATALOG).file("src/a.js", "fail(\"no_key\")");
    for (from, to, message) in [
        ("(?<code>\\w+)", "(\\w+)", "it lacks a group"),
        ("(?<code>\\w+)", "(?<code>\\w+", "unclosed group"),
        ("(?<code>\\w+)", "(?!x)(?<code>\\w+)", "look-around"),
        ("(?<code>\\w+)", "\\\\(?<code>", "unclosed"),
        ("files: src", "files: 'src/{a'", "is not a glob"),
    ] {
        repo.put("errcat.yaml", CONFIG.replace(from, to));
        let ran = verify(&repo);
        assert!(ran.stdout.contains("error[malformed-pattern]"), "{to}: {ran}");
        assert!(ran.stdout.contains(message), "{to}: {ran}");
    }
}

/// A minified file is one long line.
#[test]
fn the_cost_is_linear() {
    let call = |index: usize| {
        format!("fail(\"no_key\");fail(\"lost_{index}\");'no_key';keysErrors.no_key;")
    };
    let took = |calls: usize| {
        let text: String = (0..calls).map(|index| call(index % 50)).collect();
        let repo = Repo::new()
            .file("errors.yaml", CATALOG)
            .file("errcat.yaml", CONFIG)
            .file("src/a.js", text);
        let start = Instant::now();
        let ran = repo.run(&["verify", "--source", "--format", "json"]);
        assert_eq!(ran.stdout.matches("undocumented-code\",").count(), 50, "{ran}");
        start.elapsed()
    };
    let (few, many) = (took(2_000), took(20_000));
    assert!(many < few * 30, "{few:?} {many:?}");
}

#[test]
fn hostile_source_never_panics() {
    let repo = Repo::new()
        .file("errors.yaml", CATALOG)
        .file("errcat.yaml", CONFIG.replace("\\w+", "[^\"]+"));
    repo.put("src/a.js", b"fail(\"\xff\xfe\x1b[31m\");\r\nfail(\"\xe2\x80\xae\");fail(\"no_key");
    let ran = verify(&repo);
    assert_eq!(ran.status, 1, "{ran}");
    assert!(!ran.stdout.contains('\u{202e}') && !ran.stdout.contains("\u{1b}[31m"), "{ran}");
}

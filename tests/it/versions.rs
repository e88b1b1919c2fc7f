//! Two versions of one catalog, for tests/consumers/versions: in the newer one, errors were added
//! before, between and after those of the older.

use std::fs;
use std::path::Path;

use crate::Repo;

const OLD: &str = "\
errcat: 1
product: Two
version: 1.0.0
title: Errors
retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}
surfaces:
  - id: keys
    title: Keys
    shape: {body: {error: <code>, detail?: <detail>}}
    errors:
      # first
      - {code: taken, status: 409, meaning: Taken, fix: Pick another., retryable: false}
      # between
      - {code: model, status: 403, meaning: Not allowed, fix: Pick another., retryable: false, params: {detail: Which.}}
  - id: proxy
    title: Proxy
    shape: {body: {error: {message: <message>}}}
    errors:
      - {status: 401, meaning: No key, fix: Send one., retryable: false}
";

#[test]
fn two_versions_of_a_crate_are_made() {
    let added = OLD
        .replace("version: 1.0.0", "version: 1.1.0")
        .replace(
            "# first",
            "- {code: alias, status: 400, meaning: No alias, fix: Send one., retryable: false}",
        )
        .replace(
            "# between",
            "- {code: limit, status: 429, meaning: Too many, fix: Wait., retryable: true}",
        )
        + "      - {status: 418, name: teapot, meaning: A teapot, fix: Ask another., retryable: false}\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("versions");
    let _ = fs::remove_dir_all(&folder);
    for (name, catalog) in [("old", OLD), ("new", &added)] {
        let out = folder.join(name);
        let repo = Repo::new().file("errors.yaml", catalog);
        let arguments = ["generate", "--catalog", "errors.yaml", "--target", "rust", "--out-root"];
        repo.ok(&[&arguments[..], &[out.to_str().unwrap()]].concat());
        assert!(out.join("rust/src/keys.rs").exists());
    }
}

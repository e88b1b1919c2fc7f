//! Every field of the format is in every output where it makes sense.

use crate::{Repo, files_below, root};

const ALL: &[&str] = &[
    "html",
    "json",
    "markdown",
    "openapi",
    "python",
    "python-module",
    "rust",
    "rust-module",
    "typescript",
    "typescript-module",
];
const CODE: &[&str] =
    &["json", "python", "python-module", "rust", "rust-module", "typescript", "typescript-module"];
const PACKAGES: &[&str] = &["json", "openapi", "python", "rust", "typescript"];
const DOCS: &[&str] = &["html", "json", "markdown", "openapi"];
const PAGES: &[&str] = &["html", "json", "markdown"];
const TEXTS: &[&str] = &[
    "markdown",
    "openapi",
    "python",
    "python-module",
    "rust",
    "rust-module",
    "typescript",
    "typescript-module",
];

/// What a field of the features catalog says, and the targets that must say it.
const FIELDS: &[(&str, &str, &[&str])] = &[
    ("product", "Acme Pay", &["json", "openapi"]),
    ("version", "2.1.0-rc.1", &["json", "openapi", "rust", "typescript"]),
    ("version", "2.1.0rc1", &["python"]),
    ("title", "Acme errors", DOCS),
    (
        "intro",
        "do what was asked",
        &[
            "html",
            "json",
            "markdown",
            "openapi",
            "python",
            "rust",
            "typescript",
            "typescript-module",
        ],
    ),
    ("docs", "https://docs.acme.dev/errors", CODE),
    ("contact.name", "Acme support", DOCS),
    ("contact.url", "https://acme.dev/support", DOCS),
    ("contact.email", "help@acme.dev", DOCS),
    ("license", "MIT OR Apache-2.0", PACKAGES),
    (
        "tags",
        "Signing in again may help",
        &["html", "json", "markdown", "openapi", "python", "python-module", "rust", "rust-module"],
    ),
    (
        "surface.title",
        "Payments",
        &["html", "json", "markdown", "openapi", "python", "python-module", "rust", "rust-module"],
    ),
    (
        "surface.intro",
        "as in RFC 9457",
        &[
            "html",
            "json",
            "markdown",
            "openapi",
            "python",
            "python-module",
            "rust",
            "rust-module",
            "typescript",
        ],
    ),
    ("surface.servers", "https://sandbox.acme.dev/v2", DOCS),
    ("shape.intro", "Every error is a problem document", PAGES),
    (
        "shape.media_type",
        "application/problem+json",
        &["json", "openapi", "python", "rust", "typescript", "typescript-module"],
    ),
    ("error.code", "auth.token.expired", ALL),
    ("error.code", "2FA_REQUIRED", ALL),
    ("error.code", "SHELF TAKEN", ALL),
    (
        "error.name",
        "token_type",
        &["html", "json", "markdown", "openapi", "python", "python-module", "rust", "rust-module"],
    ),
    ("error.status", "402", ALL),
    ("error.meaning", "The token has expired", ALL),
    ("error.fix", "Wait for the next day, or upgrade", ALL),
    ("error.values", "Send a second factor", ALL),
    ("error.params.meaning", "Seconds until the next day", ALL),
    (
        "error.params.example",
        "1000 payments a day",
        &[
            "html",
            "json",
            "markdown",
            "openapi",
            "python",
            "python-module",
            "rust",
            "rust-module",
            "typescript",
        ],
    ),
    ("error.doc", "Quotas are counted per plan and day", ALL),
    ("error.doc", "- The plan `free` has no other quota", TEXTS),
    ("error.doc", "2. Sign in again", TEXTS),
    ("error.see", "https://acme.dev/docs/quotas", ALL),
    ("error.tags", "quota", ALL),
    ("error.since", "1.0.0", ALL),
    ("error.deprecated.since", "2.0.0", ALL),
    ("error.deprecated.note", "Nobody sent it", ALL),
    ("retired.note", "Cookies are gone", PAGES),
    ("surface.operations", "POST /payments", DOCS),
    ("meta", "only-for-templates", &["json"]),
];

#[test]
fn every_field_is_in_every_output_where_it_makes_sense() {
    let catalog = std::fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let repo = Repo::new().file("features.yaml", catalog);
    for target in ALL {
        repo.ok(&["generate", "--catalog", "features.yaml", "--target", target, "--out", "out"]);
    }
    let outputs: Vec<(&str, String)> = ALL
        .iter()
        .map(|target| {
            let folder = repo.path("out").join(target);
            let files = files_below(&folder);
            let texts =
                files.iter().map(|file| std::fs::read_to_string(folder.join(file)).unwrap());
            // Long words may break.
            (*target, texts.collect::<String>().replace("<wbr/>", ""))
        })
        .collect();
    for (field, text, targets) in FIELDS {
        for (target, output) in outputs.iter().filter(|(target, _)| targets.contains(target)) {
            assert!(output.contains(text), "{target} drops `{field}`: {text}");
        }
    }
}

/// The words that deprecate an error, where a compiler or a viewer shows them.
#[test]
fn a_deprecation_says_what_to_use_and_why() {
    let catalog = std::fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let repo = Repo::new().file("features.yaml", catalog);
    for (target, file, words) in [
        (
            "rust",
            "src/payments.rs",
            "#[deprecated(since = \"2.0.0\", note = \"use `Code::AuthTokenExpired`: Nobody sent it.\")]",
        ),
        (
            "typescript",
            "index.d.ts",
            "@deprecated Since 2.0.0. Use `auth.token.expired`. Nobody sent it.",
        ),
        (
            "openapi",
            "errors.openapi.yaml",
            "**Deprecated** since 2.0.0. Use `auth.token.expired` instead. Nobody sent it.",
        ),
        (
            "markdown",
            "errors.md",
            "**Deprecated** since 2.0.0. Use [`auth.token.expired`](#payments-auth.token.expired) instead. Nobody sent it.",
        ),
    ] {
        repo.ok(&["generate", "--catalog", "features.yaml", "--target", target, "--out", "out"]);
        let output = repo.read(&format!("out/{target}/{file}"));
        assert!(output.contains(words), "{target}: {words}");
    }
}

/// A deprecated error is still sent.
#[test]
fn a_deprecation_without_a_replacement_says_what_will_happen() {
    let catalog = std::fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let catalog =
        catalog.replace("since: 2.0.0, use: auth.token.expired, note", "since: 2.0.0, note");
    let repo = Repo::new().file("features.yaml", catalog);
    repo.ok(&["generate", "--catalog", "features.yaml", "--target", "rust", "--out-root", "out"]);
    let note = "note = \"the API will stop sending it: Nobody sent it.\"";
    assert!(repo.read("out/rust/src/payments.rs").contains(note));
}

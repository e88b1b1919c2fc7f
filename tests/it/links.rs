//! A link to an error that was published once leads there for ever: whatever a catalog may do to an
//! error, its new page has every anchor of the old one, and none twice.

use crate::Repo;

const CODES: &str = "{error: <code>}";
const STATUSES: &str = "{message: <message>}";
const BOTH: &str = "{code?: <code>, message: <message>}";

/// What happens to a surface: its body, its errors before, and its errors and retired codes after.
const CHANGES: &[(&str, &str, &str, &str, &str)] = &[
    ("a code gets a name", CODES, "code: a.b", "code: a.b, name: better", ""),
    ("another code", CODES, "code: old", "code: new", "{code: old, use: new}"),
    ("another name", CODES, "code: a, name: b", "code: a, name: c", "{code: b, use: c}"),
    (
        "a number goes",
        CODES,
        "code: 7, name: seven",
        "code: 8, name: eight",
        "{code: 7}, {code: seven, use: eight}",
    ),
    ("a number without a name goes", CODES, "code: 7", "code: 8", "{code: 7}"),
    ("a text of digits goes", CODES, "code: \"23505\"", "code: \"23514\"", "{code: \"23505\"}"),
    ("a status gets a name", STATUSES, "status: 404", "status: 404, name: unknown_model", ""),
    ("a status joins", STATUSES, "status: 502", "status: [502, 503], name: down", ""),
    (
        "another name for a status",
        STATUSES,
        "status: 502, name: b",
        "status: 502, name: c",
        "{code: b, use: c}",
    ),
    (
        "the phrase is retired",
        STATUSES,
        "status: 502",
        "status: 502, name: down",
        "{code: bad_gateway, use: down}",
    ),
    (
        "a code of any text gets a name",
        CODES,
        "code: 2FA needed",
        "code: 2FA needed, name: mfa",
        "",
    ),
    (
        "another code of any text",
        CODES,
        "code: 2FA needed",
        "code: MFA needed",
        "{code: 2FA needed, use: mfa_needed}",
    ),
    ("an error without a code gets a name", BOTH, "status: 401", "status: 401, name: no_key", ""),
    (
        "an error gets a code",
        BOTH,
        "status: 401",
        "code: no_key, status: 401",
        "{code: unauthorized, use: no_key}, {code: 401}",
    ),
    (
        "a status goes",
        STATUSES,
        "status: 404",
        "status: 410",
        "{code: 404}, {code: not_found, use: gone}",
    ),
];

/// The page of a surface with one error, without what every error has.
fn page(body: &str, error: &str, retired: &str) -> String {
    let status = if error.contains("status") { "" } else { "status: 400, " };
    let error = format!("{{{error}, {status}meaning: It broke, fix: Mend it., retryable: false}}");
    of_errors(body, &[error], retired)
}

fn of_errors(body: &str, errors: &[String], retired: &str) -> String {
    let catalog = format!(
        "{{errcat: 1, product: P, version: 1.0.0, title: T, surfaces: [{{id: api, title: API, \
         shape: {{body: {body}}}, errors: [{}], retired: [{retired}]}}]}}\n",
        errors.join(", ")
    );
    let repo = Repo::new().file("errors.yaml", catalog);
    let only = ["--target", "markdown", "--out-root", "out"];
    repo.ok(&[&["generate", "--catalog", "errors.yaml"][..], &only].concat());
    repo.read("out/markdown/errors.md")
}

fn anchors(page: &str) -> Vec<&str> {
    page.split("<a id=\"").skip(1).map(|rest| rest.split_once("\"></a>").unwrap().0).collect()
}

#[test]
fn a_link_that_was_published_once_never_breaks() {
    for (change, body, before, after, retired) in CHANGES {
        let (before, after) = (page(body, before, ""), page(body, after, retired));
        let after = anchors(&after);
        for anchor in anchors(&before) {
            assert!(after.contains(&anchor), "{change}: {anchor} is not among {after:?}");
        }
        let mut once = after.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), after.len(), "{change}: {after:?}");
    }
}

/// The phrase of a status leads to the error that has it as its name, and to no other.
#[test]
fn a_name_goes_before_the_phrase_of_a_status() {
    let error = |status: u16, name: &str| {
        format!("{{status: {status}, name: {name}, meaning: M{status}, fix: F., retryable: false}}")
    };
    let page = of_errors(STATUSES, &[error(401, "no_key"), error(403, "unauthorized")], "");
    let wanted = ["api", "api-no_key", "api-401", "api-unauthorized", "api-403", "api-forbidden"];
    assert_eq!(anchors(&page), wanted);
}

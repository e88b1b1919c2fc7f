//! Takes what looks like a key or a password out of texts that are printed.

use serde_json::Value as Json;

use crate::diagnostic::escaped;

/// What is printed instead.
const REDACTED: &str = "[redacted]";

/// The longest body that is looked at, in bytes, and how many characters of it are printed.
const MAX_BODY: usize = 64 << 10;
const MAX_SHOWN: usize = 2000;

/// Parts of the names of members that hold secrets, in lower case without marks.
const NAMES: &[&str] = &[
    "apikey",
    "auth",
    "cookie",
    "credential",
    "jwt",
    "passw",
    "privatekey",
    "secret",
    "session",
    "signature",
    "token",
];

/// A code, if it looks like one. A member that should hold a code may hold a message, and that may hold
/// anything.
pub(super) fn code(code: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.:/#".contains(c);
    let is_code = code.len() <= 64 && code.chars().all(is_part) && !code.contains("://");
    Some(code).filter(|code| is_code && !is_secret(code))
}

/// An address with what looks like a key taken out of its path. It has no user, query or fragment.
pub(super) fn url(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let url = url.get(..end).unwrap_or_default();
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let path: Vec<&str> =
        path.split('/').map(|part| if is_secret(part) { REDACTED } else { part }).collect();
    let mark = if scheme.is_empty() { "" } else { "://" };
    let url = format!("{scheme}{mark}{host}{}", path.join("/"));
    url.chars().take(200).collect()
}

/// A body as one line.
pub(super) fn body(body: &[u8]) -> String {
    if body.len() > MAX_BODY {
        return format!("[{} bytes]", body.len());
    }
    let text = match serde_json::from_slice::<Json>(body) {
        Ok(json) => redacted(json).to_string(),
        Err(_) => words(&String::from_utf8_lossy(body)),
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(MAX_SHOWN).collect();
    let end = if cut.len() < line.len() { "…" } else { "" };
    escaped(&cut) + end
}

fn redacted(json: Json) -> Json {
    match json {
        Json::String(text) => Json::from(words(&text)),
        Json::Array(elements) => elements.into_iter().map(redacted).collect(),
        Json::Object(members) => {
            let members = members.into_iter().map(|(key, value)| {
                let has_text = matches!(&value, Json::String(text) if !text.is_empty());
                let is_redacted = has_text && names_secret(&key);
                let value = if is_redacted { Json::from(REDACTED) } else { redacted(value) };
                (words(&key), value)
            });
            members.collect()
        }
        other => other,
    }
}

/// Whether a name is the name of a secret.
fn names_secret(name: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|part| name.contains(part))
}

/// A text with the words taken out that look like a secret, or that follow the name of one.
fn words(text: &str) -> String {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || "_-.+~*".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut is_named = false;
    for part in text.split_inclusive(|c: char| !is_inside(c)) {
        let word = part.trim_end_matches(|c: char| !is_inside(c));
        let rest = part.get(word.len()..).unwrap_or_default();
        let own = word.trim_end_matches('.');
        let is_redacted = !own.is_empty() && (is_named || is_secret(own));
        out += if is_redacted { REDACTED } else { word };
        out += rest;
        if !word.is_empty() {
            let is_scheme = ["bearer", "basic"].iter().any(|it| own.eq_ignore_ascii_case(it));
            is_named = is_scheme || names_secret(own);
        }
    }
    out
}

/// Whether a word looks like a secret: the form of a known kind of key, or a long word of letters and
/// digits without sense.
fn is_secret(word: &str) -> bool {
    const KEYS: &[&str] = &[
        "sk-",
        "sk_",
        "pk_",
        "rk_",
        "sk.",
        "ghp_",
        "gho_",
        "ghs_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "xapp-",
        "akia",
        "asia",
        "aiza",
        "eyj",
        "whsec_",
        "hf_",
        "npm_",
        "pypi-",
        "sbp_",
        "dop_v1_",
        "key-",
    ];
    let lower = word.to_ascii_lowercase();
    let has_form = KEYS.iter().any(|key| {
        let rest = lower.strip_prefix(key).unwrap_or_default();
        rest.len() >= 4
    });
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let is_upper = word.bytes().any(|byte| byte.is_ascii_uppercase());
    let is_lower = word.bytes().any(|byte| byte.is_ascii_lowercase());
    has_form
        || word.len() >= 16 && digits >= 4 && is_hex(word)
        || word.len() >= 20 && digits >= 2 && is_upper && is_lower
        || word.len() >= 32 && digits >= 6
}

#[cfg(test)]
mod tests {
    use super::{body, code, url};

    #[test]
    fn codes_are_told_from_messages_and_keys() {
        for kept in
            ["alias_taken", "E1001", "-32601", "Auth/NoUser", "urn:acme:gone", "2FA_REQUIRED"]
        {
            assert_eq!(code(kept), Some(kept));
        }
        for dropped in [
            "No such key: sk-1234",
            "sk-abcd1234",
            "eyJhbGciOiJIUzI1NiJ9.e30.abc",
            "9f86d081884c7d659a2feaa0c55ad015",
            "naïve",
            "a\u{1b}[31m",
            "https://acme.dev/x",
        ] {
            assert_eq!(code(dropped), None, "{dropped}");
        }
    }

    #[test]
    fn addresses_say_only_where() {
        for (own, wanted) in [
            ("https://me:secret@acme.dev/v1/keys?key=sk-1#x", "https://acme.dev/v1/keys"),
            (
                "https://acme.dev/reset/9f86d081884c7d659a2feaa0c55ad015",
                "https://acme.dev/reset/[redacted]",
            ),
            ("/v1/keys?x", "/v1/keys"),
        ] {
            assert_eq!(url(own), wanted);
        }
    }

    #[test]
    fn bodies_lose_their_secrets() {
        for (own, wanted) in [
            (
                r#"{"error":{"message":"Received=sk-1234abcd, expected 3","code":401}}"#,
                r#"{"error":{"message":"Received=[redacted], expected 3","code":401}}"#,
            ),
            (
                r#"{"Authorization":"x","api_key":"y","n":1,"t":"Bearer abc.def now"}"#,
                r#"{"Authorization":"[redacted]","api_key":"[redacted]","n":1,"t":"Bearer [redacted] now"}"#,
            ),
            (
                "<p>Key hash: 9f86d081884c7d659a2feaa0c55ad015\u{1b}</p>",
                "<p>Key hash: [redacted]\\u{1b}</p>",
            ),
            (
                "user=me; session_id=abc: {\"password\": \"x",
                "user=me; session_id=[redacted]: {\"password\": \"[redacted]",
            ),
            ("{\"error\": \"a\\u001bb\"}", r#"{"error":"a\u001bb"}"#),
        ] {
            assert_eq!(body(own.as_bytes()), wanted);
        }
        assert_eq!(body("x ".repeat(5000).as_bytes()).chars().count(), 2001);
    }
}

//! The forms that texts and numbers of a catalog have, each with the rule that refuses another.
//! Never reads a tree.

use crate::diagnostic::Rule;
use crate::document::schema::{Form, Range};

use super::status::Pattern;

pub(crate) const MALFORMED_ID: Rule = Rule {
    name: "malformed-id",
    what: "a surface id or tag that is not lower-case letters, digits and `_`",
    why: "it becomes a module, a type, a file name and a part of every link to the docs",
    fix: "start with a lower-case letter; use lower-case letters, digits and `_`, 100 at most",
    bad: "id: Admin-API",
    good: "id: admin_api",
};
pub(crate) const MALFORMED_CODE: Rule = Rule {
    name: "malformed-code",
    what: "a code or name with characters that not every output can carry",
    why: "a code stands in URLs, identifiers and headings unchanged",
    fix: "start with a letter; use letters, digits, `_`, `.`, `:`, `/` and `-`, 200 at most",
    bad: "code: rate limited",
    good: "code: rate_limited",
};
pub(crate) const MALFORMED_DURATION: Rule = Rule {
    name: "malformed-duration",
    what: "a time without one of the units ms, s, m, h, d",
    why: "a bare number is seconds to one reader and milliseconds to the next",
    fix: "write a whole number and a unit, without a space",
    bad: "after: 1 hour",
    good: "after: 1h",
};
pub(crate) const MALFORMED_VERSION: Rule = Rule {
    name: "malformed-version",
    what: "a version that is no semantic version",
    why: "it is the version of the generated crate and package, and their registries refuse others",
    fix: "write three numbers, as Semantic Versioning does",
    bad: "version: v1.0",
    good: "version: 1.0.0",
};
pub(crate) const MALFORMED_MEDIA_TYPE: Rule = Rule {
    name: "malformed-media-type",
    what: "a media type that is not of the form type/subtype",
    why: "it is sent as Content-Type and names the content in OpenAPI",
    fix: "write the whole media type",
    bad: "media_type: json",
    good: "media_type: application/json",
};
pub(crate) const MALFORMED_ADDRESS: Rule = Rule {
    name: "malformed-address",
    what: "a URL that does not start with http:// or https://, or an e-mail address without `@`",
    why: "it becomes a link in the docs, and other schemes can run code where it is clicked",
    fix: "write the whole address",
    bad: "docs: docs.example.com/errors",
    good: "docs: https://docs.example.com/errors",
};
pub(crate) const WAIT_RANGE: Rule = Rule {
    name: "wait-range",
    what: "a wait that is longer than clients can count exactly, or than anyone would wait",
    why: "beyond these bounds, JavaScript's numbers and timers give another wait than Rust's",
    fix: "use at most 1h for `initial` and `max`, and at most 365d for `after`",
    bad: "max: 2h",
    good: "max: 1h",
};
pub(crate) const STATUS_RANGE: Rule = Rule {
    name: "status-range",
    what: "a status that is no HTTP error status",
    why: "only 400 to 599 are errors (RFC 9110, section 15.5 and 15.6)",
    fix: "use a status from 400 to 599",
    bad: "status: 200",
    good: "status: 404",
};
pub(crate) const NUMBER_RANGE: Rule = Rule {
    name: "number-range",
    what: "a number that no client could act on",
    why: "waits grow from it, and must stay whole numbers of milliseconds in every language",
    fix: "use a number within the bounds that the finding names",
    bad: "retries: -1",
    good: "retries: 6",
};
pub(crate) const FORMAT_VERSION: Rule = Rule {
    name: "format-version",
    what: "a format version that this errcat does not read",
    why: "its fields may mean something else there",
    fix: "write `errcat: 1`, or use an errcat that reads the newer format",
    bad: "errcat: 2",
    good: "errcat: 1",
};

pub(crate) const ID: Form = Form {
    rule: &MALFORMED_ID,
    what: "an id",
    pattern: "^[a-z][a-z0-9_]{0,99}$",
    example: "management",
    holds: |text| {
        // A file is named by it.
        text.len() <= 100
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    },
    within: None,
};
pub(crate) const CODE: Form = Form {
    rule: &MALFORMED_CODE,
    what: "a code",
    pattern: "^[A-Za-z][A-Za-z0-9_.:/-]{0,199}$",
    example: "rate_limited",
    holds: |text| {
        // A key of YAML takes no more than 1024.
        text.len() <= 200
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.:/-".contains(c))
    },
    within: None,
};
pub(crate) const PLACEHOLDER: Form = Form {
    rule: &MALFORMED_ID,
    what: "the name of a placeholder",
    pattern: "^[A-Za-z][A-Za-z0-9_]*$",
    example: "detail",
    holds: |text| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    },
    within: None,
};
pub(crate) const DURATION: Form = Form {
    rule: &MALFORMED_DURATION,
    what: "a duration",
    pattern: "^[1-9][0-9]*(ms|s|m|h|d)$",
    example: "30s",
    holds: |text| milliseconds(text).is_some(),
    within: None,
};
/// The expression that Semantic Versioning 2.0.0 itself suggests.
const SEMVER: &str = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$";

pub(crate) const VERSION: Form = Form {
    rule: &MALFORMED_VERSION,
    what: "a semantic version",
    pattern: SEMVER,
    example: "1.0.0",
    holds: |text| semver::Version::parse(text).is_ok(),
    within: None,
};
pub(crate) const MEDIA_TYPE: Form = Form {
    rule: &MALFORMED_MEDIA_TYPE,
    what: "a media type",
    pattern: "^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+$",
    example: "application/problem+json",
    holds: |text| {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&^_.+-".contains(c))
        };
        text.split_once('/').is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
    },
    within: None,
};
pub(crate) const WAIT: Form = Form {
    rule: &WAIT_RANGE,
    what: "a duration of at most an hour",
    pattern: DURATION.pattern,
    example: "30s",
    holds: |text| milliseconds(text).is_some_and(|ms| ms <= 3_600_000),
    within: Some(&DURATION),
};
pub(crate) const AFTER: Form = Form {
    rule: &WAIT_RANGE,
    what: "a duration of at most 365 days",
    pattern: DURATION.pattern,
    example: "1h",
    holds: |text| milliseconds(text).is_some_and(|ms| ms <= MAX_AFTER_MS),
    within: Some(&DURATION),
};
pub(crate) const URL: Form = Form {
    rule: &MALFORMED_ADDRESS,
    what: "a URL that starts with http:// or https://",
    pattern: "^https?://[^\\s<>\"]+$",
    example: "https://docs.example.com/errors",
    holds: |text| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty())
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
    },
    within: None,
};
pub(crate) const PAGE: Form = Form {
    rule: &MALFORMED_ADDRESS,
    what: "the URL of a page, without a `#`",
    pattern: "^https?://[^\\s<>\"#]+$",
    example: "https://docs.example.com/errors",
    holds: |text| (URL.holds)(text) && !text.contains('#'),
    within: Some(&URL),
};
pub(crate) const EMAIL: Form = Form {
    rule: &MALFORMED_ADDRESS,
    what: "an e-mail address",
    pattern: "^[^@\\s<>\"]+@[^@\\s<>\"]+$",
    example: "support@example.com",
    holds: |text| {
        let is_part = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@<>\"".contains(c))
        };
        text.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host))
    },
    within: None,
};
pub(crate) const STATUS_CLASS: Form = Form {
    rule: &STATUS_RANGE,
    what: "`4xx` or `5xx`",
    pattern: "^[45]xx$",
    example: "5xx",
    holds: |text| Pattern::parse(text).is_some(),
    within: None,
};

pub(crate) const STATUS: Range =
    Range { rule: &STATUS_RANGE, what: "an HTTP error status", min: 400, max: 599 };
pub(crate) const RETRIES: Range =
    Range { rule: &NUMBER_RANGE, what: "a number of retries", min: 0, max: 1000 };
pub(crate) const FACTOR: Range = Range { rule: &NUMBER_RANGE, what: "a factor", min: 1, max: 1000 };
/// Exact in every language, the doubles of JavaScript included.
pub(crate) const INTEGER_CODE: Range = Range {
    rule: &MALFORMED_CODE,
    what: "an integer code",
    min: -9_007_199_254_740_991,
    max: 9_007_199_254_740_991,
};
pub(crate) const FORMAT: Range =
    Range { rule: &FORMAT_VERSION, what: "the format version", min: 1, max: 1 };

/// 365 days.
pub(crate) const MAX_AFTER_MS: u64 = 365 * 86_400_000;

/// A duration such as `30s`, in milliseconds.
pub(crate) fn milliseconds(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    if number.starts_with('0') {
        return None;
    }
    let factor = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

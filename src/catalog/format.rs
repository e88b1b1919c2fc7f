//! The forms that texts and numbers of a catalog have, each with the rule that refuses another.
//! Never reads a tree.

use crate::diagnostic::Rule;
use crate::fields::{Form, Range};

use super::status::Pattern;

pub(crate) const MALFORMED_ID: Rule = Rule {
    name: "malformed-id",
    what: "a surface id or tag that is not lower-case letters, digits and `_`",
    why: "it becomes a module, a type, a file name and a part of every link to the docs",
};
pub(crate) const MALFORMED_CODE: Rule = Rule {
    name: "malformed-code",
    what: "a code or name with characters that not every output can carry",
    why: "a code stands in URLs, identifiers and headings unchanged",
};
pub(crate) const MALFORMED_DURATION: Rule = Rule {
    name: "malformed-duration",
    what: "a time without one of the units ms, s, m, h, d",
    why: "a bare number is seconds to one reader and milliseconds to the next",
};
pub(crate) const MALFORMED_VERSION: Rule = Rule {
    name: "malformed-version",
    what: "a version that is no semantic version",
    why: "it is the version of the generated crate and package, and their registries refuse others",
};
pub(crate) const MALFORMED_MEDIA_TYPE: Rule = Rule {
    name: "malformed-media-type",
    what: "a media type that is not of the form type/subtype",
    why: "it is sent as Content-Type and names the content in OpenAPI",
};
pub(crate) const STATUS_RANGE: Rule = Rule {
    name: "status-range",
    what: "a status that is no HTTP error status",
    why: "only 400 to 599 are errors (RFC 9110, section 15.5 and 15.6)",
};
pub(crate) const NUMBER_RANGE: Rule = Rule {
    name: "number-range",
    what: "a number that no client could act on",
    why: "waits grow from it, and must stay whole numbers of milliseconds in every language",
};
pub(crate) const FORMAT_VERSION: Rule = Rule {
    name: "format-version",
    what: "a format version that this errcat does not read",
    why: "its fields may mean something else there",
};

/// The rules that forms and ranges report.
pub(crate) const RULES: &[&Rule] = &[
    &FORMAT_VERSION,
    &MALFORMED_CODE,
    &MALFORMED_DURATION,
    &MALFORMED_ID,
    &MALFORMED_MEDIA_TYPE,
    &MALFORMED_VERSION,
    &NUMBER_RANGE,
    &STATUS_RANGE,
];

pub(crate) const ID: Form = Form {
    rule: &MALFORMED_ID,
    what: "an id",
    pattern: "^[a-z][a-z0-9_]*$",
    example: "management",
    holds: |text| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    },
};
pub(crate) const CODE: Form = Form {
    rule: &MALFORMED_CODE,
    what: "a code",
    pattern: "^[A-Za-z][A-Za-z0-9_.:/-]*$",
    example: "rate_limited",
    holds: |text| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.:/-".contains(c))
    },
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
};
pub(crate) const DURATION: Form = Form {
    rule: &MALFORMED_DURATION,
    what: "a duration",
    pattern: "^[1-9][0-9]*(ms|s|m|h|d)$",
    example: "30s",
    holds: |text| milliseconds(text).is_some(),
};
pub(crate) const VERSION: Form = Form {
    rule: &MALFORMED_VERSION,
    what: "a semantic version",
    pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$",
    example: "1.0.0",
    holds: |text| semver::Version::parse(text).is_ok(),
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
};
pub(crate) const STATUS_CLASS: Form = Form {
    rule: &STATUS_RANGE,
    what: "`4xx` or `5xx`",
    pattern: "^[45]xx$",
    example: "5xx",
    holds: |text| Pattern::parse(text).is_some(),
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

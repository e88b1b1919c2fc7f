//! The forms of a catalog's texts and numbers, each with the rule that reports other ones.

use crate::diagnostic::Rule;
use crate::document::schema::{Form, Range};

use super::include::MALFORMED_INCLUDE;
use super::slips;
use super::status::Pattern;
use crate::text::version::Version;
use crate::text::{chars, urls};

pub(crate) const MALFORMED_ID: Rule = Rule {
    name: "malformed-id",
    what: "an id, tag or placeholder with characters other than letters, digits and `_`",
    why: "it becomes the name of modules, types, files and links",
    fix: "use lower-case letters, digits and `_`, at most 100; start with a letter",
    bad: "id: Admin-API",
    good: "id: admin_api",
};
pub(crate) const MALFORMED_CODE: Rule = Rule {
    name: "malformed-code",
    what: "a code with a line break, a control character or outer space, or a number that is too large",
    why: "readers could not see what the code is, and some languages could not hold the number",
    fix: "write the code as it is in the body: one line of at most 200 characters, or a whole number",
    bad: "code: \"not_found \"",
    good: "code: not_found",
};
pub(crate) const MALFORMED_NAME: Rule = Rule {
    name: "malformed-name",
    what: "a name with a character that some outputs can't use",
    why: "names are in URLs, identifiers and headings",
    fix: "use letters, digits, `_`, `.`, `:`, `/` and `-`, at most 200; start with a letter",
    bad: "name: rate limited",
    good: "name: rate_limited",
};
pub(crate) const MALFORMED_DURATION: Rule = Rule {
    name: "malformed-duration",
    what: "a duration without one of the units ms, s, m, h and d",
    why: "without a unit, one reader assumes seconds and another milliseconds",
    fix: "write a whole number and a unit, without a space",
    bad: "after: 1 hour",
    good: "after: 1h",
};
pub(crate) const MALFORMED_VERSION: Rule = Rule {
    name: "malformed-version",
    what: "a version that is not a semantic version",
    why: "the generated crate and package have this version, and registries accept no other form",
    fix: "write three numbers",
    bad: "version: v1.0",
    good: "version: 1.0.0",
};
pub(crate) const MALFORMED_MEDIA_TYPE: Rule = Rule {
    name: "malformed-media-type",
    what: "a media type other than JSON",
    why: "every body is JSON, and servers send this as its Content-Type",
    fix: "write `application/json`, or a type that ends with `+json`, without parameters",
    bad: "media_type: application/xml",
    good: "media_type: application/problem+json",
};
pub(crate) const MALFORMED_ADDRESS: Rule = Rule {
    name: "malformed-address",
    what: "a URL that doesn't start with http:// or https://, or an e-mail address without `@`",
    why: "the docs link to it, and other schemes can run code when it is clicked",
    fix: "write the whole address",
    bad: "docs: docs.example.com/errors",
    good: "docs: https://docs.example.com/errors",
};
pub(crate) const UNLINKABLE_URL: Rule = Rule {
    name: "unlinkable-url",
    what: "a URL in `see` that some viewers would not link to, or would link to only in part",
    why: "readers would not get to the page",
    fix: "write the URL in ASCII, without a user name; percent-encode all but letters, digits and common marks",
    bad: "see: [https://docs.example.com/größe]",
    good: "see: [https://docs.example.com/gr%C3%B6%C3%9Fe]",
};
pub(crate) const WAIT_RANGE: Rule = Rule {
    name: "wait-range",
    what: "a wait that is too long for a client",
    why: "nobody waits that long, and JavaScript's timers are not exact beyond it",
    fix: "use at most 1h for `initial` and `max`, and at most 365d for `after`",
    bad: "max: 2h",
    good: "max: 1h",
};
pub(crate) const STATUS_RANGE: Rule = Rule {
    name: "status-range",
    what: "a status that no error can have, or that no client can retry",
    why: "statuses end at 599, and those below 200 come before the response (RFC 9110, section 15)",
    fix: "use a status from 200 to 599; in `retry.statuses`, one from 400 to 599",
    bad: "status: 600",
    good: "status: 404",
};
pub(crate) const NUMBER_RANGE: Rule = Rule {
    name: "number-range",
    what: "a number that is out of range",
    why: "clients compute their waits from it, and must get the same milliseconds in every language",
    fix: "use a number in the range that the message names",
    bad: "retries: -1",
    good: "retries: 6",
};
pub(crate) const FORMAT_VERSION: Rule = Rule {
    name: "format-version",
    what: "a format version that this errcat doesn't read",
    why: "its fields may mean something else",
    fix: "write `errcat: 1`, or use an errcat that reads the newer format",
    bad: "errcat: 2",
    good: "errcat: 1",
};

pub(crate) const ID: Form = Form {
    rule: &MALFORMED_ID,
    what: "a valid id",
    pattern: "^[a-z][a-z0-9_]{0,99}$",
    example: "management",
    holds: |text| {
        // A file is named after it.
        text.len() <= 100
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    },
    within: None,
    flaw: Some(slips::id_flaw),
    meant: Some(slips::id_meant),
};
/// The id of a surface, of another catalog if a path comes first.
pub(crate) const INCLUDE: Form = Form {
    rule: &MALFORMED_INCLUDE,
    what: "the id of a surface, or a path and an id",
    pattern: "^([^#]+\\.ya?ml#)?[a-z][a-z0-9_]{0,99}$",
    example: "../platform/errors.yaml#common",
    holds: |text| match text.split_once('#') {
        Some((path, id)) => slips::is_yaml(path) && (ID.holds)(id),
        None => (ID.holds)(text),
    },
    within: None,
    flaw: Some(slips::include_flaw),
    meant: Some(slips::include_meant),
};
/// A name, or a code that is its own name.
pub(crate) const NAME: Form = Form {
    rule: &MALFORMED_NAME,
    what: "a valid name",
    pattern: "^[A-Za-z][A-Za-z0-9_.:/-]{0,199}$",
    example: "rate_limited",
    holds: |text| {
        // YAML allows keys of at most 1024 characters.
        text.len() <= 200
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'.' | b':' | b'/' | b'-'))
    },
    within: None,
    flaw: Some(slips::name_flaw),
    meant: Some(slips::name_meant),
};
/// A code: one line of text that a person can see.
pub(crate) const CODE: Form = Form {
    rule: &MALFORMED_CODE,
    what: "a valid code",
    pattern: "^[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u180e\\u200b\\u2028-\\u202e\\u2060\\u2066-\\u2069\\ufeff\\ufffe\\uffff]\
              ([^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]{0,198}\
              [^\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u180e\\u200b\\u2028-\\u202e\\u2060\\u2066-\\u2069\\ufeff\\ufffe\\uffff])?$",
    example: "rate_limited",
    holds: |text| {
        if chars::is_ascii_print(text) {
            return (1..=200).contains(&text.len()) && text.trim_matches(' ') == text;
        }
        let is_outer = |c: char| c.is_whitespace() || chars::is_odd_space(c);
        let is_short = (1..=200).contains(&text.chars().count());
        is_short && text.trim_matches(is_outer) == text && !text.contains(chars::is_unprintable)
    },
    within: None,
    flaw: Some(slips::code_flaw),
    meant: Some(slips::code_meant),
};
pub(crate) const PLACEHOLDER: Form = Form {
    rule: &MALFORMED_ID,
    what: "a valid placeholder name",
    pattern: "^[A-Za-z][A-Za-z0-9_]*$",
    example: "detail",
    holds: |text| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    },
    within: None,
    flaw: Some(slips::placeholder_flaw),
    meant: Some(slips::id_meant),
};
pub(crate) const DURATION: Form = Form {
    rule: &MALFORMED_DURATION,
    what: "a duration",
    pattern: "^[1-9][0-9]*(ms|s|m|h|d)$",
    example: "30s",
    holds: |text| milliseconds(text).is_some(),
    within: None,
    flaw: Some(slips::duration_flaw),
    meant: Some(slips::duration_meant),
};
/// The expression that Semantic Versioning 2.0.0 suggests.
const SEMVER: &str = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$";

pub(crate) const VERSION: Form = Form {
    rule: &MALFORMED_VERSION,
    what: "a semantic version",
    pattern: SEMVER,
    example: "1.0.0",
    holds: |text| Version::parse(text).is_some(),
    within: None,
    flaw: None,
    meant: Some(slips::version_meant),
};
/// `application/json`, and the structured syntax suffix `+json` (RFC 6839, section 3.1).
pub(crate) const MEDIA_TYPE: Form = Form {
    rule: &MALFORMED_MEDIA_TYPE,
    what: "a media type for JSON",
    pattern: "^(application/json|[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+\\+json)$",
    example: "application/problem+json",
    holds: |text| {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&^_.+-".contains(c))
        };
        let json = text.strip_suffix("+json").and_then(|text| text.split_once('/'));
        text == "application/json"
            || json.is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
    },
    within: None,
    flaw: None,
    meant: Some(slips::media_type_meant),
};
pub(crate) const WAIT: Form = Form {
    rule: &WAIT_RANGE,
    what: "a duration of at most an hour",
    pattern: "^(([1-9][0-9]{0,5}|[12][0-9]{6}|3[0-5][0-9]{5}|3600000)ms|\
              ([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|3600)s|([1-9]|[1-5][0-9]|60)m|1h)$",
    example: "30s",
    holds: |text| milliseconds(text).is_some_and(|ms| ms <= 3_600_000),
    within: Some(&DURATION),
    flaw: Some(slips::duration_flaw),
    meant: Some(slips::duration_meant),
};
pub(crate) const AFTER: Form = Form {
    rule: &WAIT_RANGE,
    what: "a duration of at most 365 days",
    pattern: "^(([1-9][0-9]{0,9}|[12][0-9]{10}|30[0-9]{9}|31[0-4][0-9]{8}|315[0-2][0-9]{7}|\
              3153[0-5][0-9]{6}|31536000000)ms|([1-9][0-9]{0,6}|[12][0-9]{7}|30[0-9]{6}|31[0-4][0-9]{5}|\
              315[0-2][0-9]{4}|3153[0-5][0-9]{3}|31536000)s|([1-9][0-9]{0,4}|[1-4][0-9]{5}|\
              5[01][0-9]{4}|52[0-4][0-9]{3}|525[0-5][0-9]{2}|525600)m|\
              ([1-9][0-9]{0,2}|[1-7][0-9]{3}|8[0-6][0-9]{2}|87[0-5][0-9]|8760)h|\
              ([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-5])d)$",
    example: "1h",
    holds: |text| milliseconds(text).is_some_and(|ms| ms <= MAX_AFTER_MS),
    within: Some(&DURATION),
    flaw: Some(slips::duration_flaw),
    meant: Some(slips::duration_meant),
};
pub(crate) const URL: Form = Form {
    rule: &MALFORMED_ADDRESS,
    what: "a URL that starts with http:// or https://",
    pattern: "^https?://[^\\s<>\"]+$",
    example: "https://docs.example.com/errors",
    holds: |text| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(ends_address))
    },
    within: None,
    flaw: None,
    meant: Some(slips::url_meant),
};
/// A URL that every output can link to.
pub(crate) const LINK: Form = Form {
    rule: &UNLINKABLE_URL,
    what: "a URL that can be a link",
    pattern: "^https?://[A-Za-z0-9._~:/?#@!&()+,=%-]+$",
    example: "https://docs.example.com/limits",
    holds: urls::is_url,
    within: Some(&URL),
    flaw: Some(slips::link_flaw),
    meant: Some(slips::link_meant),
};
pub(crate) const PAGE: Form = Form {
    rule: &MALFORMED_ADDRESS,
    what: "the URL of a page, without a `#`",
    pattern: "^https?://[^\\s<>\"#]+$",
    example: "https://docs.example.com/errors",
    holds: |text| (URL.holds)(text) && !text.contains('#'),
    within: Some(&URL),
    flaw: None,
    meant: Some(slips::page_meant),
};
pub(crate) const EMAIL: Form = Form {
    rule: &MALFORMED_ADDRESS,
    what: "an e-mail address",
    pattern: "^[^@\\s<>\"]+@[^@\\s<>\"]+$",
    example: "support@example.com",
    holds: |text| {
        let is_part =
            |part: &str| !part.is_empty() && !part.contains('@') && !part.contains(ends_address);
        text.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host))
    },
    within: None,
    flaw: None,
    meant: Some(slips::email_meant),
};
pub(crate) const STATUS_CLASS: Form = Form {
    rule: &STATUS_RANGE,
    what: "`4xx` or `5xx`",
    pattern: "^[45]xx$",
    example: "5xx",
    holds: |text| Pattern::parse(text).is_some(),
    within: None,
    flaw: None,
    meant: Some(slips::class_meant),
};

pub(crate) const STATUS: Range =
    Range { rule: &STATUS_RANGE, what: "an HTTP status from 200 to 599", min: 200, max: 599 };
pub(crate) const RETRIED_STATUS: Range =
    Range { rule: &STATUS_RANGE, what: "an HTTP error status", min: 400, max: 599 };
pub(crate) const RETRIES: Range =
    Range { rule: &NUMBER_RANGE, what: "a number of retries", min: 0, max: 1000 };
pub(crate) const FACTOR: Range =
    Range { rule: &NUMBER_RANGE, what: "a whole number", min: 1, max: 1000 };
/// Exact in every language, the doubles of JavaScript included.
pub(crate) const INTEGER_CODE: Range = Range {
    rule: &MALFORMED_CODE,
    what: "an integer code",
    min: -9_007_199_254_740_991,
    max: 9_007_199_254_740_991,
};
pub(crate) const FORMAT: Range =
    Range { rule: &FORMAT_VERSION, what: "format version", min: 1, max: 1 };

/// Whether a character can't be in a URL or an e-mail address: white space as regular expressions of
/// ECMA-262 define it, and what delimits an address in a text.
fn ends_address(c: char) -> bool {
    let is_space = c.is_whitespace() && c != '\u{85}' || c == '\u{feff}';
    is_space || matches!(c, '<' | '>' | '"')
}

/// 365 days.
pub(crate) const MAX_AFTER_MS: u64 = 365 * 86_400_000;

/// A duration such as `30s`, in milliseconds; the largest number if it is longer.
pub(crate) fn milliseconds(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let factor = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    if number.is_empty() || number.starts_with('0') {
        return None;
    }
    Some(number.parse().map_or(u64::MAX, |number: u64| number.saturating_mul(factor)))
}

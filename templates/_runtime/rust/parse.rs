//! Parses the bytes of a body.

use super::alloc::borrow::Cow;
use super::alloc::string::String;
use super::plain_text::plain_text;

/// Parses a body. If it isn't JSON, returns it as one safe line, or `None` if it is blank.
pub(crate) fn parse(body: &[u8]) -> Result<serde_json::Value, Option<String>> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = String::from_utf8_lossy(body);
    json(&well_formed(&text)).ok_or_else(|| plain_text(&text))
}

/// Parses JSON. Everything is parsed here and as bytes, so that a program has one parser.
pub(super) fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_slice(text.as_bytes()).ok()
}

/// Replaces escapes of lone surrogates by one of U+FFFD.
fn well_formed(text: &str) -> Cow<'_, str> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (plain, escapes) = rest.split_at(at);
        out.push_str(plain);
        let second = escapes.get(6..).and_then(code_unit);
        let length = match (code_unit(escapes), second) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(_), _) => 6,
            (None, _) => escapes.chars().take(2).map(char::len_utf8).sum(),
        };
        let (escape, after) = escapes.split_at(length);
        let is_lone = length == 6 && matches!(code_unit(escape), Some(0xd800..=0xdfff));
        out.push_str(if is_lone { "\\ufffd" } else { escape });
        rest = after;
    }
    out.push_str(rest);
    out.into()
}

/// The code unit of UTF-16 that an escape names, such as `\u00e9`. The text starts with it.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

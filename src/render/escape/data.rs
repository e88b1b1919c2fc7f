//! Filters for data: JSON, YAML, TOML and plain text. The first three share one writer of strings,
//! because JSON's escapes mean the same in all of them.

use std::borrow::Cow;
use std::io;

use minijinja::Value;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter};

use super::{Apply, Filter, Lang};
use crate::text::chars;
use crate::text::spans;

pub(super) const JSON: Filter = Filter {
    name: "json",
    langs: &[Lang::Json, Lang::Yaml],
    about: "any value as JSON on one line; YAML reads it too",
    example: r#"{"error": "gone"}"#,
    apply: Apply::Value(|value| write(value, Spaced::default())),
};

pub(super) const YAML_STR: Filter = Filter {
    name: "yaml_str",
    langs: &[Lang::Yaml],
    about: "a double-quoted scalar, quotes included",
    example: r#""yes: #1""#,
    apply: Apply::Text(string),
};

pub(super) const TOML_STR: Filter = Filter {
    name: "toml_str",
    langs: &[Lang::Toml],
    about: "a basic string, quotes included",
    example: r#""C:\\temp""#,
    apply: Apply::Text(string),
};

/// TOML 1.0, "Keys". In quotes, every character that a bare key can't have is an escape, so the key does
/// nothing else on a page of Markdown either.
pub(super) const TOML_KEY: Filter = Filter {
    name: "toml_key",
    langs: &[Lang::Toml, Lang::Markdown],
    about: "a key, in quotes only if it needs them",
    example: r#""acme-errors""#,
    apply: Apply::Text(|text| {
        let is_bare = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        if !text.is_empty() && text.chars().all(is_bare) {
            return text.to_owned();
        }
        let escaped = |c| if is_bare(c) { c.into() } else { format!("\\U{:08x}", u32::from(c)) };
        format!("\"{}\"", text.chars().map(escaped).collect::<String>())
    }),
};

pub(super) const TEXT: Filter = Filter {
    name: "text",
    langs: &[Lang::Text],
    about: "the text as a page shows it, without the backticks of code spans, on one line",
    example: r#""Send `a` again""#,
    apply: Apply::Text(on_one_line),
};

/// A text as a page shows it, without the backticks of code spans, on one line.
pub(super) fn on_one_line(text: &str) -> String {
    let visible = spans::visible(text);
    visible.chars().map(|c| if chars::is_unprintable(c) { ' ' } else { c }).collect()
}

/// A JSON string, quotes included. Characters that are not printable are escaped, so that YAML and TOML
/// accept the text and a reviewer sees them. RFC 8259, section 7; YAML 1.2.2, section 5.1; TOML 1.0,
/// "String".
pub(super) fn string(text: &str) -> String {
    quoted(text).unwrap_or_else(|| write(text, CompactFormatter))
}

/// A text of printable ASCII in quotes, as JSON, Rust and Python write it. `None` for other texts.
pub(super) fn quoted(text: &str) -> Option<String> {
    if is_plain(text) {
        return Some(["\"", text, "\""].concat());
    }
    if !are_all(text, |byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let mut quoted = String::with_capacity(text.len() + text.len() / 8 + 2);
    quoted.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    Some(quoted)
}

/// Whether a text in quotes needs no escape in JSON, Rust or Python, as most don't.
pub(super) fn is_plain(text: &str) -> bool {
    are_all(text, |byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\')
}

/// Unlike `all`, this doesn't stop early, so that it looks at many bytes at once.
fn are_all(text: &str, holds: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & holds(byte))
}

/// JSON without spaces between its parts, as a server sends it.
pub(super) fn compact(value: &Value) -> String {
    write(value, CompactFormatter)
}

pub(super) fn write<T: Serialize + ?Sized>(value: &T, formatter: impl Formatter) -> String {
    let mut out = Vec::with_capacity(128);
    // Writing to memory cannot fail, and every value of the context can be serialized.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut out, formatter));
    let text = String::from_utf8(out).unwrap_or_default();
    match escaped(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(escaped) => escaped,
    }
}

/// Escapes characters that are not printable. JSON has them only in its strings.
fn escaped(json: &str) -> Cow<'_, str> {
    if are_all(json, |byte| byte < 0x7f) || !json.chars().any(needs_escape) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        // All of these are in the basic plane, so one escape is enough.
        if needs_escape(c) { escaped += &format!("\\u{:04x}", c as u32) } else { escaped.push(c) }
    }
    Cow::Owned(escaped)
}

/// Whether a character that JSON allows in a string is not printable, or not allowed in YAML or TOML.
fn needs_escape(c: char) -> bool {
    c >= '\u{7f}' && chars::is_unprintable(c)
}

/// JSON on one line, with a space after each comma and colon.
pub(super) struct Spaced {
    /// A space within the braces of an object too.
    pub padded: bool,
    /// Whether the object has no member so far.
    pub is_empty: bool,
    /// Whether large exponents have a `+`, as YAML 1.1 asks for, and Prettier removes.
    pub has_plus: bool,
}

impl Default for Spaced {
    fn default() -> Self {
        Self { padded: false, is_empty: false, has_plus: true }
    }
}

impl Formatter for Spaced {
    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.is_empty = true;
        out.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.is_empty = false;
        match (first, self.padded) {
            (false, _) => out.write_all(b", "),
            (true, true) => out.write_all(b" "),
            (true, false) => Ok(()),
        }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        let was_empty = std::mem::take(&mut self.is_empty);
        out.write_all(if self.padded && !was_empty { b" }" } else { b"}" })
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        let number = serde_json::to_string(&value)?;
        let number = if self.has_plus { number } else { number.replace("e+", "e") };
        out.write_all(number.as_bytes())
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_string_is_what_serde_json_makes_of_it() {
        proptest!(|(text in "[ -~\"\\\\é\u{7f}\u{85}\u{2028}\t]{0,12}")| {
            prop_assert_eq!(string(&text), write(text.as_str(), CompactFormatter));
        });
    }
}

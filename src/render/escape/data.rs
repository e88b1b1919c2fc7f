//! Filters for data: JSON, YAML, TOML and plain text. The first three share one writer of strings,
//! because JSON's escapes mean the same in all of them.

use std::borrow::Cow;
use std::fmt::{self, Write};

use minijinja::Value;
use minijinja::value::ValueKind;

use super::{Apply, Filter, Lang};
use crate::render::record::members;
use crate::text::chars;
use crate::text::json;
use crate::text::spans;

pub(super) const JSON: Filter = Filter {
    name: "json",
    langs: &[Lang::Json, Lang::Yaml],
    about: "any value as JSON on one line; YAML reads it too",
    example: r#"{"error": "gone"}"#,
    apply: Apply::Value(|value| write(value, &SPACED)),
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
    quoted(text).unwrap_or_else(|| escaped(&json::string(text)).into_owned())
}

/// A text of printable ASCII in quotes, as JSON, Rust and Python write it. `None` for other texts.
pub(super) fn quoted(text: &str) -> Option<String> {
    if is_plain(text) {
        return Some(["\"", text, "\""].concat());
    }
    if !chars::is_ascii_print(text) {
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
    chars::every_byte(text, |byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\')
}

/// JSON without spaces between its parts, as a server sends it.
pub(super) fn compact(value: &Value) -> String {
    write(value, &COMPACT)
}

/// How a value is written on one line.
pub(super) struct Style {
    pub comma: &'static str,
    pub colon: &'static str,
    /// What is within the braces of an object that has members.
    pub padding: &'static str,
    /// Whether large exponents have a `+`, as YAML 1.1 asks for, and Prettier removes.
    pub has_plus: bool,
    pub null: &'static str,
    pub no: &'static str,
    pub yes: &'static str,
}

const COMPACT: Style = Style { comma: ",", colon: ":", ..SPACED };

/// JSON with a space after each comma and colon.
pub(super) const SPACED: Style = Style {
    comma: ", ",
    colon: ": ",
    padding: "",
    has_plus: true,
    null: "null",
    no: "false",
    yes: "true",
};

pub(super) fn write(value: &Value, style: &Style) -> String {
    let mut json = String::with_capacity(128);
    // Writing to memory cannot fail.
    let _ = print(value, style, &mut json);
    json
}

pub(super) fn print(value: &Value, style: &Style, out: &mut impl Write) -> fmt::Result {
    match value.kind() {
        ValueKind::Bool => out.write_str(if value.is_true() { style.yes } else { style.no })?,
        ValueKind::Number if value.is_integer() => write!(out, "{value}")?,
        ValueKind::Number => match f64::try_from(value.clone()) {
            Ok(number) if number.is_finite() => {
                let number = json::float(number);
                out.write_str(&if style.has_plus { number } else { number.replace("e+", "e") })?;
            }
            _ => out.write_str(style.null)?,
        },
        ValueKind::String => print_text(value.as_str().unwrap_or_default(), out)?,
        ValueKind::Seq | ValueKind::Iterable => {
            out.write_char('[')?;
            for (index, item) in value.try_iter().into_iter().flatten().enumerate() {
                out.write_str(if index == 0 { "" } else { style.comma })?;
                print(&item, style, out)?;
            }
            out.write_char(']')?;
        }
        ValueKind::Map => {
            let mut is_empty = true;
            out.write_char('{')?;
            for (key, value) in members(value) {
                out.write_str(if is_empty { style.padding } else { style.comma })?;
                print_text(&key, out)?;
                out.write_str(style.colon)?;
                print(&value, style, out)?;
                is_empty = false;
            }
            out.write_str(if is_empty { "" } else { style.padding })?;
            out.write_char('}')?;
        }
        ValueKind::Plain => print_text(&value.to_string(), out)?,
        _ => out.write_str(style.null)?,
    }
    Ok(())
}

pub(super) fn print_text(text: &str, out: &mut impl Write) -> fmt::Result {
    if !is_plain(text) {
        return out.write_str(&string(text));
    }
    out.write_str("\"")?;
    out.write_str(text)?;
    out.write_str("\"")
}

/// Escapes characters that are not printable. JSON has them only in its strings.
fn escaped(json: &str) -> Cow<'_, str> {
    if chars::every_byte(json, |byte| byte < 0x7f) || !json.chars().any(needs_escape) {
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

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_string_is_what_serde_json_makes_of_it() {
        proptest!(|(text in "[ -~\"\\\\é\u{7f}\u{85}\u{2028}\t]{0,12}")| {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(string(&text), escaped(&json));
        });
    }
}

//! JSON as text.

use std::fmt::{self, Write};

use super::Json;

/// JSON on one line; with `{:#}`, one member a line.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let indent = f.alternate().then_some(0);
        print(self, indent, f)
    }
}

/// A text as JSON, quotes included.
pub(crate) fn string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 8);
    // Writing to memory cannot fail.
    let _ = print_text(text, &mut json);
    json
}

/// `indent` is the indentation of the line that the value begins on; with none, all is on one line.
fn print(json: &Json, indent: Option<usize>, out: &mut dyn Write) -> fmt::Result {
    let inner = indent.map(|indent| indent + 2);
    match json {
        Json::Null => out.write_str("null"),
        Json::Bool(value) => write!(out, "{value}"),
        Json::Number(number) => write!(out, "{number}"),
        Json::String(text) => print_text(text, out),
        Json::Array(items) if items.is_empty() => out.write_str("[]"),
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                out.write_str(if index == 0 { "[" } else { "," })?;
                begin_line(inner, out)?;
                print(item, inner, out)?;
            }
            begin_line(indent, out)?;
            out.write_str("]")
        }
        Json::Object(object) if object.is_empty() => out.write_str("{}"),
        Json::Object(object) => {
            for (index, (key, value)) in object.iter().enumerate() {
                out.write_str(if index == 0 { "{" } else { "," })?;
                begin_line(inner, out)?;
                print_text(key, out)?;
                out.write_str(if indent.is_some() { ": " } else { ":" })?;
                print(value, inner, out)?;
            }
            begin_line(indent, out)?;
            out.write_str("}")
        }
    }
}

fn begin_line(indent: Option<usize>, out: &mut dyn Write) -> fmt::Result {
    indent.map_or(Ok(()), |indent| write!(out, "\n{:indent$}", ""))
}

fn print_text(text: &str, out: &mut dyn Write) -> fmt::Result {
    out.write_str("\"")?;
    for part in text.split_inclusive(|c: char| c < ' ' || c == '"' || c == '\\') {
        let mut before = part.chars();
        match before.next_back() {
            Some('"') => write!(out, "{}\\\"", before.as_str())?,
            Some('\\') => write!(out, "{}\\\\", before.as_str())?,
            Some('\n') => write!(out, "{}\\n", before.as_str())?,
            Some('\r') => write!(out, "{}\\r", before.as_str())?,
            Some('\t') => write!(out, "{}\\t", before.as_str())?,
            Some('\u{8}') => write!(out, "{}\\b", before.as_str())?,
            Some('\u{c}') => write!(out, "{}\\f", before.as_str())?,
            Some(c) if c < ' ' => write!(out, "{}\\u{:04x}", before.as_str(), u32::from(c))?,
            _ => out.write_str(part)?,
        }
    }
    out.write_str("\"")
}

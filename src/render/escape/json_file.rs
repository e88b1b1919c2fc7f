//! JSON files, laid out as Prettier does by default, so that it changes nothing.

use std::fmt::{self, Write};
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, ValueKind};
use minijinja::{Error, Output, Value};

use super::data::{self, SPACED, Style, print_text};
use super::{Apply, Filter, Lang};
use crate::render::record::members;
use crate::text::width::columns;

pub(super) const JSON_PRETTY: Filter = Filter {
    name: "json_pretty",
    langs: &[Lang::Json],
    about: "any value as JSON, laid out for a file",
    example: r#"["gone"]"#,
    apply: Apply::Object(|value| Value::from_object(Pretty(value.clone()))),
};

/// The columns of a line.
const WIDTH: usize = 80;

/// A value on one line.
const LINE: Style = Style { has_plus: false, ..SPACED };

/// A value that becomes JSON only when it is printed: a whole catalog has megabytes, and every copy would
/// be as large.
#[derive(Debug)]
pub(super) struct Pretty(pub Value);

impl Object for Pretty {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

impl Pretty {
    pub(super) fn print(&self, out: &mut Output) -> Result<(), Error> {
        let mut chunks = Chunks { out, chunk: String::new() };
        let printed = print(&self.0, Place::default(), &mut chunks);
        printed.and_then(|()| chunks.flush()).map_err(Error::from)
    }
}

/// The text of a JSON file, without the last line break.
pub(crate) fn pretty(value: &Value) -> String {
    let mut json = String::with_capacity(256);
    // Writing to memory cannot fail.
    let _ = print(value, Place::default(), &mut json);
    json
}

/// JSON for people: on one line if it has at most 80 characters, else with one member a line.
pub(super) fn readable(value: &Value) -> String {
    let mut line = Line { text: String::with_capacity(WIDTH), left: WIDTH };
    match data::print(value, &Style { padding: " ", ..SPACED }, &mut line) {
        Ok(()) => line.text,
        Err(fmt::Error) => pretty(value),
    }
}

/// A line that has room for some more characters. A longer text is an error at once.
struct Line {
    text: String,
    left: usize,
}

impl Write for Line {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.left = self.left.checked_sub(piece.chars().count()).ok_or(fmt::Error)?;
        self.text.push_str(piece);
        Ok(())
    }
}

/// Where a value is printed.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The columns before each line of the value.
    indent: usize,
    /// The columns that its first line cannot have: those before it, and a comma after it.
    taken: usize,
}

fn print(value: &Value, place: Place, out: &mut impl Write) -> fmt::Result {
    match value.kind() {
        ValueKind::Map => print_object(value, place, out),
        ValueKind::Seq | ValueKind::Iterable => print_array(value, place, out),
        ValueKind::String => print_text(value.as_str().unwrap_or_default(), out),
        ValueKind::Bool => out.write_str(if value.is_true() { "true" } else { "false" }),
        ValueKind::None => out.write_str("null"),
        ValueKind::Number if value.is_integer() => write!(out, "{value}"),
        _ => out.write_str(&data::write(value, &LINE)),
    }
}

/// The columns of a text as JSON.
fn columns_of_text(text: &str) -> usize {
    if data::is_plain(text) { text.len() + 2 } else { columns(&data::string(text)) }
}

/// Prints each member on a line of its own.
fn print_object(object: &Value, place: Place, out: &mut impl Write) -> fmt::Result {
    let indent = place.indent + 2;
    let count = object.len().unwrap_or_default();
    if count == 0 {
        return out.write_str("{}");
    }
    out.write_str("{\n")?;
    for (number, (key, value)) in (1..).zip(members(object)) {
        let is_last = number == count;
        let taken = indent + columns_of_text(&key) + ": ".len() + usize::from(!is_last);
        write_indent(indent, out)?;
        print_text(&key, out)?;
        out.write_str(": ")?;
        print(&value, Place { indent, taken }, out)?;
        out.write_str(if is_last { "\n" } else { ",\n" })?;
    }
    write_indent(place.indent, out)?;
    out.write_str("}")
}

/// Prints an array on one line if it fits there.
fn print_array(array: &Value, place: Place, out: &mut impl Write) -> fmt::Result {
    if array.len() == Some(0) {
        return out.write_str("[]");
    }
    let items: Vec<Value> = array.try_iter().map_err(|_| fmt::Error)?.collect();
    if !is_open(array) {
        let line = data::write(array, &LINE);
        if place.taken + columns(&line) <= WIDTH {
            return out.write_str(&line);
        }
    }
    let indent = place.indent + 2;
    let are_numbers = items.iter().all(|item| item.kind() == ValueKind::Number);
    // The column after the item before, on its line.
    let mut column = None;
    out.write_str("[")?;
    for (number, item) in (1..).zip(&items) {
        let comma = usize::from(number < items.len());
        let width = if are_numbers { data::write(item, &LINE).len() + comma } else { WIDTH };
        match column {
            Some(end) if end + 1 + width <= WIDTH => {
                out.write_str(" ")?;
                column = Some(end + 1 + width);
            }
            _ => {
                out.write_str("\n")?;
                write_indent(indent, out)?;
                column = Some(indent + width);
            }
        }
        print(item, Place { indent, taken: indent + comma }, out)?;
        out.write_str(if comma == 1 { "," } else { "" })?;
    }
    out.write_str("\n")?;
    write_indent(place.indent, out)?;
    out.write_str("]")
}

/// Writes the spaces before a line.
fn write_indent(columns: usize, out: &mut impl Write) -> fmt::Result {
    const SPACES: &str = "                                                                ";
    let mut left = columns;
    while left > 0 {
        let piece = SPACES.get(..left).unwrap_or(SPACES);
        out.write_str(piece)?;
        left -= piece.len();
    }
    Ok(())
}

/// Whether a value never fits on one line: it holds a member of an object, or several arrays each of
/// several items.
fn is_open(value: &Value) -> bool {
    let items = |value: &Value| value.try_iter().into_iter().flatten();
    let is_array = |value: &Value| matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable);
    let has_several = |value: &Value| value.len().is_some_and(|len| len > 1);
    match value.kind() {
        ValueKind::Map => value.len() != Some(0),
        _ if is_array(value) => {
            let is_table =
                has_several(value) && items(value).all(|row| is_array(&row) && has_several(&row));
            is_table || items(value).any(|item| is_open(&item))
        }
        _ => false,
    }
}

/// Passes JSON on in chunks.
struct Chunks<'o, 'w> {
    out: &'o mut Output<'w>,
    chunk: String,
}

/// The size of a chunk in bytes, large enough that its overhead does not matter.
const CHUNK: usize = 8192;

impl Write for Chunks<'_, '_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if self.chunk.len() + piece.len() > CHUNK {
            self.flush()?;
        }
        self.chunk.push_str(piece);
        Ok(())
    }
}

impl Chunks<'_, '_> {
    fn flush(&mut self) -> fmt::Result {
        self.out.write_str(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use minijinja::value::Serde;
    use serde_json::Value as Json;

    use super::*;

    #[test]
    fn a_sample_of_at_most_80_characters_stays_on_one_line() {
        for (letters, lines) in [(69, 1), (70, 3)] {
            let text = readable(&Value::from_pairs([("é", "é".repeat(letters))]));
            assert_eq!(text.lines().count(), lines, "{text}");
        }
    }

    /// Prettier 3.10 makes each of these of any other layout.
    #[test]
    fn the_layout_is_prettiers() {
        let long = "x".repeat(30);
        for text in [
            "{}",
            "[]",
            "null",
            "{\n  \"a\": []\n}",
            "[{}, [[{}]]]",
            "[\n  {\n    \"a\": 1\n  }\n]",
            "[1e21, -1.5, 1e-9, 1.0]",
            "[[1], [2, 3]]",
            "[\n  [1, 2],\n  [\"a\", \"b\"]\n]",
            "[\n  [\n    [1, 2],\n    [3, 4]\n  ]\n]",
            // 80 columns, with a comma after it or not.
            &format!("{{\n  \"{long}\": [\"{long}\", \"12345\"],\n  \"b\": 1\n}}"),
            &format!("{{\n  \"{long}\": [\"{long}\", \"123456\"]\n}}"),
            &format!("{{\n  \"{long}\": [\n    \"{long}\",\n    \"123456\"\n  ],\n  \"b\": 1\n}}"),
            &format!("{{\n  \"{long}\": [\n    \"{long}\",\n    \"1234567\"\n  ]\n}}"),
            // Wide characters are two columns.
            &format!("[\n  \"{}\"\n]", "字".repeat(39)),
            &format!("[\"{}\"]", "字".repeat(38)),
            // Numbers share lines.
            &format!("[\n  {}1\n]", "12345, ".repeat(10) + "1234567,\n  " + &"1, ".repeat(25)),
        ] {
            let value: Json = serde_json::from_str(text).unwrap();
            assert_eq!(pretty(&Value::from(Serde(value))), text);
        }
    }
}

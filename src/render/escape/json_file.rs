//! JSON files, laid out as Prettier does by default, so that it changes nothing.

use std::io::{self, Write};
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, ValueKind};
use minijinja::{Error, ErrorKind, Output, Value};
use serde::Serialize as _;
use serde_json::Serializer;

use super::data::{self, Spaced};
use super::{Apply, Filter, Lang};
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
const LINE: Spaced = Spaced { padded: false, is_empty: false, has_plus: false };

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
        let mut out = Chunks { out, chunk: Vec::new() };
        let printed = print(&self.0, Place::default(), &mut out);
        printed
            .and_then(|()| out.flush())
            .map_err(|error| Error::new(ErrorKind::WriteFailure, error.to_string()))
    }
}

/// The text of a JSON file, without the last line break.
pub(crate) fn pretty(value: &Value) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail, and every value of the context can be serialized.
    let _ = print(value, Place::default(), &mut out);
    let json = String::from_utf8(out).unwrap_or_default();
    data::escaped(&json).into_owned()
}

/// JSON for people: on one line if it has at most 80 characters, else with one member a line.
pub(super) fn readable(value: &Value) -> String {
    let line = data::write(value, Spaced { padded: true, ..Spaced::default() });
    if line.chars().count() <= 80 {
        return line;
    }
    pretty(value)
}

/// Where a value is printed.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The columns before each line of the value.
    indent: usize,
    /// The columns that its first line cannot have: those before it, and a comma after it.
    taken: usize,
}

fn print(value: &Value, place: Place, out: &mut impl Write) -> io::Result<()> {
    match value.kind() {
        ValueKind::Map => print_object(value, place, out),
        ValueKind::Seq | ValueKind::Iterable => print_array(value, place, out),
        _ => Ok(value.serialize(&mut Serializer::with_formatter(out, LINE))?),
    }
}

/// Prints each member on a line of its own.
fn print_object(object: &Value, place: Place, out: &mut impl Write) -> io::Result<()> {
    let indent = place.indent + 2;
    let count = object.len().unwrap_or_default();
    if count == 0 {
        return out.write_all(b"{}");
    }
    out.write_all(b"{\n")?;
    for (number, key) in (1..).zip(object.try_iter().map_err(io::Error::other)?) {
        let value = object.get_item(&key).map_err(io::Error::other)?;
        let key = match key.as_str() {
            Some(text) => data::string(text),
            None => data::string(&key.to_string()),
        };
        let is_last = number == count;
        let taken = indent + columns(&key) + ": ".len() + usize::from(!is_last);
        write_indent(indent, out)?;
        out.write_all(key.as_bytes())?;
        out.write_all(b": ")?;
        print(&value, Place { indent, taken }, out)?;
        out.write_all(if is_last { b"\n" } else { b",\n" })?;
    }
    write_indent(place.indent, out)?;
    out.write_all(b"}")
}

/// Prints an array on one line if it fits there.
fn print_array(array: &Value, place: Place, out: &mut impl Write) -> io::Result<()> {
    let items: Vec<Value> = array.try_iter().map_err(io::Error::other)?.collect();
    if items.is_empty() {
        return out.write_all(b"[]");
    }
    if !is_open(array) {
        let line = data::write(array, LINE);
        if place.taken + columns(&line) <= WIDTH {
            return out.write_all(line.as_bytes());
        }
    }
    let indent = place.indent + 2;
    let are_numbers = items.iter().all(|item| item.kind() == ValueKind::Number);
    // The column after the item before, on its line.
    let mut column = None;
    out.write_all(b"[")?;
    for (number, item) in (1..).zip(&items) {
        let comma = usize::from(number < items.len());
        let width = if are_numbers { data::write(item, LINE).len() + comma } else { WIDTH };
        match column {
            Some(end) if end + 1 + width <= WIDTH => {
                out.write_all(b" ")?;
                column = Some(end + 1 + width);
            }
            _ => {
                out.write_all(b"\n")?;
                write_indent(indent, out)?;
                column = Some(indent + width);
            }
        }
        print(item, Place { indent, taken: indent + comma }, out)?;
        out.write_all(if comma == 1 { b"," } else { b"" })?;
    }
    out.write_all(b"\n")?;
    write_indent(place.indent, out)?;
    out.write_all(b"]")
}

/// Writes the spaces before a line.
fn write_indent(columns: usize, out: &mut impl Write) -> io::Result<()> {
    const SPACES: &[u8] = &[b' '; 64];
    let mut left = columns;
    while left > 0 {
        let piece = SPACES.get(..left).unwrap_or(SPACES);
        out.write_all(piece)?;
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

/// Passes JSON on in chunks. A chunk consists of whole pieces from the writer, so that no character is cut
/// in two.
struct Chunks<'o, 'w> {
    out: &'o mut Output<'w>,
    chunk: Vec<u8>,
}

/// The size of a chunk in bytes, large enough that its overhead does not matter.
const CHUNK: usize = 8192;

impl Write for Chunks<'_, '_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.chunk.len() + piece.len() > CHUNK {
            self.flush()?;
        }
        self.chunk.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let json = std::str::from_utf8(&self.chunk).map_err(io::Error::other)?;
        self.out.write_str(&data::escaped(json)).map_err(io::Error::other)?;
        self.chunk.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use minijinja::value::Serde;
    use serde_json::Value as Json;

    use super::*;

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

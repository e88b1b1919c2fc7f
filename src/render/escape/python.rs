//! Filters for Python. Its string literals take JSON's escapes (the Python Language Reference,
//! section 2.4.1), so one writer serves both. Never reads the catalog.

use std::io;

use serde_json::ser::Formatter;

use super::{Apply, Filter, Lang, data};
use crate::text::chars;
use crate::text::ident;

pub(super) const PY_STR: Filter = Filter {
    name: "py_str",
    langs: &[Lang::Python],
    about: "a string literal, quotes included",
    example: r#"'Say "hi"'"#,
    apply: Apply::Text(data::string),
};

pub(super) const PY_VALUE: Filter = Filter {
    name: "py_value",
    langs: &[Lang::Python],
    about: "any value as a literal: None, True, numbers, texts, lists and dicts",
    example: r#"{"since": none, "list": [true, 1, "a"]}"#,
    apply: Apply::Value(|value| data::write(value, Literals)),
};

/// After the words of a template or at the start of a line, in an ordinary string of three double
/// quotes.
pub(super) const PY_DOC: Filter = Filter {
    name: "py_doc",
    langs: &[Lang::Python],
    about: "text inside a docstring of three double quotes, on one line",
    example: r#"'>>> say("hi")'"#,
    apply: Apply::Text(doc),
};

pub(super) const PY_IDENT: Filter = Filter {
    name: "py_ident",
    langs: &[Lang::Python],
    about: "an identifier: keywords get a `_`, other characters become one",
    example: r#""class""#,
    apply: Apply::Text(ident::python),
};

/// What people's tools run or read files for, though it stands in a docstring, and the same as
/// reStructuredText and Markdown both show it: doctest's prompt and a directive (`.. include::`),
/// at the start of a line, and a role (`` :download:`file` ``), anywhere.
const ACTING: &[&str] = &[">>>", ".."];
const ROLE: (&str, &str) = (":`", ":\\`");

/// What does not print becomes a space: some tools take it as the end of a line.
fn doc(text: &str) -> String {
    let printed: String =
        text.trim().chars().map(|c| if chars::is_unprintable(c) { ' ' } else { c }).collect();
    let printed = printed.trim().replace(ROLE.0, ROLE.1);
    let acts = ACTING.iter().any(|mark| printed.starts_with(mark));
    let shown = if acts { format!("\\{printed}") } else { printed };
    shown.replace('\\', "\\\\").replace('"', "\\\"")
}

/// JSON's layout with Python's words. There is no literal for what JSON has none for either: NaN
/// and the infinities come out as None.
struct Literals;

impl Formatter for Literals {
    fn write_null<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b"None")
    }

    fn write_bool<W: ?Sized + io::Write>(&mut self, out: &mut W, value: bool) -> io::Result<()> {
        out.write_all(if value { b"True" } else { b"False" })
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

//! Filters for Python. Its string literals have JSON's escapes (the Python Language Reference, section
//! 2.4.1), so one writer serves both.

use minijinja::Value;

use super::data::{SPACED, Style};
use super::{Apply, Filter, Lang, data};
use crate::text::chars;
use crate::text::python_names;

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
    apply: Apply::Value(literal),
};

/// For a docstring that is not a raw string, at the start of a line or after other words.
pub(super) const PY_DOC: Filter = Filter {
    name: "py_doc",
    langs: &[Lang::Python],
    about: "text inside a docstring of three double quotes, on one line",
    example: r#"'>>> say("hi")'"#,
    apply: Apply::Text(doc),
};

pub(super) const PY_IDENT: Filter = Filter {
    name: "py_ident",
    langs: &[Lang::Python, Lang::Markdown],
    about: "an identifier: keywords get a `_`, and other characters become `_`",
    example: r#""class""#,
    apply: Apply::Text(python_names::ident),
};

pub(super) const PY_FUNCTION: Filter = Filter {
    name: "py_function",
    langs: &[Lang::Python, Lang::Markdown],
    about: "the function that makes an error, with `_` if its name is taken",
    example: r#""open""#,
    apply: Apply::Text(python_names::function),
};

pub(super) const PY_ATTRIBUTE: Filter = Filter {
    name: "py_attribute",
    langs: &[Lang::Python, Lang::Markdown],
    about: "the argument and attribute of an error for a placeholder's value, with `_` if its name is taken",
    example: r#""status""#,
    apply: Apply::Text(python_names::attribute),
};

/// Markup that makes tools run code or read files although it is in a docstring: at the start of a line,
/// doctest's prompt and a directive (`.. include::`); anywhere, a role (`` :download:`file` ``). Beside it,
/// the same in a form that reStructuredText and Markdown both show as text.
const ACTING: &[&str] = &[">>>", ".."];
const ROLE: (&str, &str) = (":`", ":\\`");

/// Characters that are not printable become spaces: some tools take them for line ends.
fn doc(text: &str) -> String {
    let text = text.trim();
    if is_plain(text) { text.to_owned() } else { escaped(text) }
}

/// Whether a text needs no escape in a docstring, as most don't.
fn is_plain(text: &str) -> bool {
    data::is_plain(text)
        && !ACTING.iter().any(|mark| text.starts_with(mark))
        && !text.contains(ROLE.0)
}

fn escaped(text: &str) -> String {
    let printed: String =
        text.chars().map(|c| if chars::is_unprintable(c) { ' ' } else { c }).collect();
    let printed = printed.trim().replace(ROLE.0, ROLE.1);
    let acts = ACTING.iter().any(|mark| printed.starts_with(mark));
    let shown = if acts { format!("\\{printed}") } else { printed };
    shown.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A text, as most values are, is a string of JSON.
fn literal(value: &Value) -> String {
    match value.as_str() {
        Some(text) => data::string(text),
        None => data::write(value, &LITERALS),
    }
}

/// JSON's layout with Python's words. NaN and the infinities become None, because Python has no literals
/// for them either.
const LITERALS: Style = Style { null: "None", no: "False", yes: "True", ..SPACED };

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_plain_text_is_a_docstring_as_it_is() {
        proptest!(|(text in "[a> .:`\"\\\\é\t]{0,6}")| {
            prop_assert_eq!(doc(&text), escaped(text.trim()));
        });
    }
}

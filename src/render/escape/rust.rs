//! Filters for Rust.

use std::borrow::Cow;

use minijinja::Value;
use minijinja::value::ValueKind;

use super::{Apply, Filter, Lang, data, markdown, shown};
use crate::text::ident;

/// `say "hi"` becomes `"say \"hi\""`.
///
/// See "String literals" in the Rust Reference. Writes bidirectional controls and other characters
/// that don't print as `\u{…}`, so a reviewer sees what the compiler sees.
pub(super) const RUST_STR: Filter = Filter {
    name: "rust_str",
    langs: &[Lang::Rust],
    about: "a string literal, quotes included",
    example: r#"'Say "hi"'"#,
    apply: Apply::Text(string),
};

pub(super) const RUST_OPTION: Filter = Filter {
    name: "rust_option",
    langs: &[Lang::Rust],
    about: "`Some` with a string literal or a boolean, or `None`",
    example: r#""card.expired""#,
    apply: Apply::Value(|value| match value.kind() {
        ValueKind::None => "None".to_owned(),
        ValueKind::Bool if value.is_true() => "Some(true)".to_owned(),
        ValueKind::Bool => "Some(false)".to_owned(),
        _ => ["Some(", &string(&shown(value)), ")"].concat(),
    }),
};

/// Text can't start a doctest or an HTML tag, and only a URL becomes a link.
pub(super) const RUST_DOC: Filter = Filter {
    name: "rust_doc",
    langs: &[Lang::Rust],
    about: "text for a line of a doc comment, after `/// ` or `//! `",
    example: r#""`a | b` and <i>1</i>""#,
    apply: Apply::Text(|text| markdown::text_at(text, &markdown::RUSTDOC)),
};

pub(super) const RUST_CELL: Filter = Filter {
    name: "rust_cell",
    langs: &[Lang::Rust],
    about: "text for a table cell in a doc comment",
    example: r#""`a | b` or c|d""#,
    apply: Apply::Text(|text| markdown::text_at(text, &markdown::RUSTDOC_CELL)),
};

/// rustdoc shows the note of `#[deprecated]` as Markdown, and the compiler as it is. Markdown that has no
/// effect stays as it is, so most notes read the same in both.
pub(super) const RUST_NOTE: Filter = Filter {
    name: "rust_note",
    langs: &[Lang::Rust],
    about: "text as a string literal, quotes included, which rustdoc shows as Markdown",
    example: r#""Use `b` *now*""#,
    apply: Apply::Text(|text| string(&markdown::text_at(text, &markdown::RUSTDOC))),
};

/// A number is a number in a catalog too, so it can't be anything else here.
pub(super) const RUST_NUMBER: Filter = Filter {
    name: "rust_number",
    langs: &[Lang::Rust],
    about: "a number, as a literal of type `f64`",
    example: "2",
    apply: Apply::Value(|value| {
        let number = f64::try_from(value.clone()).unwrap_or(f64::NAN);
        if number.is_finite() { format!("{number:?}") } else { "f64::NAN".to_owned() }
    }),
};

pub(super) const RUST_IDENT: Filter = Filter {
    name: "rust_ident",
    // Letters, digits, `_` and `#` are harmless in Markdown code too.
    langs: &[Lang::Rust, Lang::Markdown],
    about: "an identifier: keywords become raw, and other characters become `_`",
    example: r#""type""#,
    apply: Apply::Text(ident::rust),
};

pub(super) const RUST_GETTER: Filter = Filter {
    name: "rust_getter",
    langs: &[Lang::Rust],
    about: "the method of an error that returns a placeholder's value, with `_` if its name is taken",
    example: r#""status" | snake_case"#,
    apply: Apply::Text(ident::rust_getter),
};

pub(super) const RUST_SETTER: Filter = Filter {
    name: "rust_setter",
    langs: &[Lang::Rust],
    about: "the method of an error that sets a placeholder's value, with `_` if its name is taken",
    example: r#""status" | snake_case"#,
    apply: Apply::Text(ident::rust_setter),
};

/// The search of rustdoc ignores case and `_`, so a code in snake case needs no alias. An alias with a quote
/// or an odd space doesn't compile (the rustdoc book, "Documentation aliases").
pub(super) const RUST_ALIASES: Filter = Filter {
    name: "rust_aliases",
    langs: &[Lang::Rust],
    about: "more names to search for, for `#[doc(…)]`: those after the item's own name, alone or in lists",
    example: r#"["CardExpired", "card.expired", [402]]"#,
    apply: Apply::Value(|value| {
        let mut names = Vec::new();
        for one in value.try_iter().into_iter().flatten() {
            match one.kind() {
                ValueKind::Seq => names.extend(one.try_iter().into_iter().flatten()),
                ValueKind::None => {}
                _ => names.push(one),
            }
        }
        aliases(&names)
    }),
};

/// The first name is that of the item itself.
fn aliases(names: &[Value]) -> String {
    let names: Vec<Cow<str>> = names.iter().map(shown).collect();
    let mut aliases = String::new();
    for (index, name) in names.iter().enumerate().skip(1) {
        let is_ordinary = |byte: u8| byte.is_ascii_alphanumeric() || b"._:/-".contains(&byte);
        // A code may also be a status. rustc warns of an alias that is there twice.
        let is_new = !names.iter().take(index).any(|other| letters(other).eq(letters(name)));
        if is_new && name.bytes().all(is_ordinary) {
            let comma = if aliases.is_empty() { "" } else { ", " };
            aliases.extend([comma, "alias = \"", name, "\""]);
        }
    }
    aliases
}

/// What rustdoc compares a search with.
fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|&byte| byte != b'_').map(|byte| byte.to_ascii_lowercase())
}

/// A text as a string literal.
fn string(text: &str) -> String {
    data::quoted(text).unwrap_or_else(|| format!("{text:?}"))
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_string_is_written_as_the_standard_library_writes_it() {
        proptest!(|(text in "[ -~\"\\\\é\u{7f}\u{202e}\t]{0,12}")| {
            prop_assert_eq!(string(&text), format!("{text:?}"));
        });
    }
}

//! Filters for TypeScript and JavaScript.

use super::{Apply, Filter, Lang, data, markdown};
use crate::text::ident;

/// JSON strings are JavaScript strings (ECMA-262 since 2019). `</` and `<!` are escaped because a page may
/// contain the script, and the names of source maps because tools search the whole file for them.
pub(super) const TS_STR: Filter = Filter {
    name: "ts_str",
    langs: &[Lang::TypeScript],
    about: "a string literal, quotes included",
    example: r#"'Say "hi" </script>'"#,
    apply: Apply::Text(string),
};

/// Text can't end the comment or start a tag, and only a URL becomes a link.
pub(super) const TS_DOC: Filter = Filter {
    name: "ts_doc",
    langs: &[Lang::TypeScript],
    about: "text inside a doc comment",
    example: r#""An end: */ and @tag""#,
    apply: Apply::Text(|text| without(markdown::text_at(text, &markdown::TSDOC), IN_COMMENTS)),
};

pub(super) const TS_IDENT: Filter = Filter {
    name: "ts_ident",
    langs: &[Lang::TypeScript],
    about: "an identifier: keywords get a `_`, and other characters become `_`",
    example: r#""type""#,
    apply: Apply::Text(ident::typescript),
};

pub(super) const TS_KEY: Filter = Filter {
    name: "ts_key",
    langs: &[Lang::TypeScript],
    about: "a property name, in quotes only if it needs them",
    example: r#""a-b""#,
    apply: Apply::Text(|text| {
        if text == "__proto__" {
            // As a plain key it would set the prototype: ECMA-262, annex B.3.1.
            return "[\"__proto__\"]".to_owned();
        }
        if ident::is_property(text) { text.to_owned() } else { string(text) }
    }),
};

/// Text that has an effect although it is in a comment, and the same with a reference.
const IN_COMMENTS: &[(&str, &str)] =
    &[("@", "&#64;"), ("sourceMappingURL", "source&#77;appingURL"), ("sourceURL", "source&#85;RL")];

/// The same in a string, with an escape.
const IN_STRINGS: &[(&str, &str)] = &[
    ("</", "<\\/"),
    ("<!", "<\\u0021"),
    ("sourceMappingURL", "sourceMapping\\u0055RL"),
    ("sourceURL", "source\\u0055RL"),
];

fn string(text: &str) -> String {
    without(data::string(text), IN_STRINGS)
}

/// A text in which others take the place of those that have an effect.
fn without(mut text: String, acting: &[(&str, &str)]) -> String {
    // Each of them has one of these letters, and most texts have none.
    if !text.bytes().any(|c| matches!(c, b'@' | b'<' | b'U')) {
        return text;
    }
    for (acts, escaped) in acting {
        if text.contains(acts) {
            text = text.replace(acts, escaped);
        }
    }
    text
}

//! Filters for HTML: the HTML Standard, section 13.1.

use minijinja::Value;

use super::{Apply, Filter, Lang, breaks, json_file, markdown};
use crate::text::chars;
use crate::text::spans::{Piece, pieces, visible};

pub(super) const HTML: Filter = Filter {
    name: "html",
    langs: &[Lang::Html],
    about: "text between tags; code spans become <code>, and URLs links",
    example: r#""`a` < b & https://c.dev""#,
    apply: Apply::Text(|text| {
        pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(text) => escaped(text).replace('\n', "<br>"),
                Piece::Code(inside) => code(inside),
                Piece::Url(url) => format!("<a href=\"{0}\">{0}</a>", escaped(url)),
            })
            .collect()
    }),
};

pub(super) const HTML_TEXT: Filter = Filter {
    name: "html_text",
    langs: &[Lang::Html],
    about: "text where no element can be, as in <title>, without the backticks of code spans",
    example: r#""Errors of `a`""#,
    apply: Apply::Text(|text| escaped(&visible(text)).replace('\n', " ")),
};

pub(super) const HTML_ATTR: Filter = Filter {
    name: "html_attr",
    langs: &[Lang::Html],
    about: "an attribute's value, quotes included",
    example: r#"'say "hi"'"#,
    apply: Apply::Text(|text| format!("\"{}\"", escaped(text))),
};

pub(super) const HTML_CODE: Filter = Filter {
    name: "html_code",
    langs: &[Lang::Html],
    about: "the whole text as code, which may break after a mark if it is long",
    example: r#""a<b>""#,
    apply: Apply::Text(code),
};

pub(super) const HTML_ANCHOR: Filter = Filter {
    name: "html_anchor",
    langs: &[Lang::Html],
    about: "an anchor as on pages of Markdown, in `id=\"…\"` and after the `#` of a link",
    example: r#""api-not found""#,
    apply: Apply::Text(markdown::anchor),
};

pub(super) const HTML_JSON: Filter = Filter {
    name: "html_json",
    langs: &[Lang::Html],
    about: "any value as JSON for a <pre>",
    example: r#"{"error": "<b>"}"#,
    apply: Apply::Value(|value: &Value| {
        escaped(&json_file::readable(value)).replace("&quot;", "\"")
    }),
};

/// Code on one line.
fn code(text: &str) -> String {
    let text = escaped(text).replace('\n', " ");
    format!("<code>{}</code>", breaks::in_long_words(&text))
}

/// Text without markup. A line break stays one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\n' => out.push(c),
            // HTML does not allow a reference to a control character either.
            c if c.is_control() => out.push('\u{fffd}'),
            c if chars::reorders(c) => out += &format!("&#{};", c as u32),
            // Prettier, and servers with templates, read `{{` as the start of an expression.
            '{' if out.ends_with('{') => out += "&#123;",
            c => out.push(c),
        }
    }
    out
}

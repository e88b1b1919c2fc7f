//! Filters for HTML: the HTML Standard, section 13.1.

use minijinja::Value;

use super::{Apply, Filter, Lang, breaks, json_file, markdown};
use crate::text::chars;
use crate::text::spans::{Piece, pieces, visible};

pub(super) const HTML: Filter = Filter {
    name: "html",
    langs: &[Lang::Html],
    about: "text between tags; code spans become <code>, and URLs become links",
    example: r#""`a` < b & https://c.dev""#,
    apply: Apply::Text(|text| {
        if is_plain(text) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        for piece in pieces(text) {
            match piece {
                Piece::Plain(text) => escape(&mut out, text, "<br>", "&quot;"),
                Piece::Code(inside) => out += &code(inside),
                Piece::Url(url) => out += &format!("<a href=\"{0}\">{0}</a>", escaped(url, "\n")),
            }
        }
        out
    }),
};

pub(super) const HTML_TEXT: Filter = Filter {
    name: "html_text",
    langs: &[Lang::Html],
    about: "text where no element can be, as in <title>, without the backticks of code spans",
    example: r#""Errors of `a`""#,
    apply: Apply::Text(|text| escaped(&visible(text), " ")),
};

pub(super) const HTML_ATTR: Filter = Filter {
    name: "html_attr",
    langs: &[Lang::Html],
    about: "an attribute's value, quotes included",
    example: r#"'say "hi"'"#,
    apply: Apply::Text(|text| format!("\"{}\"", escaped(text, "\n"))),
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
        let json = json_file::readable(value);
        let mut out = String::with_capacity(json.len() + json.len() / 8);
        escape(&mut out, &json, "\n", "\"");
        out
    }),
};

/// Code on one line.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2 + "<code></code>".len());
    out += "<code>";
    if !breaks::in_long_name(&mut out, text) {
        breaks::in_long_words(&mut out, &escaped(text, " "));
    }
    out + "</code>"
}

/// Text without markup, with something for a line break.
fn escaped(text: &str, line_break: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape(&mut out, text, line_break, "&quot;");
    out
}

/// Writes text without markup, with something for a line break and for a double quote.
fn escape(out: &mut String, text: &str, line_break: &str, quote: &str) {
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        if is_ordinary(c) {
            continue;
        }
        *out += text.get(copied..at).unwrap_or_default();
        copied = at + c.len_utf8();
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += quote,
            '\'' => *out += "&#39;",
            '\n' => *out += line_break,
            // HTML does not allow a reference to a control character either.
            c if c.is_control() => out.push('\u{fffd}'),
            c if chars::reorders(c) => *out += &format!("&#{};", c as u32),
            // Prettier, and servers with templates, read `{{` as the start of an expression.
            '{' if out.ends_with('{') => *out += "&#123;",
            c => out.push(c),
        }
    }
    *out += text.get(copied..).unwrap_or_default();
}

/// Whether a text has nothing to escape, and neither code spans nor URLs. Most texts are so.
fn is_plain(text: &str) -> bool {
    chars::every_byte(text, |c| is_ordinary(char::from(c)) && !matches!(c, b'`' | b':'))
}

/// Whether a character is text in HTML, whatever comes before or after it. Runs of these are copied whole.
fn is_ordinary(c: char) -> bool {
    matches!(c, ' '..='~') && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '{')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;

    fn long_way(text: &str) -> String {
        let mut out = String::new();
        escape(&mut out, text, "<br>", "&quot;");
        out
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(1_000) })]

        #[test]
        fn a_closer_look_leaves_plain_text_as_it_is(text in "([ -~]{0,3}|https?://a|.){0,4}") {
            if is_plain(&text) {
                prop_assert_eq!(long_way(&text), text.as_str());
                let whole = [Piece::Plain(text.as_str())];
                prop_assert!(text.is_empty() || pieces(&text) == whole);
            }
        }
    }
}

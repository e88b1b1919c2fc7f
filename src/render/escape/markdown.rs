//! Filters for Markdown that GitHub, MDX, MkDocs, VitePress, mdBook and rustdoc all show as the
//! text: character references where backslashes would not do everywhere, and `<wbr/>` where a
//! tool reads even the decoded text. Never reads the catalog.

use minijinja::Value;

use super::{Apply, Filter, Lang, by_piece, data};
use crate::chars;

pub(super) const MD_TEXT: Filter = Filter {
    name: "md_text",
    langs: &[Lang::Markdown],
    about: "text for a paragraph, heading or list item; code spans stay code",
    apply: Apply::Text(text),
};

pub(super) const MD_CELL: Filter = Filter {
    name: "md_cell",
    langs: &[Lang::Markdown],
    about: "text for a table cell; code spans stay code",
    apply: Apply::Text(text),
};

pub(super) const MD_CODE: Filter = Filter {
    name: "md_code",
    langs: &[Lang::Markdown],
    about: "the whole text as inline code, in a table cell too",
    apply: Apply::Text(|text| code(text, |_| false)),
};

/// Links look for the very characters of the id, so neither is written with references.
pub(super) const MD_ANCHOR: Filter = Filter {
    name: "md_anchor",
    langs: &[Lang::Markdown],
    about: "an anchor, in `<a id=\"…\">` and after the `#` of a link",
    apply: Apply::Text(anchor),
};

/// The Markdown rule leaves no line break and nothing that YAML could not print, and in a literal
/// block all else stands for itself: YAML 1.2.2, section 8.1.2.
pub(super) const YAML_MD: Filter = Filter {
    name: "yaml_md",
    langs: &[Lang::Yaml],
    about: "text as Markdown, within a line of a literal block (after `|-`)",
    apply: Apply::Text(text),
};

/// No line of JSON starts with a fence, so nothing in it can end the block.
pub(super) const MD_JSON: Filter = Filter {
    name: "md_json",
    langs: &[Lang::Markdown],
    about: "any value as JSON for a fenced block",
    apply: Apply::Value(|value: &Value| data::readable(value)),
};

/// Catalog text with its code spans.
pub(super) fn text(text: &str) -> String {
    text_with(text, |_| false)
}

/// The same; code spans for which `spell_out` holds are written as `<code>` and references.
pub(super) fn text_with(text: &str, spell_out: fn(&str) -> bool) -> String {
    by_piece(text.trim(), plain, |inside| code(inside, spell_out))
}

/// Text without code spans.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut line_start = 0;
    let trailing_hashes = text.trim_end_matches('#').len();
    let mut copied = 0;
    for (i, c) in text.char_indices() {
        let starts_line = i == line_start;
        if !starts_line && is_ordinary(c) {
            continue;
        }
        out += text.get(copied..i).unwrap_or_default();
        copied = i + c.len_utf8();
        let (earlier, later) = (text.get(..i).unwrap_or_default(), text.get(copied..));
        let later = later.unwrap_or_default();
        let (before, after) = (earlier.chars().next_back(), later.chars().next());
        let only_digits_before = || {
            let line = text.get(line_start..i).unwrap_or_default();
            !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
        };
        match c {
            '\n' => {
                out += "<br/>";
                line_start = copied;
            }
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            // Between letters it is part of a word to every tool.
            '_' if [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric)) => {
                out.push(c);
            }
            // Vue and emoji plug-ins read the decoded text, so a reference alone is not enough.
            '{' if before == Some('{') => out += "<wbr/>&#123;",
            ':' if is_emoji_code(later) => out += "&#58;<wbr/>",
            // Autolinks of GitHub's Markdown; remark finds them in the decoded text.
            ':' if after == Some('/') => out += "&#58;<wbr/>",
            '@' if [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric)) => {
                out += "&#64;<wbr/>";
            }
            '.' if ends_with_www(earlier) => out += "<wbr/>.",
            ':' if after.is_some_and(|c| !c.is_whitespace()) => reference(&mut out, c),
            // At the end of a heading they would be taken as its own.
            '#' if i >= trailing_hashes => reference(&mut out, c),
            '+' | '-' if [before, after].contains(&Some(c)) => reference(&mut out, c),
            '.' | ')' if only_digits_before() => reference(&mut out, c),
            _ if MARKUP.contains(c) || starts_line && LINE_START.contains(c) => {
                reference(&mut out, c);
            }
            // MDX takes such a line as code, and does not compile.
            'i' | 'e' if starts_line && is_module_statement(text.get(i..).unwrap_or_default()) => {
                reference(&mut out, c);
            }
            c if chars::is_unprintable(c) => steering(&mut out, c),
            c => out.push(c),
        }
    }
    out + text.get(copied..).unwrap_or_default()
}

/// Whether a character means nothing to any tool where it does not start a line: runs of such are
/// copied whole, which is most of every text.
fn is_ordinary(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | ';' | '\'' | '"' | '/' | '(' | '?')
}

/// Markup wherever it stands.
const MARKUP: &str = "\\`*{}[]|~$^=_";
/// Markup at the start of a line.
const LINE_START: &str = "#!?%@\"+-:";

/// Inline code: backticks where every tool reads them alike, else `<code>` and references.
fn code(text: &str, spell_out: fn(&str) -> bool) -> String {
    let is_plain = !text.is_empty()
        && text.trim() == text
        && !text.contains(['`', '|', '\\', '\n', '\r'])
        && !text.contains("{{")
        && !text.starts_with(":::")
        && !text.starts_with("#!")
        && !text.chars().any(chars::is_unprintable)
        && !spell_out(text);
    if is_plain {
        return format!("`{text}`");
    }
    let mut out = String::from("<code>");
    let mut before = None;
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c if chars::is_unprintable(c) => steering(&mut out, c),
            c if c.is_alphanumeric() || c == ' ' || c == '_' || !c.is_ascii() => out.push(c),
            '{' if before == Some('{') => out += "<wbr/>&#123;",
            c => reference(&mut out, c),
        }
        before = Some(c);
    }
    out + "</code>"
}

fn reference(out: &mut String, c: char) {
    *out += &format!("&#{};", c as u32);
}

/// A reference to a control character is no HTML; one that reverses text is visible as its code.
fn steering(out: &mut String, c: char) {
    if c.is_control() { out.push('\u{fffd}') } else { reference(out, c) }
}

/// What follows a colon: `smile:`, which emoji plug-ins replace.
fn is_emoji_code(after: &str) -> bool {
    let rest = after.trim_start_matches(|c: char| c.is_alphanumeric() || "_+-".contains(c));
    rest.len() < after.len() && rest.starts_with(':')
}

/// What begins a bare link, before its dot.
fn ends_with_www(before: &str) -> bool {
    let start = before.len().saturating_sub(3);
    before.get(start..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// `import` or `export` as a word of its own.
fn is_module_statement(line: &str) -> bool {
    let rest = line.strip_prefix("import").or_else(|| line.strip_prefix("export"));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What anchors are made of, surface ids and codes, stays as it is.
fn anchor(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.:/-".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

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
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut line_start = 0;
    let trailing_hashes = chars.len() - chars.iter().rev().take_while(|c| **c == '#').count();
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(i + 1).copied();
        let starts_line = i == line_start;
        let only_digits_before = || {
            let line = chars.get(line_start..i).unwrap_or_default();
            !line.is_empty() && line.iter().all(char::is_ascii_digit)
        };
        match c {
            '\n' => {
                out += "<br/>";
                line_start = i + 1;
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
            ':' if is_emoji_code(chars.get(i + 1..).unwrap_or_default()) => out += "&#58;<wbr/>",
            // Autolinks of GitHub's Markdown; remark finds them in the decoded text.
            ':' if after == Some('/') => out += "&#58;<wbr/>",
            '@' if [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric)) => {
                out += "&#64;<wbr/>";
            }
            '.' if ends_with_www(chars.get(..i).unwrap_or_default()) => out += "<wbr/>.",
            ':' if after.is_some_and(|c| !c.is_whitespace()) => reference(&mut out, c),
            // At the end of a heading they would be taken as its own.
            '#' if i >= trailing_hashes => reference(&mut out, c),
            '+' | '-' if [before, after].contains(&Some(c)) => reference(&mut out, c),
            '.' | ')' if only_digits_before() => reference(&mut out, c),
            _ if MARKUP.contains(c) || starts_line && LINE_START.contains(c) => {
                reference(&mut out, c);
            }
            // MDX takes such a line as code, and does not compile.
            'i' | 'e' if starts_line && is_module_statement(chars.get(i..).unwrap_or_default()) => {
                reference(&mut out, c);
            }
            c if chars::is_unprintable(c) => steering(&mut out, c),
            c => out.push(c),
        }
    }
    out
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
fn is_emoji_code(after: &[char]) -> bool {
    let word = after.iter().take_while(|c| c.is_alphanumeric() || "_+-".contains(**c)).count();
    word > 0 && after.get(word) == Some(&':')
}

/// What begins a bare link, before its dot.
fn ends_with_www(before: &[char]) -> bool {
    let start = before.len().saturating_sub(3);
    before.get(start..).unwrap_or_default().iter().collect::<String>().eq_ignore_ascii_case("www")
}

/// `import` or `export` as a word of its own.
fn is_module_statement(line: &[char]) -> bool {
    let word: String = line.iter().take(6).collect();
    let ends = line.get(6).is_none_or(|c| !c.is_alphanumeric() && *c != '_');
    (word == "import" || word == "export") && ends
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

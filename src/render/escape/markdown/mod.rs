//! Filters for Markdown. GitHub, MDX, MkDocs, VitePress, mdBook and rustdoc all show the result as the
//! text: it has character references where a backslash would not work everywhere, and `<wbr/>` where a
//! tool looks even at the decoded text.

mod code;
mod ordinary;
mod url;

use minijinja::Value;

use super::breaks::{has_long_word, in_long_words};
use super::{Apply, Filter, Lang, json_file};
use crate::text::chars;
use crate::text::spans::{Piece, pieces, visible};
use code::{code, is_plain_code, without_marks};
use ordinary::is_ordinary_text;
use url::Urls;

pub(super) const MD_TEXT: Filter = Filter {
    name: "md_text",
    langs: &[Lang::Markdown],
    about: "text for a paragraph or list item; code spans stay code, and URLs become links",
    example: r#""`a | b` or *c*""#,
    apply: Apply::Text(text),
};

pub(super) const MD_CELL: Filter = Filter {
    name: "md_cell",
    langs: &[Lang::Markdown],
    about: "text for a table cell, as in `md_text`; long words may break, so that narrow screens show them",
    example: r#""`a | b` or c|d""#,
    apply: Apply::Text(|text| text_at(text, &CELL)),
};

pub(super) const MD_CELL_CODE: Filter = Filter {
    name: "md_cell_code",
    langs: &[Lang::Markdown],
    about: "the whole text as inline code for a table cell; long words may break",
    example: r#""subscription_already_cancelled""#,
    apply: Apply::Text(|text| code(text, &CELL)),
};

pub(super) const MD_CODE: Filter = Filter {
    name: "md_code",
    langs: &[Lang::Markdown],
    about: "the whole text as inline code, in a table cell too",
    example: r#""a|b""#,
    apply: Apply::Text(|text| code(text, &PAGE)),
};

/// Links compare ids character by character, so neither is written with references.
pub(super) const MD_ANCHOR: Filter = Filter {
    name: "md_anchor",
    langs: &[Lang::Markdown],
    about: "an anchor, in `<a id=\"…\">` and after the `#` of a link",
    example: r#""api-not found""#,
    apply: Apply::Text(anchor),
};

/// Frontmatter is YAML at the top of a page, and Markdown to tools that do not know it. Markup of either,
/// and text that tools look for after decoding, becomes an escape of YAML, which is plain text in Markdown.
pub(super) const MD_FRONTMATTER: Filter = Filter {
    name: "md_frontmatter",
    langs: &[Lang::Markdown],
    about: "text as a page shows it, as a YAML scalar in the frontmatter, quotes included",
    example: r#""Errors: *all* of `them`""#,
    apply: Apply::Text(frontmatter),
};

/// The text has no line break, and in a literal block every printable character is plain text: YAML
/// 1.2.2, section 8.1.2. The two noncharacters that are not printable become references.
pub(super) const YAML_MD: Filter = Filter {
    name: "yaml_md",
    langs: &[Lang::Yaml],
    about: "text as Markdown, within a line of a literal block (after `|-`)",
    example: r#""`a | b` or *c*""#,
    apply: Apply::Text(|text| {
        let text = description(text);
        if text.is_ascii() {
            return text;
        }
        text.replace('\u{fffe}', "&#65534;").replace('\u{ffff}', "&#65535;")
    }),
};

/// No line of JSON starts with a fence, so nothing ends the block. Text that tools look for before they
/// know what is code can only be in strings: one of its characters becomes an escape of JSON.
pub(super) const MD_JSON: Filter = Filter {
    name: "md_json",
    langs: &[Lang::Markdown],
    about: "any value as JSON for a fenced block",
    example: r#"{"error": "{{x}}"}"#,
    apply: Apply::Value(|value: &Value| without_marks(json_file::readable(value))),
};

/// Where Markdown is shown, which decides what has an effect in it.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Characters that are markup anywhere.
    markup: &'static str,
    /// How to write a URL.
    urls: Urls,
    /// Whether it is a page, which tools with plug-ins render: for emoji, links and templates.
    is_page: bool,
    /// Whether long words may break.
    has_breaks: bool,
    /// Code spans that become `<code>` with references.
    spell_out: fn(&str) -> bool,
}

/// A page of documentation.
const PAGE: Place = Place {
    markup: "\\`*{}[]|~$^_",
    urls: Urls::Labelled,
    is_page: true,
    has_breaks: false,
    spell_out: |_| false,
};
/// A cell of a table there.
const CELL: Place = Place { has_breaks: true, spell_out: has_long_word, ..PAGE };
/// A heading there. It may become a link itself.
const HEADING: Place = Place { urls: Urls::Spelled, ..PAGE };
/// A description in an OpenAPI document. Some viewers are sites of pages, and some generators copy descriptions
/// into comments as they are.
const DESCRIPTION: Place = Place { spell_out: |code| code.contains("*/"), ..PAGE };
/// A doc comment of Rust. A bare URL is a warning of rustdoc. Block comments begin and end even inside
/// code spans.
pub(super) const RUSTDOC: Place = Place {
    markup: "\\`*[]~_",
    urls: Urls::Bracketed,
    is_page: false,
    has_breaks: false,
    spell_out: |code| code.contains("*/") || code.contains("/*"),
};
/// A cell of a table in a doc comment of Rust.
pub(super) const RUSTDOC_CELL: Place = Place {
    markup: "\\`*[]~_|",
    spell_out: |code| (RUSTDOC.spell_out)(code) || code.contains('|'),
    ..RUSTDOC
};
/// A doc comment of TypeScript, where braces are for tags. Neither backticks nor anything else protect
/// `*/`, `@` and the comments that tools look for.
pub(super) const TSDOC: Place = Place {
    markup: "\\`*{}[]~_",
    urls: Urls::Bare,
    is_page: false,
    has_breaks: false,
    spell_out: |code| {
        ["*/", "@", "sourceMappingURL", "sourceURL"].iter().any(|mark| code.contains(mark))
    },
};

/// Catalog text as Markdown for a page.
pub(crate) fn text(text: &str) -> String {
    text_at(text, &PAGE)
}

/// The same for a description in an OpenAPI document.
pub(super) fn description(text: &str) -> String {
    text_at(text, &DESCRIPTION)
}

/// The same without links, for a heading.
pub(super) fn unlinked(text: &str) -> String {
    text_at(text, &HEADING)
}

/// Catalog text as Markdown.
pub(super) fn text_at(text: &str, place: &Place) -> String {
    let text = text.trim();
    if is_ordinary_text(text, place) { text.to_owned() } else { by_pieces(text, place) }
}

/// The same, for text with any characters.
fn by_pieces(text: &str, place: &Place) -> String {
    let pieces = pieces(text);
    let mut written = String::with_capacity(text.len() + text.len() / 8);
    let mut previous = None;
    for (index, piece) in pieces.iter().enumerate() {
        let next = pieces.get(index + 1);
        match piece {
            Piece::Plain(text) => plain(&mut written, text, place, previous, next.is_none()),
            Piece::Code(inside) => written += &code(inside, place),
            Piece::Url(url) => match place.urls.write(url, next, place.has_breaks) {
                Some(link) => written += &link,
                None => plain(&mut written, url, place, previous, next.is_none()),
            },
        }
        previous = Some(piece);
    }
    let is_of_code = text.starts_with('`') && text.ends_with('`');
    if is_of_code && is_of_tags(&pieces, place.spell_out) {
        format!("<span>{written}</span>")
    } else {
        written
    }
}

/// Whether a text becomes only tags with spaces between them. MDX takes such a paragraph apart and loses
/// the spaces.
fn is_of_tags(pieces: &[Piece], spell_out: fn(&str) -> bool) -> bool {
    pieces.len() > 1
        && pieces.iter().all(|piece| match piece {
            Piece::Plain(text) => text.chars().all(|c| c == ' '),
            Piece::Code(text) => !is_plain_code(text, spell_out),
            Piece::Url(_) => false,
        })
}

/// Writes text without code spans. `previous` is what is before it, and `is_last` tells whether a line ends with it.
fn plain(out: &mut String, text: &str, place: &Place, previous: Option<&Piece>, is_last: bool) {
    if place.has_breaks && has_long_word(text) {
        let mut written = String::with_capacity(text.len());
        plain(&mut written, text, &Place { has_breaks: false, ..*place }, previous, is_last);
        in_long_words(out, &written);
        return;
    }
    let mut line_start = if previous.is_none() { 0 } else { usize::MAX };
    let last_before = match previous {
        Some(Piece::Plain(text) | Piece::Url(text)) => text.chars().next_back(),
        _ => None,
    };
    let trailing_hashes = if is_last { text.trim_end_matches('#').len() } else { usize::MAX };
    let mut copied = 0;
    for (i, c) in text.char_indices() {
        let starts_line = i == line_start;
        if !starts_line && is_ordinary(c) {
            continue;
        }
        *out += text.get(copied..i).unwrap_or_default();
        copied = i + c.len_utf8();
        if starts_line && chars::is_odd_space(c) {
            // TypeScript drops such a character at the start of a comment.
            line_start = copied;
        }
        let (earlier, later) = (text.get(..i).unwrap_or_default(), text.get(copied..));
        let later = later.unwrap_or_default();
        let (before, after) = (earlier.chars().next_back().or(last_before), later.chars().next());
        let only_digits_before = || {
            let line = text.get(line_start..i).unwrap_or_default();
            !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
        };
        if let Some(broken) = broken(c, earlier, later, place.is_page) {
            *out += broken;
            continue;
        }
        match c {
            '\n' => {
                *out += "<br/>";
                line_start = copied;
            }
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '_' if is_in_word(before, after) => out.push(c),
            // VitePress makes a link of `//host` too.
            '/' if place.is_page && before == Some('/') => reference(out, c),
            // Emoji plug-ins read `;)` and `8-)` as faces; those with a colon have a reference.
            '(' | ')' if place.is_page && before.is_some_and(|c| ";-,'".contains(c)) => {
                reference(out, c);
            }
            // Linters of OpenAPI refuse it in descriptions.
            '(' if place.is_page && earlier.ends_with("eval") => reference(out, c),
            ':' if place.is_page && after.is_some_and(|c| !c.is_whitespace()) => {
                reference(out, c);
            }
            // At the end of a heading, Markdown would drop them.
            '#' if i >= trailing_hashes => reference(out, c),
            '+' | '-' | '=' if [before, after].contains(&Some(c)) => reference(out, c),
            '.' | ')' if only_digits_before() => reference(out, c),
            _ if place.markup.contains(c) || starts_line && LINE_START.contains(c) => {
                reference(out, c);
            }
            // MDX takes such a line for code.
            'i' | 'e' if starts_line && is_module_statement(text.get(i..).unwrap_or_default()) => {
                reference(out, c);
            }
            c if chars::is_unprintable(c) => steering(out, c),
            c => out.push(c),
        }
    }
    *out += text.get(copied..).unwrap_or_default();
}

/// What to write for a character that tools look for even in the decoded text: Vue's `{{`, the codes of
/// emoji plug-ins, and the bare links of GitHub's Markdown, which remark finds there.
fn broken(c: char, earlier: &str, later: &str, is_page: bool) -> Option<&'static str> {
    match c {
        '{' if is_page && earlier.ends_with('{') => Some("<wbr/>&#123;"),
        ':' if later.starts_with('/') && (is_page || ends_with_scheme(earlier))
            || is_page && is_emoji_code(later) =>
        {
            Some("&#58;<wbr/>")
        }
        '@' if is_in_address(earlier.chars().next_back(), "-_.+")
            && is_in_address(later.chars().next(), "-_.") =>
        {
            Some("&#64;<wbr/>")
        }
        '.' if ends_with_www(earlier) => Some("<wbr/>."),
        _ => None,
    }
}

/// Whether every tool takes a `_` between two characters for part of a word.
fn is_in_word(before: Option<char>, after: Option<char>) -> bool {
    [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric))
}

/// Whether a character is plain text to every tool unless it starts a line. Runs of these are copied
/// whole, because they are most of every text.
fn is_ordinary(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | ';' | '\'' | '"' | '?')
}

/// Characters that are markup at the start of a line.
const LINE_START: &str = "#!?%@\"+-:=|";

fn reference(out: &mut String, c: char) {
    *out += &format!("&#{};", c as u32);
}

/// Writes a character that is not printable. HTML does not allow a reference to a control character, and
/// shows one to a noncharacter as U+FFFD. A character that reverses text becomes a reference, so that a
/// reviewer sees it.
fn steering(out: &mut String, c: char) {
    match c {
        '\u{fffe}' | '\u{ffff}' => out.push(c),
        c if c.is_control() => out.push('\u{fffd}'),
        c => reference(out, c),
    }
}

/// Whether a tool that makes links takes a character next to an `@` for part of an e-mail address.
fn is_in_address(c: Option<char>, marks: &str) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || marks.contains(c))
}

/// Whether emoji plug-ins replace the text after a colon, such as `smile:`.
fn is_emoji_code(after: &str) -> bool {
    let rest = after.trim_start_matches(|c: char| c.is_alphanumeric() || "_+-".contains(c));
    rest.len() < after.len() && rest.starts_with(':')
}

/// Whether a text ends with the scheme of a bare link.
fn ends_with_scheme(before: &str) -> bool {
    ["http", "https", "ftp"].iter().any(|scheme| ends_with_word(before, scheme))
}

/// Whether a text ends with the `www` of a bare link.
fn ends_with_www(before: &str) -> bool {
    ends_with_word(before, "www")
}

/// Whether a text ends with a word, in letters of any case.
fn ends_with_word(text: &str, word: &str) -> bool {
    let start = text.len().saturating_sub(word.len());
    text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// `import` or `export` as a word of its own.
fn is_module_statement(line: &str) -> bool {
    let rest = line.strip_prefix("import").or_else(|| line.strip_prefix("export"));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// A double-quoted scalar: YAML 1.2.2, section 5.7. Letters, digits, spaces and harmless punctuation stay;
/// everything else becomes an escape.
///
/// A backslash becomes a character that looks the same: Docusaurus 3.10 copies the value into JavaScript
/// without escaping backslashes, so one could end the string there.
fn frontmatter(text: &str) -> String {
    let text = visible(text).replace('\\', "\u{2216}");
    let mut out = String::from("\"");
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        let is_plain = match c {
            ',' | '\'' | '.' | '?' | '!' => after.is_none_or(|after| after == ' '),
            '-' => is_in_word(before, after),
            c => c == ' ' || c.is_alphanumeric(),
        };
        match u32::from(c) {
            _ if is_plain || c == '\'' && is_in_word(before, after) => out.push(c),
            code @ 0..=0xffff => out += &format!("\\u{code:04x}"),
            code => out += &format!("\\U{code:08x}"),
        }
        before = Some(c);
    }
    out + "\""
}

/// An anchor. The characters of surface ids and codes stay; others are percent-encoded.
pub(super) fn anchor(text: &str) -> String {
    let stays = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'.' | b':' | b'/' | b'-');
    if text.bytes().all(stays) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

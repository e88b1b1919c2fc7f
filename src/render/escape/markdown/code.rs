//! Code spans in Markdown.

use super::super::breaks::{in_long_name, in_long_words};
use super::{Place, broken, is_in_word, reference, steering};
use crate::text::chars;

/// Whether every tool shows a text between backticks as it is.
pub(super) fn is_plain_code(text: &str, spell_out: fn(&str) -> bool) -> bool {
    (is_name(text) || is_harmless(text)) && !spell_out(text)
}

/// Whether a text is a name, which is always harmless. Most code is.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-' | b'.' | b'/'))
}

/// Whether nothing in code has an effect between backticks.
fn is_harmless(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !text.contains(['`', '|', '\\', '\n', '\r'])
        && !READ_BEFORE.iter().any(|(mark, _)| text.contains(mark))
        && !REFUSED.iter().any(|mark| text.contains(mark))
        && !opens_html(text)
        && !READ_AT_START.iter().any(|mark| text.starts_with(mark))
        && !text.chars().any(chars::is_unprintable)
}

/// What tools look for in the source of a page before they know what is code, and how to write it in a
/// JSON string. The first three are of Vue, mdBook, Jekyll and the macros of MkDocs, the next five its
/// critic marks, then come the includes of VitePress and the line marks of Shiki.
const READ_BEFORE: &[(&str, &str)] = &[
    ("{{", "{\\u007b"),
    ("{%", "{\\u0025"),
    ("{#", "{\\u0023"),
    ("{+", "{\\u002b"),
    ("{-", "{\\u002d"),
    ("{~", "{\\u007e"),
    ("{=", "{\\u003d"),
    ("{>", "{\\u003e"),
    ("<!--", "\\u003c!--"),
    ("[!code", "\\u005b!code"),
];

/// JSON without what tools look for. It is in strings alone.
pub(super) fn without_marks(json: String) -> String {
    let begins_mark = |pair: &[u8]| match pair {
        [b'{', next] => b"{%#+-~=>".contains(next),
        [b'<' | b'[', next] => *next == b'!',
        _ => false,
    };
    if json.as_bytes().windows(2).any(begins_mark) { escaped(json) } else { json }
}

/// JSON with an escape in each of the marks.
fn escaped(json: String) -> String {
    READ_BEFORE.iter().fold(json, |json, (mark, in_json)| json.replace(mark, in_json))
}

/// What linters of OpenAPI refuse in a description, as they do `<script>`, and what makes Python-Markdown
/// wait for the end of a reference.
const REFUSED: &[&str] = &["eval(", "&#"];
/// Prefixes that a plug-in takes for the language of inline code.
const READ_AT_START: &[&str] = &[":::", "#!"];

/// Whether MkDocs would miss the anchors after this code. It looks for them in the source of a page, with
/// Python's `html.parser`, before it knows what is code: it sees none after a tag that is not closed, or
/// after one whose content is not HTML.
fn opens_html(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let inside = tag.split_once('>').map(|(inside, _)| inside);
        let is_closed = inside.is_some_and(|inside| !inside.contains(['"', '\'']));
        rest.starts_with(['!', '?'])
            || is_tag
                && (!is_closed || NO_HTML_INSIDE.contains(&name.to_ascii_lowercase().as_str()))
    })
}

/// The elements whose content is text: HTML Standard, section 13.1.2, and obsolete ones.
const NO_HTML_INSIDE: &[&str] =
    &["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "plaintext", "xmp"];

/// Inline code: in backticks if every tool reads them alike, else as `<code>` with references.
pub(super) fn code(text: &str, place: &Place) -> String {
    if is_plain_code(text, place.spell_out) {
        return ["`", text, "`"].concat();
    }
    if !place.has_breaks {
        return spelled_out(text);
    }
    let mut out = String::with_capacity(text.len() * 2 + "<code></code>".len());
    out += "<code>";
    if in_long_name(&mut out, text) {
        return out + "</code>";
    }
    out.clear();
    in_long_words(&mut out, &spelled_out(text));
    out
}

/// Inline code as `<code>`.
fn spelled_out(text: &str) -> String {
    if text.chars().all(|c| c == ' ') {
        // Vue removes a space that is all an element holds.
        return "<code><wbr/> <wbr/></code>".to_owned();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4 + "<code></code>".len());
    out += "<code>";
    let mut copied = 0;
    for (i, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            continue;
        }
        out += text.get(copied..i).unwrap_or_default();
        copied = i + c.len_utf8();
        let (earlier, later) = (text.get(..i), text.get(copied..));
        let (earlier, later) = (earlier.unwrap_or_default(), later.unwrap_or_default());
        if let Some(broken) = broken(c, earlier, later, true) {
            out += broken;
            continue;
        }
        match c {
            '\n' | '\r' => out.push(' '),
            '_' if is_in_word(earlier.chars().next_back(), later.chars().next()) => out.push(c),
            c if chars::is_unprintable(c) => steering(&mut out, c),
            c if !c.is_ascii() => out.push(c),
            c => reference(&mut out, c),
        }
    }
    out += text.get(copied..).unwrap_or_default();
    out + "</code>"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::super::text;
    use super::*;

    /// Python-Markdown loses the text between an unfinished reference and the next `<`, but only on some
    /// pages, so the tests that render pages may miss it.
    #[test]
    fn code_that_a_tool_reads_is_spelt_out() {
        let marks = READ_BEFORE.iter().map(|(mark, _)| mark).chain(REFUSED);
        for mark in marks.chain(READ_AT_START) {
            assert!(text(&format!("`{mark}x`")).starts_with("<code>"), "{mark}");
        }
        for tag in ["<script>", "</style >", "<Title>", "<!x>", "<?x>", "a<b", "<a b=\"c>\""] {
            assert!(text(&format!("`{tag}`")).starts_with("<code>"), "{tag}");
        }
        for plain in ["`a<b>&c`", "`1 < 2`", "`a <= b`", "`Bearer <token>`"] {
            assert_eq!(text(plain), plain);
        }
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(2_000) })]

        #[test]
        fn a_name_is_harmless(text in "[a-zA-Z0-9_./-]{0,6}|eval[(]|.{0,3}") {
            prop_assert!(!is_name(&text) || is_harmless(&text));
        }

        /// `without_marks` looks for fewer characters than `escaped`, but never too few.
        #[test]
        fn json_without_marks_is_left_as_it_is(json in "([a{}<>!\\[\\]%#+~=-]|<!--|\\[!code){0,8}") {
            prop_assert_eq!(without_marks(json.clone()), escaped(json));
        }
    }
}

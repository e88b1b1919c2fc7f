//! The filter for a Markdown heading that Prettier may reformat. (A comment can't keep Prettier from the
//! first line of a page: sites would no longer find the page's title.)

use super::{Apply, Filter, Lang, markdown};

pub(super) const MD_HEADING: Filter = Filter {
    name: "md_heading",
    langs: &[Lang::Markdown],
    about: "text for a heading, written as Prettier leaves it; code spans stay code, and URLs stay text",
    example: r#""`a | b`  or *c*""#,
    apply: Apply::Text(heading),
};

/// Catalog text in a heading.
fn heading(raw: &str) -> String {
    // Backticks in Markdown text only mark code spans.
    let written = markdown::unlinked(raw);
    let parts = written.split('`').enumerate().map(|(at, part)| {
        let is_code = at % 2 == 1;
        if is_code { part.to_owned() } else { as_prettier_leaves_it(part) }
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Text without code spans: several spaces become one, and `*` and `_` become escapes instead of
/// references.
fn as_prettier_leaves_it(plain: &str) -> String {
    if !plain.contains(['_', '&']) && !plain.contains("  ") {
        return plain.to_owned();
    }
    let mut before = None;
    let spaced = plain.chars().filter(|&c| before.replace(c) != Some(' ') || c != ' ');
    let escaped = spaced.collect::<String>().replace("&#42;", "\\*").replace("&#95;", "\\_");
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        if c != '_' {
            out.push(c);
            continue;
        }
        let is_escaped = out.ends_with('\\');
        if !is_escaped && after.is_some_and(|c| c.is_ascii_alphanumeric()) {
            out.push('_');
            continue;
        }
        // Here Prettier takes a `_` for the end of emphasis, or removes its backslash.
        let before = out.trim_end_matches('\\').chars().next_back();
        let is_inside = ![before, after].into_iter().any(is_edge);
        out += if is_escaped { "_" } else { "\\_" };
        out += if is_inside { "<wbr/>" } else { "" };
    }
    out
}

/// Whether a `_` next to this character is at the edge of a word.
fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| c == ' ' || c.is_ascii_punctuation())
}

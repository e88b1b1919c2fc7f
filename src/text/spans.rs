//! Code spans and URLs, the only markup in catalog texts.

use std::ops::Range;

use super::urls;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Plain(&'t str),
    /// The inside of a code span.
    Code(&'t str),
    /// A URL that can be a link.
    Url(&'t str),
}

/// Splits a text into plain pieces, code spans and URLs.
///
/// A run of backticks opens a span, and the next run of the same length closes it: `CommonMark` 0.31,
/// section 6.1. A run that is never closed is plain text.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    // Lengths of runs that are never closed. Each is searched for once, so that time stays linear.
    let mut unclosed = Vec::new();
    while let Some(open) = find_run(text, at) {
        let length = open.len();
        let close =
            if unclosed.contains(&length) { None } else { find_equal(text, open.end, length) };
        let Some(close) = close else {
            unclosed.push(length);
            at = open.end;
            continue;
        };
        add_plain(&mut pieces, text, plain_from..open.start);
        pieces.extend(text.get(open.end..close.start).map(|code| Piece::Code(stripped(code))));
        plain_from = close.end;
        at = close.end;
    }
    add_plain(&mut pieces, text, plain_from..text.len());
    pieces
}

/// Adds the pieces of a part of a text that has no code spans.
fn add_plain<'t>(pieces: &mut Vec<Piece<'t>>, text: &'t str, part: Range<usize>) {
    let mut from = part.start;
    let plain = |range: Range<usize>| text.get(range).filter(|text| !text.is_empty());
    for url in urls::find(text, part.clone()) {
        pieces.extend(plain(from..url.start).map(Piece::Plain));
        from = url.end;
        pieces.extend(plain(url).map(Piece::Url));
    }
    pieces.extend(plain(from..part.end).map(Piece::Plain));
}

/// A text as a page shows it, without the backticks of code spans.
pub(crate) fn visible(text: &str) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Code(text) | Piece::Url(text) => text,
        })
        .collect()
}

/// A text as a code span. It may hold backticks: the run around it is longer than any of its own.
pub(crate) fn code_span(text: &str) -> String {
    if !text.contains('`') && !text.starts_with(' ') {
        return ["`", text, "`"].concat();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let is_padded = text.starts_with('`')
        || text.ends_with('`')
        || text.starts_with(' ') && text.ends_with(' ') && text.contains(|c| c != ' ');
    let pad = if is_padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Code without the one space that lets it begin or end with a backtick. Both ends must have it, and
/// code that is all spaces keeps them.
fn stripped(code: &str) -> &str {
    let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
    inner.filter(|_| code.contains(|c| c != ' ')).unwrap_or(code)
}

/// The next run of backticks from a byte offset on.
fn find_run(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text.get(from..)?.find('`')?;
    let rest = text.get(start..)?;
    let length = rest.find(|c| c != '`').unwrap_or(rest.len());
    Some(start..start + length)
}

fn find_equal(text: &str, from: usize, length: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(run) = find_run(text, at) {
        if run.len() == length {
            return Some(run);
        }
        at = run.end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Piece::{Code, Plain, Url};
    use super::*;

    #[test]
    fn equal_runs_make_a_span() {
        assert_eq!(pieces("a `b` c"), [Plain("a "), Code("b"), Plain(" c")]);
        assert_eq!(pieces("``b`c``"), [Code("b`c")]);
        assert_eq!(pieces("`` `x` ``"), [Code("`x`")]);
        assert_eq!(pieces("a ` b `` c"), [Plain("a ` b `` c")]);
        assert_eq!(pieces("``a`b`"), [Plain("``a"), Code("b")]);
        assert_eq!(visible("`detail` names it"), "detail names it");
    }

    #[test]
    fn urls_outside_of_code_are_pieces() {
        let url = "https://acme.dev/x";
        assert_eq!(pieces(&format!("`a` {url}.")), [Code("a"), Plain(" "), Url(url), Plain(".")]);
        assert_eq!(pieces(&format!("`{url}`")), [Code(url)]);
        assert_eq!(pieces(&format!("{url}`a`")), [Plain(url), Code("a")]);
    }

    #[test]
    fn a_code_span_holds_the_text() {
        for text in ["a", "`", "``", "a`b", "`a", "a``b", " a ", " ", "a ", "` `` ```"] {
            assert_eq!(pieces(&code_span(text)), [Code(text)], "{text}");
        }
    }
}

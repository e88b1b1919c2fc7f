//! URLs in Markdown.

use super::super::breaks::in_long_words;
use super::{is_emoji_code, is_in_word, reference};
use crate::text::spans::Piece;

/// How to write a URL.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Urls {
    /// As text that no tool turns into a link, for headings.
    Spelled,
    /// As a link with its text. MDX has no other links.
    Labelled,
    /// As a link in angle brackets.
    Bracketed,
    /// As it is. Most viewers make a link of it.
    Bare,
}

impl Urls {
    /// A URL that is followed by another piece of text; `None` if it has to be spelled.
    pub(super) fn write(self, url: &str, next: Option<&Piece>, has_breaks: bool) -> Option<String> {
        match self {
            // Linters of OpenAPI refuse it in descriptions.
            Self::Labelled if url.contains("eval(") => None,
            Self::Labelled => {
                let label = label(url);
                let mut link = String::from("[");
                if has_breaks {
                    in_long_words(&mut link, &label);
                } else {
                    link += &label;
                }
                Some(link + "](" + &url.replace('&', "&amp;") + ")")
            }
            Self::Bracketed => Some(format!("<{url}>")),
            Self::Bare => is_followed_by_space(next).then(|| bare(url)),
            Self::Spelled => None,
        }
    }
}

/// A URL as the text of a link. Tools make no link of what is within one, but format it.
fn label(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let mut out = format!("{scheme}://");
    let mut before = Some('/');
    for (at, c) in rest.char_indices() {
        let later = rest.get(at + 1..).unwrap_or_default();
        match c {
            '&' => out += "&amp;",
            ':' if is_emoji_code(later) => out += "&#58;<wbr/>",
            '/' | '.' | ',' | '?' | '#' | '%' => out.push(c),
            '-' | '_' | '=' if is_in_word(before, later.chars().next()) => out.push(c),
            c if c.is_ascii_alphanumeric() => out.push(c),
            c => reference(&mut out, c),
        }
        before = Some(c);
    }
    out
}

/// A URL that formatters of comments leave alone: some read emphasis and tags in it. RFC 3986, section 6.2.2,
/// calls it equivalent; servers decode the `@` of a path.
fn bare(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut before = None;
    for (at, c) in url.char_indices() {
        let after = url.get(at + 1..).and_then(|later| later.chars().next());
        match c {
            '_' | '~' if is_in_word(before, after) => out.push(c),
            '_' | '~' | '@' => out += &format!("%{:02X}", u32::from(c)),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// Whether nothing but punctuation is between a URL and the next space. Viewers would take it for a part of
/// the URL.
fn is_followed_by_space(next: Option<&Piece>) -> bool {
    let Some(Piece::Plain(text)) = next else { return true };
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    word.chars().all(|c| ".,:!?)".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::{PAGE, RUSTDOC, TSDOC, text_at, unlinked};

    #[test]
    fn a_url_is_a_link_in_the_form_of_each_place() {
        for (text, page, rust, typescript) in [
            (
                "See https://a.dev/b_c?d=e&f.",
                "See [https://a.dev/b_c?d=e&amp;f](https://a.dev/b_c?d=e&amp;f).",
                "See <https://a.dev/b_c?d=e&f>.",
                "See https://a.dev/b_c?d=e&f.",
            ),
            (
                "(http://localhost:8080/_x_(y))",
                "([http://localhost&#58;8080/&#95;x&#95;&#40;y&#41;](http://localhost:8080/_x_(y)))",
                "(<http://localhost:8080/_x_(y)>)",
                "(http://localhost:8080/%5Fx%5F(y))",
            ),
            (
                "https://www.npmjs.com/package/@acme/errors",
                "[https://www.npmjs.com/package/&#64;acme/errors](https://www.npmjs.com/package/@acme/errors)",
                "<https://www.npmjs.com/package/@acme/errors>",
                "https://www.npmjs.com/package/%40acme/errors",
            ),
        ] {
            assert_eq!(text_at(text, &PAGE), page);
            assert_eq!(text_at(text, &RUSTDOC), rust);
            assert_eq!(text_at(text, &TSDOC), typescript);
        }
    }

    #[test]
    fn what_would_be_more_than_a_url_is_spelled_out() {
        for text in ["xhttps://a.b", "https://a*b*", "https://[a](b)", "https://a@b", "https://"] {
            for place in [PAGE, RUSTDOC, TSDOC] {
                let written = text_at(text, &place);
                assert!(written.contains("&#58;<wbr/>"), "{written}");
            }
        }
        assert!(text_at("https://a.dev\"b", &TSDOC).contains("&#58;<wbr/>"));
        assert!(unlinked("https://a.dev").contains("&#58;<wbr/>"));
    }
}

//! URLs in texts.

use std::ops::Range;

/// The schemes of links, with what is before the host.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// The URLs in a part of a text that can be links, in their order. Where a word holds more than a URL,
/// such as a placeholder, no part of it is one.
pub(crate) fn find(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = part.start;
    // The schemes have a colon, which is quicker to find.
    if !text.get(part.clone()).is_some_and(|part| part.contains(':')) {
        return found;
    }
    while let Some(at) = text.get(from..part.end).and_then(|rest| rest.find("http")) {
        let start = from + at;
        from = start + "http".len();
        let (before, rest) = text.get(..part.end).unwrap_or_default().split_at(start);
        if !begins_after(before.chars().next_back()) {
            continue;
        }
        let word = word(rest);
        from = from.max(start + word.len());
        let Some(url) = url(word) else { continue };
        let end = start + url.len();
        let after = text.get(end..).unwrap_or_default().trim_start_matches(PUNCTUATION);
        if ends_before(after.chars().next()) {
            found.push(start..end);
        }
    }
    found
}

/// Whether a whole text is a URL that can be a link.
pub(crate) fn is_url(text: &str) -> bool {
    url(word(text)) == Some(text)
}

/// Marks that are not part of a URL if they are at its end.
const PUNCTUATION: &[char] = &['.', ',', ':', ';', '!', '?', '\''];

/// The characters of URLs that a text begins with, up to a `)` that closes nothing.
fn word(text: &str) -> &str {
    let mut open = 0;
    let end = text.find(|c| {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return true,
            ')' => open -= 1,
            _ => {}
        }
        !is_in_url(c)
    });
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// A word without the punctuation at its end, if it is a URL.
fn url(word: &str) -> Option<&str> {
    let scheme = SCHEMES.into_iter().find(|scheme| word.starts_with(scheme))?;
    let url = word.trim_end_matches(PUNCTUATION);
    let rest = url.get(scheme.len()..)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    (is_authority(authority) && is_path(path)).then_some(url)
}

/// The characters of RFC 3986, section 2, except `*`, `$`, `[` and `]`, which are markup to some tools.
pub(crate) fn is_in_url(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!&'()+,;=%".contains(c)
}

/// A host with letters and digits of ASCII, and a port. A user or a password could hide the host.
fn is_authority(authority: &str) -> bool {
    let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
    let is_label = |label: &str| {
        let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        is_end(label.chars().next())
            && is_end(label.chars().next_back())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    host.split('.').all(is_label) && port.parse::<u16>().is_ok()
}

/// What is after the host: at most one `#`, two digits after each `%`, and parentheses in pairs.
fn is_path(path: &str) -> bool {
    let is_code = |code: &str| {
        let digits = code.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    path.matches('#').count() <= 1
        && path.split('%').skip(1).all(is_code)
        && path.matches('(').count() == path.matches(')').count()
        && !path.contains([';', '\''])
}

/// Whether a URL can begin after a character.
fn begins_after(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || "([<\"'".contains(c) || FOREIGN_MARKS.contains(c))
}

/// Whether a URL can end before a character.
fn ends_before(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || ")]>\"".contains(c) || FOREIGN_MARKS.contains(c))
}

/// Punctuation beyond ASCII.
const FOREIGN_MARKS: &str = "“”„‘’‚«»‹›…–—、。，．：；！？・「」『』（）［］【】《》〈〉";

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Vec<&str> {
        find(text, 0..text.len()).into_iter().filter_map(|at| text.get(at)).collect()
    }

    #[test]
    fn urls_end_where_a_reader_ends_them() {
        for (text, found) in [
            ("https://acme.dev", "https://acme.dev"),
            ("See https://acme.dev/a_b?c=d&e#f.", "https://acme.dev/a_b?c=d&e#f"),
            ("(http://localhost:8080/), then", "http://localhost:8080/"),
            ("[docs](https://acme.dev/x).", "https://acme.dev/x"),
            ("\"https://acme.dev/x?!\"", "https://acme.dev/x"),
            ("<https://acme.dev>", "https://acme.dev"),
            ("(see https://a.dev/x_(y))", "https://a.dev/x_(y)"),
            ("https://npm.dev/package/@acme/errors:", "https://npm.dev/package/@acme/errors"),
            ("https://a.dev/%C3%A4/~b//c--d;", "https://a.dev/%C3%A4/~b//c--d"),
            ("「https://a.dev/x」。", "https://a.dev/x"),
            ("https://a)b](c)", "https://a"),
            ("https://a\"onmouseover=x", "https://a"),
        ] {
            assert_eq!(urls(text), [found], "{text}");
        }
        assert_eq!(urls("https://a.dev, http://b.dev/; x"), ["https://a.dev", "http://b.dev/"]);
    }

    #[test]
    fn what_is_more_than_a_url_is_none() {
        for text in [
            "xhttps://a.b",
            "http",
            "https://",
            "https:///",
            "https://-a.dev",
            "https://a..dev",
            "https://a.dev:80x/",
            "https://a.dev:99999",
            "https://a.dev/{id}",
            "https://a.dev/<id>",
            "https://a.dev/`id`",
            "https://a.dev/*",
            "https://a.dev/x;y",
            "https://a.dev/x(y",
            "https://a.dev/e\u{301}",
            "https://a.dev/it's",
            "https://a.dev/100%",
            "https://a.dev/#a#b",
            "https://a.dev/ä",
            "https://münchen.example/",
            "https://[::1]/",
            "https://user:pw@a.dev",
            "https://a@b",
            "javascript:alert(1)",
            "HTTPS://A.DEV",
            "https://a.dev/\u{202e}x",
        ] {
            assert!(urls(text).is_empty(), "{text}");
            assert!(!is_url(text), "{text}");
        }
    }
}

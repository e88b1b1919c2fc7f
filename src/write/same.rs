//! Whether two contents of a file say the same.
//!
//! Git, editors and formatters change files after errcat wrote them: line ends (`core.autocrlf`), a byte
//! order mark, the final newline, the layout of JSON. None of that makes a file out of date.

use std::path::Path;

use crate::text::json::Json;

/// Whether two contents of the file at `path` differ in nothing but line ends, a byte order mark, newlines
/// at the end and, for `.json`, layout.
///
/// JSON is compared by value, with the order of keys. Files that are not text must be equal.
pub(super) fn is_same(path: impl AsRef<Path>, one: &[u8], other: &[u8]) -> bool {
    if one == other {
        return true;
    }
    let (Some(one), Some(other)) = (text(one), text(other)) else { return false };
    one == other
        || is_json(path.as_ref()) && json(&one).is_some_and(|one| Some(one) == json(&other))
}

/// An out-of-date file and its new content as texts to compare line by line; nothing if one is not text.
///
/// Unless `is_exact`, they are without what [`is_same`] ignores, so that only what changed differs.
pub(super) fn comparable(
    path: impl AsRef<Path>,
    old: &[u8],
    new: &[u8],
    is_exact: bool,
) -> Option<(String, String)> {
    let texts = (text(old)?, text(new)?);
    if is_exact {
        let whole = |content: &[u8]| String::from_utf8(content.to_vec()).ok();
        return Some((whole(old)?, whole(new)?));
    }
    let (old, new) = texts;
    if is_json(path.as_ref())
        && indentation(&old) != indentation(&new)
        && let (Ok(old), Ok(new)) = (old.parse(), new.parse())
    {
        let laid_out = |value: Json| format!("{value:#}\n");
        return Some((laid_out(old), laid_out(new)));
    }
    Some((old + "\n", new + "\n"))
}

/// A text with LF as line ends, and without a byte order mark and newlines at its end; nothing for a file
/// that is not text.
///
/// Git takes a file with a NUL for binary, and leaves its line ends alone.
fn text(content: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(content).ok().filter(|text| !text.contains('\0'))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    Some(text.trim_end_matches('\n').to_owned())
}

/// The whitespace before the second line, which tells how JSON is laid out.
fn indentation(json: &str) -> Option<&str> {
    let second = json.lines().nth(1)?;
    second.get(..second.len() - second.trim_start().len())
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// JSON without its layout: equal texts are equal values with the same order of keys. (Two values are
/// equal in any order.)
fn json(text: &str) -> Option<String> {
    text.parse::<Json>().ok().map(|value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn line_ends_a_mark_and_newlines_at_the_end_do_not_count() {
        let made = "# A\n\nb  c\n";
        for kept in
            ["# A\r\n\r\nb  c\r\n", "\u{feff}# A\n\nb  c\n", "# A\n\nb  c", "# A\r\n\nb  c\n\n"]
        {
            assert!(is_same("a.md", kept.as_bytes(), made.as_bytes()), "{kept:?}");
        }
        for changed in [
            "# A\rb  c\n",
            "# A\n\nb c\n",
            "# A\nb  c\n",
            "\n# A\n\nb  c\n",
            "",
            "# A\r\r\n\r\nb  c\n",
        ] {
            assert!(!is_same("a.md", changed.as_bytes(), made.as_bytes()), "{changed:?}");
        }
        assert!(is_same("a.md", b"", b"\r\n"));
    }

    #[test]
    fn files_that_are_not_text_must_be_equal() {
        for (one, other) in [
            (&b"\x89PNG\r\n\xff"[..], &b"\x89PNG\n\xff"[..]),
            (b"a\0\r\n", b"a\0\n"),
            (b"\xff\xfea\0", b"a"),
            (b"\xff\n", b"\xff"),
        ] {
            assert!(is_same("a.png", one, one));
            assert!(!is_same("a.png", one, other));
        }
    }

    #[test]
    fn json_is_compared_by_value_with_the_order_of_its_keys() {
        let made = b"{\"a\": [1, 2], \"b\": \"\xc3\xa9  x\", \"n\": 18446744073709551615}\n";
        for kept in [
            "{\r\n\t\"a\": [\r\n\t\t1,\r\n\t\t2\r\n\t],\r\n\t\"b\": \"\\u00e9  x\",\r\n\t\"n\": 18446744073709551615\r\n}",
            "\u{feff}{\"a\":[1,2],\"b\":\"é  x\",\"n\":18446744073709551615}",
        ] {
            for name in ["catalog.json", "x/package.JSON"] {
                assert!(is_same(name, kept.as_bytes(), made), "{kept}");
            }
            assert!(!is_same("a.md", kept.as_bytes(), made));
        }
        for changed in [
            "{\"b\": \"é  x\", \"a\": [1, 2], \"n\": 18446744073709551615}",
            "{\"a\": [2, 1], \"b\": \"é  x\", \"n\": 18446744073709551615}",
            "{\"a\": [1, 2], \"b\": \"é x\", \"n\": 18446744073709551615}",
            "{\"a\": [1, 2], \"b\": \"é  x\", \"n\": 18446744073709551614}",
            "{\"a\": [1, 2], \"b\": \"é  x\"}",
            "{\"a\": [1, 2], \"b\": \"é  x\", \"n\": 18446744073709551615,}",
        ] {
            assert!(!is_same("catalog.json", changed.as_bytes(), made), "{changed}");
        }
        // Neither is JSON.
        assert!(!is_same("a.json", b"{a}", b"{ a }"));
    }
}

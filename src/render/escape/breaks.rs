//! Where a long word may break, so that a narrow table shows it whole.

/// The most characters of a word that has no breaks: about a third of a phone's width, because mdBook's
/// cells have wide margins.
pub(super) const LONGEST: usize = 12;

/// The most letters in a row that have no break. A break within a word of a language is the last resort.
const MOST_LETTERS: usize = 20;

/// Whether a text has a word that needs breaks.
pub(super) fn has_long_word(text: &str) -> bool {
    text.len() > LONGEST && text.split_whitespace().any(|word| word.chars().count() > LONGEST)
}

/// Writes a name in lower case as [`in_long_words`] does. Returns false, and writes nothing, for other texts and for
/// names with very long words.
pub(super) fn in_long_name(out: &mut String, name: &str) -> bool {
    let is_word = |word: &str| {
        (1..MOST_LETTERS).contains(&word.len())
            && word.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if !name.split('_').all(is_word) {
        return false;
    }
    for (index, word) in name.split('_').enumerate() {
        match (index, name.len() > LONGEST) {
            (0, _) => {}
            (_, true) => *out += "&#95;<wbr/>",
            (_, false) => *out += "_",
        }
        *out += word;
    }
    true
}

/// Writes a text with `<wbr/>` in its long words. It is written already: with tags such as `<code>`, and with
/// references for characters.
pub(super) fn in_long_words(out: &mut String, written: &str) {
    let mut rest = written;
    while !rest.is_empty() {
        let (length, seen) = first_word(rest);
        let (word, after) = rest.split_at(length);
        if seen > LONGEST {
            write(out, word, seen);
        } else {
            *out += word;
        }
        let (space, after) = token(after).unwrap_or_default();
        *out += space;
        rest = after;
    }
}

/// The length of the word that a text begins with, and how many characters are seen of it.
fn first_word(written: &str) -> (usize, usize) {
    let mut seen = 0;
    let mut rest = written;
    while let Some((token, after)) = token(rest) {
        if token == "<br/>" || token.starts_with(char::is_whitespace) {
            break;
        }
        seen += usize::from(!token.starts_with('<'));
        rest = after;
    }
    (written.len() - rest.len(), seen)
}

/// A character, a reference or a tag, and what comes after it.
fn token(written: &str) -> Option<(&str, &str)> {
    let end = match written.as_bytes().first()? {
        b'<' => written.find('>').unwrap_or_default() + 1,
        b'&' => written.find(';').unwrap_or_default() + 1,
        first if first.is_ascii() => 1,
        _ => written.chars().next()?.len_utf8(),
    };
    Some(written.split_at(end))
}

/// Writes a word with breaks. The count is that of its visible characters.
fn write(out: &mut String, word: &str, seen: usize) {
    let mut left = seen;
    let mut together = 0;
    let mut first = token(word);
    while let Some((this, after)) = first {
        first = token(after);
        let next = first.unwrap_or_default().0;
        let is_seen = usize::from(!this.starts_with('<'));
        left -= is_seen;
        together += is_seen;
        // Some tools take a `_` before a tag for the end of emphasis.
        let may_break = left > 0 && !next.starts_with('<') && is_end(this, next);
        *out += if this == "_" && may_break { "&#95;" } else { this };
        let is_in_letters = || is_one(this, is_letter) && is_one(next, is_letter);
        let is_full = together >= MOST_LETTERS;
        if may_break || is_full && left > 0 && is_in_letters() {
            *out += "<wbr/>";
        }
        if may_break || is_full {
            together = 0;
        }
    }
}

/// Whether a line may end after a token.
fn is_end(token: &str, next: &str) -> bool {
    // Marks stay together: `://` is one.
    if is_one(token, is_mark) || token.len() > 1 && token.starts_with('&') {
        is_one(next, is_letter)
    } else {
        is_one(token, |c| c.is_ascii_lowercase()) && is_one(next, |c| c.is_ascii_uppercase())
    }
}

/// What can be at the end of a line, besides a small letter before a capital.
fn is_mark(c: u8) -> bool {
    matches!(c, b'_' | b'.' | b'-' | b'/' | b':' | b'=' | b'&' | b'?' | b',')
}

fn is_letter(c: u8) -> bool {
    c.is_ascii_alphanumeric()
}

/// Whether a token is one ASCII character of a kind. Others may be parts of a sign, such as an emoji.
fn is_one(token: &str, is_kind: fn(u8) -> bool) -> bool {
    matches!(token.as_bytes(), [c] if is_kind(*c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;

    fn in_long_words(written: &str) -> String {
        let mut out = String::new();
        super::in_long_words(&mut out, written);
        out
    }

    #[test]
    fn long_words_break_where_a_reader_would_break_them() {
        for (written, broken) in [
            ("subscription_payment_method", "subscription&#95;<wbr/>payment&#95;<wbr/>method"),
            ("InvalidParameterCombinationX", "Invalid<wbr/>Parameter<wbr/>Combination<wbr/>X"),
            (
                "https&#58;//acme.dev/errors/x",
                "https&#58;//<wbr/>acme.<wbr/>dev/<wbr/>errors/<wbr/>x",
            ),
            ("aaaaaaaaaaaaaaaaaaaabbbb", "aaaaaaaaaaaaaaaaaaaa<wbr/>bbbb"),
            (
                "<code>a_subscription_expired</code>",
                "<code>a&#95;<wbr/>subscription&#95;<wbr/>expired</code>",
            ),
            ("aaaaaaaaaaa<br/>bbbbbbbbbbbb", "aaaaaaaaaaa<br/>bbbbbbbbbbbb"),
            ("short_words and_another", "short_words and_another"),
            ("Verbindungsabbruchüberwachung", "Verbindungsabbruchüb<wbr/>erwachung"),
            ("authentication", "authentication"),
        ] {
            assert_eq!(in_long_words(written), broken);
        }
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(500) })]

        #[test]
        fn a_name_gets_the_breaks_of_any_text(name in "[a-z0-9_]{0,20}[a-z]{0,20}_[a-z]{0,20}") {
            let mut out = String::new();
            if in_long_name(&mut out, &name) {
                prop_assert_eq!(out, in_long_words(&name));
            } else {
                prop_assert_eq!(out, "");
            }
        }

        #[test]
        fn breaks_are_all_that_is_added(written in "([a-zA-Z0-9_./:=-]|&#58;|<b>|<br/>|ä| |<){0,60}") {
            let broken = in_long_words(&written);
            prop_assert_eq!(broken.replace("<wbr/>", "").replace("&#95;", "_"), written);
        }
    }

    #[test]
    fn a_word_is_long_by_what_is_seen_of_it() {
        assert!(!has_long_word("123456789012 123456789012"));
        assert!(has_long_word("a 1234567890123"));
        assert_eq!(
            in_long_words("&#95;&#95;&#95;&#95;&#95;&#95;a"),
            "&#95;&#95;&#95;&#95;&#95;&#95;a"
        );
    }
}

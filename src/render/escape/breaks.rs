//! Where a long word may break, so that a narrow table shows it whole.

/// The most characters of a word that has no breaks: about a third of a phone's width, because mdBook's
/// cells have wide margins.
const LONGEST: usize = 12;

/// The most letters in a row that have no break. A break within a word of a language is the last resort.
const MOST_LETTERS: usize = 20;

/// What can be at the end of a line, besides a small letter before a capital.
const MARKS: &str = "_.-/:=&?,";

/// Whether a text has a word that needs breaks.
pub(super) fn has_long_word(text: &str) -> bool {
    text.split_whitespace().any(|word| word.chars().count() > LONGEST)
}

/// Adds `<wbr/>` to the long words of a text that is written already: with tags such as `<code>`, and with
/// references for characters.
pub(super) fn in_long_words(written: &str) -> String {
    let mut out = String::with_capacity(written.len() + written.len() / 8);
    let mut word = Vec::new();
    let mut rest = written;
    while let Some((token, after)) = token(rest) {
        let ends_word = token.starts_with(char::is_whitespace) || token == "<br/>";
        if ends_word {
            write(&mut out, &word);
            word.clear();
            out += token;
        } else {
            word.push(token);
        }
        rest = after;
    }
    write(&mut out, &word);
    out
}

/// A character, a reference or a tag, and what comes after it.
fn token(written: &str) -> Option<(&str, &str)> {
    let first = written.chars().next()?;
    let end = match first {
        '<' => written.find('>'),
        '&' => written.find(';'),
        _ => None,
    };
    Some(written.split_at(end.map_or(first.len_utf8(), |end| end + 1)))
}

/// Writes the tokens of a word, with breaks if it is long.
fn write(out: &mut String, word: &[&str]) {
    let is_seen = |token: &&&str| !token.starts_with('<');
    if word.iter().filter(is_seen).count() <= LONGEST {
        out.extend(word.iter().copied());
        return;
    }
    let last = word.iter().rposition(|token| !token.starts_with('<')).unwrap_or_default();
    let mut together = 0;
    for (at, &token) in word.iter().enumerate() {
        // Some tools take a `_` before a tag for the end of emphasis.
        let next = word.get(at + 1).copied().unwrap_or_default();
        let may_break = at < last && !next.starts_with('<') && is_end(token, next);
        *out += if token == "_" && may_break { "&#95;" } else { token };
        together = if token.starts_with('<') { together } else { together + 1 };
        let letters = [token, next].iter().all(|one| is_letter(one, char::is_alphanumeric));
        if may_break || at < last && letters && together >= MOST_LETTERS {
            *out += "<wbr/>";
        }
        if may_break || together >= MOST_LETTERS {
            together = 0;
        }
    }
}

/// Whether a line may end after a token.
fn is_end(token: &str, next: &str) -> bool {
    let is_mark = |c| MARKS.contains(c);
    let is_reference = token.len() > 1 && token.starts_with('&');
    let is_hump = is_letter(token, char::is_lowercase) && is_letter(next, char::is_uppercase);
    // Marks stay together: `://` is one.
    (is_letter(token, is_mark) || is_reference) && is_letter(next, char::is_alphanumeric) || is_hump
}

/// Whether a token is one ASCII character of a kind. Others may be parts of a sign, such as an emoji.
fn is_letter(token: &str, is_kind: fn(char) -> bool) -> bool {
    token.len() == 1 && token.chars().all(is_kind)
}

#[cfg(test)]
mod tests {
    use super::*;

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

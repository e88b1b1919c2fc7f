//! Characters that have an effect instead of a shape, or that look like a space but aren't one. What is
//! refused, what is escaped and what messages call a character all depend on these definitions. Two functions at the
//! top look at a whole text.

/// Whether something holds for every byte of a text. Unlike `all`, this doesn't stop early, so the compiler looks at
/// many bytes at once.
pub(crate) fn every_byte(text: &str, holds: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & holds(byte))
}

/// Whether a text has only characters of ASCII that print. Most texts have.
pub(crate) fn is_ascii_print(text: &str) -> bool {
    every_byte(text, |byte| matches!(byte, b' '..=b'~'))
}

/// Whether a character reverses the order of those after it: the embeddings, overrides and
/// isolates of Unicode Standard Annex #9, section 2. The marks U+200E, U+200F and U+061C do not:
/// right-to-left writing needs them.
pub(crate) fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether no text may contain a character: a control other than a line break, or one that reorders.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r') || reorders(c)
}

/// Whether a character does not print as itself: a control, one that reorders, one that some tool
/// takes as a line break or byte order mark, or one that YAML does not count as printable.
pub(crate) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || reorders(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a character looks like a space, or like nothing, but is not the space of the keyboard.
/// Joiners and direction marks are not among them: many scripts need those within words.
pub(crate) fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r')
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// A text without the odd spaces at its ends and the invisible ones within.
pub(crate) fn without_odd_spaces(text: &str) -> String {
    let is_invisible = |c: char| is_odd_space(c) && !c.is_whitespace();
    text.trim_matches(is_odd_space).chars().filter(|&c| !is_invisible(c)).collect()
}

/// The text between a pair of typographic quotes, if they are around all of it.
pub(crate) fn in_typographic_quotes(text: &str) -> Option<&str> {
    if text.starts_with(|c: char| c.is_ascii()) {
        return None;
    }
    let pairs = [
        ('“', '”'),
        ('„', '“'),
        ('„', '”'),
        ('‘', '’'),
        ('‚', '‘'),
        ('«', '»'),
        ('”', '”'),
        ('’', '’'),
    ];
    pairs.into_iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains([open, close])).then_some(inside)
    })
}

/// What messages call a character, with its article: "a no-break space (U+00A0)".
pub(crate) fn named(c: char) -> String {
    let name = match c {
        '\t' => return "a tab".to_owned(),
        '\0' => "a NUL character",
        '\u{1b}' => "an escape character",
        '\u{a0}' => "a no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{2002}' => "an en space",
        '\u{2003}' => "an em space",
        '\u{2009}' => "a thin space",
        '\u{200a}' => "a hair space",
        '\u{200b}' => "a zero-width space",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a bidirectional control character",
        '\u{202f}' => "a narrow no-break space",
        '\u{2060}' => "a word joiner",
        '\u{3000}' => "an ideographic space",
        '\u{feff}' => "a byte order mark",
        c if c.is_control() => "a control character",
        c if c.is_whitespace() => "a space of another width",
        _ => "an invisible character",
    };
    format!("{name} (U+{:04X})", c as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_spaces_are_found_and_named() {
        for c in ['\u{a0}', '\u{1680}', '\u{2003}', '\u{200b}', '\u{202f}', '\u{3000}', '\u{feff}']
        {
            assert!(is_odd_space(c), "{c:?}");
            assert_eq!(without_odd_spaces(&format!("{c}a b{c}")), "a b");
        }
        for c in [' ', '\t', '\n', 'a', '\u{200d}', '\u{200e}'] {
            assert!(!is_odd_space(c), "{c:?}");
        }
        assert_eq!(without_odd_spaces("mea\u{200b}ning"), "meaning");
        assert_eq!(without_odd_spaces("10\u{a0}s"), "10\u{a0}s");
        assert_eq!(named('\u{a0}'), "a no-break space (U+00A0)");
        assert_eq!(named('\u{202e}'), "a bidirectional control character (U+202E)");
    }

    #[test]
    fn typographic_quotes_count_around_the_whole_text_alone() {
        assert_eq!(in_typographic_quotes("“a b”"), Some("a b"));
        assert_eq!(in_typographic_quotes("«a»"), Some("a"));
        assert_eq!(in_typographic_quotes("“a” or “b”"), None);
        assert_eq!(in_typographic_quotes("“a” b"), None);
        assert_eq!(in_typographic_quotes("’"), None);
    }
}

//! Ordinary text, which is most of every catalog: nothing in it has an effect in Markdown.

use super::super::breaks::LONGEST;
use super::Place;
use super::code::is_name;

/// Whether a text is ordinary, by one look at each byte: words, and names in code spans. Where long words break,
/// it has none either.
///
/// Text that is not ordinary may be harmless too. It gets a closer look.
pub(super) fn is_ordinary_text(text: &str, place: &Place) -> bool {
    let longest = if place.has_breaks { LONGEST } else { usize::MAX };
    let mut before = b' ';
    let mut word = 0;
    let mut is_ordinary = |c| {
        word = if c == b' ' { 0 } else { word + 1 };
        let is_ordinary = match c {
            b' ' => true,
            // Nothing but a space follows a colon, as in neither URLs nor the codes of emoji.
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b',' | b';' | b'?' | b'"' | b'\'' => {
                before != b':'
            }
            b'-' | b'/' | b':' => before.is_ascii_alphanumeric(),
            b'(' => before == b' ',
            // Not after `www` or a number.
            b'.' | b')' => before == b')' || before.is_ascii_lowercase() && before != b'w',
            _ => false,
        };
        before = c;
        is_ordinary && word <= longest
    };
    let is_code = |code: &str| is_name(code) && !(place.spell_out)(code);
    // Text and code in turn.
    let mut parts = text.split('`');
    let first = parts.next().unwrap_or_default();
    let starts_well = first.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !["import", "export"].iter().any(|word| first.starts_with(word));
    if !starts_well && !first.is_empty() || !first.bytes().all(&mut is_ordinary) {
        return false;
    }
    let mut is_between = false;
    while let Some(code) = parts.next() {
        let Some(after) = parts.next() else { return false };
        // A letter stands for the code.
        if is_between
            || !is_code(code)
            || !is_ordinary(b'a')
            || !after.bytes().all(&mut is_ordinary)
        {
            return false;
        }
        // Two backticks in a row are no end and start.
        is_between = after.is_empty();
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::super::{CELL, DESCRIPTION, HEADING, PAGE, RUSTDOC, RUSTDOC_CELL, TSDOC, by_pieces};
    use super::*;

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(2_000) })]

        #[test]
        fn a_closer_look_leaves_ordinary_text_as_it_is(
            text in "((`[a-z_]{1,14}`|`sourceURL`|[a-zA-Z0-9`]|import|export|www|http|eval|extraordinary)[-,;:?\"'/(). _!@]{0,2}){1,6}",
        ) {
            let text = text.trim();
            for place in [PAGE, HEADING, CELL, DESCRIPTION, RUSTDOC, RUSTDOC_CELL, TSDOC] {
                if is_ordinary_text(text, &place) {
                    prop_assert_eq!(by_pieces(text, &place), text);
                }
            }
        }
    }
}

//! Ordinary text, which is most of every catalog: nothing in it has an effect in Markdown.

use super::super::breaks::LONGEST;

/// Whether a text is ordinary, by one look at each byte. With `has_breaks`, it has no long word either.
///
/// Text that is not ordinary may be harmless too. It gets a closer look.
pub(super) fn is_ordinary_text(text: &str, has_breaks: bool) -> bool {
    let longest = if has_breaks { LONGEST } else { usize::MAX };
    let mut before = b' ';
    let mut word = 0;
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !["import", "export"].iter().any(|word| text.starts_with(word))
        && text.bytes().all(|c| {
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
        })
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
            text in "(([a-zA-Z0-9]|import|export|www|http|eval|extraordinary)[-,;:?\"'/(). _!@]{0,2}){1,6}",
        ) {
            let text = text.trim();
            for place in [PAGE, HEADING, CELL, DESCRIPTION, RUSTDOC, RUSTDOC_CELL, TSDOC] {
                if is_ordinary_text(text, place.has_breaks) {
                    prop_assert_eq!(by_pieces(text, &place), text);
                }
            }
        }
    }
}

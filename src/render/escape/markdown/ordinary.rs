//! Ordinary text, which is most of every catalog: nothing in it has an effect in Markdown.

use super::super::breaks::LONGEST;
use super::Place;
use super::code::is_name;

/// Whether a text is ordinary, by one look at each byte: words, and names in code spans. Where long words break,
/// it has none either.
///
/// Text that is not ordinary may be harmless too. It gets a closer look.
pub(super) fn is_ordinary_text(text: &str, place: &Place) -> bool {
    let mut before = b' ';
    let mut rest = text.as_bytes();
    loop {
        // Most bytes are of words. They are ordinary anywhere but after a colon.
        if let Some((run, after)) = rest.split_at_checked(words_at_start(rest))
            && let Some((first, last)) = run.first().zip(run.last())
        {
            // Nothing but a space follows a colon, as in neither URLs nor the codes of emoji.
            if before == b':' && *first != b' ' {
                return false;
            }
            (before, rest) = (*last, after);
        }
        let Some((&first, after)) = rest.split_first() else { break };
        let mut c = first;
        rest = after;
        if c == b'`' {
            let name = name_at(text, text.len() - rest.len(), place);
            let Some(after) = name.and_then(|name| rest.get(name.len() + 1..)) else {
                return false;
            };
            rest = after;
            // A letter stands for the code.
            c = b'a';
        }
        let is_ordinary = match c {
            b'a' => before != b':',
            b'-' | b'/' | b':' => before.is_ascii_alphanumeric(),
            b'(' => before == b' ',
            // Neither follows `www`, nor a number if the text begins with one.
            b'.' | b')' if before.is_ascii_digit() => {
                !text.starts_with(|c: char| c.is_ascii_digit())
            }
            b'.' | b')' => before == b')' || before.is_ascii_lowercase() && before != b'w',
            _ => false,
        };
        before = c;
        if !is_ordinary {
            return false;
        }
    }
    let are_short = !place.has_breaks || text.split(' ').all(|word| word.len() <= LONGEST);
    are_short
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '`')
        && !["import", "export"].iter().any(|word| text.starts_with(word))
}

/// How many bytes of words a text begins with. It looks at eight bytes at once, because that is faster.
fn words_at_start(text: &[u8]) -> usize {
    const AT_ONCE: usize = 8;
    let is_of_words = |c: &u8| IS_OF_WORDS.get(usize::from(*c)) == Some(&true);
    let are_of_words = |run: &&[u8]| run.iter().fold(true, |all, c| all & is_of_words(c));
    let whole = text.chunks_exact(AT_ONCE).take_while(are_of_words).count() * AT_ONCE;
    let rest = text.get(whole..).unwrap_or_default();
    whole + rest.iter().take_while(|c| is_of_words(c)).count()
}

/// Whether each character is ordinary anywhere but after a colon.
#[allow(clippy::indexing_slicing, reason = "the compiler runs it")]
const IS_OF_WORDS: [bool; 256] = {
    let mut table = [false; 256];
    let mut c = 0_u8;
    while c < 128 {
        let is_mark = matches!(c, b' ' | b',' | b';' | b'?' | b'"' | b'\'');
        table[c as usize] = c.is_ascii_alphanumeric() || is_mark;
        c += 1;
    }
    table
};

/// The name in a code span that begins here, after one backtick. `None` if every tool may not show it as it is.
fn name_at<'t>(text: &'t str, at: usize, place: &Place) -> Option<&'t str> {
    let (code, after) = text.get(at..)?.split_once('`')?;
    // Two backticks in a row are no end and start.
    let is_name = is_name(code) && !(place.spell_out)(code) && !after.starts_with('`');
    is_name.then_some(code)
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

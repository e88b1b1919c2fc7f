//! Makes one line of a body that isn't JSON.

use super::alloc::borrow::ToOwned;
use super::alloc::string::String;

/// The longest line, in characters.
const LONGEST: usize = 100;

/// The start of a text without tags, control characters and line breaks. `None` if nothing is left.
pub(super) fn plain_text(text: &str) -> Option<String> {
    let mut line = String::new();
    let mut is_in_tag = false;
    let mut length = 0;
    for c in text.chars() {
        let is_space = is_in_tag || c == '<' || c.is_whitespace() || is_invisible(c);
        is_in_tag = if is_in_tag { c != '>' } else { c == '<' };
        if !is_space {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        } else {
            continue;
        }
        length += 1;
        if length == LONGEST {
            break;
        }
    }
    let line = line.trim_end();
    (!line.is_empty()).then(|| line.to_owned())
}

/// Whether a character controls how others are shown, or has no look of its own.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
}

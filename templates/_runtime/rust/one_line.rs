//! Makes text from a response safe to log.

use core::fmt::{self, Write};

/// The longest text, in characters.
const LONGEST: usize = 300;

/// Displays text on one line. Replaces control characters and cuts long text.
pub(crate) struct OneLine<'t>(pub &'t str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            match c {
                _ if index == LONGEST => return f.write_char('…'),
                '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => f.write_char('\u{fffd}')?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

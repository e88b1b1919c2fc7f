//! Text of a response, made safe for a log.

use core::fmt::{self, Write};

/// In characters.
const LONGEST: usize = 300;

/// Text on one line: without control characters, and cut where it gets too long.
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

//! Makes lines that are safe to log.

use core::convert::TryFrom;
use core::fmt::{self, Write};
use core::time::Duration;

use super::alloc::string::{String, ToString};

/// The longest text, in characters.
const LONGEST: usize = 300;

/// The most elements of a list.
const MOST: usize = 10;

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

/// Displays the first elements of a list, on one line.
pub(crate) struct Listed<'l, T>(pub &'l [T]);

impl<T: fmt::Display> fmt::Display for Listed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, element) in self.0.iter().enumerate() {
            match index {
                0 => {}
                MOST => return f.write_str("; …"),
                _ => f.write_str("; ")?,
            }
            write!(f, "{}", OneLine(&element.to_string()))?;
        }
        Ok(())
    }
}

/// Displays a status in parentheses, after a space. Displays nothing if there is none.
pub(crate) struct InParentheses(pub Option<u16>);

impl fmt::Display for InParentheses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |status| write!(f, " ({status})"))
    }
}

/// Joins the parts of a text.
pub(crate) fn joined(parts: &[&dyn fmt::Display]) -> String {
    parts.iter().map(ToString::to_string).collect()
}

/// Writes a text that names the status anew, unless it is another text than that of its pieces.
pub(crate) fn restate<T: AsRef<str> + From<String>>(
    text: &mut Option<T>,
    pieces: Option<&[String]>,
    old: Option<u16>,
    new: u16,
) {
    let with = |status: u16| pieces.map(|pieces| pieces.join(&status.to_string()));
    let was = old.and_then(with);
    if was.is_some() && text.as_ref().map(AsRef::as_ref) == was.as_deref() {
        *text = with(new).map(T::from);
    }
}

/// Displays a wait as a number of seconds, as short as possible.
pub(crate) struct Seconds(pub Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = milliseconds(self.0);
        write!(f, "{}", milliseconds / 1000)?;
        match milliseconds % 1000 {
            0 => Ok(()),
            rest if rest % 100 == 0 => write!(f, ".{}", rest / 100),
            rest if rest % 10 == 0 => write!(f, ".{:02}", rest / 10),
            rest => write!(f, ".{rest:03}"),
        }
    }
}

/// A wait in whole milliseconds, rounded up.
pub(super) fn milliseconds(wait: Duration) -> u64 {
    let wait = wait.saturating_add(Duration::from_nanos(999_999));
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}

//! Numbers as text.

use core::fmt::{self, Write};

/// Displays a finite number as JavaScript does, so that a text in a body is the same in every language
/// (ECMA-262, `Number::toString`). It is JSON too.
pub(crate) struct Plain(pub f64);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `-0` becomes `0`.
        let number = self.0 + 0.0;
        // `abs` needs std before Rust 1.85.
        let size = number.max(-number);
        if size >= 1e21 {
            write!(WithPlus(f), "{number:e}")
        } else if size > 0.0 && size < 1e-6 {
            write!(f, "{number:e}")
        } else {
            write!(f, "{number}")
        }
    }
}

/// Puts a `+` before an exponent.
struct WithPlus<'f, 'a>(&'f mut fmt::Formatter<'a>);

impl Write for WithPlus<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match text.split_once('e') {
            Some((before, exponent)) => write!(self.0, "{before}e+{exponent}"),
            None => self.0.write_str(text),
        }
    }
}

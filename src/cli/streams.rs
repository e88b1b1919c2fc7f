//! Streams whose reader may go away: a verdict is one whether or not anybody reads why. Never knows
//! what is printed.

use std::io::{self, ErrorKind, Write};

/// A stream that takes everything once an error is none to tell of.
pub(super) struct Stream<W> {
    to: W,
    is_passed_over: fn(&io::Error) -> bool,
    is_gone: bool,
}

/// What a command is run for. `| head` closes it early, which is no error; a full disk is one.
pub(super) fn answer<W: Write>(to: W) -> Stream<W> {
    let is_passed_over = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    Stream { to, is_passed_over, is_gone: false }
}

/// Lines about what was done, which are done whether or not they can be told.
pub(super) fn courtesy<W: Write>(to: W) -> Stream<W> {
    Stream { to, is_passed_over: |_| true, is_gone: false }
}

impl<W: Write> Stream<W> {
    fn unless_gone<T>(
        &mut self,
        instead: T,
        write: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.is_gone {
            return Ok(instead);
        }
        match write(&mut self.to) {
            Err(error) if (self.is_passed_over)(&error) => {
                self.is_gone = true;
                Ok(instead)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Stream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(bytes.len(), |to| to.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone((), W::flush)
    }
}

//! Output streams that survive a reader that goes away. The exit code must not depend on whether anyone
//! reads the output.

use std::io::{self, ErrorKind, Write};

/// A stream that discards its output after the first error that can be ignored.
pub(super) struct Stream<W> {
    to: W,
    is_ignored: fn(&io::Error) -> bool,
    is_gone: bool,
}

/// The stream for the answer of a command. `| head` closes it early, which is fine; a full disk is an
/// error.
pub(super) fn answer<W: Write>(to: W) -> Stream<W> {
    let is_ignored = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    Stream { to, is_ignored, is_gone: false }
}

/// The stream for messages about a run. All of its errors are ignored.
pub(super) fn log<W: Write>(to: W) -> Stream<W> {
    Stream { to, is_ignored: |_| true, is_gone: false }
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
            Err(error) if (self.is_ignored)(&error) => {
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

//! How far a long run is, on a terminal.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How often the line changes.
const EVERY: Duration = Duration::from_millis(200);

/// A line on standard error that says how much was read. Without a terminal there is none.
pub(super) struct Progress(Rc<RefCell<Line>>);

struct Line {
    is_shown: bool,
    /// Whether it is on the screen.
    is_there: bool,
    read: u64,
    /// All that there is to read; 0 if nothing says it.
    total: u64,
    next: Instant,
}

impl Progress {
    /// `is_busy` says that lines go to standard output all the time.
    pub(super) fn new(files: &[PathBuf], is_busy: bool) -> Self {
        let sizes = files.iter().map(|file| file.metadata().map(|file| file.len()));
        let total = sizes.sum::<io::Result<u64>>().unwrap_or_default();
        let is_shown = io::stderr().is_terminal() && !(is_busy && io::stdout().is_terminal());
        let next = Instant::now() + EVERY;
        Self(Rc::new(RefCell::new(Line { is_shown, is_there: false, read: 0, total, next })))
    }

    /// The same input, counted.
    pub(super) fn count<R: Read>(&self, input: R) -> impl Read + use<R> {
        Counted { input, line: Rc::clone(&self.0) }
    }

    /// Takes the line off the screen.
    pub(super) fn clear(&mut self) {
        let mut line = self.0.borrow_mut();
        if std::mem::take(&mut line.is_there) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

struct Counted<R> {
    input: R,
    line: Rc<RefCell<Line>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.line.borrow_mut().add(read);
        Ok(read)
    }
}

impl Line {
    fn add(&mut self, read: usize) {
        self.read += read as u64;
        if !self.is_shown || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + EVERY;
        self.is_there = true;
        let megabytes = |bytes: u64| bytes / 1_000_000;
        let of = match self.total {
            0 => String::new(),
            total => format!(" of {}", megabytes(total)),
        };
        let _ = write!(io::stderr(), "\r\x1b[Kread {}{of} MB", megabytes(self.read));
    }
}

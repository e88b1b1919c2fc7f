//! A file while it is rendered. If it is new, it goes to a temporary file. As long as it is the same as the file on disk,
//! nothing is written and nothing is kept; from the first difference on, it is kept in memory, because a difference
//! need not count.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::disk::{self, Temporary};
use crate::error::Error;

pub(crate) struct NewFile<'f> {
    /// The output folder.
    root: &'f Path,
    /// The path below it.
    path: &'f str,
    /// The file on disk.
    old: Option<File>,
    /// Whether it was looked for.
    is_open: bool,
    /// How many of its bytes are the same.
    same: u64,
    /// The folder of its temporary file and the number in the name of that; none if nothing is written.
    temporary: Option<(PathBuf, u32)>,
    /// The content, from the first difference on.
    new: Option<New>,
    /// What went wrong.
    error: Option<Error>,
}

/// New content.
enum New {
    OnDisk(Temporary, File),
    InMemory(Vec<u8>),
    Nowhere,
}

/// How a file turned out.
pub(super) enum Made {
    /// What is on disk.
    Same,
    /// A file that is not on disk yet.
    New(Temporary),
    /// The same, if nothing is written.
    Missing,
    /// Content that differs from the file on disk.
    Differs { old: Vec<u8>, new: Vec<u8> },
}

impl<'f> NewFile<'f> {
    pub(super) fn new(root: &'f Path, path: &'f str, temporary: Option<(PathBuf, u32)>) -> Self {
        Self { root, path, old: None, is_open: false, same: 0, temporary, new: None, error: None }
    }

    /// What went wrong while it was printed. The engine can't pass it on.
    pub(super) fn error(&mut self) -> Option<Error> {
        self.error.take()
    }

    /// How it turned out.
    pub(super) fn finish(mut self) -> Result<Made, Error> {
        self.open()?;
        if self.new.is_none() {
            let rest = self.old.as_mut().map(|old| old.read(&mut [0])).transpose();
            if rest.map_err(|error| self.failed("read", error))? == Some(0) {
                return Ok(Made::Same);
            }
            self.new = Some(self.begin()?);
        }
        Ok(match self.new.take() {
            Some(New::OnDisk(temporary, _)) => Made::New(temporary),
            Some(New::InMemory(new)) => Made::Differs { old: self.on_disk(u64::MAX)?, new },
            Some(New::Nowhere) | None => Made::Missing,
        })
    }

    fn open(&mut self) -> Result<(), Error> {
        if !self.is_open {
            self.old = disk::open(self.root, self.path)?;
            self.is_open = true;
        }
        Ok(())
    }

    /// Begins the new content with what is the same as on disk.
    fn begin(&mut self) -> Result<New, Error> {
        if self.old.is_some() {
            return Ok(New::InMemory(self.on_disk(self.same)?));
        }
        let Some((folder, number)) = &self.temporary else { return Ok(New::Nowhere) };
        let (temporary, file) = Temporary::next_to(&self.root.join(self.path), folder, *number)?;
        Ok(New::OnDisk(temporary, file))
    }

    /// The first bytes of the file on disk.
    fn on_disk(&mut self, length: u64) -> Result<Vec<u8>, Error> {
        let mut content = Vec::new();
        if let Some(old) = &mut self.old {
            let read = old.rewind().and_then(|()| old.take(length).read_to_end(&mut content));
            read.map_err(|error| self.failed("read", error))?;
        }
        Ok(content)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.open()?;
        if self.new.is_none()
            && let Some(old) = &mut self.old
        {
            let mut on_disk = Vec::with_capacity(bytes.len());
            let read = old.take(bytes.len() as u64).read_to_end(&mut on_disk);
            read.map_err(|error| self.failed("read", error))?;
            if on_disk == bytes {
                self.same += bytes.len() as u64;
                return Ok(());
            }
        }
        let mut new = match self.new.take() {
            Some(new) => new,
            None => self.begin()?,
        };
        new.write_all(bytes).map_err(|error| self.failed("write", error))?;
        self.new = Some(new);
        Ok(())
    }

    fn failed(&self, action: &'static str, error: io::Error) -> Error {
        Error::io(action, &self.root.join(self.path), error)
    }
}

impl Write for NewFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.error.is_none()
            && let Err(error) = self.put(bytes)
        {
            self.error = Some(error);
        }
        match &self.error {
            Some(_) => Err(io::ErrorKind::Other.into()),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for New {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::OnDisk(_, file) => file.write(bytes),
            Self::InMemory(content) => content.write(bytes),
            Self::Nowhere => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

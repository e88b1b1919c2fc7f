//! A file while it is rendered. As long as it is the same as the file on disk, nothing is written and nothing is
//! kept; from the first difference on, the new content goes to a temporary file, or into memory to be shown.

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
    /// Whether anybody looked for it.
    is_open: bool,
    /// How many of its bytes are the same.
    same: u64,
    /// Where the content goes if it differs.
    goes: Goes,
    /// The content, from the first difference on.
    new: Option<New>,
    /// What went wrong.
    error: Option<Error>,
}

/// Where new content goes.
pub(super) enum Goes {
    /// Into a temporary file of this folder, with this number if it is free.
    ToDisk(PathBuf, u32),
    /// Into memory, if there is a file to compare it with.
    ToMemory,
}

/// New content.
pub(super) enum New {
    OnDisk(Temporary, File),
    InMemory(Vec<u8>),
    Nowhere,
}

impl<'f> NewFile<'f> {
    pub(super) fn new(root: &'f Path, path: &'f str, goes: Goes) -> Self {
        Self { root, path, old: None, is_open: false, same: 0, goes, new: None, error: None }
    }

    /// What went wrong while it was printed. The engine can't hand it on.
    pub(super) fn error(&mut self) -> Option<Error> {
        self.error.take()
    }

    /// The new content, and the file on disk; no content if both are the same.
    pub(super) fn finish(mut self) -> Result<(Option<New>, Option<File>), Error> {
        self.open()?;
        if self.new.is_none() {
            let rest = self.old.as_mut().map(|old| old.read(&mut [0])).transpose();
            if rest.map_err(|error| self.failed("read", error))? != Some(0) {
                let new = self.begin()?;
                self.new = Some(new);
            }
        }
        Ok((self.new, self.old))
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
        let mut new = match &self.goes {
            Goes::ToDisk(folder, number) => {
                let file = self.root.join(self.path);
                let (temporary, file) = Temporary::beside(&file, folder, *number)?;
                New::OnDisk(temporary, file)
            }
            Goes::ToMemory if self.old.is_some() => New::InMemory(Vec::new()),
            Goes::ToMemory => New::Nowhere,
        };
        if let Some(old) = &mut self.old {
            let copied = old.rewind().and_then(|()| io::copy(&mut old.take(self.same), &mut new));
            copied.map_err(|error| self.failed("write", error))?;
        }
        Ok(new)
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

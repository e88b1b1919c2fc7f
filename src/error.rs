//! Why errcat could not do its work: problems in a file, a file that can't be read or written, a wrong
//! request, a template that failed.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::diagnostic::{Diagnostics, Excerpt};

/// An error of errcat. `Display` and `Debug` both give the whole message, because Cargo shows `Debug` if
/// a build script fails. Neither begins with "error", which the caller prints.
/// [`source`](std::error::Error::source) is always `None`, so that a chain of errors says nothing twice.
pub struct Error(Box<Kind>);

enum Kind {
    Diagnostics(Vec<Diagnostics>),
    Io { action: &'static str, path: PathBuf, source: io::Error, help: String },
    Usage { message: String, help: String },
    Excerpt(Excerpt),
}

impl Error {
    pub(crate) fn of_diagnostics(diagnostics: Vec<Diagnostics>) -> Self {
        Self(Box::new(Kind::Diagnostics(diagnostics)))
    }

    /// `action` follows "cannot", such as "read".
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        let help = help_with(source.kind()).to_owned();
        Self(Box::new(Kind::Io { action, path: path.to_owned(), source, help }))
    }

    /// The same with another help, if it is about a file that can't be read or written.
    pub(crate) fn with_help(mut self, instead: String) -> Self {
        if let Kind::Io { help, .. } = &mut *self.0 {
            *help = instead;
        }
        self
    }

    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self(Box::new(Kind::Usage { message: message.into(), help: help.into() }))
    }

    /// An error at a place of a file that is not a catalog.
    pub(crate) fn excerpt(excerpt: Excerpt) -> Self {
        Self(Box::new(Kind::Excerpt(excerpt)))
    }

    /// The problems of catalogs or of errcat.yaml, file by file; none if something else went wrong.
    #[must_use]
    pub fn diagnostics(&self) -> Option<&[Diagnostics]> {
        match &*self.0 {
            Kind::Diagnostics(diagnostics) => Some(diagnostics),
            _ => None,
        }
    }

    /// The problems in files, to report those of several files together.
    ///
    /// # Errors
    /// Any other error, unchanged.
    pub(crate) fn into_diagnostics(self) -> Result<Vec<Diagnostics>, Self> {
        match *self.0 {
            Kind::Diagnostics(diagnostics) => Ok(diagnostics),
            other => Err(Self(Box::new(other))),
        }
    }

    /// The message. With the feature `cli`, it shows problems as rustc does, and has ANSI colors if `colors`.
    #[must_use]
    pub fn to_text(&self, colors: bool) -> String {
        match &*self.0 {
            Kind::Diagnostics(diagnostics) => {
                let texts: Vec<String> =
                    diagnostics.iter().map(|file| file.to_text(colors)).collect();
                texts.join("\n")
            }
            Kind::Excerpt(excerpt) => excerpt.to_text(colors),
            Kind::Io { action, path, source, help } => {
                let message = format!("cannot {action} `{}`: {source}", path.display());
                Excerpt::without_source(message, help.clone()).to_text(colors)
            }
            Kind::Usage { message, help } => {
                Excerpt::without_source(message.clone(), help.clone()).to_text(colors)
            }
        }
    }
}

/// What to do about an error of the operating system.
fn help_with(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => {
            "check the path: it is relative to the folder of errcat.yaml, or to the working folder"
        }
        io::ErrorKind::PermissionDenied => "check the permissions of the file and of its folder",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and run the command again"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "make the file system writable, or choose another path"
        }
        io::ErrorKind::FileTooLarge => "raise the limit (`ulimit -f`) and run the command again",
        io::ErrorKind::InvalidFilename => "choose a shorter path",
        io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
            "name a file there, or move what is in the way"
        }
        _ => "fix the cause above and run the command again",
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_text(false);
        match &*self.0 {
            Kind::Diagnostics(files) => {
                let paths: Vec<&str> = files.iter().map(Diagnostics::path).collect();
                write!(f, "problems in {}\n\n{}", paths.join(", "), text.trim_end())
            }
            _ => f.write_str(text.strip_prefix("error: ").unwrap_or(&text).trim_end()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

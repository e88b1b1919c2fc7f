//! Why errcat could not do its work: findings in a file, a file that can't be read or written, a
//! request that makes no sense, a template that failed. Never decides an exit code.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::diagnostic::{Excerpt, Findings};

/// An error of errcat. `Display` and `Debug` are the whole message for a person, because `Debug`
/// is what cargo shows of a build script that failed.
pub struct Error(Box<Kind>);

enum Kind {
    Findings(Vec<Findings>),
    Io { action: &'static str, path: PathBuf, source: io::Error, help: &'static str },
    Usage { message: String, help: String },
    Template(Excerpt),
}

impl Error {
    pub(crate) fn of_findings(findings: Vec<Findings>) -> Self {
        Self(Box::new(Kind::Findings(findings)))
    }

    /// `action` follows "cannot", such as "read".
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        let help = match source.kind() {
            io::ErrorKind::NotFound => {
                "check the path: it is relative to the folder of errcat.yaml, or to the working folder"
            }
            io::ErrorKind::PermissionDenied => {
                "check the permissions of the file and of its folder"
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "free some space and run the command again: no file was left half written"
            }
            io::ErrorKind::ReadOnlyFilesystem => {
                "make the file system writable, or choose another path"
            }
            io::ErrorKind::FileTooLarge => {
                "raise the limit (`ulimit -f`) and run the command again: \
                 no file was left half written"
            }
            io::ErrorKind::InvalidInput => "name a file there",
            io::ErrorKind::InvalidFilename => "choose a shorter path",
            io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
                "name a file there, or move what is in the way"
            }
            _ => "see to the reason above and run the command again: no file was left half written",
        };
        Self(Box::new(Kind::Io { action, path: path.to_owned(), source, help }))
    }

    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self(Box::new(Kind::Usage { message: message.into(), help: help.into() }))
    }

    pub(crate) fn template(excerpt: Excerpt) -> Self {
        Self(Box::new(Kind::Template(excerpt)))
    }

    /// The findings of a catalog or config, file by file; none if something else went wrong.
    #[must_use]
    pub fn findings(&self) -> Option<&[Findings]> {
        match &*self.0 {
            Kind::Findings(findings) => Some(findings),
            _ => None,
        }
    }

    /// The message, with ANSI colours if `colours`.
    #[must_use]
    pub fn to_text(&self, colours: bool) -> String {
        match &*self.0 {
            Kind::Findings(findings) => {
                let texts: Vec<String> = findings.iter().map(|one| one.to_text(colours)).collect();
                texts.join("\n")
            }
            Kind::Template(excerpt) => excerpt.to_text(colours),
            Kind::Io { action, path, source, help } => {
                let message = format!("cannot {action} `{}`: {source}", path.display());
                Excerpt::without_source(message, (*help).to_owned()).to_text(colours)
            }
            Kind::Usage { message, help } => {
                Excerpt::without_source(message.clone(), help.clone()).to_text(colours)
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.to_text(false).trim_end())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

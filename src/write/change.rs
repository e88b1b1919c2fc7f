//! What a run changes on disk, or would change.

use std::fmt;
use std::path::PathBuf;

/// A file that a run changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The file is new, or its content changed.
    Wrote(PathBuf),
    /// No output has the file any more, so it was removed.
    Removed(PathBuf),
}

/// One line, such as `wrote src/errors.rs`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrote(path) => write!(f, "wrote {}", path.display()),
            Self::Removed(path) => write!(f, "removed {}", path.display()),
        }
    }
}

/// What a run did or found.
#[derive(Debug)]
pub(crate) struct Outcome<T> {
    /// Every file of the outputs.
    pub files: Vec<PathBuf>,
    pub list: Vec<T>,
}

/// A file that is out of date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// The content differs.
    Differs {
        /// The file.
        path: PathBuf,
        /// The content on disk, with LF as line ends.
        old: String,
        /// The content that a run would write.
        new: String,
    },
    /// The content differs, and one of the two is not text.
    NotText(PathBuf),
    /// The file does not exist.
    Missing(PathBuf),
    /// No output has the file any more, but it still exists.
    LeftOver(PathBuf),
}

/// One line, such as `differs: docs/errors.md`.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs { path, .. } | Self::NotText(path) => {
                write!(f, "differs: {}", path.display())
            }
            Self::Missing(path) => write!(f, "missing: {}", path.display()),
            Self::LeftOver(path) => write!(f, "left over: {}", path.display()),
        }
    }
}

//! The diagnostics of one file while it is read.

use super::Diagnostic;

/// Diagnostics under collection.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(super) list: Vec<Diagnostic>,
    /// How many there are beyond [`MAX_KEPT`].
    pub(super) unkept: usize,
}

/// Diagnostics beyond this many are only counted: nobody reads them, and those of a million mistakes
/// would take gigabytes.
const MAX_KEPT: usize = 10_000;

impl Report {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.is_full() { self.unkept += 1 } else { self.list.push(diagnostic) }
    }

    /// Whether further diagnostics are only counted, so that their messages needn't be formatted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MAX_KEPT
    }

    /// Counts a diagnostic without keeping it.
    pub(crate) fn count(&mut self) {
        self.unkept += 1;
    }

    /// Adds those diagnostics of another report that pass.
    pub(crate) fn take(&mut self, other: Self, mut passes: impl FnMut(&Diagnostic) -> bool) {
        for diagnostic in other.list {
            if passes(&diagnostic) {
                self.push(diagnostic);
            }
        }
        self.unkept += other.unkept;
    }
}

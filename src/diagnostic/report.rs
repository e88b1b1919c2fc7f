//! The diagnostics of one file while it is read.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Diagnostic;
use crate::yaml::NodeId;

/// Diagnostics under collection.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(super) list: Vec<Diagnostic>,
    /// How many there are beyond [`MAX_KEPT`].
    pub(super) unkept: usize,
    /// Values and parts of the file about which everything was said.
    rejected: BTreeSet<NodeId>,
    rejected_parts: Vec<Range<NodeId>>,
}

/// Diagnostics beyond this many are only counted: nobody reads them, and those of a million mistakes
/// would take gigabytes.
const MAX_KEPT: usize = 10_000;

impl Report {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.value().is_some_and(|at| self.rejects(at)) {
            return;
        }
        if self.is_full() { self.unkept += 1 } else { self.list.push(diagnostic) }
    }

    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Adds a diagnostic that says everything about a value. Whatever else is pushed about it follows from
    /// the same mistake, and is dropped.
    pub(crate) fn reject(&mut self, diagnostic: Diagnostic) {
        let at = diagnostic.value();
        self.push(diagnostic);
        self.rejected.extend(at);
    }

    /// The same for a part of the file.
    pub(crate) fn reject_part(&mut self, diagnostic: Diagnostic, part: Range<NodeId>) {
        self.push(diagnostic);
        // With this many mistakes, an exact count doesn't matter.
        if self.rejected_parts.len() < 1000 {
            self.rejected_parts.push(part);
        }
    }

    /// Whether everything about a value was said.
    pub(super) fn rejects(&self, at: NodeId) -> bool {
        self.rejected.contains(&at) || self.rejected_parts.iter().any(|part| part.contains(&at))
    }

    /// Whether a part of the file was rejected that lies within another.
    pub(crate) fn rejects_within(&self, part: &Range<NodeId>) -> bool {
        self.rejected.range(part.clone()).next().is_some()
            || self.rejected_parts.iter().any(|rejected| part.contains(&rejected.start))
    }

    /// Whether further diagnostics are only counted, so that their messages needn't be formatted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MAX_KEPT
    }

    /// Counts a diagnostic without keeping it.
    pub(crate) fn count(&mut self) {
        self.unkept += 1;
    }

    /// Adds what a function makes of the diagnostics of another report.
    pub(crate) fn take(&mut self, other: Self, pass: impl FnMut(Diagnostic) -> Option<Diagnostic>) {
        self.extend(other.list.into_iter().filter_map(pass));
        self.unkept += other.unkept;
        self.rejected.extend(other.rejected);
        self.rejected_parts.extend(other.rejected_parts);
    }
}
